import { oc } from "@orpc/contract";
import {
  CLOCK_PURPOSES,
  PAUSE_REASONS,
  SUPERVISORS,
  WORK_LISTS,
} from "@wanjia/domain/matters/clock-terms";
import { PARTNER_KINDS } from "@wanjia/domain/organisation/terms";
import {
  CALLBACK_WAIVERS,
  CONTACT_PURPOSES,
  DISPOSITIONS,
  FEEDBACK_WISHES,
  HAZARD_STANDINGS,
  MATTER_COMMANDS,
  MATTER_KINDS,
  MATTER_ORIGINS,
  MATTER_STATES,
  REPORTERS,
  STOP_SIGNS,
} from "@wanjia/domain/matters/terms";
import type { SearchRefusal } from "@wanjia/domain/matters/search";
import { z } from "zod";
import { assigning } from "./assigning.ts";
import { clockRules, extensionSchema, limitShape } from "./clock-rules.ts";
import { hazardSide } from "./hazards.ts";
import {
  MATTER_STATUS,
  matterDraftSchema,
  matterStepSchema,
  outcomeSchema,
  reasonSchema,
  subtypeSchema,
  words,
} from "./matter-steps.ts";
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
  totalSchema,
} from "./shared.ts";

const tags = ["matters"];
export const matterFilter = z.object({
  kind: z.enum(MATTER_KINDS).optional(),
  subtype: subtypeSchema.optional(),
  state: z.enum(MATTER_STATES).optional(),
  progress: z.enum(["open", "ended"]).optional(),
  outcome: outcomeSchema.optional(),
  stationId: idSchema.optional(),
  beatId: idSchema.optional(),
  placeId: idSchema.optional(),
  visitId: idSchema.optional(),
  campaignId: idSchema.optional(),
  /** Whoever answers for it, or was asked to. */
  handlerId: idSchema.optional(),
  due: z.enum(["overdue", "today", "soon"]).optional(),
  work: z
    .enum(WORK_LISTS)
    .optional()
    .meta({ description: "By the next deadline, whatever it is for; `tasks`: the caller’s own" }),
  words: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "All of them stand in its text, place or number; newest first" }),
  number: z.string().max(20).optional().meta({ description: "As printed or as it was heard" }),
  dateOf: z
    .enum(["registered", "due", "resolved", "cleared", "closed"])
    .default("registered")
    .meta({ description: "Which day `from` and `to` are about" }),
  from: localDateSchema.optional(),
  to: localDateSchema.optional().meta({ description: "First day no longer included" }),
});
export type MatterFilter = z.infer<typeof matterFilter>;

// -- replies --------------------------------------------------------------------------------------

const deadlineShape = {
  purpose: z.enum(CLOCK_PURPOSES),
  rule: z.string(),
  /** The first instant that is too late; null while it stands still or has no date yet. */
  dueAt: instantSchema.nullable(),
  pausedAt: instantSchema.nullable(),
  /** The last level that was told that it was missed. */
  raisedTo: z.enum(SUPERVISORS).nullable(),
};

const clockSchema = z
  .object({
    ...deadlineShape,
    ...limitShape,
    version: z.int(),
    startedAt: instantSchema,
    left: z.number().nullable(),
    task: z.boolean(),
    /** How much it may still be extended by; null where not at all. */
    extension: z
      .object({ most: z.int(), unit: extensionSchema.shape.unit, tellResident: z.boolean() })
      .nullable(),
  })
  .meta({ id: "MatterClock" });
export type MatterClock = z.infer<typeof clockSchema>;

const rowShape = {
  id: idSchema,
  number: z.string(),
  kind: z.enum(MATTER_KINDS),
  subtype: z.string(),
  state: z.enum(MATTER_STATES),
  disposition: z.enum(DISPOSITIONS).nullable(),
  outcome: outcomeSchema.nullable(),
  stationId: idSchema,
  stationName: z.string().nullable(),
  beatId: idSchema.nullable(),
  beatName: z.string().nullable(),
  placeId: idSchema,
  place: z.string().nullable(),
  responsibleId: idSchema,
  responsibleName: z.string().nullable(),
  assigneeId: idSchema.nullable(),
  registeredAt: instantSchema,
  dueOn: localDateSchema.nullable(),
  closedAt: instantSchema.nullable(),
  reopened: z.int(),
  /** Hazards only. */
  grade: z.enum(HAZARD_STANDINGS).nullable(),
  text: z.string(),
  /** What comes first of all that runs. */
  next: z.object({ ...deadlineShape, task: z.enum(SUPERVISORS).nullable() }).nullable(),
};

const matterRow = z.object(rowShape).meta({ id: "MatterRow" });
export type MatterRow = z.infer<typeof matterRow>;

const eventSchema = z.object({
  seq: z.int(),
  at: instantSchema,
  memberId: idSchema,
  memberName: z.string().nullable(),
  role: z.string(),
  type: z.string(),
  body: z.record(z.string(), z.unknown()),
});

const matterDetail = z
  .object({
    ...rowShape,
    version: z.int(),
    reason: reasonSchema.nullable(),
    origin: z.enum(MATTER_ORIGINS),
    reporter: z.enum(REPORTERS),
    feedback: z.enum(FEEDBACK_WISHES),
    anonymous: z.boolean(),
    communityId: idSchema.nullable(),
    visitId: idSchema.nullable(),
    dutyPhone: z.string().nullable(),
    assigneeName: z.string().nullable(),
    /** The body outside of the police that was asked, has it, or said what came of it. */
    referral: z
      .object({
        id: idSchema,
        bodyName: z.string(),
        bodyKind: z.enum(PARTNER_KINDS),
        bodyPhone: z.string(),
        sentAt: instantSchema,
        acceptedAt: instantSchema.nullable(),
        answeredAt: instantSchema.nullable(),
        /** Until when a link opens it without an account; null where none does. */
        linkUntil: instantSchema.nullable(),
      })
      .nullable(),
    suitable: z.boolean().nullable(),
    stopSigns: z.array(z.enum(STOP_SIGNS)),
    /** When its words were deleted: its resident asked, or its time was over. */
    wordsGoneAt: instantSchema.nullable(),
    resolvedAt: instantSchema.nullable(),
    answeredAt: instantSchema.nullable(),
    /** A resident's number with its middle hidden; null when none was left. */
    contact: z.object({ phone: z.string().nullable(), salutation: z.boolean() }).nullable(),
    mayReveal: z.boolean(),
    /** Photos of the place that came with it. */
    photos: z.int(),
    mayIssueReceipt: z.boolean(),
    /** What the caller may do now. */
    steps: z.array(z.enum(MATTER_COMMANDS)),
    waivers: z.array(z.enum(CALLBACK_WAIVERS)),
    clocks: z.array(clockSchema),
    pauseReason: z.enum(PAUSE_REASONS).nullable(),
    /** The reasons for which it may be suspended now. */
    pauses: z.array(z.enum(PAUSE_REASONS)),
    /** Hazards only. */
    hazard: hazardSide.nullable(),
    /** The main matter of the same problem; null where this one stands alone. */
    merged: z
      .object({ into: idSchema, number: z.string(), from: z.enum(MATTER_STATES) })
      .nullable(),
    /** Those that were merged into this one: each is answered by itself. */
    reporters: z.array(
      z.object({
        id: idSchema,
        number: z.string(),
        state: z.enum(MATTER_STATES),
        disposition: z.enum(DISPOSITIONS).nullable(),
        registeredAt: instantSchema,
      }),
    ),
    timeline: z.array(eventSchema),
  })
  .meta({ id: "Matter" });
export type MatterDetail = z.infer<typeof matterDetail>;

const SEARCH_STATUS = {
  "search-too-short": 422,
  "search-too-long": 422,
  "search-personal": 422,
} as const satisfies Record<SearchRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };

export const mattersContract = {
  list: oc
    .route({ method: "GET", path: "/matters", tags, summary: "Matters in one's reach" })
    .input(matterFilter.extend(listQuery.shape))
    .output(listReply(matterRow))
    .errors({
      ...sessionRefusals,
      ...refusals({ "bad-cursor": 400, "unknown-sort": 400, ...SEARCH_STATUS }),
    }),
  get: oc
    .route({ method: "GET", path: "/matters/{id}", tags, summary: "One matter and its timeline" })
    .input(z.object({ id: idSchema }))
    .output(matterDetail)
    .errors(errors),
  raise: oc
    .route({
      method: "POST",
      path: "/matters",
      tags,
      summary: "Register a matter heard or seen outside of a visit",
      description: "Sent again under the same id it answers with what is there.",
    })
    .input(matterDraftSchema)
    .output(matterDetail)
    .errors({ ...errors, ...refusals(MATTER_STATUS) }),
  step: oc
    .route({
      method: "POST",
      path: "/matters/{id}/steps",
      tags,
      summary: "Take a step with a matter",
      description: "`version` is the one the caller looked at; a note may leave it out.",
    })
    .input(z.object({ id: idSchema, version: z.int().optional(), step: matterStepSchema }))
    .output(matterDetail)
    .errors({ ...errors, ...refusals(MATTER_STATUS) }),
  ...assigning,
  assignees: oc
    .route({
      method: "GET",
      path: "/matters/{id}/assignees",
      tags,
      summary: "Who could take a matter over",
    })
    .input(z.object({ id: idSchema }))
    .output(
      z.object({ items: z.array(z.object({ id: idSchema, name: z.string(), role: z.string() })) }),
    )
    .errors(errors),
  similar: oc
    .route({
      method: "POST",
      path: "/matters/similar",
      tags,
      summary: "Open matters of the same building that may be the same problem",
      description: "Changes nothing; what is compared stays out of addresses and logs.",
    })
    .input(
      z.object({
        placeId: idSchema,
        kind: z.enum(MATTER_KINDS),
        subtype: subtypeSchema,
        text: words,
        except: idSchema.optional(),
      }),
    )
    .output(z.object({ items: z.array(matterRow) }))
    .errors(sessionRefusals),
  reveal: oc
    .route({
      method: "POST",
      path: "/matters/{id}/contact/reveal",
      tags,
      summary: "See how to reach the resident; the look and its purpose are kept",
    })
    .input(z.object({ id: idSchema, purpose: z.enum(CONTACT_PURPOSES) }))
    .output(z.object({ phone: z.string().nullable(), salutation: z.string().nullable() }))
    .errors({ ...errors, ...refusals({ "too-many-looks": 429 }) }),
  work: oc
    .route({
      method: "GET",
      path: "/matters/work",
      tags,
      summary: "How much there is to do, by the lists of work",
    })
    .input(z.object({ handlerId: idSchema.optional(), stationId: idSchema.optional() }))
    .output(z.object({ lists: z.record(z.enum(WORK_LISTS), totalSchema) }))
    .errors(sessionRefusals),
  ...clockRules,
};

/** Query of `GET /matters/export`. */
export const matterExportQuery = matterFilter.extend(exportQuery.shape);

/** Answered in a stream: see `published`. */
export const matterStreams = {
  export: oc
    .route({
      method: "GET",
      path: "/matters/export",
      tags,
      summary: "The same list as a file, without how to reach a resident",
      spec: answersWithTable,
    })
    .input(matterExportQuery)
    .errors({ ...sessionRefusals, ...refusals({ "unknown-sort": 400 }) }),
};
