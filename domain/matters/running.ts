/** The clocks of one matter: what starts, stops, moves and ends them. */
import type { Id } from "../shared/id.ts";
import { addWorkingDays } from "../shared/calendar.ts";
import { addDays, DAY_MS, type Instant, localDate, startOfLocalDay } from "../shared/instant.ts";
import type { ClockPurpose, PauseReason, RunningClock, Supervisor } from "./clock-terms.ts";
import {
  type ClockRule,
  type Clockwork,
  dueAfter,
  dueAt,
  dueLater,
  leftOf,
  ruleFor,
  ruleOf,
} from "./clocks.ts";
import { begin, evolve } from "./evolve.ts";
import { competentBody } from "./hazard-terms.ts";
import { askedIn } from "./referral.ts";
import { CLAIMED, feedbackNeeded, type Matter, type MatterChange } from "./terms.ts";

// -- one clock ------------------------------------------------------------------------------------

function start(rule: ClockRule, purpose: ClockPurpose, from: Instant, work: Clockwork) {
  const clock: RunningClock = {
    purpose,
    rule: rule.id,
    version: rule.version,
    startedAt: from,
    dueAt: dueAt(rule, from, work.calendar),
    pausedAt: null,
    left: null,
    extended: 0,
    raisedTo: null,
    raisedAt: null,
    task: false,
  };
  return clock;
}

/** Whether a limit is missed. A clock that stands still misses nothing. */
export function isBreached(clock: RunningClock, now: Instant): boolean {
  return clock.dueAt !== null && clock.dueAt <= now;
}

/** Stands still for a reason its rule knows; a limit that was missed is not mended by waiting. */
function pause(clock: RunningClock, reason: PauseReason, work: Clockwork): RunningClock {
  if (!canPause(clock, reason, work) || clock.dueAt === null) return clock;
  const left = leftOf(ruleOf(clock, work).unit, clock.dueAt, work.now, work.calendar);
  return { ...clock, dueAt: null, pausedAt: work.now, left };
}

export function canPause(clock: RunningClock, reason: PauseReason, work: Clockwork): boolean {
  return (
    clock.pausedAt === null &&
    clock.dueAt !== null &&
    !isBreached(clock, work.now) &&
    ruleOf(clock, work).pauses.includes(reason)
  );
}

function resume(clock: RunningClock, work: Clockwork): RunningClock {
  if (clock.pausedAt === null) return clock;
  const due =
    clock.left === null
      ? null
      : dueAfter(ruleOf(clock, work).unit, clock.left, work.now, work.calendar);
  const going = { ...clock, dueAt: due, pausedAt: null };
  return due === null ? { ...going, resumedAt: work.now } : { ...going, left: null };
}

/** What may still be added to a limit; nothing once it was missed or while it stands still. */
export function extensionLeft(clock: RunningClock, work: Clockwork): number {
  const { extension } = ruleOf(clock, work);
  if (extension === null || clock.dueAt === null || isBreached(clock, work.now)) return 0;
  return extension.amount - clock.extended;
}

function extend(clock: RunningClock, amount: number, work: Clockwork): RunningClock {
  const { extension } = ruleOf(clock, work);
  if (extension === null || clock.dueAt === null) return clock;
  return {
    ...clock,
    dueAt: dueLater(clock.dueAt, extension.unit, amount, work.calendar),
    extended: clock.extended + amount,
  };
}

/** A date for a clock that had none, now that the holidays are announced: as if they had been all along. */
function dated(clock: RunningClock, work: Clockwork): RunningClock {
  if (clock.dueAt !== null || clock.pausedAt !== null) return clock;
  const rule = ruleOf(clock, work);
  const { resumedAt, ...rest } = clock;
  if (clock.left !== null) {
    const due = dueAfter(rule.unit, clock.left, resumedAt ?? work.now, work.calendar);
    return due === null ? clock : { ...rest, dueAt: due, left: null };
  }
  const due = dueAt(rule, clock.startedAt, work.calendar);
  if (due === null || clock.extended === 0 || rule.extension === null) {
    return { ...clock, dueAt: due };
  }
  return { ...clock, dueAt: dueLater(due, rule.extension.unit, clock.extended, work.calendar) };
}

// -- all clocks of a matter -----------------------------------------------------------------------

/** Whether what a clock waits for has come about. */
function isMet(purpose: ClockPurpose, before: Matter, matter: Matter): boolean {
  const claimed = CLAIMED.includes(matter.state);
  const answered = matter.state === "feedback_given" || matter.state === "called_back";
  const decided = claimed || matter.state === "declined";
  switch (purpose) {
    case "finish":
    case "redo":
      // Whoever waits for an answer has it in his own time; nobody else's work is counted twice.
      if (matter.state === "merged") return !feedbackNeeded(matter);
      if (matter.kind === "hazard" && matter.outcome === "rectified") return false;
      if (matter.kind === "opinion" || matter.state === "declined" || purpose === "redo") {
        return answered || (decided && !feedbackNeeded(matter));
      }
      return decided;
    case "interim":
      return decided || matter.informedAt !== before.informedAt;
    case "take_over":
      return askedIn(matter) === null || askedIn(matter) !== askedIn(before);
    case "other_result":
      return matter.state !== "referred";
    case "callback":
      return !answered || matter.state === "called_back";
    case "human_callback":
      return !UNASKED.includes(matter.callbacks.at(-1)?.mode);
    case "report":
      return matter.grade !== "major_candidate" || (matter.hazard?.transfer ?? null) !== null;
    case "hand_over":
      return !isGrave(matter) || takenOver(matter) || matter.outcome === "cleared";
    case "pause_review":
      return matter.state !== "suspended";
  }
}

/** The clocks that a change starts. */
function startedBy(
  change: MatterChange,
  before: Matter | null,
  after: Matter,
): readonly ClockPurpose[] {
  const { type } = change;
  if (type === "unmerged") return ["finish"];
  if (type === "registered") {
    const grave = isGrave(after) ? (["report", "hand_over"] as const) : [];
    return feedbackNeeded(after) ? ["finish", "interim", ...grave] : ["finish", ...grave];
  }
  if (type === "corrected" && change.grade === "major_candidate") return toReport(after);
  if (type === "body_answered" && change.major === true) return toReport(after);
  if (type === "assigned" || type === "referred") return ["take_over"];
  if (type === "accepted_by_body") return ["other_result"];
  if (type === "suspended") return ["pause_review"];
  if (type === "answered") return feedbackNeeded(after) ? ["callback"] : [];
  if (type === "called_back") {
    const unhappy = change.solved === "no" || (change.satisfaction ?? 5) <= UNHAPPY;
    const wanted = UNASKED.includes(change.mode) && change.mayContact !== false;
    return wanted && change.reached && unhappy ? ["human_callback"] : [];
  }
  const again = before !== null && before.resolvedAt !== null && after.resolvedAt === null;
  if (!again || after.disposition !== null) return [];
  return after.state === "referred" ? ["redo", "other_result"] : ["redo"];
}

/** It is, or may be, major. */
function isGrave({ grade }: Matter): boolean {
  return grade === "major_candidate" || grade === "major";
}

/** A competent body has it: until then the first recipient answers for it. */
function takenOver({ referral }: Matter): boolean {
  return referral?.acceptedAt != null && competentBody(referral.bodyKind) !== null;
}

/** What turns out to be graver is reported and handed over from then on, unless it was. */
function toReport(matter: Matter): readonly ClockPurpose[] {
  const handOver = takenOver(matter) ? [] : (["hand_over"] as const);
  return (matter.hazard?.transfer ?? null) === null ? ["report", ...handOver] : handOver;
}

/** Satisfaction, 1 to 5, at or below which somebody rings up. */
const UNHAPPY = 2;
/** Said to no person. */
const UNASKED: readonly (string | undefined)[] = ["sms", "page", "paper"];

function moved(clock: RunningClock, change: MatterChange, work: Clockwork): RunningClock {
  if (change.type === "suspended") return pause(clock, change.reason, work);
  // While another body has it, its own limit runs.
  if (change.type === "accepted_by_body") return pause(clock, "awaiting_other_body", work);
  if (["resumed", "recalled", "resolved"].includes(change.type)) return resume(clock, work);
  if (change.type === "dated") return dated(clock, work);
  if (change.type === "extended" && change.purpose === clock.purpose) {
    return extend(clock, change.amount, work);
  }
  if (change.type === "raised" && change.purpose === clock.purpose) {
    return { ...clock, raisedTo: change.to, raisedAt: work.now, task: true };
  }
  if (change.type === "supervised" && change.level === clock.raisedTo) {
    return { ...clock, task: false };
  }
  return clock;
}

function clocksAfter(
  before: Matter | null,
  after: Matter,
  change: MatterChange,
  work: Clockwork,
): readonly RunningClock[] {
  if (after.disposition !== null) return [];
  const running = (before?.clocks ?? [])
    .map((clock) => moved(clock, change, work))
    .filter(({ purpose }) => before === null || !isMet(purpose, before, after));
  const clocks = running.map((clock) => corrected(clock, before, after, work));
  for (const purpose of startedBy(change, before, after)) {
    const taken = purpose === "redo" ? ["redo", "finish"] : [purpose];
    if (clocks.some((clock) => taken.includes(clock.purpose))) continue;
    const rule = ruleFor(purpose, after, work);
    if (rule !== null) clocks.push(start(rule, purpose, work.now, work));
  }
  const known = before?.clocks ?? [];
  return clocks.length === known.length && clocks.every((clock, i) => clock === known[i])
    ? known
    : clocks;
}

/** A matter that turns out to be of another sort has that sort's limit, from the day it came in. */
function corrected(
  clock: RunningClock,
  before: Matter | null,
  after: Matter,
  work: Clockwork,
): RunningClock {
  if (before === null || clock.purpose !== "finish") return clock;
  if (before.subtype === after.subtype && before.grade === after.grade) return clock;
  if (clock.dueAt === null || isBreached(clock, work.now)) return clock;
  const rule = ruleFor("finish", after, { ...work, now: clock.startedAt });
  return rule === null || rule.id === clock.rule
    ? clock
    : start(rule, "finish", clock.startedAt, work);
}

/** The changes of one order, each with what it does to the matter's clocks. */
export function withClocks(
  matter: Matter | null,
  changes: readonly MatterChange[],
  by: Id,
  work: Clockwork,
): readonly MatterChange[] {
  let before = matter;
  return changes.map((change) => {
    const event = { seq: (before?.version ?? 0) + 1, at: work.now, by, change };
    const after = before === null ? begin(event) : evolve(before, event);
    const clocks = clocksAfter(before, after, change, work);
    const told = clocks === (before?.clocks ?? after.clocks) ? change : { ...change, clocks };
    const kept = { ...event, change: told };
    before = before === null ? begin(kept) : evolve(before, kept);
    return told;
  });
}

// -- missed limits --------------------------------------------------------------------------------

/** Days after which a missed limit is raised again where the holidays aren't known yet. */
const RAISE_AGAIN_AT_LATEST = 7;

/** When somebody has to look at a clock again by itself: see `look`. Null: never. */
function lookAt(clock: RunningClock, work: Clockwork): Instant | null {
  if (clock.pausedAt !== null) return null;
  if (clock.dueAt === null) {
    // Holidays may have been announced by tomorrow.
    return startOfLocalDay(addDays(localDate(work.now), 1));
  }
  if (clock.raisedTo === null || clock.raisedAt === null) return clock.dueAt;
  const { raiseAgainDays } = ruleOf(clock, work);
  if (clock.raisedTo === "bureau" || raiseAgainDays === null) return null;
  const day = addWorkingDays(work.calendar, localDate(clock.raisedAt), raiseAgainDays);
  return day.ok
    ? startOfLocalDay(addDays(day.value, 1))
    : clock.raisedAt + RAISE_AGAIN_AT_LATEST * DAY_MS;
}

/**
 * What time does to a matter: every missed limit goes up one level, to the station's leader and,
 * when nothing helped, to the bureau. `hasLeader`: somebody else than whoever answers for the matter
 * leads its station. Nothing when there is nothing to do: asking again does no harm.
 */
export function look(
  matter: Matter,
  hasLeader: boolean,
  by: Id,
  work: Clockwork,
): readonly MatterChange[] {
  const changes: MatterChange[] = [];
  for (const clock of matter.clocks) {
    if (dated(clock, work).dueAt !== clock.dueAt && changes.length === 0) {
      changes.push({ type: "dated" });
    }
    const at = lookAt(clock, work);
    if (at === null || at > work.now || clock.dueAt === null) continue;
    const to: Supervisor = clock.raisedTo === null && hasLeader ? "station" : "bureau";
    changes.push({
      type: "raised",
      purpose: clock.purpose,
      rule: clock.rule,
      to,
      dueAt: clock.dueAt,
    });
  }
  return withClocks(matter, changes, by, work);
}

// -- what is next ---------------------------------------------------------------------------------

/** The deadline that comes first; among those without a date the one that stands still. */
export function nextDeadline(clocks: readonly RunningClock[]): RunningClock | null {
  return (
    clocks.toSorted(
      (a, b) =>
        (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) ||
        Number(a.pausedAt === null) - Number(b.pausedAt === null),
    )[0] ?? null
  );
}

/** What lists and the sweep need to know of a matter's clocks. */
export interface Deadline {
  readonly next: RunningClock;
  readonly lookAt: Instant | null;
  /** The highest level that has a task. */
  readonly task: Supervisor | null;
}

/** Null when no clock runs. */
export function deadlineOf(matter: Matter, work: Clockwork): Deadline | null {
  const next = nextDeadline(matter.clocks);
  if (next === null) return null;
  const looks = matter.clocks.flatMap((clock) => lookAt(clock, work) ?? []);
  const tasks = matter.clocks.filter(({ task }) => task).map(({ raisedTo }) => raisedTo);
  return {
    next,
    lookAt: looks.length === 0 ? null : Math.min(...looks),
    task: tasks.includes("bureau") ? "bureau" : tasks.includes("station") ? "station" : null,
  };
}
