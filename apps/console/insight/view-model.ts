/** What the figures' screens show, decided without a browser. */
import { INDICATORS, indicatorById } from "@wanjia/domain/insight/dictionary";
import { parsePeriod, periodKey } from "@wanjia/domain/insight/periods";
import { type Language, renderFigure } from "@wanjia/domain/insight/rendering";
import { SHOWN } from "@wanjia/domain/shared/suppression";
import type { Figure, Indicator } from "@wanjia/domain/insight/terms";
import { formatPercent, formatThousands } from "@wanjia/domain/shared/rounding";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import type { client } from "../shell/api.ts";

export type Board = Awaited<ReturnType<typeof client.insight.board>>;
export type Ageing = Awaited<ReturnType<typeof client.insight.ageing>>;
export type Card = Awaited<ReturnType<typeof client.insight.card>>;
export type Cell = Board["totals"][number];
export type Part = Board["rows"][number];
export type By = "station" | "beat" | "building";

/** Shown above the board; the rest is in the table and on the card. */
export const HEADLINES = ["K06", "K02", "K03", "K05", "K08", "K09", "K16", "K18"] as const;
export const MATTER_HEADLINES = ["K20", "K23", "K24", "K25", "K29", "K30", "K35", "K38"] as const;

/** The card's sections, by indicator. */
export const SECTIONS = {
  visits: INDICATORS.filter(({ id }) => number(id) < 20).map(({ id }) => id),
  matters: INDICATORS.filter(
    ({ id, offered }) => number(id) >= 20 && number(id) < 35 && offered !== "bureau",
  ).map(({ id }) => id),
  pace: INDICATORS.filter(({ id, offered }) => number(id) >= 35 && offered !== "bureau").map(
    ({ id }) => id,
  ),
  apart: INDICATORS.filter(({ offered }) => offered === "bureau").map(({ id }) => id),
} as const;

function number(id: string): number {
  return Number(/\d+/.exec(id)?.[0] ?? 0);
}

export function languageOf(locale: string): Language {
  return locale === "en" ? "en" : "zh";
}

const ABSENT: Figure = { kind: "absent", reason: "not-offered" };

/** The figure with its unit, or the mark that it is held back. */
export function textOf(cell: Cell, language: Language): string {
  const indicator = indicatorById(cell.id);
  if (indicator === null) return "";
  return renderFigure(indicator, cell.figure ?? ABSENT, cell.showing ?? SHOWN, language);
}

/** In a table the unit stands in the head, so the cell is a bare number. */
export function bareText(cell: Cell, language: Language): string {
  if (cell.showing?.as === "small") return `<${cell.showing.below}`;
  if (cell.showing?.as === "withheld") return "•";
  const { figure } = cell;
  if (figure?.kind === "count") {
    return language === "en" ? formatThousands(figure.value) : String(figure.value);
  }
  return textOf(cell, language);
}

/** Share in percent for charts; null where it is held back or there is nothing to divide by. */
export function shareOf(cell: Cell | undefined): number | null {
  const figure = cell?.figure;
  if (figure?.kind !== "share" || figure.denominator <= 0) return null;
  return (100 * figure.numerator) / figure.denominator;
}

export function shareText(cell: Cell | undefined): string | null {
  const figure = cell?.figure;
  return figure?.kind === "share" ? formatPercent(figure.numerator, figure.denominator) : null;
}

export function cellOf(cells: readonly Cell[], id: string): Cell | undefined {
  return cells.find((cell) => cell.id === id);
}

/** Whether opening a figure can show anything: records stand behind counts and shares above zero. */
export function opens(cell: Cell): boolean {
  if (NOT_OPEN.has(cell.id)) return false;
  const { figure } = cell;
  if (figure?.kind === "count") return figure.value > 0;
  if (figure?.kind === "duration") return figure.n > 0;
  return (figure?.kind === "share" || figure?.kind === "mean") && figure.numerator > 0;
}

/** Figures about distributions and arrangements, and those of which nothing but the sum leaves its subject. */
const NOT_OPEN: ReadonlySet<string> = new Set(["K08", "K09", "K17", ...SECTIONS.apart]);

/** Whether what is opened are lengths of time, in days. */
export function isInDays(indicator: string): boolean {
  return indicatorById(indicator)?.measure.kind === "duration";
}

/** Columns of the board's table. */
export function columnsOf(rows: readonly Part[]): Indicator[] {
  return (rows[0]?.cells ?? []).flatMap(({ id }) => indicatorById(id) ?? []);
}

/** Five steps of coverage, for the map; words stand beside the colour. */
export const COVERAGE_STEPS = [0, 20, 40, 60, 80] as const;

export function coverageStep(share: number | null): number | null {
  if (share === null) return null;
  return COVERAGE_STEPS.findLastIndex((from) => share >= from);
}

// -- periods --------------------------------------------------------------------------------------

export type PeriodGrain = "month" | "quarter" | "year";
export const GRAINS: readonly PeriodGrain[] = ["month", "quarter", "year"];

/** How many periods back can be chosen: two years, as long as visits are kept. */
const REACH: Readonly<Record<PeriodGrain, number>> = { month: 24, quarter: 8, year: 3 };

/** The periods that can be chosen, the present one first. */
export function periodsOf(grain: PeriodGrain, now: Instant): string[] {
  const keys: string[] = [];
  const today = localDate(now);
  let [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  while (keys.length < REACH[grain]) {
    const key = periodKey(grain, `${year}-${String(month).padStart(2, "0")}-01`);
    if (!keys.includes(key)) keys.push(key);
    [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
  }
  return keys;
}

/** The grain of a key that came with the address; a month where it can't be read. */
export function grainOf(key: string): PeriodGrain {
  const period = parsePeriod(key);
  return period.ok ? period.value.kind : "month";
}
