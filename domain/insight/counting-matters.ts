/** What matters contribute, as `counting.ts` says of visits. */
import {
  ANSWERABLE,
  type Matter,
  type MatterChange,
  feedbackNeeded,
  SOLVED,
  WORKED,
} from "../matters/terms.ts";
import type { Mediation } from "../mediation/terms.ts";
import type { Id } from "../shared/id.ts";
import {
  addDays,
  DAY_MS,
  daysBetween,
  HOUR_MS,
  type Instant,
  localDate,
  type LocalDate,
  startOfLocalDay,
} from "../shared/instant.ts";
import { compact } from "./counting.ts";
import { add, nonZero } from "./rules.ts";
import type { Book, Counters, Delta, Entry } from "./terms.ts";

/** What is counted of a matter. */
export type CountedMatter = Pick<
  Matter,
  | "kind"
  | "stationId"
  | "beatId"
  | "feedback"
  | "reporter"
  | "anonymous"
  | "outcome"
  | "reason"
  | "registeredAt"
  | "dueOn"
  | "acceptedAt"
  | "informedAt"
  | "resolvedAt"
  | "clearedAt"
  | "answeredAt"
  | "closedAt"
  | "disposition"
  | "reopened"
  | "merged"
>;

export const SETTLED: readonly string[] = ["agreement_reached", "agreement_performed"];
/** A dispute that comes back within this time was not settled (K27). */
export const RELAPSE_DAYS = 90;
/** A hazard of the same sort at the same place within this time has come back (K32). */
const RECURRENCE_MS = 180 * DAY_MS;
/** By this hour of the next day somebody has it in hand and has told the resident (K42). */
const MORNING_MS = 8 * HOUR_MS;

/** The events that send a matter to somebody else, and those that bring it back (K40). */
const SENT: readonly string[] = ["assigned", "referred"];
const RETURNED: readonly string[] = ["assignment_returned"];

/** A contribution of a matter to one book on one day. */
type Line = readonly [book: Book, on: LocalDate, counters: Counters];

/** One problem counts once, at its main matter; that its reporter was told counts for each of them. */
function matterLines(matter: CountedMatter): Line[] {
  return [...(matter.merged === null ? problemLines(matter) : []), ...morningLines(matter)];
}

function morningLines(matter: CountedMatter): Line[] {
  const on = addDays(localDate(matter.registeredAt), 1);
  return feedbackNeeded(matter) ? [["due_morning", on, { due: 1 }]] : [];
}

function problemLines(matter: CountedMatter): Line[] {
  const registered = localDate(matter.registeredAt);
  const ended = matter.closedAt === null ? null : localDate(matter.closedAt);
  const closed = WORKED.includes(matter.disposition);
  const lines: Line[] = [];
  const event = (on: LocalDate | null, counters: Counters): void => {
    if (on !== null) lines.push(["event", on, counters]);
  };
  switch (matter.kind) {
    case "opinion": {
      event(registered, { opinions: 1 });
      const studied = ["adopted", "partly", "not_adopted"].includes(matter.outcome ?? "");
      if (studied && matter.resolvedAt !== null) {
        event(localDate(matter.resolvedAt), {
          opinions_studied: 1,
          ...(matter.outcome === "adopted" ? { opinions_adopted: 1 } : {}),
          ...(matter.outcome === "partly" ? { opinions_partly_adopted: 1 } : {}),
        });
      }
      break;
    }
    case "service_request":
      if (closed && matter.outcome === "delivered") event(ended, { services_done: 1 });
      break;
    case "dispute": {
      event(registered, { disputes_registered: 1 });
      const settled = closed && SETTLED.includes(matter.outcome ?? "");
      if (settled) event(ended, { disputes_resolved: 1 });
      if (closed && matter.outcome !== "not_suitable") {
        event(registered, {
          disputes_cohort_ended: 1,
          ...(settled ? { disputes_cohort_resolved: 1 } : {}),
        });
      }
      break;
    }
    case "hazard":
      event(registered, { hazards_found: 1 });
      if (matter.clearedAt !== null) event(localDate(matter.clearedAt), { hazards_cleared: 1 });
      break;
  }
  const reason = unsolvedReason(matter);
  if (reason !== null) event(ended, { [`reason_${reason}`]: 1 });
  if (matter.dueOn !== null) lines.push([`due_${matter.kind}`, matter.dueOn, dueCounters(matter)]);
  lines.push([`age_${matter.kind}`, registered, { [lifetimeCounter(matter, registered)]: 1 }]);
  return lines;
}

/** Why a matter that ended was not, or only partly, solved; null where it was, or is not over. */
function unsolvedReason({ disposition, outcome, reason }: CountedMatter): Matter["reason"] {
  const ended = ANSWERABLE.includes(disposition);
  return ended && outcome !== null && !SOLVED.includes(outcome) ? reason : null;
}

function dueCounters(matter: CountedMatter): Counters {
  const inTime = (instant: Instant | null): boolean =>
    instant !== null && matter.dueOn !== null && localDate(instant) <= matter.dueOn;
  const withdrawn = matter.disposition === "withdrawn";
  const answerDue = matter.kind === "opinion" && matter.feedback !== "none" && !withdrawn;
  const clearDue = matter.kind === "hazard" && !withdrawn;
  return nonZero({
    due: 1,
    ended_in_time: matter.disposition !== null && inTime(matter.closedAt) ? 1 : 0,
    open: matter.disposition === null ? 1 : 0,
    own_due: answerDue || clearDue ? 1 : 0,
    own_in_time:
      (answerDue && inTime(matter.answeredAt)) || (clearDue && inTime(matter.clearedAt)) ? 1 : 0,
  });
}

/** `open`, `ended_12` (after 12 days), or `left_12` for one that was withdrawn: it tells no ending. */
function lifetimeCounter(matter: CountedMatter, registered: LocalDate): string {
  if (matter.disposition === null || matter.closedAt === null) return "open";
  const days = Math.max(0, daysBetween(registered, localDate(matter.closedAt)));
  return `${matter.disposition === "withdrawn" ? "left" : "ended"}_${days}`;
}

/** In somebody's hands, and the resident knows. Once so, it stays so. */
function isTold(matter: CountedMatter): boolean {
  return matter.answeredAt !== null || (matter.acceptedAt !== null && matter.informedAt !== null);
}

/** Until when K42 asks for a matter to be told. */
function morningAfter({ registeredAt }: CountedMatter): Instant {
  return startOfLocalDay(addDays(localDate(registeredAt), 1)) + MORNING_MS;
}

/** What happened between two states of a matter. */
export interface MatterStep {
  readonly before: CountedMatter | null;
  readonly after: CountedMatter;
  /** The kinds of events between the two. */
  readonly events: readonly MatterChange["type"][];
  /** Those of the visit it was heard at. */
  readonly campaignIds: readonly Id[];
  readonly now: Instant;
  /**
   * A settled dispute had come back as another matter before it was reopened: that relapse was
   * counted when it did (`relapseDelta`).
   */
  readonly cameBack?: boolean;
}

/**
 * What a change of a matter adds.
 *
 * Closings, reopenings and referrals are counted as they happen: a matter closed twice was closed
 * twice.
 */
export function matterDelta(step: MatterStep): Delta {
  const { before, after, events, campaignIds, now, cameBack = false } = step;
  const lines: [...Line, 1 | -1][] = [
    ...matterLines(after).map((line): [...Line, 1] => [...line, 1]),
    ...(before === null ? [] : matterLines(before)).map((line): [...Line, -1] => [...line, -1]),
  ];
  if (after.disposition !== null && (before?.disposition ?? null) === null) {
    const closing = localDate(after.closedAt ?? now);
    if (after.merged === null) lines.push(["event", closing, { matters_closed: 1 }, 1]);
    if (isSettled(after)) lines.push(["event", closing, { dispute_settlements: 1 }, 1]);
  }
  if (before !== null && after.reopened > before.reopened) {
    // Ended with another's, it stands for itself again: only now its end is one of its own.
    if (before.merged !== null && before.closedAt !== null) {
      lines.push(["event", localDate(before.closedAt), { matters_closed: 1 }, 1]);
    }
    lines.push(["event", localDate(now), { matters_reopened: 1 }, 1]);
    if (!cameBack && isRelapse(before, now) && before.closedAt !== null) {
      lines.push(["event", localDate(before.closedAt), { disputes_relapsed: 1 }, 1]);
    }
  }
  const told = isTold(after) && (before === null || !isTold(before)) && now <= morningAfter(after);
  if (told && feedbackNeeded(after)) {
    lines.push(["due_morning", addDays(localDate(after.registeredAt), 1), { ended_in_time: 1 }, 1]);
  }
  const times = (some: readonly string[]): number =>
    events.filter((type) => some.includes(type)).length;
  lines.push([
    "event",
    localDate(now),
    nonZero({ referrals_sent: times(SENT), referrals_returned: times(RETURNED) }),
    1,
  ]);
  return atMatter(after, campaignIds, lines);
}

type Whereabouts = Pick<Matter, "stationId" | "beatId">;

function atMatter(
  { stationId, beatId }: Whereabouts,
  campaignIds: readonly Id[],
  lines: readonly (readonly [...Line, 1 | -1])[],
): Delta {
  const scopes: readonly (Id | null)[] = [null, ...campaignIds];
  return compact({
    entries: scopes.flatMap((campaignId) =>
      lines.map(([book, on, counters, times]): Entry => ({
        book,
        campaignId,
        stationId,
        beatId,
        buildingId: null,
        on,
        counters: add({}, counters, times),
      })),
    ),
    presence: [],
  });
}

function isSettled(matter: Pick<Matter, "kind" | "disposition" | "outcome">): boolean {
  return (
    matter.kind === "dispute" &&
    WORKED.includes(matter.disposition) &&
    SETTLED.includes(matter.outcome ?? "")
  );
}

// -- disputes that come back ----------------------------------------------------------------------

/** A dispute as far as a relapse needs to know it. */
export type SettledDispute = Whereabouts &
  Pick<Matter, "kind" | "disposition" | "outcome" | "closedAt" | "campaignIds">;

/** Whether coming back at `now` makes a settlement a relapse. */
export function isRelapse(
  dispute: Pick<SettledDispute, "kind" | "disposition" | "outcome" | "closedAt">,
  now: Instant,
): boolean {
  const since = now - (dispute.closedAt ?? now);
  return isSettled(dispute) && since >= 0 && since <= RELAPSE_DAYS * DAY_MS;
}

/** A settled dispute whose parties were back with a new one at `now`; once for each settlement. */
export function relapseDelta(earlier: SettledDispute, now: Instant): Delta {
  if (earlier.closedAt === null || !isRelapse(earlier, now)) return { entries: [], presence: [] };
  const line = ["event", localDate(earlier.closedAt), { disputes_relapsed: 1 }, 1] as const;
  return atMatter(earlier, earlier.campaignIds, [line]);
}

// -- agreements -----------------------------------------------------------------------------------

function agreementLines({ agreement, confirmation }: Mediation): Line[] {
  if (agreement === null || agreement.form !== "written") return [];
  const counters = nonZero({
    agreements_written: 1,
    agreements_confirmed: confirmation?.granted === true ? 1 : 0,
  });
  return [["event", agreement.effectiveOn, counters]];
}

/** Whether a step of a mediation changes what its agreement counts. */
export function countsAnew(before: Mediation | null, after: Mediation): boolean {
  return (
    JSON.stringify(agreementLines(after)) !==
    JSON.stringify(before === null ? [] : agreementLines(before))
  );
}

/** What a change of a mediation adds: written agreements by their first day, and the confirmed ones. */
export function agreementDelta(
  before: Mediation | null,
  after: Mediation,
  campaignIds: readonly Id[],
): Delta {
  return atMatter(after, campaignIds, [
    ...agreementLines(after).map((line): [...Line, 1] => [...line, 1]),
    ...(before === null ? [] : agreementLines(before)).map((line): [...Line, -1] => [...line, -1]),
  ]);
}

// -- hazards that come back -----------------------------------------------------------------------

/** A hazard as far as its coming back needs to know it. */
export type CountedHazard = Whereabouts &
  Pick<
    Matter,
    "id" | "placeId" | "subtype" | "registeredAt" | "clearedAt" | "campaignIds" | "merged"
  >;

/**
 * What the hazards of some places add: those that were cleared and came back, on the day they were
 * cleared. `hazards` are all there are of the same place and sort; what several reported is one of
 * them, at its main matter.
 */
export function recurrenceDelta(hazards: readonly CountedHazard[], times: 1 | -1 = 1): Delta {
  const each = hazards.filter(({ merged }) => merged === null);
  const groups = Map.groupBy(each, ({ placeId, subtype }) => `${placeId} ${subtype}`);
  const entries = [...groups.values()].flatMap((group) =>
    group.flatMap((hazard) =>
      hazard.clearedAt !== null && group.some((other) => isRecurrence(hazard, other))
        ? atMatter(hazard, hazard.campaignIds, [
            ["event", localDate(hazard.clearedAt), { hazards_recurred: 1 }, times],
          ]).entries
        : [],
    ),
  );
  return compact({ entries, presence: [] });
}

function isRecurrence({ id, clearedAt }: CountedHazard, later: CountedHazard): boolean {
  return (
    clearedAt !== null &&
    later.id !== id &&
    later.registeredAt > clearedAt &&
    later.registeredAt - clearedAt <= RECURRENCE_MS
  );
}

/** Whether a step of a hazard can change which ones came back. */
export function recursAnew(before: CountedHazard | null, after: CountedHazard): boolean {
  return (
    before === null ||
    before.clearedAt !== after.clearedAt ||
    before.subtype !== after.subtype ||
    (before.merged === null) !== (after.merged === null)
  );
}
