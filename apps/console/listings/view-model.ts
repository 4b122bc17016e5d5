/** What the screens of listed places think. */
import type { ListingState } from "@wanjia/domain/listings/terms";
import type { Tone } from "@wanjia/ui/theme/tokens";

export function stateTone(state: ListingState): Tone {
  if (state === "delisted") return "met";
  if (state === "listed" || state === "tested") return "again";
  return state === "proposed" ? "open" : "ended";
}

/** +33.3 %, with a true minus; — where there is nothing to compare. */
export function changeText(change: number | null): string {
  if (change === null) return "—";
  const percent = Math.abs(change * 100).toFixed(1);
  return `${change < 0 ? "−" : "+"}${percent}%`;
}

export function countText(count: number | null): string {
  return count === null ? "<5" : String(count);
}

/** One line of typed or pasted counts: the estate's name, and a number behind it. */
export interface CountRow {
  readonly estate: string;
  readonly count: number;
}

/** Reads pasted lines; answers the first line that has no name or no number. */
export function readCounts(
  text: string,
): { readonly rows: CountRow[] } | { readonly line: number } {
  const rows: CountRow[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const found = /^(.+?)[\s,，\t]+(\d{1,6})$/.exec(line.trim());
    const [, estate, count] = found ?? [];
    if (estate === undefined || count === undefined) return { line: index + 1 };
    rows.push({ estate: estate.trim(), count: Number(count) });
  }
  return rows.length === 0 ? { line: 1 } : { rows };
}
