import { oc } from "@orpc/contract";
import { INDICATORS } from "@wanjia/domain/insight/dictionary";
import { EVENT_DAYS, OFFERED } from "@wanjia/domain/insight/terms";
import { MATTER_KINDS } from "@wanjia/domain/matters/terms";
import { z } from "zod";
import {
  answersWithTable,
  exportQuery,
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  localDateSchema,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["insight"];
const count = z.int();
const bilingual = z.object({ zh: z.string(), en: z.string() });

export const indicatorIdSchema = z
  .enum(INDICATORS.map(({ id }) => id))
  .meta({ description: "Number in the dictionary of indicators, such as `K06`" });

export const indicatorSchema = z.object({
  id: z.string(),
  name: z.string(),
  label: bilingual,
  unit: z.string(),
  unitLabel: bilingual,
  formula: bilingual,
  guard: bilingual.nullable(),
  eventDay: z.enum(EVENT_DAYS),
  offered: z.enum(OFFERED),
});

const showing = z
  .discriminatedUnion("as", [
    z.object({ as: z.literal("small"), below: count }),
    z.object({ as: z.literal("withheld") }),
  ])
  .meta({ description: "Why it is not shown; a small one is only said to be below a bound" })
  .optional();

const daysSchema = z
  .object({ days: count.nullable(), low: count.nullable(), high: count.nullable() })
  .meta({ description: "Days with their 95 % interval; null: not reached" });

export const figureSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("count"), value: count }),
  z.object({ kind: z.literal("share"), numerator: count, denominator: count }),
  z.object({ kind: z.literal("mean"), numerator: count, denominator: count }),
  z.object({
    kind: z.literal("rounds"),
    p25: count.nullable(),
    median: count.nullable(),
    p75: count.nullable(),
    buildings: count,
  }),
  daysSchema.extend({ kind: z.literal("duration"), n: count }),
  z.object({ kind: z.literal("absent"), reason: z.literal("not-offered") }),
]);

/** A board has thousands of these: what goes without saying is left out. */
export const cellSchema = z.object({
  id: z.string().meta({ description: "Indicator" }),
  showing,
  figure: figureSchema.nullable().meta({ description: "Null where it is not shown" }),
  beside: z.array(z.object({ name: z.string(), showing, value: count.nullable() })).optional(),
  variant: z.object({ showing, figure: figureSchema.nullable() }).optional(),
});

/** What makes two prints of a figure comparable. */
export const stampSchema = z.object({
  dataAsOf: instantSchema,
  queryHash: z.string(),
  divisionVersion: z.string(),
  suppressionVersion: z.string(),
});

const partSchema = z.object({
  id: idSchema.nullable().meta({ description: "Station, beat or building; null: without a beat" }),
  parentId: idSchema.nullable(),
  name: z.string(),
  nameEn: z.string(),
  cells: z.array(cellSchema),
});

export const boardQuery = z.object({
  id: idSchema.meta({ description: "Campaign" }),
  by: z.enum(["station", "beat", "building"]).default("station"),
  stationId: idSchema.optional(),
  beatId: idSchema.optional(),
});

export const boardSchema = z.object({
  campaign: z.object({
    id: idSchema,
    name: z.string(),
    nameEn: z.string(),
    state: z.string(),
    startsOn: localDateSchema,
    endsOn: localDateSchema,
  }),
  stamp: stampSchema,
  totals: z.array(cellSchema),
  rows: z.array(partSchema),
  days: z.array(
    z.object({
      day: localDateSchema,
      attempts: count.nullable(),
      householdVisits: count.nullable(),
    }),
  ),
});

const periodKey = z
  .string()
  .max(30)
  .meta({ description: "`2026-11`, `2026-Q4`, `2026`, or days `2026-11-01/2026-12-01`" });

export const cardQuery = z.object({
  id: idSchema.meta({ description: "Station" }),
  period: periodKey,
});

const periodSchema = z.object({
  kind: z.enum(["month", "quarter", "year"]),
  key: z.string(),
  from: localDateSchema,
  to: localDateSchema.meta({ description: "First day after it" }),
});

export const cardSchema = z.object({
  bureau: z.object({ name: z.string(), nameEn: z.string() }),
  station: z
    .object({ id: idSchema, name: z.string(), nameEn: z.string() })
    .nullable()
    .meta({ description: "Null: the whole bureau" }),
  period: periodSchema,
  stamp: stampSchema,
  figures: z.array(cellSchema),
});

const share = z.number().min(0).max(1);

/** How long matters of each kind take: the Kaplan-Meier curve of what is still open. */
export const ageingSchema = z.object({
  period: periodSchema,
  stamp: stampSchema,
  kinds: z.array(
    z.object({
      kind: z.enum(MATTER_KINDS),
      n: count.nullable().meta({ description: "Registered in the period; null where too few" }),
      open: count.nullable(),
      median: daysSchema.nullable(),
      p90: daysSchema.nullable(),
      curve: z.array(z.object({ day: count, inHand: count, open: share, low: share, high: share })),
    }),
  ),
});

export const recordsQuery = z.object({
  indicator: indicatorIdSchema,
  campaignId: idSchema.optional(),
  period: z.string().max(30).optional().meta({ description: "Needed without a campaign" }),
  stationId: idSchema.optional(),
  beatId: idSchema.optional(),
});

/** One record behind a figure: a visit, a place that was met, a matter, or who took part. */
export const recordRow = z.object({
  id: idSchema,
  kind: z.enum([
    "visit",
    "place",
    "matter",
    "mediation",
    "station",
    "officer",
    "village",
    "item",
    "meeting",
  ]),
  title: z.string().nullable(),
  at: instantSchema.nullable().meta({ description: "When it counts; a place: first met" }),
  stationName: z.string().nullable(),
  beatName: z.string().nullable(),
  amount: count.meta({
    description: "What it adds: 1, or the copies handed out; of a length of time its days",
  }),
});

export const recordsReply = listReply(recordRow).extend({
  sum: count.meta({
    description:
      "The figure (of a share: its numerator; of a length of time: how many were measured), summed from the records",
  }),
  hidden: count.meta({ description: "What of it only those may open who sit with the sides" }),
});

/** Queries of the files. */
export const boardFile = boardQuery.extend(exportQuery.omit({ sort: true }).shape);
export const bureauFile = z
  .object({ period: periodKey })
  .extend(exportQuery.omit({ sort: true }).shape);

const fileErrors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

/** Answered in a stream: see `published`. */
export const insightStreams = {
  boardExport: oc
    .route({
      method: "GET",
      path: "/insight/campaigns/{id}/export",
      tags,
      summary: "A campaign's figures as a file",
      spec: answersWithTable,
    })
    .input(boardFile)
    .errors(fileErrors),
  cardExport: oc
    .route({
      method: "GET",
      path: "/insight/stations/{id}/export",
      tags,
      summary: "A station's report card as a file",
      spec: answersWithTable,
    })
    .input(bureauFile.extend(cardQuery.shape))
    .errors(fileErrors),
  bureauExport: oc
    .route({
      method: "GET",
      path: "/insight/bureau/export",
      tags,
      summary: "The bureau's report card as a file",
      spec: answersWithTable,
    })
    .input(bureauFile)
    .errors(fileErrors),
};

export const insightContract = {
  indicators: oc
    .route({
      method: "GET",
      path: "/insight/indicators",
      tags,
      summary: "The dictionary of indicators",
    })
    .output(z.object({ items: z.array(indicatorSchema) }))
    .errors(sessionRefusals),
  board: oc
    .route({
      method: "GET",
      path: "/insight/campaigns/{id}/board",
      tags,
      summary: "A campaign's figures, by station, beat or building",
    })
    .input(boardQuery)
    .output(boardSchema)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "level-not-offered": 422 }) }),
  card: oc
    .route({
      method: "GET",
      path: "/insight/stations/{id}/card",
      tags,
      summary: "A station's report card for a month, quarter or year",
    })
    .input(cardQuery)
    .output(cardSchema)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "period-not-offered": 422 }) }),
  bureauCard: oc
    .route({
      method: "GET",
      path: "/insight/bureau/card",
      tags,
      summary: "The whole bureau's report card for a month, quarter or year",
    })
    .input(z.object({ period: periodKey }))
    .output(cardSchema)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "period-not-offered": 422 }) }),
  ageing: oc
    .route({
      method: "GET",
      path: "/insight/ageing",
      tags,
      summary: "How long matters take to their end, by kind",
    })
    .input(z.object({ period: periodKey, stationId: idSchema.optional() }))
    .output(ageingSchema)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "period-not-offered": 422 }) }),
  records: oc
    .route({
      method: "GET",
      path: "/insight/records",
      tags,
      summary: "The records behind a figure, for those who may see them",
    })
    .input(recordsQuery.extend(listQuery.shape))
    .output(recordsReply)
    .errors({
      ...sessionRefusals,
      ...refusals({
        "bad-cursor": 400,
        "unknown-sort": 400,
        "period-not-offered": 422,
        "indicator-not-offered": 422,
        "records-not-open": 403,
      }),
    }),
};
