import { keepPreviousData, useQuery, type QueryKey } from "@tanstack/react-query";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Button, Input, Select, Space, Tooltip } from "antd";
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { Link, useNavigate } from "react-router";
import { API_URL } from "./api.ts";
import { formatCount } from "./format.ts";
import { currentLocale } from "./language.ts";
import { Problem } from "./Problem.tsx";
import { rowForKey, rowWindow, scrollToRow } from "./row-window.ts";
import {
  LAST_PAGE,
  nextSort,
  PAGE_SIZES,
  pageMoves,
  toExportQuery,
  toListInput,
  withFilter,
  withoutFilters,
  withoutFilterValue,
  withPage,
  withSize,
  withSort,
  type ListInput,
  type ListState,
} from "./url-state.ts";
import { useListState } from "./use-list-state.ts";
import { useNarrow } from "./use-narrow.ts";
import { useShellWords } from "./words.ts";
import "./data-table.css";

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

interface ListReply<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
  readonly prev: string | null;
  readonly total: { readonly count: number; readonly more: boolean };
}

/** A `list` endpoint: `api.visits.list`. Each has its own input, which the address decides. */
interface ListSource<Row> {
  readonly call: (input: never, options: never) => PromiseLike<ListReply<Row>>;
  readonly queryKey: (options: { input: never }) => QueryKey;
}

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
  /** Beside the filters: actions on the whole list. */
  readonly actions?: ReactNode;
}

const ROW_HEIGHT = 44;
const HEAD_HEIGHT = 40;
const NO_FILTERS: readonly Filter[] = [];

export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { columns, filters = NO_FILTERS, fixed, toInput, rowKey, rowHref, onOpen } = props;
  const words = useShellWords();
  const narrow = useNarrow();
  const navigate = useNavigate();
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
    (way: "first" | "previous" | "next" | "last") => {
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

  const chosen = Object.keys(state.filters).length > 0;
  return (
    <section className="desk-list" aria-label={props.label} ref={search}>
      <ListTools
        filters={filters}
        state={state}
        change={change}
        narrow={narrow}
        actions={props.actions}
        exportPath={props.exportPath}
        input={input}
      />
      <Chips filters={filters} state={state} change={change} />
      {list.isError && !reply ? (
        <Problem error={list.error} onRetry={() => void list.refetch()} />
      ) : reply === undefined ? (
        <Skeleton columns={columns} narrow={narrow} label={words("list.loading")} />
      ) : reply.items.length === 0 ? (
        <div className="desk-empty" role="status">
          <p className="desk-empty-title">
            {chosen ? words("list.nothing_matches") : props.empty.title}
          </p>
          <p>{chosen ? words("list.nothing_matches_hint") : props.empty.hint}</p>
          {chosen ? (
            <Button onClick={() => change(withoutFilters(state))}>{words("list.clear")}</Button>
          ) : (
            props.empty.action
          )}
        </div>
      ) : narrow ? (
        <Cards
          columns={columns}
          rows={reply.items}
          rowKey={rowKey}
          rowHref={rowHref}
          open={rowHref || onOpen ? open : undefined}
        />
      ) : (
        <Rows
          label={props.label}
          columns={columns}
          rows={reply.items}
          rowKey={rowKey}
          rowHref={rowHref}
          open={rowHref || onOpen ? open : undefined}
          sort={state.sort}
          onSort={(sort) => change(withSort(state, sort))}
          turn={turn}
          stale={list.isPlaceholderData}
        />
      )}
      {reply && (
        <Foot
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

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

type Change = (next: ListState, how?: { replace: boolean }) => void;

function ListTools({
  filters,
  state,
  change,
  narrow,
  actions,
  exportPath,
  input,
}: {
  filters: readonly Filter[];
  state: ListState;
  change: Change;
  narrow: boolean;
  actions: ReactNode;
  exportPath: string | undefined;
  input: ListInput;
}) {
  const words = useShellWords();
  const [unfolded, setUnfolded] = useState(false);
  const panel = useId();
  const texts = filters.filter((filter) => filter.kind === "text");
  const others = filters.filter((filter) => filter.kind !== "text" && filter.kind !== "link");
  const active = others.filter((filter) => state.filters[filter.name] !== undefined).length;
  if (filters.length === 0 && !actions && exportPath === undefined) return null;
  return (
    <div className="desk-tools">
      {texts.map((filter) => (
        <SearchField key={filter.name} filter={filter} state={state} change={change} />
      ))}
      {narrow && others.length > 0 && (
        <Button
          aria-expanded={unfolded}
          aria-controls={panel}
          onClick={() => setUnfolded(!unfolded)}
        >
          {active > 0 ? words("list.filters_count", { count: active }) : words("list.filters")}
        </Button>
      )}
      {(!narrow || unfolded) && others.length > 0 && (
        <div className="desk-filters" id={panel}>
          {others.map((filter) => (
            <FilterField key={filter.name} filter={filter} state={state} change={change} />
          ))}
        </div>
      )}
      <span className="desk-tools-gap" />
      <Space wrap size={8}>
        {exportPath !== undefined &&
          (["csv", "xlsx"] as const).map((format) => (
            <Tooltip
              key={format}
              title={words(format === "csv" ? "list.export_csv" : "list.export_xlsx")}
            >
              <Button
                href={`${API_URL}${exportPath}?${toExportQuery(input, format)}`}
                download
                icon={<Icon name="download" size={1} />}
                aria-label={words(format === "csv" ? "list.export_csv" : "list.export_xlsx")}
              >
                {format.toUpperCase()}
              </Button>
            </Tooltip>
          ))}
        {actions}
      </Space>
    </div>
  );
}

function SearchField({
  filter,
  state,
  change,
}: {
  filter: Filter & { kind: "text" };
  state: ListState;
  change: Change;
}) {
  const words = useShellWords();
  const current = state.filters[filter.name]?.[0] ?? "";
  const [text, setText] = useState(current);
  const [seen, setSeen] = useState(current);
  if (seen !== current) {
    setSeen(current);
    setText(current);
  }
  const send = (value: string) => {
    if (value.trim() !== current) change(withFilter(state, filter.name, [value.trim()]));
  };
  return (
    <Input
      className="desk-search"
      type="search"
      allowClear
      value={text}
      prefix={<Icon name="search" size={1} />}
      suffix={<kbd aria-hidden="true">/</kbd>}
      placeholder={filter.placeholder ?? words("list.search")}
      aria-label={filter.label}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === "") send("");
      }}
      onPressEnter={() => send(text)}
      onBlur={() => send(text)}
    />
  );
}

function FilterField({
  filter,
  state,
  change,
}: {
  filter: Filter;
  state: ListState;
  change: Change;
}) {
  const values = state.filters[filter.name] ?? [];
  switch (filter.kind) {
    case "choice":
      return (
        <Select
          className="desk-filter"
          aria-label={filter.label}
          placeholder={filter.label}
          allowClear
          showSearch={filter.options.length > 8 ? { optionFilterProp: "label" } : false}
          {...(filter.many ? { mode: "multiple" as const, maxTagCount: 0 } : {})}
          maxTagPlaceholder={() => `${filter.label} · ${values.length}`}
          popupMatchSelectWidth={false}
          value={filter.many ? [...values] : (values[0] ?? null)}
          options={[...filter.options]}
          onChange={(next: string | readonly string[] | null | undefined) =>
            change(
              withFilter(
                state,
                filter.name,
                next === null || next === undefined ? [] : typeof next === "string" ? [next] : next,
              ),
            )
          }
        />
      );
    case "date":
      return (
        <label className="desk-filter-date">
          <span>{filter.label}</span>
          <Input
            type="date"
            value={values[0] ?? ""}
            onChange={(event) => change(withFilter(state, filter.name, [event.target.value]))}
          />
        </label>
      );
    case "flag":
      return (
        <Button
          aria-pressed={values[0] === "true"}
          type={values[0] === "true" ? "primary" : "default"}
          ghost={values[0] === "true"}
          onClick={() =>
            change(withFilter(state, filter.name, values[0] === "true" ? [] : ["true"]))
          }
        >
          {filter.label}
        </Button>
      );
    case "text":
    case "link":
      return null;
  }
}

function sayFilterValue(filter: Filter, value: string, yes: string): string {
  switch (filter.kind) {
    case "choice":
      return filter.options.find((option) => option.value === value)?.label ?? value;
    case "flag":
      return yes;
    case "link":
      return filter.say(value);
    case "date":
    case "text":
      return value;
  }
}

function Chips({
  filters,
  state,
  change,
}: {
  filters: readonly Filter[];
  state: ListState;
  change: Change;
}) {
  const words = useShellWords();
  const chips = filters.flatMap((filter) =>
    (state.filters[filter.name] ?? []).map((value) => ({
      filter,
      value,
      said: sayFilterValue(filter, value, words("list.yes")),
    })),
  );
  if (chips.length === 0) return null;
  return (
    <ul className="desk-chips" aria-label={words("list.filters")}>
      {chips.map(({ filter, value, said }) => (
        <li key={`${filter.name} ${value}`}>
          <button
            type="button"
            className="desk-chip"
            aria-label={words("list.remove_chip", { label: filter.label, value: said })}
            onClick={() => change(withoutFilterValue(state, filter.name, value))}
          >
            <span>{words("list.chip", { label: filter.label, value: said })}</span>
            <Icon name="close" size={0.875} />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button type="link" size="small" onClick={() => change(withoutFilters(state))}>
            {words("list.clear")}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Rows<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHref,
  open,
  sort,
  onSort,
  turn,
  stale,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHref: ((row: Row) => string) | undefined;
  open: ((row: Row) => void) | undefined;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  turn: (way: "first" | "previous" | "next" | "last") => void;
  stale: boolean;
}) {
  const words = useShellWords();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const [active, setActive] = useState(0);
  const moved = useRef(false);
  const current = Math.min(active, rows.length - 1);
  const drawn = rowWindow(rows.length, ROW_HEIGHT, view.top, view.height);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      observer.disconnect();
    };
  }, []);
  const [shown, setShown] = useState(rows);
  if (shown !== rows) {
    setShown(rows);
    setActive(0);
  }
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [shown]);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    scroller.current
      ?.querySelector<HTMLElement>(`tr[data-row="${current}"]`)
      ?.focus({ preventScroll: true });
  }, [current, view]);

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const row = rows[current];
    if (event.key === "Enter" && event.target instanceof HTMLTableRowElement && row && open) {
      event.preventDefault();
      open(row);
      return;
    }
    if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      turn(event.key === "n" ? "next" : "previous");
      return;
    }
    const pageRows = Math.max(1, Math.floor((view.height - HEAD_HEIGHT) / ROW_HEIGHT) - 1);
    const next = rowForKey(event.key, current, rows.length, pageRows);
    if (next === undefined) return;
    event.preventDefault();
    moved.current = true;
    const top = scrollToRow(next, ROW_HEIGHT, view.top, view.height, HEAD_HEIGHT);
    if (top !== undefined) scroller.current?.scrollTo({ top });
    setActive(next);
    setView((known) => ({ ...known }));
  };

  return (
    <div className="desk-table-frame" ref={scroller} data-stale={stale || undefined}>
      <table className="desk-table" aria-rowcount={rows.length + 1}>
        <caption className="w-hidden">{label}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} {...(column.width ? { style: { width: column.width } } : {})} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => {
              const title = column.unit ? `${column.title}（${column.unit}）` : column.title;
              const order =
                sort === column.key ? "ascending" : sort === `-${column.key}` ? "descending" : null;
              const action = order === "descending" ? "none" : order ? "descending" : "ascending";
              return (
                <th
                  key={column.key}
                  scope="col"
                  data-align={column.align}
                  {...(column.sortable ? { "aria-sort": order ?? ("none" as const) } : {})}
                >
                  {column.sortable ? (
                    <button
                      type="button"
                      className="desk-sort"
                      title={words(`list.sort_${action}`, { column: column.title })}
                      onClick={() => onSort(nextSort(sort, column.key))}
                    >
                      <span>{title}</span>
                      <span aria-hidden="true" className="desk-sort-mark" data-order={order}>
                        {order === "descending" ? "▼" : "▲"}
                      </span>
                    </button>
                  ) : (
                    title
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {drawn.before > 0 && <Gap height={drawn.before} columns={columns.length} />}
          {rows.slice(drawn.start, drawn.end).map((row, offset) => {
            const index = drawn.start + offset;
            return (
              <tr
                key={rowKey(row)}
                data-row={index}
                aria-rowindex={index + 2}
                tabIndex={index === current ? 0 : -1}
                data-opens={open ? "" : undefined}
                onFocus={(event) => {
                  if (event.target === event.currentTarget) setActive(index);
                }}
                onClick={(event) => {
                  if (!open || (event.target as HTMLElement).closest("a,button,input")) return;
                  if (globalThis.getSelection()?.toString()) return;
                  open(row);
                }}
              >
                {columns.map((column, at) => {
                  const content = column.render(row);
                  return (
                    <td
                      key={column.key}
                      data-align={column.align}
                      {...(typeof content === "string" ? { title: content } : {})}
                    >
                      {at === 0 ? (
                        <Opener row={row} href={rowHref} open={open} inTable>
                          {content}
                        </Opener>
                      ) : (
                        content
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {drawn.after > 0 && <Gap height={drawn.after} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** The name of a row as what opens it. In the table the row itself is the stop of the Tab key. */
function Opener<Row>({
  row,
  href,
  open,
  inTable = false,
  children,
}: {
  row: Row;
  href: ((row: Row) => string) | undefined;
  open: ((row: Row) => void) | undefined;
  inTable?: boolean;
  children: ReactNode;
}) {
  const stop = inTable ? { tabIndex: -1 } : {};
  if (href) {
    return (
      <Link to={href(row)} {...stop}>
        {children}
      </Link>
    );
  }
  if (!open) return children;
  return (
    <button type="button" className="desk-opener" onClick={() => open(row)} {...stop}>
      {children}
    </button>
  );
}

function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden="true" className="desk-gap" style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );
}

function Cards<Row>({
  columns,
  rows,
  rowKey,
  rowHref,
  open,
}: {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHref: ((row: Row) => string) | undefined;
  open: ((row: Row) => void) | undefined;
}) {
  const title = columns.find((column) => column.phone === "title") ?? columns[0];
  const lines = columns.filter((column) => column !== title && column.phone !== "hidden");
  return (
    <ul className="desk-cards">
      {rows.map((row) => (
        <li
          key={rowKey(row)}
          className="desk-card"
          onClick={(event) => {
            if (!(event.target as HTMLElement).closest("a,button")) open?.(row);
          }}
        >
          {title && (
            <div className="desk-card-title">
              <Opener row={row} href={rowHref} open={open}>
                {title.render(row)}
              </Opener>
            </div>
          )}
          <dl>
            {lines.map((column) => (
              <div key={column.key}>
                <dt>{column.unit ? `${column.title}（${column.unit}）` : column.title}</dt>
                <dd>{column.render(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Skeleton<Row>({
  columns,
  narrow,
  label,
}: {
  columns: readonly Column<Row>[];
  narrow: boolean;
  label: string;
}) {
  return (
    <div className="desk-table-frame" role="status" aria-label={label}>
      <div aria-hidden="true">
        {Array.from({ length: narrow ? 4 : 9 }, (_, row) => (
          <div key={row} className="desk-skeleton-row">
            {columns.slice(0, narrow ? 1 : undefined).map((column) => (
              <span
                key={column.key}
                className="desk-skeleton"
                style={column.width ? { width: column.width - 24 } : { flex: 1 }}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function Foot<Row>({
  reply,
  state,
  moves,
  turn,
  busy,
  onSize,
}: {
  reply: ListReply<Row>;
  state: ListState;
  moves: ReturnType<typeof pageMoves> | undefined;
  turn: (way: "first" | "previous" | "next" | "last") => void;
  busy: boolean;
  onSize: (size: number) => void;
}) {
  const words = useShellWords();
  const locale = currentLocale();
  const total = formatCount(reply.total.count, locale);
  const needed = moves && Object.values(moves).some(Boolean);
  return (
    <div className="desk-foot">
      <span role="status">
        {words(reply.total.more ? "list.count_more" : "list.count", { total })}
        {needed && ` · ${words("list.shown", { shown: reply.items.length })}`}
        {busy && ` · ${words("list.refreshing")}`}
      </span>
      <span className="desk-tools-gap" />
      {needed && (
        <nav aria-label={words("list.pages")} className="desk-pages">
          {(["first", "previous", "next", "last"] as const).map((way) => (
            <Button key={way} size="small" disabled={!moves[way]} onClick={() => turn(way)}>
              {words(`list.${way}`)}
            </Button>
          ))}
        </nav>
      )}
      {(needed || reply.items.length > PAGE_SIZES[0]) && (
        <Select
          size="small"
          aria-label={words("list.size")}
          value={state.size}
          options={PAGE_SIZES.map((size) => ({
            value: size,
            label: words("list.size_option", { size }),
          }))}
          popupMatchSelectWidth={false}
          onChange={onSize}
        />
      )}
    </div>
  );
}
