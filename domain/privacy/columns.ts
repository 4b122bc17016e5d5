/** Looking at the head of a file before anything in it is read. */
import { CASE_TERMS, FORBIDDEN_TERMS, HARMLESS_IN_NAMES, ROSTER_TERMS } from "./forbidden-terms.ts";
import { isIdNumber } from "./inspect.ts";
import type { ForbiddenColumn, ForbiddenCategory } from "./terms.ts";

/** Half-width, lower case, without spaces and signs: `身 份-证 号(18位)` and `ID_Card` alike. */
export function squeeze(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

type Hit = { category: ForbiddenCategory; term: string };

function look(
  name: string,
  terms: readonly Pick<(typeof FORBIDDEN_TERMS)[number], "category" | "contains" | "exact">[],
): Hit | null {
  let squeezed = squeeze(name);
  for (const harmless of HARMLESS_IN_NAMES) squeezed = squeezed.replaceAll(harmless, "");
  for (const { category, contains, exact } of terms) {
    for (const term of exact) if (squeezed === squeeze(term)) return { category, term };
    for (const term of contains) if (squeezed.includes(term)) return { category, term };
  }
  return null;
}

/**
 * The columns that a file must not have. A file with one of them is refused whole: nothing of it
 * is read, because what is not stored cannot leak.
 * `of: "places"` also refuses names, phones and head-counts; `"staff"` is for the bureau's own people;
 * `"property"` refuses, beside the former, what tells of a case or of those it is about.
 */
export function forbiddenColumns(
  header: readonly string[],
  of: "places" | "staff" | "property" = "places",
): ForbiddenColumn[] {
  const terms = {
    places: [...FORBIDDEN_TERMS, ROSTER_TERMS],
    staff: FORBIDDEN_TERMS,
    property: [CASE_TERMS, ...FORBIDDEN_TERMS, ROSTER_TERMS],
  }[of];
  const found: ForbiddenColumn[] = [];
  for (const [index, name] of header.entries()) {
    const hit = look(name, terms);
    if (hit !== null) found.push({ index, header: name, ...hit });
  }
  return found;
}

const longNumber = /[0-9０-９]{17}[0-9０-９XxＸｘ]/u;

/** The position of the cell that holds an identity number; -1 where none does. */
export function columnWithIdNumber(cells: readonly string[]): number {
  if (!longNumber.test(cells.join("\u{1}"))) return -1;
  return cells.findIndex((cell) =>
    cell
      .normalize("NFKC")
      .toUpperCase()
      .split(/[^0-9X]+/u)
      .some((run) => isIdNumber(run)),
  );
}

/** `riskLevel`, `risk_level`, `risk-level` → `_risk_level_`: so that whole words can be asked for. */
function wordsOf(identifier: string): string {
  const words = identifier
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_");
  return `_${words}_`;
}

/** The forbidden word in an identifier, a data value or a label; null when there is none. */
export function forbiddenIn(name: string): Hit | null {
  const words = wordsOf(name);
  for (const term of FORBIDDEN_TERMS) {
    for (const word of term.words) {
      if (words.includes(`_${word}_`)) return { category: term.category, term: word };
    }
    for (const word of term.contains) {
      // English and pinyin only as whole words: `disabled` on a button says nothing of a person.
      if (!/^[a-z]+$/.test(word) && name.includes(word))
        return { category: term.category, term: word };
    }
  }
  return null;
}
