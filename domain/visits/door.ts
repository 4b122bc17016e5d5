/**
 * What a door remembers. The counts are sums over attempts, so the order in which attempts arrive
 * changes none of them, and an attempt can be taken out again when it is corrected.
 */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import { addDays, DAY_MS, localDate, monthOf, startOfLocalDay } from "../shared/instant.ts";
import {
  type Appointment,
  type AttemptDigest,
  type Band,
  BANDS,
  type CampaignAtDoor,
  type DoorField,
  type DoorState,
  type DoorStatus,
  KEPT_MONTHS,
  LADDER_ATTEMPTS,
  MAX_CAMPAIGNS,
  MAX_DIGESTS,
  MAX_OTHERS,
  type Trace,
} from "./terms.ts";
import { bandOf, dayAfter, nextStretch } from "./times.ts";

export const NEW_DOOR: DoorState = {
  version: 0,
  attempts: [],
  campaigns: [],
  months: {},
  outside: { attempts: 0, met: 0 },
  lastContactOn: null,
};

const NEVER_TRIED: Readonly<Record<Band, number>> = { daytime: 0, evening: 0, weekend: 0 };

/** One knock, as it enters the door's sums. */
export interface Knock {
  readonly id: Id;
  readonly at: Instant;
  readonly trace: Trace;
  readonly campaignIds: readonly Id[];
  readonly cardLeft: boolean;
  /** The officer meant it to be the last attempt of the campaign. */
  readonly last: boolean;
}

/**
 * The door after a knock. Knocking twice with one id counts once as long as the first is among the
 * recent attempts; the server guards the rest by the visit's key.
 */
export function addKnock(door: DoorState, knock: Knock): DoorState {
  if (door.attempts.some(({ id }) => id === knock.id)) return door;
  const version = door.version + 1;
  const known = new Set(door.campaigns.map(({ id }) => id));
  const campaigns = [
    ...door.campaigns,
    ...knock.campaignIds.filter((id) => !known.has(id)).map(emptyCampaign),
  ].map((campaign) =>
    knock.campaignIds.includes(campaign.id) ? withKnock(campaign, knock, 1, version) : campaign,
  );
  const digest: AttemptDigest = {
    id: knock.id,
    at: knock.at,
    trace: knock.trace,
    ...(knock.cardLeft ? { cardLeft: true } : {}),
    ...(knock.last ? { last: true } : {}),
  };
  return {
    ...door,
    version,
    attempts: [...door.attempts, digest].sort(byTime).slice(-MAX_DIGESTS),
    campaigns,
    ...sumsWith(door, knock, 1),
  };
}

/** The door without a knock that it had counted; what a correction begins with. */
export function removeKnock(door: DoorState, knock: Knock): DoorState {
  const version = door.version + 1;
  return {
    ...door,
    version,
    attempts: door.attempts.filter(({ id }) => id !== knock.id),
    campaigns: door.campaigns.map((campaign) =>
      knock.campaignIds.includes(campaign.id) ? withKnock(campaign, knock, -1, version) : campaign,
    ),
    ...sumsWith(door, knock, -1),
  };
}

function emptyCampaign(id: Id): CampaignAtDoor {
  return {
    id,
    attempts: 0,
    met: 0,
    absent: NEVER_TRIED,
    later: 0,
    ended: 0,
    notATarget: 0,
    lastAttempts: 0,
  };
}

function withKnock(
  campaign: CampaignAtDoor,
  knock: Knock,
  sign: 1 | -1,
  version: number,
): CampaignAtDoor {
  const { endedVersion, endedAt, ...sums } = campaign;
  const { trace } = knock;
  const band = bandOf(knock.at);
  const ended = sums.ended + (trace === "ended" ? sign : 0);
  return {
    ...sums,
    attempts: sums.attempts + sign,
    met: sums.met + (trace === "met" ? sign : 0),
    absent: trace === "absent" ? { ...sums.absent, [band]: sums.absent[band] + sign } : sums.absent,
    later: sums.later + (trace === "later" ? sign : 0),
    ended,
    notATarget: sums.notATarget + (trace === "not_a_target" ? sign : 0),
    lastAttempts: sums.lastAttempts + (knock.last && knock.cardLeft ? sign : 0),
    ...(ended > 0
      ? {
          endedVersion: endedVersion ?? version,
          endedAt: Math.min(endedAt ?? knock.at, trace === "ended" ? knock.at : Infinity),
        }
      : {}),
  };
}

function sumsWith(
  door: DoorState,
  knock: Knock,
  sign: 1 | -1,
): Pick<DoorState, "months" | "outside" | "lastContactOn"> {
  const met = knock.trace === "met" ? sign : 0;
  const outside =
    knock.campaignIds.length === 0
      ? { attempts: door.outside.attempts + sign, met: door.outside.met + met }
      : door.outside;
  if (met === 0) return { months: door.months, outside, lastContactOn: door.lastContactOn };
  const month = monthOf(localDate(knock.at));
  const months = Object.fromEntries(
    Object.entries({ ...door.months, [month]: (door.months[month] ?? 0) + met })
      .filter(([, count]) => count > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { months, outside, lastContactOn: lastContactOn(door, knock, sign) };
}

function lastContactOn(door: DoorState, knock: Knock, sign: 1 | -1): DoorState["lastContactOn"] {
  const day = localDate(knock.at);
  if (sign === 1) {
    return door.lastContactOn === null || day > door.lastContactOn ? day : door.lastContactOn;
  }
  if (day !== door.lastContactOn) return door.lastContactOn;
  const others = door.attempts.filter(({ id, trace }) => id !== knock.id && trace === "met");
  return others.length === 0 ? null : localDate(Math.max(...others.map(({ at }) => at)));
}

function monthsBefore(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - count;
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}`;
}

function byTime(a: AttemptDigest, b: AttemptDigest): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/**
 * Keeps the door small: forgets months that no late visit can reach any more and, when there are
 * more than `MAX_CAMPAIGNS`, campaigns that take no visits any more (`alive` are those that do).
 */
export function forget(door: DoorState, now: Instant, alive: ReadonlySet<Id>): DoorState {
  const oldest = monthsBefore(monthOf(localDate(now)), KEPT_MONTHS);
  const months = Object.keys(door.months).some((month) => month < oldest)
    ? Object.fromEntries(Object.entries(door.months).filter(([month]) => month >= oldest))
    : door.months;
  const kept = months === door.months ? door : { ...door, months };
  if (kept.campaigns.length <= MAX_CAMPAIGNS) return kept;
  return { ...kept, campaigns: kept.campaigns.filter(({ id }) => alive.has(id)) };
}

// -- what the door is to a campaign ---------------------------------------------------------------

export function campaignAt(door: DoorState, campaignId: Id): CampaignAtDoor | undefined {
  return door.campaigns.find(({ id }) => id === campaignId);
}

/** Whether the resident's wish for no visits holds. */
export function isQuiet(door: DoorState, now: Instant): boolean {
  return (door.quietUntil?.value ?? 0) > now;
}

/**
 * Whether the ladder for unanswered doors is finished: four attempts at least, and at least one in
 * each of daytime, evening and weekend. Only then may a door end as unreached.
 */
export function ladderFinished(campaign: CampaignAtDoor | undefined): boolean {
  if (campaign === undefined) return false;
  const tried = BANDS.map((band) => campaign.absent[band]);
  const sum = tried.reduce((total, count) => total + count, 0);
  return sum >= LADDER_ATTEMPTS && tried.every((count) => count > 0);
}

/** Ended as unreached: the ladder is finished, and one attempt was the last, with a card left. */
export function isUnreached(campaign: CampaignAtDoor | undefined): boolean {
  return (
    campaign !== undefined &&
    campaign.met === 0 &&
    campaign.lastAttempts > 0 &&
    ladderFinished(campaign)
  );
}

/**
 * Indicator K09: at least four unanswered attempts in at least two bands, evening or weekend among
 * them, and nothing else ever came of a knock.
 */
export function isNeverReached(campaign: CampaignAtDoor | undefined): boolean {
  if (campaign === undefined) return false;
  const { absent } = campaign;
  const unanswered = absent.daytime + absent.evening + absent.weekend;
  return (
    unanswered === campaign.attempts &&
    unanswered >= LADDER_ATTEMPTS &&
    absent.evening + absent.weekend > 0 &&
    BANDS.filter((band) => absent[band] > 0).length >= 2
  );
}

/** Days that stand for a campaign where there is none: a door met this long ago may be visited again. */
const STANDING_DAYS = 90;

/**
 * What the grid shows of a door. `ended` has many reasons and tells none of them.
 *
 * Without a campaign the last 90 days are looked at.
 */
export function doorStatus(door: DoorState, campaignId: Id | null, now: Instant): DoorStatus {
  if (isQuiet(door, now)) return "ended";
  if (expected(door, now) !== null) return "appointment";
  const campaign = progressAt(door, campaignId, now);
  if (campaign === undefined || campaign.attempts === 0) return "open";
  if (campaign.met > 0) return "met";
  if (campaign.ended > 0 || campaign.notATarget > 0 || isUnreached(campaign)) return "ended";
  return "again";
}

/** When the resident expects or asks for a visit: what was agreed goes before what was asked for. */
function expected(door: DoorState, now: Instant): (Appointment & { asked: boolean }) | null {
  const agreed = door.appointment?.value ?? null;
  if (agreed !== null && agreed.to > now) return { ...agreed, asked: false };
  const { asked } = door;
  return asked !== undefined && asked.to > now ? { ...asked, asked: true } : null;
}

/** What was done at a door for a campaign; without one, what was done there of late. */
export function progressAt(
  door: DoorState,
  campaignId: Id | null,
  now: Instant,
): CampaignAtDoor | undefined {
  return campaignId === null ? standing(door, now) : campaignAt(door, campaignId);
}

function standing(door: DoorState, now: Instant): CampaignAtDoor {
  return door.attempts
    .filter(({ at }) => at > now - STANDING_DAYS * DAY_MS)
    .reduce(
      (sums, attempt) =>
        withKnock(
          sums,
          {
            ...attempt,
            campaignIds: [],
            cardLeft: attempt.cardLeft ?? false,
            last: attempt.last ?? false,
          },
          1,
          door.version,
        ),
      emptyCampaign(""),
    );
}

export type NextAttempt =
  /** Nothing to do: met, ended, or the resident wishes no visit. */
  | { readonly kind: "none" }
  | {
      readonly kind: "appointment";
      readonly from: Instant;
      readonly to: Instant;
      /** The resident asked for this time; nobody has agreed to it yet. */
      readonly asked: boolean;
    }
  | {
      readonly kind: "knock";
      readonly band: Band;
      readonly from: Instant;
      readonly to: Instant;
      /** The ladder is finished: the next unanswered knock may be the last, with a card left. */
      readonly mayBeLast: boolean;
    };

/** Best chance first, by the contact model of domain.md §10.4. */
const BY_CHANCE: readonly Band[] = ["evening", "weekend", "daytime"];

/**
 * The next rung of the ladder: the band tried least so far, never twice the same in a row, on
 * another day than the last attempt.
 */
export function nextAttempt(door: DoorState, campaignId: Id | null, now: Instant): NextAttempt {
  const status = doorStatus(door, campaignId, now);
  if (status === "met" || status === "ended") return { kind: "none" };
  const appointment = expected(door, now);
  if (status === "appointment" && appointment !== null) {
    const { from, to, asked } = appointment;
    return { kind: "appointment", from, to, asked };
  }
  const campaign = progressAt(door, campaignId, now);
  const tried = campaign?.absent ?? NEVER_TRIED;
  const last = door.attempts.at(-1);
  const lastBand = last === undefined ? null : bandOf(last.at);
  const notBefore = last === undefined ? now : Math.max(now, dayAfter(last.at));
  const bands = BY_CHANCE.filter((band) => band !== lastBand || tried[band] === 0);
  const band = bands.reduce((best, next) => (tried[next] < tried[best] ? next : best));
  const stretch = nextStretch(band, notBefore);
  const after = { ...tried, [band]: tried[band] + 1 };
  return {
    kind: "knock",
    band,
    ...stretch,
    mayBeLast: campaign !== undefined && ladderFinished({ ...campaign, absent: after }),
  };
}

// -- fields that several officers may set ---------------------------------------------------------

export interface FieldChange<T> {
  readonly value: T | null;
  /** The door's version that the officer was looking at; null when unknown. */
  readonly base: number | null;
  readonly at: Instant;
  readonly by: Id;
}

/**
 * A field after a change. Whoever had seen the present value replaces it, and settles what stood
 * beside it. Of two changes that did not know of each other both are kept: the later to arrive is
 * shown first, the other beside it.
 *
 * Undefined when more than `MAX_OTHERS` would stand side by side: nothing is dropped to make room.
 */
export function setField<T>(
  field: DoorField<T> | undefined,
  change: FieldChange<T>,
  version: number,
): DoorField<T> | undefined {
  const { value, base, at, by } = change;
  const next: DoorField<T> = { value, version, at, by };
  if (field === undefined || field.by === by || (base !== null && base >= field.version)) {
    return next;
  }
  const others = [field.value, ...(field.others ?? [])].filter(
    (other, index, all): other is T =>
      other !== null &&
      !sameValue(other, value) &&
      all.findIndex((one) => sameValue(one, other)) === index,
  );
  if (others.length > MAX_OTHERS) return undefined;
  if (value === null && others.length > 0) {
    // Clearing a value that the officer had not seen would lose it.
    const [first, ...rest] = others;
    return { value: first as T, version, at, by, ...(rest.length > 0 ? { others: rest } : {}) };
  }
  return others.length === 0 ? next : { ...next, others };
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The door without the time that was asked for: it was agreed to, changed or dropped. */
export function withoutAsked(door: DoorState): DoorState {
  const { asked: _settled, ...rest } = door;
  return rest;
}

/** The instant at which a wish made at `at` ends: so many months later, at the start of the day. */
export function quietUntil(at: Instant, months: number): Instant {
  const day = localDate(at);
  const total = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const first = `${String(Math.floor(total / 12)).padStart(4, "0")}-${String((total % 12) + 1).padStart(2, "0")}-01`;
  return startOfLocalDay(addDays(first, Number(day.slice(8, 10)) - 1));
}
