/** Whether two matters may be one problem: asked where a matter comes in, and decided by people. */
import type { Id } from "../shared/id.ts";
import { keysOf } from "./search.ts";
import type { Matter } from "./terms.ts";

export type Comparable = Pick<Matter, "kind" | "subtype" | "text" | "placeId">;

/** Of the shorter text's pairs of signs, how many stand in the other one as well. */
const ALIKE = 0.2;
/** One pair alone is chance: 晚上, 小区. */
const SHARED = 2;

/**
 * How alike two matters of one place are, from 0 to 1; null where nothing speaks for one problem.
 * That they lie at one place (the same building) is for the caller to see to. The same sort makes up
 * for few common words; another kind is never the same.
 */
export function likeness(one: Comparable, other: Comparable): number | null {
  if (one.kind !== other.kind) return null;
  const [a, b] = [new Set(keysOf(one.text)), new Set(keysOf(other.text))];
  const shared = [...a].filter((key) => b.has(key)).length;
  const share = shared / Math.max(1, Math.min(a.size, b.size));
  const sameSort = one.subtype === other.subtype && one.subtype !== "other";
  const alike = shared >= SHARED && share >= ALIKE;
  if (!alike && !(sameSort && shared > 0)) return null;
  const samePlace = one.placeId === other.placeId;
  return 0.7 * share + (sameSort ? 0.2 : 0) + (samePlace ? 0.1 : 0);
}

/** Those that may be the same problem, the likeliest first. */
export function mostLike<T extends Comparable & { readonly id: Id }>(
  matter: Comparable,
  others: readonly T[],
  most: number,
): readonly T[] {
  return others
    .flatMap((other) => {
      const alike = likeness(matter, other);
      return alike === null ? [] : [{ other, alike }];
    })
    .toSorted((a, b) => b.alike - a.alike || (a.other.id < b.other.id ? -1 : 1))
    .slice(0, most)
    .map(({ other }) => other);
}
