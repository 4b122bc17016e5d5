import { oc } from "@orpc/contract";
import { DUE_STEPS } from "@wanjia/domain/mediation/due";
import { CONTACT_PURPOSES, SOLVED_ANSWERS, STOP_SIGNS } from "@wanjia/domain/matters/terms";
import {
  AGREEMENT_FORMS,
  AMOUNT_BANDS,
  ATTENDANCES,
  CONTACT_MODES,
  ENDINGS,
  FAILURES,
  FOLLOW_UP_RESULTS,
  MEDIATION_COMMANDS,
  MEDIATION_FORMS,
  MEDIATION_LIMITS,
  MEDIATION_STATES,
  type MediationRefusal,
  SESSION_RESULTS,
  SIDE_KEYS,
  SIDE_PARTS,
} from "@wanjia/domain/mediation/terms";
import { z } from "zod";
import { DOCUMENT_FIELDS, MEDIATION_DOCUMENTS } from "./mediation-documents.ts";
import {
  answersWith,
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  localDateSchema,
  refusals,
  sessionRefusals,
  stepsOf,
} from "./shared.ts";

const tags = ["mediation"];
const sideKey = z.enum(SIDE_KEYS);
const number = z.string().max(200);
const solved = z.enum(SOLVED_ANSWERS);

// -- input ----------------------------------------------------------------------------------------

const draftSchema = z.object({
  id: idSchema,
  matterId: idSchema,
  form: z.enum(MEDIATION_FORMS),
  sides: z
    .array(
      z.object({
        part: z.enum(SIDE_PARTS),
        contact: z
          .object({
            phone: z.string().max(20).optional(),
            salutation: z.string().max(40).optional(),
            consent: z.boolean(),
          })
          .optional(),
      }),
    )
    .max(MEDIATION_LIMITS.sides)
    .meta({ description: "甲方 first" }),
  earlierId: idSchema.optional().meta({ description: "The mediation whose dispute came back" }),
});

const step = stepsOf<(typeof MEDIATION_COMMANDS)[number]>();

const stepSchema = z.discriminatedUnion("type", [
  step("answer_of_side", {
    side: sideKey,
    agrees: z.boolean(),
    mode: z.enum(CONTACT_MODES),
    closedDoors: z.boolean().optional(),
  }),
  step("set_panel", {
    officers: z.array(idSchema).max(4),
    mediatorId: idSchema.optional(),
    committeeId: idSchema.optional(),
    lawyerId: idSchema.optional(),
    handOverNo: number.optional(),
  }),
  step("object", { side: sideKey, memberId: idSchema }),
  step("book", {
    sessionId: idSchema,
    roomId: idSchema,
    from: instantSchema,
    to: instantSchema,
    open: z.boolean(),
  }),
  step("cancel", {}),
  step("hold", {
    attendance: z.partialRecord(sideKey, z.enum(ATTENDANCES)),
    result: z.enum(SESSION_RESULTS),
  }),
  step("agree", {
    form: z.enum(AGREEMENT_FORMS),
    number,
    effectiveOn: localDateSchema,
    performBy: localDateSchema,
    obliged: z.array(sideKey).max(SIDE_KEYS.length),
    amount: z.enum(AMOUNT_BANDS),
  }),
  step("perform", { side: sideKey, on: localDateSchema }),
  step("report_breach", { side: sideKey }),
  step("urge", {}),
  step("give_up_urging", {}),
  step("follow_up", { result: z.enum(FOLLOW_UP_RESULTS) }),
  step("fail", { reason: z.enum(FAILURES).exclude(["side_refuses"]) }),
  step("notify", { side: sideKey, mode: z.enum(CONTACT_MODES) }),
  step("extend", { until: localDateSchema, allAgree: z.boolean() }),
  step("waive_confirmation", {}),
  step("seek_confirmation", { on: localDateSchema, together: z.boolean() }),
  step("decide_confirmation", { granted: z.boolean() }),
  step("call_back", {
    side: sideKey,
    alone: z.boolean(),
    reached: z.boolean(),
    solved: solved.optional(),
    satisfaction: z.int().min(1).max(5).optional(),
  }),
  step("stop", { stopSigns: z.array(z.enum(STOP_SIGNS)).max(STOP_SIGNS.length) }),
]);

const mediationFilter = z.object({
  state: z.enum(MEDIATION_STATES).optional(),
  form: z.enum(MEDIATION_FORMS).optional(),
  progress: z.enum(["open", "ended"]).optional(),
  due: z.enum(["overdue", "today", "soon"]).optional(),
  next: z.enum(DUE_STEPS).optional().meta({ description: "What is to be done next" }),
});
export type MediationFilter = z.infer<typeof mediationFilter>;

/** Texts of a document: they go into the document and are not kept. */
export const documentFill = z.object({
  fill: z.partialRecord(z.enum(DOCUMENT_FIELDS), z.string().max(3000)).default({}),
});

// -- replies --------------------------------------------------------------------------------------

const rowShape = {
  id: idSchema,
  matterId: idSchema,
  matterNumber: z.string().nullable(),
  subtype: z.string().nullable(),
  form: z.enum(MEDIATION_FORMS),
  state: z.enum(MEDIATION_STATES),
  ending: z.enum(ENDINGS).nullable(),
  stationId: idSchema,
  stationName: z.string().nullable(),
  nextStep: z.enum(DUE_STEPS).nullable(),
  nextOn: localDateSchema.nullable(),
  limitOn: localDateSchema.nullable(),
  openedAt: instantSchema,
};
const mediationRow = z.object(rowShape).meta({ id: "MediationRow" });
export type MediationRow = z.infer<typeof mediationRow>;

const sideSchema = z.object({
  key: sideKey,
  part: z.enum(SIDE_PARTS),
  agrees: z.boolean().nullable(),
  closedDoors: z.boolean(),
  notified: z.boolean(),
  called: z.boolean(),
  solved: solved.nullable(),
  /** A number with its middle hidden; null when none was left. */
  contact: z.object({ phone: z.string().nullable(), salutation: z.boolean() }).nullable(),
});

const sessionSchema = z.object({
  id: idSchema,
  roomId: idSchema,
  venue: z.string(),
  from: instantSchema,
  to: instantSchema,
  open: z.boolean(),
  state: z.enum(["booked", "held", "cancelled"]),
  attendance: z.partialRecord(sideKey, z.enum(ATTENDANCES)),
  result: z.enum(SESSION_RESULTS).nullable(),
});

const agreementSchema = z.object({
  form: z.enum(AGREEMENT_FORMS),
  number: z.string(),
  effectiveOn: localDateSchema,
  performBy: localDateSchema,
  obliged: z.array(sideKey),
  amount: z.enum(AMOUNT_BANDS),
});

const named = z.object({ id: idSchema, name: z.string() });

const mediationDetail = z
  .object({
    ...rowShape,
    version: z.int(),
    stationAddress: z.string().nullable(),
    dutyPhone: z.string().nullable(),
    earlierId: idSchema.nullable(),
    sides: z.array(sideSchema),
    officers: z.array(named),
    mediator: named.nullable(),
    committee: named.nullable(),
    lawyer: named.nullable(),
    handOverNo: z.string().nullable(),
    sessions: z.array(sessionSchema),
    agreement: agreementSchema.nullable(),
    performed: z.array(sideKey),
    performedOn: localDateSchema.nullable(),
    followUps: z.array(z.int()),
    failure: z.enum(FAILURES).nullable(),
    stopSigns: z.array(z.enum(STOP_SIGNS)),
    confirmation: z
      .object({ appliedOn: localDateSchema, granted: z.boolean().nullable() })
      .nullable(),
    confirmationUntil: localDateSchema.nullable(),
    nextToCall: sideKey.nullable(),
    endedAt: instantSchema.nullable(),
    /** The feedback centre sees no more than its calls take. */
    callsOnly: z.boolean(),
    /** What the caller may do now. */
    steps: z.array(z.enum(MEDIATION_COMMANDS)),
    timeline: z.array(
      z.object({
        seq: z.int(),
        at: instantSchema,
        memberName: z.string().nullable(),
        role: z.string(),
        type: z.string(),
        body: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: "Mediation" });
export type MediationDetail = z.infer<typeof mediationDetail>;

const sideViewSchema = z
  .object({
    side: sideKey,
    part: z.enum(SIDE_PARTS),
    form: z.enum(MEDIATION_FORMS),
    standing: z.enum([
      "being_asked",
      "getting_ready",
      "session_set",
      "writing",
      "performing",
      "performed",
      "over",
    ]),
    agrees: z.boolean().nullable(),
    sessions: z.array(
      sessionSchema
        .pick({ from: true, to: true, venue: true, open: true, state: true })
        .extend({ attendance: z.enum(ATTENDANCES).nullable() }),
    ),
    limitOn: localDateSchema.nullable(),
    agreement: agreementSchema
      .pick({ form: true, number: true, effectiveOn: true, performBy: true })
      .nullable(),
    performed: z.boolean().nullable(),
    nextFollowUpOn: localDateSchema.nullable(),
    notified: z.boolean(),
  })
  .meta({ id: "MediationSide" });

const linkSchema = z.object({
  mediationId: idSchema,
  running: z.boolean(),
  holds: z.boolean().meta({ description: "The dispute's outcome is still the mediation's to say" }),
  openedAt: instantSchema,
  mine: z.boolean().meta({ description: "The caller may open its page" }),
});

const roomSchema = z.object({
  id: idSchema,
  stationId: idSchema,
  name: z.string(),
  seats: z.int(),
  active: z.boolean(),
});
export type MediationRoom = z.infer<typeof roomSchema>;

// -- refusals -------------------------------------------------------------------------------------

const STATUS = {
  "not-permitted": 403,
  "not-on-panel": 403,
  "not-responsible": 403,
  "wrong-state": 409,
  "stale-version": 409,
  "mediation-runs": 409,
  "room-taken": 409,
  "person-taken": 409,
  "of-other-kind": 422,
  "screening-needed": 422,
  "mediation-stopped": 422,
  "sides-malformed": 422,
  "side-unknown": 422,
  "panel-incomplete": 422,
  "panel-unknown": 422,
  "objected-to": 422,
  "session-times": 422,
  "closed-wished": 422,
  "room-unknown": 422,
  "past-limit": 422,
  "second-too-late": 422,
  "police-twice": 422,
  "session-not-over": 422,
  "side-absent": 422,
  "attendance-incomplete": 422,
  "number-malformed": 422,
  "dates-malformed": 422,
  "obliged-missing": 422,
  "not-obliged": 422,
  "already-performed": 422,
  "urging-first": 422,
  "too-early": 422,
  "all-must-agree": 422,
  "already-notified": 422,
  "people-only": 422,
  "confirmation-too-late": 422,
  "not-next": 422,
  "not-alone": 422,
  "answer-first": 422,
  "callback-incomplete": 422,
  "phone-invalid": 422,
  "contact-without-consent": 422,
  "contact-without-purpose": 422,
  "text-forbidden": 422,
  "text-too-long": 422,
} as const satisfies Record<MediationRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const mediationContract = {
  list: oc
    .route({ method: "GET", path: "/mediations", tags, summary: "Mediations one sits in" })
    .input(mediationFilter.extend(listQuery.shape))
    .output(listReply(mediationRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  get: oc
    .route({ method: "GET", path: "/mediations/{id}", tags, summary: "One mediation" })
    .input(z.object({ id: idSchema }))
    .output(mediationDetail)
    .errors(errors),
  open: oc
    .route({
      method: "POST",
      path: "/mediations",
      tags,
      summary: "Open a mediation of a screened dispute",
    })
    .input(draftSchema)
    .output(mediationDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
  step: oc
    .route({
      method: "POST",
      path: "/mediations/{id}/steps",
      tags,
      summary: "Take a step with a mediation",
      description: "`version` is the one the caller looked at.",
    })
    .input(z.object({ id: idSchema, version: z.int(), step: stepSchema }))
    .output(mediationDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
  side: oc
    .route({
      method: "GET",
      path: "/mediations/{id}/sides/{side}",
      tags,
      summary: "What one side may know: nothing of another side",
    })
    .input(z.object({ id: idSchema, side: sideKey }))
    .output(sideViewSchema)
    .errors(errors),
  reveal: oc
    .route({
      method: "POST",
      path: "/mediations/{id}/sides/{side}/contact/reveal",
      tags,
      summary: "See how to reach a side; the look and its purpose are kept",
    })
    .input(z.object({ id: idSchema, side: sideKey, purpose: z.enum(CONTACT_PURPOSES) }))
    .output(z.object({ phone: z.string().nullable(), salutation: z.string().nullable() }))
    .errors({ ...errors, ...refusals({ "too-many-looks": 429 }) }),
  people: oc
    .route({
      method: "GET",
      path: "/mediations/{id}/people",
      tags,
      summary: "Who could sit on the panel",
    })
    .input(z.object({ id: idSchema }))
    .output(
      z.object({
        officers: z.array(named),
        mediators: z.array(named),
        committees: z.array(named),
        lawyers: z.array(named),
      }),
    )
    .errors(errors),
  ofMatter: oc
    .route({
      method: "GET",
      path: "/matters/{id}/mediations",
      tags,
      summary: "Whether a dispute has mediations, the newest first",
    })
    .input(z.object({ id: idSchema }))
    .output(
      z.object({
        items: z.array(linkSchema),
        mayOpen: z.boolean(),
        /** Ended ones of other disputes at the same place, which may have come back. */
        earlier: z.array(z.object({ mediationId: idSchema, openedAt: instantSchema })),
      }),
    )
    .errors(errors),
  rooms: oc
    .route({
      method: "GET",
      path: "/mediation-rooms",
      tags,
      summary: "Rooms of one's stations, and when they are taken",
    })
    .input(z.object({ from: localDateSchema, days: z.coerce.number().int().min(1).max(42) }))
    .output(
      z.object({
        rooms: z.array(roomSchema),
        taken: z.array(
          z.object({
            roomId: idSchema,
            from: instantSchema,
            to: instantSchema,
            /** Only where the caller sits in it. */
            mediationId: idSchema.nullable(),
          }),
        ),
      }),
    )
    .errors(sessionRefusals),
  saveRoom: oc
    .route({
      method: "PUT",
      path: "/mediation-rooms/{id}",
      tags,
      summary: "Name a room of one's station",
    })
    .input(
      z.object({
        id: idSchema,
        stationId: idSchema,
        name: z.string().trim().min(1).max(MEDIATION_LIMITS.venueLength),
        seats: z.int().min(2).max(200),
        active: z.boolean(),
      }),
    )
    .output(roomSchema)
    .errors(errors),
};

/** Answered in a stream: see `published`. */
export const mediationStreams = {
  document: oc
    .route({
      method: "POST",
      path: "/mediations/{id}/documents/{kind}",
      tags,
      summary: "A document of the case-file as .docx",
      description:
        "The texts go into the document and are not kept; `?large=true` asks for large print.",
      spec: answersWith("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    })
    .input(documentFill.extend({ id: idSchema, kind: z.enum(MEDIATION_DOCUMENTS) }))
    .errors(errors),
};
