/**
 * What other subjects learn of a visit: matters take what was heard, insight takes the counts. The
 * differences are computed from the door before and after, so that a record and a correction, early
 * or late, change the counts in one way.
 */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import type { VisitableKind } from "../places/terms.ts";
import { campaignAt, isNeverReached, isUnreached } from "./door.ts";
import type {
  Appointment,
  Arranged,
  CampaignAtDoor,
  DoorState,
  Outcome,
  RecordVisit,
  TimeMode,
  Visit,
  VisitMatter,
} from "./terms.ts";

/** Where a door lies, as it was when the visit was judged. */
export interface DoorPlace {
  readonly placeId: Id;
  readonly placeKind: VisitableKind;
  readonly buildingId: Id;
  readonly communityId: Id | null;
  readonly stationId: Id;
  readonly beatId: Id | null;
}

/** What one campaign's counts gain or lose at one door. Zeroes are kept: they are cheap to add. */
interface CampaignDelta {
  readonly campaignId: Id;
  readonly attempts: number;
  /** Completed contacts (户次). */
  readonly visits: number;
  /** Doors met at least once (户): -1, 0 or 1. */
  readonly households: number;
  /** Doors of indicator K09. */
  readonly neverReached: number;
  /** Doors found not to be a home or not to exist. */
  readonly notATarget: number;
  /** Doors ended as unreached. */
  readonly unreached: number;
  /** The door's own sums, for counts that a difference can't tell (the rounds a door took, K08). */
  readonly before: CampaignAtDoor | null;
  readonly after: CampaignAtDoor | null;
}

interface PeriodDelta {
  /** `2026-11`, `2026-Q4` or `2026`. */
  readonly period: string;
  /** Doors met at least once in the period: -1 or 1. */
  readonly households: number;
}

/** What becomes of times that were agreed or asked for at a door. */
export interface AppointmentMove {
  readonly ended: readonly Appointment[];
  /** Somebody was met, so what ended was kept; else it was cancelled or moved. */
  readonly met: boolean;
  /** The time that is agreed now. */
  readonly begun: Appointment | null;
  /** It settles whatever else was asked for at the door; dropping one time, or asking for one, does not. */
  readonly settles: boolean;
}

export interface DoorDelta extends DoorPlace {
  readonly campaigns: readonly CampaignDelta[];
  readonly months: readonly PeriodDelta[];
  readonly quarters: readonly PeriodDelta[];
  readonly years: readonly PeriodDelta[];
  /** Doors whose residents wish no visit: -1, 0 or 1. */
  readonly quiet: number;
  /** Null, as at most doors, where nothing of it changed. */
  readonly appointment: AppointmentMove | null;
}

/** One knock as the counts see it. */
export interface CountedVisit extends DoorPlace {
  readonly visitId: Id;
  readonly campaignIds: readonly Id[];
  readonly outcome: Outcome;
  readonly contact: boolean;
  readonly completed: boolean;
  readonly visitedAt: Instant;
  readonly timeMode: TimeMode;
  readonly arranged: Arranged;
  readonly memberId: Id;
  readonly team: readonly Id[];
  /** Sum over all kinds. */
  readonly leafletCount: number;
  readonly formCode: string | null;
}

/** Payload of the facts `visit.recorded` and `visit.corrected`. */
export interface VisitFact extends CountedVisit {
  readonly matters: readonly VisitMatter[];
  readonly note: string | null;
  /** Campaigns for which nobody had knocked at this door before. */
  readonly firstAttempt: readonly Id[];
  readonly firstContactInCampaign: readonly Id[];
  readonly firstContactInMonth: boolean;
  readonly firstContactInQuarter: boolean;
  readonly firstContactInYear: boolean;
  /** Which knock this is at the door, by campaign. */
  readonly attemptRound: Readonly<Record<Id, number>>;
  /** The record that this one stands for: its counts are to be taken back. */
  readonly corrected: CountedVisit | null;
  /** One door; two when a correction moved the visit to another. */
  readonly doors: readonly DoorDelta[];
}

/** Payload of the fact `door.noted`. */
export interface DoorNotedFact {
  readonly doors: readonly DoorDelta[];
}

/** What of a campaign at a door any figure looks at. */
const COUNTED = ["attempts", "met", "later", "ended", "notATarget", "lastAttempts"] as const;

function isChange({ before, after, neverReached, unreached }: CampaignDelta): boolean {
  if (neverReached !== 0 || unreached !== 0) return true;
  return COUNTED.some((name) => before?.[name] !== after?.[name]);
}

export function doorDelta(place: DoorPlace, before: DoorState, after: DoorState): DoorDelta {
  const ids = new Set([...before.campaigns, ...after.campaigns].map(({ id }) => id));
  const campaigns = [...ids]
    .map((id) => campaignDelta(id, campaignAt(before, id), campaignAt(after, id)))
    .filter(isChange);
  return {
    ...place,
    campaigns,
    months: periodDeltas(before, after, (month) => month),
    quarters: periodDeltas(before, after, quarterOf),
    years: periodDeltas(before, after, (month) => month.slice(0, 4)),
    quiet: wished(after) - wished(before),
    appointment: appointmentMove(before, after),
  };
}

function appointmentMove(before: DoorState, after: DoorState): AppointmentMove | null {
  const agreed = before.appointment?.value ?? null;
  const now = after.appointment?.value ?? null;
  const begun = now !== null && (agreed === null || !sameTime(agreed, now)) ? now : null;
  const stays = [now, after.asked ?? null].filter((one) => one !== null);
  const ended = [agreed, before.asked ?? null].filter(
    (one) => one !== null && !stays.some((other) => sameTime(one, other)),
  ) as readonly Appointment[];
  if (begun === null && ended.length === 0) return null;
  return { ended, met: contacts(after) > contacts(before), begun, settles: true };
}

function sameTime(a: Appointment, b: Appointment): boolean {
  return a.from === b.from && a.to === b.to;
}

function contacts({ months }: DoorState): number {
  return Object.values(months).reduce((sum, count) => sum + count, 0);
}

/** `2026-11` → `2026-Q4`. */
function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
}

function campaignDelta(
  campaignId: Id,
  before: CampaignAtDoor | undefined,
  after: CampaignAtDoor | undefined,
): CampaignDelta {
  const change = (of: (campaign: CampaignAtDoor) => number): number =>
    (after === undefined ? 0 : of(after)) - (before === undefined ? 0 : of(before));
  return {
    campaignId,
    attempts: change(({ attempts }) => attempts),
    visits: change(({ met }) => met),
    households: change(({ met }) => Number(met > 0)),
    neverReached: change((campaign) => Number(isNeverReached(campaign))),
    notATarget: change(({ notATarget, met }) => Number(notATarget > 0 && met === 0)),
    unreached: change((campaign) => Number(isUnreached(campaign))),
    before: before ?? null,
    after: after ?? null,
  };
}

function periodDeltas(
  before: DoorState,
  after: DoorState,
  periodOf: (month: string) => string,
): PeriodDelta[] {
  if (before.months === after.months) return [];
  const sums = new Map<string, { before: number; after: number }>();
  const add = (months: DoorState["months"], side: "before" | "after"): void => {
    for (const [month, count] of Object.entries(months)) {
      const period = periodOf(month);
      const sum = sums.get(period) ?? { before: 0, after: 0 };
      sum[side] += count;
      sums.set(period, sum);
    }
  };
  add(before.months, "before");
  add(after.months, "after");
  return [...sums]
    .map(([period, sum]) => ({
      period,
      households: Number(sum.after > 0) - Number(sum.before > 0),
    }))
    .filter(({ households }) => households !== 0);
}

function wished(door: DoorState): number {
  return Number((door.quietUntil?.value ?? null) !== null);
}

export function placeOf(visit: Visit): DoorPlace {
  const { placeId, placeKind, buildingId, communityId, stationId, beatId } = visit;
  return { placeId, placeKind, buildingId, communityId, stationId, beatId };
}

export function countedOf(visit: Visit): CountedVisit {
  return {
    ...placeOf(visit),
    visitId: visit.id,
    campaignIds: visit.campaignIds,
    outcome: visit.outcome,
    contact: visit.contact,
    completed: visit.completed,
    visitedAt: visit.visitedAt,
    timeMode: visit.timeMode,
    arranged: visit.arranged,
    memberId: visit.memberId,
    team: visit.team,
    leafletCount: (visit.details.leaflets ?? []).reduce((sum, { quantity }) => sum + quantity, 0),
    formCode: visit.details.form?.code ?? null,
  };
}

export function factOf(
  visit: Visit,
  command: RecordVisit,
  after: DoorState,
  doors: readonly DoorDelta[],
  corrected: CountedVisit | null,
): VisitFact {
  const first = (periods: (door: DoorDelta) => DoorDelta["months"]): boolean =>
    doors.some((door) => periods(door).some(({ households }) => households > 0));
  const attempts = (id: Id): number => campaignAt(after, id)?.attempts ?? 0;
  return {
    ...countedOf(visit),
    matters: command.matters ?? [],
    note: command.note ?? null,
    firstAttempt: visit.campaignIds.filter((id) => attempts(id) === 1),
    firstContactInCampaign: doors.flatMap(({ campaigns }) =>
      campaigns.filter(({ households }) => households > 0).map(({ campaignId }) => campaignId),
    ),
    firstContactInMonth: first(({ months }) => months),
    firstContactInQuarter: first(({ quarters }) => quarters),
    firstContactInYear: first(({ years }) => years),
    attemptRound: Object.fromEntries(visit.campaignIds.map((id) => [id, attempts(id)])),
    corrected,
    doors,
  };
}
