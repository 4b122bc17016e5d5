/** What the visit screens show and decide; the screens only draw it. */
import { campaignsFor } from "@wanjia/domain/campaigns/rules";
import type { CampaignForm, CampaignScope, StockItem, Team } from "@wanjia/domain/campaigns/terms";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  type Instant,
  localDate,
  startOfLocalDay,
  weekday,
} from "@wanjia/domain/shared/instant";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import type { Refusal, Result } from "@wanjia/domain/shared/result";
import type { VisitContext, VisitPlace } from "@wanjia/domain/visits/context";
import { correct } from "@wanjia/domain/visits/correct";
import {
  type NextAttempt,
  doorStatus,
  isQuiet,
  NEW_DOOR,
  nextAttempt,
  progressAt,
} from "@wanjia/domain/visits/door";
import { bandOf } from "@wanjia/domain/visits/times";
import type { FormDefinition } from "@wanjia/domain/visits/form-definition";
import { record, type Recorded } from "@wanjia/domain/visits/record";
import {
  type Band,
  BANDS,
  type CorrectVisit,
  type DoorState,
  type DoorStatus,
  LADDER_ATTEMPTS,
  MAX_TEAM,
  type RecordVisit,
  type Visit,
  type VisitRefusal,
} from "@wanjia/domain/visits/terms";
import type { Command, SyncContext } from "@wanjia/sync/protocol";
import { isNoteCommand, isOnTop, judgeNote, type NoteCommand } from "./notes.ts";
import {
  type BlockSummary,
  isDoor,
  type Mine,
  type Pack,
  type PlaceRecord,
} from "../shell/records.ts";

// -- what the phone knows beside its doors --------------------------------------------------------

type Colleague = { readonly id: Id; readonly name: string; readonly sworn: boolean };

type FieldCampaign = CampaignScope & {
  readonly name: string;
  readonly nameEn: string;
  readonly forms: readonly CampaignForm[];
  readonly leaflets: readonly StockItem[];
  readonly teams: readonly Team[];
  readonly samplingPlan: boolean;
};

/** The sections of the context document that visits read. */
export type Surroundings = {
  readonly campaigns: readonly FieldCampaign[];
  readonly forms: readonly FormDefinition[];
  readonly members: readonly Colleague[];
};

const nothing: Surroundings = { campaigns: [], forms: [], members: [] };

export function surroundings(context: SyncContext | null): Surroundings {
  const sections = (context?.sections ?? {}) as Partial<Surroundings>;
  return {
    campaigns: sections.campaigns ?? nothing.campaigns,
    forms: sections.forms ?? nothing.forms,
    members: sections.members ?? nothing.members,
  };
}

// -- doors ----------------------------------------------------------------------------------------

/** Who is out, where; what the rules ask for beside the door. */
export type Officer = {
  readonly id: Id;
  readonly stationId: Id;
  readonly beatIds: readonly Id[];
};

function visitPlace(place: PlaceRecord, beat: Id, stationId: Id): VisitPlace {
  return {
    id: place.id,
    kind: place.kind,
    status: place.status ?? "confirmed",
    buildingId: place.buildingId ?? place.id,
    communityId: place.communityId ?? null,
    stationId,
    beatId: beat,
  };
}

function visitContext(
  command: Command,
  place: VisitPlace,
  officer: Officer,
  around: Surroundings,
  now: Instant,
): VisitContext {
  const members = new Map(around.members.map((member) => [member.id, member]));
  const leaflets = around.campaigns.flatMap((campaign) =>
    campaign.leaflets.map(({ code }) => code),
  );
  return {
    id: command.id,
    now,
    at: command.at,
    correctedAt: command.at,
    atDesk: false,
    base: command.base,
    author: officer.id,
    beatIds: officer.beatIds,
    place,
    // An old context may not know a colleague yet; the server does, and decides.
    inspect: inspectText,
    member: (id) => members.get(id) ?? (id === officer.id ? { sworn: true } : undefined),
    campaignsAt: (at, when) => campaignsFor(at, when, around.campaigns),
    alive: new Set(around.campaigns.map(({ id }) => id)),
    leafletCodes: leaflets.length > 0 ? new Set(leaflets) : null,
    form: (code, version) =>
      around.forms.find((form) => form.code === code && form.version === version),
    samplingPlan: (ids) =>
      around.campaigns.some(({ id, samplingPlan }) => samplingPlan && ids.includes(id)),
  };
}

export type VisitCommand =
  | Command<"visits.record", RecordVisit>
  | Command<"visits.correct", CorrectVisit>;

export function isVisitCommand(command: Command): command is VisitCommand {
  return command.type === "visits.record" || command.type === "visits.correct";
}

/** The visit as this phone recorded or corrected it: here a correction always says what came of it. */
export function visitOf(command: VisitCommand): RecordVisit {
  return command.type === "visits.record" ? command.body : (command.body.visit as RecordVisit);
}

/** A door as the officer sees it: as pulled, and on top of it what this phone recorded since. */
export type SeenDoor = {
  readonly place: PlaceRecord;
  readonly state: DoorState;
  /** Version as last pulled: what a new command is based on. */
  readonly base: number | null;
  /** The campaign whose progress is shown; null outside any. */
  readonly campaignId: Id | null;
  readonly status: DoorStatus;
  /** Recorded here and not yet in what was pulled. */
  readonly pending: boolean;
};

/** Runs one command of this phone against a door by the domain's own rules. */
function judge(
  door: DoorState,
  command: VisitCommand,
  place: VisitPlace,
  officer: Officer,
  around: Surroundings,
  now: Instant,
  visits: ReadonlyMap<Id, Visit>,
): Result<Recorded, VisitRefusal> {
  const context = visitContext(command, place, officer, around, now);
  if (command.type === "visits.record") return record(door, command.body, context);
  return correct(door, null, command.body, {
    ...context,
    original: visits.get(command.body.corrects),
    correctedBy: null,
    mayCorrectOthers: false,
  });
}

/** Who recorded a command of this phone, as far as the rules ask: its team and the beat. */
function authorOf(command: VisitCommand, pack: Pack, stationId: Id): Officer {
  return { id: visitOf(command).team[0] ?? "", stationId, beatIds: [pack.beat] };
}

function stationOf(around: Surroundings): Id {
  return around.campaigns[0]?.stationIds[0] ?? "";
}

export function seeDoor(
  pack: Pack,
  place: PlaceRecord,
  mine: readonly Mine[],
  around: Surroundings,
  now: Instant,
): SeenDoor {
  const pulled = pack.doors[place.id] ?? null;
  const at = visitPlace(place, pack.beat, stationOf(around));
  let state = pulled ?? NEW_DOOR;
  let pending = false;
  const visits = new Map<Id, Visit>();
  for (const { command, placeId, refused, by = "" } of mine) {
    if (placeId !== place.id || refused) continue;
    if (isNoteCommand(command) && isOnTop(command, pulled)) {
      const noted = judgeNote(state, command, at, by, now);
      if (noted.ok) [state, pending] = [noted.value.door, true];
    }
    if (!isVisitCommand(command)) continue;
    const author = authorOf(command, pack, at.stationId);
    const counted = state.attempts.some(({ id }) => id === command.id);
    const judged = judge(
      counted ? NEW_DOOR : state,
      command,
      at,
      author,
      around,
      Math.max(now, command.at),
      visits,
    );
    if (!judged.ok) continue;
    visits.set(command.id, judged.value.visit);
    if (counted) continue;
    // A correction that was pulled took the original's knock away; it must not come back.
    if (command.type === "visits.record" && isReplaced(command.id, mine, state)) continue;
    state = judged.value.door;
    pending = true;
  }
  const campaignId = campaignsFor(at, now, around.campaigns)[0] ?? null;
  return {
    place,
    state,
    base: pulled?.version ?? null,
    campaignId,
    status: doorStatus(state, campaignId, now),
    pending,
  };
}

function isReplaced(id: Id, mine: readonly Mine[], state: DoorState): boolean {
  return mine.some(
    ({ command, refused }) =>
      !refused &&
      command.type === "visits.correct" &&
      (command.body as CorrectVisit).corrects === id &&
      state.attempts.some((attempt) => attempt.id === command.id),
  );
}

export function seeDoors(
  pack: Pack,
  mine: readonly Mine[],
  around: Surroundings,
  now: Instant,
): readonly SeenDoor[] {
  return Object.values(pack.places)
    .filter((place) => isDoor(place) && isLiving(place))
    .sort(inOrder)
    .map((place) => seeDoor(pack, place, mine, around, now));
}

function isLiving({ status }: PlaceRecord): boolean {
  return status === undefined || status === "created" || status === "confirmed";
}

function inOrder(a: PlaceRecord, b: PlaceRecord): number {
  const [left, right] = [a.sortKey ?? a.fullText ?? "", b.sortKey ?? b.fullText ?? ""];
  return left < right ? -1 : left > right ? 1 : 0;
}

// -- one building in the list ---------------------------------------------------------------------

export function summarise(
  pack: Pack,
  mine: readonly Mine[],
  context: SyncContext | null,
  now: Instant = Date.now(),
): BlockSummary | null {
  const around = surroundings(context);
  const doors = seeDoors(pack, mine, around, now);
  const [first] = doors;
  if (!first) return null;
  const counts: Record<DoorStatus, number> = {
    open: 0,
    met: 0,
    again: 0,
    appointment: 0,
    ended: 0,
  };
  const dueFrom: Instant[] = [];
  const appointments: Instant[] = [];
  let lastWorkedAt: Instant | null = null;
  for (const door of doors) {
    counts[door.status] += 1;
    const next = nextAttempt(door.state, door.campaignId, now);
    if (door.status === "again" && next.kind === "knock") dueFrom.push(next.from);
    if (next.kind === "appointment") appointments.push(next.from);
    const last = door.state.attempts.at(-1)?.at;
    if (last !== undefined) lastWorkedAt = Math.max(lastWorkedAt ?? 0, last);
  }
  const building = pack.places[pack.key];
  const { title, subtitle } = blockTitle(pack.key, building ?? first.place);
  return {
    key: pack.key,
    beat: pack.beat,
    title,
    subtitle,
    sort: building?.sortKey ?? first.place.sortKey ?? title,
    looksLike: building || first.place.buildingId !== first.place.id ? "building" : "houses",
    doors: doors.length,
    workplaces: doors.filter(({ place }) => isWorkplace(place)).length,
    met: counts.met,
    ended: counts.ended,
    open: counts.open,
    again: counts.again,
    dueFrom: dueFrom.sort((a, b) => a - b),
    appointments: appointments.sort((a, b) => a - b),
    lastWorkedAt,
  };
}

function isWorkplace({ kind }: PlaceRecord): boolean {
  return kind === "shop" || kind === "organisation" || kind === "site";
}

function blockTitle(key: string, place: PlaceRecord): { title: string; subtitle: string } {
  const street = `${place.street ?? ""}${place.doorNo && place.kind === "building" ? numbered(place.doorNo, "号") : ""}`;
  if (key.startsWith("row "))
    return { title: place.street ?? place.estateName ?? "", subtitle: "" };
  const building = place.buildingNo ? numbered(place.buildingNo, "幢") : "";
  const title = `${place.estateName ?? ""}${building}` || place.name || street;
  return { title: title || place.fullText || "", subtitle: title === street ? "" : street };
}

/** `3` is 3幢; a name such as `A座` stays as it is. */
function numbered(no: string, word: string): string {
  return /^[0-9A-Za-z-]+$/.test(no) ? `${no}${word}` : no;
}

// -- today ----------------------------------------------------------------------------------------

/** Why a building is worth going to now, most urgent first. */
type TodayReason = "appointment" | "due" | "begun" | "open" | "done";

export type TodayBlock = {
  readonly summary: BlockSummary;
  readonly reason: TodayReason;
  /** The next time agreed with somebody, today. */
  readonly appointment: Instant | null;
  /** Doors to knock at again today, and whether only from the evening on. */
  readonly due: number;
  readonly dueIn: "now" | "evening";
};

export function endOfToday(now: Instant): Instant {
  return startOfLocalDay(addDays(localDate(now), 1));
}

function todayBlock(summary: BlockSummary, now: Instant): TodayBlock {
  const end = endOfToday(now);
  const due = summary.dueFrom.filter((from) => from < end);
  const appointment = summary.appointments.find((from) => from < end) ?? null;
  const toMeet = summary.doors - summary.met - summary.ended;
  const begun = summary.met + summary.ended + summary.again > 0;
  const reason: TodayReason =
    toMeet === 0
      ? "done"
      : appointment !== null
        ? "appointment"
        : due.length > 0
          ? "due"
          : begun
            ? "begun"
            : "open";
  return {
    summary,
    reason,
    appointment,
    due: due.length,
    dueIn: due.length > 0 && due.every((from) => from > now) ? "evening" : "now",
  };
}

const urgency: readonly TodayReason[] = ["appointment", "due", "begun", "open", "done"];

/**
 * The list of the day: what is agreed, then what is due, then what was begun, then the rest. Among
 * equals workplaces come first by day and homes in the evening and at the weekend.
 */
export function todayList(blocks: readonly BlockSummary[], now: Instant): readonly TodayBlock[] {
  const first = bandOf(now) === "daytime" ? -1 : 1;
  const share = ({ summary }: TodayBlock) => summary.workplaces / Math.max(1, summary.doors);
  return blocks
    .map((summary) => todayBlock(summary, now))
    .sort(
      (a, b) =>
        urgency.indexOf(a.reason) - urgency.indexOf(b.reason) ||
        (a.appointment ?? 0) - (b.appointment ?? 0) ||
        (share(a) - share(b)) * first,
    );
}

// -- a building's grid ----------------------------------------------------------------------------

type GridFloor = {
  readonly id: string;
  readonly floor: string;
  readonly byEntrance: readonly (readonly SeenDoor[])[];
};

export type BuildingView = {
  /** Empty for houses and shops that stand by themselves: they are rows. */
  readonly floors: readonly GridFloor[];
  readonly entrances: readonly string[];
  readonly rows: readonly SeenDoor[];
  readonly counts: Readonly<Record<DoorStatus, number>>;
  readonly total: number;
  /** The doors to knock at next, in walking order. */
  readonly next: readonly Id[];
};

const NEXT_DOORS = 5;

export function buildingView(
  doors: readonly SeenDoor[],
  now: Instant,
  onlyToMeet: boolean,
): BuildingView {
  const counts: Record<DoorStatus, number> = {
    open: 0,
    met: 0,
    again: 0,
    appointment: 0,
    ended: 0,
  };
  for (const { status } of doors) counts[status] += 1;
  const shown = onlyToMeet ? doors.filter(isToMeet) : doors;
  const inside = shown.filter(({ place }) => place.floorNo);
  const entrances = [...new Set(inside.map(({ place }) => place.entranceNo ?? ""))].sort(naturally);
  const numbers = [...new Set(inside.map(({ place }) => place.floorNo ?? ""))].sort(
    (a, b) => floorNumber(b) - floorNumber(a),
  );
  const floors = numbers.map((floor) => ({
    id: floor,
    floor,
    byEntrance: entrances.map((entrance) =>
      inside.filter(
        ({ place }) => place.floorNo === floor && (place.entranceNo ?? "") === entrance,
      ),
    ),
  }));
  const walk = [
    ...entrances.flatMap((_, at) => floors.flatMap(({ byEntrance }) => byEntrance[at] ?? [])),
    ...shown.filter(({ place }) => !place.floorNo),
  ];
  return {
    floors,
    entrances,
    rows: shown.filter(({ place }) => !place.floorNo),
    counts,
    total: doors.length,
    next: walk
      .filter((door) => isDue(door, now))
      .slice(0, NEXT_DOORS)
      .map(({ place }) => place.id),
  };
}

/** Still to be met: neither met nor ended. */
function isToMeet({ status }: SeenDoor): boolean {
  return status === "open" || status === "again" || status === "appointment";
}

function isDue(door: SeenDoor, now: Instant): boolean {
  if (door.status === "open") return true;
  const next = nextAttempt(door.state, door.campaignId, now);
  if (next.kind === "appointment") return next.from - HOUR_MS / 2 <= now;
  return door.status === "again" && next.kind === "knock" && next.from <= now;
}

function naturally(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** `B1` lies below 1, `1A` above it, `M` and other names at the bottom of what has no number. */
function floorNumber(floor: string): number {
  const below = /^(?:B|-|负|地下)\s*(\d+)/i.exec(floor);
  if (below) return -Number(below[1]);
  const number = Number.parseFloat(floor);
  return Number.isNaN(number) ? 0 : number + (/[A-Z]$/i.test(floor) ? 0.5 : 0);
}

export function doorLabel({ unitNo, name, doorNo, fullText }: PlaceRecord): string {
  return unitNo ?? (doorNo ? numbered(doorNo, "号") : undefined) ?? name ?? fullText ?? "";
}

/** A door's name where its building isn't on the screen. */
export function doorName(place: PlaceRecord): string {
  const parts = [
    place.estateName ?? (place.unitNo ? "" : (place.street ?? "")),
    place.buildingNo ? numbered(place.buildingNo, "幢") : "",
    place.entranceNo ? `${place.entranceNo}单元` : "",
    doorLabel(place),
  ].filter(Boolean);
  return parts.join(" ");
}

// -- the ladder, as a sentence --------------------------------------------------------------------

/** What the sentence about an unanswered door is made of; the words are in the message files. */
export type LadderSaid = {
  readonly attempts: number;
  /** Bands tried so far without an answer. */
  readonly tried: readonly Band[];
  readonly missing: readonly Band[];
  readonly next: NextAttempt;
  /** How far away the next stretch is: today, tomorrow, or a day by name. */
  readonly day: "now" | "today" | "tomorrow" | "later";
  /** Attempts still needed before it may end as unreached. */
  readonly left: number;
};

export function ladder(door: SeenDoor, now: Instant): LadderSaid {
  const absent = progressAt(door.state, door.campaignId, now)?.absent ?? {
    daytime: 0,
    evening: 0,
    weekend: 0,
  };
  const attempts = absent.daytime + absent.evening + absent.weekend;
  const tried = BANDS.filter((band) => absent[band] > 0);
  const next = nextAttempt(door.state, door.campaignId, now);
  const from = next.kind === "none" ? now : next.from;
  const today = localDate(now);
  const on = localDate(from);
  return {
    attempts,
    tried,
    missing: BANDS.filter((band) => absent[band] === 0),
    next,
    day:
      from <= now
        ? "now"
        : on === today
          ? "today"
          : on === addDays(today, 1)
            ? "tomorrow"
            : "later",
    left: Math.max(0, LADDER_ATTEMPTS - attempts),
  };
}

/** Whether the resident's wish keeps officers away; the reason is nobody's business at the grid. */
export function isWished(door: SeenDoor, now: Instant): boolean {
  return isQuiet(door.state, now);
}

// -- times to come again --------------------------------------------------------------------------

export type Slot = { readonly from: Instant; readonly to: Instant };

/** Four times that suit most people: this evening, tomorrow evening, the weekend. */
export function slots(now: Instant): readonly Slot[] {
  const today = localDate(now);
  const at = (day: string, hour: number): Slot => ({
    from: startOfLocalDay(day) + hour * HOUR_MS,
    to: startOfLocalDay(day) + (hour + 1) * HOUR_MS,
  });
  const days = Array.from({ length: 8 }, (_, ahead) => addDays(today, ahead));
  const weekend = days.filter((day) => weekday(day) >= 6);
  const offered = [
    at(today, 19),
    at(addDays(today, 1), 19),
    ...weekend.slice(0, 2).map((day) => at(day, 10)),
    at(addDays(today, 2), 19),
  ];
  return offered
    .filter(({ from }) => from > now + HOUR_MS / 2)
    .slice(0, 4)
    .sort((a, b) => a.from - b.from);
}

// -- commands -------------------------------------------------------------------------------------

/** Who goes today: chosen once, used until it is changed. */
export function usualTeam(
  officer: Id,
  around: Surroundings,
  chosen: readonly Id[] | undefined,
): readonly Id[] {
  const known = new Set(around.members.map(({ id }) => id));
  const kept = (chosen ?? []).filter((id) => id !== officer && known.has(id));
  if (chosen) return [officer, ...kept].slice(0, MAX_TEAM);
  // An auxiliary never goes alone: the planned team's sworn officer comes along.
  const self = around.members.find(({ id }) => id === officer);
  if (self?.sworn !== false) return [officer];
  const team = around.campaigns
    .flatMap(({ teams }) => teams)
    .find(({ memberIds }) => memberIds.includes(officer));
  const sworn = team?.memberIds.find((id) => around.members.some((m) => m.id === id && m.sworn));
  return sworn ? [officer, sworn] : [officer];
}

/** A knock where nobody answered: the shortest of all records. */
export function noAnswer(
  placeId: Id,
  team: readonly Id[],
  now: Instant,
  options: { cardLeft: boolean; last: boolean },
): RecordVisit {
  return {
    placeId,
    outcome: "no_answer",
    startedAt: now,
    endedAt: now,
    team,
    ...(options.cardLeft || options.last ? { cardLeft: true } : {}),
    ...(options.last ? { lastAttempt: true } : {}),
  };
}

/** Whether the phone's own copy of the rules takes the command; the server decides in the end. */
export function check(
  pack: Pack,
  door: SeenDoor,
  command: VisitCommand,
  officer: Officer,
  around: Surroundings,
  mine: readonly Mine[],
): Refusal<VisitRefusal> | null {
  const at = visitPlace(door.place, pack.beat, officer.stationId);
  const visits = new Map<Id, Visit>();
  for (const { command: other, refused, placeId } of mine) {
    if (refused || placeId !== door.place.id || !isVisitCommand(other)) continue;
    const known = judge(NEW_DOOR, other, at, officer, around, command.at, visits);
    if (known.ok) visits.set(other.id, known.value.visit);
  }
  const judged = judge(door.state, command, at, officer, around, command.at, visits);
  return judged.ok ? null : judged.refusal;
}

/** Whether the phone's own copy of the rules takes a note on a door. */
export function checkNote(
  pack: Pack,
  door: SeenDoor,
  command: NoteCommand,
  officer: Officer,
): Refusal<VisitRefusal> | null {
  const place = visitPlace(door.place, pack.beat, officer.stationId);
  const judged = judgeNote(door.state, command, place, officer.id, command.at);
  return judged.ok ? null : judged.refusal;
}

/** The form for a kind of place: the campaign's own, or the newest that fits and hasn't expired. */
export function formFor(
  place: PlaceRecord,
  campaignId: Id | null,
  around: Surroundings,
  now: Instant,
): FormDefinition | null {
  const today = localDate(now);
  const fitting = around.forms.filter(
    (form) => form.placeKinds.includes(place.kind) && form.marks.expiresOn >= today,
  );
  const chosen = around.campaigns.find(({ id }) => id === campaignId)?.forms ?? [];
  return (
    fitting.find((form) =>
      chosen.some(({ code, version }) => code === form.code && version === form.version),
    ) ??
    fitting.toSorted((a, b) => b.version - a.version)[0] ??
    null
  );
}

/** Own visits at a door that may still be corrected here, newest first. */
export function correctable(
  mine: readonly Mine[],
  placeId: Id,
  now: Instant,
): readonly (Mine & { readonly command: VisitCommand })[] {
  const visits = mine.filter(
    (item): item is Mine & { command: VisitCommand } =>
      item.placeId === placeId &&
      !item.refused &&
      isVisitCommand(item.command) &&
      item.command.at > now - 14 * DAY_MS,
  );
  const corrected = new Set(
    visits.map(({ command }) => (command.type === "visits.correct" ? command.body.corrects : "")),
  );
  return visits.filter(({ command }) => !corrected.has(command.id)).toReversed();
}
