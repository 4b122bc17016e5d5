import { oc } from "@orpc/contract";
import { CONTACT_PURPOSES } from "@wanjia/domain/matters/terms";
import type { PropertyField } from "@wanjia/domain/property/import";
import {
  EXTENSION_REASONS,
  ITEM_CLASSES,
  type MeetingRefusal,
  NOTIFY_MODES,
  PROPERTY_COMMANDS,
  PROPERTY_LIMITS,
  PROPERTY_STATES,
  type PropertyRefusal,
  RECEIVERS,
  VALUE_BANDS,
  WITHDRAWALS,
} from "@wanjia/domain/property/terms";
import { z } from "zod";
import { paperQuery } from "./documents.ts";
import {
  answersWith,
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  localDateSchema,
  refusals,
  sessionRefusals,
  stepsOf,
} from "./shared.ts";

const tags = ["property"];
const number = z.string().max(200);

// -- input ----------------------------------------------------------------------------------------

const step = stepsOf<(typeof PROPERTY_COMMANDS)[number]>();

const stepSchema = z.discriminatedUnion("type", [
  step("notify", { mode: z.enum(NOTIFY_MODES), reached: z.boolean() }),
  step("announce", {}),
  step("book", { meetingId: idSchema, at: instantSchema }),
  step("release", { reason: z.enum(["absent", "called_off"]) }),
  step("hand_over", {
    receiver: z.enum(RECEIVERS),
    rightChecked: z.boolean(),
    agentIsOfficer: z.boolean(),
    confirmed: z.boolean(),
    listNo: number,
    officers: z.array(idSchema).max(4),
  }),
  step("extend", { months: z.int().min(0).max(12), reason: z.enum(EXTENSION_REASONS) }),
  step("hand_to_state", { receiptNo: number }),
  step("withdraw", { reason: z.enum(WITHDRAWALS) }),
]);

const propertyFilter = z.object({
  state: z.enum(PROPERTY_STATES).optional(),
  itemClass: z.enum(ITEM_CLASSES).optional(),
  progress: z.enum(["open", "ended"]).optional(),
  due: z.enum(["overdue", "soon"]).optional(),
  number: z.string().max(PROPERTY_LIMITS.numberLength).optional(),
});
export type PropertyFilter = z.infer<typeof propertyFilter>;

// -- replies --------------------------------------------------------------------------------------

const rowShape = {
  id: idSchema,
  registerNo: z.string(),
  itemClass: z.enum(ITEM_CLASSES),
  count: z.int(),
  band: z.enum(VALUE_BANDS),
  state: z.enum(PROPERTY_STATES),
  stationId: idSchema,
  stationName: z.string().nullable(),
  collectBy: localDateSchema.nullable(),
  slotAt: instantSchema.nullable(),
  importedAt: instantSchema,
};
const propertyRow = z.object(rowShape).meta({ id: "PropertyRow" });
export type PropertyRow = z.infer<typeof propertyRow>;

const propertyDetail = z
  .object({
    ...rowShape,
    version: z.int(),
    approvedOn: localDateSchema,
    toldOn: localDateSchema.nullable(),
    tried: z.int(),
    extraMonths: z.int(),
    /** How many may still be added. */
    monthsLeft: z.int(),
    /** The limit that held when somebody was first told; null until then. */
    term: z
      .object({ version: z.int(), months: z.int(), extraMonths: z.int(), source: z.string() })
      .nullable(),
    meetingId: idSchema.nullable(),
    venue: z.string().nullable(),
    returnedOn: localDateSchema.nullable(),
    receiver: z.enum(RECEIVERS).nullable(),
    /** Number of the list of returned items, or of the treasury's receipt. */
    paperNo: z.string().nullable(),
    withdrawal: z.enum(WITHDRAWALS).nullable(),
    /** A number with its middle hidden; null when none is kept. */
    contact: z.object({ phone: z.string().nullable(), salutation: z.boolean() }).nullable(),
    /** Who may be there for the police. */
    officers: z.array(z.object({ id: idSchema, name: z.string() })),
    /** What the caller may do now. */
    steps: z.array(z.enum(PROPERTY_COMMANDS)),
    timeline: z.array(
      z.object({
        seq: z.int(),
        at: instantSchema,
        memberName: z.string().nullable(),
        type: z.string(),
        body: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: "Property" });
export type PropertyDetail = z.infer<typeof propertyDetail>;

const propertyFigures = z
  .object({
    returned: z.object({ items: z.int(), valueYuan: z.int(), meetings: z.int() }),
    byClass: z.array(
      z.object({ itemClass: z.enum(ITEM_CLASSES), items: z.int(), valueYuan: z.int() }),
    ),
    /** Median days from told to returned; null while nothing was. */
    medianDays: z.number().nullable(),
    /** Nobody came in time, of all that was returned or for which the time ran out. */
    unclaimed: z.object({ items: z.int(), of: z.int() }),
  })
  .meta({ id: "PropertyFigures" });
export type PropertyFigures = z.infer<typeof propertyFigures>;

const meetingShape = {
  id: idSchema,
  stationId: idSchema,
  venue: z.string(),
  from: instantSchema,
  to: instantSchema,
  slotMinutes: z.int(),
  seats: z.int(),
};
const meetingRow = z
  .object({ ...meetingShape, cancelled: z.boolean(), booked: z.int(), returned: z.int() })
  .meta({ id: "ReturnMeeting" });
export type MeetingRow = z.infer<typeof meetingRow>;

const meetingDetail = meetingRow.extend({
  mayCancel: z.boolean(),
  slots: z.array(
    z.object({
      at: instantSchema,
      items: z.array(
        z.object({
          id: idSchema,
          registerNo: z.string(),
          itemClass: z.enum(ITEM_CLASSES),
          count: z.int(),
          returned: z.boolean(),
        }),
      ),
    }),
  ),
});
export type MeetingDetail = z.infer<typeof meetingDetail>;

/** What came of a list, which is sent as the body of a request to `/property/imports`. */
export interface PropertyImport {
  readonly added: number;
  /** Numbers that the station already has: left as they are. */
  readonly known: number;
  /** Rows that can't be read; while there is one, nothing of the file is kept. */
  readonly problems: readonly { readonly row: number; readonly field: PropertyField }[];
}

// -- endpoints ------------------------------------------------------------------------------------

const STATUS = {
  "not-permitted": 403,
  "wrong-state": 409,
  "stale-version": 409,
  "slot-full": 409,
  "no-contact": 422,
  "owner-known": 422,
  "meeting-unknown": 422,
  "slot-unknown": 422,
  "officer-may-not-collect": 422,
  "right-unchecked": 422,
  "not-confirmed": 422,
  "two-officers": 422,
  "list-no-malformed": 422,
  "too-many-months": 422,
  "extension-over": 422,
  "still-collectable": 422,
} as const satisfies Record<PropertyRefusal, number>;

const MEETING_STATUS = {
  "not-permitted": 403,
  "meeting-held": 409,
  "meeting-times": 422,
  "meeting-unknown": 422,
  "text-forbidden": 422,
} as const satisfies Record<MeetingRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404 }) };
const listErrors = {
  ...sessionRefusals,
  ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }),
};

export const propertyContract = {
  list: oc
    .route({ method: "GET", path: "/property", tags, summary: "Recovered items of one's station" })
    .input(propertyFilter.extend(listQuery.shape))
    .output(listReply(propertyRow))
    .errors(listErrors),
  get: oc
    .route({ method: "GET", path: "/property/{id}", tags, summary: "One item" })
    .input(z.object({ id: idSchema }))
    .output(propertyDetail)
    .errors(errors),
  step: oc
    .route({
      method: "POST",
      path: "/property/{id}/steps",
      tags,
      summary: "Take a step with an item",
      description: "`version` is the one the caller looked at.",
    })
    .input(z.object({ id: idSchema, version: z.int(), step: stepSchema }))
    .output(propertyDetail)
    .errors({ ...errors, ...refusals(STATUS) }),
  reveal: oc
    .route({
      method: "POST",
      path: "/property/{id}/contact/reveal",
      tags,
      summary: "See how to reach the owner; the look and its purpose are kept",
    })
    .input(z.object({ id: idSchema, purpose: z.enum(CONTACT_PURPOSES) }))
    .output(z.object({ phone: z.string().nullable(), salutation: z.string().nullable() }))
    .errors({ ...errors, ...refusals({ "too-many-looks": 429 }) }),
  figures: oc
    .route({
      method: "GET",
      path: "/property-figures",
      tags,
      summary: "What was returned in a period, both days included",
    })
    .input(z.object({ from: localDateSchema, to: localDateSchema }))
    .output(propertyFigures)
    .errors(sessionRefusals),
  meetings: oc
    .route({ method: "GET", path: "/return-meetings", tags, summary: "Return meetings" })
    .input(listQuery)
    .output(listReply(meetingRow))
    .errors(listErrors),
  meeting: oc
    .route({
      method: "GET",
      path: "/return-meetings/{id}",
      tags,
      summary: "One return meeting, slot by slot",
    })
    .input(z.object({ id: idSchema }))
    .output(meetingDetail)
    .errors(errors),
  arrange: oc
    .route({ method: "POST", path: "/return-meetings", tags, summary: "Set up a return meeting" })
    .input(
      z.object({
        ...meetingShape,
        venue: z.string().trim().min(1).max(PROPERTY_LIMITS.venueLength),
        slotMinutes: z.int().min(5).max(PROPERTY_LIMITS.slotMinutes),
        seats: z.int().min(1).max(PROPERTY_LIMITS.seats),
      }),
    )
    .output(meetingDetail)
    .errors({ ...errors, ...refusals(MEETING_STATUS) }),
  callOff: oc
    .route({
      method: "POST",
      path: "/return-meetings/{id}/call-off",
      tags,
      summary: "Call a return meeting off; whoever was booked waits for another",
    })
    .input(z.object({ id: idSchema }))
    .output(meetingDetail)
    .errors({ ...errors, ...refusals(MEETING_STATUS) }),
};

/** Answered in a stream: see `published`. */
export const propertyStreams = {
  import: oc
    .route({
      method: "POST",
      path: "/property/imports",
      tags,
      summary: "Takes a list of what may go back, as it comes: CSV or XLSX",
      spec: answersWith("application/json"),
    })
    .input(z.object({ stationId: idSchema }))
    .errors(errors),
  sheet: oc
    .route({
      method: "GET",
      path: "/return-meetings/{id}/sheet",
      tags,
      summary: "The sheet of a return meeting as .docx, by numbers",
      spec: answersWith("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    })
    .input(paperQuery.extend({ id: idSchema }))
    .errors(errors),
};
