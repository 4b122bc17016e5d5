import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";

export const ITEM_CLASSES = [
  "cash",
  "car",
  "motorcycle",
  "e_bike",
  "phone",
  "laptop",
  "livestock",
  "other",
] as const;
export type ItemClass = (typeof ITEM_CLASSES)[number];

/** What it is worth, coarsely; the sum on the list is there for the figures alone. */
export const VALUE_BANDS = ["under_1000", "under_10000", "under_100000", "over_100000"] as const;
export type ValueBand = (typeof VALUE_BANDS)[number];

export const PROPERTY_STATES = [
  "eligible",
  "owner_notified",
  "unclaimed_notice",
  "appointment",
  "unclaimed",
  "returned",
  "handed_to_state",
  "withdrawn",
] as const;
export type PropertyState = (typeof PROPERTY_STATES)[number];

export const NOTIFY_MODES = ["phone", "letter", "in_person"] as const;
export type NotifyMode = (typeof NOTIFY_MODES)[number];

/** Who takes it: the rightful owner, or somebody whom he empowered. */
export const RECEIVERS = ["owner", "agent"] as const;
export type Receiver = (typeof RECEIVERS)[number];

/** Why an appointment came to nothing. */
export const RELEASE_REASONS = ["absent", "called_off", "meeting_cancelled"] as const;
export type ReleaseReason = (typeof RELEASE_REASONS)[number];

/** The special circumstances of 行政程序规定 197. */
export const EXTENSION_REASONS = ["owner_ill", "owner_away", "papers_missing", "other"] as const;
export type ExtensionReason = (typeof EXTENSION_REASONS)[number];

/** Why it is not for the platform any more: it goes back to the ledger. */
export const WITHDRAWALS = ["ownership_disputed", "needed_as_evidence", "listed_wrongly"] as const;
export type Withdrawal = (typeof WITHDRAWALS)[number];

export const PROPERTY_LIMITS = {
  /** Officers who are there when it is handed over. Source: 公通字〔2015〕21号 19. */
  officers: 2,
  numberLength: 40,
  salutationLength: 10,
  venueLength: 40,
  /** Rows of one list, and the bytes that they may take. */
  rows: 5000,
  fileBytes: 2 * 1024 * 1024,
  /** Yuan; what is worth more is a mistake of the unit. */
  value: 100_000_000,
  count: 10_000,
  slotMinutes: 120,
  seats: 20,
  meetingHours: 12,
  /** Days after the end for which the way to reach the owner is kept (domain.md §8.5). */
  contactDays: 30,
} as const;

/**
 * Months to collect after the owner was told, and how many may be added: one version of the bureau's
 * time limit, kept with the item. Source: 行政程序规定 197.
 */
export interface CollectTerm {
  readonly version: number;
  readonly months: number;
  readonly extraMonths: number;
  readonly source: string;
}

export interface Appointment {
  readonly meetingId: Id;
  readonly at: Instant;
}

export interface HandOver {
  readonly receiver: Receiver;
  /** Number of the list of returned items (发还清单), which holds the signature. */
  readonly listNo: string;
  readonly officers: readonly Id[];
}

/** One line of the list. Whose it is stands nowhere: an item has a number in the ledger. */
export interface PropertyItem {
  readonly id: Id;
  readonly stationId: Id;
  /** Its number in the e-ledger of the case system. */
  readonly registerNo: string;
  readonly itemClass: ItemClass;
  readonly count: number;
  readonly valueYuan: number;
  /** The day on which its return was approved. */
  readonly approvedOn: LocalDate;
  readonly hasContact: boolean;
  readonly state: PropertyState;
  /** The sequence number of the last event. */
  readonly version: number;
  /** Times that nobody could be reached. */
  readonly tried: number;
  readonly notified: boolean;
  readonly announced: boolean;
  /** The day on which the months began: the first time somebody was told. */
  readonly toldOn: LocalDate | null;
  /** The limit that held on that day. */
  readonly term: CollectTerm | null;
  readonly extraMonths: number;
  readonly appointment: Appointment | null;
  readonly lapsedOn: LocalDate | null;
  readonly handOver: HandOver | null;
  readonly returnedOn: LocalDate | null;
  readonly receiptNo: string | null;
  readonly withdrawal: Withdrawal | null;
  readonly importedAt: Instant;
  readonly endedAt: Instant | null;
}

/** A day on which things are given back, in slots of equal length. */
export interface ReturnMeeting {
  readonly id: Id;
  readonly stationId: Id;
  readonly venue: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly slotMinutes: number;
  /** Items of one slot. */
  readonly seats: number;
  readonly cancelled: boolean;
}

export type PropertyChange =
  | {
      readonly type: "imported";
      readonly id: Id;
      readonly stationId: Id;
      readonly registerNo: string;
      readonly itemClass: ItemClass;
      readonly count: number;
      readonly valueYuan: number;
      readonly approvedOn: LocalDate;
      readonly hasContact: boolean;
    }
  | {
      readonly type: "notified";
      readonly mode: NotifyMode;
      readonly reached: boolean;
      /** Where the months begin with it. */
      readonly term?: CollectTerm;
    }
  | { readonly type: "announced"; readonly term?: CollectTerm }
  | ({ readonly type: "booked" } & Appointment)
  | { readonly type: "released"; readonly reason: ReleaseReason }
  | ({ readonly type: "returned" } & HandOver)
  | { readonly type: "extended"; readonly months: number; readonly reason: ExtensionReason }
  | { readonly type: "lapsed" }
  | { readonly type: "handed_to_state"; readonly receiptNo: string }
  | { readonly type: "withdrawn"; readonly reason: Withdrawal };
export type PropertyEventType = PropertyChange["type"];

export interface PropertyEvent {
  readonly seq: number;
  readonly at: Instant;
  /** Null where time did it. */
  readonly by: Id | null;
  readonly change: PropertyChange;
}

export type PropertyCommand =
  | { readonly type: "notify"; readonly mode: NotifyMode; readonly reached: boolean }
  | { readonly type: "announce" }
  | { readonly type: "book"; readonly meetingId: Id; readonly at: Instant }
  | { readonly type: "release"; readonly reason: Exclude<ReleaseReason, "meeting_cancelled"> }
  | {
      readonly type: "hand_over";
      readonly receiver: Receiver;
      /** Who he is, and for an agent what he was empowered to, was checked. */
      readonly rightChecked: boolean;
      /** The agent belongs to the police. */
      readonly agentIsOfficer: boolean;
      /** The receiver confirmed on the list. */
      readonly confirmed: boolean;
      readonly listNo: string;
      readonly officers: readonly Id[];
    }
  | { readonly type: "extend"; readonly months: number; readonly reason: ExtensionReason }
  | { readonly type: "hand_to_state"; readonly receiptNo: string }
  | { readonly type: "withdraw"; readonly reason: Withdrawal };

export const PROPERTY_COMMANDS = [
  "notify",
  "book",
  "hand_over",
  "announce",
  "release",
  "extend",
  "hand_to_state",
  "withdraw",
] as const satisfies readonly PropertyCommand["type"][];
export type PropertyCommandType = (typeof PROPERTY_COMMANDS)[number];

export type PropertyRefusal =
  | "not-permitted"
  | "wrong-state"
  | "stale-version"
  /** Nothing says how to reach the owner. */
  | "no-contact"
  /** A notice is for an owner who is unknown or was not reached. */
  | "owner-known"
  | "meeting-unknown"
  | "slot-unknown"
  | "slot-full"
  | "officer-may-not-collect"
  | "right-unchecked"
  | "not-confirmed"
  | "two-officers"
  | "list-no-malformed"
  | "too-many-months"
  | "extension-over"
  | "still-collectable";

export type MeetingRefusal =
  | "not-permitted"
  | "meeting-times"
  | "meeting-held"
  | "meeting-unknown"
  | "text-forbidden";
