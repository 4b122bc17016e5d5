import type { QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ListState } from "./url-state.ts";

export interface Column<Row> {
  /** Also the column that the server sorts by, when `sortable`. */
  readonly key: string;
  readonly title: string;
  /** Stands in the head, so that the cells hold bare numbers. */
  readonly unit?: string;
  readonly render: (row: Row) => ReactNode;
  /** Pixels; without it the column shares what is left. */
  readonly width?: number;
  readonly align?: "right";
  readonly sortable?: boolean;
  /** On a phone a row is a card: its `title`, its lines, and what is left out. */
  readonly phone?: "title" | "line" | "hidden";
}

interface FilterOption {
  readonly value: string;
  readonly label: string;
}

/** A filter's name is the input field of the `list` endpoint and the parameter in the address. */
export type Filter = { readonly name: string; readonly label: string } & (
  | { readonly kind: "text"; readonly placeholder?: string }
  | { readonly kind: "choice"; readonly options: readonly FilterOption[]; readonly many?: boolean }
  | { readonly kind: "date" }
  | { readonly kind: "flag" }
  /** Set by a link from elsewhere, shown as a chip only. */
  | { readonly kind: "link"; readonly say: (value: string) => string }
);

export interface ListReply<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
  readonly prev: string | null;
  readonly total: { readonly count: number; readonly more: boolean };
}

/** A `list` endpoint: `api.visits.list`. Each has its own input, which the address decides. */
export interface ListSource<Row> {
  readonly call: (input: never, options: never) => PromiseLike<ListReply<Row>>;
  readonly queryKey: (options: { input: never }) => QueryKey;
}

/** Puts a list's next state into the address. */
export type ChangeList = (next: ListState, how?: { replace: boolean }) => void;

/** Where the foot of a list, and the keys `n` and `p`, lead. */
export type PageTurn = "first" | "previous" | "next" | "last";
