import { oc } from "@orpc/contract";
import type { ClockRuleRefusal } from "@wanjia/domain/matters/clock-editing";
import {
  CLOCK_PURPOSES,
  CLOCK_UNITS,
  PAUSE_REASONS,
  SUPERVISORS,
  WORK_LISTS,
} from "@wanjia/domain/matters/clock-terms";
import { CLOCK_SUBJECTS } from "@wanjia/domain/matters/clocks";
import { CONTACT_CONSENTS, REFERRAL_BASES } from "@wanjia/domain/matters/referral";
import { PARTNER_KINDS, ROLES } from "@wanjia/domain/organisation/terms";
import {
  ANSWER_MODES,
  CALLBACK_MODES,
  CALLBACK_WAIVERS,
  CONTACT_PURPOSES,
  DECLINE_REASONS,
  DISPOSITIONS,
  FEEDBACK_WISHES,
  HAZARD_GRADES,
  HAZARD_STANDINGS,
  MATTER_COMMANDS,
  MATTER_KINDS,
  MATTER_ORIGINS,
  MATTER_STATES,
  type MatterRefusal,
  OTHER_WAYS,
  OUTCOMES,
  REOPEN_REASONS,
  REPORTERS,
  SOLVED_ANSWERS,
  STOP_SIGNS,
  UNSOLVED_REASONS,
} from "@wanjia/domain/matters/terms";
import type { SearchRefusal } from "@wanjia/domain/matters/search";
import { MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { z } from "zod";
import { assigning } from "./assigning.ts";
import { hazardSide, hazardSteps } from "./hazards.ts";
import {
  answersWithTable,
  exportQuery,
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  localDateSchema,
  refusals,
  sessionRefusals,
  totalSchema,
  stepsOf,
} from "./shared.ts";

const tags = ["matters"];
/** Room for any text; the rules know the limits and say them in their refusals. */
const words = z.string().max(4000);
export const subtypeSchema = z.enum([
  ...new Set(MATTER_KINDS.flatMap((kind) => [...MATTER_SUBTYPES[kind]])),
]);
const gradeSchema = z.enum(HAZARD_GRADES);
export const outcomeSchema = z.enum([
  ...new Set([...MATTER_KINDS.flatMap((kind) => [...OUTCOMES[kind]]), "declined" as const]),
]);
export const reasonSchema = z.enum([...new Set([...UNSOLVED_REASONS, ...DECLINE_REASONS])]);

// -- input ----------------------------------------------------------------------------------------

/** Body of `matters.raise`. */
export const matterDraftSchema = z.object({
  id: idSchema,
  kind: z.enum(MATTER_KINDS),
  subtype: subtypeSchema,
  text: words,
  placeId: idSchema,
  reporter: z.enum(REPORTERS),
  feedback: z.enum(FEEDBACK_WISHES),
  anonymous: z.boolean().optional(),
  contact: z
    .object({
      phone: z.string().max(20).optional(),
      salutation: z.string().max(40).optional(),
      consent: z.boolean().meta({ description: "Without it nothing of the contact is kept" }),
    })
    .optional(),
  stopSigns: z.array(z.enum(STOP_SIGNS)).max(STOP_SIGNS.length).optional(),
  grade: gradeSchema.optional(),
});

/** Body of `matters.note`. */
export const matterNoteSchema = z.object({ matterId: idSchema, text: words });

const step = stepsOf<(typeof MATTER_COMMANDS)[number]>();

const matterStepSchema = z.discriminatedUnion("type", [
  step("assign", { to: idSchema }),
  step("return_assignment", { reason: words }),
  step("refer", {
    to: idSchema,
    basis: z.enum(REFERRAL_BASES),
    law: words.optional(),
    text: words.meta({ description: "The place goes along by itself; nobody’s name" }),
    contact: z
      .enum(CONTACT_CONSENTS)
      .optional()
      .meta({ description: "How the resident agreed that the body may have his number" }),
  }),
  step("relay", { said: z.enum(["accepted", "returned"]), text: words }),
  step("recall", { text: words }),
  step("accept", {}),
  step("screen", {
    stopSigns: z.array(z.enum(STOP_SIGNS)).max(STOP_SIGNS.length),
    way: z.enum(OTHER_WAYS).optional(),
  }),
  step("start", {}),
  step("note", { text: words }),
  step("correct", {
    subtype: subtypeSchema.optional(),
    grade: gradeSchema.optional(),
    text: words.optional(),
    why: words,
  }),
  step("resolve", {
    outcome: outcomeSchema,
    reason: z.enum(UNSOLVED_REASONS).optional(),
    text: words,
  }),
  step("perform", {}),
  step("recheck", { cleared: z.boolean(), text: words }),
  step("decline", { reason: z.enum(DECLINE_REASONS), text: words }),
  step("answer", { mode: z.enum(ANSWER_MODES), text: words }),
  step("call_back", {
    mode: z.enum(CALLBACK_MODES),
    reached: z.boolean(),
    solved: z.enum(SOLVED_ANSWERS).optional(),
    satisfaction: z.int().min(1).max(5).optional(),
    wantsReopen: z.boolean().optional(),
    text: words,
  }),
  step("close", { waiver: z.enum(CALLBACK_WAIVERS).optional(), lesson: words.optional() }),
  step("reopen", { reason: z.enum(REOPEN_REASONS), text: words }),
  step("withdraw", { text: words }),
  step("inform", { mode: z.enum(ANSWER_MODES), text: words }),
  step("suspend", { reason: z.enum(PAUSE_REASONS), text: words }),
  step("resume", {}),
  step("extend", {
    purpose: z.enum(CLOCK_PURPOSES),
    amount: z.int(),
    why: words,
    told: z.enum(ANSWER_MODES).optional(),
  }),
  step("supervise", { text: words }),
  step("merge", { into: idSchema }),
  step("unmerge", { text: words }),
  step("advise", hazardSteps.advise),
  step("transfer", hazardSteps.transfer),
  step("hear_body", hazardSteps.hear_body),
  step("verify", hazardSteps.verify),
]);

export const matterFilter = z.object({
  kind: z.enum(MATTER_KINDS).optional(),
  subtype: subtypeSchema.optional(),
  state: z.enum(MATTER_STATES).optional(),
  progress: z.enum(["open", "ended"]).optional(),
  outcome: outcomeSchema.optional(),
  stationId: idSchema.optional(),
  beatId: idSchema.optional(),
  placeId: idSchema.optional(),
  visitId: idSchema.optional(),
  campaignId: idSchema.optional(),
  /** Whoever answers for it, or was asked to. */
  handlerId: idSchema.optional(),
  due: z.enum(["overdue", "today", "soon"]).optional(),
  work: z
    .enum(WORK_LISTS)
    .optional()
    .meta({ description: "By the next deadline, whatever it is for; `tasks`: the caller’s own" }),
  words: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "All of them stand in its text, place or number; newest first" }),
  number: z.string().max(20).optional().meta({ description: "As printed or as it was heard" }),
  dateOf: z
    .enum(["registered", "due", "resolved", "cleared", "closed"])
    .default("registered")
    .meta({ description: "Which day `from` and `to` are about" }),
  from: localDateSchema.optional(),
  to: localDateSchema.optional().meta({ description: "First day no longer included" }),
});
export type MatterFilter = z.infer<typeof matterFilter>;

// -- replies --------------------------------------------------------------------------------------

const deadlineShape = {
  purpose: z.enum(CLOCK_PURPOSES),
  rule: z.string(),
  /** The first instant that is too late; null while it stands still or has no date yet. */
  dueAt: instantSchema.nullable(),
  pausedAt: instantSchema.nullable(),
  /** The last level that was told that it was missed. */
  raisedTo: z.enum(SUPERVISORS).nullable(),
};

const extensionSchema = z.object({
  amount: z.int(),
  unit: z.enum(["calendar_days", "working_days"]),
  by: z.array(z.enum(ROLES)),
  tellResident: z.boolean(),
});

/** What a time limit says. */
const limitShape = {
  amount: z.int(),
  unit: z.enum(CLOCK_UNITS),
  source: z.string().max(200),
  basis: z.enum(["law", "default"]),
};

const clockSchema = z
  .object({
    ...deadlineShape,
    ...limitShape,
    version: z.int(),
    startedAt: instantSchema,
    left: z.number().nullable(),
    task: z.boolean(),
    /** How much it may still be extended by; null where not at all. */
    extension: z
      .object({ most: z.int(), unit: extensionSchema.shape.unit, tellResident: z.boolean() })
      .nullable(),
  })
  .meta({ id: "MatterClock" });
export type MatterClock = z.infer<typeof clockSchema>;

const rowShape = {
  id: idSchema,
  number: z.string(),
  kind: z.enum(MATTER_KINDS),
  subtype: z.string(),
  state: z.enum(MATTER_STATES),
  disposition: z.enum(DISPOSITIONS).nullable(),
  outcome: outcomeSchema.nullable(),
  stationId: idSchema,
  stationName: z.string().nullable(),
  beatId: idSchema.nullable(),
  beatName: z.string().nullable(),
  placeId: idSchema,
  place: z.string().nullable(),
  responsibleId: idSchema,
  responsibleName: z.string().nullable(),
  assigneeId: idSchema.nullable(),
  registeredAt: instantSchema,
  dueOn: localDateSchema.nullable(),
  closedAt: instantSchema.nullable(),
  reopened: z.int(),
  /** Hazards only. */
  grade: z.enum(HAZARD_STANDINGS).nullable(),
  text: z.string(),
  /** What comes first of all that runs. */
  next: z.object({ ...deadlineShape, task: z.enum(SUPERVISORS).nullable() }).nullable(),
};

const matterRow = z.object(rowShape).meta({ id: "MatterRow" });
export type MatterRow = z.infer<typeof matterRow>;

const eventSchema = z.object({
  seq: z.int(),
  at: instantSchema,
  memberId: idSchema,
  memberName: z.string().nullable(),
  role: z.string(),
  type: z.string(),
  body: z.record(z.string(), z.unknown()),
});

const matterDetail = z
  .object({
    ...rowShape,
    version: z.int(),
    reason: reasonSchema.nullable(),
    origin: z.enum(MATTER_ORIGINS),
    reporter: z.enum(REPORTERS),
    feedback: z.enum(FEEDBACK_WISHES),
    anonymous: z.boolean(),
    communityId: idSchema.nullable(),
    visitId: idSchema.nullable(),
    dutyPhone: z.string().nullable(),
    assigneeName: z.string().nullable(),
    /** The body outside of the police that was asked, has it, or said what came of it. */
    referral: z
      .object({
        id: idSchema,
        bodyName: z.string(),
        bodyKind: z.enum(PARTNER_KINDS),
        bodyPhone: z.string(),
        sentAt: instantSchema,
        acceptedAt: instantSchema.nullable(),
        answeredAt: instantSchema.nullable(),
        /** Until when a link opens it without an account; null where none does. */
        linkUntil: instantSchema.nullable(),
      })
      .nullable(),
    suitable: z.boolean().nullable(),
    stopSigns: z.array(z.enum(STOP_SIGNS)),
    resolvedAt: instantSchema.nullable(),
    answeredAt: instantSchema.nullable(),
    /** A resident's number with its middle hidden; null when none was left. */
    contact: z.object({ phone: z.string().nullable(), salutation: z.boolean() }).nullable(),
    mayReveal: z.boolean(),
    /** Photos of the place that came with it. */
    photos: z.int(),
    mayIssueReceipt: z.boolean(),
    /** What the caller may do now. */
    steps: z.array(z.enum(MATTER_COMMANDS)),
    waivers: z.array(z.enum(CALLBACK_WAIVERS)),
    clocks: z.array(clockSchema),
    pauseReason: z.enum(PAUSE_REASONS).nullable(),
    /** The reasons for which it may be suspended now. */
    pauses: z.array(z.enum(PAUSE_REASONS)),
    /** Hazards only. */
    hazard: hazardSide.nullable(),
    /** The main matter of the same problem; null where this one stands alone. */
    merged: z
      .object({ into: idSchema, number: z.string(), from: z.enum(MATTER_STATES) })
      .nullable(),
    /** Those that were merged into this one: each is answered by itself. */
    reporters: z.array(
      z.object({
        id: idSchema,
        number: z.string(),
        state: z.enum(MATTER_STATES),
        disposition: z.enum(DISPOSITIONS).nullable(),
        registeredAt: instantSchema,
      }),
    ),
    timeline: z.array(eventSchema),
  })
  .meta({ id: "Matter" });
export type MatterDetail = z.infer<typeof matterDetail>;

/** One version of a time limit. */
const clockRule = z
  .object({
    ...limitShape,
    id: z.string(),
    version: z.int(),
    subject: z.enum(CLOCK_SUBJECTS),
    /** What it is for, where matters run it. */
    purpose: z.enum(CLOCK_PURPOSES).nullable(),
    kinds: z.array(z.enum(MATTER_KINDS)),
    from: localDateSchema,
    pauses: z.array(z.enum(PAUSE_REASONS)),
    extension: extensionSchema.nullable(),
    raiseAgainDays: z.int().nullable(),
  })
  .meta({ id: "ClockRule" });
export type ClockRuleRow = z.infer<typeof clockRule>;

const clockRuleDraft = clockRule
  .omit({ version: true, subject: true, purpose: true, kinds: true })
  .extend({ id: z.string().max(60) });

// -- refusals -------------------------------------------------------------------------------------

const STATUS = {
  "not-permitted": 403,
  "sworn-officer-needed": 403,
  "not-assigned-to-you": 403,
  "not-responsible": 403,
  "arbiter-decides": 403,
  "handler-cannot-close": 403,
  "handler-cannot-call-back": 403,
  "handler-cannot-withdraw": 403,
  "handler-cannot-suspend": 403,
  "handler-cannot-extend": 403,
  "finder-cannot-recheck": 403,
  "wrong-state": 409,
  "home-advice-only": 422,
  "fix-day": 422,
  "notice-number-missing": 422,
  "already-transferred": 409,
  "not-transferred": 409,
  "grade-decided": 409,
  "not-drawn": 409,
  "already-responsible": 409,
  "stale-version": 409,
  "mediation-runs": 409,
  "place-unknown": 422,
  "unknown-subtype": 422,
  "text-missing": 422,
  "text-too-long": 422,
  "text-forbidden": 422,
  "text-coaches": 422,
  "phone-invalid": 422,
  "contact-without-consent": 422,
  "contact-without-purpose": 422,
  "contact-of-anonymous": 422,
  "assignee-out-of-scope": 422,
  "body-unknown": 422,
  "screening-needed": 422,
  "mediation-stopped": 422,
  "of-other-kind": 422,
  "reason-needed": 422,
  "recheck-needed": 422,
  "feedback-needed": 422,
  "callback-needed": 422,
  "waiver-unlawful": 422,
  "resident-contradicts": 422,
  "callback-incomplete": 422,
  "reopen-too-late": 409,
  "receipt-from-handler": 403,
  "nothing-to-correct": 422,
  "pause-unlawful": 422,
  "extension-unlawful": 422,
  "extension-too-long": 422,
  "tell-resident": 422,
  "no-task": 409,
  "merge-unknown": 422,
  "merge-other-kind": 422,
  "merge-ended": 409,
  "merge-has-reporters": 409,
  "merge-stopped": 422,
} as const satisfies Record<MatterRefusal, number>;

const RULE_STATUS = {
  "rule-unknown": 404,
  "rule-too-early": 422,
  "rule-amount": 422,
  "rule-source-missing": 422,
  "rule-in-force": 409,
} as const satisfies Record<ClockRuleRefusal, number>;

const SEARCH_STATUS = {
  "search-too-short": 422,
  "search-too-long": 422,
  "search-personal": 422,
} as const satisfies Record<SearchRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const mattersContract = {
  list: oc
    .route({ method: "GET", path: "/matters", tags, summary: "Matters in one's reach" })
    .input(matterFilter.extend(listQuery.shape))
    .output(listReply(matterRow))
    .errors({
      ...sessionRefusals,
      ...refusals({ "bad-cursor": 400, "unknown-sort": 400, ...SEARCH_STATUS }),
    }),
  get: oc
    .route({ method: "GET", path: "/matters/{id}", tags, summary: "One matter and its timeline" })
    .input(z.object({ id: idSchema }))
    .output(matterDetail)
    .errors(errors),
  raise: oc
    .route({
      method: "POST",
      path: "/matters",
      tags,
      summary: "Register a matter heard or seen outside of a visit",
      description: "Sent again under the same id it answers with what is there.",
    })
    .input(matterDraftSchema)
    .output(matterDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
  step: oc
    .route({
      method: "POST",
      path: "/matters/{id}/steps",
      tags,
      summary: "Take a step with a matter",
      description: "`version` is the one the caller looked at; a note may leave it out.",
    })
    .input(z.object({ id: idSchema, version: z.int().optional(), step: matterStepSchema }))
    .output(matterDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
  ...assigning,
  assignees: oc
    .route({
      method: "GET",
      path: "/matters/{id}/assignees",
      tags,
      summary: "Who could take a matter over",
    })
    .input(z.object({ id: idSchema }))
    .output(
      z.object({ items: z.array(z.object({ id: idSchema, name: z.string(), role: z.string() })) }),
    )
    .errors(errors),
  similar: oc
    .route({
      method: "POST",
      path: "/matters/similar",
      tags,
      summary: "Open matters of the same building that may be the same problem",
      description: "Changes nothing; what is compared stays out of addresses and logs.",
    })
    .input(
      z.object({
        placeId: idSchema,
        kind: z.enum(MATTER_KINDS),
        subtype: subtypeSchema,
        text: words,
        except: idSchema.optional(),
      }),
    )
    .output(z.object({ items: z.array(matterRow) }))
    .errors(sessionRefusals),
  reveal: oc
    .route({
      method: "POST",
      path: "/matters/{id}/contact/reveal",
      tags,
      summary: "See how to reach the resident; the look and its purpose are kept",
    })
    .input(z.object({ id: idSchema, purpose: z.enum(CONTACT_PURPOSES) }))
    .output(z.object({ phone: z.string().nullable(), salutation: z.string().nullable() }))
    .errors({ ...errors, ...refusals({ "too-many-looks": 429 }) }),
  work: oc
    .route({
      method: "GET",
      path: "/matters/work",
      tags,
      summary: "How much there is to do, by the lists of work",
    })
    .input(z.object({ handlerId: idSchema.optional(), stationId: idSchema.optional() }))
    .output(z.object({ lists: z.record(z.enum(WORK_LISTS), totalSchema) }))
    .errors(sessionRefusals),
  clockRules: oc
    .route({
      method: "GET",
      path: "/matters/clock-rules",
      tags,
      summary: "Every version of the bureau’s time limits",
    })
    .output(z.object({ items: z.array(clockRule), today: localDateSchema }))
    .errors(sessionRefusals),
  saveClockRule: oc
    .route({
      method: "POST",
      path: "/matters/clock-rules",
      tags,
      summary: "Write down the next version of a time limit",
      description: "It holds from a day that has not come; deadlines that were given stay.",
    })
    .input(clockRuleDraft)
    .output(clockRule)
    .errors({ ...sessionRefusals, ...refusals(RULE_STATUS) }),
  withdrawClockRule: oc
    .route({
      method: "DELETE",
      path: "/matters/clock-rules/{id}/{version}",
      tags,
      summary: "Take back a version whose day has not come",
    })
    .input(z.object({ id: z.string().max(60), version: z.coerce.number().int().min(1).max(1e6) }))
    .output(z.object({ done: z.literal(true) }))
    .errors({ ...sessionRefusals, ...refusals(RULE_STATUS) }),
};

/** Query of `GET /matters/export`. */
export const matterExportQuery = matterFilter.extend(exportQuery.shape);

/** Answered in a stream: see `published`. */
export const matterStreams = {
  export: oc
    .route({
      method: "GET",
      path: "/matters/export",
      tags,
      summary: "The same list as a file, without how to reach a resident",
      spec: answersWithTable,
    })
    .input(matterExportQuery)
    .errors({ ...sessionRefusals, ...refusals({ "unknown-sort": 400 }) }),
};
