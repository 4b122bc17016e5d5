import type { MediationDetail, MediationRow } from "@wanjia/contract/mediation";
import type { MediationCommandType } from "@wanjia/domain/mediation/terms";
import {
  DAY_MS,
  type Instant,
  type LocalDate,
  localDate,
  MINUTE_MS,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import type { Tone } from "@wanjia/ui/theme/tokens";

export function stateTone({ state, ending }: Pick<MediationRow, "state" | "ending">): Tone {
  if (ending !== null) return ending === "performed" ? "met" : "ended";
  if (state === "breached") return "alarm";
  if (state === "performed") return "met";
  return state === "asking" ? "open" : state === "failed" ? "again" : "appointment";
}

export function dueTone(nextOn: LocalDate, today: LocalDate): Tone {
  if (nextOn < today) return "alarm";
  return nextOn === today ? "again" : "open";
}

/** Steps without a form: one press. */
const PLAIN_STEPS = ["cancel", "urge", "give_up_urging", "waive_confirmation"] as const;
export type PlainStep = (typeof PLAIN_STEPS)[number];
export type FormStep = Exclude<MediationCommandType, PlainStep>;

export function isPlain(step: MediationCommandType): step is PlainStep {
  return PLAIN_STEPS.some((plain) => plain === step);
}

const ASIDE: readonly MediationCommandType[] = [
  "set_panel",
  "object",
  "cancel",
  "extend",
  "fail",
  "report_breach",
  "seek_confirmation",
  "waive_confirmation",
  "give_up_urging",
  "stop",
];

/**
 * The buttons: what moves it on, and what is kept in a menu. The panel is in the way only until it is
 * set; a side's answer only while sides are asked.
 */
export function arrangeSteps({
  steps,
  state,
  form,
  committee,
}: Pick<MediationDetail, "steps" | "state" | "form" | "committee">): {
  readonly main: readonly MediationCommandType[];
  readonly more: readonly MediationCommandType[];
} {
  const panelFirst = state === "consented" && form === "people" && committee === null;
  const main = steps.filter((step) => {
    if (step === "set_panel") return panelFirst;
    if (step === "book") return !panelFirst;
    if (step === "answer_of_side") return state === "asking";
    return !ASIDE.includes(step);
  });
  return {
    main,
    more: steps.filter((step) => !main.includes(step) && !(step === "book" && panelFirst)),
  };
}

type Values = Readonly<Record<string, unknown>>;

/** A day and a clock time as the form holds them, in Asia/Shanghai. */
export function momentOf(day: string, clock: string): Instant {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return startOfLocalDay(day) + (hour * 60 + minute) * MINUTE_MS;
}

/** The order that a filled-in form stands for; what the form didn't ask for in this case is left out. */
export function orderOf(
  step: MediationCommandType,
  values: Values,
  sessionId: string,
): Readonly<Record<string, unknown>> {
  const given = Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== undefined && value !== "" && value !== null,
    ),
  );
  if (step === "book") {
    const { day = "", from = "", to = "", roomId, open } = given as Record<string, string>;
    return {
      type: step,
      sessionId,
      roomId,
      from: momentOf(day, from),
      to: momentOf(day, to),
      open: (open as unknown) === true,
    };
  }
  if (step === "call_back" && given["reached"] !== true) {
    return { type: step, side: given["side"], alone: true, reached: false };
  }
  if (step === "call_back") return { type: step, ...given, alone: given["alone"] === true };
  if (step === "extend") return { type: step, ...given, allAgree: given["allAgree"] === true };
  if (step === "seek_confirmation") {
    return { type: step, ...given, together: given["together"] === true };
  }
  return { type: step, ...given };
}

// -- the calendar of rooms ------------------------------------------------------------------------

interface Taken {
  readonly roomId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly mediationId: string | null;
}

/** What is taken in one room on one day, in order. */
export function takenOn(taken: readonly Taken[], roomId: string, day: LocalDate): readonly Taken[] {
  return taken
    .filter((one) => one.roomId === roomId && localDate(one.from) === day)
    .toSorted((a, b) => a.from - b.from);
}

/** Monday to Sunday of the week in which a day lies, `weeks` later. */
export function weekOf(today: LocalDate, weeks: number): readonly LocalDate[] {
  // 1970-01-05 was a Monday.
  const days = Math.round((startOfLocalDay(today) - startOfLocalDay("1970-01-05")) / DAY_MS);
  const monday = startOfLocalDay("1970-01-05") + (Math.floor(days / 7) + weeks) * 7 * DAY_MS;
  return Array.from({ length: 7 }, (_, index) => localDate(monday + index * DAY_MS));
}

// -- what happened --------------------------------------------------------------------------------

type Event = MediationDetail["timeline"][number];
type Group =
  | "side"
  | "mode"
  | "result"
  | "agreementForm"
  | "amount"
  | "followUp"
  | "failure"
  | "ending";

/** A line under an event: a value whose word stands in a group of labels, or a text as it is. */
export type EventPart =
  | { readonly group: Group; readonly value: string }
  | { readonly day: LocalDate }
  | { readonly text: string };

/** What an event says beside its name. */
export function eventParts({ body }: Event): readonly EventPart[] {
  const parts: EventPart[] = [];
  const label = (name: string, group: Group): void => {
    const value = body[name];
    if (typeof value === "string") parts.push({ group, value });
  };
  label("side", "side");
  label("mode", "mode");
  label("result", "sessionId" in body ? "result" : "followUp");
  if ("number" in body) label("form", "agreementForm");
  label("amount", "amount");
  label("reason", "failure");
  label("ending", "ending");
  for (const name of ["number", "venue", "handOverNo"]) {
    const value = body[name];
    if (typeof value === "string") parts.push({ text: value });
  }
  for (const name of ["performBy", "on", "until", "limitOn"]) {
    const value = body[name];
    if (typeof value === "string") parts.push({ day: value });
  }
  return parts;
}
