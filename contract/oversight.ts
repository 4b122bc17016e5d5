import { oc } from "@orpc/contract";
import {
  type AnswerRefusal,
  CAME,
  EXPLANATIONS,
  FINDING_COMMANDS,
  FINDING_STATES,
  type FindingRefusal,
  FOUND,
  RESULTS,
  type RoundRefusal,
  SPOKE,
  VERDICTS,
} from "@wanjia/domain/oversight/terms";
import { LISTED_OUTCOMES } from "@wanjia/domain/visits/policy";
import { z } from "zod";
import {
  idSchema,
  instantSchema,
  localDateSchema,
  refusals,
  sessionRefusals,
  stepsOf,
} from "./shared.ts";

const tags = ["oversight"];
/** Room for any text; the rules know the limits and say them in their refusals. */
const words = z.string().max(4000);

const answerShape = {
  found: z.enum(FOUND),
  came: z.enum(CAME).nullable(),
  spoke: z.enum(SPOKE).nullable(),
  gasCheck: z.boolean().nullable().meta({ description: "Asked as well; nobody was sent" }),
  gridWorker: z.boolean().nullable().meta({ description: "Asked as well; nobody was sent" }),
};

const roundSchema = z
  .object({
    id: idSchema,
    /** The Monday. */
    week: localDateSchema,
    openedAt: instantSchema,
    commitment: z.string().meta({ description: "SHA-256 of the seed, known before the week" }),
    seed: z.string().nullable().meta({ description: "Once the answers are closed" }),
    drawnAt: instantSchema.nullable(),
    frame: z.int().nullable(),
    lockedAt: instantSchema.nullable(),
    /** For who asks: how many doors, and at how many of them they asked. */
    asking: z.object({ drawn: z.int(), asked: z.int() }).nullable(),
    /** In a leader's or desk's reach, once the answers are closed; of one beat it would be one officer's. */
    stations: z.array(
      z.object({
        stationName: z.string().nullable(),
        results: z.object(
          Object.fromEntries(RESULTS.map((one) => [one, z.int()])) as {
            [K in (typeof RESULTS)[number]]: z.ZodInt;
          },
        ),
      }),
    ),
  })
  .meta({ id: "RecheckRound" });
export type RecheckRound = z.infer<typeof roundSchema>;

/** An address and the days: whoever asks knows no more. */
const doorSchema = z
  .object({
    id: idSchema,
    place: z.string(),
    stationName: z.string().nullable(),
    from: localDateSchema,
    to: localDateSchema,
    answer: z.object(answerShape).nullable(),
  })
  .meta({ id: "RecheckDoor" });
export type RecheckDoor = z.infer<typeof doorSchema>;

const findingShape = {
  id: idSchema,
  visitId: idSchema,
  place: z.string(),
  stationName: z.string().nullable(),
  visitedAt: instantSchema,
  result: z.enum(RESULTS),
  state: z.enum(FINDING_STATES),
};
const findingRow = z.object(findingShape).meta({ id: "RecheckFindingRow" });
export type FindingRow = z.infer<typeof findingRow>;

const findingDetail = z
  .object({
    ...findingShape,
    version: z.int(),
    outcome: z.enum(LISTED_OUTCOMES),
    heard: z.object(answerShape).omit({ gasCheck: true, gridWorker: true }).nullable(),
    explainUntil: instantSchema,
    appealUntil: localDateSchema.nullable(),
    steps: z.array(z.enum(FINDING_COMMANDS)),
    /** For who decides: colleagues of another team for the panel's third seat. */
    peers: z.array(z.object({ id: idSchema, name: z.string() })),
    timeline: z.array(
      z.object({
        type: z.enum(FINDING_COMMANDS),
        at: instantSchema,
        memberName: z.string().nullable(),
        text: z.string(),
        why: z.enum(EXPLANATIONS).nullable(),
        verdict: z.enum(VERDICTS).nullable(),
        peerName: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "RecheckFinding" });
export type FindingDetail = z.infer<typeof findingDetail>;

const step = stepsOf<(typeof FINDING_COMMANDS)[number]>();
const stepSchema = z.discriminatedUnion("type", [
  step("explain", { why: z.enum(EXPLANATIONS), text: words }),
  step("view", { text: words }),
  step("decide", { verdict: z.enum(VERDICTS), peerId: idSchema, text: words }),
  step("appeal", { text: words }),
]);

const FINDING_STATUS = {
  "not-permitted": 403,
  "decider-cannot-review": 403,
  "wrong-state": 409,
  "text-missing": 422,
  "text-too-long": 422,
  "text-forbidden": 422,
  "view-missing": 409,
  "explanation-awaited": 409,
  "peer-unfit": 422,
  "appeal-late": 409,
} as const satisfies Record<FindingRefusal, number>;

const ASKING_STATUS = {
  "round-locked": 409,
  "round-not-drawn": 409,
  "answers-missing": 409,
  "answer-incomplete": 422,
} as const satisfies Record<RoundRefusal | AnswerRefusal, number>;

/** `todo`: those that wait for the caller. */
const waiting = z.object({ todo: z.literal("true").optional() });

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const oversightContract = {
  rounds: oc
    .route({
      method: "GET",
      path: "/rechecks/rounds",
      tags,
      summary: "Weeks of the blind second look: the hash of the seed, later the seed and results",
    })
    .output(z.object({ items: z.array(roundSchema) }))
    .errors(sessionRefusals),
  lock: oc
    .route({
      method: "POST",
      path: "/rechecks/rounds/{id}/lock",
      tags,
      summary: "Close the answers of a week: they are held against the records",
    })
    .input(z.object({ id: idSchema }))
    .output(z.object({ findings: z.int() }))
    .errors({ ...errors, ...refusals(ASKING_STATUS) }),
  doors: oc
    .route({
      method: "GET",
      path: "/rechecks/doors",
      tags,
      summary: "Doors to ask at: address and days, nothing of the record",
    })
    .input(waiting)
    .output(z.object({ items: z.array(doorSchema) }))
    .errors(sessionRefusals),
  answer: oc
    .route({
      method: "POST",
      path: "/rechecks/doors/{id}/answer",
      tags,
      summary: "Keep what was heard at a door; until the answers are closed it may be set right",
    })
    .input(z.object({ id: idSchema, ...answerShape }))
    .output(z.object({ saved: z.literal(true) }))
    .errors({ ...errors, ...refusals(ASKING_STATUS) }),
  findings: oc
    .route({
      method: "GET",
      path: "/rechecks/findings",
      tags,
      summary: "Visits that what was heard contradicts, in the caller's reach",
    })
    .input(waiting)
    .output(z.object({ items: z.array(findingRow) }))
    .errors(sessionRefusals),
  finding: oc
    .route({ method: "GET", path: "/rechecks/findings/{id}", tags, summary: "One contradiction" })
    .input(z.object({ id: idSchema }))
    .output(findingDetail)
    .errors(errors),
  step: oc
    .route({
      method: "POST",
      path: "/rechecks/findings/{id}/steps",
      tags,
      summary: "Explain, give the station's view, decide, appeal",
      description: "`version` is the one the caller looked at.",
    })
    .input(z.object({ id: idSchema, version: z.int(), step: stepSchema }))
    .output(findingDetail)
    .errors({ ...errors, ...refusals({ ...FINDING_STATUS, "stale-version": 409 }) }),
};
