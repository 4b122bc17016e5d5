import type { Campaign } from "@wanjia/domain/campaigns/terms";
import { byBuildings, inOrder } from "@wanjia/domain/planning/change";
import { beliefsOf } from "@wanjia/domain/planning/beliefs";
import { labourFault } from "@wanjia/domain/planning/labour";
import { unpackRates } from "@wanjia/domain/planning/packed";
import type { CityRates } from "@wanjia/domain/planning/rates";
import {
  type DayPlan,
  RULES,
  type SkipReason,
  type Stop,
  type Walk,
} from "@wanjia/domain/planning/terms";
import { choicesOf, faultsOfUnit, type Unit } from "@wanjia/domain/planning/unit";
import type { PlanFault } from "@wanjia/domain/planning/validate";
import { bookingsIn } from "@wanjia/domain/planning/walk";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, localDate, localTime } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { findCampaign } from "../campaigns/read-model.ts";
import { isSystem } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { loadBeat, loadStanding } from "./commands.ts";
import { type Ground, toBlock } from "./ground.ts";
import * as countQueries from "./count-queries.ts";
import * as walkQueries from "./walk-queries.ts";
import type { SavedWalk } from "./walk-queries.ts";
import { contactsOf, describedChoices, savedStops, toWalk, UNKEPT } from "./saved.ts";

export type WalkRefusal =
  | PlanFault
  | "not-found"
  | "walk-changed"
  | "walk-over"
  | "walk-wrong-state"
  | "walk-other-beat"
  | "walk-order-incomplete"
  | "walk-taken-over";

type Answer<T> = Promise<Result<T, WalkRefusal>>;

/** A walk with all that judging a change of it needs. */
interface Standing {
  readonly walk: SavedWalk;
  readonly campaign: Campaign;
  readonly city: CityRates;
  readonly ground: Ground;
  /** The walks of its beat that day. */
  readonly beat: readonly SavedWalk[];
  readonly unitOf: (teamId: Id) => Unit | undefined;
}

async function standingOf(tx: Tx, id: Id, version: number): Answer<Standing> {
  const walk = await walkQueries.loadWalk(tx, id);
  if (walk === undefined) return refuse("not-found");
  if (walk.version !== version) return refuse("walk-changed");
  if (isOver(tx, walk)) return refuse("walk-over");
  const campaign = await findCampaign(tx, walk.campaignId);
  const known = await countQueries.loadRates(tx);
  if (campaign === undefined || known === undefined) return refuse("not-found");
  const { stationId, beatId, day } = walk;
  const loaded = await loadBeat(tx, await loadStanding(tx, campaign, stationId, day), beatId);
  if (loaded === undefined) return refuse("not-found");
  return accept({
    walk,
    campaign,
    city: unpackRates(known.rates),
    ground: loaded.facts.ground,
    beat: loaded.before,
    unitOf: (teamId) => loaded.units.find(({ team }) => team.id === teamId)?.unit,
  });
}

function isOver(tx: Tx, { day, to }: SavedWalk): boolean {
  const { hour, minute } = localTime(tx.now);
  const today = localDate(tx.now);
  return day < today || (day === today && hour * 60 + minute >= to);
}

/** What of a walk is still to be done: a door tried today, met or closed is behind it. */
function stillToDo({ situation }: Unit, walk: Walk): Walk {
  const ahead = new Set(
    situation.buildings.flatMap(({ doors }) =>
      doors
        .filter(
          ({ state, lastTried }) =>
            state === "booked" || (state === "open" && (lastTried ?? -1) < situation.day),
        )
        .map(({ id }) => id),
    ),
  );
  return { ...walk, stops: walk.stops.filter(({ doorId }) => ahead.has(doorId)) };
}

/** A team's day as it is saved; appointments that it doesn't keep are its conflicts. */
function dayOf(campaign: Campaign, unit: Unit, walks: readonly SavedWalk[]): DayPlan {
  const { situation } = unit;
  const gone = walks
    .filter(({ state }) => state === "planned")
    .map((walk) => stillToDo(unit, toWalk(campaign, walk)));
  return {
    day: situation.day,
    walks: gone,
    skipped: walks
      .filter(({ state, reason }) => state !== "planned" && reason !== UNKEPT)
      .map((walk) => ({
        block: toBlock(campaign, walk),
        reason: walk.state === "refused" ? ("refused" as const) : (walk.reason as SkipReason),
      })),
    conflicts: walks.flatMap((walk) =>
      bookingsIn(situation, toBlock(campaign, walk)).filter(
        ({ doorId, from, to }) =>
          !gone.some(({ stops }) =>
            stops.some((stop) => stop.doorId === doorId && stop.at >= from && stop.at <= to),
          ),
      ),
    ),
  };
}

/** The team's day with a walk changed, judged by the rules that every plan keeps. */
function judged(
  { campaign, city, beat, unitOf }: Standing,
  changed: readonly SavedWalk[],
): Result<null, WalkRefusal> {
  for (const { teamId } of changed) {
    const unit = unitOf(teamId);
    if (unit === undefined) return refuse("not-found");
    const before = beat.filter((one) => one.teamId === teamId);
    const after = before.map((one) => changed.find(({ id }) => id === one.id) ?? one);
    // What was no longer to be kept before the change isn't held against it.
    const { conflicts } = dayOf(campaign, unit, before);
    const [fault] = faultsOfUnit(city, unit, { ...dayOf(campaign, unit, after), conflicts });
    if (fault !== undefined) return refuse(fault.fault);
  }
  return accept(null);
}

async function save(
  tx: Tx,
  standing: Standing,
  changed: readonly SavedWalk[],
  change: string,
  detail: Readonly<Record<string, unknown>> = {},
): Answer<Id> {
  const { walk } = standing;
  const by = isSystem(tx.actor) ? null : tx.actor.memberId;
  for (const one of changed) {
    const withChange = { ...one, changes: [...one.changes, { at: tx.now, by, change }] };
    if (!(await walkQueries.saveWalk(tx, withChange))) return refuse("walk-changed");
  }
  await record(
    tx,
    changed.map(({ id, stationId, day, teamId }) => ({
      action: `walk.${change}`,
      subjectKind: "walk",
      subjectId: id,
      stationId,
      detail: { day, teamId, ...detail },
    })),
  );
  return accept(walk.id);
}

/** The crews of walks, so that a policy can be asked before anything is loaded. */
export async function crewsOf(tx: Tx, ids: readonly Id[]): Promise<Id[][] | undefined> {
  const walks = await Promise.all(ids.map((id) => walkQueries.loadWalk(tx, id)));
  return walks.every((walk) => walk !== undefined) ? walks.map(({ crew }) => [...crew]) : undefined;
}

/** A walk with other stops, or the same in another order: times, reasons and expectation follow. */
function retimed(
  { campaign, city, unitOf, ground }: Standing,
  walk: SavedWalk,
  change: (walk: Walk) => readonly Stop[] | null,
): SavedWalk | undefined {
  const unit = unitOf(walk.teamId);
  if (unit === undefined) return undefined;
  const before = toWalk(campaign, walk);
  const stops = change(before);
  if (stops === null) return undefined;
  const { situation, counts } = unit;
  const beliefs = beliefsOf(city, situation.buildings, counts, situation.rules);
  const after = inOrder(situation, beliefs, before, stops);
  return {
    ...walk,
    pinned: true,
    endsAt: after.endsAt,
    contacts: after.stops.length === before.stops.length ? contactsOf(after) : null,
    stops: savedStops(after),
    choices: describedChoices(choicesOf(city, counts, after), ground),
  };
}

export async function refuseWalk(tx: Tx, id: Id, version: number, reason: string): Answer<Id> {
  const standing = await standingOf(tx, id, version);
  if (!standing.ok) return standing;
  const { walk } = standing.value;
  if (walk.state !== "planned") return refuse("walk-wrong-state");
  const changed: SavedWalk = { ...walk, state: "refused", reason };
  const fine = judged(standing.value, [changed]);
  return fine.ok ? save(tx, standing.value, [changed], "refused", { reason }) : fine;
}

export async function restoreWalk(tx: Tx, id: Id, version: number): Answer<Id> {
  const standing = await standingOf(tx, id, version);
  if (!standing.ok) return standing;
  const { walk } = standing.value;
  if (walk.state !== "refused") return refuse("walk-wrong-state");
  // Meanwhile others may have taken over doors of it.
  const elsewhere = new Set(
    standing.value.beat
      .filter(({ id: other, state }) => other !== walk.id && state === "planned")
      .flatMap(({ stops }) => stops.map(({ placeId }) => placeId)),
  );
  const changed = retimed(
    standing.value,
    { ...walk, state: "planned", reason: null },
    ({ stops }) => stops.filter(({ doorId }) => !elsewhere.has(doorId)),
  );
  if (changed === undefined || changed.stops.length === 0) return refuse("walk-taken-over");
  const fine = judged(standing.value, [changed]);
  return fine.ok ? save(tx, standing.value, [changed], "restored") : fine;
}

export async function reorderWalk(
  tx: Tx,
  id: Id,
  version: number,
  order: readonly string[],
): Answer<Id> {
  const standing = await standingOf(tx, id, version);
  if (!standing.ok) return standing;
  const { walk } = standing.value;
  if (walk.state !== "planned") return refuse("walk-wrong-state");
  const changed = retimed(standing.value, walk, ({ stops }) => byBuildings(stops, order));
  if (changed === undefined) return refuse("walk-order-incomplete");
  const fine = judged(standing.value, [changed]);
  return fine.ok ? save(tx, standing.value, [changed], "reordered") : fine;
}

export async function pinWalk(tx: Tx, id: Id, version: number, pinned: boolean): Answer<Id> {
  const standing = await standingOf(tx, id, version);
  if (!standing.ok) return standing;
  const { walk } = standing.value;
  if (walk.state !== "planned" || walk.pinned === pinned) return refuse("walk-wrong-state");
  return save(tx, standing.value, [{ ...walk, pinned }], pinned ? "pinned" : "unpinned");
}

/** Two teams of a beat change walks: each goes the other's, at the other's hours. */
export async function swapWalks(tx: Tx, id: Id, version: number, withId: Id): Answer<Id> {
  const standing = await standingOf(tx, id, version);
  if (!standing.ok) return standing;
  const { walk, beat } = standing.value;
  const found = await walkQueries.loadWalk(tx, withId);
  if (found === undefined) return refuse("not-found");
  const other = beat.find((one) => one.id === withId);
  // The doors of a beat are on the phones of that beat alone.
  if (other === undefined) return refuse("walk-other-beat");
  if (walk.state !== "planned" || other.state !== "planned" || walk.id === other.id) {
    return refuse("walk-wrong-state");
  }
  if (isOver(tx, other)) return refuse("walk-over");
  const changed: SavedWalk[] = [
    { ...walk, crew: other.crew, pinned: true },
    { ...other, crew: walk.crew, pinned: true },
  ];
  const fine = judged(standing.value, changed);
  if (!fine.ok) return fine;
  const tired = await labourOf(tx, standing.value, changed);
  return tired.ok ? save(tx, standing.value, changed, "swapped", { withId }) : tired;
}

const AROUND_DAYS = 14;

/** Hours, evenings and rest of those who go other walks than their team's. */
async function labourOf(
  tx: Tx,
  { campaign, walk }: Standing,
  changed: readonly SavedWalk[],
): Promise<Result<null, WalkRefusal>> {
  const ids = new Set(changed.map(({ id }) => id));
  const around = await walkQueries.loadWorked(
    tx,
    walk.stationId,
    addDays(walk.day, -AROUND_DAYS),
    addDays(walk.day, AROUND_DAYS),
  );
  const others = [...around.filter(({ id }) => !ids.has(id)), ...changed];
  for (const one of changed) {
    const crew = new Set(one.crew);
    const worked = others
      .filter((other) => other.id !== one.id && other.crew.some((id) => crew.has(id)))
      .map((other) => toBlock(campaign, other));
    const fault = labourFault(RULES, worked, toBlock(campaign, one));
    if (fault !== null) return refuse(fault);
  }
  return accept(null);
}
