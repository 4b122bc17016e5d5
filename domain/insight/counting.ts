/**
 * From records to counters. Each record has a fixed contribution, so a change adds what the record
 * contributes now less what it contributed before; the sum over all records is the total, whatever
 * the order in which they came (`server/insight/verify.ts` recomputes it that way).
 */
import type { MatterKind } from "../matters/terms.ts";
import type { Id } from "../shared/id.ts";
import { type Instant, localDate, type LocalDate } from "../shared/instant.ts";
import type { Arranged, CampaignAtDoor, Outcome } from "../visits/terms.ts";
import { periodKey } from "./periods.ts";
import { add, addTo, nonZero } from "./rules.ts";
import {
  type Book,
  type Counters,
  type Delta,
  type Entry,
  type FIRST_COUNTERS,
  type Grain,
  MAX_ROUNDS,
  type Presence,
} from "./terms.ts";

// -- visits ---------------------------------------------------------------------------------------

/** Kinds of place where a household lives. */
export const HOME_KINDS: readonly string[] = ["dwelling_unit", "rural_house"];

/** Outcomes that show that there is no home to meet at, or that nobody went there. */
const NOT_AT_A_HOME: readonly Outcome[] = ["not_residential", "wrong_address", "phone_only"];

/** K12: the resident asked for the visit. */
const BY_REQUEST: readonly Arranged[] = ["resident_request", "qr_request"];

/** The form with which a village or a community is visited (domain.md §3.5). */
export const VILLAGE_FORM = "form_community";

/** Where a door stands. */
export interface CountedDoor {
  readonly placeKind: string;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly buildingId: Id;
}

/** What is counted of a visit; the facts of `visits` carry it. */
export interface CountedVisit extends CountedDoor {
  readonly communityId: Id | null;
  readonly campaignIds: readonly Id[];
  readonly team: readonly Id[];
  readonly outcome: Outcome;
  readonly completed: boolean;
  readonly visitedAt: Instant;
  readonly arranged: Arranged;
  readonly leafletCount: number;
  readonly formCode: string | null;
}

function visitCounters(visit: CountedVisit): Counters {
  const home = HOME_KINDS.includes(visit.placeKind);
  return nonZero({
    attempts: 1,
    home_attempts: Number(home),
    home_attempts_eligible: Number(home && !NOT_AT_A_HOME.includes(visit.outcome)),
    household_visits: Number(home && visit.completed),
    completed_visits: Number(visit.completed),
    completed_by_request: Number(visit.completed && BY_REQUEST.includes(visit.arranged)),
    leaflets: visit.leafletCount,
  });
}

/** What one visit adds, or with `times` -1 takes away when a correction stands for it. */
export function visitDelta(visit: CountedVisit, times: 1 | -1 = 1): Delta {
  const on = localDate(visit.visitedAt);
  const counters = add({}, visitCounters(visit), times);
  const scopes: readonly (Id | null)[] = [null, ...visit.campaignIds];
  const village = visit.completed && visit.formCode === VILLAGE_FORM ? visit.communityId : null;
  return {
    entries: scopes.map((campaignId) => eventAt(visit, campaignId, on, counters)),
    presence: scopes.flatMap((campaignId): Presence[] => {
      const who = { campaignId, stationId: visit.stationId, on, n: times };
      const members = visit.team.map((subjectId): Presence => ({
        ...who,
        kind: "member",
        subjectId,
      }));
      return village === null
        ? members
        : [...members, { ...who, kind: "village", subjectId: village }];
    }),
  };
}

function eventAt(
  door: CountedDoor,
  campaignId: Id | null,
  on: LocalDate,
  counters: Counters,
): Entry {
  return {
    book: "event",
    campaignId,
    stationId: door.stationId,
    beatId: door.beatId,
    buildingId: campaignId === null ? null : door.buildingId,
    on,
    counters,
  };
}

// -- doors ----------------------------------------------------------------------------------------

/** How a door changed; the facts of `visits` carry it. */
export interface DoorChange extends CountedDoor {
  readonly campaigns: readonly {
    readonly campaignId: Id;
    readonly households: number;
    readonly neverReached: number;
    readonly notATarget: number;
    readonly before: CampaignAtDoor | null;
    readonly after: CampaignAtDoor | null;
  }[];
  readonly months: readonly PeriodChange[];
  readonly quarters: readonly PeriodChange[];
  readonly years: readonly PeriodChange[];
  /** Whether the wish for no visit came (1) or went (-1). */
  readonly quiet: number;
}

interface PeriodChange {
  readonly period: string;
  readonly households: number;
}

const FIRST_OF_KIND: Readonly<Record<string, (typeof FIRST_COUNTERS)[number]>> = {
  dwelling_unit: "households",
  rural_house: "households",
  shop: "shops",
  organisation: "organisations",
  site: "sites",
};

/** A home that is met, ended or given up, under the number of attempts it took (K08). */
function doneCounters(at: CampaignAtDoor | null): Counters {
  if (at === null || (at.met === 0 && at.notATarget > 0)) return {};
  if (at.met === 0 && at.ended === 0 && at.lastAttempts === 0) return {};
  return { [`done_${Math.min(Math.max(at.attempts, 1), MAX_ROUNDS)}@all`]: 1 };
}

/** What a change of a door adds. `on` is the day of the visit behind it. */
export function doorDelta(door: DoorChange, on: LocalDate): Delta {
  const first = FIRST_OF_KIND[door.placeKind];
  if (first === undefined) return { entries: [], presence: [] };
  const home = HOME_KINDS.includes(door.placeKind);
  const campaigns = door.campaigns.map((change) =>
    eventAt(door, change.campaignId, on, {
      ...nonZero({
        [`${first}@all`]: change.households,
        "never_reached@all": home ? change.neverReached : 0,
        "excluded_not_residential@all": home ? change.notATarget : 0,
      }),
      ...(home ? add(doneCounters(change.after), doneCounters(change.before), -1) : {}),
    }),
  );
  const periods = [
    ...door.months.map(({ period, households }) => [`${period}-01`, "month", households] as const),
    ...door.quarters.map(
      ({ period, households }) =>
        [
          `${period.slice(0, 4)}-${QUARTER_MONTH[period.slice(-1)]}-01`,
          "quarter",
          households,
        ] as const,
    ),
    ...door.years.map(({ period, households }) => [`${period}-01-01`, "year", households] as const),
  ].map(([day, grain, n]) => eventAt(door, null, day, { [`${first}@${grain}`]: n }));
  return { entries: [...campaigns, ...periods].filter(countsAnything), presence: [] };
}

function countsAnything({ counters }: Entry): boolean {
  for (const name in counters) if (counters[name] !== 0) return true;
  return false;
}

const QUARTER_MONTH: Readonly<Record<string, string>> = { 1: "01", 2: "04", 3: "07", 4: "10" };

/** What the wish for no visit at a home changes in the campaigns that are about it. */
export function wishDelta(door: DoorChange, campaignIds: readonly Id[], on: LocalDate): Delta {
  if (door.quiet === 0 || !HOME_KINDS.includes(door.placeKind))
    return { entries: [], presence: [] };
  return {
    entries: campaignIds.map((campaignId) =>
      eventAt(door, campaignId, on, { "do_not_visit@all": door.quiet }),
    ),
    presence: [],
  };
}

// -- sums -----------------------------------------------------------------------------------------

/** Adds up what has the same key, and drops what came to nothing. */
export function compact(delta: Delta): Delta {
  const entries = new Map<string, { entry: Entry; counters: Record<string, number> }>();
  for (const entry of delta.entries) {
    const key = `${entry.book}|${entry.campaignId}|${entry.stationId}|${entry.beatId}|${entry.buildingId}|${entry.on}`;
    let sum = entries.get(key);
    if (sum === undefined) {
      sum = { entry, counters: {} };
      entries.set(key, sum);
    }
    addTo(sum.counters, entry.counters);
  }
  const presence = new Map<string, Presence>();
  for (const row of delta.presence) {
    const key = `${row.kind}|${row.campaignId}|${row.stationId}|${row.on}|${row.subjectId}`;
    const known = presence.get(key);
    presence.set(key, known === undefined ? row : { ...row, n: known.n + row.n });
  }
  return {
    entries: [...entries.values()].flatMap((sum) => {
      const counters = nonZero(sum.counters);
      return Object.keys(counters).length === 0 ? [] : [{ ...sum.entry, counters }];
    }),
    presence: [...presence.values()].filter(({ n }) => n !== 0),
  };
}

export function join(deltas: readonly Delta[]): Delta {
  return compact({
    entries: deltas.flatMap(({ entries }) => entries),
    presence: deltas.flatMap(({ presence }) => presence),
  });
}

/** One line of the totals: an entry at one of the places where it is added up. */
export interface Posting {
  readonly campaignId: Id | null;
  /** A grain, or the book of due days or ages. */
  readonly grain: Grain | Exclude<Book, "event">;
  readonly period: string;
  /** Null in totals above the station. */
  readonly stationId: Id | null;
  /** Null in totals above the beat, and where a place belongs to none. */
  readonly beatId: Id | null;
  readonly level: "bureau" | "station" | "beat" | "building";
  readonly buildingId: Id | null;
  readonly counters: Counters;
}

/**
 * All the lines an entry is added to.
 *
 * Events stand with their beat, by day and by period; a campaign's also with their building. Days,
 * due days and ages stand at beat, station and bureau, since a reader needs many of them at once.
 */
export function postingsOf(entry: Entry): Posting[] {
  const { campaignId, stationId, beatId, on } = entry;
  if (entry.book !== "event") {
    const line = {
      campaignId,
      grain: entry.book,
      period: on,
      buildingId: null,
      counters: entry.counters,
    };
    return [
      { ...line, level: "bureau", stationId: null, beatId: null },
      { ...line, level: "station", stationId, beatId: null },
      { ...line, level: "beat", stationId, beatId },
    ];
  }
  const grains: readonly Grain[] =
    campaignId === null ? ["day", "month", "quarter", "year"] : ["day", "all"];
  const postings: Posting[] = [];
  for (const grain of grains) {
    const counters: Record<string, number> = {};
    for (const [name, n] of Object.entries(entry.counters)) {
      const [plain, only] = name.split("@");
      if (plain !== undefined && n !== undefined && (only === undefined || only === grain)) {
        counters[plain] = n;
      }
    }
    if (Object.keys(counters).length === 0) continue;
    const line = { campaignId, grain, period: periodKey(grain, on), stationId, beatId };
    postings.push({ ...line, level: "beat", buildingId: null, counters });
    if (grain === "day") {
      postings.push(
        { ...line, level: "station", beatId: null, buildingId: null, counters },
        { ...line, level: "bureau", stationId: null, beatId: null, buildingId: null, counters },
      );
    }
    if (grain === "all" && entry.buildingId !== null) {
      postings.push({ ...line, level: "building", buildingId: entry.buildingId, counters });
    }
  }
  return postings;
}

/** Under which periods somebody's presence is kept. */
export function presencePeriods(row: Presence): { grain: Grain; period: string }[] {
  const grains: readonly Grain[] = row.campaignId === null ? ["month", "quarter", "year"] : ["all"];
  return grains.map((grain) => ({ grain, period: periodKey(grain, row.on) }));
}

export const MATTER_KIND_BOOKS: readonly MatterKind[] = [
  "opinion",
  "service_request",
  "dispute",
  "hazard",
];
