import { COMPETENT_BODIES, RESPONSIBLE_PARTIES } from "@wanjia/domain/matters/hazard-terms";
import { oc } from "@orpc/contract";
import { z } from "zod";
import { paperQuery } from "./documents.ts";
import { MATTER_DOCUMENTS } from "./matter-documents.ts";
import { HAZARD_DOCUMENTS } from "./hazard-documents.ts";
import { photosSchema } from "./photos.ts";
import {
  answersWith,
  idSchema,
  instantSchema,
  localDateSchema,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["hazards"];
/** Room for any text; the rules know the limits and say them in their refusals. */
const words = z.string().max(4000);

const noticeSchema = z
  .object({ body: z.enum(COMPETENT_BODIES), number: z.string().max(200) })
  .meta({ description: "An order of the competent body, by its number; never inside homes" });

/** What the steps of a hazard's side hold beside their type. */
export const hazardSteps = {
  advise: {
    party: z.enum(RESPONSIBLE_PARTIES),
    fixBy: localDateSchema,
    text: words,
    notice: noticeSchema.optional(),
  },
  hear_body: {
    major: z.boolean().optional(),
    number: z.string().max(200).optional(),
    text: words,
  },
  verify: { stands: z.boolean(), text: words },
  show_place: { photos: photosSchema.min(1) },
} as const;

/** What only hazards have. */
export const hazardSide = z
  .object({
    /** In a home: advice only. */
    atHome: z.boolean(),
    /** The last day that a slip may give now. */
    latestFixDay: localDateSchema,
    advice: z
      .object({
        party: z.enum(RESPONSIBLE_PARTIES),
        fixBy: localDateSchema,
        notice: noticeSchema.nullable(),
        at: instantSchema,
      })
      .nullable(),
    transfer: z
      .object({
        to: z.enum(COMPETENT_BODIES),
        at: instantSchema,
        answeredAt: instantSchema.nullable(),
        number: z.string().nullable(),
      })
      .nullable(),
    recheck: z.object({ by: idSchema, at: instantSchema, cleared: z.boolean() }).nullable(),
    /** Photos of the place since it was last said to be put right, or since an earlier time. */
    shown: z.object({ at: instantSchema, photos: z.int() }).optional(),
    /** When whoever reported it confirmed that it is gone. */
    confirmedAt: instantSchema.optional(),
    lot: z.object({ drawnAt: instantSchema, stands: z.boolean().nullable() }).nullable(),
    earlier: z.object({ id: idSchema, number: z.string() }).nullable(),
  })
  .meta({ id: "HazardSide" });

const lotSchema = z
  .object({
    id: idSchema,
    /** The Monday of the week in which they were cleared. */
    week: localDateSchema,
    drawnAt: instantSchema,
    /** In the whole bureau: what the lot was drawn from, and how many it fell on. */
    cleared: z.int(),
    drawn: z.int(),
    /** Those in the caller's reach. */
    items: z.array(
      z.object({
        matterId: idSchema,
        number: z.string(),
        subtype: z.string(),
        stationName: z.string().nullable(),
        place: z.string().nullable(),
        clearedAt: instantSchema.nullable(),
        /** Null until somebody looked. */
        stands: z.boolean().nullable(),
      }),
    ),
  })
  .meta({ id: "HazardLot" });
export type HazardLot = z.infer<typeof lotSchema>;

export const hazardsContract = {
  lots: oc
    .route({
      method: "GET",
      path: "/hazards/lots",
      tags,
      summary: "Cleared hazards on which the lot fell, the last twelve weeks",
      description: "The id of a lot is the seed it was drawn with.",
    })
    .output(z.object({ items: z.array(lotSchema) }))
    .errors(sessionRefusals),
};

/** Answered in a stream: see `published`. */
export const hazardStreams = {
  document: oc
    .route({
      method: "GET",
      path: "/matters/{id}/papers/{kind}",
      tags,
      summary: "A paper of a matter as .docx",
      spec: answersWith("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    })
    .input(
      paperQuery.extend({ id: idSchema, kind: z.enum([...MATTER_DOCUMENTS, ...HAZARD_DOCUMENTS]) }),
    )
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
};
