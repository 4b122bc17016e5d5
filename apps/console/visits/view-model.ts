import { floorOf } from "@wanjia/domain/places/normalise";
import { partKey } from "@wanjia/domain/places/sort-key";
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  isLocalDate,
  localDate,
  localTime,
  MINUTE_MS,
  startOfLocalDay,
  type Instant,
  type LocalDate,
} from "@wanjia/domain/shared/instant";
import type { ListedOutcome } from "@wanjia/domain/visits/policy";
import {
  OUTCOME_MEANING,
  type AccessNeed,
  type Answers,
  type Arranged,
  type Companion,
  type DoorStatus,
  type NoticeGiven,
  type Outcome,
  type RecordVisit,
  type Topic,
  type VisitMatter,
  type VisitMatterKind,
} from "@wanjia/domain/visits/terms";
import type { ListInput } from "../shell/url-state.ts";

// -- the list -------------------------------------------------------------------------------------

/** A reader names the last day; the server wants the first day that is no longer included. */
export function visitInput(input: ListInput): ListInput {
  const { from, to, ...rest } = input;
  const asked: ListInput = rest;
  if (typeof from === "string" && isLocalDate(from)) asked["from"] = from;
  if (typeof to === "string" && isLocalDate(to)) asked["to"] = addDays(to, 1);
  return asked;
}

/** Colour and icon of an outcome. Every ending without a meeting looks the same. */
export function outcomeTone(
  outcome: ListedOutcome | Outcome,
): "met" | "again" | "appointment" | "ended" {
  switch (outcome) {
    case "completed_inside":
    case "completed_doorstep":
    case "completed_elsewhere":
      return "met";
    case "rescheduled":
    case "phone_only":
      return "appointment";
    case "not_met":
    case "no_answer":
    case "refused":
    case "asked_not_to_visit":
    case "vacant_observed":
    case "inaccessible":
    case "unsafe":
      return "again";
    case "not_residential":
    case "wrong_address":
      return "ended";
  }
}

// -- the building ---------------------------------------------------------------------------------

export interface Door {
  readonly placeId: string;
  readonly entranceNo: string | null;
  readonly floorNo: string | null;
  readonly unitNo: string | null;
  readonly place: string;
  readonly status: DoorStatus;
}

interface GridFloor<D extends Door> {
  /** Empty for doors that tell no floor. */
  readonly floor: string;
  readonly byEntrance: readonly (readonly D[])[];
}

export interface Grid<D extends Door> {
  /** Empty for doors that tell no entrance. */
  readonly entrances: readonly string[];
  readonly floors: readonly GridFloor<D>[];
}

/** As people see a building from the street: the top floor first, entrances from left to right. */
export function buildingGrid<D extends Door>(doors: readonly D[]): Grid<D> {
  const entrances = sorted(doors.map((door) => door.entranceNo ?? ""));
  const floors = sorted(doors.map(floorOfDoor)).toReversed();
  return {
    entrances,
    floors: floors.map((floor) => ({
      floor,
      byEntrance: entrances.map((entrance) =>
        doors
          .filter((door) => (door.entranceNo ?? "") === entrance && floorOfDoor(door) === floor)
          .toSorted((a, b) => compareKeys(partKey(doorLabel(a)), partKey(doorLabel(b)))),
      ),
    })),
  };
}

function floorOfDoor(door: Door): string {
  if (door.floorNo !== null) return door.floorNo;
  return (door.unitNo === null ? undefined : floorOf({ unitNo: door.unitNo })) ?? "";
}

export function doorLabel(door: Door): string {
  return door.unitNo ?? door.place;
}

function sorted(parts: readonly string[]): string[] {
  return [...new Set(parts)].toSorted((a, b) => compareKeys(partKey(a), partKey(b)));
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function countDoors(doors: readonly Door[]): Record<DoorStatus | "total", number> {
  const counts = { total: doors.length, open: 0, met: 0, again: 0, appointment: 0, ended: 0 };
  for (const door of doors) counts[door.status] += 1;
  return counts;
}

export function stillToVisit(door: Door): boolean {
  return door.status === "open" || door.status === "again" || door.status === "appointment";
}

// -- a paper form ---------------------------------------------------------------------------------

export interface PaperMatter {
  readonly id: string;
  readonly kind: VisitMatterKind;
  readonly subtype: string;
  readonly text: string;
  readonly wantsAnswer: boolean;
  readonly phone: string;
  readonly consent: boolean;
}

/** What is typed from a paper form. Times are the clock on the paper, in Asia/Shanghai. */
export interface Paper {
  readonly placeId: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly date: string;
  readonly starts: string;
  readonly ends: string;
  readonly team: readonly string[];
  readonly arranged: Arranged;
  readonly noticeGiven: NoticeGiven | undefined;
  readonly idShown: boolean;
  readonly entryConsent: boolean;
  readonly cardLeft: boolean;
  readonly lastAttempt: boolean;
  readonly leaflets: Readonly<Record<string, number>>;
  readonly topics: readonly Topic[];
  readonly companions: readonly Companion[];
  readonly accessNeeds: readonly AccessNeed[];
  readonly note: string;
  readonly paperSlip: string;
  readonly outsideBeatReason: string;
  readonly form: { readonly code: string; readonly version: number } | undefined;
  readonly answers: Answers;
  readonly matters: readonly PaperMatter[];
}

export function emptyPaper(memberId: string, today: LocalDate): Paper {
  return {
    placeId: undefined,
    outcome: undefined,
    date: today,
    starts: "",
    ends: "",
    team: [memberId],
    arranged: "none",
    noticeGiven: undefined,
    idShown: false,
    entryConsent: false,
    cardLeft: false,
    lastAttempt: false,
    leaflets: {},
    topics: [],
    companions: [],
    accessNeeds: [],
    note: "",
    paperSlip: "",
    outsideBeatReason: "",
    form: undefined,
    answers: {},
    matters: [],
  };
}

/** The next form of the same round: day and team stay. */
export function nextPaper(paper: Paper): Paper {
  return { ...emptyPaper("", paper.date), team: paper.team };
}

/** Which parts of the form an outcome opens: only what can have happened is asked. */
export function asksFor(outcome: Outcome | undefined): {
  spoke: boolean;
  met: boolean;
  inside: boolean;
  lastAttempt: boolean;
} {
  if (outcome === undefined) return { spoke: false, met: false, inside: false, lastAttempt: false };
  const meaning = OUTCOME_MEANING[outcome];
  return {
    spoke: meaning.spoke,
    met: meaning.completed,
    inside: outcome === "completed_inside",
    lastAttempt: outcome === "no_answer",
  };
}

export type PaperNeed =
  | { readonly need: "place" | "outcome" | "team" | "time" | "order" | "reason" }
  | { readonly need: "matter"; readonly at: number };

/** What is missing before it can be sent at all; the rules of visits are the server's to say. */
export function paperNeeds(paper: Paper, reason?: string): PaperNeed[] {
  const needs: PaperNeed[] = [];
  if (paper.placeId === undefined) needs.push({ need: "place" });
  const times = paperTimes(paper);
  if (times === null) needs.push({ need: "time" });
  else if (times.endedAt < times.startedAt) needs.push({ need: "order" });
  if (paper.team.length === 0) needs.push({ need: "team" });
  if (paper.outcome === undefined) needs.push({ need: "outcome" });
  paper.matters.forEach((matter, index) => {
    if (matter.text.trim() === "" || matter.subtype === "") {
      needs.push({ need: "matter", at: index + 1 });
    }
  });
  if (reason !== undefined && reason.trim() === "") needs.push({ need: "reason" });
  return needs;
}

function clock(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * HOUR_MS + Number(match[2]) * MINUTE_MS;
}

/** Start and end on the day of the paper; an end before a late start is past midnight. */
export function paperTimes(
  paper: Pick<Paper, "date" | "starts" | "ends">,
): { startedAt: Instant; endedAt: Instant } | null {
  const starts = clock(paper.starts);
  const ends = clock(paper.ends);
  if (!isLocalDate(paper.date) || starts === null || ends === null) return null;
  const day = startOfLocalDay(paper.date);
  const overMidnight = ends < starts && starts >= 22 * HOUR_MS ? DAY_MS : 0;
  return { startedAt: day + starts, endedAt: day + ends + overMidnight };
}

/** The command that a filled-in paper stands for. What the outcome rules out is not sent. */
export function paperVisit(paper: Paper): RecordVisit | null {
  const times = paperTimes(paper);
  if (paper.placeId === undefined || paper.outcome === undefined || times === null) return null;
  const asks = asksFor(paper.outcome);
  const leaflets = Object.entries(paper.leaflets)
    .filter(([, quantity]) => quantity > 0)
    .map(([code, quantity]) => ({ code, quantity }));
  const note = paper.note.trim();
  return {
    placeId: paper.placeId,
    outcome: paper.outcome,
    ...times,
    team: paper.team,
    arranged: paper.arranged,
    ...(asks.spoke && paper.noticeGiven !== undefined ? { noticeGiven: paper.noticeGiven } : {}),
    ...(asks.spoke ? { idShown: paper.idShown } : {}),
    ...(asks.inside ? { entryConsent: paper.entryConsent } : {}),
    ...(asks.lastAttempt && paper.lastAttempt ? { lastAttempt: true } : {}),
    cardLeft: paper.cardLeft,
    ...(leaflets.length > 0 ? { leaflets } : {}),
    ...(asks.met && paper.topics.length > 0 ? { topics: paper.topics } : {}),
    ...(paper.companions.length > 0 ? { companions: paper.companions } : {}),
    ...(asks.spoke && paper.accessNeeds.length > 0 ? { accessNeeds: paper.accessNeeds } : {}),
    ...(note === "" ? {} : { note }),
    ...(paper.paperSlip.trim() === "" ? {} : { paperSlip: paper.paperSlip.trim() }),
    ...(paper.outsideBeatReason.trim() === ""
      ? {}
      : { outsideBeatReason: paper.outsideBeatReason.trim() }),
    ...(asks.met && paper.form ? { form: paper.form, answers: paper.answers } : {}),
    ...(paper.matters.length > 0 ? { matters: paper.matters.map(visitMatter) } : {}),
  };
}

function visitMatter(matter: PaperMatter): VisitMatter {
  const phone = matter.phone.trim();
  return {
    id: matter.id,
    kind: matter.kind,
    subtype: matter.subtype,
    text: matter.text.trim(),
    wantsAnswer: matter.wantsAnswer,
    ...(matter.wantsAnswer && phone !== ""
      ? { contact: { phone, consent: matter.consent, preference: "call" as const } }
      : {}),
  };
}

/** A paper that says what a recorded visit said, to be corrected. */
export function paperOf(
  visit: {
    readonly placeId: string;
    readonly outcome: ListedOutcome | Outcome;
    readonly visitedAt: Instant;
    readonly team: readonly { readonly id: string }[];
    readonly arranged: Arranged;
    readonly details: Readonly<Record<string, unknown>> | null;
  },
  memberId: string,
): Paper {
  const details = (visit.details ?? {}) as Partial<RecordVisit>;
  const day = localDate(visit.visitedAt);
  return {
    ...emptyPaper(memberId, day),
    placeId: visit.placeId,
    outcome: visit.outcome === "not_met" ? undefined : visit.outcome,
    starts: clockText(visit.visitedAt),
    ends: details.endedAt === undefined ? "" : clockText(details.endedAt),
    team: visit.team.map(({ id }) => id),
    arranged: visit.arranged,
    noticeGiven: details.noticeGiven,
    idShown: details.idShown ?? false,
    entryConsent: details.entryConsent ?? false,
    cardLeft: details.cardLeft ?? false,
    lastAttempt: details.lastAttempt ?? false,
    leaflets: Object.fromEntries(
      (details.leaflets ?? []).map(({ code, quantity }) => [code, quantity]),
    ),
    topics: details.topics ?? [],
    companions: details.companions ?? [],
    accessNeeds: details.accessNeeds ?? [],
    note: details.note ?? "",
    paperSlip: details.paperSlip ?? "",
    outsideBeatReason: details.outsideBeatReason ?? "",
    form: details.form,
    answers: details.answers ?? {},
  };
}

function clockText(instant: Instant): string {
  const { hour, minute } = localTime(instant);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
