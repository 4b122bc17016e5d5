/** A matter in the hands of a body outside of the police. */
import type { PartnerKind } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import { type Matter, type MatterOutcome, OUTCOMES } from "./terms.ts";

/** What a body is asked on. Source: domain.md §4.9. */
export const REFERRAL_BASES = ["duty", "agreement", "resident_asked", "must_report"] as const;
export type ReferralBasis = (typeof REFERRAL_BASES)[number];

/** How a resident agreed that the body may have his number. */
export const CONTACT_CONSENTS = ["spoken", "written"] as const;
export type ContactConsent = (typeof CONTACT_CONSENTS)[number];

/** Where a referral stands, for the body it was sent to. */
export const REFERRAL_STATES = ["sent", "accepted", "returned", "recalled", "answered"] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** Whether the body has yet to accept it, or to say what became of it. */
export function awaitsBody(state: ReferralState): boolean {
  return state === "sent" || state === "accepted";
}

/** A link without an account opens a referral for so long, and no longer than it is open itself. */
export const LINK_DAYS = 30;

/** After so many returns the feedback centre decides. */
export const RETURNS = 2;

export const REFERRAL_LIMITS = { lawLength: 100 } as const;

export interface Referral {
  /** Of the event that sent it: a matter may be referred more than once. */
  readonly seq: number;
  readonly partnerId: Id;
  /** Null where nobody looked it up. */
  readonly bodyKind: PartnerKind | null;
  readonly basis: ReferralBasis;
  /** The text that names the body's duty, as the officer cites it. */
  readonly law: string | null;
  readonly text: string;
  readonly contact: ContactConsent | null;
  readonly sentAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly answeredAt: Instant | null;
}

/** Sent and neither accepted nor returned. */
export function isPending(referral: Referral | null): referral is Referral {
  return referral !== null && referral.acceptedAt === null;
}

/** Who was asked to take it over and has not said yet: a colleague, or a body by its referral. */
export function askedIn({ assigneeId, referral }: Matter): string | null {
  if (assigneeId !== null) return assigneeId;
  return isPending(referral) ? `${referral.partnerId}.${referral.seq}` : null;
}

/** Where somebody may be in danger, only bodies that protect him hear of it. */
const PROTECTING: readonly PartnerKind[] = ["court", "legal_aid", "civil_affairs"];

export function mayReceive(matter: Pick<Matter, "suitable">, kind: PartnerKind): boolean {
  return matter.suitable !== false || PROTECTING.includes(kind);
}

/** What a body may say came of it. */
export function bodyOutcomes({
  kind,
  suitable,
}: Pick<Matter, "kind" | "suitable">): readonly MatterOutcome[] {
  if (suitable === false) return ["not_suitable"];
  const all: readonly MatterOutcome[] = OUTCOMES[kind];
  return all.filter(
    (outcome) =>
      outcome !== "cleared" && outcome !== "not_suitable" && outcome !== "agreement_performed",
  );
}
