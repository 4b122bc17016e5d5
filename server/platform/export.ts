import { once } from "node:events";
import { PassThrough, type Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { FastifyReply } from "fastify";
import { record } from "./audit.ts";
import type { SignedIn } from "./http.ts";
import { type ListDefinition, portion, sortOf } from "./list.ts";
import { rethrowBadValue } from "./problem.ts";

export interface ExportColumn<Row> {
  readonly title: string;
  value(row: Row): string | number | null;
}

const PORTION = 5000;
/** Rows written before anybody else has a turn. */
const AT_ONCE = 250;

/**
 * Streams a list as CSV or XLSX: the same rows in the same order as the screen. Each portion is a
 * short transaction of its own, so that a slow reader holds nothing up and memory stays flat.
 */
export async function sendExport<Row>(
  context: SignedIn,
  options: {
    readonly format: "csv" | "xlsx";
    /** Without ending. */
    readonly name: string;
    readonly list: ListDefinition;
    readonly sort?: string | undefined;
    readonly columns: readonly ExportColumn<Row>[];
    /** What the audit trail calls it, where residents' words leave the house. */
    readonly action?: string;
  },
): Promise<FastifyReply> {
  const { reply, principal } = context;
  // Refused before the head is out: afterwards a fault can only cut the file off.
  sortOf(options.list, options.sort);
  const read = reading<Row>(context, options.list, options.sort);
  const first = await read(null).catch(rethrowBadValue);
  const { action, format } = options;
  if (action !== undefined) {
    const fact = { action, subjectKind: "bureau", subjectId: principal.bureauId };
    await context.transact((tx) => record(tx, [{ ...fact, detail: { format } }]));
  }
  const out = new PassThrough();
  const writing = (format === "csv" ? writeCsv : writeXlsx)(
    out,
    options.columns,
    rowsFrom(first, read),
  );
  writing.catch((error: Error) => {
    context.request.log.error({ err: error }, "export failed");
    out.destroy(error);
  });
  const name = encodeURIComponent(`${options.name}.${format}`);
  return reply
    .header("content-disposition", `attachment; filename*=UTF-8''${name}`)
    .header("cache-control", "no-store")
    .type(
      format === "csv"
        ? "text/csv; charset=utf-8"
        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    .send(out);
}

interface Portion<Row> {
  readonly items: Row[];
  readonly next: string | null;
}

type Read<Row> = (after: string | null) => Promise<Portion<Row>>;

function reading<Row>(
  context: SignedIn,
  list: ListDefinition,
  sort: string | undefined,
): Read<Row> {
  return (after) => context.transact((tx) => portion<Row>(tx, list, sort, after, PORTION));
}

async function* rowsFrom<Row>(first: Portion<Row>, read: Read<Row>): AsyncGenerator<Row[]> {
  for (let { items, next } = first; ;) {
    // One portion is read while the one before is written.
    const coming = next === null ? null : read(next);
    // Should the reader go away, nobody waits for the portion that was read ahead.
    coming?.catch(() => {});
    if (items.length > 0) yield items;
    if (coming === null) return;
    ({ items, next } = await coming);
  }
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, "drain");
}

export async function writeCsv<Row>(
  out: Writable,
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<Row[]>,
): Promise<void> {
  // The mark that makes Excel read UTF-8.
  await write(out, `\u{FEFF}${columns.map((column) => csvCell(column.title)).join(",")}\r\n`);
  for await (const some of rows) {
    for (let from = 0; from < some.length; from += AT_ONCE) {
      let text = "";
      for (const row of some.slice(from, from + AT_ONCE)) {
        text += `${columns.map((column) => csvCell(column.value(row))).join(",")}\r\n`;
      }
      await write(out, text);
      // Whoever else waits has a turn, and the rows that come next are taken off the database's hands.
      await setImmediate();
    }
  }
  out.end();
}

/** A cell that starts like a formula is kept as text: spreadsheets would run it. */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export async function writeXlsx<Row>(
  out: Writable,
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<Row[]>,
): Promise<void> {
  // Loaded when first needed: most servers never make a workbook, and it is large.
  const { default: excel } = await import("exceljs");
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false });
  const sheet = book.addWorksheet("Wanjia");
  sheet.columns = columns.map(({ title }) => ({ header: title, width: 18 }));
  for await (const some of rows) {
    for (const row of some) sheet.addRow(columns.map((column) => column.value(row))).commit();
    if (out.writableNeedDrain) await once(out, "drain");
  }
  sheet.commit();
  await book.commit();
}
