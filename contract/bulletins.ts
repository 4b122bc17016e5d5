import { oc } from "@orpc/contract";
import {
  BULLETIN_COMMANDS,
  BULLETIN_LIMITS,
  BULLETIN_STATES,
  ENTRY_RESULTS,
} from "@wanjia/domain/bulletins/terms";
import { UNSOLVED_REASONS } from "@wanjia/domain/matters/terms";
import { z } from "zod";
import { idSchema, instantSchema, refusals, sessionRefusals } from "./shared.ts";

const tags = ["bulletins"];
const words = (most: number) => z.string().max(4 * most);

const monthSchema = z
  .string()
  .regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/)
  .meta({ description: "`2026-10`" });

const entrySchema = z.object({
  said: words(BULLETIN_LIMITS.saidLength),
  did: words(BULLETIN_LIMITS.didLength),
  result: z.enum(ENTRY_RESULTS),
  reason: z.enum(UNSOLVED_REASONS).nullable(),
});
export type EntryInput = z.infer<typeof entrySchema>;

const cellSchema = z.object({
  key: z.string(),
  count: z.int().nullable().meta({ description: "Null: held back" }),
  below: z.int().nullable(),
});
const columnSchema = z.object({ rows: z.array(cellSchema), total: cellSchema });
const figuresSchema = z
  .object({ heard: columnSchema, ended: columnSchema })
  .meta({ id: "BulletinFigures" });
export type BulletinFiguresView = z.infer<typeof figuresSchema>;

// -- residents ------------------------------------------------------------------------------------

const publicBulletin = z
  .object({
    bureau: z.string(),
    bureauEn: z.string(),
    station: z.string(),
    stationEn: z.string(),
    community: z.string(),
    month: monthSchema,
    edition: z.int(),
    entries: z.array(entrySchema),
    correction: z.string().nullable(),
    figures: figuresSchema,
    publishedAt: instantSchema,
    months: z.array(monthSchema).meta({ description: "All that hang, the newest first" }),
  })
  .meta({ id: "PublicBulletin" });
export type PublicBulletin = z.infer<typeof publicBulletin>;

const publicBoards = z.object({
  items: z.array(
    z.object({
      communityId: idSchema,
      community: z.string(),
      station: z.string(),
      stationEn: z.string(),
      latest: monthSchema,
    }),
  ),
});
export type PublicBoards = z.infer<typeof publicBoards>;

const publicRefusals = refusals({ "too-many-requests": 429, "bulletin-unknown": 404 });

// -- the desk -------------------------------------------------------------------------------------

const rowSchema = z.object({
  communityId: idSchema,
  community: z.string(),
  stationId: idSchema,
  station: z.string(),
  state: z
    .enum(["none", ...BULLETIN_STATES])
    .meta({ description: "Of the newest edition; `none`: nobody has written yet" }),
  edition: z.int(),
});
export type BulletinRow = z.infer<typeof rowSchema>;

const detailSchema = z
  .object({
    communityId: idSchema,
    community: z.string(),
    station: z.string(),
    month: monthSchema,
    over: z.boolean().meta({ description: "Whether the month is over" }),
    edition: z.int(),
    version: z.int().meta({ description: "0: nobody has written yet" }),
    state: z.enum(BULLETIN_STATES),
    entries: z.array(entrySchema),
    correction: z.string().nullable(),
    returned: z.string().nullable(),
    figures: figuresSchema.meta({ description: "As they hang, or would hang now" }),
    writers: z.array(z.string()),
    publishedAt: instantSchema.nullable(),
    hangs: z.int().nullable().meta({ description: "The edition that hangs" }),
    steps: z.array(z.enum([...BULLETIN_COMMANDS, "correct"])),
  })
  .meta({ id: "Bulletin" });
export type BulletinDetail = z.infer<typeof detailSchema>;

const stepSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("write"),
    entries: z.array(entrySchema).max(50),
    correction: words(BULLETIN_LIMITS.correctionLength).optional(),
  }),
  z.object({ type: z.literal("release") }),
  z.object({ type: z.literal("send_back"), why: words(BULLETIN_LIMITS.whyLength) }),
  z.object({ type: z.literal("publish") }),
]);

export const bulletinsContract = {
  publicBoards: oc
    .route({
      method: "GET",
      path: "/public/bulletins",
      tags,
      summary: "Communities with a board of what was said and done",
    })
    .output(publicBoards)
    .errors(refusals({ "too-many-requests": 429 })),
  publicBoard: oc
    .route({
      method: "GET",
      path: "/public/bulletins/{communityId}",
      tags,
      summary: "What a community said in a month, and what was done",
    })
    .input(z.object({ communityId: idSchema, month: monthSchema.optional() }))
    .output(publicBulletin)
    .errors(publicRefusals),
  list: oc
    .route({
      method: "GET",
      path: "/bulletins",
      tags,
      summary: "The boards of a month: what is due, written and published",
    })
    .input(z.object({ month: monthSchema }))
    .output(z.object({ items: z.array(rowSchema) }))
    .errors(sessionRefusals),
  get: oc
    .route({
      method: "GET",
      path: "/bulletins/{communityId}/{month}",
      tags,
      summary: "A community's board of a month, as it hangs or would hang",
    })
    .input(z.object({ communityId: idSchema, month: monthSchema }))
    .output(detailSchema)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  step: oc
    .route({
      method: "POST",
      path: "/bulletins/{communityId}/{month}/steps",
      tags,
      summary: "Write, release, send back or publish a board",
      description: "Writing on one that hangs begins the next edition, which corrects it.",
    })
    .input(
      z.object({
        communityId: idSchema,
        month: monthSchema,
        version: z.int(),
        step: stepSchema,
      }),
    )
    .output(detailSchema)
    .errors({
      ...sessionRefusals,
      ...refusals({
        "not-found": 404,
        "not-permitted": 403,
        "wrong-state": 409,
        "stale-version": 409,
        "bulletin-month-open": 422,
        "bulletin-empty": 422,
        "bulletin-too-many": 422,
        "bulletin-reason-needed": 422,
        "bulletin-verbatim": 422,
        "bulletin-own-text": 409,
        "bulletin-correction-needed": 422,
        "text-missing": 422,
        "text-too-long": 422,
        "text-forbidden": 422,
      }),
    }),
};
