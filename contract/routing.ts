import { oc } from "@orpc/contract";
import {
  HAZARD_STANDINGS,
  MATTER_KINDS,
  MATTER_SUBTYPES,
  type MatterSubtype,
} from "@wanjia/domain/matters/terms";
import { PLACE_KINDS } from "@wanjia/domain/places/terms";
import {
  ROUTING_TARGETS,
  ROUTING_VERDICTS,
  type RoutingRefusal,
} from "@wanjia/domain/routing/terms";
import { z } from "zod";
import { idSchema, instantSchema, refusals, sessionRefusals } from "./shared.ts";

const tags = ["routing"];

const subtypeSchema = z.enum([
  ...new Set(MATTER_KINDS.flatMap((kind): readonly MatterSubtype[] => MATTER_SUBTYPES[kind])),
]);

const conditions = z.object({
  kind: z.enum(MATTER_KINDS).nullable(),
  subtype: subtypeSchema.nullable(),
  grade: z.enum(HAZARD_STANDINGS).nullable(),
  placeKind: z.enum(PLACE_KINDS).nullable(),
  stationId: idSchema.nullable(),
  communityId: idSchema.nullable(),
});

const targetRow = z.object({
  to: z.enum(ROUTING_TARGETS),
  id: idSchema.nullable(),
  /** Of a unit or a body; null for the station. */
  name: z.string().nullable(),
  /** Nobody answers there any more. */
  gone: z.boolean(),
});
export type RoutingTargetRow = z.infer<typeof targetRow>;

const ruleRow = z
  .object({
    number: z.int(),
    when: conditions,
    stationName: z.string().nullable(),
    communityName: z.string().nullable(),
    target: targetRow,
    basis: z.string(),
  })
  .meta({ id: "RoutingRule" });
export type RoutingRuleRow = z.infer<typeof ruleRow>;

const tally = z.object(
  Object.fromEntries(ROUTING_VERDICTS.map((verdict) => [verdict, z.int()])) as Record<
    (typeof ROUTING_VERDICTS)[number],
    z.ZodInt
  >,
);

const table = z
  .object({
    version: z.int(),
    /** Null: a draft. */
    onAt: instantSchema.nullable(),
    /** The trial of the table as it stands; null where it was changed since, or not tried at all. */
    tried: z.object({ at: instantSchema, tally }).nullable(),
    rules: z.array(ruleRow),
  })
  .meta({ id: "RoutingTable" });
export type RoutingTableRow = z.infer<typeof table>;

const verdicts = z.object({
  tally,
  rows: z.array(
    z.object({
      id: idSchema,
      number: z.string(),
      kind: z.enum(MATTER_KINDS),
      subtype: z.string(),
      grade: z.enum(HAZARD_STANDINGS).nullable(),
      place: z.string().nullable(),
      verdict: z.enum(ROUTING_VERDICTS),
      rule: z.int().nullable(),
      would: targetRow.nullable(),
      /** Null: nobody has decided yet. */
      went: targetRow.nullable(),
    }),
  ),
});
export type RoutingTrial = z.infer<typeof verdicts>;

/** Why what the table says can't be done with this matter as it stands. */
export const ROUTING_OBSTACLES = ["already_there", "gone", "may_not_receive"] as const;

const suggestion = z
  .object({
    /** The table that is on; null: none is. */
    version: z.int().nullable(),
    /** Null where no rule covers the matter. */
    rule: ruleRow.nullable(),
    obstacle: z.enum(ROUTING_OBSTACLES).nullable(),
  })
  .meta({ id: "RoutingSuggestion" });
export type RoutingSuggestion = z.infer<typeof suggestion>;

const STATUS = {
  "routing-rule-unknown": 404,
  "routing-mismatch": 422,
  "routing-tie": 422,
  "routing-target-gone": 422,
  "routing-basis-long": 422,
  "routing-too-many": 422,
  "routing-no-draft": 409,
  "routing-empty": 422,
  "routing-untried": 409,
} as const satisfies Record<RoutingRefusal, number>;

const errors = { ...sessionRefusals, ...refusals(STATUS) };

export const routingContract = {
  tables: oc
    .route({
      method: "GET",
      path: "/routing",
      tags,
      summary: "The table that is on, and the draft",
    })
    .output(
      z.object({
        on: table.nullable(),
        draft: table.nullable(),
        /** Those that were on before, newest first. */
        before: z.array(z.object({ version: z.int(), onAt: instantSchema })),
        /** Business units that can be named. */
        units: z.array(z.object({ id: idSchema, name: z.string(), title: z.string() })),
      }),
    )
    .errors(sessionRefusals),
  saveRule: oc
    .route({
      method: "POST",
      path: "/routing/rules",
      tags,
      summary: "Write a rule into the draft",
      description: "Begins a draft as a copy of the table that is on, where there is none.",
    })
    .input(
      z.object({
        number: z.int().nullable().meta({ description: "Null: a new rule" }),
        when: conditions.omit({ stationId: true }).extend({
          stationId: idSchema.nullable().meta({ description: "Of a community, its own is taken" }),
        }),
        target: z.object({ to: z.enum(ROUTING_TARGETS), id: idSchema.nullable() }),
        basis: z.string().max(400),
      }),
    )
    .output(table)
    .errors(errors),
  removeRule: oc
    .route({
      method: "DELETE",
      path: "/routing/rules/{number}",
      tags,
      summary: "Take a rule out of the draft",
    })
    .input(z.object({ number: z.coerce.number().int().min(1).max(1_000_000) }))
    .output(table)
    .errors(errors),
  discard: oc
    .route({ method: "DELETE", path: "/routing/draft", tags, summary: "Give the draft up" })
    .output(z.object({ done: z.literal(true) }))
    .errors(errors),
  tryOut: oc
    .route({
      method: "POST",
      path: "/routing/trial",
      tags,
      summary: "Try the draft on the newest matters of each kind",
      description: "Shows where each would go and where it went; moves none.",
    })
    .output(verdicts)
    .errors(errors),
  switchOn: oc
    .route({
      method: "POST",
      path: "/routing/on",
      tags,
      summary: "Switch the draft on, as it was tried",
    })
    .output(table)
    .errors(errors),
  suggest: oc
    .route({
      method: "GET",
      path: "/matters/{id}/routing",
      tags,
      summary: "Who is responsible for a matter by the table",
    })
    .input(z.object({ id: idSchema }))
    .output(suggestion)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
};
