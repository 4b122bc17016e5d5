/**
 * What goes when a deletion is granted, and what a law or a duty keeps (个人信息保护法 47): words that
 * nothing obliges to keep go, out of the history too; how many there were of a kind, when, and what
 * came of them is nobody's datum and stays.
 */
import type { DataDecision, DataRequestKind, DataSubjectKind } from "./terms.ts";

/** What was deleted, in the words of those to whom it belonged. */
export const ERASED = ["contact", "photos", "words", "door"] as const;
export type Erased = (typeof ERASED)[number];

/** Why something was kept. The sentence for each: contract/messages/privacy. */
export const KEPT_REASONS = [
  /** Somebody is at work on it: the words go in the night after its end. */
  "open",
  /** Somebody may be in danger: it may be evidence (反家庭暴力法 20), and is kept out of sight. */
  "protection",
  /** The reasons of a partly granted request stand in its answer. */
  "by_decision",
  /** A complaint about the police is kept for ten years, sealed (人民警察法 46; domain.md §8.5). */
  "complaint_file",
  /** That an agreement was made, under which number: ten years. */
  "mediated",
  /** To which body it was passed on, and when (网络数据安全管理条例 12). */
  "passed_on",
  /** Kind, days, state and outcome. */
  "figures",
] as const;
export type KeptReason = (typeof KEPT_REASONS)[number];

/** What bears on a matter's words. */
export interface ErasableMatter {
  readonly ended: boolean;
  readonly guarded: boolean;
  readonly mediated: boolean;
  readonly passedOn: boolean;
}

export interface Erasure {
  /** Whether the words of a matter go, and when. */
  readonly words: "now" | "at_end" | "kept";
  readonly gone: readonly Erased[];
  readonly kept: readonly KeptReason[];
}

const NOTHING: Erasure = { words: "kept", gone: [], kept: [] };

/**
 * What follows from a decision on a deletion. Granted in part, the contact and photos go and the words
 * stay, for the reasons of the answer.
 */
export function erasureOf(
  { kind, decision }: { kind: DataRequestKind; decision: DataDecision | null },
  subject: DataSubjectKind,
  matter: ErasableMatter | undefined,
): Erasure {
  if (kind !== "deletion" || (decision !== "granted" && decision !== "partly")) return NOTHING;
  switch (subject) {
    case "matter":
      return matter === undefined ? NOTHING : ofMatter(matter, decision === "granted");
    case "complaint":
      return { words: "kept", gone: ["contact"], kept: ["complaint_file"] };
    case "appointment":
      return { words: "kept", gone: ["contact"], kept: ["figures"] };
    case "tip":
    case "wish":
    case "none":
      return NOTHING;
  }
}

function ofMatter(
  { ended, guarded, mediated, passedOn }: ErasableMatter,
  granted: boolean,
): Erasure {
  const gone: readonly Erased[] = ["contact", "photos"];
  if (guarded) return { words: "kept", gone, kept: ["protection"] };
  if (!granted) return { words: "kept", gone, kept: ["by_decision", "figures"] };
  const kept: readonly KeptReason[] = [
    ...(mediated ? (["mediated"] as const) : []),
    ...(passedOn ? (["passed_on"] as const) : []),
    "figures",
  ];
  return ended
    ? { words: "now", gone: [...gone, "words", "door"], kept }
    : { words: "at_end", gone, kept: ["open", ...kept] };
}
