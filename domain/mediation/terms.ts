import type { SolvedAnswer, StopSign } from "../matters/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";

/** Who mediates: a people's mediation committee, or the police within art. 9 治安管理处罚法. */
export const MEDIATION_FORMS = ["people", "police"] as const;
export type MediationForm = (typeof MEDIATION_FORMS)[number];

/** 甲方, 乙方, 丙方, 丁方. A side is no row about a person: a letter, what it is, and how to reach it. */
export const SIDE_KEYS = ["a", "b", "c", "d"] as const;
export type SideKey = (typeof SIDE_KEYS)[number];

/** What a side is, never who. */
export const SIDE_PARTS = [
  "resident",
  "neighbours",
  "shop",
  "property_company",
  "organisation",
  "other",
] as const;
export type SidePart = (typeof SIDE_PARTS)[number];

/**
 * Where a mediation stands. `stopped` and `ended` are ends; `failed` waits for each side to be told of
 * the other ways, `reached` for the agreement to be written or taken down.
 */
export const MEDIATION_STATES = [
  "asking",
  "consented",
  "scheduled",
  "reached",
  "performing",
  "breached",
  "performed",
  "failed",
  "stopped",
  "ended",
] as const;
export type MediationState = (typeof MEDIATION_STATES)[number];

/** How it ended; null while it has not. */
export const ENDINGS = ["performed", "relapsed", "breached", "failed", "stopped"] as const;
export type Ending = (typeof ENDINGS)[number];

/** Why there is no agreement. */
export const FAILURES = ["side_refuses", "no_agreement", "time_over"] as const;
export type Failure = (typeof FAILURES)[number];

export const CONTACT_MODES = ["in_person", "phone", "letter"] as const;
export type ContactMode = (typeof CONTACT_MODES)[number];

/** `accompanied`: a guardian or somebody he trusts sits beside him (行政程序规定 181). */
export const ATTENDANCES = ["present", "accompanied", "represented", "absent"] as const;
export type Attendance = (typeof ATTENDANCES)[number];

export const SESSION_RESULTS = ["continued", "agreement", "no_agreement"] as const;
export type SessionResult = (typeof SESSION_RESULTS)[number];

export const AGREEMENT_FORMS = ["written", "oral"] as const;
export type AgreementForm = (typeof AGREEMENT_FORMS)[number];

/** What is owed in money, coarsely; the sum stands in the committee's file. */
export const AMOUNT_BANDS = [
  "none",
  "under_1000",
  "under_10000",
  "under_100000",
  "over_100000",
] as const;
export type AmountBand = (typeof AMOUNT_BANDS)[number];

/** Days after performance on which each side is asked whether it holds. Source: domain.md §4.4. */
export const FOLLOW_UP_DAYS = [7, 30, 90] as const;
export type FollowUpDay = (typeof FOLLOW_UP_DAYS)[number];

export const FOLLOW_UP_RESULTS = ["kept", "relapsed", "unreached"] as const;
export type FollowUpResult = (typeof FOLLOW_UP_RESULTS)[number];

export const MEDIATION_LIMITS = {
  /** 甲方 to 丁方. */
  sides: SIDE_KEYS.length,
  /** Who sees a mediation: these, and the mediator (domain.md §4.4). */
  officers: 2,
  /** Numbers of files and agreements: as they are printed. */
  numberLength: 40,
  /** A sitting that takes longer is two. */
  sessionHours: 8,
  /** Sittings that a police mediation has. */
  policeSessions: 2,
  /** Calls without an answer after which a side is not called again (domain.md §5.2). */
  unreachedCalls: 2,
  venueLength: 40,
} as const;

export interface Side {
  readonly key: SideKey;
  readonly part: SidePart;
  /** Null until it was asked. */
  readonly agrees: boolean | null;
  /** Wishes that nobody listens in (人民调解法 23). */
  readonly closedDoors: boolean;
  /** Was told of the other ways after a failure (人民调解法 26). */
  readonly notified: boolean;
  readonly call: SideCall | null;
  readonly unreached: number;
}

/** What a side said when it was called back, alone. */
export interface SideCall {
  readonly solved: SolvedAnswer;
  readonly satisfaction: number | null;
}

export interface Booking {
  readonly id: Id;
  readonly roomId: Id;
  readonly from: Instant;
  readonly to: Instant;
}

export interface MediationSession extends Booking {
  /** The room's name when it was booked. */
  readonly venue: string;
  readonly open: boolean;
  readonly state: "booked" | "held" | "cancelled";
  readonly attendance: Partial<Record<SideKey, Attendance>>;
  readonly result: SessionResult | null;
}

export interface Agreement {
  readonly form: AgreementForm;
  /** Its number in the committee's or the station's register. */
  readonly number: string;
  readonly effectiveOn: LocalDate;
  readonly performBy: LocalDate;
  /** The sides that owe something. */
  readonly obliged: readonly SideKey[];
  readonly amount: AmountBand;
}

/** Who sits with the sides. The mediator may be one without an account: then the committee alone is named. */
export interface Panel {
  readonly officers: readonly Id[];
  readonly mediatorId: Id | null;
  /** Partner bodies. */
  readonly committeeId: Id | null;
  readonly lawyerId: Id | null;
  /** The number under which the committee took it over. */
  readonly handOverNo: string | null;
}

/**
 * One mediation of one dispute. What was said stands in the committee's case-file, and nowhere here:
 * numbers, dates, the outcome and a band of the amount are kept.
 */
export interface Mediation {
  readonly id: Id;
  readonly matterId: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
  /** The mediation whose dispute has come back. */
  readonly earlierId: Id | null;
  readonly form: MediationForm;
  readonly state: MediationState;
  /** The sequence number of the last event. */
  readonly version: number;
  readonly sides: readonly Side[];
  readonly panel: Panel;
  /** Whom a side would not have: none of them sits with it again. */
  readonly barred: readonly Id[];
  readonly sessions: readonly MediationSession[];
  /** The day by which it ends, or is prolonged by all sides; null until all agreed, and for the police. */
  readonly limitOn: LocalDate | null;
  readonly extended: number;
  readonly agreement: Agreement | null;
  /** Obliged sides that did what they owed. */
  readonly performed: readonly SideKey[];
  readonly performedOn: LocalDate | null;
  readonly followUps: readonly FollowUpDay[];
  readonly urged: number;
  readonly failure: Failure | null;
  readonly stopSigns: readonly StopSign[];
  readonly confirmation: { readonly appliedOn: LocalDate; readonly granted: boolean | null } | null;
  /** The last day for both to apply to the court; null without an agreement of people's mediation. */
  readonly confirmBy: LocalDate | null;
  /** The sides know of the court's way and do not take it. */
  readonly confirmationWaived: boolean;
  /** In which order the sides are called back: by lot, so that none is always the first. */
  readonly callOrder: readonly SideKey[];
  readonly openedAt: Instant;
  readonly endedAt: Instant | null;
  readonly ending: Ending | null;
}

/** What happened; stored in order, never changed. */
export type MediationChange =
  | {
      readonly type: "opened";
      readonly id: Id;
      readonly matterId: Id;
      readonly stationId: Id;
      readonly beatId: Id | null;
      readonly earlierId: Id | null;
      readonly form: MediationForm;
      readonly sides: readonly { readonly key: SideKey; readonly part: SidePart }[];
      readonly officerId: Id;
    }
  | {
      readonly type: "side_answered";
      readonly side: SideKey;
      readonly agrees: boolean;
      readonly mode: ContactMode;
      readonly closedDoors: boolean;
    }
  | { readonly type: "accepted"; readonly limitOn: LocalDate | null }
  | ({ readonly type: "panel_set" } & Panel)
  | { readonly type: "objected"; readonly side: SideKey; readonly memberId: Id }
  | ({ readonly type: "booked"; readonly venue: string; readonly open: boolean } & Booking)
  | { readonly type: "cancelled"; readonly sessionId: Id }
  | {
      readonly type: "held";
      readonly sessionId: Id;
      readonly attendance: Partial<Record<SideKey, Attendance>>;
      readonly result: SessionResult;
    }
  | ({ readonly type: "agreed"; readonly confirmBy: LocalDate | null } & Agreement)
  | { readonly type: "side_performed"; readonly side: SideKey; readonly on: LocalDate }
  | {
      readonly type: "performed";
      readonly on: LocalDate;
      readonly callOrder: readonly SideKey[];
    }
  | { readonly type: "breached"; readonly side: SideKey }
  | { readonly type: "urged" }
  | {
      readonly type: "followed_up";
      readonly days: FollowUpDay;
      readonly result: FollowUpResult;
    }
  | { readonly type: "failed"; readonly reason: Failure }
  | { readonly type: "side_notified"; readonly side: SideKey; readonly mode: ContactMode }
  | { readonly type: "extended"; readonly until: LocalDate }
  | { readonly type: "confirmation_sought"; readonly on: LocalDate }
  | { readonly type: "confirmation_decided"; readonly granted: boolean }
  | { readonly type: "confirmation_waived" }
  | {
      readonly type: "side_called";
      readonly side: SideKey;
      readonly reached: boolean;
      readonly solved: SolvedAnswer | null;
      readonly satisfaction: number | null;
    }
  | { readonly type: "stopped"; readonly stopSigns: readonly StopSign[] }
  | { readonly type: "handler_changed"; readonly from: Id; readonly to: Id }
  | { readonly type: "ended"; readonly ending: Ending };
export type MediationEventType = MediationChange["type"];

export interface MediationEvent {
  readonly seq: number;
  readonly at: Instant;
  readonly by: Id;
  readonly change: MediationChange;
}

/** Payload of the fact `mediation.changed`. */
export interface MediationFact {
  readonly matterId: Id;
  readonly by: Id;
  readonly before: Mediation | null;
  readonly after: Mediation;
  readonly events: readonly MediationEventType[];
}

/** An order to do something with a mediation. */
export type MediationCommand =
  | {
      readonly type: "answer_of_side";
      readonly side: SideKey;
      readonly agrees: boolean;
      readonly mode: ContactMode;
      readonly closedDoors?: boolean | undefined;
    }
  | {
      readonly type: "set_panel";
      readonly officers: readonly Id[];
      readonly mediatorId?: Id | undefined;
      readonly committeeId?: Id | undefined;
      readonly lawyerId?: Id | undefined;
      readonly handOverNo?: string | undefined;
    }
  | { readonly type: "object"; readonly side: SideKey; readonly memberId: Id }
  | {
      readonly type: "book";
      readonly sessionId: Id;
      readonly roomId: Id;
      readonly from: Instant;
      readonly to: Instant;
      readonly open: boolean;
    }
  | { readonly type: "cancel" }
  | {
      readonly type: "hold";
      readonly attendance: Partial<Record<SideKey, Attendance>>;
      readonly result: SessionResult;
    }
  | ({ readonly type: "agree" } & Agreement)
  | { readonly type: "perform"; readonly side: SideKey; readonly on: LocalDate }
  | { readonly type: "report_breach"; readonly side: SideKey }
  | { readonly type: "urge" }
  | { readonly type: "give_up_urging" }
  | { readonly type: "follow_up"; readonly result: FollowUpResult }
  | { readonly type: "fail"; readonly reason: Exclude<Failure, "side_refuses"> }
  | { readonly type: "notify"; readonly side: SideKey; readonly mode: ContactMode }
  | { readonly type: "extend"; readonly until: LocalDate; readonly allAgree: boolean }
  | { readonly type: "seek_confirmation"; readonly on: LocalDate; readonly together: boolean }
  | { readonly type: "decide_confirmation"; readonly granted: boolean }
  | { readonly type: "waive_confirmation" }
  | {
      readonly type: "call_back";
      readonly side: SideKey;
      /** Nobody of another side listens. */
      readonly alone: boolean;
      readonly reached: boolean;
      readonly solved?: SolvedAnswer | undefined;
      readonly satisfaction?: number | undefined;
    }
  | { readonly type: "stop"; readonly stopSigns: readonly StopSign[] };

export const MEDIATION_COMMANDS = [
  "answer_of_side",
  "set_panel",
  "object",
  "book",
  "cancel",
  "hold",
  "agree",
  "perform",
  "report_breach",
  "urge",
  "give_up_urging",
  "follow_up",
  "fail",
  "notify",
  "extend",
  "seek_confirmation",
  "decide_confirmation",
  "waive_confirmation",
  "call_back",
  "stop",
] as const satisfies readonly MediationCommand["type"][];
export type MediationCommandType = (typeof MEDIATION_COMMANDS)[number];

export type MediationRefusal =
  | "not-permitted"
  /** Only those who sit with the sides act in a mediation. */
  | "not-on-panel"
  | "wrong-state"
  | "stale-version"
  | "of-other-kind"
  | "not-responsible"
  | "screening-needed"
  | "mediation-stopped"
  /** The dispute has a mediation that has not ended. */
  | "mediation-runs"
  | "sides-malformed"
  | "side-unknown"
  | "panel-incomplete"
  | "panel-unknown"
  | "objected-to"
  | "session-times"
  /** A side wishes that nobody listens in. */
  | "closed-wished"
  | "room-taken"
  | "room-unknown"
  | "person-taken"
  | "past-limit"
  | "second-too-late"
  | "police-twice"
  | "session-not-over"
  | "side-absent"
  | "attendance-incomplete"
  | "number-malformed"
  | "dates-malformed"
  | "obliged-missing"
  | "not-obliged"
  | "already-performed"
  | "urging-first"
  | "too-early"
  | "all-must-agree"
  | "already-notified"
  | "people-only"
  | "confirmation-too-late"
  | "not-next"
  | "not-alone"
  | "answer-first"
  | "callback-incomplete"
  | "phone-invalid"
  | "contact-without-consent"
  | "contact-without-purpose"
  | "text-forbidden"
  | "text-too-long";
