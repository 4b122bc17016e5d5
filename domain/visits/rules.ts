/** What may be recorded of a knock at a door, and what the door remembers of it. */
import type { Id } from "../shared/id.ts";
import { DAY_MS, type Instant, localDate, MINUTE_MS } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { Finding } from "../privacy/terms.ts";
import { LIVING_STATUSES, VISITABLE_KINDS, type VisitableKind } from "../places/terms.ts";
import {
  addKnock,
  campaignAt,
  type FieldChange,
  forget,
  isQuiet,
  type Knock,
  ladderFinished,
  quietUntil,
  removeKnock,
  setField,
} from "./door.ts";
import {
  type CountedVisit,
  type DoorDelta,
  doorDelta,
  type DoorPlace,
  type VisitFact,
} from "./facts.ts";
import { checkAnswers, isExpired, isPhone } from "./form-answers.ts";
import type { FormDefinition } from "./form-definition.ts";
import {
  CORRECTABLE_DAYS,
  type CorrectVisit,
  type DoorState,
  MANY_LEAFLETS,
  MAX_AGE_DAYS,
  MAX_LEAFLETS,
  MAX_MATTER_TEXT,
  MAX_NOTE,
  MAX_TEAM,
  MAX_VISIT_MS,
  type NoteDoor,
  OUTCOME_MEANING,
  QUIET_MONTHS,
  type RecordVisit,
  type Visit,
  type VisitDetails,
  type VisitMatter,
  type VisitRefusal,
  type VisitWarning,
} from "./terms.ts";
import { isUnusualHour, timeModeOf } from "./times.ts";

/** A place as the rules need it. */
export interface VisitPlace {
  readonly id: Id;
  readonly kind: string;
  readonly status: string;
  readonly buildingId: Id;
  readonly communityId: Id | null;
  readonly stationId: Id;
  readonly beatId: Id | null;
}

/** All that the rules need to know beside the door and the command. Pure: the caller brings it. */
export interface VisitContext {
  /** Id of the command; the visit's id. */
  readonly id: Id;
  readonly now: Instant;
  /** The device's clock when the officer confirmed, and the same moment by the server's clock. */
  readonly at: Instant;
  readonly correctedAt: Instant;
  /** Entered at a desk: times are as written on the paper, the author need not have been there. */
  readonly atDesk: boolean;
  /** Version of the door that the officer was looking at, as last pulled from the server. */
  readonly base: number | null;
  readonly author: Id;
  /** Beats to which the author is posted; `all` when the posting is to a station or the bureau. */
  readonly beatIds: readonly Id[] | "all";
  readonly place: VisitPlace | undefined;
  /** A member of the bureau, or undefined. */
  member(id: Id): { readonly sworn: boolean } | undefined;
  /** Open campaigns that a visit to this place at this time counts for (campaigns/rules.ts). */
  campaignsAt(place: VisitPlace, at: Instant): readonly Id[];
  /** Campaigns that still take late visits. */
  readonly alive: ReadonlySet<Id>;
  /** Leaflets that open campaigns hand out; null where that isn't known. */
  readonly leafletCodes: ReadonlySet<string> | null;
  form(code: string, version: number): FormDefinition | undefined;
  /** The note detector (privacy/inspect.ts): what in a text should not stand there. */
  inspect(text: string): readonly Finding[];
  /** Whether one of the campaigns has an approved sampling plan. */
  samplingPlan(campaignIds: readonly Id[]): boolean;
}

export interface Recorded {
  readonly visit: Visit;
  readonly door: DoorState;
  readonly warnings: readonly VisitWarning[];
  readonly fact: VisitFact;
}

type Answer<T> = Result<T, VisitRefusal>;

/**
 * Records one knock. Accepts a place, a team and an outcome alone: no personal datum is required.
 *
 * A visit that was made before its officer could know of the resident's wish for no visits, or of
 * an end in this campaign, is kept and marked `unaware`: what happened is not lost. Whoever knew is
 * refused `do-not-visit` or `ended-in-campaign`, unless the resident asked.
 *
 * Source: domain.md §3.1, §3.2.
 */
export function record(
  door: DoorState,
  command: RecordVisit,
  context: VisitContext,
): Answer<Recorded> {
  const judged = judge(door, command, context, null);
  if (!judged.ok) return judged;
  const { visit, after, warnings } = judged.value;
  return accept({
    visit,
    door: forget(after, context.now, context.alive),
    warnings,
    fact: factOf(visit, command, after, [doorDelta(placeOf(visit), door, after)], null),
  });
}

/** A visit that the rules allow, and the door with it: nothing forgotten yet, so that it compares. */
interface Judged {
  readonly visit: Visit;
  readonly after: DoorState;
  readonly warnings: readonly VisitWarning[];
}

function judge(
  door: DoorState,
  command: RecordVisit,
  context: VisitContext,
  correction: { readonly original: Visit; readonly reason: string } | null,
): Answer<Judged> {
  const place = visitablePlace(context.place);
  if (!place.ok) return place;
  const team = checkTeam(command, context, correction !== null);
  if (team !== null) return team;
  if (outsideBeat(place.value, context) && (command.outsideBeatReason ?? "").trim() === "") {
    return refuse("outside-beat");
  }
  const times = timesOf(command, context);
  if (!times.ok) return times;
  const { visitedAt, endedAt } = times.value;
  const meaning = OUTCOME_MEANING[command.outcome];
  const findings = textsOf(command).flatMap((text) => context.inspect(text));
  const refusal =
    checkOutcome(command) ??
    checkTexts(command, findings) ??
    checkLeaflets(command, context) ??
    checkMatters(command.matters ?? []) ??
    checkForm(command, place.value, visitedAt, context);
  if (refusal !== null) return refusal;

  const campaignIds = context.campaignsAt(place.value, visitedAt);
  const wish =
    correction === null
      ? checkWishes(door, command, campaignIds, visitedAt, context)
      : accept({ unaware: correction.original.unaware });
  if (!wish.ok) return wish;

  const knock: Knock = {
    id: context.id,
    at: visitedAt,
    trace: meaning.trace,
    campaignIds,
    cardLeft: command.cardLeft ?? false,
    last: command.lastAttempt ?? false,
  };
  const knocked = addKnock(door, knock);
  const fields = withFields(knocked, command, visitedAt, context);
  if (!fields.ok) return fields;
  const after = fields.value;
  const attempts = (id: Id): number => campaignAt(after, id)?.attempts ?? 0;
  const [firstCampaign] = campaignIds;

  const visit: Visit = {
    id: context.id,
    placeId: place.value.id,
    placeKind: place.value.kind,
    buildingId: place.value.buildingId,
    communityId: place.value.communityId,
    stationId: place.value.stationId,
    beatId: place.value.beatId,
    campaignIds,
    memberId: context.author,
    team: command.team,
    outcome: command.outcome,
    contact: meaning.contact,
    completed: meaning.completed,
    visitedAt,
    endedAt,
    deviceAt: command.startedAt,
    receivedAt: context.now,
    timeMode: timeModeOf(visitedAt),
    arranged: command.arranged ?? "none",
    attemptNo: firstCampaign === undefined ? after.outside.attempts : attempts(firstCampaign),
    corrects: correction?.original.id ?? null,
    correctionReason: correction?.reason ?? null,
    unaware: wish.value.unaware,
    details: detailsOf(command),
  };
  return accept({
    visit,
    after,
    warnings: warningsOf(command, visit, after, times.value, findings, context),
  });
}

// -- place, team, time ----------------------------------------------------------------------------

type VisitablePlace = VisitPlace & { readonly kind: VisitableKind };

function visitablePlace(place: VisitPlace | undefined): Answer<VisitablePlace> {
  if (place === undefined) return refuse("place-unknown");
  if (!isVisitable(place)) return refuse("place-not-visitable");
  return LIVING_STATUSES.some((status) => status === place.status)
    ? accept(place)
    : refuse("place-cancelled");
}

function isVisitable(place: VisitPlace): place is VisitablePlace {
  return VISITABLE_KINDS.some((kind) => kind === place.kind);
}

type No = ReturnType<typeof refuse<VisitRefusal>> | null;

/** At least one sworn officer, four members at most, the author among them (domain.md §3.1, §3.2). */
function checkTeam({ team }: RecordVisit, context: VisitContext, isCorrection: boolean): No {
  if (team.length === 0) return refuse("team-missing");
  if (team.length > MAX_TEAM) return refuse("team-too-large", { max: MAX_TEAM });
  if (new Set(team).size < team.length) return refuse("team-repeated");
  if (!context.atDesk && !isCorrection && !team.includes(context.author)) {
    return refuse("author-not-in-team");
  }
  let sworn = false;
  for (const id of team) {
    const member = context.member(id);
    if (member === undefined) return refuse("team-member-unknown");
    sworn ||= member.sworn;
  }
  return sworn ? null : refuse("auxiliary-alone");
}

function outsideBeat(place: VisitPlace, { beatIds }: VisitContext): boolean {
  return beatIds !== "all" && (place.beatId === null || !beatIds.includes(place.beatId));
}

interface Times {
  readonly visitedAt: Instant;
  readonly endedAt: Instant;
  /** How far the device's clock was off. */
  readonly skewMs: number;
}

/** A desk's clock and a paper's may differ by this much without being in the future. */
const TOLERANCE_MS = 15 * MINUTE_MS;

/**
 * When the visit was, by the server's clock. A phone's clock may be years off, so its times are
 * shifted by its error; what then still lies in the future (the clock was set in between) is put at
 * the moment of confirmation. A paper's times are taken as written, so they must be possible.
 */
function timesOf(command: RecordVisit, context: VisitContext): Answer<Times> {
  const { startedAt, endedAt } = command;
  if (endedAt < startedAt) return refuse("time-reversed");
  if (endedAt - startedAt > MAX_VISIT_MS) return refuse("visit-too-long");
  const skewMs = context.atDesk ? 0 : context.correctedAt - context.at;
  if (context.atDesk && endedAt > context.now + TOLERANCE_MS) return refuse("time-in-future");
  const latest = Math.min(context.now, context.atDesk ? context.now : context.correctedAt);
  const visitedAt = Math.min(startedAt + skewMs, latest);
  if (visitedAt < context.now - MAX_AGE_DAYS * DAY_MS) {
    return refuse("time-too-old", { days: MAX_AGE_DAYS });
  }
  return accept({
    visitedAt,
    endedAt: Math.max(visitedAt, Math.min(endedAt + skewMs, latest)),
    skewMs,
  });
}

// -- what came of it ------------------------------------------------------------------------------

function checkOutcome(command: RecordVisit): No {
  const { outcome } = command;
  const { completed, contact, spoke } = OUTCOME_MEANING[outcome];
  if (outcome === "completed_inside" && command.entryConsent !== true) {
    return refuse("entry-consent-missing");
  }
  if (completed && command.idShown !== true) return refuse("id-not-shown");
  if (spoke && command.noticeGiven === undefined) return refuse("notice-missing");
  if (!contact && (command.entryConsent === true || command.idShown === true)) {
    return refuse("contact-claimed");
  }
  if (!spoke && (command.occupancy !== undefined || command.knowsOfficer !== undefined)) {
    return refuse("contact-claimed");
  }
  if (command.lastAttempt === true && command.cardLeft !== true) return refuse("card-not-left");
  if (command.appointment !== undefined && command.appointment.to <= command.appointment.from) {
    return refuse("appointment-reversed");
  }
  if (
    command.purpose === "scheduled_inspection_ref" &&
    (command.inspectionRef ?? "").trim() === ""
  ) {
    return refuse("inspection-ref-missing");
  }
  return null;
}

function checkTexts({ note: text = "" }: RecordVisit, findings: readonly Finding[]): No {
  if (text.length > MAX_NOTE) return refuse("note-too-long", { max: MAX_NOTE });
  return findings.some(isForbidden) ? refuse("text-forbidden") : null;
}

/** An identity number is never taken at a door: such a text is refused, others only warned of. */
function isForbidden({ kind }: Finding): boolean {
  return kind === "id_number";
}

/** The value of an option, not something that somebody wrote. */
const OPTION = /^[a-z][a-z0-9_]*$/;

function textsOf(command: RecordVisit): string[] {
  return [
    command.note,
    command.outsideBeatReason,
    command.inspectionRef,
    command.paperSlip,
    ...Object.values(command.answers ?? {}).filter(
      (answer) => typeof answer === "string" && !OPTION.test(answer),
    ),
    ...(command.matters ?? []).flatMap(({ text, contact }) => [text, contact?.salutation]),
  ].filter((text) => typeof text === "string");
}

function checkLeaflets({ leaflets = [] }: RecordVisit, { leafletCodes }: VisitContext): No {
  if (new Set(leaflets.map(({ code }) => code)).size < leaflets.length) {
    return refuse("leaflet-repeated");
  }
  for (const { code, quantity } of leaflets) {
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > MAX_LEAFLETS) {
      return refuse("leaflet-quantity", { max: MAX_LEAFLETS });
    }
    if (leafletCodes !== null && !leafletCodes.has(code)) {
      return refuse("leaflet-unknown", { leaflet: code });
    }
  }
  return null;
}

/** A phone is kept only for an answer that is wanted, and only with consent (domain.md §3.3, A2). */
function checkMatters(matters: readonly VisitMatter[]): No {
  if (new Set(matters.map(({ id }) => id)).size < matters.length) return refuse("matter-repeated");
  for (const { text, wantsAnswer, contact } of matters) {
    if (text.trim() === "") return refuse("matter-empty");
    if (text.length > MAX_MATTER_TEXT) return refuse("matter-too-long", { max: MAX_MATTER_TEXT });
    if (contact?.phone === undefined) continue;
    if (!wantsAnswer) return refuse("contact-without-purpose");
    if (!contact.consent) return refuse("contact-without-consent");
    if (!isPhone(contact.phone)) return refuse("phone-invalid");
  }
  return null;
}

function checkForm(
  command: RecordVisit,
  place: VisitPlace,
  visitedAt: Instant,
  context: VisitContext,
): No {
  const answers = command.answers ?? {};
  if (command.form === undefined) {
    return Object.keys(answers).length === 0 ? null : refuse("answers-without-form");
  }
  const { code, version } = command.form;
  const form = context.form(code, version);
  if (form === undefined) return refuse("form-unknown", { form: code, version });
  if (isExpired(form, localDate(visitedAt))) {
    return refuse("form-expired", { form: code, expired: form.marks.expiresOn });
  }
  if (!form.placeKinds.includes(place.kind)) return refuse("form-unsuitable", { form: code });
  if (!OUTCOME_MEANING[command.outcome].spoke) {
    return Object.keys(answers).length === 0 ? null : refuse("contact-claimed");
  }
  // Who refused has answered nothing; a form is filled in only with a completed visit.
  if (!OUTCOME_MEANING[command.outcome].completed && Object.keys(answers).length === 0) return null;
  const checked = checkAnswers(form, answers, {
    samplingPlan: context.samplingPlan(context.campaignsAt(place, visitedAt)),
    wantsAnswer: (command.matters ?? []).some(({ wantsAnswer }) => wantsAnswer),
  });
  return checked.ok ? null : checked;
}

// -- the resident's wishes ------------------------------------------------------------------------

/**
 * Whether the resident's wishes allow this knock. They bind whoever could know of them: the door's
 * version that the officer had seen tells it, or, from paper, the time of the visit.
 */
function checkWishes(
  door: DoorState,
  command: RecordVisit,
  campaignIds: readonly Id[],
  visitedAt: Instant,
  context: VisitContext,
): Answer<{ unaware: boolean }> {
  const arranged = command.arranged ?? "none";
  const asked = arranged === "resident_request" || arranged === "qr_request";
  const wish = door.quietUntil;
  if (wish !== undefined && isQuiet(door, visitedAt) && !asked) {
    const knew = couldKnow(wish.version, wish.at, visitedAt, context.base);
    return knew ? refuse("do-not-visit") : accept({ unaware: true });
  }
  const ended = campaignIds
    .map((id) => campaignAt(door, id))
    .find((campaign) => (campaign?.ended ?? 0) > 0);
  if (ended !== undefined && arranged === "none") {
    const knew = couldKnow(
      ended.endedVersion ?? door.version,
      ended.endedAt ?? 0,
      visitedAt,
      context.base,
    );
    return knew ? refuse("ended-in-campaign") : accept({ unaware: true });
  }
  return accept({ unaware: false });
}

function couldKnow(
  version: number,
  since: Instant,
  visitedAt: Instant,
  base: number | null,
): boolean {
  return base === null ? visitedAt >= since : base >= version;
}

/** Fields of the door that a visit sets by itself. */
function withFields(
  door: DoorState,
  command: RecordVisit,
  visitedAt: Instant,
  context: VisitContext,
): Answer<DoorState> {
  let after = door;
  const change = <T>(value: T | null): FieldChange<T> => ({
    value,
    base: context.base,
    at: visitedAt,
    by: context.author,
  });
  if (command.appointment !== undefined) {
    const appointment = setField(after.appointment, change(command.appointment), after.version);
    if (appointment === undefined) return refuse("too-many-versions", { field: "appointment" });
    after = { ...after, appointment };
  } else if (
    OUTCOME_MEANING[command.outcome].completed &&
    after.appointment?.value != null &&
    visitedAt >= after.appointment.value.from - DAY_MS
  ) {
    // Kept: the resident was met.
    after = {
      ...after,
      appointment: { value: null, version: after.version, at: visitedAt, by: context.author },
    };
  }
  if (command.outcome === "asked_not_to_visit") {
    after = {
      ...after,
      quietUntil: {
        value: Math.max(after.quietUntil?.value ?? 0, quietUntil(visitedAt, QUIET_MONTHS)),
        version: after.version,
        at: visitedAt,
        by: context.author,
      },
    };
  }
  return accept(after);
}

// -- what is kept, told and warned of -------------------------------------------------------------

function detailsOf(command: RecordVisit): VisitDetails {
  const {
    noticeGiven,
    idShown,
    entryConsent,
    cardLeft,
    leaflets,
    topics,
    companions,
    accessNeeds,
    note,
    form,
    answers,
    appointment,
    lastAttempt,
    outsideBeatReason,
    purpose,
    inspectionRef,
    plateScanned,
    paperSlip,
    matters,
  } = command;
  const details = {
    noticeGiven,
    idShown,
    entryConsent,
    cardLeft,
    leaflets,
    topics,
    companions,
    accessNeeds,
    note,
    form,
    answers,
    appointment,
    lastAttempt,
    outsideBeatReason,
    purpose,
    inspectionRef,
    plateScanned,
    paperSlip,
    matterIds: matters?.map(({ id }) => id),
  };
  return Object.fromEntries(
    Object.entries(details).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;

function warningsOf(
  command: RecordVisit,
  visit: Visit,
  door: DoorState,
  times: Times,
  findings: readonly Finding[],
  context: VisitContext,
): VisitWarning[] {
  const warnings: VisitWarning[] = [];
  if ((command.leaflets ?? []).some(({ quantity }) => quantity > MANY_LEAFLETS)) {
    warnings.push("many-leaflets");
  }
  if (isUnusualHour(visit.visitedAt) && visit.arranged === "none") warnings.push("unusual-hour");
  if (
    command.lastAttempt === true &&
    !visit.campaignIds.every((id) => ladderFinished(campaignAt(door, id)))
  ) {
    warnings.push("ladder-not-finished");
  }
  if (findings.length > 0) warnings.push("text-suspicious");
  if (!context.atDesk && Math.abs(times.skewMs) > CLOCK_TOLERANCE_MS) warnings.push("clock-wrong");
  if (visit.unaware) warnings.push("unaware-of-wish");
  return warnings;
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

function factOf(
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

// -- correction -----------------------------------------------------------------------------------

export interface CorrectionContext extends VisitContext {
  /** The record that is to be corrected; undefined when there is none that this session may see. */
  readonly original: Visit | undefined;
  /** It was corrected already: by which record. */
  readonly correctedBy: Id | null;
  /** A leader of the station may correct what others recorded. */
  readonly mayCorrectOthers: boolean;
}

export interface Corrected extends Recorded {
  /** The door of the original, when the correction moved the visit to another one. */
  readonly leftDoor: { readonly placeId: Id; readonly door: DoorState } | null;
}

/** How the door counted a visit. */
export function knockOf(visit: Visit): Knock {
  return {
    id: visit.id,
    at: visit.visitedAt,
    trace: OUTCOME_MEANING[visit.outcome].trace,
    campaignIds: visit.campaignIds,
    cardLeft: visit.details.cardLeft ?? false,
    last: visit.details.lastAttempt ?? false,
  };
}

/**
 * A new record that stands for an older one: both are kept, the door counts the new one alone.
 *
 * `door` is the door of the corrected visit, `leftDoor` that of the original when they differ.
 * Refuses a second correction of the same record (`visit-already-corrected`): the newest record is
 * the one to correct.
 */
export function correct(
  door: DoorState,
  leftDoor: DoorState | null,
  command: CorrectVisit,
  context: CorrectionContext,
): Answer<Corrected> {
  const { original } = context;
  if (original === undefined) return refuse("visit-unknown");
  if (context.correctedBy !== null) return refuse("visit-already-corrected");
  if (!original.team.includes(context.author) && !context.mayCorrectOthers) {
    if (original.memberId !== context.author) return refuse("not-your-visit");
  }
  if (original.receivedAt < context.now - CORRECTABLE_DAYS * DAY_MS) {
    return refuse("correction-too-late", { days: CORRECTABLE_DAYS });
  }
  const reason = command.reason.trim();
  if (reason === "") return refuse("correction-reason-missing");
  if (context.inspect(reason).some(isForbidden)) return refuse("text-forbidden");

  const moved = original.placeId !== command.visit.placeId;
  const source = moved ? (leftDoor ?? door) : door;
  const without = withoutVisit(source, original);
  const judged = judge(
    moved ? door : without,
    command.visit,
    withTimesOf(original, command.visit, context),
    { original, reason },
  );
  if (!judged.ok) return judged;
  const { visit, after, warnings } = judged.value;
  const doors = moved
    ? [doorDelta(placeOf(visit), door, after), doorDelta(placeOf(original), source, without)]
    : [doorDelta(placeOf(visit), source, after)];
  return accept({
    visit,
    door: forget(after, context.now, context.alive),
    leftDoor: moved
      ? { placeId: original.placeId, door: forget(without, context.now, context.alive) }
      : null,
    warnings,
    fact: factOf(visit, command.visit, after, doors, countedOf(original)),
  });
}

/** A correction that leaves the start as it was keeps the time found for it, whatever clock it uses. */
function withTimesOf<C extends VisitContext>(original: Visit, command: RecordVisit, context: C): C {
  if (command.startedAt !== original.deviceAt) return context;
  const skewMs = original.visitedAt - original.deviceAt;
  return { ...context, atDesk: false, at: context.now - skewMs, correctedAt: context.now };
}

/** The door without a visit, and without the wish that this very visit had noted. */
function withoutVisit(door: DoorState, original: Visit): DoorState {
  const without = removeKnock(door, knockOf(original));
  const { quietUntil: wish, ...rest } = without;
  const ownWish =
    original.outcome === "asked_not_to_visit" &&
    wish?.at === original.visitedAt &&
    wish.by === original.memberId;
  return ownWish ? rest : without;
}

// -- notes on the door ----------------------------------------------------------------------------

export interface NoteContext {
  readonly now: Instant;
  readonly correctedAt: Instant;
  readonly base: number | null;
  readonly author: Id;
  readonly place: VisitPlace | undefined;
  inspect(text: string): readonly Finding[];
}

export interface Noted {
  readonly door: DoorState;
  readonly delta: DoorDelta;
}

/** Longest hint how to get in ("press 101#"); never a code or a password. */
export const MAX_HINT = 100;

/**
 * Sets fields of a door. Two officers who did not know of each other's change both keep their words:
 * see `setField`. The wish for no visits is stronger than its absence: only somebody who had seen it
 * can take it back, at the resident's own request.
 */
export function note(door: DoorState, command: NoteDoor, context: NoteContext): Answer<Noted> {
  const place = visitablePlace(context.place);
  if (!place.ok) return place;
  const { accessHint, appointment, doNotVisit, occupancy } = command;
  if (
    accessHint === undefined &&
    appointment === undefined &&
    doNotVisit === undefined &&
    occupancy === undefined
  ) {
    return refuse("nothing-to-note");
  }
  if (typeof accessHint === "string") {
    if (accessHint.length > MAX_HINT) return refuse("note-too-long", { max: MAX_HINT });
    if (context.inspect(accessHint).some(isForbidden)) return refuse("text-forbidden");
  }
  if (appointment != null && appointment.to <= appointment.from) {
    return refuse("appointment-reversed");
  }
  const at = Math.min(context.correctedAt, context.now);
  const version = door.version + 1;
  const change = <T>(value: T | null): FieldChange<T> => ({
    value,
    base: context.base,
    at,
    by: context.author,
  });
  let after: DoorState = { ...door, version };
  if (accessHint !== undefined) {
    const field = setField(door.accessHint, change(accessHint), version);
    if (field === undefined) return refuse("too-many-versions", { field: "accessHint" });
    after = { ...after, accessHint: field };
  }
  if (appointment !== undefined) {
    const field = setField(door.appointment, change(appointment), version);
    if (field === undefined) return refuse("too-many-versions", { field: "appointment" });
    after = { ...after, appointment: field };
  }
  if (doNotVisit !== undefined) after = withWish(after, door, doNotVisit, at, context);
  const { id, kind, buildingId, communityId, stationId, beatId } = place.value;
  return accept({
    door: after,
    delta: doorDelta(
      { placeId: id, placeKind: kind, buildingId, communityId, stationId, beatId },
      door,
      after,
    ),
  });
}

function withWish(
  after: DoorState,
  door: DoorState,
  doNotVisit: boolean,
  at: Instant,
  { base, author }: NoteContext,
): DoorState {
  const wish = door.quietUntil;
  if (doNotVisit) {
    const until = Math.max(wish?.value ?? 0, quietUntil(at, QUIET_MONTHS));
    return { ...after, quietUntil: { value: until, version: after.version, at, by: author } };
  }
  const seen = wish !== undefined && (base === null || base >= wish.version || wish.by === author);
  return seen
    ? { ...after, quietUntil: { value: null, version: after.version, at, by: author } }
    : after;
}

/** The wish ran out: 24 months after the resident expressed it. Undefined when it still holds. */
export function expireWish(door: DoorState, now: Instant): DoorState | undefined {
  const wish = door.quietUntil;
  if (wish === undefined || wish.value === null || wish.value > now) return undefined;
  const { quietUntil: _ended, ...rest } = door;
  return { ...rest, version: door.version + 1 };
}
