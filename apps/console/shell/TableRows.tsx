import { Checkbox } from "antd";
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import { isFirst, isTyping, usePageKeys } from "./keyboard.ts";
import { RowOpener } from "./RowOpener.tsx";
import { rowForKey, rowWindow } from "./row-window.ts";
import type { Column, PageTurn } from "./table.ts";
import { nextSort } from "./url-state.ts";
import { useRowInHand } from "./use-row-in-hand.ts";
import { useShellWords } from "./words.ts";
import { withNote } from "./language.ts";

const ROW_HEIGHT = 44;
const HEAD_HEIGHT = 40;
const CHOICE_WIDTH = 48;

/** The rows of a page, of which those in sight are drawn; worked by keyboard. */
export function TableRows<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHref,
  open,
  sort,
  onSort,
  turn,
  page,
  stale,
  inHand,
  onTake,
  chosen,
  onChoose,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHref: ((row: Row) => string) | undefined;
  open: ((row: Row) => void) | undefined;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  turn: (way: PageTurn) => void;
  page: string;
  stale: boolean;
  /** The row that was in hand when the list was left, and how it is told. */
  inHand: string;
  onTake: (key: string) => void;
  /** Keys of the chosen rows; without it none can be chosen. */
  chosen: ReadonlySet<string> | undefined;
  onChoose: (keys: ReadonlySet<string>) => void;
}) {
  const words = useShellWords();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const keys = useMemo(() => rows.map(rowKey), [rows, rowKey]);
  const hand = useRowInHand({
    keys,
    page,
    start: inHand,
    onTake,
    scroller,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
  });
  const drawn = rowWindow(
    rows.length,
    ROW_HEIGHT,
    view.top,
    view.height,
    hand.isFocused ? hand.current : undefined,
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // On paper all rows of the page are in sight.
    const whole = () => flushSync(() => setView({ top: 0, height: Number.POSITIVE_INFINITY }));
    window.addEventListener("beforeprint", whole);
    window.addEventListener("afterprint", measure);
    return () => {
      window.removeEventListener("beforeprint", whole);
      window.removeEventListener("afterprint", measure);
      element.removeEventListener("scroll", measure);
      observer.disconnect();
    };
  }, []);
  const choose = (some: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const key of some) {
      if (on) next.add(key);
      else next.delete(key);
    }
    onChoose(next);
  };

  // From the page itself the keys lead into its list, to the row in hand.
  usePageKeys((event) => {
    const frame = scroller.current;
    if (!["j", "k"].includes(event.key) || rows.length === 0 || frame === null) return;
    if (frame.contains(event.target as Node) || !isFirst(scroller, ".desk-table-frame")) return;
    event.preventDefault();
    hand.moveTo(hand.current);
  });

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const row = rows[hand.current];
    if (event.key === "Enter" && event.target instanceof HTMLTableRowElement && row && open) {
      event.preventDefault();
      open(row);
      return;
    }
    const key = keys[hand.current];
    if (event.key === "x" && chosen && key !== undefined) {
      event.preventDefault();
      choose([key], !chosen.has(key));
      return;
    }
    if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      turn(event.key === "n" ? "next" : "previous");
      return;
    }
    const pageRows = Math.max(1, Math.floor((view.height - HEAD_HEIGHT) / ROW_HEIGHT) - 1);
    const next = rowForKey(event.key, hand.current, rows.length, pageRows);
    if (next === undefined) return;
    event.preventDefault();
    hand.moveTo(next);
  };

  return (
    <div className="desk-table-frame" ref={scroller} data-stale={stale || undefined}>
      <table className="desk-table" aria-rowcount={rows.length + 1}>
        <caption className="w-hidden">{label}</caption>
        <colgroup>
          {chosen && <col style={{ width: CHOICE_WIDTH }} />}
          {columns.map((column) => (
            <col key={column.key} {...(column.width ? { style: { width: column.width } } : {})} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {chosen && (
              <th scope="col" className="desk-choice">
                <Checkbox
                  aria-label={words("list.choose_all")}
                  checked={keys.length > 0 && keys.every((key) => chosen.has(key))}
                  indeterminate={
                    keys.some((key) => chosen.has(key)) && !keys.every((key) => chosen.has(key))
                  }
                  onChange={({ target }) => choose(keys, target.checked)}
                />
              </th>
            )}
            {columns.map((column) => {
              const title = column.unit ? withNote(column.title, column.unit) : column.title;
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
        <tbody onKeyDown={onKeyDown} {...hand.watch}>
          {drawn.before > 0 && (
            <Gap height={drawn.before} columns={columns.length + (chosen ? 1 : 0)} />
          )}
          {rows.slice(drawn.start, drawn.end).map((row, offset) => {
            const index = drawn.start + offset;
            return (
              <tr
                key={keys[index]}
                data-row={index}
                aria-rowindex={index + 2}
                tabIndex={index === hand.current ? 0 : -1}
                data-opens={open ? "" : undefined}
                onFocus={(event) => {
                  if (event.target === event.currentTarget) hand.take(index);
                }}
                onClick={(event) => {
                  if (!open || (event.target as HTMLElement).closest("a,button,input,label"))
                    return;
                  if (globalThis.getSelection()?.toString()) return;
                  open(row);
                }}
              >
                {chosen && (
                  <td className="desk-choice">
                    <Checkbox
                      tabIndex={-1}
                      aria-label={words("list.choose_row", { number: index + 1 })}
                      checked={chosen.has(keys[index] ?? "")}
                      onChange={({ target }) =>
                        choose(keys.slice(index, index + 1), target.checked)
                      }
                    />
                  </td>
                )}
                {columns.map((column, at) => {
                  const content = column.render(row);
                  return (
                    <td
                      key={column.key}
                      data-align={column.align}
                      {...(typeof content === "string" ? { title: content } : {})}
                    >
                      {at === 0 ? (
                        <RowOpener row={row} href={rowHref} open={open} inTable>
                          {content}
                        </RowOpener>
                      ) : (
                        content
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {drawn.after > 0 && (
            <Gap height={drawn.after} columns={columns.length + (chosen ? 1 : 0)} />
          )}
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden="true" className="desk-gap" style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );
}
