import { oc } from "@orpc/contract";
import type { ClockRuleRefusal } from "@wanjia/domain/matters/clock-editing";
import { CLOCK_PURPOSES, CLOCK_UNITS, PAUSE_REASONS } from "@wanjia/domain/matters/clock-terms";
import { CLOCK_SUBJECTS } from "@wanjia/domain/matters/clocks";
import { ROLES } from "@wanjia/domain/organisation/terms";
import { MATTER_KINDS } from "@wanjia/domain/matters/terms";
import { z } from "zod";
import { localDateSchema, refusals, sessionRefusals } from "./shared.ts";

const tags = ["matters"];

export const extensionSchema = z.object({
  amount: z.int(),
  unit: z.enum(["calendar_days", "working_days"]),
  by: z.array(z.enum(ROLES)),
  tellResident: z.boolean(),
});

/** What a time limit says. */
export const limitShape = {
  amount: z.int(),
  unit: z.enum(CLOCK_UNITS),
  source: z.string().max(200),
  basis: z.enum(["law", "default"]),
};

/** One version of a time limit. */
const clockRule = z
  .object({
    ...limitShape,
    id: z.string(),
    version: z.int(),
    subject: z.enum(CLOCK_SUBJECTS),
    /** What it is for, where matters run it. */
    purpose: z.enum(CLOCK_PURPOSES).nullable(),
    kinds: z.array(z.enum(MATTER_KINDS)),
    /** To be looked up alone: nothing here starts it. */
    reference: z.boolean(),
    from: localDateSchema,
    pauses: z.array(z.enum(PAUSE_REASONS)),
    extension: extensionSchema.nullable(),
    raiseAgainDays: z.int().nullable(),
  })
  .meta({ id: "ClockRule" });
export type ClockRuleRow = z.infer<typeof clockRule>;

const clockRuleDraft = clockRule
  .omit({ version: true, subject: true, purpose: true, kinds: true, reference: true })
  .extend({ id: z.string().max(60) });

const RULE_STATUS = {
  "rule-unknown": 404,
  "rule-too-early": 422,
  "rule-amount": 422,
  "rule-source-missing": 422,
  "rule-in-force": 409,
} as const satisfies Record<ClockRuleRefusal, number>;

export const clockRules = {
  clockRules: oc
    .route({
      method: "GET",
      path: "/matters/clock-rules",
      tags,
      summary: "Every version of the bureau’s time limits",
    })
    .output(z.object({ items: z.array(clockRule), today: localDateSchema }))
    .errors(sessionRefusals),
  saveClockRule: oc
    .route({
      method: "POST",
      path: "/matters/clock-rules",
      tags,
      summary: "Write down the next version of a time limit",
      description: "It holds from a day that has not come; deadlines that were given stay.",
    })
    .input(clockRuleDraft)
    .output(clockRule)
    .errors({ ...sessionRefusals, ...refusals(RULE_STATUS) }),
  withdrawClockRule: oc
    .route({
      method: "DELETE",
      path: "/matters/clock-rules/{id}/{version}",
      tags,
      summary: "Take back a version whose day has not come",
    })
    .input(z.object({ id: z.string().max(60), version: z.coerce.number().int().min(1).max(1e6) }))
    .output(z.object({ done: z.literal(true) }))
    .errors({ ...sessionRefusals, ...refusals(RULE_STATUS) }),
};
