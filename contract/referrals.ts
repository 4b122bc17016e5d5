import { oc } from "@orpc/contract";
import { REFERRAL_BASES, REFERRAL_STATES } from "@wanjia/domain/matters/referral";
import {
  MATTER_KINDS,
  MATTER_SUBTYPES,
  OUTCOMES,
  UNSOLVED_REASONS,
} from "@wanjia/domain/matters/terms";
import { z } from "zod";
import {
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["referrals"];
const words = z.string().max(4000);
const outcomeSchema = z.enum([...new Set(MATTER_KINDS.flatMap((kind) => [...OUTCOMES[kind]]))]);

/** `overdue`: open, and the day to answer by is over. */
export const REFERRAL_PROGRESS = ["open", "overdue", "ended"] as const;
export type ReferralProgress = (typeof REFERRAL_PROGRESS)[number];

const referralRow = z
  .object({
    id: idSchema,
    number: z.string(),
    kind: z.enum(MATTER_KINDS),
    subtype: z.enum([...new Set(MATTER_KINDS.flatMap((kind) => [...MATTER_SUBTYPES[kind]]))]),
    /** False where a dispute must not be mediated. */
    suitable: z.boolean().nullable(),
    place: z.string(),
    stationName: z.string(),
    dutyPhone: z.string(),
    basis: z.enum(REFERRAL_BASES),
    law: z.string().nullable(),
    text: z.string(),
    /** The resident agreed to be reached; the station says how. */
    contact: z.boolean(),
    state: z.enum(REFERRAL_STATES),
    /** The feedback centre decided that it stays here. */
    arbitrated: z.boolean(),
    dueAt: instantSchema.nullable(),
    sentAt: instantSchema,
    acceptedAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    outcome: outcomeSchema.nullable(),
    reason: z.enum(UNSOLVED_REASONS).nullable(),
    said: z.string(),
  })
  .meta({ id: "Referral" });
export type ReferralRow = z.infer<typeof referralRow>;

/** What a body may do with what was sent to it. */
export const bodyStepSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("accept") }),
  z.object({ type: z.literal("return_assignment"), reason: words }),
  z.object({
    type: z.literal("resolve"),
    outcome: outcomeSchema,
    reason: z.enum(UNSOLVED_REASONS).optional(),
    text: words,
  }),
]);

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

/** What a body's order may be refused for. */
const STATUS = {
  "not-permitted": 403,
  "not-assigned-to-you": 403,
  "arbiter-decides": 403,
  "wrong-state": 409,
  "of-other-kind": 422,
  "reason-needed": 422,
  "screening-needed": 422,
  "mediation-stopped": 422,
  "text-missing": 422,
  "text-too-long": 422,
  "text-forbidden": 422,
} as const;
export type BodyRefusal = keyof typeof STATUS;

export const referralsContract = {
  list: oc
    .route({ method: "GET", path: "/referrals", tags, summary: "What was sent to one’s own body" })
    .input(z.object({ progress: z.enum(REFERRAL_PROGRESS).optional() }).extend(listQuery.shape))
    .output(listReply(referralRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  get: oc
    .route({ method: "GET", path: "/referrals/{id}", tags, summary: "One referral" })
    .input(z.object({ id: idSchema }))
    .output(referralRow)
    .errors(errors),
  step: oc
    .route({
      method: "POST",
      path: "/referrals/{id}/steps",
      tags,
      summary: "The body accepts, returns, or says what came of it",
    })
    .input(z.object({ id: idSchema, step: bodyStepSchema }))
    .output(referralRow)
    .errors({ ...errors, ...refusals(STATUS) }),
  link: oc
    .route({
      method: "POST",
      path: "/referrals/{id}/link",
      tags,
      summary: "A link that opens it without an account; the one before it ends",
      description: "Shown once: only its hash is kept.",
    })
    .input(z.object({ id: idSchema }))
    .output(z.object({ path: z.string(), until: instantSchema }))
    .errors({ ...errors, ...refusals({ "wrong-state": 409 }) }),
  revokeLink: oc
    .route({ method: "DELETE", path: "/referrals/{id}/link", tags, summary: "End the link" })
    .input(z.object({ id: idSchema }))
    .output(z.object({ done: z.literal(true) }))
    .errors(errors),
};
