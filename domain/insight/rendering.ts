/** How figures are printed (domain.md §6.5): always with a unit, never rounder than the truth. */
import {
  type FloorParticle,
  formatFloor,
  formatMean,
  formatPercent,
  formatThousands,
  formatWan,
} from "../shared/rounding.ts";
import type { Showing } from "../shared/suppression.ts";
import { type DaysEstimate, type Figure, type Indicator, type Unit, UNITS } from "./terms.ts";

export type Language = "zh" | "en";

/** How a count is written: exactly, as 10.93万, or as a floor such as 3600余. */
export type Style =
  | { readonly as: "exact" }
  | { readonly as: "wan"; readonly decimals: number }
  | { readonly as: "floor"; readonly base: number; readonly particle?: FloorParticle };

export const EXACT: Style = { as: "exact" };

/** A count with its unit: `137435户次`, `10.93万户`, `3600余份`, `109,300 households`. */
export function renderCount(
  value: number,
  unit: Unit,
  language: Language,
  style: Style = EXACT,
): string {
  if (language === "en")
    return `${formatThousands(value)} ${UNITS[unit][value === 1 ? "one" : "en"]}`;
  const { zh } = UNITS[unit];
  switch (style.as) {
    case "exact":
      return `${value}${zh}`;
    case "wan":
      return `${formatWan(value, style.decimals)}${zh}`;
    case "floor":
      return formatFloor(value, style.base, zh, style.particle);
  }
}

/** What stands where there is no figure. */
const NOTHING = "—";

/** An indicator's figure as text, unit included; `withheld` and small ones by their mark. */
export function renderFigure(
  indicator: Indicator,
  figure: Figure,
  showing: Showing,
  language: Language,
  style: Style = EXACT,
): string {
  if (showing.as === "withheld") return "•";
  const unit = UNITS[indicator.unit];
  if (showing.as === "small") {
    return language === "en" ? `<${showing.below} ${unit.en}` : `<${showing.below}${unit.zh}`;
  }
  switch (figure.kind) {
    case "count":
      return renderCount(figure.value, indicator.unit, language, style);
    case "share":
      return figure.denominator <= 0
        ? NOTHING
        : (formatPercent(figure.numerator, figure.denominator) ?? NOTHING);
    case "mean": {
      const mean = formatMean(figure.numerator, figure.denominator);
      return mean === null ? NOTHING : `${mean}${language === "en" ? ` ${unit.en}` : unit.zh}`;
    }
    case "rounds": {
      if (figure.p25 === null || figure.p75 === null) return NOTHING;
      const range = figure.p25 === figure.p75 ? `${figure.p25}` : `${figure.p25}-${figure.p75}`;
      return language === "en"
        ? `${range} ${range === "1" ? "round" : "rounds"} a building`
        : `每栋楼${range}次`;
    }
    case "duration":
      return figure.n === 0 ? NOTHING : renderDays(figure.days, language);
    case "absent":
      return NOTHING;
  }
}

/** A number of days; "not reached" is a finding too, and is said. */
export function renderDays(days: number | null, language: Language): string {
  if (days === null) return language === "en" ? "not reached" : "尚未达到";
  return language === "en" ? `${days} days` : `${days}天`;
}

/** The 95 % interval of a number of days, as `3-7` or `3-`; null where none is known. */
export function renderInterval({ low, high }: DaysEstimate, language: Language): string | null {
  if (low === null) return null;
  if (language === "en") return high === null ? `${low} days or more` : `${low} to ${high} days`;
  return high === null ? `${low}天以上` : `${low}–${high}天`;
}

/**
 * The sentence on opinions: reply and adoption are two things, printed apart (domain.md §0.3,
 * trap 7). `全部` stands only for a share that is whole; null without any opinion.
 */
export function opinionSentence(parts: {
  readonly opinions: number;
  readonly due: number;
  readonly answered: number;
  readonly studied: number;
  readonly adopted: number;
  readonly style?: Style;
}): string | null {
  if (parts.opinions === 0) return null;
  const whole = (n: number, d: number, all: string, some: string): string =>
    d > 0 && n === d ? all : `${some}${formatPercent(n, d) ?? NOTHING}`;
  return [
    `意见建议${renderCount(parts.opinions, "opinion", "zh", parts.style)}`,
    whole(parts.answered, parts.due, "全部按期答复", "按期答复"),
    whole(parts.adopted, parts.studied, "全部采纳", "采纳"),
  ].join("，");
}
