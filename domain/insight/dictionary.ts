/**
 * The indicator dictionary (domain.md §6.2): each figure that console, report card and export
 * print is one row here. Not here on purpose (§6.3): refusals, tips for each household, anything
 * for each officer, ranks, hours online, likes, targets of 100 %.
 */
import { MATTER_INDICATORS } from "./dictionary-matters.ts";
import { OVERSIGHT_INDICATORS } from "./dictionary-oversight.ts";
import { PROPERTY_INDICATORS } from "./dictionary-property.ts";
import { says } from "./dictionary-row.ts";
import { VISIT_INDICATORS } from "./dictionary-visits.ts";
import type { Bilingual, CounterName, Indicator } from "./terms.ts";

export const INDICATORS: readonly Indicator[] = [
  ...VISIT_INDICATORS,
  ...MATTER_INDICATORS,
  ...PROPERTY_INDICATORS,
  ...OVERSIGHT_INDICATORS,
];

const BY_ID = new Map(INDICATORS.map((row) => [row.id, row]));

export function indicatorById(id: string): Indicator | null {
  return BY_ID.get(id) ?? null;
}

/** How the counts that stand beside an indicator are called. */
export const COUNTER_LABELS: Readonly<Partial<Record<CounterName, Bilingual>>> = {
  units: says("目标住户", "Homes in the campaign"),
  excluded_demolished: says("已拆除", "Demolished"),
  excluded_not_residential: says("非住宅或地址有误", "Not residential or wrong address"),
  do_not_visit: says("本人希望不再上门", "Wish no visit"),
  never_reached: says("多次未遇", "Never reached"),
  overdue_opinion: says("意见建议", "Opinions"),
  overdue_service_request: says("求助事项", "Service requests"),
  overdue_dispute: says("矛盾纠纷", "Disputes"),
  overdue_hazard: says("安全隐患", "Hazards"),
};
