/**
 * What a resident does with a matter by its receipt, without an account: answers the callback, has it
 * taken up again, withdraws it. Each is an event by nobody who ever handled it.
 */
import type { Id } from "../shared/id.ts";
import { DAY_MS, type Instant } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { ClockPurpose, RunningClock } from "./clock-terms.ts";
import type { Clockwork } from "./clocks.ts";
import { nextDeadline, withClocks } from "./running.ts";
import { confirming, showing } from "./shown.ts";
import {
  given,
  isMark,
  MATTER_LIMITS,
  type Matter,
  type MatterChange,
  type MatterRefusal,
  type REOPEN_REASONS,
  SOLVED_ANSWERS,
  type SolvedAnswer,
} from "./terms.ts";
import { checkText } from "./text.ts";

/** Days after its end in which a resident may have a matter taken up again: as long as a contact is kept. */
export const REOPEN_DAYS = 30;

/** Reasons that a resident may give; that something was done wrongly here is for the house to say. */
export const RESIDENT_REOPEN_REASONS = [
  "not_solved",
  "resident_disagrees",
  "agreement_breached",
  "came_back",
  "new_facts",
] as const satisfies readonly (typeof REOPEN_REASONS)[number][];
type ResidentReopenReason = (typeof RESIDENT_REOPEN_REASONS)[number];

/** What of that which runs is for whoever waits to know; the rest is the house's own affair. */
export const TOLD_PURPOSES = [
  "finish",
  "interim",
  "other_result",
  "callback",
  "human_callback",
  "redo",
  "pause_review",
] as const satisfies readonly ClockPurpose[];
type ToldPurpose = (typeof TOLD_PURPOSES)[number];

/** What comes next for whoever waits, and by when; null where nothing is due. */
export function nextForResident(
  clocks: readonly RunningClock[],
): { readonly purpose: ToldPurpose; readonly dueAt: Instant | null } | null {
  const next = nextDeadline(
    clocks.filter(({ purpose }) => TOLD_PURPOSES.some((told) => told === purpose)),
  );
  return next === null ? null : { purpose: next.purpose as ToldPurpose, dueAt: next.dueAt };
}

export const RESIDENT_STEPS = ["answer_callback", "reopen", "withdraw"] as const;
export type ResidentStep = (typeof RESIDENT_STEPS)[number];

export type ResidentCommand =
  | {
      readonly type: "answer_callback";
      /** Whether anybody got in touch about it. */
      readonly contacted: boolean;
      readonly solved: SolvedAnswer;
      /** 1 very dissatisfied … 5 very satisfied. */
      readonly satisfaction: number;
      readonly respectful?: number | undefined;
      readonly informed?: number | undefined;
      /** Whether whoever handles it may get in touch again. */
      readonly mayContact: boolean;
      /** Photos of the place as it is now, of a hazard that is said to be put right. */
      readonly photos?: number | undefined;
      readonly text: string;
    }
  | { readonly type: "reopen"; readonly reason: ResidentReopenReason; readonly text: string }
  | { readonly type: "withdraw"; readonly text: string };

type Decision = Result<readonly MatterChange[], MatterRefusal>;

/**
 * Who a resident is in a matter's history: nobody but the one it was raised by. The matter's own id
 * stands for him, so that no member is taken for him and no other matter knows him.
 */
export function residentOf(matter: Pick<Matter, "id">): Id {
  return matter.id;
}

/**
 * Whether contact could harm somebody: then a receipt that is found by others tells nothing, and asks
 * nothing. Source: domain.md §5.2 rule 5.
 */
export function isGuarded(matter: Pick<Matter, "suitable">): boolean {
  return matter.suitable === false;
}

/** The first moment at which a resident may no longer have it taken up again; null while it is open. */
export function reopenUntil({ closedAt }: Pick<Matter, "closedAt">): Instant | null {
  return closedAt === null ? null : closedAt + REOPEN_DAYS * DAY_MS;
}

/**
 * What follows from what a resident says. `issuedBy`: the member who gave him the receipt; null where
 * it was made on his own phone. Refuses like `decide`, and `reopen-too-late`; and
 * `receipt-from-handler`, because a handler's own paper is no independent callback. `typedBy`: who typed in what was written on
 * paper; a handler may hand in that it is to be taken up again, and neither a callback nor a withdrawal.
 */
export function decideByResident(
  matter: Matter,
  command: ResidentCommand,
  issuedBy: Id | null,
  work: Clockwork,
  typedBy: Id | null = null,
): Decision {
  const hands = [issuedBy, typedBy].flatMap((id) => id ?? []);
  const decision = judge(matter, command, hands, work, typedBy === null ? "page" : "paper");
  if (!decision.ok) return decision;
  return accept(withClocks(matter, decision.value, residentOf(matter), work));
}

/** What the page of the receipt offers now. */
export function residentSteps(
  matter: Matter,
  issuedBy: Id | null,
  work: Clockwork,
): readonly ResidentStep[] {
  if (isGuarded(matter)) return [];
  const text = "-";
  const probes: readonly ResidentCommand[] = [
    {
      type: "answer_callback",
      contacted: true,
      solved: "yes",
      satisfaction: 3,
      mayContact: false,
      text,
    },
    { type: "reopen", reason: "not_solved", text },
    { type: "withdraw", text },
  ];
  return probes
    .filter((probe) => judge(matter, probe, issuedBy === null ? [] : [issuedBy], work, "page").ok)
    .map(({ type }) => type);
}

function judge(
  matter: Matter,
  command: ResidentCommand,
  hands: readonly Id[],
  work: Clockwork,
  mode: "page" | "paper",
): Decision {
  if (isGuarded(matter)) return wrongState(matter);
  if (command.type !== "reopen" && hands.some((hand) => matter.handlers.includes(hand))) {
    return refuse("receipt-from-handler");
  }
  switch (command.type) {
    case "answer_callback":
      return answerCallback(matter, command, mode);
    case "reopen":
      return reopen(matter, command, work.now);
    case "withdraw":
      return withdraw(matter, command.text);
  }
}

type Of<T extends ResidentStep> = Extract<ResidentCommand, { type: T }>;

function wrongState({ state }: Matter): Decision {
  return refuse("wrong-state", { state });
}

/** Whoever raised it is independent of its handlers by nature; once after each answer. */
function answerCallback(
  matter: Matter,
  command: Of<"answer_callback">,
  mode: "page" | "paper",
): Decision {
  if (matter.state !== "feedback_given") return wrongState(matter);
  const { contacted, solved, satisfaction, respectful, informed, mayContact } = command;
  const marks = [satisfaction, respectful, informed].flatMap((mark) => mark ?? []);
  if (!marks.every(isMark) || !SOLVED_ANSWERS.includes(solved))
    return refuse("callback-incomplete");
  const text = remark(command.text);
  if (!text.ok) return text;
  const shown = showing(matter, command.photos ?? 0);
  if (!shown.ok) return shown;
  return accept([
    ...shown.value,
    {
      type: "called_back",
      mode,
      reached: true,
      solved,
      satisfaction,
      ...given(command),
      contacted,
      mayContact,
      text: text.value,
    },
    ...confirming(matter, solved, shown.value.length > 0),
  ]);
}

const CLAIMS: readonly Matter["state"][] = [
  "resolved",
  "declined",
  "feedback_given",
  "called_back",
  "closed",
  "handed_to_110",
];

/** Back to whoever answers for it, with what was promised standing in its history. */
function reopen(matter: Matter, command: Of<"reopen">, now: Instant): Decision {
  if (!CLAIMS.includes(matter.state)) return wrongState(matter);
  const until = reopenUntil(matter);
  if (until !== null && now >= until) return refuse("reopen-too-late", { days: REOPEN_DAYS });
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([{ type: "reopened", reason: command.reason, text: text.value }]);
}

/** Of one's own accord: nobody may ask for it (§4.3), so no reason is asked for either. */
function withdraw(matter: Matter, reason: string): Decision {
  if (matter.disposition !== null) return wrongState(matter);
  const text = remark(reason);
  return text.ok ? accept([{ type: "withdrawn", text: text.value }]) : text;
}

function remark(text: string): Result<string, MatterRefusal> {
  return text.trim() === "" ? accept("") : checkText(text, MATTER_LIMITS.noteLength);
}
