import { useQuery } from "@tanstack/react-query";
import type { MatterDetail } from "@wanjia/contract/matters";
import {
  ANSWER_MODES,
  CALLBACK_MODES,
  DECLINE_REASONS,
  feedbackNeeded,
  HAZARD_GRADES,
  MATTER_LIMITS,
  MATTER_SUBTYPES,
  type MatterCommandType,
  type MatterOutcome,
  OTHER_WAYS,
  REOPEN_REASONS,
  MARKED,
  SOLVED_ANSWERS,
  STOP_SIGNS,
  UNSOLVED_REASONS,
} from "@wanjia/domain/matters/terms";
import { Checkbox, Form, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { Composer } from "../answers/Composer.tsx";
import { firstDraft } from "../answers/view-model.ts";
import { useOrganisationLabels } from "../organisation/labels.ts";
import type { Role } from "@wanjia/domain/organisation/terms";
import { Preselect } from "../routing/Suggestion.tsx";
import { api } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import type { MessageKey } from "../shell/messages.ts";
import { useSession } from "../shell/session.tsx";
import { Choice, Pick, useRequired, When, Words } from "./fields.tsx";
import { HazardFields } from "./HazardFields.tsx";
import { ReferFields } from "./ReferFields.tsx";
import { labelKey, subtypeKey, useMatterLabels } from "./labels.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import {
  answerModeFor,
  claimableOutcomes,
  needsReason,
  type PlainStep,
  type StepValues,
} from "./view-model.ts";
import { useMatterWords } from "./words.ts";

type FormStep = Exclude<MatterCommandType, PlainStep>;

const HINTS: Partial<Record<FormStep, MessageKey<typeof zhCN>>> = {
  assign: "form.to_hint",
  refer: "hint.refer",
  relay: "hint.relay",
  screen: "form.signs_hint",
  resolve: "hint.resolve",
  hear_body: "hint.hear_body",
  verify: "hint.verify",
  show_place: "hint.show_place",
  decline: "hint.decline",
  answer: "form.answer_hint",
  call_back: "form.call_script",
  close: "hint.close",
  inform: "hint.inform",
  suspend: "hint.suspend",
  extend: "hint.extend",
  supervise: "hint.supervise",
  reopen: "hint.reopen",
  withdraw: "hint.withdraw",
  hand_to_110: "hint.hand_to_110",
  unmerge: "hint.unmerge",
};

/** The form of one step, beside the matter it belongs to. */
export function StepForm({
  step,
  matter,
  onSubmit,
  onClose,
}: {
  step: FormStep;
  matter: MatterDetail;
  onSubmit: (values: StepValues) => Promise<unknown>;
  onClose: () => void;
}) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const verb = labels(`command.${step}`);
  const hint = HINTS[step];
  return (
    <FormDrawer<Record<string, unknown>>
      title={verb}
      {...(hint === undefined ? {} : { hint: words(hint) })}
      submit={verb}
      initial={useInitial(step, matter)}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <Fields step={step} matter={matter} />
    </FormDrawer>
  );
}

/** What the matter already says; the rest is for the reader to fill in. */
function useInitial(step: FormStep, matter: MatterDetail): Record<string, unknown> {
  const mode = answerModeFor(matter.feedback);
  const draft = { mode, text: firstDraft(matter, mode) };
  const { role } = useSession();
  const [outcome, another] = claimableOutcomes(matter);
  const [waiver, otherWaiver] = matter.waivers;
  const known: Partial<Record<FormStep, Record<string, unknown>>> = {
    answer: draft,
    call_back: { mode: role === "feedback_centre" ? "phone" : "in_person", reached: true },
    correct: {
      subtype: matter.subtype,
      text: matter.text,
      ...(matter.grade === null ? {} : { grade: matter.grade }),
    },
    advise: {
      ...(matter.hazard?.atHome === true ? { party: "owner" } : {}),
      fixBy: matter.hazard?.latestFixDay,
    },
    inform: draft,
    extend: { purpose: matter.clocks.find(({ extension }) => extension !== null)?.purpose },
    suspend: matter.pauses.length === 1 ? { reason: matter.pauses[0] } : {},
    resolve: another === undefined ? { outcome } : {},
    close: otherWaiver === undefined && matter.state !== "called_back" ? { waiver } : {},
  };
  return known[step] ?? {};
}

function Fields({ step, matter }: { step: FormStep; matter: MatterDetail }): ReactNode {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const { role } = useSession();
  const options = <T extends string>(values: readonly T[], group: keyof typeof LABEL_GROUPS) =>
    values.map((value) => ({ value, label: labels(labelKey(group, value)) }));
  switch (step) {
    case "assign":
      return <Assignee matter={matter} />;
    case "refer":
      return <ReferFields matter={matter} />;
    case "relay":
      return (
        <>
          <Choice
            name="said"
            label="form.body_word"
            options={[
              { value: "accepted", label: words("form.body_accepted") },
              { value: "returned", label: words("form.body_returned") },
            ]}
          />
          <Words name="text" label="form.body_words" limit={MATTER_LIMITS.reasonLength} />
        </>
      );
    case "recall":
      return <Words name="text" label="form.reason" limit={MATTER_LIMITS.reasonLength} />;
    case "return_assignment":
      return <Words name="reason" label="form.reason" limit={MATTER_LIMITS.reasonLength} />;
    case "screen":
      return (
        <>
          <Form.Item name="stopSigns" label={words("form.signs")}>
            <Checkbox.Group className="desk-choices" options={options(STOP_SIGNS, "stopSign")} />
          </Form.Item>
          <When field="stopSigns" is={(signs) => Array.isArray(signs) && signs.length > 0}>
            <Pick name="way" label="form.way" options={options(OTHER_WAYS, "way")} optional />
          </When>
        </>
      );
    case "note":
      return <Words name="text" label="form.text" limit={MATTER_LIMITS.noteLength} />;
    case "correct":
      return (
        <>
          <Pick
            name="subtype"
            label="form.subtype"
            options={MATTER_SUBTYPES[matter.kind].map((value) => ({
              value,
              label: labels(subtypeKey(matter.kind, value)),
            }))}
          />
          {matter.kind === "hazard" && (
            <Choice name="grade" label="form.grade" options={options(HAZARD_GRADES, "grade")} />
          )}
          <Words name="text" label="said" limit={MATTER_LIMITS.textLength} />
          <Words name="why" label="form.why" limit={MATTER_LIMITS.reasonLength} />
        </>
      );
    case "resolve":
      return (
        <>
          <Choice
            name="outcome"
            label="form.result"
            options={options(claimableOutcomes(matter), "outcome")}
          />
          <When field="outcome" is={(value) => needsReason(value as MatterOutcome | undefined)}>
            <Pick name="reason" label="form.reason" options={options(UNSOLVED_REASONS, "reason")} />
          </When>
          <Words name="text" label="form.result_text" limit={MATTER_LIMITS.reasonLength} />
        </>
      );
    case "recheck":
      return (
        <>
          <Choice
            name="cleared"
            label="form.cleared"
            options={[
              { value: true, label: words("form.cleared_yes") },
              { value: false, label: words("form.cleared_no") },
            ]}
          />
          <Words name="text" label="form.seen" limit={MATTER_LIMITS.reasonLength} />
        </>
      );
    case "advise":
    case "hear_body":
    case "verify":
    case "show_place":
      return <HazardFields step={step} matter={matter} />;
    case "decline":
      return (
        <>
          <Pick name="reason" label="form.reason" options={options(DECLINE_REASONS, "reason")} />
          <Words name="text" label="form.text" limit={MATTER_LIMITS.reasonLength} />
        </>
      );
    case "answer":
      return <Composer matter={matter} rows={6} />;
    case "call_back":
      return (
        <>
          <Choice
            name="mode"
            label="form.mode"
            options={options(
              role === "feedback_centre" ? CALLBACK_MODES : (["in_person"] as const),
              "feedback",
            )}
          />
          <Choice
            name="reached"
            label="form.reached"
            options={[
              { value: true, label: words("form.reached_yes") },
              { value: false, label: words("form.reached_no") },
            ]}
          />
          <When field="reached" is={(reached) => reached === true}>
            <Choice name="solved" label="form.solved" options={options(SOLVED_ANSWERS, "solved")} />
            <Choice
              name="satisfaction"
              label="form.satisfaction"
              optional
              options={[5, 4, 3, 2, 1].map((value) => ({
                value,
                label: labels(labelKey("satisfaction", String(value))),
              }))}
            />
            {MARKED.map((mark) => (
              <Choice
                key={mark}
                name={mark}
                label={`form.${mark}`}
                optional
                options={[5, 4, 3, 2, 1].map((value) => ({
                  value,
                  label: labels(labelKey(mark, String(value))),
                }))}
              />
            ))}
            <Form.Item name="wantsReopen" valuePropName="checked">
              <Checkbox>{words("form.wants_reopen")}</Checkbox>
            </Form.Item>
          </When>
          <Words name="text" label="form.remark" limit={MATTER_LIMITS.noteLength} optional />
        </>
      );
    case "close":
      return (
        <>
          {matter.state !== "called_back" && (
            <Choice name="waiver" label="form.waiver" options={options(matter.waivers, "waiver")} />
          )}
          <Words name="lesson" label="form.lesson" limit={MATTER_LIMITS.reasonLength} optional />
        </>
      );
    case "reopen":
      return (
        <>
          <Pick name="reason" label="form.reason" options={options(REOPEN_REASONS, "reopen")} />
          <Words name="text" label="form.text" limit={MATTER_LIMITS.reasonLength} />
        </>
      );
    case "inform":
      return <Composer matter={matter} rows={4} />;
    case "suspend":
      return (
        <>
          <Choice
            name="reason"
            label="form.pause_reason"
            options={options(matter.pauses, "pause")}
          />
          <Words name="text" label="form.text" limit={MATTER_LIMITS.reasonLength} />
        </>
      );
    case "extend":
      return <ExtendFields matter={matter} />;
    case "supervise":
      return <Words name="text" label="form.said" limit={MATTER_LIMITS.reasonLength} />;
    case "merge":
      // Into what is chosen beside what may be the same: SameProblem.tsx.
      return null;
    case "withdraw":
    case "hand_to_110":
    case "unmerge":
      return <Words name="text" label="form.text" limit={MATTER_LIMITS.reasonLength} />;
  }
}

/** The groups of labels whose keys are values of the forms. */
const LABEL_GROUPS = {
  grade: true,
  outcome: true,
  reason: true,
  stopSign: true,
  way: true,
  feedback: true,
  solved: true,
  waiver: true,
  reopen: true,
  pause: true,
  clock: true,
} as const;

function ExtendFields({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const clocks = matter.clocks.flatMap(({ purpose, extension }) =>
    extension === null ? [] : [{ purpose, ...extension }],
  );
  const purpose: unknown = Form.useWatch("purpose");
  const chosen = clocks.find((clock) => clock.purpose === purpose) ?? clocks[0];
  const { label, rules } = useRequired("form.extend_amount", "required", false);
  const unit =
    chosen && labels(`clockUnit.${chosen.unit}`, { amount: chosen.most, count: chosen.most });
  return (
    <>
      <Choice
        name="purpose"
        label="form.clock"
        options={clocks.map((clock) => ({
          value: clock.purpose,
          label: labels(`clock.${clock.purpose}`),
        }))}
      />
      <Form.Item
        name="amount"
        label={label}
        rules={rules}
        extra={words("form.extend_most", { most: unit ?? "" })}
      >
        <InputNumber min={1} max={chosen?.most ?? 1} precision={0} />
      </Form.Item>
      <Words name="why" label="form.reason" limit={MATTER_LIMITS.reasonLength} />
      {chosen?.tellResident === true && feedbackNeeded(matter) && (
        <Choice
          name="told"
          label="form.told"
          options={ANSWER_MODES.map((value) => ({ value, label: labels(`feedback.${value}`) }))}
        />
      )}
    </>
  );
}

function Assignee({ matter }: { matter: MatterDetail }) {
  const organisation = useOrganisationLabels();
  const found = useQuery(api.matters.assignees.queryOptions({ input: { id: matter.id } }));
  const { label, rules } = useRequired("form.to", "choose", false);
  return (
    <>
      <Preselect matterId={matter.id} step="assign" />
      <Form.Item name="to" label={label} rules={rules}>
        <Select
          loading={found.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(found.data?.items ?? []).map(({ id, name, role }) => ({
            value: id,
            label: `${name} · ${organisation(`role.${role as Role}`)}`,
          }))}
        />
      </Form.Item>
    </>
  );
}
