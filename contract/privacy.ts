import { oc } from "@orpc/contract";
import { RETENTION_CLASSES } from "@wanjia/domain/privacy/terms";
import { z } from "zod";
import { localDateSchema, refusals } from "./shared.ts";

const tags = ["privacy"];
const bilingual = z.object({ "zh-CN": z.string(), en: z.string() });

/** Open to everyone: what residents are told is no secret. */
export const privacyContract = {
  notice: oc
    .route({
      method: "GET",
      path: "/public/notice",
      tags,
      summary: "The wording of notice and consent that is, or was, in use on a day",
    })
    .input(z.object({ on: localDateSchema.optional() }))
    .output(
      z.object({
        version: z.string(),
        from: localDateSchema,
        texts: z.record(z.string(), bilingual),
        consents: z.record(z.string(), bilingual),
        withdrawal: bilingual,
      }),
    )
    .errors(refusals({ "no-notice": 404 })),
  retention: oc
    .route({
      method: "GET",
      path: "/public/retention",
      tags,
      summary: "How long each kind of record is kept, and what follows",
    })
    .output(
      z.object({
        items: z.array(
          z.object({
            data: z.enum(RETENTION_CLASSES),
            from: z.string(),
            keep: z.union([z.object({ months: z.int() }), z.object({ days: z.int() })]),
            afterwards: z.enum(["delete", "aggregate", "keep_reference"]),
            basis: z.string(),
          }),
        ),
      }),
    ),
};
