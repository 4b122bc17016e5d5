/** A list of items that may go back, out of a file: all of it or nothing. */
import {
  fieldOf,
  type ImportedItem,
  type PropertyField,
  type PropertyMapping,
  readHeader,
  readItem,
} from "@wanjia/domain/property/import";
import { PROPERTY_LIMITS } from "@wanjia/domain/property/terms";
import { columnWithIdNumber, forbiddenColumns, squeeze } from "@wanjia/domain/privacy/columns";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { isForbidden } from "@wanjia/domain/privacy/terms";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { formatOf, readTable, UnreadableFile } from "../platform/table-file.ts";

export interface ListFile {
  readonly items: readonly ImportedItem[];
  readonly problems: readonly { readonly row: number; readonly field: PropertyField }[];
}

/** More than anyone reads is not told. */
const TOLD_PROBLEMS = 50;

/** Refuses a header that must not be there, that the list doesn't have, or that is missing. */
function mappingOf(header: readonly string[]): Result<PropertyMapping> {
  if (header.every((name) => name.trim() === "")) return refuse("no-header");
  const others = header.filter((name) => fieldOf(squeeze(name)) === null);
  const [forbidden] = forbiddenColumns(others, "property");
  if (forbidden !== undefined) {
    return refuse("forbidden-column", { column: forbidden.header.slice(0, 60) });
  }
  const read = readHeader(header, squeeze);
  return "mapping" in read
    ? accept(read.mapping)
    : refuse(read.code, { column: read.column.slice(0, 60) });
}

/** All bytes of a request, or a refusal when they are more than a list can honestly have. */
async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Result<Buffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size <= PROPERTY_LIMITS.fileBytes) parts.push(part);
  }
  return size > PROPERTY_LIMITS.fileBytes
    ? refuse("file-too-large", { limit: "2 MB" })
    : accept(Buffer.concat(parts));
}

/** Reads a file that was sent. Nothing of it is kept here; what must not be in it refuses it whole. */
export async function readList(
  source: AsyncIterable<Uint8Array>,
  today: LocalDate,
): Promise<Result<ListFile>> {
  const bytes = await bytesOf(source);
  if (!bytes.ok) return bytes;
  try {
    return await readRows(bytes.value, today);
  } catch (error) {
    if (error instanceof UnreadableFile) return refuse("unreadable-file");
    throw error;
  }
}

async function readRows(bytes: Buffer, today: LocalDate): Promise<Result<ListFile>> {
  const open = async function* () {
    yield bytes;
  };
  const forbidden = (text: string): boolean => inspectText(text).some(isForbidden);
  const items: ImportedItem[] = [];
  const problems: { row: number; field: PropertyField }[] = [];
  const numbers = new Set<string>();
  let header: readonly string[] | null = null;
  let mapping: PropertyMapping = {};
  for await (const rows of readTable(open, formatOf(bytes))) {
    for (const { row, cells } of rows) {
      const idColumn = columnWithIdNumber(cells);
      if (idColumn >= 0) {
        const column = header?.[idColumn] ?? String(idColumn + 1);
        return refuse("id-number-in-column", { column: column.slice(0, 60), row });
      }
      if (header === null) {
        header = cells.map((name) => name.trim());
        const known = mappingOf(header);
        if (!known.ok) return known;
        mapping = known.value;
        continue;
      }
      if (cells.every((cell) => cell.trim() === "")) continue;
      if (cells.length > header.length)
        return refuse("unknown-column", { column: `#${cells.length}` });
      const read = readItem(mapping, cells, { today, forbidden });
      if ("problems" in read) {
        for (const { field } of read.problems) problems.push({ row, field });
        continue;
      }
      if (numbers.has(read.item.registerNo)) problems.push({ row, field: "registerNo" });
      numbers.add(read.item.registerNo);
      items.push(read.item);
      if (items.length > PROPERTY_LIMITS.rows) {
        return refuse("file-too-large", { limit: `${PROPERTY_LIMITS.rows}` });
      }
    }
  }
  if (header === null) return refuse("no-header");
  return accept({ items, problems: problems.slice(0, TOLD_PROBLEMS) });
}
