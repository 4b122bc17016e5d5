/** Who is responsible for a matter, by a table of rules; and how such a table is edited and tried. */
import { MATTER_KINDS, MATTER_SUBTYPES, type MatterKind } from "../matters/terms.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import {
  type RoutedMatter,
  ROUTING_LIMITS,
  ROUTING_VERDICTS,
  type RoutingConditions,
  type RoutingRefusal,
  type RoutingRule,
  type RoutingRuleDraft,
  type RoutingSample,
  type RoutingTally,
  type RoutingTarget,
  type RoutingVerdict,
} from "./terms.ts";

const CONDITIONS = [
  "kind",
  "subtype",
  "grade",
  "placeKind",
  "stationId",
  "communityId",
] as const satisfies readonly (keyof RoutingConditions)[];

/** How much a rule says: the number of its conditions. The rule that says most wins. */
export function weightOf(when: RoutingConditions): number {
  return CONDITIONS.filter((name) => when[name] !== null).length;
}

/** Whether all that a rule asks for is so; of other conditions: whether whatever fulfils these fulfils it. */
export function covers(when: RoutingConditions, what: RoutedMatter | RoutingConditions): boolean {
  return CONDITIONS.every((name) => when[name] === null || when[name] === what[name]);
}

/**
 * The rule that a matter falls under: of those that cover it the one that says most. Null where none
 * does. In a table that `tieOf` finds nothing in, no other rule that says as much names another body.
 */
export function ruleFor(rules: readonly RoutingRule[], matter: RoutedMatter): RoutingRule | null {
  let best: RoutingRule | null = null;
  for (const rule of rules) {
    if (!covers(rule.when, matter)) continue;
    const more = best === null ? 1 : weightOf(rule.when) - weightOf(best.when);
    if (best === null || more > 0 || (more === 0 && rule.number < best.number)) best = rule;
  }
  return best;
}

export function sameTarget(a: RoutingTarget, b: RoutingTarget): boolean {
  return a.to === b.to && a.id === b.id;
}

/** What fulfils both; null where nothing can. */
function both(a: RoutingConditions, b: RoutingConditions): RoutingConditions | null {
  const clash = CONDITIONS.some(
    (name) => a[name] !== null && b[name] !== null && a[name] !== b[name],
  );
  if (clash) return null;
  return {
    kind: a.kind ?? b.kind,
    subtype: a.subtype ?? b.subtype,
    grade: a.grade ?? b.grade,
    placeKind: a.placeKind ?? b.placeKind,
    stationId: a.stationId ?? b.stationId,
    communityId: a.communityId ?? b.communityId,
  };
}

/**
 * Two rules between which the table can't decide: a matter may fall under both, they say equally
 * much, name different bodies, and no rule that says more covers all that is under both. Two rules
 * that ask for the very same are a tie whatever they name.
 */
export function tieOf(
  rules: readonly RoutingRule[],
): readonly [one: RoutingRule, other: RoutingRule] | null {
  for (const [index, one] of rules.entries()) {
    const weight = weightOf(one.when);
    for (const other of rules.slice(index + 1)) {
      if (weightOf(other.when) !== weight) continue;
      const shared = both(one.when, other.when);
      if (shared === null) continue;
      const identical = weightOf(shared) === weight;
      if (!identical && sameTarget(one.target, other.target)) continue;
      const settled = rules.some(({ when }) => weightOf(when) > weight && covers(when, shared));
      if (!settled) return [one, other];
    }
  }
  return null;
}

// -- editing --------------------------------------------------------------------------------------

function fits({ kind, subtype, grade, stationId, communityId }: RoutingConditions): boolean {
  if (subtype !== null) {
    if (kind === null) return false;
    const known: readonly string[] = MATTER_SUBTYPES[kind];
    if (!known.includes(subtype)) return false;
  }
  return (grade === null || kind === "hazard") && (communityId === null || stationId !== null);
}

function withoutTie(rules: readonly RoutingRule[]): Result<readonly RoutingRule[], RoutingRefusal> {
  const tie = tieOf(rules);
  if (tie === null) return accept(rules);
  return refuse("routing-tie", { one: tie[0].number, other: tie[1].number });
}

/**
 * Writes a rule into a table: in place of the one of its number, or at the end.
 * Refuses `routing-mismatch`, `routing-basis-long`, `routing-rule-unknown`, `routing-too-many`, and
 * `routing-tie` with the numbers of the two rules.
 */
export function writeRule(
  rules: readonly RoutingRule[],
  draft: RoutingRuleDraft,
): Result<readonly RoutingRule[], RoutingRefusal> {
  if (!fits(draft.when)) return refuse("routing-mismatch");
  const basis = draft.basis.trim();
  const { basisLength: limit, rules: most } = ROUTING_LIMITS;
  if (basis.length > limit) return refuse("routing-basis-long", { limit });
  if (draft.number !== null) {
    if (rules.every(({ number }) => number !== draft.number)) return refuse("routing-rule-unknown");
    const { number } = draft;
    return withoutTie(
      rules.map((one) => (one.number === number ? { ...draft, number, basis } : one)),
    );
  }
  if (rules.length >= most) return refuse("routing-too-many", { most });
  const number = rules.reduce((last, one) => Math.max(last, one.number), 0) + 1;
  return withoutTie([...rules, { ...draft, number, basis }]);
}

/**
 * Takes a rule out. Refuses `routing-rule-unknown`, and `routing-tie` where it was the one that
 * settled between two others.
 */
export function takeOut(
  rules: readonly RoutingRule[],
  number: number,
): Result<readonly RoutingRule[], RoutingRefusal> {
  const left = rules.filter((one) => one.number !== number);
  return left.length === rules.length ? refuse("routing-rule-unknown") : withoutTie(left);
}

/** What no rule covers everywhere. */
export interface RoutingGap {
  readonly kind: MatterKind;
  readonly subtypes: readonly string[];
}

/**
 * Kinds of matters with the subtypes that are not covered at every place and of every grade: what
 * happens elsewhere stays with its first recipient, unsaid.
 */
export function gapsOf(rules: readonly Pick<RoutingRule, "when">[]): readonly RoutingGap[] {
  const everywhere = rules.filter(({ when }) =>
    (["grade", "placeKind", "stationId", "communityId"] as const).every(
      (name) => when[name] === null,
    ),
  );
  return MATTER_KINDS.flatMap((kind): RoutingGap[] => {
    const subtypes = MATTER_SUBTYPES[kind].filter(
      (subtype) =>
        !everywhere.some(
          ({ when }) =>
            (when.kind === null || when.kind === kind) &&
            (when.subtype === null || when.subtype === subtype),
        ),
    );
    return subtypes.length === 0 ? [] : [{ kind, subtypes }];
  });
}

// -- trying ---------------------------------------------------------------------------------------

export interface RoutingTried<S extends RoutingSample> {
  readonly matter: S;
  readonly rule: RoutingRule | null;
  readonly verdict: RoutingVerdict;
}

/** Where a table would send past matters, beside where they went. It moves none of them. */
export function tryOn<S extends RoutingSample>(
  rules: readonly RoutingRule[],
  sample: readonly S[],
): { readonly tried: readonly RoutingTried<S>[]; readonly tally: RoutingTally } {
  const tried = sample.map((matter): RoutingTried<S> => {
    const rule = ruleFor(rules, matter);
    return { matter, rule, verdict: verdictOf(rule, matter.went) };
  });
  const tally = Object.fromEntries(
    ROUTING_VERDICTS.map((verdict) => [
      verdict,
      tried.filter((one) => one.verdict === verdict).length,
    ]),
  ) as Record<RoutingVerdict, number>;
  return { tried, tally };
}

function verdictOf(rule: RoutingRule | null, went: RoutingTarget | null): RoutingVerdict {
  if (rule === null) return "uncovered";
  if (went === null) return "undecided";
  return sameTarget(rule.target, went) ? "same" : "other";
}

/** A table as far as switching it on looks at it. */
export interface RoutingDraft {
  readonly rules: readonly RoutingRule[];
  /** Counts its changes. */
  readonly revision: number;
  /** The revision that was tried last; null: none. */
  readonly triedRevision: number | null;
}

/**
 * Whether a table may be switched on: it has rules, was tried as it stands, and whoever it names is
 * there. Refuses `routing-empty`, `routing-untried`, `routing-target-gone` with the rule's number.
 */
export function mayBeSwitchedOn(
  { rules, revision, triedRevision }: RoutingDraft,
  isThere: (target: RoutingTarget) => boolean,
): Result<null, RoutingRefusal> {
  if (rules.length === 0) return refuse("routing-empty");
  if (triedRevision !== revision) return refuse("routing-untried");
  const gone = rules.find(({ target }) => !isThere(target));
  if (gone !== undefined) return refuse("routing-target-gone", { number: gone.number });
  return accept(null);
}
