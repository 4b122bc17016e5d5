import { oc } from "@orpc/contract";
import { z } from "zod";
import { answersWith, idSchema, instantSchema, refusals, sessionRefusals } from "./shared.ts";

/** The protocol of today and the one before; `sync/protocol.ts` says what each is. */
const PROTOCOL = 2;
const PROTOCOL_BEFORE = 1;
const COMMANDS_IN_A_PUSH = 100;

/** SHA-256, base64url. */
const hashSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const typeSchema = z
  .string()
  .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/)
  .meta({ description: "Subject and verb, such as `visits.record`" });

const commandSchema = z.object({
  id: idSchema,
  type: typeSchema,
  at: instantSchema.meta({ description: "The device's clock when the officer confirmed" }),
  base: z.int().nullable().meta({ description: "The version it was based on" }),
  body: z.unknown(),
  replaces: idSchema.optional().meta({ description: "The refused command that this one repairs" }),
});

const pushSchema = z.object({
  protocol: z.literal(PROTOCOL),
  device: idSchema,
  deviceNow: instantSchema.meta({ description: "The device's clock at sending" }),
  commands: z.array(commandSchema).max(COMMANDS_IN_A_PUSH),
});

const isoTime = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), { error: "not-a-date" });

const pushBeforeSchema = z.object({
  protocol: z.literal(PROTOCOL_BEFORE),
  device: idSchema,
  commands: z
    .array(z.object({ id: idSchema, type: typeSchema, when: isoTime, body: z.unknown() }))
    .max(COMMANDS_IN_A_PUSH),
});

const batchSchema = z.object({
  id: idSchema,
  time: instantSchema,
  leaves: z.string().meta({ description: "Merkle leaves, 32 bytes each, base64url" }),
  keyId: z.string(),
  signature: z.string().meta({ description: "Ed25519, base64url" }),
});

const refusalSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const answerSchema = z.discriminatedUnion("status", [
  z.object({
    id: idSchema,
    status: z.enum(["accepted", "had"]),
    seq: z.int(),
    batch: idSchema,
    leaf: z.int(),
  }),
  z.object({ id: idSchema, status: z.literal("refused"), refusal: refusalSchema }),
  z.object({
    id: idSchema,
    status: z.literal("failed"),
    reason: z.enum(["unknown-command", "server-fault"]),
  }),
]);

const pushReplySchema = z.object({
  protocol: z.literal(PROTOCOL),
  serverNow: instantSchema,
  answers: z.array(answerSchema),
  batches: z.array(batchSchema),
});

const pushReplyBeforeSchema = z.object({
  protocol: z.literal(PROTOCOL_BEFORE),
  accepted: z.array(z.object({ id: idSchema, seq: z.int(), batch: idSchema })),
  refused: z.array(z.object({ id: idSchema, code: z.string() })),
  batches: z.array(batchSchema),
});

const deviceSchema = z.object({
  id: idSchema,
  memberId: idSchema,
  memberName: z.string(),
  name: z.string(),
  protocol: z.int(),
  registeredAt: instantSchema,
  lastSeenAt: instantSchema,
  revokedAt: instantSchema.nullable(),
});
export type Device = z.infer<typeof deviceSchema>;

const deviceRefusals = refusals({ "device-unknown": 403, "device-revoked": 403 });

/** Query of `GET /sync/pull`, which streams and so stands beside the contract. */
export const pullQuery = z.object({
  device: idSchema,
  beat: idSchema,
  cursor: z.string().max(2000).optional(),
});

export const syncContract = {
  push: oc
    .route({
      method: "POST",
      path: "/sync/push",
      tags: ["sync"],
      summary: "Send commands; each is answered and the accepted ones get a signed receipt",
    })
    .input(z.discriminatedUnion("protocol", [pushSchema, pushBeforeSchema]))
    .output(z.discriminatedUnion("protocol", [pushReplySchema, pushReplyBeforeSchema]))
    .errors({ ...sessionRefusals, ...deviceRefusals }),
  import: oc
    .route({
      method: "POST",
      path: "/sync/import",
      tags: ["sync"],
      summary: "Send one's own unsent work from an exported file at a desk",
    })
    .input(pushSchema.extend({ member: idSchema }))
    .output(pushReplySchema)
    .errors({
      ...sessionRefusals,
      ...deviceRefusals,
      ...refusals({ "not-your-work": 403 }),
    }),
  reconcile: oc
    .route({
      method: "POST",
      path: "/sync/reconcile",
      tags: ["sync"],
      summary: "Compare a phone's ledger with the server's; name what the server lacks",
    })
    .input(
      z.object({
        device: idSchema,
        buckets: z
          .array(
            z.object({
              from: idSchema,
              to: idSchema,
              count: z.int().min(0),
              digest: z.string().regex(/^[0-9a-f]{16}$/),
            }),
          )
          .max(2000),
        lines: z.array(z.object({ id: idSchema, hash: hashSchema })).max(5000),
      }),
    )
    .output(
      z.object({
        differing: z.array(z.int()),
        lacking: z.array(idSchema),
        altered: z.array(idSchema),
      }),
    )
    .errors({ ...sessionRefusals, ...deviceRefusals }),
  keys: oc
    .route({
      method: "GET",
      path: "/sync/keys",
      tags: ["sync"],
      summary: "Public keys that verify receipts",
    })
    .output(
      z.object({
        keys: z.array(
          z.object({ id: z.string(), algorithm: z.literal("Ed25519"), key: z.string() }),
        ),
      }),
    ),
  context: oc
    .route({
      method: "GET",
      path: "/sync/context",
      tags: ["sync"],
      summary: "What a phone works with beside its beats' records",
    })
    .input(z.object({ have: z.string().max(100).optional() }))
    .output(
      z.object({
        version: z.string(),
        sections: z
          .record(z.string(), z.unknown())
          .nullable()
          .meta({ description: "Null when `have` is this version" }),
      }),
    )
    .errors(sessionRefusals),
  devices: oc
    .route({ method: "GET", path: "/sync/devices", tags: ["sync"], summary: "Phones" })
    .input(z.object({ memberId: idSchema.optional() }))
    .output(z.object({ items: z.array(deviceSchema) }))
    .errors(sessionRefusals),
  register: oc
    .route({
      method: "POST",
      path: "/sync/devices",
      tags: ["sync"],
      summary: "Register the phone of the signed-in member",
    })
    .input(
      z.object({
        id: idSchema,
        name: z.string().min(1).max(100),
        protocol: z.int().min(1).max(1000),
      }),
    )
    .output(deviceSchema)
    .errors({
      ...sessionRefusals,
      ...deviceRefusals,
      ...refusals({ "protocol-unsupported": 409 }),
    }),
  revoke: oc
    .route({
      method: "POST",
      path: "/sync/devices/{id}/revoke",
      tags: ["sync"],
      summary: "Switch off a phone: it may not send or pull again and wipes its store",
    })
    .input(z.object({ id: idSchema }))
    .output(deviceSchema)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
};

/** Answers in lines as they are read, which the contract's handler can't: see `published`. */
export const syncStreams = {
  pull: oc
    .route({
      method: "GET",
      path: "/sync/pull",
      tags: ["sync"],
      summary: "Changes of one beat since a cursor",
      description:
        "Lines of JSON: a head `{protocol, beat, epoch, full, serverNow}`, then records `[kind, id, body]`, and after every page a mark `{cursor, more}`. When the stream ends with `more: true`, or breaks off, ask again from the last mark.",
      spec: answersWith("application/x-ndjson"),
    })
    .input(pullQuery)
    .errors({
      ...sessionRefusals,
      ...deviceRefusals,
      ...refusals({ "bad-cursor": 400, "not-your-beat": 403, "not-found": 404 }),
    }),
};
