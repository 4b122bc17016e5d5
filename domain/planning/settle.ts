/**
 * People settle a walk of their day by hand: nobody goes, somebody goes after all, another order, as it
 * is. The same rule at the desk, on the server and on a phone without a network; each judges by what
 * it knows of the team's ground, and the server has the last word.
 */
import { bookingsIn } from "./appointments.ts";
import type { Id } from "../shared/id.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { Beliefs } from "./beliefs.ts";
import { byBuildings, inOrder, isSame } from "./change.ts";
import type { RefuseReason } from "./settling.ts";
import {
  type Block,
  type Booking,
  type DayPlan,
  type Situation,
  SKIP_REASONS,
  type SkipReason,
  type Stop,
  type Walk,
} from "./terms.ts";
import { type Fault, faultsOf, type PlanFault } from "./validate.ts";

export type SettleStep =
  | { readonly kind: "refuse"; readonly reason: RefuseReason }
  | { readonly kind: "restore" }
  | { readonly kind: "reorder"; readonly buildings: readonly string[] }
  | { readonly kind: "pin"; readonly pinned: boolean };

/**
 * What a phone sends of it. A walk that was planned anew meanwhile has another id: that nobody goes
 * is said of the block, and holds for whatever is planned into it.
 */
export interface SettleWalk {
  readonly walkId: Id;
  readonly campaignId: Id;
  readonly teamId: Id;
  readonly day: string;
  readonly from: number;
  readonly step: SettleStep;
}

/** How a change is called in a walk's history. */
export function changeOf(step: SettleStep) {
  switch (step.kind) {
    case "refuse":
      return "refused";
    case "restore":
      return "restored";
    case "reorder":
      return "reordered";
    case "pin":
      return step.pinned ? "pinned" : "unpinned";
  }
}

/** A walk of a team's day as it stands. */
export interface DayWalk {
  readonly id: Id;
  readonly state: "planned" | "left_out" | "refused";
  readonly reason: string | null;
  readonly pinned: boolean;
  readonly walk: Walk;
}

/** A team's day, and the ground that a change of it is judged on. */
export interface TeamDay {
  readonly situation: Situation;
  readonly beliefs: Beliefs;
  /** Of each building, the believed share of its households that has been met. */
  readonly coverage: readonly number[];
  readonly walks: readonly DayWalk[];
  /** Doors in walks that others go. */
  readonly elsewhere: ReadonlySet<Id>;
}

export type SettleRefusal =
  | PlanFault
  | "walk-wrong-state"
  | "walk-order-incomplete"
  | "walk-taken-over";

/** The walk as it is settled. Refuses what its state forbids, and the first rule the day would break. */
export function settle(
  of: TeamDay,
  walk: DayWalk,
  step: SettleStep,
): Result<DayWalk, SettleRefusal> {
  const settled = takeStep(of, walk, step);
  // Letting go of a walk breaks nothing: the plan is made by the rules anyway.
  if (!settled.ok || (step.kind === "pin" && !step.pinned)) return settled;
  // A pin changes nothing: the walk alone answers for it, not what else of the day breaks a rule by now.
  const own = step.kind === "pin" ? walk.walk.block : undefined;
  const fault = faultOfChange(of, [settled.value], own);
  return fault === null ? settled : refuse(fault);
}

/** The step as far as the walk's own state goes; whether the day keeps the rules then is judged by `settle`. */
export function takeStep(
  of: TeamDay,
  walk: DayWalk,
  step: SettleStep,
): Result<DayWalk, SettleRefusal> {
  if (walk.state !== (step.kind === "restore" ? "refused" : "planned")) {
    return refuse("walk-wrong-state");
  }
  switch (step.kind) {
    case "refuse":
      return accept({ ...walk, state: "refused", reason: step.reason });
    case "restore": {
      // Meanwhile others may have taken over doors of it.
      const own = of.walks
        .filter(({ id, state }) => id !== walk.id && state === "planned")
        .flatMap(({ walk: { stops } }) => stops.map(({ doorId }) => doorId));
      const taken = new Set([...of.elsewhere, ...own]);
      const stops = walk.walk.stops.filter(({ doorId }) => !taken.has(doorId));
      if (stops.length === 0) return refuse("walk-taken-over");
      return accept({ ...retimed(of, walk, stops), state: "planned", reason: null });
    }
    case "reorder": {
      const stops = byBuildings(walk.walk.stops, step.buildings);
      return stops === null ? refuse("walk-order-incomplete") : accept(retimed(of, walk, stops));
    }
    case "pin":
      return walk.pinned === step.pinned
        ? refuse("walk-wrong-state")
        : accept({ ...walk, pinned: step.pinned });
  }
}

/** Times follow from the order; what was put in order by hand stays so. */
function retimed(
  { situation, beliefs, walks }: TeamDay,
  walk: DayWalk,
  stops: readonly Stop[],
): DayWalk {
  const others = walks
    .filter(({ id, state }) => id !== walk.id && state === "planned")
    .map((one) => one.walk);
  return { ...walk, pinned: true, walk: inOrder(situation, beliefs, walk.walk, stops, others) };
}

/** The first rule that a team's day would break with walks changed; what it broke before isn't held against them. */
export function faultOfChange(
  { situation, coverage, walks }: TeamDay,
  after: readonly DayWalk[],
  only?: Block,
): PlanFault | null {
  const { conflicts } = dayOf(situation, walks);
  const day = walks.map((one) => after.find(({ id }) => id === one.id) ?? one);
  const faults = faultsOf(
    situation,
    coverage,
    { ...dayOf(situation, day), conflicts },
    situation.blocks,
  );
  const isMeant = ({ block }: Fault): boolean =>
    only === undefined || (block !== undefined && isSame(block, only));
  return faults.find(isMeant)?.fault ?? null;
}

/** A team's day as a plan; appointments that it doesn't keep are its conflicts. */
function dayOf(situation: Situation, walks: readonly DayWalk[]): DayPlan {
  const gone = walks
    .filter(({ state }) => state === "planned")
    .map(({ walk }) => stillToDo(situation, walk));
  return {
    day: situation.day,
    walks: gone,
    skipped: walks.flatMap((one) => skipped(one) ?? []),
    conflicts: walks.flatMap(({ walk: { block } }) => missedIn(situation, gone, block)),
  };
}

/** What couldn't be kept left the roster: then the day says nothing of it. */
function skipped({ state, reason, walk: { block } }: DayWalk) {
  if (state === "refused") return { block, reason: "refused" as const };
  const known = SKIP_REASONS.find((one): one is SkipReason => one === reason);
  return state === "planned" || known === undefined ? undefined : { block, reason: known };
}

function missedIn(situation: Situation, gone: readonly Walk[], block: Block): Booking[] {
  return bookingsIn(situation, block).filter(
    ({ doorId, from, to }) =>
      !gone.some(({ stops }) =>
        stops.some((stop) => stop.doorId === doorId && stop.at >= from && stop.at <= to),
      ),
  );
}

/** What of a walk is still to be done: a door tried today, met or closed is behind it. */
function stillToDo({ buildings, day }: Situation, walk: Walk): Walk {
  const ahead = new Set(
    buildings.flatMap(({ doors }) =>
      doors
        .filter(
          ({ state, lastTried }) =>
            state === "booked" || (state === "open" && (lastTried ?? -1) < day),
        )
        .map(({ id }) => id),
    ),
  );
  return { ...walk, stops: walk.stops.filter(({ doorId }) => ahead.has(doorId)) };
}
