/** A paper form, as it is typed at the desk, and the command that it stands for. */
import type { HazardGrade } from "@wanjia/domain/matters/terms";
import {
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
  type Appointment,
  type Arranged,
  type Companion,
  type CorrectedVisit,
  type KnowsOfficer,
  type NoticeGiven,
  type Occupancy,
  type Outcome,
  type Purpose,
  type RecordVisit,
  type Topic,
  type VisitMatter,
  type VisitMatterKind,
} from "@wanjia/domain/visits/terms";

export interface PaperMatter {
  readonly id: string;
  readonly kind: VisitMatterKind;
  readonly subtype: string;
  /** Sent for a hazard alone. */
  readonly grade: HazardGrade;
  readonly text: string;
  readonly wantsAnswer: boolean;
  readonly phone: string;
  readonly consent: boolean;
}

/** What is typed from a paper form. Times are the clock on the paper, in Asia/Shanghai. */
export interface Paper {
  readonly placeId: string | undefined;
  /** Being corrected by somebody who was not there and doesn't see what came of it. */
  readonly unseen: boolean;
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
  readonly appointment: { readonly date: string; readonly starts: string; readonly ends: string };
  readonly occupancy: Occupancy | undefined;
  readonly knowsOfficer: KnowsOfficer | undefined;
  readonly purpose: Purpose;
  readonly inspectionRef: string;
  readonly form: { readonly code: string; readonly version: number } | undefined;
  readonly answers: Answers;
  readonly matters: readonly PaperMatter[];
}

/** What each part of the screen draws and changes. */
export interface PaperProps {
  paper: Paper;
  change: (part: Partial<Paper>) => void;
}

const NO_TIME = { date: "", starts: "", ends: "" };

export function emptyPaper(memberId: string, today: LocalDate): Paper {
  return {
    placeId: undefined,
    unseen: false,
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
    appointment: NO_TIME,
    occupancy: undefined,
    knowsOfficer: undefined,
    purpose: "service",
    inspectionRef: "",
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
  /** Anything at all came of it, as far as is known here. */
  what: boolean;
  spoke: boolean;
  met: boolean;
  inside: boolean;
  lastAttempt: boolean;
} {
  if (outcome === undefined) {
    return { what: false, spoke: false, met: false, inside: false, lastAttempt: false };
  }
  const meaning = OUTCOME_MEANING[outcome];
  return {
    what: true,
    spoke: meaning.spoke,
    met: meaning.completed,
    inside: outcome === "completed_inside",
    lastAttempt: outcome === "no_answer",
  };
}

export type PaperNeed =
  | { readonly need: "place" | "outcome" | "team" | "time" | "order" | "reason" | "appointment" }
  | { readonly need: "matter"; readonly at: number };

/** What is missing before it can be sent at all; the rules of visits are the server's to say. */
export function paperNeeds(paper: Paper, reason?: string): PaperNeed[] {
  const needs: PaperNeed[] = [];
  if (paper.placeId === undefined) needs.push({ need: "place" });
  const times = paperTimes(keepsOutcome(paper) ? { ...paper, ends: paper.starts } : paper);
  if (times === null) needs.push({ need: "time" });
  else if (times.endedAt < times.startedAt) needs.push({ need: "order" });
  if (paper.team.length === 0) needs.push({ need: "team" });
  if (paper.outcome === undefined && !paper.unseen) needs.push({ need: "outcome" });
  const { date, starts, ends } = paper.appointment;
  const named = [date, starts, ends].filter((part) => part !== "").length;
  if (asksFor(paper.outcome).spoke && named > 0 && appointmentOf(paper) === undefined) {
    needs.push({ need: "appointment" });
  }
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

function appointmentOf({ appointment }: Paper): Appointment | undefined {
  const times = paperTimes(appointment);
  return times === null ? undefined : { from: times.startedAt, to: times.endedAt };
}

/** What came of it stays as it was recorded. */
function keepsOutcome(paper: Paper): boolean {
  return paper.unseen && paper.outcome === undefined;
}

/** The correction that a paper stands for: without an outcome where it isn't seen and not changed. */
export function correctedPaper(paper: Paper): CorrectedVisit | null {
  if (!keepsOutcome(paper)) return paperVisit(paper);
  const times = paperTimes({ ...paper, ends: paper.ends === "" ? paper.starts : paper.ends });
  if (paper.placeId === undefined || times === null) return null;
  const note = paper.note.trim();
  return {
    placeId: paper.placeId,
    startedAt: times.startedAt,
    ...(paper.ends === "" ? {} : { endedAt: times.endedAt }),
    team: paper.team,
    arranged: paper.arranged,
    ...(paper.companions.length > 0 ? { companions: paper.companions } : {}),
    ...(note === "" ? {} : { note }),
    ...slips(paper),
  };
}

function slips({ paperSlip, outsideBeatReason }: Paper) {
  const slip = paperSlip.trim();
  const reason = outsideBeatReason.trim();
  return {
    ...(slip === "" ? {} : { paperSlip: slip }),
    ...(reason === "" ? {} : { outsideBeatReason: reason }),
  };
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
  const appointment = appointmentOf(paper);
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
    ...slips(paper),
    ...(asks.spoke && appointment !== undefined ? { appointment } : {}),
    ...(asks.spoke && paper.occupancy !== undefined ? { occupancy: paper.occupancy } : {}),
    ...(asks.spoke && paper.knowsOfficer !== undefined ? { knowsOfficer: paper.knowsOfficer } : {}),
    ...(paper.purpose === "service"
      ? {}
      : { purpose: paper.purpose, inspectionRef: paper.inspectionRef.trim() }),
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
    ...(matter.kind === "hazard" ? { grade: matter.grade } : {}),
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
    unseen: visit.outcome === "not_met",
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
    appointment:
      details.appointment === undefined
        ? NO_TIME
        : {
            date: localDate(details.appointment.from),
            starts: clockText(details.appointment.from),
            ends: clockText(details.appointment.to),
          },
    purpose: details.purpose ?? "service",
    inspectionRef: details.inspectionRef ?? "",
    form: details.form,
    answers: details.answers ?? {},
  };
}

function clockText(instant: Instant): string {
  const { hour, minute } = localTime(instant);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
