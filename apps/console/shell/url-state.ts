/**
 * What a list shows lives in the address: page, size, order and filters. A reader can send the
 * link, go back, and find the same rows.
 */
export interface ListState {
  readonly cursor: string | undefined;
  readonly size: number;
  /** A column, with `-` before it for descending. */
  readonly sort: string | undefined;
  /** Filter name to its values, in the order in which they were chosen. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

export interface ListDefaults {
  readonly size?: number;
  readonly sort?: string;
}

export const PAGE_SIZES = [20, 50, 100, 200] as const;
const DEFAULT_PAGE_SIZE = 50;
/** The cursor that the server understands as "the last page". */
export const LAST_PAGE = "last";

/** A value that names the default stays out of the address, so that the short link is the usual one. */
export function readListState(
  params: URLSearchParams,
  filterNames: readonly string[],
  defaults: ListDefaults = {},
): ListState {
  const size = Number(params.get("size"));
  const filters: Record<string, readonly string[]> = {};
  for (const name of filterNames) {
    const values = params.getAll(name).filter((value) => value !== "");
    if (values.length > 0) filters[name] = [...new Set(values)];
  }
  return {
    cursor: params.get("cursor") ?? undefined,
    size: Number.isInteger(size) && size >= 1 && size <= 200 ? size : fallbackSize(defaults),
    sort: params.get("sort") ?? defaults.sort,
    filters,
  };
}

function fallbackSize(defaults: ListDefaults): number {
  return defaults.size ?? DEFAULT_PAGE_SIZE;
}

/** The address for a state. Parameters that belong to someone else on the page are kept. */
export function writeListState(
  current: URLSearchParams,
  state: ListState,
  filterNames: readonly string[],
  defaults: ListDefaults = {},
): URLSearchParams {
  const params = new URLSearchParams(current);
  for (const name of ["cursor", "size", "sort", ...filterNames]) params.delete(name);
  for (const name of filterNames) {
    for (const value of state.filters[name] ?? []) params.append(name, value);
  }
  if (state.sort !== undefined && state.sort !== defaults.sort) params.set("sort", state.sort);
  if (state.size !== fallbackSize(defaults)) params.set("size", String(state.size));
  if (state.cursor !== undefined) params.set("cursor", state.cursor);
  return params;
}

/** Sets one filter; no values removes it. The page starts anew, since other rows are shown. */
export function withFilter(state: ListState, name: string, values: readonly string[]): ListState {
  const filters = { ...state.filters };
  const kept = [...new Set(values.filter((value) => value !== ""))];
  if (kept.length === 0) delete filters[name];
  else filters[name] = kept;
  return { ...state, filters, cursor: undefined };
}

/** Removes one value of a filter, as a chip's cross does. */
export function withoutFilterValue(state: ListState, name: string, value: string): ListState {
  return withFilter(
    state,
    name,
    (state.filters[name] ?? []).filter((kept) => kept !== value),
  );
}

export function withoutFilters(state: ListState): ListState {
  return { ...state, filters: {}, cursor: undefined };
}

/** A column's head pressed once sorts up, again down, a third time not at all. */
export function nextSort(sort: string | undefined, column: string): string | undefined {
  if (sort === column) return `-${column}`;
  if (sort === `-${column}`) return undefined;
  return column;
}

export function withSort(state: ListState, sort: string | undefined): ListState {
  return { ...state, sort, cursor: undefined };
}

export function withPage(state: ListState, cursor: string | undefined): ListState {
  return { ...state, cursor };
}

export function withSize(state: ListState, size: number): ListState {
  return { ...state, size, cursor: undefined };
}

/** How a filter travels to the server: one value as text, several as an array. */
export type FilterShape = "one" | "many";

export type ListInput = {
  cursor?: string;
  size: number;
  sort?: string;
} & Record<string, unknown>;

/** The input of a `list` endpoint. */
export function toListInput(
  state: ListState,
  shapes: Readonly<Record<string, FilterShape>>,
  fixed: Readonly<Record<string, unknown>> = {},
): ListInput {
  const input: ListInput = { ...fixed, size: state.size };
  if (state.cursor !== undefined) input.cursor = state.cursor;
  if (state.sort !== undefined) input.sort = state.sort;
  for (const [name, values] of Object.entries(state.filters)) {
    input[name] = shapes[name] === "many" ? [...values] : values[0];
  }
  return input;
}

/** The same filters and order for an export, without page and size: an export is the whole list. */
export function toExportQuery(input: ListInput, format: "csv" | "xlsx"): string {
  const params = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(input)) {
    if (name === "cursor" || name === "size") continue;
    if (Array.isArray(value)) {
      value.forEach((item, index) => params.append(`${name}[${index}]`, String(item)));
    } else if (typeof value === "string" || typeof value === "number") {
      params.append(name, String(value));
    }
  }
  return params.toString();
}

export interface PageKnown {
  readonly items: number;
  readonly next: string | null;
  readonly prev: string | null;
  readonly total: { readonly count: number; readonly more: boolean };
}

/**
 * What the foot of a list may offer. Keyset pages have no numbers: a reader goes to the first,
 * the previous, the next and the last.
 */
export function pageMoves(page: PageKnown): {
  first: boolean;
  previous: boolean;
  next: boolean;
  last: boolean;
} {
  return {
    first: page.prev !== null,
    previous: page.prev !== null,
    next: page.next !== null,
    last: page.next !== null,
  };
}
