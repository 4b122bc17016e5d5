/** Courses of several policies in the same towns, as means with 95 % intervals, paired by seed. */
import type { Course } from "./simulate.ts";

export interface Estimate {
  readonly mean: number;
  /** Half the width of the 95 % interval. */
  readonly half: number;
  readonly n: number;
}

/** Two-sided 95 % points of Student's t by degrees of freedom; beyond them the last one. */
const T95 = [
  12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12,
  2.11, 2.1, 2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04,
];

export function estimate(values: readonly (number | null)[]): Estimate {
  const of = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const n = of.length;
  if (n === 0) return { mean: Number.NaN, half: Number.NaN, n };
  const mean = of.reduce((sum, value) => sum + value, 0) / n;
  const variance = of.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  const t = T95[Math.min(T95.length, n - 1) - 1] ?? 0;
  return { mean, half: n < 2 ? Number.NaN : t * Math.sqrt(variance / n), n };
}

/** Paired by seed; a pair counts when both have a value. */
export function ratio(of: readonly (number | null)[], to: readonly (number | null)[]): Estimate {
  return estimate(
    of.map((value, i) => {
      const other = to[i];
      return value === null || other === null || other === undefined ? null : value / other;
    }),
  );
}

export function difference(of: readonly number[], from: readonly number[]): Estimate {
  return estimate(of.map((value, i) => value - (from[i] ?? Number.NaN)));
}

export function shown({ mean, half }: Estimate, digits: number): string {
  if (Number.isNaN(mean)) return "-";
  return Number.isNaN(half)
    ? mean.toFixed(digits)
    : `${mean.toFixed(digits)}±${half.toFixed(digits)}`;
}

export function worst({ atDeadline }: Course): number {
  return Math.min(...atDeadline);
}

export function lowestDecile({ atDeadline }: Course): number {
  const sorted = atDeadline.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 10)] ?? 1;
}

/** Between the best and the worst reached type of household. */
export function typeGap({ byType }: Course): number {
  const shares = [...byType.values()];
  return shares.length === 0 ? 0 : Math.max(...shares) - Math.min(...shares);
}

export function hoursTo95(courses: readonly Course[]): (number | null)[] {
  return courses.map((course) => course.hoursTo(0.95));
}
