/** New versions of time limits. */
import { addDays, type LocalDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { ClockRule } from "./clocks.ts";

/** What may be said anew of a limit. What it is for and where it runs stays. */
export type ClockRuleDraft = Pick<
  ClockRule,
  "id" | "amount" | "unit" | "source" | "basis" | "from" | "pauses" | "extension" | "raiseAgainDays"
>;

export type ClockRuleRefusal =
  | "rule-unknown"
  /** It would reach back: a limit that has begun is not rewritten. */
  | "rule-too-early"
  /** An amount that is no whole number of at least one. */
  | "rule-amount"
  | "rule-source-missing"
  /** In force, or the only one: it stays. */
  | "rule-in-force";

/** The longest a limit is written down as; beyond it somebody mistook the unit. */
const MOST = 1000;

/**
 * The next version of a limit. It holds from a day that has not come, after that of every version
 * before it: so versions never overlap, and no deadline that was given is rewritten.
 */
export function newVersion(
  rules: readonly ClockRule[],
  draft: ClockRuleDraft,
  today: LocalDate,
): Result<ClockRule, ClockRuleRefusal> {
  const versions = rules.filter(({ id }) => id === draft.id);
  const last = versions.toSorted((a, b) => a.version - b.version).at(-1);
  if (last === undefined) return refuse("rule-unknown");
  const latest = versions.reduce((day, { from }) => (from > day ? from : day), today);
  if (draft.from <= latest) return refuse("rule-too-early", { earliest: addDays(latest, 1) });
  const amounts = [draft.amount, draft.extension?.amount ?? 1, draft.raiseAgainDays ?? 1];
  if (amounts.some((one) => !Number.isInteger(one) || one < 1 || one > MOST)) {
    return refuse("rule-amount", { most: MOST });
  }
  const source = draft.source.trim();
  if (source === "") return refuse("rule-source-missing");
  const { subject, runs } = last;
  return accept({ ...draft, source, subject, runs, version: last.version + 1 });
}

/** Takes back a version whose day has not come. */
export function takeBack(
  rules: readonly ClockRule[],
  key: Pick<ClockRule, "id" | "version">,
  today: LocalDate,
): Result<ClockRule, ClockRuleRefusal> {
  const found = rules.find(({ id, version }) => id === key.id && version === key.version);
  if (found === undefined) return refuse("rule-unknown");
  return found.from > today ? accept(found) : refuse("rule-in-force");
}
