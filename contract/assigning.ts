import { oc } from "@orpc/contract";
import { z } from "zod";
import { idSchema, sessionRefusals } from "./shared.ts";

/** As many as a page of the list holds. */
const AT_ONCE = 200;

/** Matters that are handed on together. */
export const assigning = {
  assignMany: oc
    .route({
      method: "POST",
      path: "/matters/assignments",
      tags: ["matters"],
      summary: "Ask one member to take several matters over",
      description: "What is refused stays as it is; the answer says why, one by one.",
    })
    .input(z.object({ to: idSchema, ids: z.array(idSchema).min(1).max(AT_ONCE) }))
    .output(
      z.object({
        assigned: z.array(idSchema),
        refused: z.array(z.object({ id: idSchema, why: z.string() })),
      }),
    )
    .errors(sessionRefusals),
};
