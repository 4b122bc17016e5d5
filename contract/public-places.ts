import { oc } from "@orpc/contract";
import { z } from "zod";
import { refusals } from "./shared.ts";

export const publicPlaces = {
  publicPlate: oc
    .route({
      method: "GET",
      path: "/public/plates/{code}",
      tags: ["public"],
      summary:
        "What a resident sees who scans a door plate: no session, no address, no names but officers'",
    })
    .input(z.object({ code: z.string().max(60) }))
    .output(
      z.object({
        byAddress: z.boolean().meta({ description: "Found by an address, not by a plate" }),
        bureau: z.object({ name: z.string(), nameEn: z.string(), website: z.string() }),
        station: z.object({
          name: z.string(),
          nameEn: z.string(),
          dutyPhone: z.string(),
          address: z.string(),
        }),
        beat: z.object({ name: z.string(), nameEn: z.string() }).nullable(),
        officers: z.array(
          z.object({ name: z.string(), title: z.string(), publicPhone: z.string() }),
        ),
        notice: z.object({
          version: z.string(),
          card: z.string(),
          shop: z.string(),
          decline: z.string(),
          withdrawal: z.string(),
        }),
      }),
    )
    .errors(
      refusals({
        "plate-unknown": 404,
        "plate-withdrawn": 410,
        "plate-malformed": 422,
        "plate-check-failed": 422,
        "too-many-requests": 429,
      }),
    ),
  named: oc
    .route({
      method: "GET",
      path: "/public/places",
      tags: ["public"],
      summary:
        "The page of a building, by its estate or street and its number; exactly, and never a flat",
    })
    .input(
      z.object({
        name: z.string().trim().min(2).max(40),
        number: z.string().trim().min(1).max(20),
      }),
    )
    .output(
      z.object({
        items: z
          .array(
            z.object({
              code: z.string(),
              community: z.string().nullable(),
              station: z.string(),
              stationEn: z.string(),
            }),
          )
          .meta({ description: "More than one where two estates share a name" }),
      }),
    )
    .errors(refusals({ "too-many-requests": 429 })),
};
