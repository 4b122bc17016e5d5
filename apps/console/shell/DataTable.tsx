import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useLocation, useNavigate } from "react-router";
import { FilterChips } from "./FilterChips.tsx";
import { isTyping } from "./keyboard.ts";
import { rememberRow, rowLeft } from "./list-memory.ts";
import { Problem } from "./Problem.tsx";
import type { Column, Filter, ListSource, PageTurn } from "./table.ts";
import { TableCards } from "./TableCards.tsx";
import { TableFoot } from "./TableFoot.tsx";
import { TableRows } from "./TableRows.tsx";
import { TableSkeleton } from "./TableSkeleton.tsx";
import { TableTools } from "./TableTools.tsx";
import {
  LAST_PAGE,
  pageMoves,
  toListInput,
  withoutFilters,
  withPage,
  withSize,
  withSort,
  type ListInput,
} from "./url-state.ts";
import { useListState } from "./use-list-state.ts";
import { useNarrow } from "./use-media.ts";
import { useShellWords } from "./words.ts";
import "./data-table.css";

export type { Column, Filter } from "./table.ts";

export interface DataTableProps<Row> {
  /** What the table holds, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly filters?: readonly Filter[];
  readonly rowKey: (row: Row) => string;
  readonly source: ListSource<Row>;
  /** Input that the reader doesn't choose: the campaign of the page, say. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** Changes the address's words into the endpoint's: a day into an instant. */
  readonly toInput?: (input: ListInput) => ListInput;
  readonly defaultSort?: string;
  readonly defaultSize?: number;
  /** Where Enter or a press leads. The first column becomes its link. */
  readonly rowHref?: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** Path below /api/v1 that streams the whole list: `/visits/export`. */
  readonly exportPath?: string;
  readonly empty: {
    readonly title: string;
    readonly hint: string;
    readonly action?: ReactNode;
  };
  /** With it rows can be chosen: what may be done with those chosen on this page. */
  readonly bulk?: (chosen: readonly Row[]) => ReactNode;
  /** Beside the filters: actions on the whole list. */
  readonly actions?: ReactNode;
}

const NO_FILTERS: readonly Filter[] = [];

export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { columns, filters = NO_FILTERS, fixed, toInput, rowKey, rowHref, onOpen } = props;
  const words = useShellWords();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const filterNames = useMemo(() => filters.map((filter) => filter.name), [filters]);
  const [state, change] = useListState(filterNames, {
    ...(props.defaultSort === undefined ? {} : { sort: props.defaultSort }),
    ...(props.defaultSize === undefined ? {} : { size: props.defaultSize }),
  });
  const input = useMemo(() => {
    const shapes = Object.fromEntries(
      filters.map((filter) => [
        filter.name,
        filter.kind === "choice" && filter.many ? ("many" as const) : ("one" as const),
      ]),
    );
    const plain = toListInput(state, shapes, fixed);
    return toInput ? toInput(plain) : plain;
  }, [state, filters, fixed, toInput]);
  const { source } = props;
  const list = useQuery({
    queryKey: source.queryKey({ input: input as never }),
    queryFn: async ({ signal }) => source.call(input as never, { signal } as never),
    placeholderData: keepPreviousData,
  });

  // While another page is on its way, the one before it is still the one that is shown.
  const asked = JSON.stringify(input);
  const [page, setPage] = useState(asked);
  if (page !== asked && !list.isPlaceholderData) setPage(asked);

  const open = useCallback(
    (row: Row) => {
      if (onOpen) onOpen(row);
      else if (rowHref) void navigate(rowHref(row));
    },
    [onOpen, rowHref, navigate],
  );
  const reply = list.data;
  const moves = reply ? pageMoves({ ...reply, items: reply.items.length }) : undefined;
  const turn = useCallback(
    (way: PageTurn) => {
      if (!reply || !pageMoves({ ...reply, items: reply.items.length })[way]) return;
      const cursors = { first: undefined, previous: reply.prev, next: reply.next, last: LAST_PAGE };
      change(withPage(state, cursors[way] ?? undefined));
    },
    [reply, change, state],
  );

  const search = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const field = search.current?.querySelector("input");
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const isFiltered = Object.keys(state.filters).length > 0;
  const [chosenKeys, setChosenKeys] = useState<ReadonlySet<string>>(new Set());
  const chosen = (props.bulk && !narrow && reply ? reply.items : []).filter((row) =>
    chosenKeys.has(rowKey(row)),
  );
  return (
    <section className="desk-list" aria-label={props.label} ref={search}>
      <TableTools
        filters={filters}
        state={state}
        change={change}
        narrow={narrow}
        actions={props.actions}
        exportPath={props.exportPath}
        input={input}
      />
      <FilterChips filters={filters} state={state} change={change} />
      {props.bulk && chosen.length > 0 && (
        <div className="desk-bulk" role="group" aria-label={words("list.with_chosen")}>
          <span role="status">{words("list.chosen", { count: chosen.length })}</span>
          {props.bulk(chosen)}
          <Button onClick={() => setChosenKeys(new Set())}>{words("list.unchoose")}</Button>
        </div>
      )}
      {list.isError && !reply ? (
        <Problem error={list.error} onRetry={() => void list.refetch()} />
      ) : reply === undefined ? (
        <TableSkeleton columns={columns} narrow={narrow} label={words("list.loading")} />
      ) : reply.items.length === 0 ? (
        <div className="desk-empty" role="status">
          <p className="desk-empty-title">
            {isFiltered ? words("list.nothing_matches") : props.empty.title}
          </p>
          <p>{isFiltered ? words("list.nothing_matches_hint") : props.empty.hint}</p>
          {isFiltered ? (
            <Button onClick={() => change(withoutFilters(state))}>{words("list.clear")}</Button>
          ) : (
            props.empty.action
          )}
        </div>
      ) : narrow ? (
        <TableCards
          columns={columns}
          rows={reply.items}
          rowKey={rowKey}
          rowHref={rowHref}
          open={rowHref || onOpen ? open : undefined}
        />
      ) : (
        <TableRows
          label={props.label}
          columns={columns}
          rows={reply.items}
          rowKey={rowKey}
          rowHref={rowHref}
          open={rowHref || onOpen ? open : undefined}
          sort={state.sort}
          onSort={(sort) => change(withSort(state, sort))}
          turn={turn}
          page={page}
          inHand={rowLeft(pathname)}
          onTake={(key) => rememberRow(pathname, key)}
          stale={list.isPlaceholderData}
          chosen={props.bulk ? chosenKeys : undefined}
          onChoose={setChosenKeys}
        />
      )}
      {reply && (
        <TableFoot
          reply={reply}
          state={state}
          moves={moves}
          turn={turn}
          busy={list.isFetching}
          onSize={(size) => change(withSize(state, size))}
        />
      )}
      {list.isError && reply && <Problem error={list.error} onRetry={() => void list.refetch()} />}
    </section>
  );
}
