import { oc } from "@orpc/contract";
import { z } from "zod";
import { refusals } from "./shared.ts";

/** Bytes as base64url, of no more than `most` bytes. */
export function bytesSchema(most: number) {
  return z
    .string()
    .max(Math.ceil((most * 4) / 3))
    .regex(/^[\w-]*$/)
    .meta({ description: "Bytes as base64url" });
}

/** SHA-256 and whatever is as long. */
const DIGEST_SIGNS = 43;
export const digestSchema = z
  .string()
  .regex(/^[\w-]{43}$/)
  .length(DIGEST_SIGNS)
  .meta({ description: "32 bytes as base64url" });

/** An uncompressed point of P-256. */
const POINT_SIGNS = 87;
export const publicKeySchema = z
  .string()
  .regex(/^[\w-]{87}$/)
  .length(POINT_SIGNS)
  .meta({ description: "P-256 public key, uncompressed, as base64url" });

export const puzzleAnswerSchema = z.object({
  challenge: z.string().max(200),
  answer: z.int().min(0),
});

/** What anyone may be answered who sends without an account. */
export const sendingRefusals = refusals({
  "too-many-requests": 429,
  "puzzle-unsolved": 422,
  "puzzle-expired": 422,
  "puzzle-used": 422,
});

export const askingRefusals = refusals({ "too-many-requests": 429, "receipt-unknown": 404 });

/** An earlier matter, as a resident names it on paper: by his receipt, or by its number. */
export const namedSchema = z.union([
  z.object({ look: digestSchema }),
  z.object({ number: z.string().max(20) }),
]);
export type Named = z.infer<typeof namedSchema>;
export const NAMED_STATUS = { "named-unknown": 404, "named-twice": 409 } as const;

export const intakeContract = {
  puzzle: oc
    .route({
      method: "GET",
      path: "/public/puzzle",
      tags: ["intake"],
      summary: "A little work to do before something is sent without an account",
      description:
        "Find `answer` so that SHA-256 of `challenge.answer` begins with `bits` zero bits. Nothing is kept of who asked.",
    })
    .output(z.object({ challenge: z.string(), bits: z.int() })),
};
