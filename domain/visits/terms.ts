/** The words of visits: one knock at one door, what came of it, and what the door remembers. */
import type { HazardGrade } from "../matters/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";
import type { VisitableKind } from "../places/terms.ts";

// -- what came of a knock -------------------------------------------------------------------------

export const OUTCOMES = [
  "completed_inside",
  "completed_doorstep",
  "completed_elsewhere",
  "no_answer",
  "refused",
  "asked_not_to_visit",
  "not_residential",
  "vacant_observed",
  "inaccessible",
  "unsafe",
  "wrong_address",
  "rescheduled",
  "phone_only",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * What an outcome leaves at the door. Coarser than the outcome on purpose: refusals, requests not
 * to be visited and empty homes all leave `ended`, so that no door says that somebody refused.
 */
const TRACES = ["met", "absent", "later", "ended", "not_a_target"] as const;
export type Trace = (typeof TRACES)[number];

export interface OutcomeMeaning {
  /** Face to face with somebody of this door (见面). */
  readonly contact: boolean;
  /** Counts as a household-visit (户次). */
  readonly completed: boolean;
  /** Somebody was spoken to, if only by telephone: then notice must have been given. */
  readonly spoke: boolean;
  readonly trace: Trace;
}

export const OUTCOME_MEANING: Readonly<Record<Outcome, OutcomeMeaning>> = {
  completed_inside: { contact: true, completed: true, spoke: true, trace: "met" },
  completed_doorstep: { contact: true, completed: true, spoke: true, trace: "met" },
  completed_elsewhere: { contact: true, completed: true, spoke: true, trace: "met" },
  no_answer: { contact: false, completed: false, spoke: false, trace: "absent" },
  refused: { contact: true, completed: false, spoke: true, trace: "ended" },
  asked_not_to_visit: { contact: true, completed: false, spoke: true, trace: "ended" },
  not_residential: { contact: false, completed: false, spoke: false, trace: "not_a_target" },
  vacant_observed: { contact: false, completed: false, spoke: false, trace: "ended" },
  inaccessible: { contact: false, completed: false, spoke: false, trace: "absent" },
  unsafe: { contact: false, completed: false, spoke: false, trace: "absent" },
  wrong_address: { contact: false, completed: false, spoke: false, trace: "not_a_target" },
  rescheduled: { contact: true, completed: false, spoke: true, trace: "later" },
  phone_only: { contact: false, completed: false, spoke: true, trace: "later" },
};

export const TIME_MODES = [
  "morning",
  "noon",
  "afternoon",
  "early_evening",
  "evening",
  "weekend",
] as const;
export type TimeMode = (typeof TIME_MODES)[number];

/** The three bands that the ladder for unanswered doors goes through. */
export const BANDS = ["daytime", "evening", "weekend"] as const;
export type Band = (typeof BANDS)[number];

export const ARRANGED = ["none", "resident_request", "phone_appointment", "qr_request"] as const;
export type Arranged = (typeof ARRANGED)[number];

export const NOTICES = ["oral_and_card", "card_only", "qr", "declined_to_hear"] as const;
/** How the resident was told what is recorded and why (PIPL 17, 35). */
export type NoticeGiven = (typeof NOTICES)[number];

export const PURPOSES = ["service", "scheduled_inspection_ref"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** "What would help?", never "what condition?". Kept until the campaign ends. */
export const ACCESS_NEEDS = [
  "sign_language",
  "large_print",
  "dialect_interpreter",
  "phone_only",
  "wheelchair",
  "read_aloud",
] as const;
export type AccessNeed = (typeof ACCESS_NEEDS)[number];

/** Who came along beside the police: roles, never names. */
export const COMPANIONS = [
  "grid_worker",
  "community_staff",
  "volunteer",
  "mediator",
  "property_manager",
] as const;
export type Companion = (typeof COMPANIONS)[number];

/** What was talked about (释法宣传). */
export const TOPICS = [
  "anti_fraud",
  "fire_safety",
  "theft_prevention",
  "anti_drug",
  "traffic_safety",
  "legal_advice",
] as const;
export type Topic = (typeof TOPICS)[number];

export const OCCUPANCY = [
  "self_occupied",
  "rented",
  "lent",
  "vacant",
  "mixed",
  "prefer_not_to_say",
  "unknown",
] as const;
export type Occupancy = (typeof OCCUPANCY)[number];

// -- matters heard at the door --------------------------------------------------------------------

export const VISIT_MATTER_KINDS = ["opinion", "service_request", "dispute", "hazard"] as const;
export type VisitMatterKind = (typeof VISIT_MATTER_KINDS)[number];

export const CONTACT_PREFERENCES = [
  "sms",
  "call",
  "in_person",
  "letter",
  "notice_board",
  "none",
] as const;
export type ContactPreference = (typeof CONTACT_PREFERENCES)[number];

/** Given freely for the answer to one matter; stored encrypted with the matter, never with the visit. */
export interface MatterContact {
  readonly salutation?: string;
  readonly phone?: string;
  readonly preference?: ContactPreference;
  /** Consent ①: the phone may be used to answer this matter. A phone without it is refused. */
  readonly consent: boolean;
}

/** Something heard or seen during a visit that must be closed with an answer (民情事项). */
export interface VisitMatter {
  readonly id: Id;
  readonly kind: VisitMatterKind;
  /** A subtype of `matters/terms.ts`; checked there. */
  readonly subtype: string;
  readonly text: string;
  /** Where it is when not at this door, such as the building for a hazard in common parts. */
  readonly placeId?: Id;
  readonly wantsAnswer: boolean;
  readonly contact?: MatterContact;
  /** Of a hazard; `ordinary` when the officer doesn't say. */
  readonly grade?: HazardGrade;
  /** What the receipt shows that was handed over at the door (`sync/receipt-keys.ts`), as base64url. */
  readonly look?: string;
}

// -- commands -------------------------------------------------------------------------------------

interface LeafletGiven {
  readonly code: string;
  readonly quantity: number;
}

export interface Appointment {
  readonly from: Instant;
  readonly to: Instant;
}

export type AnswerValue = string | number | boolean | readonly string[];
/** By question key. Only questions that are stored with the visit; others have homes of their own. */
export type Answers = Readonly<Record<string, AnswerValue>>;

/**
 * `visits.record`. Valid with a place, a team and an outcome alone: no personal datum is required.
 * All times are of the device's clock; the server corrects them.
 */
export interface RecordVisit {
  readonly placeId: Id;
  readonly outcome: Outcome;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** All police members present, the author among them. */
  readonly team: readonly Id[];
  readonly arranged?: Arranged;
  readonly noticeGiven?: NoticeGiven;
  readonly idShown?: boolean;
  readonly entryConsent?: boolean;
  readonly cardLeft?: boolean;
  readonly leaflets?: readonly LeafletGiven[];
  readonly topics?: readonly Topic[];
  readonly companions?: readonly Companion[];
  readonly accessNeeds?: readonly AccessNeed[];
  readonly note?: string;
  readonly form?: { readonly code: string; readonly version: number };
  readonly answers?: Answers;
  readonly matters?: readonly VisitMatter[];
  /** With `rescheduled`, or whenever the resident names a time. */
  readonly appointment?: Appointment;
  /** With `no_answer`: this was the last attempt of this campaign. Holds once the ladder is finished. */
  readonly lastAttempt?: boolean;
  readonly outsideBeatReason?: string;
  /** Form A, A4. Kept apart from the visit, seen by the beat's officer alone, gone after 12 months. */
  readonly occupancy?: Occupancy;
  /** Form A, A7. Counted without the door. */
  readonly knowsOfficer?: KnowsOfficer;
  readonly purpose?: Purpose;
  readonly inspectionRef?: string;
  /** Entered at a desk from a paper form; the number on the slip left with the resident. */
  readonly paperSlip?: string;
}

export const KNOWS_OFFICER = ["name", "phone", "both", "no"] as const;
export type KnowsOfficer = (typeof KNOWS_OFFICER)[number];

/** `visits.correct`. The new record stands for the old one; both are kept. */
export interface CorrectVisit {
  /** The newest record of that visit. */
  readonly corrects: Id;
  readonly reason: string;
  readonly visit: CorrectedVisit;
}

/**
 * Without an outcome everything that came of the visit stays as it was recorded: who was not there
 * doesn't see why nobody was met, and can still mend the place, the time or the team.
 */
export type CorrectedVisit = Omit<RecordVisit, "outcome" | "endedAt"> &
  Partial<Pick<RecordVisit, "outcome" | "endedAt">>;

/** `visits.note`. Sets fields of the door; `null` clears one; what is absent stays. */
export interface NoteDoor {
  readonly placeId: Id;
  readonly accessHint?: string | null;
  readonly appointment?: Appointment | null;
  /** True starts 24 months without visits; false is the resident's own change of mind. */
  readonly doNotVisit?: boolean;
  readonly occupancy?: Occupancy | null;
}

// -- records --------------------------------------------------------------------------------------

/** One knock as it is kept. Never changed; a correction is another one that points to it. */
export interface Visit {
  readonly id: Id;
  readonly placeId: Id;
  readonly placeKind: VisitableKind;
  readonly buildingId: Id;
  readonly communityId: Id | null;
  readonly stationId: Id;
  readonly beatId: Id | null;
  /** The campaigns it counts for, each once. */
  readonly campaignIds: readonly Id[];
  readonly memberId: Id;
  readonly team: readonly Id[];
  readonly outcome: Outcome;
  readonly contact: boolean;
  readonly completed: boolean;
  /** Start of the visit by the corrected clock. */
  readonly visitedAt: Instant;
  readonly endedAt: Instant;
  /** Start of the visit as the device's clock showed it. */
  readonly deviceAt: Instant;
  readonly receivedAt: Instant;
  readonly timeMode: TimeMode;
  readonly arranged: Arranged;
  /** Which knock at this door in its first campaign, by the order in which the server learned of them. */
  readonly attemptNo: number;
  readonly corrects: Id | null;
  readonly correctionReason: string | null;
  /** Made before the phone could know that the resident wished no visit. */
  readonly unaware: boolean;
  readonly details: VisitDetails;
}

export type VisitDetails = Pick<
  RecordVisit,
  | "noticeGiven"
  | "idShown"
  | "entryConsent"
  | "cardLeft"
  | "leaflets"
  | "topics"
  | "companions"
  | "accessNeeds"
  | "note"
  | "form"
  | "answers"
  | "appointment"
  | "lastAttempt"
  | "outsideBeatReason"
  | "purpose"
  | "inspectionRef"
  | "paperSlip"
> & { readonly matterIds?: readonly Id[] };

/** One knock as the door remembers it. */
export interface AttemptDigest {
  readonly id: Id;
  readonly at: Instant;
  readonly trace: Trace;
  readonly cardLeft?: true;
  readonly last?: true;
}

/** What the door keeps of one campaign. Sums, so that the order of arrival does not matter. */
export interface CampaignAtDoor {
  readonly id: Id;
  readonly attempts: number;
  /** Completed contacts. */
  readonly met: number;
  readonly absent: Readonly<Record<Band, number>>;
  readonly later: number;
  readonly ended: number;
  /** When `ended` is not 0: the door's version and the time at which that was first known. */
  readonly endedVersion?: number;
  readonly endedAt?: Instant;
  readonly notATarget: number;
  /** Attempts recorded as the last one, with a card left. */
  readonly lastAttempts: number;
}

/** A field that several officers may set. What a concurrent change would have overwritten is kept. */
export interface DoorField<T> {
  readonly value: T | null;
  /** Version of the door at which it was set. */
  readonly version: number;
  readonly at: Instant;
  /** Member who set it: nobody contradicts himself. */
  readonly by: Id;
  /** Set at the same time by somebody else who had not seen `value`: both are shown until one is chosen. */
  readonly others?: readonly T[];
}

/**
 * What phone and server both remember of a door. Bounded: at most `MAX_DIGESTS` recent attempts,
 * `MAX_CAMPAIGNS` campaigns and `KEPT_MONTHS` months. Holds no reason why a door is ended.
 */
export interface DoorState {
  readonly version: number;
  readonly attempts: readonly AttemptDigest[];
  readonly campaigns: readonly CampaignAtDoor[];
  /** Completed contacts by month (`YYYY-MM`): tells the first contact of a month, quarter or year. */
  readonly months: Readonly<Record<string, number>>;
  /** Attempts that fell under no campaign, and completed contacts among them. */
  readonly outside: { readonly attempts: number; readonly met: number };
  readonly lastContactOn: LocalDate | null;
  readonly accessHint?: DoorField<string>;
  readonly appointment?: DoorField<Appointment>;
  /** A time that somebody asked for on the plate's page; nobody has agreed to it yet. */
  readonly asked?: Appointment;
  /** Until when the resident wishes no visit. */
  readonly quietUntil?: DoorField<Instant>;
}

export const DOOR_STATUSES = ["open", "met", "again", "appointment", "ended"] as const;
/** What the grid shows. `ended` says that nothing is to be done, never why. */
export type DoorStatus = (typeof DOOR_STATUSES)[number];

/** Stands for a member where a resident set a field himself, through a page or a desk. */
export const RESIDENT: Id = "00000000-0000-4000-8000-000000000000";

/** What a resident wishes at his door, however he said it. */
export type ResidentWish =
  /** Not agreed yet. */
  | { readonly kind: "visit_asked"; readonly window: Appointment }
  | { readonly kind: "visit_agreed"; readonly window: Appointment }
  | { readonly kind: "visit_dropped"; readonly window: Appointment }
  | { readonly kind: "no_visits"; readonly months: number }
  | { readonly kind: "visits_again" };

// -- answers of the rules -------------------------------------------------------------------------

export type VisitRefusal =
  | "place-unknown"
  | "place-not-visitable"
  | "place-cancelled"
  | "team-missing"
  | "team-too-large"
  | "team-repeated"
  | "team-member-unknown"
  | "author-not-in-team"
  | "auxiliary-alone"
  | "outside-beat"
  | "time-reversed"
  | "visit-too-long"
  | "time-in-future"
  | "time-too-old"
  | "entry-consent-missing"
  | "id-not-shown"
  | "notice-missing"
  | "contact-claimed"
  | "card-not-left"
  | "do-not-visit"
  | "ended-in-campaign"
  | "appointment-reversed"
  | "leaflet-unknown"
  | "leaflet-repeated"
  | "leaflet-quantity"
  | "note-too-long"
  | "text-forbidden"
  | "form-unknown"
  | "form-expired"
  | "form-unsuitable"
  | "answers-without-form"
  | "answer-invalid"
  | "answer-missing"
  | "inspection-ref-missing"
  | "matter-repeated"
  | "matter-too-long"
  | "matter-empty"
  | "contact-without-consent"
  | "contact-without-purpose"
  | "phone-invalid"
  | "visit-unknown"
  | "visit-already-corrected"
  | "correction-reason-missing"
  | "correction-too-late"
  | "not-your-visit"
  | "nothing-to-note"
  | "too-many-versions";

/** Accepted, but the officer should look again. */
export type VisitWarning =
  | "many-leaflets"
  | "unusual-hour"
  | "ladder-not-finished"
  | "text-suspicious"
  | "clock-wrong"
  | "unaware-of-wish";

// -- limits, each written once --------------------------------------------------------------------

/** §3.2: at most four members at one door. */
export const MAX_TEAM = 4;
/** §3.2: more leaflets of one kind than this are accepted with a warning. */
export const MANY_LEAFLETS = 5;
export const MAX_LEAFLETS = 200;
export const MAX_NOTE = 200;
export const MAX_MATTER_TEXT = 1000;
/** §3.2: months without visits after a resident asked for it. */
export const QUIET_MONTHS = 24;
/** A door may end as unreached after this many unanswered attempts, at least one in each band. */
export const LADDER_ATTEMPTS = 4;
/** Longest single visit, to catch a clock or a thumb gone wrong. */
export const MAX_VISIT_MS = 12 * 3_600_000;
/** A paper form or a phone found again may come in this late. */
export const MAX_AGE_DAYS = 180;
/** §8.5: visit records can be corrected while they are worked with. */
export const CORRECTABLE_DAYS = 60;
export const MAX_DIGESTS = 12;
export const MAX_CAMPAIGNS = 8;
export const KEPT_MONTHS = 24;
export const MAX_OTHERS = 4;
