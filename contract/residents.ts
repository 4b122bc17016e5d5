import { oc } from "@orpc/contract";
import { PHOTO_SHOWS, type PhotoRefusal } from "@wanjia/domain/matters/photo";
import {
  RESIDENT_REOPEN_REASONS,
  RESIDENT_STEPS,
  TOLD_PURPOSES,
} from "@wanjia/domain/matters/resident";
import { PAUSE_REASONS } from "@wanjia/domain/matters/clock-terms";
import {
  FEEDBACK_WISHES,
  MATTER_KINDS,
  MATTER_STATES,
  type MatterRefusal,
  SOLVED_ANSWERS,
} from "@wanjia/domain/matters/terms";
import { SPOTS, STOP_SIGNS_ON_PAGE } from "@wanjia/domain/matters/web";
import { z } from "zod";
import {
  askingRefusals,
  digestSchema,
  NAMED_STATUS,
  namedSchema,
  puzzleAnswerSchema,
  sendingRefusals,
} from "./intake.ts";
import { mark, outcomeSchema, reasonSchema, subtypeSchema } from "./matter-steps.ts";
import { PHOTO_STATUS, photosSchema } from "./photos.ts";
import { idSchema, instantSchema, refusals, sessionRefusals } from "./shared.ts";

const tags = ["residents"];
/** Room for any text; the rules know the limits and say them in their refusals. */
const words = z.string().max(4000);
const plateSchema = z.string().max(60);

const PLATE_STATUS = {
  "plate-unknown": 404,
  "plate-withdrawn": 410,
  "plate-malformed": 422,
  "plate-check-failed": 422,
} as const;

const SAY_STATUS = {
  ...PLATE_STATUS,
  "spot-unknown": 422,
  ...PHOTO_STATUS,
  "photo-unwanted": 422,
  "wish-unknown": 422,
  "unknown-subtype": 422,
  "text-missing": 422,
  "text-too-long": 422,
  "text-forbidden": 422,
  "phone-invalid": 422,
  "contact-without-consent": 422,
  "contact-without-purpose": 422,
  "of-other-kind": 422,
  "station-flooded": 429,
  "nobody-posted": 503,
} as const satisfies Record<string, number>;
export type SayRefusal = keyof typeof SAY_STATUS;

const STEP_STATUS = {
  "wrong-state": 409,
  "reopen-too-late": 409,
  "receipt-from-handler": 403,
  "mediation-runs": 409,
  "callback-incomplete": 422,
  "photo-out-of-place": 409,
  ...PHOTO_STATUS,
  "text-missing": 422,
  "text-too-long": 422,
} as const satisfies Partial<Record<MatterRefusal | PhotoRefusal, number>>;
export type ResidentStepRefusal = keyof typeof STEP_STATUS;

const followed = z
  .object({
    number: z.string(),
    /** Where contact could harm somebody, a receipt tells no more than whom to ring. */
    guarded: z.boolean(),
    kind: z.enum(MATTER_KINDS).nullable(),
    subtype: z.string().nullable(),
    state: z.enum(MATTER_STATES).nullable(),
    outcome: outcomeSchema.nullable(),
    reason: reasonSchema.nullable(),
    unit: z.object({ name: z.string(), nameEn: z.string(), dutyPhone: z.string() }),
    registeredAt: instantSchema,
    /** What comes next and by when; null where nothing is due. */
    next: z.object({ purpose: z.enum(TOLD_PURPOSES), dueAt: instantSchema.nullable() }).nullable(),
    pauseReason: z.enum(PAUSE_REASONS).nullable(),
    /** The last word on how it stands, before any answer. */
    informed: z.object({ text: z.string(), at: instantSchema }).nullable(),
    /** The last answer; `stands` until it is taken up again. */
    answer: z.object({ text: z.string(), at: instantSchema, stands: z.boolean() }).nullable(),
    reopened: z.int(),
    reopenUntil: instantSchema.nullable(),
    steps: z.array(z.enum(RESIDENT_STEPS)),
  })
  .meta({ id: "FollowedMatter" });

const shownPhotoSchema = z
  .object({
    /** A JPEG, as base64. */
    image: z.string(),
    shows: z.enum(PHOTO_SHOWS),
    receivedAt: instantSchema,
  })
  .meta({ id: "ShownPhoto" });

const byReceipt = z.object({ look: digestSchema });
const acting = { ...askingRefusals, ...sendingRefusals, ...refusals(STEP_STATUS) };
const deskErrors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const residentsContract = {
  // -- anyone -----------------------------------------------------------------------------------
  around: oc
    .route({
      method: "GET",
      path: "/public/plates/{code}/around",
      tags,
      summary: "Which parts of the building can be named, by number; no address",
    })
    .input(z.object({ code: plateSchema }))
    .output(
      z.object({
        home: z.boolean(),
        building: z.boolean(),
        estate: z.boolean(),
        entrances: z.array(z.string()),
        floors: z.array(z.string()),
      }),
    )
    .errors(refusals({ ...PLATE_STATUS, "too-many-requests": 429 })),
  say: oc
    .route({
      method: "POST",
      path: "/public/matters",
      tags,
      summary: "Say something to the station of a plate, without account",
    })
    .input(
      z.object({
        plate: plateSchema,
        spot: z.enum(SPOTS),
        part: z.string().max(20).optional(),
        kind: z.enum(MATTER_KINDS),
        subtype: subtypeSchema,
        text: words,
        feedback: z.enum(FEEDBACK_WISHES),
        contact: z
          .object({
            phone: z.string().max(20).optional(),
            salutation: z.string().max(40).optional(),
            consent: z.boolean(),
          })
          .optional(),
        stopSigns: z.array(z.enum(STOP_SIGNS_ON_PAGE)).max(STOP_SIGNS_ON_PAGE.length).optional(),
        photos: photosSchema.optional(),
        look: digestSchema,
        puzzle: puzzleAnswerSchema,
      }),
    )
    .output(followed)
    .errors({ ...sendingRefusals, ...refusals(SAY_STATUS) }),
  follow: oc
    .route({
      method: "POST",
      path: "/public/matters/follow",
      tags,
      summary: "Where a matter stands, by what its receipt shows",
    })
    .input(byReceipt)
    .output(followed)
    .errors(askingRefusals),
  answerCallback: oc
    .route({
      method: "POST",
      path: "/public/matters/callback",
      tags,
      summary: "Say whether it is solved and how satisfied one is",
    })
    .input(
      byReceipt.extend({
        contacted: z.boolean(),
        solved: z.enum(SOLVED_ANSWERS),
        satisfaction: mark,
        respectful: mark.optional(),
        informed: mark.optional(),
        mayContact: z.boolean(),
        photos: photosSchema.optional().meta({
          description: "Of a hazard that is said to be put right: the place as it is now",
        }),
        text: words,
        puzzle: puzzleAnswerSchema,
      }),
    )
    .output(followed)
    .errors(acting),
  reopen: oc
    .route({
      method: "POST",
      path: "/public/matters/reopen",
      tags,
      summary: "Have it taken up again, within thirty days after its end",
    })
    .input(
      byReceipt.extend({
        reason: z.enum(RESIDENT_REOPEN_REASONS),
        text: words,
        puzzle: puzzleAnswerSchema,
      }),
    )
    .output(followed)
    .errors(acting),
  withdraw: oc
    .route({
      method: "POST",
      path: "/public/matters/withdraw",
      tags,
      summary: "Withdraw it of one's own accord",
    })
    .input(byReceipt.extend({ text: words, puzzle: puzzleAnswerSchema }))
    .output(followed)
    .errors(acting),

  // -- on paper ---------------------------------------------------------------------------------
  onPaper: oc
    .route({
      method: "POST",
      path: "/matters/paper-steps",
      tags,
      summary: "Type in what a resident wrote on paper about an earlier matter",
      description:
        "By the receipt, whichever station it was handed in at; by the number alone only what the caller sees. Whoever ever handled it types neither a callback nor a withdrawal.",
    })
    .input(
      z.object({
        named: namedSchema,
        step: z.discriminatedUnion("type", [
          z.object({
            type: z.literal("answer_callback"),
            contacted: z.boolean(),
            solved: z.enum(SOLVED_ANSWERS),
            satisfaction: mark,
            respectful: mark.optional(),
            informed: mark.optional(),
            mayContact: z.boolean(),
            text: words,
          }),
          z.object({
            type: z.literal("reopen"),
            reason: z.enum(RESIDENT_REOPEN_REASONS),
            text: words,
          }),
          z.object({ type: z.literal("withdraw"), text: words }),
        ]),
      }),
    )
    .output(z.object({ number: z.string(), state: z.enum(MATTER_STATES).nullable() }))
    .errors({ ...sessionRefusals, ...refusals({ ...NAMED_STATUS, ...STEP_STATUS }) }),

  // -- at the desk ------------------------------------------------------------------------------
  issueReceipt: oc
    .route({
      method: "POST",
      path: "/matters/{id}/receipts",
      tags,
      summary: "Hand over a receipt for what was heard at the door or by telephone",
      description:
        "The receipt is made where it is handed over; what it shows is all that is kept.",
    })
    .input(z.object({ id: idSchema, look: digestSchema }))
    .output(z.object({ done: z.literal(true) }))
    .errors({ ...deskErrors, ...refusals({ "too-many-receipts": 409 }) }),
  photos: oc
    .route({
      method: "POST",
      path: "/matters/{id}/photos/reveal",
      tags,
      summary: "See the photos of the place; the look is kept",
    })
    .input(z.object({ id: idSchema }))
    .output(z.object({ photos: z.array(shownPhotoSchema) }))
    .errors(deskErrors),
};
