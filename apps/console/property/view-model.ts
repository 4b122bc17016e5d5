import type { PropertyDetail, PropertyRow } from "@wanjia/contract/property";
import type { PropertyCommandType } from "@wanjia/domain/property/terms";
import { type LocalDate, MINUTE_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { Tone } from "@wanjia/ui/theme/tokens";
import type { labelKey } from "./words.ts";

const TONES = {
  eligible: "open",
  owner_notified: "again",
  unclaimed_notice: "again",
  appointment: "appointment",
  unclaimed: "alarm",
  returned: "met",
  handed_to_state: "ended",
  withdrawn: "ended",
} as const satisfies Record<PropertyRow["state"], Tone>;

export function stateTone(state: PropertyRow["state"]): Tone {
  return TONES[state];
}

/** Steps without a form: one press. */
export type FormStep = Exclude<PropertyCommandType, "announce">;

const MAIN: Partial<Record<PropertyRow["state"], readonly PropertyCommandType[]>> = {
  eligible: ["notify", "announce"],
  owner_notified: ["book"],
  unclaimed_notice: ["book"],
  appointment: ["hand_over"],
  unclaimed: ["hand_to_state", "book"],
};

/** What moves it on as buttons, what leads aside in a menu. */
export function arrangeSteps({ state, steps }: Pick<PropertyDetail, "state" | "steps">): {
  readonly main: readonly PropertyCommandType[];
  readonly more: readonly PropertyCommandType[];
} {
  const first = MAIN[state] ?? [];
  return {
    main: first.filter((step) => steps.includes(step)),
    more: steps.filter((step) => !first.includes(step)),
  };
}

/** What a form's fields say, as the endpoint wants it: boxes that were not ticked say no. */
export function orderOf(step: PropertyCommandType, values: Readonly<Record<string, unknown>>) {
  if (step === "extend") return { type: step, ...values, months: Number(values["months"]) };
  if (step !== "hand_over") return { type: step, ...values };
  return {
    type: step,
    ...values,
    rightChecked: values["rightChecked"] === true,
    confirmed: values["confirmed"] === true,
    agentIsOfficer: values["receiver"] === "agent" && values["agentIsOfficer"] === true,
  };
}

/** `2026-11-28` and `09:30` in Asia/Shanghai. */
export function instantOf(day: LocalDate, time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return startOfLocalDay(day) + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

type Group = Parameters<typeof labelKey>[0];

const GROUPS: Partial<Record<string, Readonly<Record<string, Group>>>> = {
  notified: { mode: "mode" },
  released: { reason: "release" },
  returned: { receiver: "receiver" },
  extended: { reason: "extension" },
  withdrawn: { reason: "withdrawal" },
};

/** The words of an event that have a label; numbers and ids stand elsewhere on the page. */
export function eventParts({
  type,
  body,
}: Pick<PropertyDetail["timeline"][number], "type" | "body">): readonly {
  readonly group: Group;
  readonly value: string;
}[] {
  return Object.entries(GROUPS[type] ?? {}).flatMap(([field, group]) => {
    const value = body[field];
    return typeof value === "string" ? [{ group, value }] : [];
  });
}
