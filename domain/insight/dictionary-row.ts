/** How a row of the dictionary is written down. */
import type { Bilingual, CounterName, Indicator, Measure, Unit } from "./terms.ts";

export function says(zh: string, en: string): Bilingual {
  return { zh, en };
}

export function count(...of: CounterName[]): Measure {
  return { kind: "count", of };
}

export function share(
  of: readonly CounterName[],
  over: readonly CounterName[],
  less: readonly CounterName[] = [],
): Measure {
  return { kind: "share", of, over, less };
}

interface Extra {
  readonly guard?: Bilingual;
  readonly eventDay?: Indicator["eventDay"];
  readonly offered?: Indicator["offered"];
  readonly beside?: readonly CounterName[];
  readonly protects?: boolean;
}

export function indicator(
  id: string,
  name: string,
  label: Bilingual,
  unit: Unit,
  measure: Measure,
  formula: Bilingual,
  extra: Extra = {},
): Indicator {
  return {
    id,
    name,
    label,
    unit,
    measure,
    formula,
    guard: extra.guard ?? null,
    eventDay: extra.eventDay ?? "visit",
    offered: extra.offered ?? "both",
    beside: extra.beside ?? [],
    protects: extra.protects ?? true,
  };
}
