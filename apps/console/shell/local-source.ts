import type { QueryKey } from "@tanstack/react-query";
import { LAST_PAGE, type ListInput } from "./url-state.ts";

export interface LocalRows<Row> {
  readonly load: () => Promise<readonly Row[]>;
  /** What the search box looks through. */
  readonly text: (row: Row) => string;
  readonly filters?: Readonly<Record<string, (row: Row, value: string) => boolean>>;
  readonly sorts?: Readonly<Record<string, (row: Row) => string | number>>;
}

export interface LocalPage<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
  readonly prev: string | null;
  readonly total: { readonly count: number; readonly more: boolean };
}

/** Numbers inside names by their value, Chinese by pinyin. */
const collator = new Intl.Collator("zh-CN", { numeric: true });

/** One page of rows that are all here already, answered as a `list` endpoint would. */
export function localPage<Row>(
  rows: readonly Row[],
  input: ListInput,
  { text, filters = {}, sorts = {} }: Omit<LocalRows<Row>, "load">,
): LocalPage<Row> {
  const words = (typeof input["q"] === "string" ? input["q"] : "").toLowerCase().split(/\s+/);
  const found = rows.filter(
    (row) =>
      words.every((word) => text(row).toLowerCase().includes(word)) &&
      Object.entries(filters).every(([name, matches]) => {
        const wanted = input[name];
        return typeof wanted !== "string" || matches(row, wanted);
      }),
  );
  const column = input.sort?.replace(/^-/, "") ?? "";
  const value = sorts[column];
  if (value) {
    const sign = input.sort?.startsWith("-") ? -1 : 1;
    found.sort((a, b) => sign * compare(value(a), value(b)));
  }
  const size = input.size;
  const lastStart = Math.max(0, Math.ceil(found.length / size) - 1) * size;
  const start =
    input.cursor === LAST_PAGE ? lastStart : Math.min(lastStart, Number(input.cursor ?? 0) || 0);
  return {
    items: found.slice(start, start + size),
    next: start + size < found.length ? String(start + size) : null,
    prev: start > 0 ? String(Math.max(0, start - size)) : null,
    total: { count: found.length, more: false },
  };
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : collator.compare(String(a), String(b));
}

/**
 * A source for `DataTable` over rows that one request brings whole: a bureau's stations, its
 * members. `path` begins with the subject, so that invalidating the subject refreshes it.
 */
export function localSource<Row>(path: readonly string[], rows: LocalRows<Row>) {
  return {
    call: async (input: ListInput): Promise<LocalPage<Row>> =>
      localPage(await rows.load(), input, rows),
    queryKey: ({ input }: { input: ListInput }): QueryKey => [path, { type: "query", input }],
  };
}
