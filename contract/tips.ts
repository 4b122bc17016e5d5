import { oc } from "@orpc/contract";
import {
  TIP_CATEGORIES,
  TIP_LIMITS,
  TIP_STATES,
  TIP_TODOS,
  type TipRefusal,
} from "@wanjia/domain/tips/terms";
import { z } from "zod";
import {
  askingRefusals,
  bytesSchema,
  digestSchema,
  publicKeySchema,
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

const tags = ["tips"];
/** Room for a seed or a share, with what sealing adds. */
const sealedSeed = bytesSchema(256);
const sealedText = bytesSchema(TIP_LIMITS.sealedBytes);

const STATUS = {
  "tip-unit-closed": 422,
  "tip-key-retired": 409,
  "tip-too-long": 422,
  "tip-wrong-state": 409,
  "tip-answer-not-wanted": 422,
  "keeper-not-enrolled": 403,
  "keepers-too-few": 422,
  "shares-incomplete": 409,
  "second-person-needed": 403,
  "opening-expired": 409,
  "opening-granted": 409,
} as const satisfies Record<TipRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404, ...STATUS }) };
const done = z.object({ done: z.literal(true) });

const tipRow = z
  .object({
    id: idSchema,
    unitId: idSchema,
    keyId: idSchema,
    keyNumber: z.int(),
    category: z.enum(TIP_CATEGORIES),
    receivedAt: instantSchema,
    wantsAnswer: z.boolean(),
    state: z.enum(TIP_STATES),
    routedAt: instantSchema.nullable(),
    answerGivenAt: instantSchema.nullable(),
    /** Answers are sealed to it. */
    replyKey: publicKeySchema,
  })
  .meta({ id: "TipRow" });
export type TipRow = z.infer<typeof tipRow>;

const tipFilter = z.object({
  todo: z
    .enum(TIP_TODOS)
    .optional()
    .meta({ description: "`answer`: taken over, and the answer asked for is not there yet" }),
  state: z.enum(TIP_STATES).optional(),
  category: z.enum(TIP_CATEGORIES).optional(),
});
export type TipFilter = z.infer<typeof tipFilter>;

const opening = z.object({
  id: idSchema,
  keyId: idSchema,
  askedBy: idSchema,
  askedByName: z.string(),
  askedAt: instantSchema,
  expiresAt: instantSchema,
  granted: z.boolean(),
  sessionKey: publicKeySchema,
  /** For the one who asked, once another keeper agreed. */
  sealedShare: sealedSeed.nullable(),
});

const keeper = z.object({
  memberId: idSchema,
  name: z.string(),
  publicKey: publicKeySchema.nullable(),
});

const deskUnit = z
  .object({
    id: idSchema,
    name: z.string(),
    nameEn: z.string(),
    keepers: z.array(keeper),
    /** The caller's own key as it rests here. */
    own: z.object({ salt: bytesSchema(64), rounds: z.int(), wrapped: sealedSeed }).nullable(),
    keys: z.array(
      z.object({
        id: idSchema,
        number: z.int(),
        publicKey: publicKeySchema,
        madeAt: instantSchema,
        retired: z.boolean(),
        /** Texts that are sealed to it and wait. */
        waiting: z.int(),
        holders: z.array(idSchema),
        ownShare: sealedSeed.nullable(),
      }),
    ),
    openings: z.array(opening),
  })
  .meta({ id: "TipDeskUnit" });
export type TipDeskUnit = z.infer<typeof deskUnit>;

const unitSetup = z.object({
  id: idSchema,
  name: z.string(),
  nameEn: z.string(),
  active: z.boolean(),
  keepers: z.array(keeper.omit({ publicKey: true }).extend({ enrolled: z.boolean() })),
  hasKey: z.boolean(),
});

export const tipsContract = {
  // -- anyone -----------------------------------------------------------------------------------
  publicUnits: oc
    .route({
      method: "GET",
      path: "/public/tips/units",
      tags,
      summary: "Units that receive tips, and the keys to seal them to",
    })
    .output(
      z.object({
        items: z.array(
          z.object({
            bureauId: idSchema,
            bureau: z.string(),
            bureauEn: z.string(),
            unitId: idSchema,
            name: z.string(),
            nameEn: z.string(),
            keyId: idSchema,
            publicKey: publicKeySchema,
          }),
        ),
      }),
    ),
  send: oc
    .route({
      method: "POST",
      path: "/public/tips",
      tags,
      summary: "Leave a sealed tip; nothing is kept of who sent it",
    })
    .input(
      z.object({
        bureauId: idSchema,
        unitId: idSchema,
        keyId: idSchema,
        category: z.enum(TIP_CATEGORIES),
        wantsAnswer: z.boolean(),
        look: digestSchema,
        replyKey: publicKeySchema,
        sealed: sealedText,
        puzzle: puzzleAnswerSchema,
      }),
    )
    .output(z.object({ receivedAt: instantSchema }))
    .errors({ ...sendingRefusals, ...refusals(STATUS) }),
  follow: oc
    .route({
      method: "POST",
      path: "/public/tips/follow",
      tags,
      summary: "What became of a tip, by what its receipt shows",
      description: "A POST, so that no address and no log holds it.",
    })
    .input(z.object({ look: digestSchema }))
    .output(
      z.object({
        unit: z.string(),
        unitEn: z.string(),
        category: z.enum(TIP_CATEGORIES),
        receivedAt: instantSchema,
        state: z.enum(TIP_STATES),
        routedAt: instantSchema.nullable(),
        wantsAnswer: z.boolean(),
        sealedAnswer: sealedText.nullable(),
      }),
    )
    .errors(askingRefusals),

  // -- the receiving unit -----------------------------------------------------------------------
  desk: oc
    .route({ method: "GET", path: "/tips/desk", tags, summary: "The units one keeps, their keys" })
    .output(z.object({ units: z.array(deskUnit) }))
    .errors(sessionRefusals),
  list: oc
    .route({ method: "GET", path: "/tips", tags, summary: "Rows of the units one keeps; no text" })
    .input(tipFilter.extend(listQuery.shape))
    .output(listReply(tipRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  get: oc
    .route({ method: "GET", path: "/tips/{id}", tags, summary: "One row" })
    .input(z.object({ id: idSchema }))
    .output(tipRow)
    .errors(errors),
  figures: oc
    .route({
      method: "GET",
      path: "/tips/figures",
      tags,
      summary: "How many, how soon, how often answered: the last twelve months, from ten on",
    })
    .output(
      z.object({
        received: z.int().nullable(),
        routed: z.int().nullable(),
        medianHoursToRoute: z.int().nullable(),
        feedbackRate: z.number().nullable(),
      }),
    )
    .errors(sessionRefusals),
  enrol: oc
    .route({
      method: "POST",
      path: "/tips/units/{unitId}/enrol",
      tags,
      summary: "Leave one's own key, closed by a passphrase; shares of the one before go",
    })
    .input(
      z.object({
        unitId: idSchema,
        publicKey: publicKeySchema,
        salt: bytesSchema(64),
        rounds: z.int().min(100_000).max(10_000_000),
        wrapped: sealedSeed,
      }),
    )
    .output(done)
    .errors(errors),
  makeKey: oc
    .route({
      method: "POST",
      path: "/tips/units/{unitId}/keys",
      tags,
      summary: "A new key for the unit, in shares; retires the one before",
    })
    .input(
      z.object({
        unitId: idSchema,
        publicKey: publicKeySchema,
        shares: z.array(z.object({ memberId: idSchema, sealed: sealedSeed })).max(50),
      }),
    )
    .output(done)
    .errors(errors),
  ask: oc
    .route({
      method: "POST",
      path: "/tips/openings",
      tags,
      summary: "Ask a second keeper for leave to open what is sealed to a key",
    })
    .input(z.object({ keyId: idSchema, sessionKey: publicKeySchema }))
    .output(z.object({ id: idSchema }))
    .errors(errors),
  grant: oc
    .route({
      method: "POST",
      path: "/tips/openings/{id}/grant",
      tags,
      summary: "Agree, by handing one's share over to the one who asked",
    })
    .input(z.object({ id: idSchema, sealedShare: sealedSeed }))
    .output(done)
    .errors(errors),
  read: oc
    .route({
      method: "POST",
      path: "/tips/{id}/read",
      tags,
      summary: "The sealed text, for whom two keepers opened its key",
    })
    .input(z.object({ id: idSchema, openingId: idSchema }))
    .output(z.object({ sealed: sealedText }))
    .errors(errors),
  takeOver: oc
    .route({
      method: "POST",
      path: "/tips/{id}/take-over",
      tags,
      summary: "The unit has it: the sealed text is deleted here",
    })
    .input(z.object({ id: idSchema, openingId: idSchema }))
    .output(done)
    .errors(errors),
  answer: oc
    .route({
      method: "POST",
      path: "/tips/{id}/answer",
      tags,
      summary: "Leave an answer that the receipt alone opens",
    })
    .input(z.object({ id: idSchema, sealedAnswer: sealedText }))
    .output(done)
    .errors(errors),

  // -- who sets it up ---------------------------------------------------------------------------
  units: oc
    .route({ method: "GET", path: "/tips/units", tags, summary: "Receiving units, their keepers" })
    .output(
      z.object({
        items: z.array(unitSetup),
        candidates: z.array(z.object({ id: idSchema, name: z.string() })),
      }),
    )
    .errors(sessionRefusals),
  saveUnit: oc
    .route({
      method: "POST",
      path: "/tips/units",
      tags,
      summary: "Set a receiving unit up, or change who keeps it",
    })
    .input(
      z.object({
        id: idSchema,
        name: z.string().min(1).max(60),
        nameEn: z.string().min(1).max(120),
        active: z.boolean(),
        keepers: z.array(idSchema).max(20),
      }),
    )
    .output(done)
    .errors({ ...sessionRefusals, ...refusals({ "keeper-unfit": 422 }) }),
};
