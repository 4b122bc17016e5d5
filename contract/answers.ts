import { oc } from "@orpc/contract";
import {
  CHANNELS,
  FAIL_REASONS,
  HOLD_REASONS,
  MESSAGE_PURPOSES,
  MESSAGE_STATES,
  MESSAGE_STEPS,
  type MessageRefusal,
  REPLIES,
} from "@wanjia/domain/answers/terms";
import { MATTER_KINDS } from "@wanjia/domain/matters/terms";
import { z } from "zod";
import {
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["answers"];

/** How texts leave the house. */
export const GATEWAYS = ["smpp", "webhook", "none"] as const;

const messageFilter = z.object({
  state: z.enum(MESSAGE_STATES).optional(),
  channel: z.enum(CHANNELS).optional(),
  purpose: z.enum(MESSAGE_PURPOSES).optional(),
  /** What waits for somebody's hands: held, failed, or paper to be given. */
  todo: z.literal("true").optional(),
  matterId: idSchema.optional(),
});
export type MessageFilter = z.infer<typeof messageFilter>;

const reason = z.enum([...HOLD_REASONS, ...FAIL_REASONS]);

const messageRow = z
  .object({
    id: idSchema,
    matterId: idSchema,
    number: z.string(),
    kind: z.enum(MATTER_KINDS),
    subtype: z.string(),
    stationName: z.string().nullable(),
    purpose: z.enum(MESSAGE_PURPOSES),
    channel: z.enum(CHANNELS),
    state: z.enum(MESSAGE_STATES),
    reason: reason.nullable(),
    notBefore: instantSchema,
    attempts: z.int(),
    madeAt: instantSchema,
    sentAt: instantSchema.nullable(),
    byHand: z.boolean(),
    reply: z.enum(REPLIES).nullable(),
    repliedAt: instantSchema.nullable(),
  })
  .meta({ id: "MessageRow" });
export type MessageRow = z.infer<typeof messageRow>;

const messageDetail = messageRow
  .extend({
    /** Null once its time is over. */
    text: z.string().nullable(),
    place: z.string().nullable(),
    steps: z.array(z.enum(MESSAGE_STEPS)),
  })
  .meta({ id: "Message" });
export type MessageDetail = z.infer<typeof messageDetail>;

const planSchema = z.object({
  reason: z.enum(HOLD_REASONS).nullable(),
  notBefore: instantSchema,
});

/** What would become of a message about a matter, were it written now. */
const outlook = z
  .object({
    gateway: z.enum(GATEWAYS),
    now: instantSchema,
    answers: z.record(z.enum(CHANNELS), planSchema),
    /** Null where the caller may not ask, or there is nothing to ask about. */
    question: planSchema.extend({ text: z.string() }).nullable(),
  })
  .meta({ id: "AnswerOutlook" });
export type AnswerOutlook = z.infer<typeof outlook>;

const STATUS = {
  "not-permitted": 403,
  "wrong-message-state": 409,
  "still-held": 409,
  "no-question-open": 409,
  "nobody-to-ask": 422,
} as const satisfies Record<MessageRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const answersContract = {
  list: oc
    .route({ method: "GET", path: "/answers", tags, summary: "What goes out to residents" })
    .input(messageFilter.extend(listQuery.shape))
    .output(listReply(messageRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  get: oc
    .route({ method: "GET", path: "/answers/{id}", tags, summary: "One message and its words" })
    .input(z.object({ id: idSchema }))
    .output(messageDetail)
    .errors(errors),
  step: oc
    .route({
      method: "POST",
      path: "/answers/{id}/steps",
      tags,
      summary: "Send it again, say that it was given by hand, or take it back",
    })
    .input(z.object({ id: idSchema, step: z.enum(MESSAGE_STEPS) }))
    .output(messageDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
  outlook: oc
    .route({
      method: "GET",
      path: "/answers/outlook/{matterId}",
      tags,
      summary: "What would become of a message about a matter, and why it would wait",
    })
    .input(z.object({ matterId: idSchema }))
    .output(outlook)
    .errors(errors),
  ask: oc
    .route({
      method: "POST",
      path: "/answers/ask",
      tags,
      summary: "Ask the resident by a text how it went",
      description: "One reminder follows by itself when nothing comes back; then no more.",
    })
    .input(z.object({ matterId: idSchema }))
    .output(messageDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
};
