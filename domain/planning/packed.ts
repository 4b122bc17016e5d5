/** A city's rates as plain JSON: what is kept overnight, and what a phone takes along. */
import type { CityRates } from "./rates.ts";

/** By the name of the premises type; counts and what follows from them, of thousands of doors. */
type ByType = Readonly<Record<string, readonly number[]>>;

export interface PackedRates extends Omit<CityRates, "classes" | "byType"> {
  readonly byType: ByType;
  readonly classes: Omit<CityRates["classes"], "shares"> & { readonly shares: ByType };
}

export function packRates({ classes, byType, ...rest }: CityRates): PackedRates {
  return {
    ...rest,
    byType: Object.fromEntries(byType),
    classes: { ...classes, shares: Object.fromEntries(classes.shares) },
  };
}

export function unpackRates({ classes, byType, ...rest }: PackedRates): CityRates {
  return {
    ...rest,
    byType: new Map(Object.entries(byType)),
    classes: { ...classes, shares: new Map(Object.entries(classes.shares)) },
  };
}
