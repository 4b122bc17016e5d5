import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";

/** Coarse on purpose: enough to find the right desk, too little to find a person. */
export const TIP_CATEGORIES = [
  "fraud",
  "theft",
  "violence",
  "organised_crime",
  "vice",
  "dangerous_goods",
  "illegal_business",
  "other",
] as const;
export type TipCategory = (typeof TIP_CATEGORIES)[number];

/** `received`: sealed and waiting; `transferred`: with the receiving unit, and gone from here. */
export const TIP_STATES = ["received", "transferred", "answered"] as const;
export type TipState = (typeof TIP_STATES)[number];

/** What a unit has yet to do: open what waits, leave the answer that was asked for. */
export const TIP_TODOS = ["open", "answer"] as const;
export type TipTodo = (typeof TIP_TODOS)[number];

/** All that is kept of a tip; no text, nobody, nowhere (domain.md §4.6). */
export interface Tip {
  readonly id: Id;
  readonly unitId: Id;
  /** The key it was sealed to. */
  readonly keyId: Id;
  readonly category: TipCategory;
  /** To the hour: the minute would say which visit it followed. */
  readonly receivedAt: Instant;
  readonly wantsAnswer: boolean;
  readonly state: TipState;
  readonly routedAt: Instant | null;
  readonly answerGivenAt: Instant | null;
  /** Whether the sealed text is still here: until the receiving unit has taken it over. */
  readonly sealed: boolean;
}

export interface TipDraft {
  readonly id: Id;
  readonly unitId: Id;
  readonly keyId: Id;
  readonly category: TipCategory;
  readonly wantsAnswer: boolean;
  /** Bytes of the sealed text. */
  readonly bytes: number;
}

/** A key that texts are sealed to; the newest one that is not retired is the unit's address. */
export interface TipKey {
  readonly id: Id;
  readonly unitId: Id;
  readonly number: number;
  readonly retiredAt: Instant | null;
  /** Keepers who hold a share; fewer than two open nothing. */
  readonly holders: number;
}

/** Leave for one keeper to open what was sealed to one key; holds for a short while. */
export interface TipOpening {
  readonly id: Id;
  readonly keyId: Id;
  readonly askedBy: Id;
  readonly askedAt: Instant;
  readonly grantedBy: Id | null;
  readonly expiresAt: Instant;
}

export type TipRefusal =
  | "tip-unit-closed"
  | "tip-key-retired"
  | "tip-too-long"
  | "tip-wrong-state"
  | "tip-answer-not-wanted"
  | "keeper-not-enrolled"
  | "keepers-too-few"
  | "shares-incomplete"
  | "second-person-needed"
  | "opening-expired"
  | "opening-granted";

/** The text that a resident may write; about two pages. */
export const TIP_TEXT_LENGTH = 4000;

export const TIP_LIMITS = {
  /** Room for the longest text in Chinese (three bytes a sign), padded, with what sealing adds. */
  sealedBytes: 16 * 1024,
  answerLength: 1000,
  /** A secret that fewer know is lost with one of them, or known by one alone. */
  fewestKeepers: 2,
} as const;
