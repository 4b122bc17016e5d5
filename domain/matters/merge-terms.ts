/** One problem, many reporters: words for matters that were merged into another. */
import type { Id } from "../shared/id.ts";
import type { Matter, MatterOutcome, MatterState } from "./terms.ts";

/** What was merged: the work is the main matter's; its own reporter is answered here. */
export interface Merged {
  readonly into: Id;
  /** The main matter's, as people say it. */
  readonly number: string;
  /** Where it stood: taken apart again, it stands there again. */
  readonly from: MatterState;
}

/** What the rules need to know of the matter that another is merged into. */
export type MainMatter = Pick<
  Matter,
  | "id"
  | "number"
  | "kind"
  | "suitable"
  | "disposition"
  | "merged"
  | "outcome"
  | "reason"
  | "handlers"
>;

/** What became of the main matter, as those merged into it take it over. */
export interface MainOutcome {
  /** Null where the main matter is worked on again. */
  readonly outcome: MatterOutcome | null;
  readonly reason: Matter["reason"];
  /** Whoever handled the main matter: none of them calls back or closes here. */
  readonly handlers: readonly Id[];
}

export type MergeHappening =
  | { readonly type: "merged"; readonly into: Id; readonly number: string }
  | ({ readonly type: "followed" } & MainOutcome)
  | { readonly type: "unmerged"; readonly text: string };

export type MergeCommand =
  | {
      readonly type: "merge";
      readonly into: Id;
      /** As it is in the register; the caller looks it up. Absent where it can't be seen. */
      readonly main?: MainMatter | undefined;
      /** Whether others were merged into this one. */
      readonly hasReporters?: boolean | undefined;
    }
  | { readonly type: "unmerge"; readonly text: string };

export const MERGE_COMMANDS = [
  "merge",
  "unmerge",
] as const satisfies readonly MergeCommand["type"][];

export type MergeRefusal =
  /** There is no such matter within reach, or it is this one. */
  | "merge-unknown"
  | "merge-other-kind"
  /** The other one has ended, or was merged itself. */
  | "merge-ended"
  /** Others were merged into this one. */
  | "merge-has-reporters"
  /** Somebody may be in danger: such a dispute stands alone. */
  | "merge-stopped";
