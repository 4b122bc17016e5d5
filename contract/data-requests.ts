import { oc } from "@orpc/contract";
import { ERASED, KEPT_REASONS } from "@wanjia/domain/privacy/erasure";
import type { RequestRefusal } from "@wanjia/domain/privacy/requests";
import {
  DATA_DECISIONS,
  DATA_REQUEST_KINDS,
  DATA_SUBJECT_KINDS,
  HELD_DATA,
  REQUEST_HANDLERS,
  REQUEST_ORIGINS,
} from "@wanjia/domain/privacy/terms";
import { z } from "zod";
import {
  askingRefusals,
  digestSchema,
  NAMED_STATUS,
  namedSchema,
  puzzleAnswerSchema,
  sendingRefusals,
} from "./intake.ts";
import {
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["data requests"];
/** Room for any text; the rules know the limits and say them in their refusals. */
const words = z.string().max(4000);

const STATUS = {
  "request-text-missing": 422,
  "request-text-too-long": 422,
  "request-open": 409,
  "request-not-here": 422,
  "request-decided": 409,
  "decision-text-missing": 422,
  "decision-text-too-long": 422,
  "stale-version": 409,
} as const satisfies Record<RequestRefusal, number>;

const term = z.object({ amount: z.int(), unit: z.enum(["days", "months"]) });

/** What a granted deletion let go, and what was kept and why. */
const erasure = { gone: z.array(z.enum(ERASED)), kept: z.array(z.enum(KEPT_REASONS)) };

const myData = z
  .object({
    subject: z.enum(DATA_SUBJECT_KINDS),
    /** Where contact could harm somebody, a receipt tells no more than whom to ring. */
    guarded: z.boolean(),
    held: z.array(
      z.object({
        data: z.enum(HELD_DATA),
        /** Masked where it is a number; a count where there are several. */
        shown: z.string().nullable(),
        until: instantSchema.nullable(),
        /** How long after the end, where that has not come. */
        after: term.nullable(),
      }),
    ),
    mayWithdraw: z.boolean(),
    looks: z.array(
      z.object({
        at: z.enum(["contact", "photos"]),
        role: z.string(),
        unit: z.string().nullable(),
        unitEn: z.string().nullable(),
        purpose: z.string().nullable(),
        times: z.int(),
        lastAt: instantSchema,
      }),
    ),
    kinds: z.array(z.enum(DATA_REQUEST_KINDS)),
    requests: z.array(
      z.object({
        id: idSchema,
        kind: z.enum(DATA_REQUEST_KINDS),
        receivedAt: instantSchema,
        dueAt: instantSchema.nullable(),
        decidedAt: instantSchema.nullable(),
        decision: z.enum(DATA_DECISIONS).nullable(),
        answer: z.string().nullable(),
        ...erasure,
      }),
    ),
  })
  .meta({ id: "MyData" });

const rowShape = {
  id: idSchema,
  kind: z.enum(DATA_REQUEST_KINDS),
  origin: z.enum(REQUEST_ORIGINS),
  subjectKind: z.enum(DATA_SUBJECT_KINDS),
  number: z.string().nullable(),
  stationName: z.string().nullable(),
  handledBy: z.enum(REQUEST_HANDLERS),
  receivedAt: instantSchema,
  dueAt: instantSchema.nullable(),
  decidedAt: instantSchema.nullable(),
  decision: z.enum(DATA_DECISIONS).nullable(),
};
const requestRow = z.object(rowShape).meta({ id: "DataRequestRow" });
export type DataRequestRow = z.infer<typeof requestRow>;

const requestDetail = z
  .object({
    ...rowShape,
    version: z.int(),
    text: z.string(),
    answer: z.string().nullable(),
    ...erasure,
  })
  .meta({ id: "DataRequest" });
export type DataRequestDetail = z.infer<typeof requestDetail>;

const byReceipt = z.object({ look: digestSchema });
const acting = { ...askingRefusals, ...sendingRefusals, ...refusals(STATUS) };
const errors = { ...sessionRefusals, ...refusals({ "not-found": 404, ...STATUS }) };

export const dataRequestsContract = {
  // -- by receipt -----------------------------------------------------------------------------------
  mine: oc
    .route({
      method: "POST",
      path: "/public/data",
      tags,
      summary: "What is held, until when, who looked, and what was asked; by a receipt",
    })
    .input(byReceipt)
    .output(myData)
    .errors(askingRefusals),
  withdraw: oc
    .route({
      method: "POST",
      path: "/public/data/withdraw",
      tags,
      summary: "Withdraw consent: how to be reached is deleted at once",
    })
    .input(byReceipt.extend({ puzzle: puzzleAnswerSchema }))
    .output(myData)
    .errors({ ...askingRefusals, ...sendingRefusals }),
  ask: oc
    .route({
      method: "POST",
      path: "/public/data/requests",
      tags,
      summary: "Ask for a copy, a correction, a deletion or an explanation",
    })
    .input(
      byReceipt.extend({
        kind: z.enum(DATA_REQUEST_KINDS),
        text: words,
        puzzle: puzzleAnswerSchema,
      }),
    )
    .output(myData)
    .errors(acting),

  // -- at the desk ----------------------------------------------------------------------------------
  list: oc
    .route({
      method: "GET",
      path: "/data-requests",
      tags,
      summary: "Requests that one answers",
    })
    .input(
      z
        .object({
          kind: z.enum(DATA_REQUEST_KINDS).optional(),
          progress: z.enum(["open", "overdue", "decided"]).optional(),
        })
        .extend(listQuery.shape),
    )
    .output(listReply(requestRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  get: oc
    .route({ method: "GET", path: "/data-requests/{id}", tags, summary: "One request" })
    .input(z.object({ id: idSchema }))
    .output(requestDetail)
    .errors(errors),
  type: oc
    .route({
      method: "POST",
      path: "/data-requests",
      tags,
      summary: "Type in what somebody asks on paper, at the counter or by telephone",
    })
    .input(
      z.object({
        kind: z.enum(DATA_REQUEST_KINDS),
        text: words,
        number: z.string().max(12).optional(),
        origin: z.enum(["desk", "paper"]),
        /** What the request is followed by: a receipt made for it, or the one that the resident named. */
        look: digestSchema,
      }),
    )
    .output(z.object({ done: z.literal(true) }))
    .errors(errors),
  typeWithdrawal: oc
    .route({
      method: "POST",
      path: "/data-requests/withdrawals",
      tags,
      summary:
        "Type in that somebody withdraws his consent, on paper, at the counter or by telephone",
      description:
        "How to reach him is deleted at once, whatever the receipt leads to; the reply doesn't say what that was.",
    })
    .input(z.object({ named: namedSchema }))
    .output(z.object({ done: z.literal(true) }))
    .errors({ ...sessionRefusals, ...refusals(NAMED_STATUS) }),
  decide: oc
    .route({
      method: "POST",
      path: "/data-requests/{id}/decision",
      tags,
      summary: "Decide, with the reasons that the resident reads",
    })
    .input(
      z.object({
        id: idSchema,
        decision: z.enum(DATA_DECISIONS),
        answer: words,
        version: z.int(),
      }),
    )
    .output(requestDetail)
    .errors(errors),
};
