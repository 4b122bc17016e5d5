import { oc } from "@orpc/contract";
import { WORKDAYS_LIMITS, type WorkdaysRefusal } from "@wanjia/domain/workdays/terms";
import { z } from "zod";
import { instantSchema, localDateSchema, refusals, sessionRefusals } from "./shared.ts";

const tags = ["workdays"];

const STATUS = {
  "workdays-unreadable": 422,
  "workdays-other-year": 422,
  "workdays-twice": 422,
  "workdays-not-weekend": 422,
  "workdays-too-few": 422,
  "workdays-year-over": 409,
  "workdays-too-early": 409,
  "workdays-gap": 409,
  "workdays-source-missing": 422,
} as const satisfies Record<WorkdaysRefusal, number>;

export const workdaysContract = {
  standing: oc
    .route({
      method: "GET",
      path: "/workdays",
      tags,
      summary: "How far the announced working days reach, and what was loaded",
    })
    .output(
      z.object({
        through: localDateSchema,
        daysLeft: z.int(),
        endsSoon: z.boolean(),
        today: localDateSchema,
        years: z.array(
          z.object({
            year: z.int(),
            holidays: z.array(localDateSchema),
            makeUpDays: z.array(localDateSchema),
            source: z.string(),
            loadedAt: instantSchema,
          }),
        ),
      }),
    )
    .errors(sessionRefusals),
  load: oc
    .route({
      method: "POST",
      path: "/workdays",
      tags,
      summary: "Load a year's days off and make-up days",
      description:
        "A stretch of days on each line: `休 2027-01-01~2027-01-03`, `班 2027-01-31`, or with `off` and `work`.",
    })
    .input(
      z.object({
        year: z.int().min(2000).max(2200),
        days: z.string().max(WORKDAYS_LIMITS.textLength),
        source: z.string().max(WORKDAYS_LIMITS.sourceLength),
      }),
    )
    .output(z.object({ through: localDateSchema, holidays: z.int(), makeUpDays: z.int() }))
    .errors({ ...sessionRefusals, ...refusals(STATUS) }),
};
