import { oc } from "@orpc/contract";
import { DAY_FIGURES, type DayRefusal, LEFT_REASONS } from "@wanjia/domain/duty/terms";
import { TODAY_KEYS } from "@wanjia/domain/duty/today";
import { CLOCK_PURPOSES } from "@wanjia/domain/matters/clock-terms";
import { MATTER_KINDS } from "@wanjia/domain/matters/terms";
import { z } from "zod";
import { subtypeSchema } from "./matter-steps.ts";
import {
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  localDateSchema,
  refusals,
  sessionRefusals,
  totalSchema,
} from "./shared.ts";

const tags = ["duty"];

/** Which days of which stations a list shows. */
const dayFilter = z.object({
  stationId: idSchema.optional(),
  state: z
    .enum(["unsigned", "signed"])
    .optional()
    .meta({ description: "`unsigned`: over, of the last week, and something came in" }),
});
export type DayFilter = z.infer<typeof dayFilter>;

const dayRow = z
  .object({
    id: z.string(),
    stationId: idSchema,
    day: localDateSchema,
    cameIn: z.int(),
    /** Still without anybody who took it up. */
    untouched: z.int(),
    signedAt: instantSchema.nullable(),
    signedByName: z.string().nullable(),
  })
  .meta({ id: "StationDayRow" });
export type DayRow = z.infer<typeof dayRow>;

const matterOfDay = {
  id: idSchema,
  number: z.string(),
  kind: z.enum(MATTER_KINDS),
  subtype: subtypeSchema,
  place: z.string().nullable(),
  responsibleName: z.string().nullable(),
};

const stationDay = z
  .object({
    stationId: idSchema,
    day: localDateSchema,
    /** As they were when it was signed; until then, as they are now. */
    figures: z.record(z.enum(DAY_FIGURES), z.int()),
    left: z.array(z.object({ ...matterOfDay, why: z.enum(LEFT_REASONS).nullable() })),
    /** The first fifty that are due on the day after. */
    dueNext: z.array(
      z.object({ ...matterOfDay, purpose: z.enum(CLOCK_PURPOSES), dueAt: instantSchema }),
    ),
    signed: z
      .object({ at: instantSchema, byName: z.string().nullable(), note: z.string().nullable() })
      .nullable(),
    maySign: z.boolean(),
  })
  .meta({ id: "StationDay" });
export type StationDay = z.infer<typeof stationDay>;

const STATUS = {
  "day-not-over": 409,
  "day-too-old": 409,
  "day-signed": 409,
  "left-unexplained": 422,
  "note-too-long": 422,
  "note-forbidden": 422,
} as const satisfies Record<DayRefusal, number>;

const oneDay = z.object({ stationId: idSchema, day: localDateSchema });
const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const dutyContract = {
  today: oc
    .route({ method: "GET", path: "/duty/today", tags, summary: "How much of what is one’s today" })
    .output(z.object({ lists: z.array(z.object({ key: z.enum(TODAY_KEYS), total: totalSchema })) }))
    .errors(sessionRefusals),
  days: oc
    .route({
      method: "GET",
      path: "/duty/days",
      tags,
      summary: "Stations’ days of the last month in which something came in",
    })
    .input(dayFilter.extend(listQuery.shape))
    .output(listReply(dayRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  day: oc
    .route({
      method: "GET",
      path: "/duty/days/{stationId}/{day}",
      tags,
      summary: "A station’s day: what came in, what became of it, what is left",
    })
    .input(oneDay)
    .output(stationDay)
    .errors(errors),
  sign: oc
    .route({
      method: "POST",
      path: "/duty/days/{stationId}/{day}/signature",
      tags,
      summary: "Sign a station’s day off, with a reason for everything that is left",
    })
    .input(
      oneDay.extend({
        left: z
          .array(z.object({ matterId: idSchema, why: z.enum(LEFT_REASONS) }))
          .max(1000)
          .default([]),
        note: z.string().max(4000).default(""),
      }),
    )
    .output(stationDay)
    .errors({ ...errors, ...refusals(STATUS) }),
};
