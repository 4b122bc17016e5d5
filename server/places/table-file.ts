/** Rows out of a CSV or XLSX file as it streams by: memory holds a piece of it, never the whole. */
import { Readable } from "node:stream";

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

async function* decode(
  source: Bytes,
  encoding: "utf-8" | "gb18030",
  onBytes: (count: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of source) {
      onBytes(chunk.length);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new OtherEncoding();
    throw error;
  }
}

/**
 * RFC 4180 with what spreadsheets make of it: semicolons or tabs between cells, bare quotes inside
 * cells, any line ending. A quick way for lines without quotes, which are nearly all.
 */
async function* readCsv(
  source: Bytes,
  encoding: "utf-8" | "gb18030",
  onBytes: (count: number) => void,
): AsyncGenerator<TableRow[]> {
  let rest = "";
  let row = 0;
  let separator = "";
  for await (const piece of decode(source, encoding, onBytes)) {
    rest += piece;
    const rows: TableRow[] = [];
    let start = 0;
    for (;;) {
      const end = lineEnd(rest, start);
      if (end < 0) break;
      const line = rest.slice(start, end > start && rest[end - 1] === "\r" ? end - 1 : end);
      start = end + 1;
      row += 1;
      if (separator === "") separator = separatorOf(line);
      if (line !== "") rows.push({ row, cells: cellsOf(line, separator) });
    }
    rest = rest.slice(start);
    if (rest.length > MAX_ROW_CHARACTERS) throw new UnreadableFile(`row ${row + 1} does not end`);
    if (rows.length > 0) yield rows;
  }
  const last = rest.replace(/\r$/, "");
  if (last !== "") yield [{ row: row + 1, cells: cellsOf(last, separator || separatorOf(last)) }];
}

/** End of the line that begins at `start`; quotes may hold line ends. -1 when it is not here yet. */
function lineEnd(text: string, start: number): number {
  let end = text.indexOf("\n", start);
  if (end < 0) return -1;
  const quote = text.indexOf('"', start);
  if (quote < 0 || quote > end) return end;
  let inside = false;
  for (let i = start; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === 34) inside = !inside;
    else if (sign === 10 && !inside) return i;
    // A stray quote must not swallow the file.
    if (i - start > MAX_ROW_CHARACTERS) break;
  }
  if (text.length - start <= MAX_ROW_CHARACTERS) return -1;
  end = text.indexOf("\n", start);
  return end;
}

function separatorOf(header: string): string {
  const count = (sign: string): number => header.split(sign).length;
  return [",", ";", "\t"].toSorted((a, b) => count(b) - count(a))[0]!;
}

function cellsOf(line: string, separator: string): string[] {
  const text = line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
  if (!text.includes('"')) return text.split(separator, MAX_CELLS);
  const cells: string[] = [];
  let cell = "";
  let inside = false;
  for (let i = 0; i < text.length && cells.length < MAX_CELLS; i++) {
    const sign = text[i]!;
    if (inside) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else inside = false;
    } else if (sign === '"' && cell === "") inside = true;
    else if (sign === separator) {
      cells.push(cell);
      cell = "";
    } else cell += sign;
  }
  cells.push(cell);
  return cells;
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
        rows.push({ row: row.number, cells: Array.from(cells, textOf) });
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
