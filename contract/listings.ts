import { oc } from "@orpc/contract";
import {
  COUNT_MEASURES,
  CRITERION_ANSWERS,
  DELIST_CRITERIA,
  LISTING_BODIES,
  LISTING_CAUSES,
  LISTING_COMMANDS,
  LISTING_LIMITS,
  LISTING_STATES,
  type ListingRefusal,
} from "@wanjia/domain/listings/terms";
import { z } from "zod";
import { paperQuery } from "./documents.ts";
import {
  answersWith,
  idSchema,
  instantSchema,
  localDateSchema,
  refusals,
  sessionRefusals,
  stepsOf,
} from "./shared.ts";

const tags = ["listings"];
/** Room for any text; the rules know the limits and say them in their refusals. */
const words = z.string().max(4000);
const answersSchema = z.object(
  Object.fromEntries(DELIST_CRITERIA.map((one) => [one, z.enum(CRITERION_ANSWERS)])) as {
    [K in (typeof DELIST_CRITERIA)[number]]: z.ZodEnum<{
      [A in (typeof CRITERION_ANSWERS)[number]]: A;
    }>;
  },
);

const daysShape = {
  measure: z.enum(COUNT_MEASURES),
  from: localDateSchema,
  to: localDateSchema.meta({ description: "First day no longer included" }),
};

const draftSchema = z.object({
  id: idSchema,
  estateId: idSchema,
  ...daysShape,
  causes: z.array(z.enum(LISTING_CAUSES)).min(1).max(LISTING_CAUSES.length),
  text: words,
});

const step = stepsOf<(typeof LISTING_COMMANDS)[number]>();

const inspectionShape = {
  on: localDateSchema,
  bodies: z.array(z.enum(LISTING_BODIES)).max(LISTING_BODIES.length),
  causes: z.array(z.enum(LISTING_CAUSES)).min(1).max(LISTING_CAUSES.length),
  text: words,
};

const stepSchema = z.discriminatedUnion("type", [
  step("inspect", inspectionShape),
  step("drop", { text: words }),
  step("order", {
    number: z.string().max(200),
    bodies: z.array(z.enum(LISTING_BODIES)).max(LISTING_BODIES.length),
    street: z.string().max(200),
    deadline: localDateSchema.optional(),
  }),
  step("set_measure", {
    id: idSchema,
    body: z.enum(LISTING_BODIES),
    text: words,
    dueOn: localDateSchema,
  }),
  step("tell_measure", { id: idSchema, note: words, done: z.boolean() }),
  step("extend", { months: z.int(), text: words }),
  step("test", { answers: answersSchema, asked: z.int(), agree: z.int(), text: words }),
  step("delist", {}),
]);

/** Null below five: shown as "<5". */
const smallCount = z.int().nullable();

const comparisonSchema = z.object({
  ...daysShape,
  count: smallCount,
  before: smallCount,
  households: z.int(),
  /** (count − before) / before; null without a base or where a count is too small to be shown. */
  change: z.number().nullable(),
  /** Times as many for a thousand homes as in the other estates. */
  timesOthers: z.number().nullable(),
  source: z.string(),
});

const rowShape = {
  id: idSchema,
  estateId: idSchema,
  estate: z.string(),
  stationId: idSchema,
  stationName: z.string().nullable(),
  state: z.enum(LISTING_STATES),
  deadline: localDateSchema.nullable(),
  proposedAt: instantSchema,
  measures: z.object({ done: z.int(), all: z.int() }),
};
const listingRow = z.object(rowShape).meta({ id: "ListingRow" });
export type ListingRow = z.infer<typeof listingRow>;

const listingDetail = z
  .object({
    ...rowShape,
    version: z.int(),
    comparison: comparisonSchema,
    causes: z.array(z.enum(LISTING_CAUSES)),
    text: z.string(),
    inspections: z.array(z.object(inspectionShape)),
    order: z
      .object({
        number: z.string(),
        bodies: z.array(z.enum(LISTING_BODIES)),
        street: z.string(),
        on: localDateSchema,
      })
      .nullable(),
    extraMonths: z.int(),
    work: z.array(
      z.object({
        id: idSchema,
        body: z.enum(LISTING_BODIES),
        text: z.string(),
        dueOn: localDateSchema,
        note: z.string().nullable(),
        doneOn: localDateSchema.nullable(),
      }),
    ),
    test: z
      .object({
        at: instantSchema,
        answers: answersSchema,
        asked: z.int(),
        agree: z.int(),
        passed: z.boolean(),
        text: z.string(),
      })
      .nullable(),
    delistedOn: localDateSchema.nullable(),
    /** Against estates that were not listed; null while nothing can be said. */
    effect: z.object({ ratio: z.number(), low: z.number(), high: z.number() }).nullable(),
    steps: z.array(z.enum(LISTING_COMMANDS)),
    timeline: z.array(
      z.object({
        seq: z.int(),
        at: instantSchema,
        memberName: z.string().nullable(),
        type: z.string(),
        text: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Listing" });
export type ListingDetail = z.infer<typeof listingDetail>;

const estateSchema = z
  .object({
    estateId: idSchema,
    estate: z.string(),
    stationName: z.string().nullable(),
    ...comparisonSchema.shape,
    /** It may be proposed: large enough, worse, not listed already. */
    proposable: z.boolean(),
  })
  .meta({ id: "EstateFigures" });
export type EstateFigures = z.infer<typeof estateSchema>;

const STATUS = {
  "not-permitted": 403,
  "handler-cannot-test": 403,
  "tester-cannot-delist": 403,
  "wrong-state": 409,
  "stale-version": 409,
  "already-listed": 409,
  "text-missing": 422,
  "text-too-long": 422,
  "text-forbidden": 422,
  "estate-too-small": 422,
  "no-comparison": 422,
  "count-too-small": 422,
  "not-worse": 422,
  "not-joint": 422,
  "day-past": 422,
  "day-future": 422,
  "too-many-inspections": 422,
  "deadline-too-late": 422,
  "measure-unknown": 422,
  "too-many-measures": 422,
  "no-measures": 422,
  "months-over": 422,
  "too-few-asked": 422,
  "test-failed": 422,
} as const satisfies Record<ListingRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const LISTING_DOCUMENTS = ["notice", "delisting"] as const;

/** What hangs at the gate, and no more: no member, no note of the work, no text of the proposal. */
const publishedListing = z
  .object({
    ...listingRow.pick({ id: true, estate: true }).shape,
    station: z.string(),
    stationEn: z.string(),
    dutyPhone: z.string(),
    number: z.string(),
    on: localDateSchema,
    deadline: localDateSchema,
    street: z.string(),
    bodies: z.array(z.enum(LISTING_BODIES)),
    comparison: comparisonSchema,
    causes: z.array(z.enum(LISTING_CAUSES)),
    work: z.array(
      z.object({
        body: z.enum(LISTING_BODIES),
        text: z.string(),
        dueOn: localDateSchema,
        doneOn: localDateSchema.nullable(),
      }),
    ),
  })
  .meta({ id: "PublishedListing" });
export type PublishedListing = z.infer<typeof publishedListing>;

export const listingsContract = {
  // -- anyone -----------------------------------------------------------------------------------
  published: oc
    .route({
      method: "GET",
      path: "/public/listings",
      tags,
      summary: "Places under rectification, from the order until they are taken off the list",
    })
    .output(z.object({ items: z.array(publishedListing) }))
    .errors(refusals({ "too-many-requests": 429 })),
  // -- at the desk ------------------------------------------------------------------------------
  list: oc
    .route({ method: "GET", path: "/listings", tags, summary: "Places under rectification" })
    .output(
      z.object({
        items: z.array(listingRow),
        /** Delisted by the day, of those whose day has come (K65). */
        onTime: z.object({ delisted: z.int(), due: z.int() }),
      }),
    )
    .errors(sessionRefusals),
  get: oc
    .route({ method: "GET", path: "/listings/{id}", tags, summary: "One listed place" })
    .input(z.object({ id: idSchema }))
    .output(listingDetail)
    .errors(errors),
  estates: oc
    .route({
      method: "GET",
      path: "/listings/estates",
      tags,
      summary: "Counts at estates against a year ago and against the other estates",
    })
    .input(z.object({ measure: z.enum(COUNT_MEASURES).default("theft") }))
    .output(z.object({ items: z.array(estateSchema) }))
    .errors(sessionRefusals),
  count: oc
    .route({
      method: "POST",
      path: "/listings/counts",
      tags,
      summary: "Bring in counts for estates, by their names; all of them or none",
      description: "A count for the same estate and days takes the place of the earlier one.",
    })
    .input(
      z.object({
        ...daysShape,
        source: z.string().trim().min(1).max(200),
        rows: z
          .array(z.object({ estate: z.string().max(200), count: z.int().min(0).max(100_000) }))
          .min(1)
          .max(LISTING_LIMITS.rows),
      }),
    )
    .output(z.object({ saved: z.int() }))
    .errors({ ...sessionRefusals, ...refusals({ "estate-unknown": 422, "days-reversed": 422 }) }),
  propose: oc
    .route({ method: "POST", path: "/listings", tags, summary: "Propose an estate" })
    .input(draftSchema)
    .output(listingDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
  step: oc
    .route({
      method: "POST",
      path: "/listings/{id}/steps",
      tags,
      summary: "Take a step with a listed place",
      description: "`version` is the one the caller looked at.",
    })
    .input(z.object({ id: idSchema, version: z.int(), step: stepSchema }))
    .output(listingDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
};

/** Answered in a stream: see `published`. */
export const listingStreams = {
  document: oc
    .route({
      method: "GET",
      path: "/listings/{id}/papers/{kind}",
      tags,
      summary: "The notice for the board as .docx",
      spec: answersWith("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    })
    .input(paperQuery.extend({ id: idSchema, kind: z.enum(LISTING_DOCUMENTS) }))
    .errors(errors),
};
