import { oc } from "@orpc/contract";
import { LABOUR_FAULTS } from "@wanjia/domain/planning/labour";
import { REFUSE_REASONS } from "@wanjia/domain/planning/settling";
import { SKIP_REASONS, SLOTS, STOP_REASONS } from "@wanjia/domain/planning/terms";
import { WEEK_LAYOUTS } from "@wanjia/domain/planning/usual";
import { PLAN_FAULTS, type PlanFault } from "@wanjia/domain/planning/validate";
import { z } from "zod";
import {
  answersWith,
  idSchema,
  instantSchema,
  localDateSchema,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["planning"];
const minutes = z.number().min(0).max(1440).meta({ description: "Minutes after midnight" });
const person = z.object({ id: idSchema, name: z.string() });

/** Why a walk goes to a building when it does. Of buildings and premises types, never of a home. */
const choice = z.object({
  building: z.string(),
  name: z.string(),
  at: minutes,
  doors: z.int(),
  reason: z.enum(STOP_REASONS),
  slot: z.enum(SLOTS),
  level: z.enum(["building", "premises_type"]).meta({
    description:
      "What the figure is of: under five knocks, or of fewer than three doors, of the premises type",
  }),
  percent: z.int().meta({ description: "How often somebody answers in this slot" }),
  point: z.object({ lon: z.number(), lat: z.number() }).nullable(),
  /** Missing where the walk was planned before it was told. */
  window: z
    .object({ from: minutes, to: minutes })
    .nullable()
    .default(null)
    .meta({ description: "When a resident expects somebody there; of no door in particular" }),
});

/** `unkept`: the planner could not keep what was settled. */
export const WALK_CHANGES = [
  "refused",
  "restored",
  "reordered",
  "swapped",
  "pinned",
  "unpinned",
  "unkept",
] as const;

const walkView = z
  .object({
    id: idSchema,
    version: z.int(),
    teamId: idSchema,
    teamName: z.string(),
    beatId: idSchema,
    day: localDateSchema,
    from: minutes,
    to: minutes,
    endsAt: z.number(),
    begins: z.enum(["near_station", "first_building"]).meta({
      description:
        "Where it enters the beat and its ways are counted from: the building nearest to the station, or the first where the station has no point",
    }),
    crew: z.array(person),
    state: z.enum(["planned", "left_out", "refused"]),
    reason: z.enum([...SKIP_REASONS, ...REFUSE_REASONS, "unkept"]).nullable(),
    doors: z.int(),
    contacts: z.int().nullable().meta({ description: "Households it may expect to meet" }),
    choices: z.array(choice),
    pinned: z.boolean(),
    changes: z.array(
      z.object({
        at: instantSchema,
        by: person.nullable(),
        change: z.enum(WALK_CHANGES),
        faults: z
          .array(z.enum(PLAN_FAULTS))
          .meta({ description: "Rules that what was settled would have broken" }),
      }),
    ),
  })
  .meta({ id: "Walk" });
export type WalkView = z.infer<typeof walkView>;

const stationDay = z
  .object({
    day: localDateSchema,
    madeAt: instantSchema.nullable().meta({ description: "Null: not planned yet" }),
    tookMs: z.int().nullable(),
    failedAt: instantSchema.nullable().meta({
      description:
        "When planning it broke off last, since it was made: it is tried again by itself, and what was planned before stands",
    }),
    walks: z.array(walkView),
    failures: z
      .array(z.object({ team: z.string(), faults: z.array(z.enum(PLAN_FAULTS)) }))
      .meta({ description: "Teams without a plan, with the rules that it would have broken" }),
    conflicts: z
      .array(z.object({ name: z.string(), from: minutes, to: minutes }))
      .meta({ description: "Appointments that no order of the day keeps" }),
  })
  .meta({ id: "StationDay" });

const week = z
  .array(z.object({ weekday: z.int().min(1).max(7), from: z.int().min(0), to: z.int().max(1440) }))
  .max(28);

const interval = z.object({ low: z.number(), middle: z.number(), high: z.number() });
const outlook = z
  .object({
    hoursThere: z.number(),
    hoursNeeded: interval,
    coverage: interval,
    honestPromise: z.number(),
    verdict: z.enum(["possible", "doubtful", "not_possible"]),
    teams: z.int(),
    doors: z.int(),
    curves: z.array(
      z.object({
        layout: z.enum(WEEK_LAYOUTS),
        points: z.array(
          z.object({ endsOn: localDateSchema, hours: z.number(), coverage: z.number() }),
        ),
      }),
    ),
  })
  .meta({ id: "CampaignOutlook" });
export type OutlookView = z.infer<typeof outlook>;

const asked = z.object({
  state: z.enum(["none", "waiting", "ready"]),
  madeAt: instantSchema.nullable(),
  outlook: outlook.nullable(),
});

type Unprocessable<C extends string> = { [K in C]: 422 };
const FAULTS = Object.fromEntries(
  PLAN_FAULTS.map((fault) => [fault, 422]),
) as Unprocessable<PlanFault>;

const seen = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };
const changing = {
  ...seen,
  ...refusals({
    "walk-changed": 409,
    "walk-over": 409,
    "walk-wrong-state": 409,
    "walk-other-beat": 422,
    "walk-order-incomplete": 422,
    "walk-taken-over": 409,
    ...FAULTS,
  }),
};
const LABOUR = Object.fromEntries(LABOUR_FAULTS.map((fault) => [fault, 422])) as Unprocessable<
  (typeof LABOUR_FAULTS)[number]
>;

const ofStation = z.object({ campaignId: idSchema, stationId: idSchema });
const change = z.object({ id: idSchema, version: z.int() });

const buildings = z.array(z.string().max(200)).max(500);

/** Body of `planning.settle`, a command of phones. */
export const settleWalkSchema = z.strictObject({
  walkId: idSchema,
  campaignId: idSchema,
  teamId: idSchema,
  day: localDateSchema,
  from: z.int().min(0).max(1440),
  step: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("refuse"), reason: z.enum(REFUSE_REASONS) }),
    z.strictObject({ kind: z.literal("restore") }),
    z.strictObject({ kind: z.literal("reorder"), buildings }),
    z.strictObject({ kind: z.literal("pin"), pinned: z.boolean() }),
  ]),
});

export const planningContract = {
  day: oc
    .route({ method: "GET", path: "/planning/day", tags, summary: "A station's walks of a day" })
    .input(ofStation.extend({ day: localDateSchema }))
    .output(stationDay)
    .errors(seen),
  planDay: oc
    .route({
      method: "POST",
      path: "/planning/day",
      tags,
      summary: "Plan a station's day anew",
      description: "In the background, in seconds. What was settled by hand stays.",
    })
    .input(ofStation.extend({ day: localDateSchema }))
    .output(z.object({ queued: z.boolean() }))
    .errors({ ...seen, ...refusals({ "campaign-not-open": 409, "walk-over": 409 }) }),
  refuse: oc
    .route({
      method: "POST",
      path: "/planning/walks/{id}/refuse",
      tags,
      summary: "Nobody goes this walk",
    })
    .input(change.extend({ reason: z.enum(REFUSE_REASONS) }))
    .output(walkView)
    .errors(changing),
  restore: oc
    .route({
      method: "POST",
      path: "/planning/walks/{id}/restore",
      tags,
      summary: "A refused walk is gone after all",
    })
    .input(change)
    .output(walkView)
    .errors(changing),
  reorder: oc
    .route({
      method: "POST",
      path: "/planning/walks/{id}/reorder",
      tags,
      summary: "The buildings of a walk in another order",
    })
    .input(change.extend({ buildings }))
    .output(walkView)
    .errors(changing),
  swap: oc
    .route({
      method: "POST",
      path: "/planning/walks/{id}/swap",
      tags,
      summary: "Two teams change walks",
    })
    .input(change.extend({ withId: idSchema }))
    .output(walkView)
    .errors(changing),
  pin: oc
    .route({
      method: "POST",
      path: "/planning/walks/{id}/pin",
      tags,
      summary: "A walk stays as it is when the day is planned anew",
    })
    .input(change.extend({ pinned: z.boolean() }))
    .output(walkView)
    .errors(changing),
  roster: oc
    .route({ method: "GET", path: "/planning/roster", tags, summary: "Who works when" })
    .input(ofStation)
    .output(
      z.object({
        members: z.array(
          person.extend({
            sworn: z.boolean(),
            teamName: z.string(),
            usual: z.boolean().meta({ description: "Nothing was set: the usual week holds" }),
            week,
          }),
        ),
        holidays: z
          .array(localDateSchema)
          .meta({ description: "Public holidays within the campaign: nobody walks" }),
        announcedThrough: localDateSchema.meta({
          description: "The last day for which holidays are announced",
        }),
      }),
    )
    .errors(seen),
  setWeek: oc
    .route({
      method: "PUT",
      path: "/planning/roster",
      tags,
      summary: "Set a member's week",
      description: "An empty week: the usual one holds again.",
    })
    .input(z.object({ campaignId: idSchema, memberId: idSchema, week }))
    .output(z.object({ week }))
    .errors({ ...seen, ...refusals(LABOUR) }),
  outlook: oc
    .route({
      method: "GET",
      path: "/campaigns/{id}/outlook",
      tags,
      summary: "Hours a campaign needs against hours there are",
    })
    .input(z.object({ id: idSchema }))
    .output(asked)
    .errors(seen),
  askOutlook: oc
    .route({
      method: "POST",
      path: "/campaigns/{id}/outlook",
      tags,
      summary: "Work out what a campaign needs",
    })
    .input(z.object({ id: idSchema }))
    .output(asked)
    .errors({ ...seen, ...refusals({ "outlook-nobody": 422 }) }),
  calendars: oc
    .route({ method: "GET", path: "/planning/calendars", tags, summary: "Own calendar links" })
    .output(z.object({ items: z.array(z.object({ id: idSchema, madeAt: instantSchema })) }))
    .errors(sessionRefusals),
  makeCalendar: oc
    .route({
      method: "POST",
      path: "/planning/calendars",
      tags,
      summary: "Make a secret link to one's own walks",
      description: "The link is answered once and not kept. Links made before stop working.",
    })
    .output(z.object({ id: idSchema, path: z.string() }))
    .errors(sessionRefusals),
  revokeCalendar: oc
    .route({
      method: "DELETE",
      path: "/planning/calendars/{id}",
      tags,
      summary: "End a calendar link",
    })
    .input(z.object({ id: idSchema }))
    .output(z.object({ revoked: z.boolean() }))
    .errors(seen),
};

/** Answered by a route of its own; whoever holds the link may read it. */
export const planningStreams = {
  calendar: oc
    .route({
      method: "GET",
      path: "/planning/calendar/{link}",
      tags,
      summary: "Own walks as a calendar (iCalendar): buildings and times alone",
      spec: answersWith("text/calendar"),
    })
    .input(z.object({ link: z.string().max(200) })),
};
