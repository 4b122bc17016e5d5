import type { Campaign } from "@wanjia/domain/campaigns/terms";
import { missedIn } from "@wanjia/domain/planning/begun";
import { countedOf } from "@wanjia/domain/planning/counting";
import { packRates, type PackedRates, unpackRates } from "@wanjia/domain/planning/packed";
import { beatsOfTeams } from "@wanjia/domain/planning/share";
import { RULES, type Walk } from "@wanjia/domain/planning/terms";
import { choicesOf } from "@wanjia/domain/planning/unit";
import { checkWeek } from "@wanjia/domain/planning/roster";
import type { LabourFault } from "@wanjia/domain/planning/labour";
import type { Stretch } from "@wanjia/domain/planning/usual";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  daysBetween,
  type Instant,
  localDate,
  type LocalDate,
  localTime,
} from "@wanjia/domain/shared/instant";
import type { Result } from "@wanjia/domain/shared/result";
import { findCampaign } from "../campaigns/read-model.ts";
import { record } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Database, Tx } from "../platform/database.ts";
import { enqueue } from "../platform/jobs.ts";
import { workCalendar } from "../workdays/read-model.ts";
import { type BeatFacts, type GeoPoint, type TeamUnit, toGround, unitsOf } from "./ground.ts";
import type { Planner } from "./planner.ts";
import { basisOf, offersOf } from "./basis.ts";
import * as countQueries from "./count-queries.ts";
import * as queries from "./queries.ts";
import * as walkQueries from "./walk-queries.ts";
import type { SavedWalk } from "./walk-queries.ts";
import {
  dated,
  describedChoices,
  hasBegun,
  savedWalks,
  settledOf,
  toWalk,
  unkeptFacts,
} from "./saved.ts";

/** The hours of a week and the rest of a night reach back so far. */
const WORKED_DAYS = 14;
// -- counting -------------------------------------------------------------------------------------

/** Counts a beat's knocks in a campaign anew, out of the visit record. */
async function countBeat(tx: Tx, campaign: Campaign, stationId: Id, beatId: Id): Promise<void> {
  const ground = toGround(
    await queries.loadDoors(tx, beatId, campaign.target),
    campaign,
    tx.now,
    null,
  );
  const attempts = await queries.loadAttempts(tx, campaign.id, beatId);
  const counts = countedOf(ground.buildings, attempts);
  await countQueries.saveCounts(tx, { campaignId: campaign.id, stationId, beatId }, counts);
}

async function countStation(
  database: Database,
  bureauId: Id,
  campaign: Campaign,
  stationId: Id,
): Promise<void> {
  const beats = await database.asSystem(bureauId, (tx) =>
    queries.beatsOf(tx, stationId, campaign.target),
  );
  for (const { id } of beats) {
    await database.asSystem(bureauId, (tx) => countBeat(tx, campaign, stationId, id));
  }
}

/** Fits the bureau's rates to all its counts. */
async function fitRates(
  database: Database,
  planner: Planner,
  bureauId: Id,
): Promise<{ knocks: number; rates: PackedRates }> {
  const counts = await database.asSystem(bureauId, (tx) => countQueries.loadCounts(tx, null));
  const rates = packRates(await planner.ask({ kind: "fit", counts }));
  const knocks = counts.reduce(
    (sum, { knocks: of }) => sum + of.reduce((total, one) => total + one.knocks, 0),
    0,
  );
  await database.asSystem(bureauId, (tx) =>
    countQueries.saveRates(tx, newId(tx.now), knocks, rates),
  );
  return { knocks, rates };
}

// -- planning a day -------------------------------------------------------------------------------

/** So long a station waits that is tried again: what broke it may have passed by then. */
const AGAIN_SECONDS = 60;
/** So often a beat is planned when somebody changes its walks meanwhile. */
const TRIES = 3;

interface StationDay {
  readonly campaignId: Id;
  readonly stationId: Id;
  readonly day: LocalDate;
}

/**
 * Counts, fits and plans: every campaign that runs on the day, station by station. A station that
 * breaks off costs no other its night: it's noted for the desk and asked for once more by itself.
 * Throws when the server stops, so that the queue takes the night up again.
 */
export async function planBureau(
  database: Database,
  planner: Planner,
  bureauId: Id,
  day: LocalDate,
  signal: AbortSignal,
  log?: (error: unknown) => void,
): Promise<void> {
  const running = await database.asSystem(bureauId, (tx) => queries.runningCampaigns(tx, day));
  const stations = running.flatMap(({ id, stationIds }) =>
    stationIds.map((stationId): StationDay => ({ campaignId: id, stationId, day })),
  );
  const counted: StationDay[] = [];
  const each = async (of: readonly StationDay[], work: (where: StationDay) => Promise<void>) => {
    for (const where of of) {
      signal.throwIfAborted();
      try {
        await work(where);
      } catch (error) {
        log?.(brokenAt(where, error));
        await brokeOff(database, bureauId, where, true);
      }
    }
  };
  await each(stations, async (where) => {
    const campaign = await database.asSystem(bureauId, (tx) => findCampaign(tx, where.campaignId));
    if (campaign === undefined) return;
    await countStation(database, bureauId, campaign, where.stationId);
    counted.push(where);
  });
  let rates: PackedRates;
  try {
    ({ rates } = await fitRates(database, planner, bureauId));
  } catch (error) {
    for (const where of counted) await brokeOff(database, bureauId, where, false);
    throw error;
  }
  await each(counted, (where) => planStation(database, planner, bureauId, rates, where));
}

/** One station, when somebody asks: its own counts are fresh, the city's as of last night. */
export async function planStationAnew(
  database: Database,
  planner: Planner,
  bureauId: Id,
  where: StationDay,
): Promise<void> {
  try {
    const { campaign, known } = await database.asSystem(bureauId, async (tx) => ({
      campaign: await findCampaign(tx, where.campaignId),
      known: await countQueries.loadRates(tx),
    }));
    if (campaign === undefined || campaign.state !== "open") return;
    await countStation(database, bureauId, campaign, where.stationId);
    const { rates } = known ?? (await fitRates(database, planner, bureauId));
    await planStation(database, planner, bureauId, rates, where);
  } catch (error) {
    await brokeOff(database, bureauId, where, false);
    throw brokenAt(where, error);
  }
}

/** For the log: which station's which day, and why. */
function brokenAt({ stationId, day }: StationDay, cause: unknown): Error {
  return new Error(`planning ${day} of station ${stationId} broke off`, { cause });
}

/** The desk is told that planning a station's day broke off. */
function brokeOff(
  database: Database,
  bureauId: Id,
  where: StationDay,
  isAskedAgain: boolean,
): Promise<void> {
  return database.asSystem(bureauId, async (tx) => {
    await walkQueries.saveBrokenOff(tx, where);
    if (isAskedAgain) {
      await enqueue(
        tx,
        "planning.station",
        { bureauId, ...where },
        { afterSeconds: AGAIN_SECONDS },
      );
    }
  });
}

export interface Beat {
  readonly facts: BeatFacts;
  readonly units: readonly TeamUnit[];
  readonly before: readonly SavedWalk[];
}

/** What planning each beat of a station stands on. */
export interface Standing {
  readonly campaign: Campaign;
  readonly stationId: Id;
  readonly day: LocalDate;
  readonly point: GeoPoint | null;
  readonly calendar: BeatFacts["calendar"];
  readonly teams: readonly (queries.TeamRow & { readonly beatId: Id | undefined })[];
  readonly weeks: BeatFacts["weeks"];
  readonly worked: BeatFacts["worked"];
}

export async function loadStanding(
  tx: Tx,
  campaign: Campaign,
  stationId: Id,
  day: LocalDate,
): Promise<Standing> {
  const teams = await queries.loadTeams(tx, campaign.id, stationId, day);
  const beats = await queries.beatsOf(tx, stationId, campaign.target);
  const chosen = beatsOfTeams(
    teams
      .filter(({ members }) => members.length > 0)
      .map(({ id, members }) => ({ id, beatIds: members.flatMap(({ beatIds }) => beatIds) })),
    beats,
  );
  return {
    campaign,
    stationId,
    day,
    point: await queries.stationPoint(tx, stationId),
    calendar: await workCalendar(tx),
    teams: teams.map((team) => ({ ...team, beatId: chosen.get(team.id) })),
    weeks: await queries.loadWeeks(tx, campaign.id),
    worked: await walkQueries.loadWorked(tx, stationId, addDays(day, -WORKED_DAYS), day),
  };
}

/** What planning a beat stands on; undefined when no team goes there. */
export async function loadBeat(
  tx: Tx,
  { campaign, day, point, calendar, weeks, worked, ...standing }: Standing,
  beatId: Id,
): Promise<Beat | undefined> {
  const teams = standing.teams.filter((team) => team.beatId === beatId);
  if (teams.length === 0) return undefined;
  const doors = await queries.loadDoors(tx, beatId, campaign.target);
  const facts: BeatFacts = {
    campaign,
    calendar,
    ground: toGround(doors, campaign, tx.now, point),
    counts: await countQueries.loadCounts(tx, { campaignId: campaign.id, beatId }),
    teams,
    weeks,
    worked,
  };
  const before = await walkQueries.loadBeatWalks(tx, campaign.id, beatId, day);
  return { facts, units: unitsOf(facts, day), before };
}

async function planStation(
  database: Database,
  planner: Planner,
  bureauId: Id,
  packed: PackedRates,
  { campaignId, stationId, day }: StationDay,
): Promise<void> {
  const began = performance.now();
  const campaign = await database.asSystem(bureauId, (tx) => findCampaign(tx, campaignId));
  if (campaign === undefined || day < campaign.startsOn || day > campaign.endsOn) return;
  const standing = await database.asSystem(bureauId, (tx) =>
    loadStanding(tx, campaign, stationId, day),
  );
  const found: BeatFindings[] = [];
  for (const beatId of goneTo(standing)) {
    let tries = 0;
    let beat: BeatFindings | "changed";
    do beat = await planBeat(database, planner, bureauId, packed, standing, beatId);
    while (beat === "changed" && ++tries < TRIES);
    if (beat === "changed") throw new Error("walks kept changing while planning");
    found.push(beat);
  }
  const failures = found.flatMap((beat) => beat.failures);
  const conflicts = found.flatMap((beat) => beat.conflicts);
  await database.asSystem(bureauId, async (tx) => {
    const tookMs = Math.round(performance.now() - began);
    await walkQueries.saveDayPlan(tx, campaignId, stationId, day, { tookMs, failures, conflicts });
    await record(tx, [
      {
        action: "day.planned",
        subjectKind: "campaign",
        subjectId: campaignId,
        stationId,
        detail: { day, failures: failures.length, conflicts: conflicts.length },
      },
    ]);
  });
}

/** What the desk is told of a beat that was planned. */
interface BeatFindings {
  readonly failures: readonly { readonly team: string; readonly faults: readonly string[] }[];
  readonly conflicts: readonly {
    readonly name: string;
    readonly from: number;
    readonly to: number;
  }[];
}

/** "changed": somebody changed a walk while we planned; nothing was written, and his change has to be planned with. */
async function planBeat(
  database: Database,
  planner: Planner,
  bureauId: Id,
  packed: PackedRates,
  standing: Standing,
  beatId: Id,
): Promise<BeatFindings | "changed"> {
  const { campaign, stationId, day } = standing;
  const campaignId = campaign.id;
  const city = unpackRates(packed);
  const failures: { team: string; faults: string[] }[] = [];
  const conflicts: { name: string; from: number; to: number }[] = [];
  const { beat, offersFrom, minute } = await database.asSystem(bureauId, async (tx) => {
    const tomorrow = addDays(localDate(tx.now), 1);
    return {
      beat: await loadBeat(tx, standing, beatId),
      offersFrom: daysBetween(campaign.startsOn, tomorrow),
      minute: minuteOf(day, tx.now),
    };
  });
  if (beat === undefined) return { failures, conflicts };
  const { facts, units, before } = beat;
  const plans = await planner.ask({
    kind: "plan",
    city,
    offersFrom,
    units: units.map(({ team, unit }) => ({
      unit,
      settled: settledOf(
        campaign,
        before.filter(({ teamId }) => teamId === team.id),
        minute,
      ),
    })),
  });
  const walks: SavedWalk[] = [];
  const bases: walkQueries.BasisRow[] = [];
  const offers: walkQueries.OfferRow[] = [];
  const { begins } = facts.ground;
  plans.forEach((planned, i) => {
    const { team, unit } = units[i] as TeamUnit;
    const { about } = facts.ground;
    const own = before.filter(({ teamId }) => teamId === team.id);
    const begun = own.filter((walk) => hasBegun(walk, minute));
    const old = own.filter((walk) => !hasBegun(walk, minute));
    walks.push(...begun);
    // Of a walk under way the phone plans the rest around a new time, but never of one that was pinned.
    const held = begun.filter(({ pinned, state }) => pinned && state === "planned");
    const missed = held.flatMap((walk) => missedIn(unit.situation, toWalk(campaign, walk)));
    const where = { campaignId, stationId, beatId, teamId: team.id, day, begins } as const;
    const describe = (walk: Walk): SavedWalk["choices"] =>
      describedChoices(choicesOf(city, unit.counts, walk, unit.situation.bookings), facts.ground);
    offers.push(...offersOf(planned.offers, facts));
    if (planned.faults.length > 0) {
      const faults = [...new Set(planned.faults.map(({ fault }) => fault))];
      failures.push({ team: team.name, faults });
      walks.push(...savedWalks({ walks: [], skipped: [] }, planned.unkept, where, old, describe));
      return;
    }
    for (const { buildingId, from, to } of [...missed, ...planned.plan.conflicts]) {
      conflicts.push({ name: about.get(buildingId)?.name ?? "", from, to });
    }
    walks.push(...savedWalks(planned.plan, planned.unkept, where, old, describe));
    const gone = begun.flatMap(({ stops }) => stops.map(({ building }) => building));
    bases.push({ teamId: team.id, basis: basisOf(planned, unit, facts, packed, gone) });
  });
  return database.asSystem(bureauId, async (tx) => {
    const now = await walkQueries.loadBeatWalks(tx, campaignId, beatId, day);
    if (versionsOf(now) !== versionsOf(before)) return "changed";
    const made = walks.map((walk) => dated(walk, newId(tx.now), tx.now));
    await walkQueries.replaceWalks(tx, campaignId, beatId, day, made);
    await record(tx, unkeptFacts(made, tx.now));
    await walkQueries.saveBasis(tx, { campaignId, stationId, beatId }, day, bases);
    await walkQueries.saveOffers(tx, { campaignId, stationId, beatId }, offers);
    return { failures, conflicts };
  });
}

/** The minute that it is on a day: before its first one while it is ahead, after its last when it is over. */
function minuteOf(day: LocalDate, now: Instant): number {
  const today = localDate(now);
  if (day !== today) return day > today ? -1 : Infinity;
  const { hour, minute } = localTime(now);
  return hour * 60 + minute;
}

/** The beats that a team goes to. */
export function goneTo({ teams }: Standing): Id[] {
  return [...new Set(teams.flatMap(({ beatId }) => beatId ?? []))];
}

function versionsOf(walks: readonly SavedWalk[]): string {
  return walks.map(({ id, version }) => `${id} ${version}`).join();
}

// -- who works when -------------------------------------------------------------------------------

/** The station in which a member goes for a campaign. */
export const stationOf = queries.stationOfMember;

export async function setWeek(
  tx: Tx,
  campaignId: Id,
  stationId: Id,
  memberId: Id,
  week: readonly Stretch[],
): Promise<Result<null, LabourFault>> {
  const checked = checkWeek(week, RULES);
  if (!checked.ok) return checked;
  await queries.clearWeek(tx, campaignId, memberId);
  queries.saveWeek(tx, campaignId, memberId, week);
  await record(tx, [
    {
      action: "week.set",
      subjectKind: "member",
      subjectId: memberId,
      stationId,
      detail: { campaignId, stretches: week.length },
    },
  ]);
  return checked;
}
