/** The counts of a board, with what is small held back (domain.md §6.6). */
import { showColumn } from "../shared/suppression.ts";
import { MATTER_KINDS, MATTER_SUBTYPES, OUTCOMES, SOLVED } from "../matters/terms.ts";
import { COUNTED_REASONS } from "../insight/terms.ts";
import type { BulletinCell, BulletinColumn, BulletinFigures } from "./terms.ts";

/** Numbers by key; an absent one is 0. */
export type Counted = Readonly<Partial<Record<string, number>>>;

/**
 * Quarrels within a family stay out of every count of a community: even their sum could point to a
 * home (§6.6, 1).
 */
export const UNCOUNTED = "dispute.family";

/** What may stand on a board, in its order: every sort of matter. */
export const HEARD_KEYS = MATTER_KINDS.flatMap((kind) =>
  MATTER_SUBTYPES[kind].map((subtype) => `${kind}.${subtype}`),
).filter((key) => key !== UNCOUNTED);

/** Every way to end: solved, by its outcome, or not or only partly solved, by its reason. */
export const ENDED_KEYS = [
  ...MATTER_KINDS.flatMap((kind) =>
    OUTCOMES[kind]
      .filter((outcome) => (SOLVED as readonly string[]).includes(outcome))
      .map((outcome) => `${kind}.${outcome}`),
  ),
  ...COUNTED_REASONS.map((reason) => `reason.${reason}`),
];

function column(keys: readonly string[], counted: Counted): BulletinColumn {
  const some = keys.flatMap((key) => {
    const n = counted[key] ?? 0;
    return n === 0 ? [] : [{ key, n }];
  });
  const shown = showColumn(
    some.map(({ n }) => n),
    "public",
  );
  const cell = (key: string, n: number, showing = shown.total): BulletinCell => ({
    key,
    count: showing.as === "shown" ? n : null,
    below: showing.as === "small" ? showing.below : null,
  });
  return {
    rows: some.map(({ key, n }, i) => cell(key, n, shown.rows[i])),
    total: cell(
      "total",
      some.reduce((sum, { n }) => sum + n, 0),
    ),
  };
}

/**
 * The two lists of a month. They are of different matters (those that came in, those that ended), so
 * that neither gives away what the other holds back; no other cut of the same month hangs anywhere.
 */
export function figuresOf(heard: Counted, ended: Counted): BulletinFigures {
  return { heard: column(HEARD_KEYS, heard), ended: column(ENDED_KEYS, ended) };
}

/** Whether any count may be shown. */
export function showsAnything({ heard, ended }: BulletinFigures): boolean {
  return [heard, ended].some(({ rows }) => rows.some(({ count }) => count !== null));
}
