import { oc } from "@orpc/contract";
import {
  CHECK_RESULTS,
  COMPLAINT_ABOUT,
  COMPLAINT_CONTACT_PURPOSES,
  COMPLAINT_KINDS,
  COMPLAINT_ORIGINS,
  type ComplaintRefusal,
  COMPLAINT_STATES,
  type ComplaintStep,
  COMPLAINT_STEPS,
  FINDINGS,
  REVIEW_RESULTS,
} from "@wanjia/domain/complaints/terms";
import { z } from "zod";
import { askingRefusals, digestSchema, puzzleAnswerSchema, sendingRefusals } from "./intake.ts";
import {
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  localDateSchema,
  refusals,
  sessionRefusals,
  stepsOf,
} from "./shared.ts";

const tags = ["complaints"];
/** Room for any text; the rules know the limits and say them in their refusals. */
const words = z.string().max(8000);
const decided = z.enum(["substantiated", "partly", "unsubstantiated"]);

const STATUS = {
  "conflict-of-interest": 403,
  "complaint-wrong-state": 409,
  "complaint-text-missing": 422,
  "complaint-text-too-long": 422,
  "station-needed": 422,
  "officer-not-heard": 422,
  "reviewer-was-finder": 403,
  "review-used": 409,
  "review-too-late": 409,
  "finding-needed": 422,
  "stale-version": 409,
  "phone-invalid": 422,
  "contact-without-consent": 422,
  "contact-without-purpose": 422,
} as const satisfies Record<ComplaintRefusal, number>;

const draftShape = {
  about: z.enum(COMPLAINT_ABOUT),
  stationId: idSchema.nullable(),
  kind: z.enum(COMPLAINT_KINDS),
  text: words,
  happenedOn: localDateSchema.optional(),
  contact: z
    .object({
      phone: z.string().max(20).optional(),
      salutation: z.string().max(40).optional(),
      consent: z.boolean(),
    })
    .optional(),
  look: digestSchema,
};

const step = stepsOf<ComplaintStep>();

const stepSchema = z.discriminatedUnion("type", [
  step("receipt", {}),
  step("note", { text: words }),
  step("name", { memberIds: z.array(idSchema).max(20) }),
  step("check", { result: z.enum(CHECK_RESULTS), text: words }),
  step("hear", { text: words }),
  step("find", { finding: decided, text: words, remedy: words.optional() }),
  step("answer", { text: words }),
  step("decide_review", {
    result: z.enum(REVIEW_RESULTS),
    finding: decided.optional(),
    text: words,
  }),
]);

const rowShape = {
  id: idSchema,
  about: z.enum(COMPLAINT_ABOUT),
  stationName: z.string().nullable(),
  kind: z.enum(COMPLAINT_KINDS),
  origin: z.enum(COMPLAINT_ORIGINS),
  state: z.enum(COMPLAINT_STATES),
  finding: z.enum(FINDINGS).nullable(),
  receivedAt: instantSchema,
  dueAt: instantSchema.nullable(),
};
const complaintRow = z.object(rowShape).meta({ id: "ComplaintRow" });
export type ComplaintRow = z.infer<typeof complaintRow>;

const complaintDetail = z
  .object({
    ...rowShape,
    version: z.int(),
    text: z.string(),
    happenedOn: localDateSchema.nullable(),
    heard: z.int(),
    concerned: z.array(z.object({ id: idSchema, name: z.string() })),
    contact: z.object({ phone: z.string().nullable(), salutation: z.boolean() }).nullable(),
    steps: z.array(z.enum(COMPLAINT_STEPS)),
    timeline: z.array(
      z.object({
        seq: z.int(),
        at: instantSchema,
        memberName: z.string().nullable(),
        type: z.string(),
        text: z.string().nullable(),
        remedy: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Complaint" });
export type ComplaintDetail = z.infer<typeof complaintDetail>;

const followed = z.object({
  about: z.enum(COMPLAINT_ABOUT),
  station: z.string().nullable(),
  stationEn: z.string().nullable(),
  handledBy: z.enum(["inspectorate", "feedback_centre"]),
  kind: z.enum(COMPLAINT_KINDS),
  state: z.enum(COMPLAINT_STATES),
  finding: z.enum(FINDINGS).nullable(),
  receivedAt: instantSchema,
  dueAt: instantSchema.nullable(),
  answer: z.string().nullable(),
  answeredAt: instantSchema.nullable(),
  mayAskReview: z.boolean(),
  mayWithdraw: z.boolean(),
});

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404, ...STATUS }) };
const asking = { ...askingRefusals, ...sendingRefusals, ...refusals(STATUS) };

export const complaintsContract = {
  // -- anyone -----------------------------------------------------------------------------------
  publicUnits: oc
    .route({
      method: "GET",
      path: "/public/complaints/units",
      tags,
      summary: "Stations that a complaint can be about",
    })
    .output(
      z.object({
        bureaus: z.array(
          z.object({
            id: idSchema,
            name: z.string(),
            nameEn: z.string(),
            stations: z.array(z.object({ id: idSchema, name: z.string(), nameEn: z.string() })),
          }),
        ),
      }),
    ),
  figures: oc
    .route({
      method: "GET",
      path: "/public/complaints/figures",
      tags,
      summary: "K71-K73 of a bureau's last four finished quarters; nothing below twenty",
    })
    .input(z.object({ bureauId: idSchema }))
    .output(
      z.object({
        from: localDateSchema,
        to: localDateSchema,
        figures: z
          .object({
            received: z.int(),
            answeredOnTime: z.number(),
            substantiatedShare: z.number(),
            medianDays: z.int(),
            reviewedShare: z.number(),
          })
          .nullable(),
      }),
    ),
  send: oc
    .route({
      method: "POST",
      path: "/public/complaints",
      tags,
      summary: "Complain, without account",
    })
    .input(z.object({ bureauId: idSchema, ...draftShape, puzzle: puzzleAnswerSchema }))
    .output(followed)
    .errors({ ...sendingRefusals, ...refusals(STATUS) }),
  follow: oc
    .route({
      method: "POST",
      path: "/public/complaints/follow",
      tags,
      summary: "Where a complaint stands, by what its receipt shows",
    })
    .input(z.object({ look: digestSchema }))
    .output(followed)
    .errors(askingRefusals),
  askReview: oc
    .route({
      method: "POST",
      path: "/public/complaints/review",
      tags,
      summary: "Disagree with the result, within thirty days",
    })
    .input(z.object({ look: digestSchema, text: words, puzzle: puzzleAnswerSchema }))
    .output(followed)
    .errors(asking),
  withdraw: oc
    .route({
      method: "POST",
      path: "/public/complaints/withdraw",
      tags,
      summary: "Withdraw a complaint; somebody still looks, and answers",
    })
    .input(z.object({ look: digestSchema, puzzle: puzzleAnswerSchema }))
    .output(followed)
    .errors(asking),

  // -- who handles them -------------------------------------------------------------------------
  list: oc
    .route({ method: "GET", path: "/complaints", tags, summary: "Complaints that one handles" })
    .input(
      z
        .object({
          state: z.enum(COMPLAINT_STATES).optional(),
          kind: z.enum(COMPLAINT_KINDS).optional(),
          progress: z.enum(["open", "overdue", "ended"]).optional(),
        })
        .extend(listQuery.shape),
    )
    .output(listReply(complaintRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  units: oc
    .route({
      method: "GET",
      path: "/complaint-units",
      tags,
      summary: "K71-K73 of a year by the unit concerned, of complaints that one handles",
      description: "What concerns the caller or a unit he belongs to is in no row.",
    })
    .input(z.object({ year: z.string().regex(/^[12]\d{3}$/) }))
    .output(
      z.object({
        items: z.array(
          z.object({
            about: z.enum(COMPLAINT_ABOUT),
            stationName: z.string().nullable(),
            complaints: z.int(),
            complaints_answer_due: z.int(),
            complaints_answered_on_time: z.int(),
            complaints_answered: z.int(),
            complaints_substantiated: z.int(),
          }),
        ),
      }),
    )
    .errors(sessionRefusals),
  get: oc
    .route({ method: "GET", path: "/complaints/{id}", tags, summary: "One complaint's file" })
    .input(z.object({ id: idSchema }))
    .output(complaintDetail)
    .errors(errors),
  raise: oc
    .route({
      method: "POST",
      path: "/complaints",
      tags,
      summary: "Type in a letter, a call or a visit; the receipt is handed over or read out",
    })
    .input(z.object({ ...draftShape, origin: z.enum(["letter", "phone", "visit"]) }))
    .output(complaintDetail.nullable())
    .errors(errors),
  step: oc
    .route({
      method: "POST",
      path: "/complaints/{id}/steps",
      tags,
      summary: "Take a step with a complaint",
    })
    .input(z.object({ id: idSchema, version: z.int(), step: stepSchema }))
    .output(complaintDetail.nullable())
    .errors(errors),
  reveal: oc
    .route({
      method: "POST",
      path: "/complaints/{id}/contact/reveal",
      tags,
      summary: "See how to reach the complainant; the look is kept with the file",
    })
    .input(z.object({ id: idSchema, purpose: z.enum(COMPLAINT_CONTACT_PURPOSES) }))
    .output(z.object({ phone: z.string().nullable(), salutation: z.string().nullable() }))
    .errors({ ...errors, ...refusals({ "too-many-looks": 429 }) }),
};
