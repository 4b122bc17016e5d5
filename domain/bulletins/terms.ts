/** The words of the board 「群众说的，我们办的」: one community, one month, one sheet. */
import type { UnsolvedReason } from "../matters/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";

/**
 * `draft`: the station's leader writes. `released`: he has put his name to it and somebody else reads
 * it. `published`: it hangs, and nothing on it changes; a correction is an edition of its own.
 */
export const BULLETIN_STATES = ["draft", "released", "published"] as const;
export type BulletinState = (typeof BULLETIN_STATES)[number];

/** What came of what was said. */
export const ENTRY_RESULTS = ["done", "partly", "under_way", "cannot"] as const;
export type EntryResult = (typeof ENTRY_RESULTS)[number];

/** One thing that was said, in the station's words, and what came of it. */
export interface BulletinEntry {
  readonly said: string;
  readonly did: string;
  readonly result: EntryResult;
  /** Needed where not all was done. */
  readonly reason: UnsolvedReason | null;
}

/** A count as it hangs: `null` is held back, with the bound it is below where that may be said. */
export interface BulletinCell {
  /** `opinion.patrol`, `hazard.cleared`, `reason.no_means` */
  readonly key: string;
  readonly count: number | null;
  readonly below: number | null;
}

/** A list of counts that add up to a total, unless something in it is held back. */
export interface BulletinColumn {
  readonly rows: BulletinCell[];
  readonly total: BulletinCell;
}

export interface BulletinFigures {
  /** Registered in the month, by sort. */
  readonly heard: BulletinColumn;
  /** Ended in the month: what was solved by its outcome, what was not by its reason. */
  readonly ended: BulletinColumn;
}

export interface Bulletin {
  readonly id: Id;
  readonly stationId: Id;
  readonly communityId: Id;
  /** `2026-10` */
  readonly month: string;
  /** 1, and one more for each correction. */
  readonly edition: number;
  /** Of the row, against two who write at once. */
  readonly version: number;
  readonly state: BulletinState;
  readonly entries: readonly BulletinEntry[];
  /** What this edition puts right; null in the first. */
  readonly correction: string | null;
  /** Everyone who wrote on it; none of them publishes it. */
  readonly writers: readonly Id[];
  /** Why it came back from being read. */
  readonly returned: string | null;
  /** Counted once, when the first edition was published. */
  readonly figures: BulletinFigures | null;
  readonly releasedAt: Instant | null;
  readonly publishedAt: Instant | null;
}

export const BULLETIN_LIMITS = {
  /** A sheet of A4 in large print. */
  entries: 8,
  saidLength: 80,
  didLength: 160,
  correctionLength: 160,
  whyLength: 200,
  /** So many signs in a row as a resident wrote them are his words, not a summary. */
  verbatimRun: 10,
} as const;

export type BulletinCommand =
  | {
      readonly type: "write";
      readonly entries: readonly BulletinEntry[];
      readonly correction?: string | undefined;
    }
  | { readonly type: "release" }
  | { readonly type: "send_back"; readonly why: string }
  | { readonly type: "publish" };

export const BULLETIN_COMMANDS = [
  "write",
  "release",
  "send_back",
  "publish",
] as const satisfies readonly BulletinCommand["type"][];
export type BulletinCommandType = (typeof BULLETIN_COMMANDS)[number];

export type BulletinRefusal =
  | "not-permitted"
  | "wrong-state"
  | "stale-version"
  /** The month isn't over. */
  | "bulletin-month-open"
  /** Nothing is written, and no count may be shown. */
  | "bulletin-empty"
  | "bulletin-too-many"
  | "bulletin-reason-needed"
  /** `text` is as a resident wrote it. */
  | "bulletin-verbatim"
  /** Who wrote it doesn't publish it. */
  | "bulletin-own-text"
  | "bulletin-correction-needed"
  | "text-missing"
  | "text-too-long"
  | "text-forbidden";
