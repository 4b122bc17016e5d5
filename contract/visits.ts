import { oc } from "@orpc/contract";
import { HAZARD_GRADES } from "@wanjia/domain/matters/terms";
import { LISTED_OUTCOMES } from "@wanjia/domain/visits/policy";
import { FORM_CODES } from "@wanjia/domain/visits/form-definition";
import {
  ACCESS_NEEDS,
  ARRANGED,
  BANDS,
  COMPANIONS,
  CONTACT_PREFERENCES,
  DOOR_STATUSES,
  KNOWS_OFFICER,
  NOTICES,
  OCCUPANCY,
  OUTCOMES,
  PURPOSES,
  TIME_MODES,
  TOPICS,
  VISIT_MATTER_KINDS,
  type VisitRefusal,
  type VisitWarning,
} from "@wanjia/domain/visits/terms";
import { z } from "zod";
import { digestSchema } from "./intake.ts";
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

const tags = ["visits"];

// -- commands -------------------------------------------------------------------------------------
// Strict: a datum that this product does not take is refused, not quietly dropped.

const appointmentSchema = z.strictObject({ from: instantSchema, to: instantSchema });

const matterSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(VISIT_MATTER_KINDS),
  subtype: z.string().max(40),
  text: z.string().max(4000),
  placeId: idSchema.optional(),
  wantsAnswer: z.boolean(),
  contact: z
    .strictObject({
      salutation: z.string().max(10).optional(),
      phone: z.string().max(30).optional(),
      preference: z.enum(CONTACT_PREFERENCES).optional(),
      consent: z.boolean(),
    })
    .optional(),
  grade: z.enum(HAZARD_GRADES).optional(),
  look: digestSchema.optional(),
});

/** Body of `visits.record`. */
export const recordVisitSchema = z.strictObject({
  placeId: idSchema,
  outcome: z.enum(OUTCOMES),
  startedAt: instantSchema,
  endedAt: instantSchema,
  team: z.array(idSchema).max(20),
  arranged: z.enum(ARRANGED).optional(),
  noticeGiven: z.enum(NOTICES).optional(),
  idShown: z.boolean().optional(),
  entryConsent: z.boolean().optional(),
  cardLeft: z.boolean().optional(),
  leaflets: z
    .array(z.strictObject({ code: z.string().max(60), quantity: z.number() }))
    .max(20)
    .optional(),
  topics: z.array(z.enum(TOPICS)).max(TOPICS.length).optional(),
  companions: z.array(z.enum(COMPANIONS)).max(COMPANIONS.length).optional(),
  accessNeeds: z.array(z.enum(ACCESS_NEEDS)).max(ACCESS_NEEDS.length).optional(),
  note: z.string().max(2000).optional(),
  form: z.strictObject({ code: z.enum(FORM_CODES), version: z.int() }).optional(),
  answers: z
    .record(
      z.string().max(60),
      z.union([
        z.string().max(2000),
        z.number(),
        z.boolean(),
        z.array(z.string().max(100)).max(50),
      ]),
    )
    .optional(),
  matters: z.array(matterSchema).max(10).optional(),
  appointment: appointmentSchema.optional(),
  lastAttempt: z.boolean().optional(),
  outsideBeatReason: z.string().max(200).optional(),
  occupancy: z.enum(OCCUPANCY).optional(),
  knowsOfficer: z.enum(KNOWS_OFFICER).optional(),
  purpose: z.enum(PURPOSES).optional(),
  inspectionRef: z.string().max(60).optional(),
  paperSlip: z.string().max(40).optional(),
});

/** Without an outcome all that came of the visit stays as it was recorded. */
const correctedVisitSchema = recordVisitSchema.partial({ outcome: true, endedAt: true });

/** Body of `visits.correct`. */
export const correctVisitSchema = z.strictObject({
  corrects: idSchema,
  reason: z.string().max(200),
  visit: correctedVisitSchema,
});

/** Body of `visits.note`. */
export const noteDoorSchema = z.strictObject({
  placeId: idSchema,
  accessHint: z.string().max(500).nullable().optional(),
  appointment: appointmentSchema.nullable().optional(),
  doNotVisit: z.boolean().optional(),
  occupancy: z.enum(OCCUPANCY).nullable().optional(),
});

// -- lists ----------------------------------------------------------------------------------------

/** No filter tells a refusal from a door where nobody answered: both are `not_met`. */
const visitFilter = z.object({
  campaignId: idSchema.optional(),
  stationId: idSchema.optional(),
  beatId: idSchema.optional(),
  buildingId: idSchema.optional(),
  placeId: idSchema.optional(),
  memberId: idSchema.optional().meta({ description: "Who recorded it" }),
  outcome: z.enum(LISTED_OUTCOMES).optional(),
  timeMode: z.enum(TIME_MODES).optional(),
  from: localDateSchema.optional(),
  to: localDateSchema.optional().meta({ description: "First day no longer included" }),
});

const rowShape = {
  id: idSchema,
  visitedAt: instantSchema,
  placeId: idSchema,
  place: z.string().nullable(),
  placeKind: z.string(),
  buildingId: idSchema,
  stationId: idSchema,
  stationName: z.string().nullable(),
  beatId: idSchema.nullable(),
  beatName: z.string().nullable(),
  campaignIds: z.array(idSchema),
  memberId: idSchema,
  memberName: z.string().nullable(),
  outcome: z.enum(LISTED_OUTCOMES),
  timeMode: z.enum(TIME_MODES),
  isCorrection: z.boolean(),
};

const visitRow = z.object(rowShape).meta({ id: "VisitRow" });

const recordShape = {
  ...rowShape,
  /** As it was; as in a list to those who were not there. */
  outcome: z.enum([...LISTED_OUTCOMES, ...OUTCOMES]),
  team: z.array(z.object({ id: idSchema, name: z.string().nullable() })),
  deviceAt: instantSchema,
  receivedAt: instantSchema,
  attemptNo: z.int(),
  arranged: z.enum(ARRANGED),
  formCode: z.string().nullable(),
  formVersion: z.int().nullable(),
  /** Null to those who were not there, when nobody was met. */
  details: z.record(z.string(), z.unknown()).nullable(),
  corrects: idSchema.nullable(),
  correctionReason: z.string().nullable(),
  correctedBy: idSchema.nullable(),
};

const visitRecord = z.object(recordShape).meta({ id: "VisitRecord" });
export type VisitRecord = z.infer<typeof visitRecord>;

const visitDetail = visitRecord
  .extend({
    /** All records of this visit, oldest first. */
    chain: z.array(visitRecord),
    mayCorrect: z.boolean(),
  })
  .meta({ id: "VisitDetail" });

const doorRow = z
  .object({
    placeId: idSchema,
    kind: z.string(),
    entranceNo: z.string().nullable(),
    floorNo: z.string().nullable(),
    unitNo: z.string().nullable(),
    place: z.string(),
    /** What is to be done here, never why not. */
    status: z.enum(DOOR_STATUSES),
    nextBand: z.enum(BANDS).nullable(),
    version: z.int(),
  })
  .meta({ id: "DoorRow" });

// -- refusals -------------------------------------------------------------------------------------

const STATUS = {
  "place-unknown": 422,
  "place-not-visitable": 422,
  "place-cancelled": 422,
  "team-missing": 422,
  "team-too-large": 422,
  "team-repeated": 422,
  "team-member-unknown": 422,
  "author-not-in-team": 422,
  "auxiliary-alone": 422,
  "outside-beat": 422,
  "time-reversed": 422,
  "visit-too-long": 422,
  "time-in-future": 422,
  "time-too-old": 422,
  "entry-consent-missing": 422,
  "id-not-shown": 422,
  "notice-missing": 422,
  "contact-claimed": 422,
  "card-not-left": 422,
  "do-not-visit": 409,
  "ended-in-campaign": 409,
  "appointment-reversed": 422,
  "leaflet-unknown": 422,
  "leaflet-repeated": 422,
  "leaflet-quantity": 422,
  "note-too-long": 422,
  "text-forbidden": 422,
  "form-unknown": 422,
  "form-expired": 422,
  "form-unsuitable": 422,
  "answers-without-form": 422,
  "answer-invalid": 422,
  "answer-missing": 422,
  "inspection-ref-missing": 422,
  "matter-repeated": 422,
  "matter-too-long": 422,
  "matter-empty": 422,
  "contact-without-consent": 422,
  "contact-without-purpose": 422,
  "phone-invalid": 422,
  "visit-unknown": 404,
  "visit-already-corrected": 409,
  "correction-reason-missing": 422,
  "correction-too-late": 409,
  "not-your-visit": 403,
  "nothing-to-note": 422,
  "too-many-versions": 409,
} as const satisfies Record<VisitRefusal, number>;

const WARNINGS = [
  "many-leaflets",
  "unusual-hour",
  "ladder-not-finished",
  "text-suspicious",
  "clock-wrong",
  "unaware-of-wish",
] as const satisfies readonly VisitWarning[];

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404, ...STATUS }) };
const recorded = z.object({ id: idSchema, warnings: z.array(z.enum(WARNINGS)) });

export const visitsContract = {
  list: oc
    .route({
      method: "GET",
      path: "/visits",
      tags,
      summary: "Visits in one's reach, corrected ones left out",
    })
    .input(visitFilter.extend(listQuery.shape))
    .output(listReply(visitRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  get: oc
    .route({ method: "GET", path: "/visits/{id}", tags, summary: "One visit and its corrections" })
    .input(z.object({ id: idSchema }))
    .output(visitDetail)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  record: oc
    .route({
      method: "POST",
      path: "/visits",
      tags,
      summary: "Enter a visit from paper at a desk",
      description: "Sent again under the same id it answers with what is there.",
    })
    .input(recordVisitSchema.extend({ id: idSchema.optional() }))
    .output(recorded)
    .errors(errors),
  correct: oc
    .route({
      method: "POST",
      path: "/visits/{id}/corrections",
      tags,
      summary: "Correct a visit: a new record that points to the old one",
    })
    .input(z.object({ id: idSchema, reason: z.string().max(200), visit: correctedVisitSchema }))
    .output(recorded)
    .errors(errors),
  doors: oc
    .route({
      method: "GET",
      path: "/buildings/{id}/doors",
      tags,
      summary: "The doors of one building and what is to be done at each",
    })
    .input(z.object({ id: idSchema, campaignId: idSchema.optional() }))
    .output(z.object({ items: z.array(doorRow) }))
    .errors(sessionRefusals),
  note: oc
    .route({
      method: "POST",
      path: "/doors/{placeId}/notes",
      tags,
      summary: "Set fields of a door: hint, appointment, the wish for no visits",
    })
    .input(noteDoorSchema.extend({ base: z.int().nullable().default(null) }))
    .output(z.object({ version: z.int() }))
    .errors(errors),
  occupancy: oc
    .route({
      method: "GET",
      path: "/doors/{placeId}/occupancy",
      tags,
      summary: "How a home is used; for the beat's own officer, each look is kept",
    })
    .input(z.object({ placeId: idSchema }))
    .output(
      z.object({
        status: z.enum(OCCUPANCY).nullable(),
        notedAt: instantSchema.nullable(),
        expiresAt: instantSchema.nullable(),
      }),
    )
    .errors(sessionRefusals),
};

/** Query of `GET /visits/export`. */
export const visitExportQuery = visitFilter.extend(exportQuery.shape);

/** Answered in a stream: see `published`. */
export const visitStreams = {
  export: oc
    .route({
      method: "GET",
      path: "/visits/export",
      tags,
      summary: "The same list as a file",
      spec: answersWithTable,
    })
    .input(visitExportQuery)
    .errors({ ...sessionRefusals, ...refusals({ "unknown-sort": 400 }) }),
};
