import { oc } from "@orpc/contract";
import { z } from "zod";
import { idSchema, refusals } from "./shared.ts";

export const memberSession = z.object({
  member: z.object({
    id: idSchema,
    name: z.string(),
    login: z.string(),
    title: z.string(),
    number: z.string(),
  }),
  bureau: z.object({
    id: idSchema,
    name: z.string(),
    nameEn: z.string(),
    /** Who answers for personal data, as every notice names him. */
    privacyContact: z.string(),
  }),
  role: z.string(),
  scope: z.enum(["bureau", "station", "beat", "none"]),
  stations: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      nameEn: z.string(),
      address: z.string(),
      dutyPhone: z.string(),
    }),
  ),
  beats: z.array(
    z.object({ id: idSchema, name: z.string(), nameEn: z.string(), stationId: idSchema }),
  ),
  deviceId: idSchema.nullable(),
  demo: z.boolean(),
});

const tags = ["session"];

export const sessionContract = {
  signIn: oc
    .route({ method: "POST", path: "/session", tags, summary: "Sign in; sets the session cookie" })
    .input(
      z.object({
        login: z.string().min(1).max(60),
        password: z.string().min(1).max(200),
        deviceId: idSchema.optional().meta({ description: "Set by the officer's phone" }),
      }),
    )
    .output(memberSession)
    .errors(refusals({ "sign-in-failed": 401, "sign-in-locked": 429, "member-inactive": 403 })),
  current: oc
    .route({ method: "GET", path: "/session", tags, summary: "Who is signed in" })
    .output(memberSession)
    .errors(refusals({ "not-signed-in": 401, "device-revoked": 403 })),
  signOut: oc
    .route({ method: "DELETE", path: "/session", tags, summary: "Sign out; clears the cookie" })
    .output(z.object({ signedOut: z.literal(true) })),
};
