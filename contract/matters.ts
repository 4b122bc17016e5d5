import { oc } from "@orpc/contract";
import {
  ANSWER_MODES,
  CALLBACK_MODES,
  CALLBACK_WAIVERS,
  CONTACT_PURPOSES,
  DECLINE_REASONS,
  DISPOSITIONS,
  FEEDBACK_WISHES,
  HAZARD_GRADES,
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
import { MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { z } from "zod";
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
} from "./shared.ts";

const tags = ["matters"];
/** Room for any text; the rules know the limits and say them in their refusals. */
const words = z.string().max(4000);
const subtypeSchema = z.enum([
  ...new Set(MATTER_KINDS.flatMap((kind) => [...MATTER_SUBTYPES[kind]])),
]);
const gradeSchema = z.enum(HAZARD_GRADES);
const outcomeSchema = z.enum([
  ...new Set([...MATTER_KINDS.flatMap((kind) => [...OUTCOMES[kind]]), "declined" as const]),
]);
const reasonSchema = z.enum([...new Set([...UNSOLVED_REASONS, ...DECLINE_REASONS])]);

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

const step = <T extends (typeof MATTER_COMMANDS)[number], S extends z.ZodRawShape>(
  type: T,
  shape: S,
) => z.object({ type: z.literal(type), ...shape });

const matterStepSchema = z.discriminatedUnion("type", [
  step("assign", { to: idSchema }),
  step("return_assignment", { reason: words }),
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
  step("close", { waiver: z.enum(CALLBACK_WAIVERS).optional() }),
  step("reopen", { reason: z.enum(REOPEN_REASONS), text: words }),
  step("withdraw", { text: words }),
]);

const matterFilter = z.object({
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
  grade: gradeSchema.nullable(),
  text: z.string(),
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
    suitable: z.boolean().nullable(),
    stopSigns: z.array(z.enum(STOP_SIGNS)),
    resolvedAt: instantSchema.nullable(),
    answeredAt: instantSchema.nullable(),
    /** A resident's number with its middle hidden; null when none was left. */
    contact: z.object({ phone: z.string().nullable(), salutation: z.boolean() }).nullable(),
    mayReveal: z.boolean(),
    /** What the caller may do now. */
    steps: z.array(z.enum(MATTER_COMMANDS)),
    waivers: z.array(z.enum(CALLBACK_WAIVERS)),
    timeline: z.array(eventSchema),
  })
  .meta({ id: "Matter" });
export type MatterDetail = z.infer<typeof matterDetail>;

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
  "finder-cannot-recheck": 403,
  "wrong-state": 409,
  "already-responsible": 409,
  "stale-version": 409,
  "mediation-runs": 409,
  "place-unknown": 422,
  "unknown-subtype": 422,
  "text-missing": 422,
  "text-too-long": 422,
  "text-forbidden": 422,
  "phone-invalid": 422,
  "contact-without-consent": 422,
  "contact-without-purpose": 422,
  "contact-of-anonymous": 422,
  "assignee-out-of-scope": 422,
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
  "nothing-to-correct": 422,
} as const satisfies Record<MatterRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const mattersContract = {
  list: oc
    .route({ method: "GET", path: "/matters", tags, summary: "Matters in one's reach" })
    .input(matterFilter.extend(listQuery.shape))
    .output(listReply(matterRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
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
