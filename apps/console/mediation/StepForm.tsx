import { useQuery } from "@tanstack/react-query";
import type { MediationDetail } from "@wanjia/contract/mediation";
import { SOLVED_ANSWERS, STOP_SIGNS } from "@wanjia/domain/matters/terms";
import {
  AGREEMENT_FORMS,
  AMOUNT_BANDS,
  ATTENDANCES,
  CONTACT_MODES,
  FOLLOW_UP_RESULTS,
  MEDIATION_LIMITS,
  SESSION_RESULTS,
} from "@wanjia/domain/mediation/terms";
import { addDays, localDate } from "@wanjia/domain/shared/instant";
import { Checkbox, Form } from "antd";
import { type ReactNode, useState } from "react";
import { When } from "../matters/fields.tsx";
import { labelKey as matterKey, useMatterLabels } from "../matters/labels.ts";
import { api } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { useMust } from "../shell/form-fields.tsx";
import type { MessageKey } from "../shell/messages.ts";
import { Choice, Pick, Tick, Typed } from "./fields.tsx";
import { labelKey, useMediationLabels } from "./labels.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import type { FormStep } from "./view-model.ts";
import { useMediationWords } from "./words.ts";

const HINTS: Partial<Record<FormStep, MessageKey<typeof zhCN>>> = {
  hold: "form.minutes_hint",
  agree: "form.terms_hint",
  stop: "form.signs_hint",
};

interface StepProps {
  readonly step: FormStep;
  readonly mediation: MediationDetail;
}

/** The form of one step, beside the mediation it belongs to. */
export function StepForm({
  step,
  mediation,
  onSubmit,
  onClose,
}: StepProps & {
  onSubmit: (values: Readonly<Record<string, unknown>>) => Promise<unknown>;
  onClose: () => void;
}) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const verb = labels(labelKey("command", step));
  const hint = HINTS[step];
  const [today] = useState(() => localDate(Date.now()));
  return (
    <FormDrawer<Record<string, unknown>>
      title={verb}
      {...(hint === undefined ? {} : { hint: words(hint) })}
      submit={verb}
      danger={step === "stop"}
      initial={initialOf(step, mediation, today)}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <Fields step={step} mediation={mediation} />
    </FormDrawer>
  );
}

/** What the mediation already says; the rest is for the reader to fill in. */
function initialOf(
  step: FormStep,
  mediation: MediationDetail,
  today: string,
): Record<string, unknown> {
  const { sides, agreement, performed } = mediation;
  const unasked = sides.find(({ agrees }) => agrees === null)?.key;
  const untold = sides.find(({ notified }) => !notified)?.key;
  const owing = agreement?.obliged.find((key) => !performed.includes(key));
  const held = mediation.sessions.findLast(({ state }) => state === "held");
  const known: Partial<Record<FormStep, Record<string, unknown>>> = {
    answer_of_side: { side: unasked, mode: "phone" },
    set_panel: {
      officers: mediation.officers.map(({ id }) => id),
      mediatorId: mediation.mediator?.id,
      committeeId: mediation.committee?.id,
      lawyerId: mediation.lawyer?.id,
      handOverNo: mediation.handOverNo ?? "",
    },
    book: { from: "14:30", to: "16:00" },
    hold: {
      attendance: Object.fromEntries(sides.map(({ key }) => [key, "present"])),
    },
    agree: {
      form: "written",
      effectiveOn: held === undefined ? today : localDate(held.from),
      amount: "none",
      obliged: [],
    },
    perform: { side: owing, on: today },
    report_breach: { side: owing },
    notify: { side: untold, mode: "letter" },
    extend: { until: addDays(mediation.limitOn ?? today, 30) },
    seek_confirmation: { on: today },
    call_back: { side: mediation.nextToCall ?? undefined, reached: true },
  };
  return known[step] ?? {};
}

function Fields({ step, mediation }: StepProps): ReactNode {
  const words = useMediationWords();
  const must = useMust();
  const labels = useMediationLabels();
  const matters = useMatterLabels();
  const of = (group: Parameters<typeof labelKey>[0], values: readonly string[]) =>
    values.map((value) => ({ value, label: labels(labelKey(group, value)) }));
  const keys = mediation.sides.map(({ key }) => key);
  const side = <Choice name="side" label="form.side" options={of("side", keys)} />;
  const mode = <Choice name="mode" label="form.mode" options={of("mode", CONTACT_MODES)} />;
  switch (step) {
    case "answer_of_side":
      return (
        <>
          {side}
          <Choice
            name="agrees"
            label="form.agrees"
            options={[
              { value: true, label: words("form.agrees_yes") },
              { value: false, label: words("form.agrees_no") },
            ]}
          />
          <Tick name="closedDoors" label="form.closed_doors" />
          {mode}
        </>
      );
    case "set_panel":
      return <PanelFields mediation={mediation} />;
    case "object":
      return (
        <>
          {side}
          <Choice
            name="memberId"
            label="form.member"
            options={[
              ...mediation.officers,
              ...(mediation.mediator ? [mediation.mediator] : []),
            ].map(({ id, name }) => ({ value: id, label: name }))}
          />
        </>
      );
    case "book":
      return <BookFields mediation={mediation} />;
    case "hold":
      return (
        <>
          {keys.map((key) => (
            <Choice
              key={key}
              name={["attendance", key]}
              label="form.attendance"
              of={{ side: labels(labelKey("side", key)) }}
              options={of("attendance", ATTENDANCES)}
            />
          ))}
          <Choice name="result" label="form.result" options={of("result", SESSION_RESULTS)} />
        </>
      );
    case "agree":
      return (
        <>
          <Choice
            name="form"
            label="form.agreement_form"
            options={of("agreementForm", AGREEMENT_FORMS)}
          />
          <Typed name="number" label="form.number" limit={MEDIATION_LIMITS.numberLength} />
          <Typed name="effectiveOn" label="form.effective" type="date" />
          <Typed name="performBy" label="form.perform_by" type="date" />
          <Form.Item name="obliged" label={words("form.obliged")}>
            <Checkbox.Group options={of("side", keys)} />
          </Form.Item>
          <Pick name="amount" label="form.amount" options={of("amount", AMOUNT_BANDS)} />
        </>
      );
    case "perform":
      return (
        <>
          {side}
          <Typed name="on" label="form.on" type="date" />
        </>
      );
    case "report_breach":
      return side;
    case "follow_up":
      return (
        <Choice name="result" label="form.follow_up" options={of("followUp", FOLLOW_UP_RESULTS)} />
      );
    case "fail":
      return (
        <Choice
          name="reason"
          label="form.reason"
          options={of("failure", ["no_agreement", "time_over"])}
        />
      );
    case "notify":
      return (
        <>
          {side}
          {mode}
        </>
      );
    case "extend":
      return (
        <>
          <Typed name="until" label="form.until" type="date" />
          <Tick name="allAgree" label="form.all_agree" />
        </>
      );
    case "seek_confirmation":
      return (
        <>
          <Typed name="on" label="form.on" type="date" />
          <Tick name="together" label="form.together" />
        </>
      );
    case "decide_confirmation":
      return (
        <Choice
          name="granted"
          label="form.granted"
          options={[
            { value: true, label: words("form.granted_yes") },
            { value: false, label: words("form.granted_no") },
          ]}
        />
      );
    case "call_back":
      return (
        <>
          {side}
          <Choice
            name="reached"
            label="form.reached"
            options={[
              { value: true, label: words("form.reached_yes") },
              { value: false, label: words("form.reached_no") },
            ]}
          />
          <When field="reached" is={(reached) => reached === true}>
            <Tick name="alone" label="form.alone" />
            <Choice
              name="solved"
              label="form.solved"
              options={SOLVED_ANSWERS.map((value) => ({
                value,
                label: matters(matterKey("solved", value)),
              }))}
            />
            <Choice
              name="satisfaction"
              label="form.satisfaction"
              optional
              options={[5, 4, 3, 2, 1].map((value) => ({
                value,
                label: matters(matterKey("satisfaction", String(value))),
              }))}
            />
          </When>
        </>
      );
    case "stop":
      return (
        <Form.Item
          name="stopSigns"
          label={words("form.signs")}
          rules={must(words("form.signs"), "choose")}
        >
          <Checkbox.Group
            className="desk-choices"
            options={STOP_SIGNS.map((value) => ({
              value,
              label: matters(matterKey("stopSign", value)),
            }))}
          />
        </Form.Item>
      );
  }
}

function PanelFields({ mediation }: { mediation: MediationDetail }) {
  const people = useQuery(api.mediation.people.queryOptions({ input: { id: mediation.id } }))
    .data ?? { officers: [], mediators: [], committees: [], lawyers: [] };
  const options = (named: readonly { id: string; name: string }[]) =>
    named.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Pick name="officers" label="form.officers" many options={options(people.officers)} />
      <Pick
        name="committeeId"
        label="form.committee"
        optional={mediation.form === "police"}
        options={options(people.committees)}
      />
      <Pick name="mediatorId" label="form.mediator" optional options={options(people.mediators)} />
      <Pick name="lawyerId" label="form.lawyer" optional options={options(people.lawyers)} />
      <Typed
        name="handOverNo"
        label="form.hand_over"
        optional
        limit={MEDIATION_LIMITS.numberLength}
      />
    </>
  );
}

function BookFields({ mediation }: { mediation: MediationDetail }) {
  const [from] = useState(() => localDate(Date.now()));
  const { data } = useQuery(api.mediation.rooms.queryOptions({ input: { from, days: 1 } }));
  const rooms = (data?.rooms ?? []).filter(
    ({ active, stationId }) => active && stationId === mediation.stationId,
  );
  return (
    <>
      <Pick
        name="roomId"
        label="form.room"
        options={rooms.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Typed name="day" label="form.day" type="date" />
      <Typed name="from" label="form.from" type="time" />
      <Typed name="to" label="form.to" type="time" />
      <Tick name="open" label="form.open" />
    </>
  );
}
