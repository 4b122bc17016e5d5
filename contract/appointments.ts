import { oc } from "@orpc/contract";
import {
  APPOINTMENT_ORIGINS,
  APPOINTMENT_STATES,
  type AppointmentRefusal,
  type WishRefusal,
} from "@wanjia/domain/appointments/terms";
import { CONTACT_PURPOSES } from "@wanjia/domain/matters/terms";
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
} from "./shared.ts";

const tags = ["appointments"];

const window = z.object({ from: instantSchema, to: instantSchema });
const contact = z.object({
  phone: z.string().max(20).optional(),
  salutation: z.string().max(10).optional(),
  consent: z.boolean(),
});

const wish = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("visit"), window, contact: contact.optional() }),
  z.object({ kind: z.literal("no_visits") }),
]);

const followed = z
  .object({
    kind: z.enum(["visit", "no_visits"]),
    state: z.enum([...APPOINTMENT_STATES, "holding", "ended"]),
    window: window.nullable(),
    until: instantSchema.nullable(),
    mayTakeBack: z.boolean(),
    station: z.object({ name: z.string(), nameEn: z.string(), dutyPhone: z.string() }),
  })
  .meta({ id: "FollowedWish" });
export type FollowedWish = z.infer<typeof followed>;

const WISH_STATUS = {
  "window-not-offered": 422,
  "window-full": 409,
  "door-unknown": 422,
  "card-code-wrong": 422,
  "contact-without-consent": 422,
  "phone-invalid": 422,
} as const satisfies Record<WishRefusal, number>;

const STEP_STATUS = {
  "appointment-over": 409,
  "appointment-not-over": 409,
  "appointment-wrong-state": 409,
} as const satisfies Record<AppointmentRefusal, number>;

const appointmentRow = z
  .object({
    id: idSchema,
    placeId: idSchema,
    place: z.string().nullable(),
    stationName: z.string().nullable(),
    beatName: z.string().nullable(),
    from: instantSchema,
    to: instantSchema,
    state: z.enum(APPOINTMENT_STATES),
    origin: z.enum(APPOINTMENT_ORIGINS),
    madeAt: instantSchema,
    phone: z.string().nullable(),
  })
  .meta({ id: "AppointmentRow" });
export type AppointmentRow = z.infer<typeof appointmentRow>;

const plateCode = z.string().max(60);

export const appointmentsContract = {
  // -- anyone who stands before a plate -----------------------------------------------------------
  offers: oc
    .route({
      method: "POST",
      path: "/public/wishes/offers",
      tags,
      summary:
        "Times that can be asked for at a plate's door; its doors where it hangs at a building",
    })
    .input(z.object({ plate: plateCode }))
    .output(
      z.object({
        doors: z.array(z.object({ id: idSchema, label: z.string() })).nullable(),
        windows: z.array(window),
      }),
    )
    .errors(refusals({ "plate-unknown": 404, "too-many-requests": 429 })),
  wish: oc
    .route({
      method: "POST",
      path: "/public/wishes",
      tags,
      summary: "Ask for a visit, or for none, without a name",
    })
    .input(
      z.object({
        plate: plateCode,
        doorId: idSchema.optional(),
        wish,
        cardCode: z.string().max(20).optional(),
        look: digestSchema,
        puzzle: puzzleAnswerSchema,
      }),
    )
    .output(followed)
    .errors({ ...sendingRefusals, ...refusals({ "plate-unknown": 404, ...WISH_STATUS }) }),
  follow: oc
    .route({
      method: "POST",
      path: "/public/wishes/follow",
      tags,
      summary: "Where a wish stands, by what its receipt shows",
    })
    .input(z.object({ look: digestSchema }))
    .output(followed)
    .errors(askingRefusals),
  takeBack: oc
    .route({
      method: "POST",
      path: "/public/wishes/take-back",
      tags,
      summary: "Take a wish back",
    })
    .input(z.object({ look: digestSchema, puzzle: puzzleAnswerSchema }))
    .output(followed)
    .errors({ ...askingRefusals, ...sendingRefusals, ...refusals(STEP_STATUS) }),

  // -- at the desk --------------------------------------------------------------------------------
  list: oc
    .route({
      method: "GET",
      path: "/appointments",
      tags,
      summary: "Times that residents asked for or agreed to",
    })
    .input(
      z
        .object({
          stationId: idSchema.optional(),
          beatId: idSchema.optional(),
          state: z.enum(APPOINTMENT_STATES).optional(),
          from: localDateSchema.optional(),
          to: localDateSchema.optional().meta({ description: "First day no longer included" }),
        })
        .extend(listQuery.shape),
    )
    .output(listReply(appointmentRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  take: oc
    .route({
      method: "POST",
      path: "/doors/{placeId}/wishes",
      tags,
      summary: "Type in what a resident wishes at his door, said on paper or by telephone",
    })
    .input(
      z.object({
        placeId: idSchema,
        wish,
        origin: z.enum(["desk", "paper"]),
        look: digestSchema,
      }),
    )
    .output(z.object({ kind: z.enum(["visit", "no_visits"]) }))
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, ...WISH_STATUS }) }),
  step: oc
    .route({
      method: "POST",
      path: "/appointments/{id}/steps",
      tags,
      summary: "Agree to a time that was asked for, or call it off",
    })
    .input(z.object({ id: idSchema, step: z.enum(["confirm", "cancel"]) }))
    .output(appointmentRow)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, ...STEP_STATUS }) }),
  reveal: oc
    .route({
      method: "POST",
      path: "/appointments/{id}/contact/reveal",
      tags,
      summary: "See how to reach the resident; the look and its purpose are kept",
    })
    .input(z.object({ id: idSchema, purpose: z.enum(CONTACT_PURPOSES) }))
    .output(z.object({ phone: z.string().nullable(), salutation: z.string().nullable() }))
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "too-many-looks": 429 }) }),
};
