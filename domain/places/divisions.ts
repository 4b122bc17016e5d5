/** Division codes: dated rows with successors, and moving figures from one list to another. */
import type { Result } from "../shared/result.ts";
import { accept, refuse } from "../shared/result.ts";
import type { Division, DivisionLevel } from "./terms.ts";

/**
 * The code without the zeros that the statistical list pads upper levels with:
 * 350205001000 is the township 350205001. Two, four, six, nine or twelve digits remain.
 * Refuses `division-code-malformed`.
 */
export function bareCode(text: string): Result<string, "division-code-malformed"> {
  const code = text.trim();
  if (!/^\d+$/.test(code)) return refuse("division-code-malformed", { code: code.slice(0, 20) });
  if (code.length === 12) {
    for (const length of [9, 6, 4, 2]) {
      if (!/^0+$/.test(code.slice(length))) {
        return accept(code.slice(0, { 9: 12, 6: 9, 4: 6, 2: 4 }[length as 9 | 6 | 4 | 2]));
      }
    }
    return accept(code.slice(0, 2));
  }
  if (code.length === 6) {
    if (code.endsWith("0000")) return accept(code.slice(0, 2));
    if (code.endsWith("00")) return accept(code.slice(0, 4));
  }
  return [2, 4, 6, 9, 12].includes(code.length)
    ? accept(code)
    : refuse("division-code-malformed", { code: code.slice(0, 20) });
}

const levelOfLength: Record<number, DivisionLevel> = {
  2: "province",
  4: "city",
  6: "county",
  9: "township",
  12: "community",
};

/**
 * The tier of a list that a bare code belongs to, by its length. What *sort* of unit it is (street,
 * town, farm, development zone) stands in no digit; only the list and the name say it.
 */
export function tierOf(bare: string): DivisionLevel | undefined {
  return levelOfLength[bare.length];
}

/** The code one tier up; null for a province. */
export function parentCode(bare: string): string | null {
  const length = { 12: 9, 9: 6, 6: 4, 4: 2 }[bare.length as 12 | 9 | 6 | 4];
  return length === undefined ? null : bare.slice(0, length);
}

/** Whether the row holds on a day: from `validFrom` on, up to but without `validTo`. */
export function validOn(division: Pick<Division, "validFrom" | "validTo">, day: string): boolean {
  return division.validFrom <= day && (division.validTo === null || day < division.validTo);
}

/** The list as it was on a day. */
export function asAt(divisions: readonly Division[], day: string): Division[] {
  return divisions.filter((division) => validOn(division, day));
}

/**
 * The codes that stand for `code` on a day, following successors as far as needed; the code
 * itself when it is still valid; none when it ended without successor.
 * Refuses `division-cycle` when the list leads back to itself.
 */
export function successorsOn(
  divisions: readonly Division[],
  code: string,
  day: string,
): Result<string[], "division-cycle"> {
  const rows = new Map<string, Division[]>();
  for (const row of divisions) rows.set(row.code, [...(rows.get(row.code) ?? []), row]);
  const found = new Set<string>();
  const walk = (at: string, path: readonly string[]): boolean => {
    if (path.includes(at)) return false;
    const own = rows.get(at) ?? [];
    if (own.some((row) => validOn(row, day))) {
      found.add(at);
      return true;
    }
    const last = own.reduce<Division | undefined>(
      (latest, row) => (latest === undefined || row.validFrom > latest.validFrom ? row : latest),
      undefined,
    );
    for (const next of last?.successors ?? []) if (!walk(next, [...path, at])) return false;
    return true;
  };
  return walk(code, []) ? accept([...found].toSorted()) : refuse("division-cycle", { code });
}

export type Remapped = {
  figures: Map<string, number>;
  /** Codes that were split: their figure cannot be told apart without the records. */
  split: { code: string; successors: string[]; figure: number }[];
  /** Codes that ended without successor, or that the list does not know. */
  lost: { code: string; figure: number }[];
};

/**
 * Figures by division, moved to the list of a day. A merger adds up; a split is never guessed.
 * Nothing is dropped: figures + split + lost add up to what came in.
 */
export function remap(
  divisions: readonly Division[],
  figures: ReadonlyMap<string, number>,
  day: string,
): Result<Remapped, "division-cycle"> {
  const remapped: Remapped = { figures: new Map(), split: [], lost: [] };
  for (const [code, figure] of figures) {
    const successors = successorsOn(divisions, code, day);
    if (!successors.ok) return successors;
    const [first, ...others] = successors.value;
    if (first === undefined) remapped.lost.push({ code, figure });
    else if (others.length > 0) remapped.split.push({ code, successors: successors.value, figure });
    else remapped.figures.set(first, (remapped.figures.get(first) ?? 0) + figure);
  }
  return accept(remapped);
}
