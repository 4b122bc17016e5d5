/** What a record of a visit must hold: team, times, outcome, texts, leaflets, matters and form. */
import { DAY_MS, type Instant, localDate, MINUTE_MS } from "../shared/instant.ts";
import { contactRefusal } from "../shared/contact.ts";
import { accept, refuse } from "../shared/result.ts";
import { type Finding, isForbidden } from "../privacy/terms.ts";
import { type Answer, type No, type VisitContext, type VisitPlace } from "./context.ts";
import { checkAnswers, isExpired } from "./form-answers.ts";
import {
  MAX_AGE_DAYS,
  MAX_LEAFLETS,
  MAX_MATTER_TEXT,
  MAX_NOTE,
  MAX_TEAM,
  MAX_VISIT_MS,
  OUTCOME_MEANING,
  type RecordVisit,
  type VisitMatter,
} from "./terms.ts";

/** At least one sworn officer, four members at most, the author among them (domain.md §3.1, §3.2). */
export function checkTeam({ team }: RecordVisit, context: VisitContext, isCorrection: boolean): No {
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

export function outsideBeat(place: VisitPlace, { beatIds }: VisitContext): boolean {
  return beatIds !== "all" && (place.beatId === null || !beatIds.includes(place.beatId));
}

export interface Times {
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
export function timesOf(command: RecordVisit, context: VisitContext): Answer<Times> {
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

export function checkOutcome(command: RecordVisit): No {
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

export function checkTexts({ note: text = "" }: RecordVisit, findings: readonly Finding[]): No {
  if (text.length > MAX_NOTE) return refuse("note-too-long", { max: MAX_NOTE });
  return findings.some(isForbidden) ? refuse("text-forbidden") : null;
}

/** The value of an option, not something that somebody wrote. */
const OPTION = /^[a-z][a-z0-9_]*$/;

export function textsOf(command: RecordVisit): string[] {
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

export function checkLeaflets({ leaflets = [] }: RecordVisit, { leafletCodes }: VisitContext): No {
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

/** What was heard has words, and a contact only where it may be kept. */
export function checkMatters(matters: readonly VisitMatter[]): No {
  if (new Set(matters.map(({ id }) => id)).size < matters.length) return refuse("matter-repeated");
  for (const { text, wantsAnswer, contact } of matters) {
    if (text.trim() === "") return refuse("matter-empty");
    if (text.length > MAX_MATTER_TEXT) return refuse("matter-too-long", { max: MAX_MATTER_TEXT });
    const refusal = contact === undefined ? null : contactRefusal(contact, wantsAnswer);
    if (refusal !== null) return refuse(refusal);
  }
  return null;
}

export function checkForm(
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
