/** The words of a hazard's way to the one who has to put it right. */
import type { PartnerKind } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";

/** Who has to put a hazard right: a kind of body at the place, never a person's name. */
export const RESPONSIBLE_PARTIES = [
  "owner",
  "property_company",
  "committee",
  "organisation",
  "public_body",
] as const;
export type ResponsibleParty = (typeof RESPONSIBLE_PARTIES)[number];

/** Who by law says whether a hazard is major, and may order that it be put right. */
export const COMPETENT_BODIES = [
  "subdistrict",
  "fire_service",
  "emergency_management",
  "housing",
  "gas",
  "urban_management",
  "education",
  "transport",
  "water",
] as const satisfies readonly PartnerKind[];
export type CompetentBody = (typeof COMPETENT_BODIES)[number];

/** The kind of body, if it is one that decides on hazards; null otherwise. */
export function competentBody(kind: PartnerKind | null): CompetentBody | null {
  return COMPETENT_BODIES.find((one) => one === kind) ?? null;
}

/** The most days that a slip may give where the matter's own limit is gone or not known. */
export const FIX_DAYS_AT_MOST = 15;
/** Days after clearing within which the same at the same place is a recurrence (K32). */
export const RECURRENCE_DAYS = 180;
export const NOTICE_NUMBER_LENGTH = 60;

/** An order of the competent body; the platform keeps its number and orders nothing itself. */
export interface BodyNotice {
  readonly body: CompetentBody;
  readonly number: string;
}

/** What only hazards have. */
export interface HazardSide {
  /** The last slip that went to the responsible party. */
  readonly advice: {
    readonly party: ResponsibleParty;
    /** Last day. */
    readonly fixBy: LocalDate;
    readonly notice: BodyNotice | null;
    readonly at: Instant;
  } | null;
  /** The last referral to a competent body, and what that body said of it. */
  readonly transfer: {
    readonly to: CompetentBody;
    readonly at: Instant;
    /** When the body said what it makes of it. */
    readonly answeredAt: Instant | null;
    readonly number: string | null;
  } | null;
  /** The last look by somebody else. */
  readonly recheck: { readonly by: Id; readonly at: Instant; readonly cleared: boolean } | null;
  /** Photos of the place as it was left by whoever put it right, for the claim they came after. */
  readonly shown?: { readonly at: Instant; readonly photos: number } | undefined;
  /** When whoever reported it said that it is gone, with such a photo beside it. */
  readonly confirmedAt?: Instant | undefined;
  /** The lot fell on it: somebody independent looks once more. `stands`: null until he did. */
  readonly lot: { readonly drawnAt: Instant; readonly stands: boolean | null } | null;
  /** The same was cleared here not long ago: its number. */
  readonly earlier: { readonly id: Id; readonly number: string } | null;
}

/** What happens to hazards alone. */
export type HazardHappening =
  | {
      readonly type: "advised";
      readonly party: ResponsibleParty;
      readonly fixBy: LocalDate;
      readonly text: string;
      readonly notice: BodyNotice | null;
      /** In a home: advice, not an order. */
      readonly atHome: boolean;
    }
  | {
      readonly type: "body_answered";
      /** Whether it is major in the sense of the law; null where the body left it open. */
      readonly major: boolean | null;
      readonly number: string | null;
      readonly text: string;
    }
  /** The place as it is now, on photos: by whoever answers for it, or by whoever reported it. */
  | { readonly type: "place_shown"; readonly photos: number }
  /** The photo and the word of whoever reported it, together: as good as a re-check. */
  | { readonly type: "confirmed" }
  /** The lot of a week fell on it. */
  | { readonly type: "drawn"; readonly lotId: Id }
  | { readonly type: "verified"; readonly stands: boolean; readonly text: string }
  | { readonly type: "recurred"; readonly earlierId: Id; readonly earlierNumber: string };

/** Orders that only hazards know. */
export type HazardCommand =
  | {
      readonly type: "advise";
      readonly party: ResponsibleParty;
      readonly fixBy: LocalDate;
      readonly text: string;
      readonly notice?: BodyNotice | undefined;
      /** What the register says of the place; the caller looks it up. */
      readonly atHome: boolean;
    }
  | {
      readonly type: "hear_body";
      readonly major?: boolean | undefined;
      readonly number?: string | undefined;
      readonly text: string;
    }
  | { readonly type: "verify"; readonly stands: boolean; readonly text: string }
  | {
      readonly type: "show_place";
      /** How many; the pictures themselves lie beside the matter. */
      readonly photos: number;
      /** What the register says of the place; the caller looks it up. */
      readonly atHome: boolean;
    };

export const HAZARD_COMMANDS = [
  "advise",
  "hear_body",
  "verify",
  "show_place",
] as const satisfies readonly HazardCommand["type"][];

export type HazardRefusal =
  /** In a home there is advice only. */
  | "home-advice-only"
  /** The day lies in the past, or later than `latest`. */
  | "fix-day"
  | "notice-number-missing"
  | "not-transferred"
  /** Whether it is major was decided by the competent body. */
  | "grade-decided"
  | "not-drawn"
  /** A photo belongs to a hazard that is said to be put right, and an officer takes none in a home. */
  | "photo-out-of-place"
  /** `limit`: for one claim. */
  | "too-many-photos";
