import type { Campaign } from "@wanjia/domain/campaigns/terms";
import { beliefsOf, carefulCoverage, standingOf } from "@wanjia/domain/planning/beliefs";
import type { Role } from "@wanjia/domain/organisation/terms";
import { labourFault } from "@wanjia/domain/planning/labour";
import { unpackRates } from "@wanjia/domain/planning/packed";
import type { CityRates } from "@wanjia/domain/planning/rates";
import { mayChangeWalk } from "@wanjia/domain/planning/policy";
import {
  changeOf,
  type DayWalk,
  faultOfChange,
  settle,
  type SettleRefusal,
  type SettleStep,
  type SettleWalk,
  type TeamDay,
} from "@wanjia/domain/planning/settle";
import { RULES } from "@wanjia/domain/planning/terms";
import { choicesOf, type Unit } from "@wanjia/domain/planning/unit";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, type Instant, localDate, localTime } from "@wanjia/domain/shared/instant";
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
import { contactsOf, describedChoices, savedStops, toWalk } from "./saved.ts";

export type WalkRefusal =
  | SettleRefusal
  | "not-found"
  | "walk-changed"
  | "walk-over"
  | "walk-other-beat";

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

async function standingAt(tx: Tx, id: Id, version: number): Answer<Standing> {
  const walk = await walkQueries.loadWalk(tx, id);
  if (walk === undefined) return refuse("not-found");
  if (walk.version !== version) return refuse("walk-changed");
  if (isOver(walk, tx.now)) return refuse("walk-over");
  const standing = await groundOf(tx, walk);
  return standing === undefined ? refuse("not-found") : accept(standing);
}

async function groundOf(tx: Tx, walk: SavedWalk): Promise<Standing | undefined> {
  const campaign = await findCampaign(tx, walk.campaignId);
  const known = await countQueries.loadRates(tx);
  if (campaign === undefined || known === undefined) return undefined;
  const { stationId, beatId, day } = walk;
  const loaded = await loadBeat(tx, await loadStanding(tx, campaign, stationId, day), beatId);
  if (loaded === undefined) return undefined;
  return {
    walk,
    campaign,
    city: unpackRates(known.rates),
    ground: loaded.facts.ground,
    beat: loaded.before,
    unitOf: (teamId) => loaded.units.find(({ team }) => team.id === teamId)?.unit,
  };
}

function isOver({ day, to }: Pick<SavedWalk, "day" | "to">, at: Instant): boolean {
  const { hour, minute } = localTime(at);
  const today = localDate(at);
  return day < today || (day === today && hour * 60 + minute >= to);
}

/** A team's day, as the rule for settling judges it. */
function teamDayOf(
  { campaign, city, beat, unitOf }: Standing,
  teamId: Id,
): { day: TeamDay; unit: Unit } | undefined {
  const unit = unitOf(teamId);
  if (unit === undefined) return undefined;
  const { situation, counts } = unit;
  const beliefs = beliefsOf(city, situation.buildings, counts, situation.rules);
  const elsewhere = beat
    .filter(({ teamId: other, state }) => other !== teamId && state === "planned")
    .flatMap(({ stops }) => stops.map(({ placeId }) => placeId));
  return {
    unit,
    day: {
      situation,
      beliefs,
      coverage: carefulCoverage(standingOf(beliefs, situation.buildings)),
      walks: beat.filter((one) => one.teamId === teamId).map((one) => dayWalkOf(campaign, one)),
      elsewhere: new Set(elsewhere),
    },
  };
}

function dayWalkOf(campaign: Campaign, walk: SavedWalk): DayWalk {
  const { id, state, reason, pinned } = walk;
  return { id, state, reason, pinned, walk: toWalk(campaign, walk) };
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

/** One of a walk's steps, at the desk or on a phone with a network. */
export async function settleWalk(tx: Tx, id: Id, version: number, step: SettleStep): Answer<Id> {
  const standing = await standingAt(tx, id, version);
  return standing.ok ? settleBy(tx, standing.value, step) : standing;
}

/** By the rule; reasons and expectation follow the stops. */
async function settleBy(tx: Tx, standing: Standing, step: SettleStep): Answer<Id> {
  const { walk, campaign, city, ground } = standing;
  const of = teamDayOf(standing, walk.teamId);
  if (of === undefined) return refuse("not-found");
  const before = dayWalkOf(campaign, walk);
  const settled = settle(of.day, before, step);
  if (!settled.ok) return settled;
  const { state, reason, pinned, walk: after } = settled.value;
  const kept: SavedWalk = { ...walk, state, reason, pinned };
  const changed =
    after === before.walk
      ? kept
      : {
          ...kept,
          endsAt: after.endsAt,
          contacts: after.stops.length === walk.stops.length ? contactsOf(after) : null,
          stops: savedStops(after),
          choices: describedChoices(
            choicesOf(city, of.unit.counts, after, of.unit.situation.bookings),
            ground,
          ),
        };
  return save(tx, standing, [changed], changeOf(step), step.kind === "refuse" ? { reason } : {});
}

/** How long after its day a walk may still be said to have been settled. */
const LATE_DAYS = 2;

/**
 * A step made on a phone, perhaps hours ago without a network. What was said before the walk was over
 * counts; when it is over by now there is nothing left to judge, and only the history is told.
 */
export async function settleFromPhone(
  tx: Tx,
  who: { readonly role: Role; readonly memberId: Id },
  { step, ...asked }: SettleWalk,
  base: number | null,
  at: Instant,
): Answer<Id> {
  const isRefusal = step.kind === "refuse";
  const walk =
    (await walkQueries.loadWalk(tx, asked.walkId)) ??
    (isRefusal ? await walkQueries.loadWalkAt(tx, asked) : undefined);
  // A walk that others go by now was settled by somebody else.
  if (walk === undefined || !mayChangeWalk(who, walk.crew)) return refuse("walk-changed");
  if (!isRefusal && walk.version !== base) return refuse("walk-changed");
  if (isOver(walk, at) || addDays(walk.day, LATE_DAYS) < localDate(tx.now)) {
    return refuse("walk-over");
  }
  const standing = await groundOf(tx, walk);
  if (standing === undefined) return refuse("walk-changed");
  if (!isOver(walk, tx.now)) return settleBy(tx, standing, step);
  const late = isRefusal ? { ...walk, state: "refused" as const, reason: step.reason } : walk;
  return save(tx, standing, [late], changeOf(step), { late: true });
}

/** Two teams of a beat change walks: each goes the other's, at the other's hours. */
export async function swapWalks(tx: Tx, id: Id, version: number, withId: Id): Answer<Id> {
  const standing = await standingAt(tx, id, version);
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
  if (isOver(other, tx.now)) return refuse("walk-over");
  const changed: SavedWalk[] = [
    { ...walk, crew: other.crew, pinned: true },
    { ...other, crew: walk.crew, pinned: true },
  ];
  for (const one of changed) {
    const of = teamDayOf(standing.value, one.teamId);
    if (of === undefined) return refuse("not-found");
    const own = changed.filter(({ teamId }) => teamId === one.teamId);
    const fault = faultOfChange(
      of.day,
      own.map((each) => dayWalkOf(standing.value.campaign, each)),
    );
    if (fault !== null) return refuse(fault);
  }
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
