/**
 * Merging by field: two officers changed the same record, starting from the same version.
 *
 * A field that one of them changed takes that change. A field that both changed keeps the value
 * that the server took first and shows the other beside it. Of a text nothing that anybody wrote
 * is ever dropped: lines that both wrote stand one after the other.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** A value that lost against one the server took first; to be shown to both officers. */
export interface Clash {
  readonly path: readonly string[];
  readonly kept: Json | undefined;
  readonly other: Json | undefined;
}

export interface Merged {
  readonly value: JsonObject;
  readonly clashes: readonly Clash[];
}

/** `theirs` is what the server has, `mine` what arrives; both started from `base`. */
export function mergeRecords(base: JsonObject, mine: JsonObject, theirs: JsonObject): Merged {
  const clashes: Clash[] = [];
  return { value: mergeObject(base, mine, theirs, [], clashes), clashes };
}

function mergeObject(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  path: readonly string[],
  clashes: Clash[],
): JsonObject {
  const value: Record<string, Json> = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const merged = mergeValue(base[key], mine[key], theirs[key], [...path, key], clashes);
    if (merged !== undefined) value[key] = merged;
  }
  return value;
}

function mergeValue(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  path: readonly string[],
  clashes: Clash[],
): Json | undefined {
  if (same(mine, theirs) || same(mine, base)) return theirs;
  if (same(theirs, base)) return mine;
  if (typeof mine === "string" && typeof theirs === "string")
    return mergeText(typeof base === "string" ? base : "", mine, theirs);
  if (isList(mine) && isList(theirs)) return mergeLists(isList(base) ? base : [], mine, theirs);
  if (isObject(mine) && isObject(theirs))
    return mergeObject(isObject(base) ? base : {}, mine, theirs, path, clashes);
  clashes.push({ path, kept: theirs ?? mine, other: theirs === undefined ? undefined : mine });
  // Who removes a field never takes with it what the other just wrote there.
  return theirs ?? mine;
}

/** Their lines, then those of mine that are new. Lines that only one of them struck out stay. */
export function mergeText(base: string, mine: string, theirs: string): string {
  if (mine === base || theirs.includes(mine)) return theirs;
  if (theirs === base || mine.includes(theirs)) return mine;
  const known = new Set([...base.split("\n"), ...theirs.split("\n")]);
  const added = mine.split("\n").filter((line) => !known.has(line));
  return added.length === 0 ? theirs : `${theirs}\n${added.join("\n")}`;
}

/** Lists are sets here: what either added is in, what either took out is out. */
function mergeLists(
  base: readonly Json[],
  mine: readonly Json[],
  theirs: readonly Json[],
): readonly Json[] {
  const has = (list: readonly Json[], item: Json) => list.some((other) => same(other, item));
  return [
    ...theirs.filter((item) => !has(base, item) || has(mine, item)),
    ...mine.filter((item) => !has(base, item) && !has(theirs, item)),
  ];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => same(a[key], b[key]));
  }
  return false;
}
