/** A visit being filled in: what the form screen changes, and the command that comes of it. */
import type { HazardGrade } from "@wanjia/domain/matters/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import type { Finding } from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import { isAsked } from "@wanjia/domain/visits/form-answers";
import type { FormDefinition, Question, Section } from "@wanjia/domain/visits/form-definition";
import {
  type AccessNeed,
  type Answers,
  type AnswerValue,
  type Arranged,
  type Companion,
  type ContactPreference,
  type KnowsOfficer,
  type MatterContact,
  type NoticeGiven,
  type Occupancy,
  type Outcome,
  type RecordVisit,
  type Topic,
  type VisitMatter,
  type VisitMatterKind,
  VISIT_MATTER_KINDS,
} from "@wanjia/domain/visits/terms";

export type DraftMatter = {
  readonly id: Id;
  readonly kind: VisitMatterKind;
  readonly subtype: string;
  readonly text: string;
  /** Of a hazard: in the building's common parts, or in the home at the resident's request. */
  readonly common: boolean;
  /** Of a hazard. */
  readonly grade: HazardGrade;
  readonly wantsAnswer: boolean;
  /** Of the receipt that was handed over for it. */
  readonly look?: string;
};

export type VisitDraft = {
  readonly placeId: Id;
  readonly startedAt: Instant;
  readonly outcome: Outcome;
  readonly arranged: Arranged;
  readonly idShown: boolean;
  readonly noticeGiven: NoticeGiven | null;
  readonly entryConsent: boolean;
  readonly cardLeft: boolean;
  readonly leaflets: Readonly<Record<string, number>>;
  readonly topics: readonly Topic[];
  readonly companions: readonly Companion[];
  readonly accessNeeds: readonly AccessNeed[];
  readonly note: string;
  readonly team: readonly Id[];
  /** By question key, whatever becomes of it. */
  readonly values: Answers;
  readonly matters: readonly DraftMatter[];
  readonly consent: boolean;
  readonly corrects: Id | null;
  readonly replaces: Id | null;
  readonly reason: string;
};

export function newDraft(placeId: Id, team: readonly Id[], now: Instant): VisitDraft {
  return {
    placeId,
    startedAt: now,
    outcome: "completed_doorstep",
    arranged: "none",
    idShown: false,
    noticeGiven: null,
    entryConsent: false,
    cardLeft: false,
    leaflets: {},
    topics: [],
    companions: [],
    accessNeeds: [],
    note: "",
    team,
    values: {},
    matters: [],
    consent: false,
    corrects: null,
    replaces: null,
    reason: "",
  };
}

/** A draft that says what a recorded visit said: to correct it, or to mend what was refused. */
export function draftOf(visit: RecordVisit, form: FormDefinition | null): VisitDraft {
  const contact = visit.matters?.find((matter) => matter.contact)?.contact;
  const homes: Record<string, AnswerValue | undefined> = {
    occupancy: visit.occupancy,
    tally: visit.knowsOfficer,
    topics: visit.topics,
  };
  const values: Record<string, AnswerValue> = { ...visit.answers };
  for (const { questions } of form?.sections ?? []) {
    for (const { key, store } of questions) {
      const value = store === "matter_contact" ? contactValue(key, contact) : homes[store];
      if (value !== undefined) values[key] = value;
    }
  }
  return {
    ...newDraft(visit.placeId, visit.team, visit.startedAt),
    outcome: visit.outcome,
    arranged: visit.arranged ?? "none",
    idShown: visit.idShown ?? false,
    noticeGiven: visit.noticeGiven ?? null,
    entryConsent: visit.entryConsent ?? false,
    cardLeft: visit.cardLeft ?? false,
    leaflets: Object.fromEntries(
      (visit.leaflets ?? []).map(({ code, quantity }) => [code, quantity]),
    ),
    topics: visit.topics ?? [],
    companions: visit.companions ?? [],
    accessNeeds: visit.accessNeeds ?? [],
    note: visit.note ?? "",
    values,
    matters: (visit.matters ?? []).map(
      ({ id, kind, subtype, text, grade, placeId, wantsAnswer, look }) => ({
        id,
        kind,
        subtype,
        text,
        common: placeId !== undefined && placeId !== visit.placeId,
        grade: grade ?? "ordinary",
        wantsAnswer,
        ...(look ? { look } : {}),
      }),
    ),
    consent: contact?.consent ?? false,
  };
}

function contactValue(key: string, contact: MatterContact | undefined): string | undefined {
  if (key === "contact_salutation") return contact?.salutation;
  if (key === "contact_phone") return contact?.phone;
  return contact?.preference;
}

/** The sections that have something to ask now; matters and contact have places of their own. */
export function askedSections(
  form: FormDefinition,
  draft: VisitDraft,
  samplingPlan: boolean,
): readonly Section[] {
  return form.sections
    .map((section) => ({
      ...section,
      questions: section.questions.filter(
        (question) =>
          question.type !== "matters" &&
          question.store !== "matter_contact" &&
          asked(question, draft, samplingPlan),
      ),
    }))
    .filter(({ questions }) => questions.length > 0);
}

/** The questions about how to answer, once something wants an answer. */
export function contactQuestions(form: FormDefinition, draft: VisitDraft): readonly Question[] {
  return form.sections
    .flatMap(({ questions }) => questions)
    .filter((question) => question.store === "matter_contact" && asked(question, draft, false));
}

/** Kinds of matters that this form asks for, each once; without a form whatever a resident raises. */
export function matterKinds(form: FormDefinition | null): readonly VisitMatterKind[] {
  if (!form) return VISIT_MATTER_KINDS;
  const kinds = form.sections
    .flatMap(({ questions }) => questions)
    .flatMap(({ matterKind }) => matterKind ?? []);
  return [...new Set(kinds)];
}

function asked(question: Question, draft: VisitDraft, samplingPlan: boolean): boolean {
  const wantsAnswer = draft.matters.some((matter) => matter.wantsAnswer);
  return isAsked(question, draft.values, { samplingPlan, wantsAnswer });
}

const isCompleted = (outcome: Outcome): boolean => outcome.startsWith("completed_");

/** The order to record what was filled in; empty parts are left out. */
export function commandBody(
  draft: VisitDraft,
  form: FormDefinition | null,
  samplingPlan: boolean,
  buildingId: Id | null,
  now: Instant,
): RecordVisit {
  const completed = isCompleted(draft.outcome);
  const questions = form
    ? askedSections(form, draft, samplingPlan).flatMap((s) => s.questions)
    : [];
  const kept = (store: Question["store"]) =>
    questions.filter((question) => question.store === store && has(draft.values[question.key]));
  const answers = Object.fromEntries(
    kept("answers").flatMap(({ key }) => {
      const value = draft.values[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  const first = (store: Question["store"]) => {
    const [question] = kept(store);
    return question && draft.values[question.key];
  };
  const occupancy = first("occupancy") as Occupancy | undefined;
  const knowsOfficer = first("tally") as KnowsOfficer | undefined;
  const topics = (first("topics") ?? draft.topics) as readonly Topic[];
  const leaflets = Object.entries(draft.leaflets)
    .filter(([, quantity]) => quantity > 0)
    .map(([code, quantity]) => ({ code, quantity }));
  const matters = draft.matters.map((matter) => visitMatter(matter, draft, form, buildingId));
  return {
    placeId: draft.placeId,
    outcome: draft.outcome,
    startedAt: Math.min(draft.startedAt, now),
    endedAt: draft.corrects === null ? now : Math.max(draft.startedAt, 0),
    team: draft.team,
    ...(draft.arranged === "none" ? {} : { arranged: draft.arranged }),
    ...(draft.noticeGiven ? { noticeGiven: draft.noticeGiven } : {}),
    ...(draft.idShown ? { idShown: true } : {}),
    ...(draft.outcome === "completed_inside" && draft.entryConsent ? { entryConsent: true } : {}),
    ...(draft.cardLeft ? { cardLeft: true } : {}),
    ...(leaflets.length > 0 ? { leaflets } : {}),
    ...(topics.length > 0 ? { topics } : {}),
    ...(draft.companions.length > 0 ? { companions: draft.companions } : {}),
    ...(draft.accessNeeds.length > 0 ? { accessNeeds: draft.accessNeeds } : {}),
    ...(draft.note.trim() ? { note: draft.note.trim() } : {}),
    ...(form && completed ? { form: { code: form.code, version: form.version } } : {}),
    ...(completed && Object.keys(answers).length > 0 ? { answers } : {}),
    ...(matters.length > 0 ? { matters } : {}),
    ...(completed && occupancy ? { occupancy } : {}),
    ...(completed && knowsOfficer ? { knowsOfficer } : {}),
  };
}

function has(value: AnswerValue | undefined): boolean {
  if (value === undefined || value === "") return false;
  return !Array.isArray(value) || value.length > 0;
}

function visitMatter(
  matter: DraftMatter,
  draft: VisitDraft,
  form: FormDefinition | null,
  buildingId: Id | null,
): VisitMatter {
  const { id, kind, subtype, text, grade, wantsAnswer, common, look } = matter;
  const contact = wantsAnswer && form ? contactOf(draft, form) : undefined;
  return {
    id,
    kind,
    subtype,
    text: text.trim(),
    wantsAnswer,
    ...(kind === "hazard" ? { grade } : {}),
    ...(common && buildingId && buildingId !== draft.placeId ? { placeId: buildingId } : {}),
    ...(contact ? { contact } : {}),
    ...(look ? { look } : {}),
  };
}

function contactOf(draft: VisitDraft, form: FormDefinition): MatterContact | undefined {
  const text = (key: string): string => {
    const value = draft.values[key];
    return typeof value === "string" ? value.trim() : "";
  };
  const keys = contactQuestions(form, draft).map(({ key }) => key);
  const salutation = keys.includes("contact_salutation") ? text("contact_salutation") : "";
  const phone = keys.includes("contact_phone") ? text("contact_phone") : "";
  const preference = text("feedback_wanted") || text("contact_pref");
  if (!salutation && !phone && !preference) return undefined;
  return {
    ...(salutation ? { salutation } : {}),
    ...(phone ? { phone } : {}),
    ...(preference ? { preference: preference as ContactPreference } : {}),
    consent: draft.consent,
  };
}

/** What stands in a text that should not, each kind once: a warning while it is written. */
export function doubts(text: string): readonly Finding["kind"][] {
  return [...new Set(inspectText(text).map(({ kind }) => kind))];
}
