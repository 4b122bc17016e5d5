/** Rows out of a CSV or XLSX file as it streams by: memory holds a piece of it, never the whole. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";

export type FileFormat = "csv" | "xlsx";
export type Bytes = AsyncIterable<Uint8Array>;

export interface TableRow {
  /** As a person counts in a spreadsheet: the header is row 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

export class UnreadableFile extends Error {}

/** A file whose first bytes were plain ASCII, and which turns out not to be UTF-8 later on. */
class OtherEncoding extends Error {}

/** Longest row and most cells that a table of addresses can honestly have. */
const MAX_ROW_CHARACTERS = 100_000;
const MAX_CELLS = 500;

/** XLSX is a ZIP; anything else is taken for text. */
export function formatOf(first: Uint8Array): FileFormat {
  return first[0] === 0x50 && first[1] === 0x4b ? "xlsx" : "csv";
}

/** The rows of a file. `open` is asked again when the file must be read in another encoding. */
export async function* readTable(
  open: () => Bytes,
  format: FileFormat,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<TableRow[]> {
  if (format === "xlsx") {
    yield* readXlsx(open(), onBytes);
    return;
  }
  let delivered = 0;
  for (const encoding of ["utf-8", "gb18030"] as const) {
    let seen = 0;
    try {
      for await (const rows of readCsv(open(), encoding, onBytes)) {
        // Read again after a change of encoding: what was ASCII so far was right and is not repeated.
        const fresh = rows.slice(Math.max(0, delivered - seen));
        seen += rows.length;
        delivered = Math.max(delivered, seen);
        if (fresh.length > 0) yield fresh;
      }
      return;
    } catch (error) {
      if (!(error instanceof OtherEncoding)) throw error;
    }
  }
  throw new UnreadableFile("neither UTF-8 nor GB 18030");
}

/** No address holds them, and the database would refuse some. */
function withoutControls(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n\r]/gu, " ");
}

async function* decode(
  source: Bytes,
  encoding: "utf-8" | "gb18030",
  onBytes: (count: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of source) {
      onBytes(chunk.length);
      yield withoutControls(decoder.decode(chunk, { stream: true }));
    }
    yield withoutControls(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) throw new OtherEncoding();
    throw error;
  }
}

/**
 * RFC 4180 with what spreadsheets make of it: semicolons or tabs between cells, bare quotes inside
 * cells, any line ending.
 */
async function* readCsv(
  source: Bytes,
  encoding: "utf-8" | "gb18030",
  onBytes: (count: number) => void,
): AsyncGenerator<TableRow[]> {
  const text = decode(source, encoding, onBytes);
  const head = await firstLine(text);
  const parser = parse({
    bom: true,
    delimiter: separatorOf(head),
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
    info: true,
  });
  const feeding = pipeline(Readable.from(chain(head, text)), parser);
  // Its failure reaches the reader below through the parser.
  feeding.catch(() => {});
  try {
    let rows: TableRow[] = [];
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      rows.push({ row: info.records + info.empty_lines, cells: record.slice(0, MAX_CELLS) });
      if (rows.length < CSV_PORTION) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile(error.message);
    throw error;
  }
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly records: number; readonly empty_lines: number };
}

const CSV_PORTION = 1000;

/** Enough of the text to hold its first line, or all of it. */
async function firstLine(text: AsyncGenerator<string>): Promise<string> {
  let head = "";
  while (!head.includes("\n") && head.length < MAX_ROW_CHARACTERS) {
    const { done, value } = await text.next();
    if (done === true) break;
    head += value;
  }
  return head;
}

async function* chain(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

function separatorOf(head: string): string {
  const line = head.split("\n", 1)[0] ?? "";
  const count = (sign: string): number => line.split(sign).length;
  return [",", ";", "\t"].toSorted((a, b) => count(b) - count(a))[0] ?? ",";
}

const XLSX_PORTION = 1000;

/** The first sheet of a workbook. */
async function* readXlsx(
  source: Bytes,
  onBytes: (count: number) => void,
): AsyncGenerator<TableRow[]> {
  const { default: excel } = await import("exceljs");
  async function* counted() {
    for await (const chunk of source) {
      onBytes(chunk.length);
      yield chunk;
    }
  }
  const book = new excel.stream.xlsx.WorkbookReader(Readable.from(counted()), {
    sharedStrings: "cache",
    styles: "cache",
    hyperlinks: "ignore",
    worksheets: "emit",
    entries: "ignore",
  });
  try {
    for await (const sheet of book) {
      let rows: TableRow[] = [];
      for await (const row of sheet) {
        const values = row.values as readonly unknown[];
        const cells = values.slice(1, MAX_CELLS + 1);
        rows.push({
          row: row.number,
          cells: Array.from(cells, (value) => withoutControls(textOf(value))),
        });
        if (rows.length >= XLSX_PORTION) {
          yield rows;
          rows = [];
        }
      }
      if (rows.length > 0) yield rows;
      return;
    }
  } catch (error) {
    throw new UnreadableFile("not a workbook", { cause: error });
  }
}

/** What a reader of the sheet sees in the cell. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "object") {
    if ("richText" in value && Array.isArray(value.richText)) {
      return value.richText.map((run: { text?: string }) => run.text ?? "").join("");
    }
    if ("result" in value) return textOf(value.result);
    if ("text" in value) return textOf(value.text);
  }
  return "";
}
