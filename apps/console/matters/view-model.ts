import type { ClockRuleRow } from "@wanjia/contract/clock-rules";
import type { MatterClock, MatterDetail, MatterRow } from "@wanjia/contract/matters";
import type { ClockUnit } from "@wanjia/domain/matters/clock-terms";
import { dueDay } from "@wanjia/domain/matters/clocks";
import { printNumber } from "@wanjia/domain/matters/number";
import {
  feedbackNeeded,
  type MatterCommand,
  type MatterCommandType,
  type MatterOutcome,
  OUTCOMES,
  SOLVED,
  WORKED,
} from "@wanjia/domain/matters/terms";
import {
  addDays,
  daysBetween,
  HOUR_MS,
  type Instant,
  localDate,
  type LocalDate,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import type { Tone } from "@wanjia/ui/theme/tokens";
import type { ListInput } from "../shell/url-state.ts";

// -- the list -------------------------------------------------------------------------------------

/** The address says `mine=true`; the endpoint wants to know whose. */
export function listInput(input: ListInput, memberId: string): ListInput {
  const { mine, ...rest } = input;
  return mine === "true" ? { ...rest, size: input.size, handlerId: memberId } : input;
}

type Standing = Pick<MatterRow, "state" | "disposition">;

export function stateTone({ state, disposition }: Standing): Tone {
  if (disposition !== null) return WORKED.includes(disposition) ? "met" : "ended";
  if (state === "registered") return "open";
  return state === "accepted" || state === "in_progress" ? "again" : "primary";
}

export type Due =
  | { readonly kind: "none" }
  | { readonly kind: "overdue" | "left"; readonly days: number }
  | { readonly kind: "hours"; readonly hours: number }
  | { readonly kind: "today" | "paused" };

export function dueTone(due: Due): Tone {
  if (due.kind === "overdue") return "alarm";
  if (due.kind === "paused") return "ended";
  return due.kind === "today" || due.kind === "hours" || (due.kind === "left" && due.days <= 3)
    ? "again"
    : "open";
}

type Deadline = Pick<MatterClock, "dueAt" | "pausedAt">;

/** What is left of a deadline, in days, or hours where it ends within a day. */
export function leftOf(clock: Deadline, now: Instant): Due {
  if (clock.pausedAt !== null) return { kind: "paused" };
  if (clock.dueAt === null) return { kind: "none" };
  const day = dueDay(clock.dueAt);
  const days = daysBetween(localDate(now), day);
  if (clock.dueAt <= now) return { kind: "overdue", days: Math.max(1, -days) };
  if (endsWithDay(clock.dueAt)) return days === 0 ? { kind: "today" } : { kind: "left", days };
  return { kind: "hours", hours: Math.ceil((clock.dueAt - now) / HOUR_MS) };
}

/** Under which key a time limit is named: the dots of its id would lead into groups. */
export function ruleKey(id: string): string {
  return id.replaceAll(".", "_");
}

/** A time limit as it is now, and as it is going to be. */
export interface Limit {
  readonly id: string;
  readonly now: ClockRuleRow;
  readonly planned: ClockRuleRow | null;
  /** The first day from which a new version may hold: nothing reaches back, nothing overlaps. */
  readonly earliest: LocalDate;
}

/** One line for each limit, out of all versions. */
export function limitsOf(rules: readonly ClockRuleRow[], today: LocalDate): readonly Limit[] {
  const byId = Map.groupBy(rules, ({ id }) => id);
  return [...byId].flatMap(([id, versions]) => {
    const ordered = versions.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    const now = ordered.findLast(({ from }) => from <= today) ?? ordered[0];
    const last = ordered.at(-1);
    if (now === undefined) return [];
    const planned = last !== undefined && last.from > today ? last : null;
    return [{ id, now, planned, earliest: addDays(planned?.from ?? today, 1) }];
  });
}

/** A new version as it is filled in; what is left empty does not hold. */
export interface RuleValues extends Pick<
  ClockRuleRow,
  "amount" | "unit" | "source" | "basis" | "from"
> {
  readonly pauses?: ClockRuleRow["pauses"];
  readonly longer?: number | null;
  readonly again?: number | null;
}

export function ruleValues({ now, planned, earliest }: Limit): RuleValues {
  const { amount, unit, source, basis, pauses, extension, raiseAgainDays } = planned ?? now;
  return {
    amount,
    unit,
    source,
    basis,
    pauses,
    from: earliest,
    longer: extension?.amount ?? null,
    again: raiseAgainDays,
  };
}

/** The version that a filled-in form stands for. Who may extend, and in which days, stays. */
export function ruleDraft({ id, now }: Limit, values: RuleValues) {
  const { longer = null, again = null, pauses = [], ...rest } = values;
  const extension =
    now.extension === null || longer === null ? null : { ...now.extension, amount: longer };
  return { ...rest, id, pauses, extension, raiseAgainDays: again };
}

/** The next deadline first. */
export function inOrder(clocks: readonly MatterClock[]): readonly MatterClock[] {
  return clocks.toSorted((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity));
}

/** Limits in days end with a day, those in hours at any time of it. */
export function endsWithDay(dueAt: Instant): boolean {
  return dueAt === startOfLocalDay(addDays(dueDay(dueAt), 1));
}

// -- one matter -----------------------------------------------------------------------------------

/** Steps without a form: one press. */
const PLAIN_STEPS = ["accept", "start", "perform", "resume"] as const;
export type PlainStep = (typeof PLAIN_STEPS)[number];

export function isPlain(step: MatterCommandType): step is PlainStep {
  return PLAIN_STEPS.some((plain) => plain === step);
}

const SECONDARY: readonly MatterCommandType[] = [
  "reopen",
  "assign",
  "refer",
  "recall",
  "decline",
  "withdraw",
  "hand_to_110",
  "unmerge",
  "correct",
  "suspend",
  "extend",
];

/** The buttons of the page: what moves the matter on, and what is kept in a menu. */
export function arrangeSteps(steps: readonly MatterCommandType[]): {
  readonly main: readonly MatterCommandType[];
  readonly more: readonly MatterCommandType[];
} {
  // Into what a matter is merged is chosen beside what may be the same.
  const offered = steps.filter((step) => step !== "merge");
  return {
    main: offered.filter((step) => !SECONDARY.includes(step)),
    more: offered.filter((step) => SECONDARY.includes(step)),
  };
}

/** Which sentence says what has to happen now. */
export function nextSentence(
  matter: Pick<
    MatterDetail,
    "state" | "outcome" | "assigneeId" | "referral" | "feedback" | "anonymous" | "reporter"
  >,
) {
  const { state, referral } = matter;
  if (matter.assigneeId !== null) return "asked" as const;
  if (referral !== null && referral.acceptedAt === null) return "asked" as const;
  if (state !== "resolved") return state;
  if (matter.outcome === "rectified") return "resolved_recheck" as const;
  return feedbackNeeded(matter) ? state : ("resolved_no_answer" as const);
}

/** What a handler may claim for this matter. */
export function claimableOutcomes(
  matter: Pick<MatterDetail, "kind" | "suitable">,
): readonly MatterOutcome[] {
  if (matter.suitable === false) return ["not_suitable"];
  const all: readonly MatterOutcome[] = OUTCOMES[matter.kind];
  return all.filter((outcome) => outcome !== "cleared" && outcome !== "not_suitable");
}

export function needsReason(outcome: MatterOutcome | undefined): boolean {
  return outcome !== undefined && outcome !== "not_suitable" && !SOLVED.includes(outcome);
}

/** Values as the forms hold them; empty ones are absent orders. */
export type StepValues = Readonly<Record<string, unknown>>;

/**
 * The order that a filled-in form stands for. What the form didn't ask for in this case, such as
 * what a resident said who wasn't reached, is left out even when it was typed before.
 */
export function orderOf(step: MatterCommandType, values: StepValues): MatterCommand {
  const given = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  );
  if (step === "screen") return { type: step, stopSigns: [], ...given };
  if (step === "advise") {
    // The box beside the number; unticked, there is no number.
    const { ordered, notice, ...slip } = given;
    return { type: step, ...slip, ...(ordered === true ? { notice } : {}) } as MatterCommand;
  }
  if (step === "resolve" && !needsReason(given["outcome"] as MatterOutcome)) delete given["reason"];
  if (step === "call_back") {
    const { mode, text = "" } = given;
    const said = given["reached"] === true ? given : { mode, reached: false };
    return { type: step, ...said, text } as MatterCommand;
  }
  return { type: step, ...given } as MatterCommand;
}

/** The mode that the resident asked for, where it is one. */
export function answerModeFor(feedback: MatterDetail["feedback"]) {
  return feedback === "none" ? ("notice_board" as const) : feedback;
}

type Event = MatterDetail["timeline"][number];

/** A line under an event: plain words, or a value whose word stands in a group of labels. */
export type EventLine =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "label";
      readonly group:
        | "grade"
        | "outcome"
        | "reason"
        | "stopSign"
        | "way"
        | "feedback"
        | "solved"
        | "satisfaction"
        | "respectful"
        | "informed"
        | "waiver"
        | "reopen"
        | "pause"
        | "clock"
        | "supervisor"
        | "responsibleParty"
        | "competentBody"
        | "basis"
        | "consent";
      readonly value: string;
    }
  | { readonly kind: "day"; readonly day: LocalDate }
  | {
      readonly kind: "words";
      readonly key: "not_reached" | "no_stop" | "not_contacted" | "may_contact" | "may_not_contact";
    }
  | { readonly kind: "limit"; readonly unit: ClockUnit; readonly amount: number };

const text = (value: unknown): EventLine[] =>
  typeof value === "string" && value !== "" ? [{ kind: "text", text: value }] : [];

function label(group: (EventLine & { kind: "label" })["group"], value: unknown): EventLine[] {
  return typeof value === "string" || typeof value === "number"
    ? [{ kind: "label", group, value: String(value) }]
    : [];
}

function limit(unit: unknown, amount: unknown): EventLine[] {
  return typeof amount === "number" ? [{ kind: "limit", unit: unit as ClockUnit, amount }] : [];
}

/** The answers that only the page of the receipt asks for. */
function saidOnPage({ contacted, mayContact }: Event["body"]): EventLine[] {
  return [
    ...(contacted === false ? [{ kind: "words", key: "not_contacted" } as const] : []),
    ...(typeof mayContact === "boolean"
      ? [{ kind: "words", key: mayContact ? "may_contact" : "may_not_contact" } as const]
      : []),
  ];
}

/** The last answer before it was taken up again; null where it wasn't, or where a new one stands. */
export function promised({ timeline, reopened }: Pick<MatterDetail, "timeline" | "reopened">) {
  if (reopened === 0) return null;
  const last = timeline.findLast(({ type }) => type === "answered" || type === "reopened");
  if (last?.type !== "reopened") return null;
  const answer = timeline.findLast(({ type }) => type === "answered")?.body["text"];
  return typeof answer === "string" ? answer : null;
}

/** What an event says beside its name, in the order in which one would tell it. */
export function eventLines({ type, body }: Event): readonly EventLine[] {
  const signs = Array.isArray(body["stopSigns"]) ? (body["stopSigns"] as string[]) : [];
  switch (type) {
    case "screened":
      return signs.length === 0
        ? [{ kind: "words", key: "no_stop" }]
        : [...signs.flatMap((sign) => label("stopSign", sign)), ...label("way", body["way"])];
    case "resolved":
      return [
        ...label("outcome", body["outcome"]),
        ...label("reason", body["reason"]),
        ...text(body["text"]),
      ];
    case "declined":
      return [...label("reason", body["reason"]), ...text(body["text"])];
    case "rechecked":
      return [
        ...label("outcome", body["cleared"] === true ? "cleared" : "not_cleared"),
        ...text(body["text"]),
      ];
    case "answered":
      return [...label("feedback", body["mode"]), ...text(body["text"])];
    case "called_back":
      return body["reached"] === true
        ? [
            ...label("feedback", body["mode"]),
            ...label("solved", body["solved"]),
            ...label("satisfaction", body["satisfaction"]),
            ...label("respectful", body["respectful"]),
            ...label("informed", body["informed"]),
            ...saidOnPage(body),
            ...text(body["text"]),
          ]
        : [{ kind: "words", key: "not_reached" }, ...text(body["text"])];
    case "callback_waived":
      return label("waiver", body["reason"]);
    case "closed":
      return text(body["lesson"]);
    case "reopened":
      return [...label("reopen", body["reason"]), ...text(body["text"])];
    case "assigned":
      return text(body["toName"]);
    case "referred":
      return [
        ...text(body["toName"]),
        ...label("basis", body["basis"]),
        ...text(body["law"]),
        ...text(body["text"]),
        ...label("consent", body["contact"]),
      ];
    case "assignment_returned":
      return text(body["reason"]);
    case "corrected":
      return [...label("grade", body["grade"]), ...text(body["text"]), ...text(body["why"])];
    case "suspended":
      return [...label("pause", body["reason"]), ...text(body["text"])];
    case "extended":
      return [
        ...label("clock", body["purpose"]),
        ...limit(body["unit"], body["amount"]),
        ...label("feedback", body["told"]),
        ...text(body["why"]),
      ];
    case "advised":
      return [
        ...label("responsibleParty", body["party"]),
        ...(typeof body["fixBy"] === "string"
          ? [{ kind: "day", day: body["fixBy"] } as const]
          : []),
        ...text(body["text"]),
      ];
    case "body_answered":
      return [
        ...(body["major"] === true ? label("grade", "major") : []),
        ...text(body["number"]),
        ...text(body["text"]),
      ];
    case "verified":
      return [
        ...label("outcome", body["stands"] === true ? "cleared" : "not_cleared"),
        ...text(body["text"]),
      ];
    case "merged":
      return text(typeof body["number"] === "string" ? printNumber(body["number"]) : "");
    case "followed":
      return [...label("outcome", body["outcome"]), ...label("reason", body["reason"])];
    case "raised":
      return [...label("clock", body["purpose"]), ...label("supervisor", body["to"])];
    case "informed":
      return [...label("feedback", body["mode"]), ...text(body["text"])];
    case "noted":
    case "accepted_by_body":
    case "recalled":
    case "withdrawn":
    case "handed_to_110":
    case "unmerged":
    case "supervised":
      return text(body["text"]);
    default:
      return [];
  }
}
