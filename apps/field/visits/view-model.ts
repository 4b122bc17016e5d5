/** What the visit screens show and decide; the screens only draw it. */
import { campaignsFor } from "@wanjia/domain/campaigns/rules";
import type { CampaignForm, CampaignScope, StockItem, Team } from "@wanjia/domain/campaigns/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant, localDate } from "@wanjia/domain/shared/instant";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import type { Refusal, Result } from "@wanjia/domain/shared/result";
import type { VisitContext, VisitPlace } from "@wanjia/domain/visits/context";
import { correct } from "@wanjia/domain/visits/correct";
import { doorStatus, NEW_DOOR } from "@wanjia/domain/visits/door";
import type { FormDefinition } from "@wanjia/domain/visits/form-definition";
import { record, type Recorded } from "@wanjia/domain/visits/record";
import {
  type CorrectVisit,
  type DoorState,
  type DoorStatus,
  MAX_TEAM,
  type RecordVisit,
  type Visit,
  type VisitRefusal,
} from "@wanjia/domain/visits/terms";
import type { Command, SyncContext } from "@wanjia/sync/protocol";
import { isNoteCommand, isOnTop, judgeNote, type NoteCommand } from "./notes.ts";
import { isDoor, type Mine, type Pack, type PlaceRecord } from "../shell/records.ts";

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
