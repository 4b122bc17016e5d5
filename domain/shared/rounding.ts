/**
 * How a number is printed. Everything here works on whole numbers and exact quotients (BigInt),
 * never on floating point: 109,350 is 10.935万 exactly and must print 10.94万.
 */

/** The particle of a floor: 3600余份, 800多名. */
export type FloorParticle = "余" | "多";

const WAN = 10_000n;

function whole(value: number, name: string): bigint {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} must be a whole number of 0 or more, not ${value}`);
  }
  return BigInt(value);
}

/** `numerator / denominator` as a decimal with `decimals` digits, halves rounded up. */
function quotient(numerator: bigint, denominator: bigint, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const scaled = (2n * numerator * scale + denominator) / (2n * denominator);
  return placePoint(scaled, decimals);
}

function placePoint(scaled: bigint, decimals: number): string {
  if (decimals === 0) return scaled.toString();
  const digits = scaled.toString().padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** 109300 → `10.93万`: ten-thousands, `decimals` digits, halves rounded up. */
export function formatWan(count: number, decimals = 2): string {
  return `${quotient(whole(count, "count"), WAN, decimals)}万`;
}

/**
 * A floor as the trade prints it: 3,642 with base 100 → `3600余份`.
 * The particle stands only when something is left over: 3,600 exactly is `3600份`, and a count
 * below its base is printed as it is. A floor in whole ten-thousands is written with 万; the particle
 * stands behind the last sign that counts: 11,000,001 with base 1,000,000 → `1100余万元`, but 52,300
 * with base 10,000 → `5万余元`.
 */
export function formatFloor(
  count: number,
  base: number,
  unit: string,
  particle: FloorParticle = "余",
): string {
  const exact = whole(count, "count");
  const step = whole(base, "base");
  if (step === 0n) throw new RangeError("base must be above 0");
  const floor = exact - (exact % step);
  if (floor === 0n) return `${exact}${unit}`;
  const more = exact > floor ? particle : "";
  if (floor % WAN !== 0n) return `${floor}${more}${unit}`;
  const tens = step >= 10n * WAN;
  return `${floor / WAN}${tens ? `${more}万` : `万${more}`}${unit}`;
}

/**
 * A share in percent, halves rounded up, with two honest edges: while one case is missing it is
 * never `100%` (it stops at 99.9…), and while there is one case it is never `0%` (`<0.1%`).
 * Null when there is nothing to divide by.
 */
export function formatPercent(numerator: number, denominator: number, decimals = 1): string | null {
  const n = whole(numerator, "numerator");
  const d = whole(denominator, "denominator");
  if (d === 0n) return null;
  const scale = 10n ** BigInt(decimals);
  const hundred = 100n * scale;
  const scaled = (2n * n * hundred + d) / (2n * d);
  if (n < d && scaled >= hundred) return `${placePoint(hundred - 1n, decimals)}%`;
  if (n > 0n && scaled === 0n) return `<${placePoint(1n, decimals)}%`;
  return `${placePoint(scaled, decimals)}%`;
}

/** A mean such as attempts for each household, halves rounded up; null without a denominator. */
export function formatMean(numerator: number, denominator: number, decimals = 1): string | null {
  const d = whole(denominator, "denominator");
  return d === 0n ? null : quotient(whole(numerator, "numerator"), d, decimals);
}

/** 109300 → `109,300`, for English text. */
export function formatThousands(count: number): string {
  return whole(count, "count")
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}
