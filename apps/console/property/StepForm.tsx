import { useQuery } from "@tanstack/react-query";
import type { PropertyDetail } from "@wanjia/contract/property";
import {
  EXTENSION_REASONS,
  NOTIFY_MODES,
  PROPERTY_LIMITS,
  RECEIVERS,
  WITHDRAWALS,
} from "@wanjia/domain/property/terms";
import { Form } from "antd";
import { type ReactNode, useState } from "react";
import { api } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Choice, Pick, Tick, Typed } from "./fields.tsx";
import type { FormStep } from "./view-model.ts";
import { labelKey, usePropertyLabels, usePropertyWords } from "./words.ts";

interface StepProps {
  readonly step: FormStep;
  readonly item: PropertyDetail;
}

/** The form of one step, beside the item it belongs to. */
export function StepForm({
  step,
  item,
  onSubmit,
  onClose,
}: StepProps & {
  onSubmit: (values: Readonly<Record<string, unknown>>) => Promise<unknown>;
  onClose: () => void;
}) {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  const verb = labels(labelKey("command", step));
  return (
    <FormDrawer<Record<string, unknown>>
      title={verb}
      {...(step === "hand_over" ? { hint: words("form.hand_over_hint") } : {})}
      submit={verb}
      danger={step === "withdraw"}
      initial={step === "notify" ? { mode: "phone" } : {}}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <Fields step={step} item={item} />
    </FormDrawer>
  );
}

function Fields({ step, item }: StepProps): ReactNode {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  const of = (group: Parameters<typeof labelKey>[0], values: readonly string[]) =>
    values.map((value) => ({ value, label: labels(labelKey(group, value)) }));
  const limit = PROPERTY_LIMITS.numberLength;
  switch (step) {
    case "notify":
      return (
        <>
          <Choice name="mode" label="form.mode" options={of("mode", NOTIFY_MODES)} />
          <Choice
            name="reached"
            label="form.reached"
            options={[
              { value: true, label: words("form.reached_yes") },
              { value: false, label: words("form.reached_no") },
            ]}
          />
        </>
      );
    case "book":
      return <BookFields stationId={item.stationId} />;
    case "release":
      return (
        <Choice
          name="reason"
          label="form.reason"
          options={of("release", ["absent", "called_off"])}
        />
      );
    case "hand_over":
      return <HandOverFields item={item} />;
    case "extend":
      return (
        <>
          <Pick
            name="months"
            label="form.months"
            options={Array.from({ length: item.monthsLeft }, (_, index) => ({
              value: index + 1,
              label: words("facts.months", { count: index + 1 }),
            }))}
          />
          <Choice name="reason" label="form.reason" options={of("extension", EXTENSION_REASONS)} />
        </>
      );
    case "hand_to_state":
      return <Typed name="receiptNo" label="form.receipt_no" limit={limit} />;
    case "withdraw":
      return <Choice name="reason" label="form.reason" options={of("withdrawal", WITHDRAWALS)} />;
  }
}

function HandOverFields({ item }: { item: PropertyDetail }) {
  const labels = usePropertyLabels();
  const receiver: unknown = Form.useWatch("receiver");
  return (
    <>
      <Choice
        name="receiver"
        label="form.receiver"
        options={RECEIVERS.map((value) => ({
          value,
          label: labels(labelKey("receiver", value)),
        }))}
      />
      {receiver === "agent" && <Tick name="agentIsOfficer" label="form.agent_is_officer" />}
      <Tick name="rightChecked" label="form.right_checked" />
      <Typed name="listNo" label="form.list_no" limit={PROPERTY_LIMITS.numberLength} />
      <Tick name="confirmed" label="form.confirmed" />
      <Pick
        name="officers"
        label="form.officers"
        many
        options={item.officers.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </>
  );
}

function BookFields({ stationId }: { stationId: string }) {
  const words = usePropertyWords();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  const meetings = useQuery(api.property.meetings.queryOptions({ input: { size: 50 } }));
  const chosen: unknown = Form.useWatch("meetingId");
  return (
    <Loaded query={meetings}>
      {({ items }) => {
        const ahead = items.filter(
          (one) => !one.cancelled && one.to > now && one.stationId === stationId,
        );
        return ahead.length === 0 ? (
          <p className="desk-lead">{words("form.no_meeting")}</p>
        ) : (
          <>
            <Choice
              name="meetingId"
              label="form.meeting"
              options={ahead.map((one) => ({
                value: one.id,
                label: `${formatInstant(one.from, locale)} ${one.venue}`,
              }))}
            />
            {typeof chosen === "string" && <SlotField meetingId={chosen} now={now} />}
          </>
        );
      }}
    </Loaded>
  );
}

/** The slots that are still ahead and not full. */
function SlotField({ meetingId, now }: { meetingId: string; now: number }) {
  const locale = currentLocale();
  const meeting = useQuery(api.property.meeting.queryOptions({ input: { id: meetingId } }));
  return (
    <Loaded query={meeting}>
      {({ slots, seats }) => (
        <Choice
          name="at"
          label="form.slot"
          options={slots
            .filter(({ at, items }) => at > now && items.length < seats)
            .map(({ at }) => ({ value: at, label: formatInstant(at, locale) }))}
        />
      )}
    </Loaded>
  );
}
