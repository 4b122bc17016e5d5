/**
 * A file of addresses or divisions into the register: all of it or nothing.
 *
 * The file streams by once. Good rows wait in a staging table, bad ones are noted; only when the
 * whole file is good does one transaction move it into the register. A file that holds what must not
 * be collected is refused whole, with the column named, and nothing of it stays.
 */
import { type ImportedPlace, rowReader } from "@wanjia/domain/places/import";
import { guessMapping, type ImportMapping } from "@wanjia/domain/places/import-columns";
import { guessDivisionMapping, readDivision } from "@wanjia/domain/places/import-divisions";
import { columnWithIdNumber, forbiddenColumns } from "@wanjia/domain/privacy/columns";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate } from "@wanjia/domain/shared/instant";
import type { Refusal } from "@wanjia/domain/shared/result";
import { record } from "../platform/audit.ts";
import type { Database, Tx } from "../platform/database.ts";
import { areasOf } from "./areas.ts";
import * as queries from "./import-queries.ts";
import {
  type Bytes,
  type FileFormat,
  readTable,
  type TableRow,
  UnreadableFile,
} from "../platform/table-file.ts";

export type ImportKind = "addresses" | "divisions";
export type Mapping = Readonly<Record<string, number>>;

export interface ImportTask {
  readonly database: Database;
  readonly bureauId: Id;
  readonly importId: Id;
  readonly kind: ImportKind;
  readonly format: FileFormat;
  open(): Bytes;
  /** Without it, the header is guessed from. */
  readonly mapping?: Mapping | undefined;
  readonly defaults?: { stationId?: Id | undefined; beatId?: Id | undefined } | undefined;
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: { rowsRead: number; bytesRead: number; problems: number }): void;
}

export type ImportOutcome =
  | ({ readonly state: "done"; readonly rowsRead: number } & queries.Applied)
  | { readonly state: "refused"; readonly rowsRead: number; readonly problems: number }
  | { readonly state: "refused"; readonly refusal: Refusal };

/** Rows that go to the database in one statement. */
const PORTION = 4000;
/** More problems than anyone reads are counted, not kept. */
const KEPT_PROBLEMS = 10_000;

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Refuses a header that must not be there, or that is none. */
function checkHeader(header: readonly string[], kind: ImportKind): Refusal | null {
  if (header.every((name) => name.trim() === "")) return { code: "no-header" };
  const [forbidden] = forbiddenColumns(header, kind === "divisions" ? "staff" : "places");
  return forbidden === undefined
    ? null
    : { code: "forbidden-column", params: { column: forbidden.header.slice(0, 60) } };
}

export function guessFor(kind: ImportKind, header: readonly string[]): Mapping {
  return (kind === "divisions" ? guessDivisionMapping(header) : guessMapping(header)) as Mapping;
}

export interface Head {
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
}

const SAMPLE_ROWS = 20;

/** Header and first rows, for a preview; refuses what `checkHeader` and the id search refuse. */
export async function readHead(
  open: () => Bytes,
  format: FileFormat,
  kind: ImportKind,
): Promise<Head | Refusal> {
  let header: readonly string[] | null = null;
  const sample: (readonly string[])[] = [];
  try {
    for await (const rows of readTable(open, format)) {
      for (const { row, cells } of rows) {
        if (header === null) {
          header = cells.map((name) => name.trim().slice(0, 60));
          const refusal = checkHeader(header, kind);
          if (refusal !== null) return refusal;
          continue;
        }
        const column = columnWithIdNumber(cells);
        if (column >= 0) return idRefusal(header, column, row);
        sample.push(cells.map((cell) => cell.slice(0, 200)));
        if (sample.length >= SAMPLE_ROWS) break;
      }
      if (sample.length >= SAMPLE_ROWS) break;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return { code: "unreadable-file" };
    throw error;
  }
  return header === null ? { code: "no-header" } : { header, sample };
}

function idRefusal(header: readonly string[], column: number, row: number): Refusal {
  return {
    code: "id-number-in-column",
    params: { column: header[column] ?? String(column + 1), row },
  };
}

/** Runs one import to its end and leaves its state in the register. */
export async function runImport(task: ImportTask): Promise<ImportOutcome> {
  const { database, bureauId, importId } = task;
  const inBureau = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.asSystem(bureauId, work);
  await inBureau(async (tx) => {
    await queries.clearStaging(tx, importId);
    await queries.clearProblems(tx, importId);
    await queries.updateImport(tx, importId, {
      state: "running",
      rowsRead: 0,
      bytesRead: 0,
      problems: 0,
      started: true,
    });
  });
  let outcome: ImportOutcome;
  try {
    outcome =
      task.kind === "divisions"
        ? await importDivisions(task, inBureau)
        : await importAddresses(task, inBureau);
  } catch (error) {
    const refusal =
      error instanceof Refused
        ? error.refusal
        : error instanceof UnreadableFile
          ? { code: "unreadable-file" }
          : null;
    await inBureau(async (tx) => {
      await queries.clearStaging(tx, importId);
      await queries.updateImport(tx, importId, {
        state: refusal === null ? "failed" : "refused",
        finished: true,
      });
      if (refusal !== null) {
        const row = refusal.params?.["row"];
        await queries.insertProblems(tx, importId, [
          {
            row: typeof row === "number" ? row : 1,
            seq: 0,
            field: String(refusal.params?.["column"] ?? ""),
            code: refusal.code,
          },
        ]);
      }
    });
    if (refusal === null) throw error;
    return { state: "refused", refusal };
  }
  await inBureau(async (tx) => {
    await queries.clearStaging(tx, importId);
    await queries.clearChunks(tx, importId);
  });
  return outcome;
}

type InBureau = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Walks the rows of the file, checks the header, and keeps count. */
async function walk(
  task: ImportTask,
  header: (names: readonly string[]) => void,
  visit: (row: TableRow) => void | Promise<void>,
  pause: (rowsRead: number, bytesRead: number) => Promise<void> | void,
): Promise<{ rowsRead: number; bytesRead: number }> {
  let names: readonly string[] | null = null;
  let rowsRead = 0;
  let bytesRead = 0;
  for await (const rows of readTable(
    () => task.open(),
    task.format,
    (count) => (bytesRead += count),
  )) {
    task.signal?.throwIfAborted();
    for (const row of rows) {
      if (names === null) {
        names = row.cells.map((name) => name.trim());
        const refusal = checkHeader(names, task.kind);
        if (refusal !== null) throw new Refused(refusal);
        header(names);
        continue;
      }
      rowsRead += 1;
      const column = columnWithIdNumber(row.cells);
      if (column >= 0) throw new Refused(idRefusal(names, column, row.row));
      const waiting = visit(row);
      if (waiting !== undefined) await waiting;
    }
    const waiting = pause(rowsRead, bytesRead);
    if (waiting !== undefined) await waiting;
  }
  if (names === null) throw new Refused({ code: "no-header" });
  return { rowsRead, bytesRead };
}

async function importAddresses(task: ImportTask, inBureau: InBureau): Promise<ImportOutcome> {
  const { importId } = task;
  const areas = await inBureau(areasOf);
  let read: ReturnType<typeof rowReader> | null = null;
  let staged: queries.StagedPlace[] = [];
  let noted: { row: number; seq: number; field: string; code: string }[] = [];
  let problems = 0;
  // One statement is on its way while the next rows are read: parsing and saving use two cores.
  let saving: Promise<void> = Promise.resolve();
  let failure: unknown = null;
  const flush = async (rowsRead: number, bytesRead: number): Promise<void> => {
    await saving;
    if (failure !== null) throw failure;
    const [places, notes] = [staged, noted];
    staged = [];
    noted = [];
    saving = inBureau(async (tx) => {
      // Once a row is bad the file will not be saved: the rest is only read for its problems.
      if (places.length > 0 && problems === 0) await queries.insertStaged(tx, importId, places);
      await queries.insertProblems(tx, importId, notes);
      await queries.updateImport(tx, importId, { rowsRead, bytesRead, problems });
    }).catch((error: unknown) => {
      failure = error;
    });
    task.onProgress?.({ rowsRead, bytesRead, problems });
  };
  const counted = await walk(
    task,
    (header) => {
      const mapping = (task.mapping ?? guessFor("addresses", header)) as ImportMapping;
      read = rowReader(mapping, areas, task.defaults);
    },
    ({ row, cells }) => {
      const { places, problems: found } = read!(cells);
      for (const place of places)
        staged.push(Object.assign(place as ImportedPlace & { row: number }, { row }));
      found.forEach((problem, seq) => {
        if (problems < KEPT_PROBLEMS) noted.push({ row, seq, ...problem });
        problems += 1;
      });
    },
    (rowsRead, bytesRead) =>
      staged.length + noted.length < PORTION ? undefined : flush(rowsRead, bytesRead),
  );
  await flush(counted.rowsRead, counted.bytesRead);
  await saving;
  if (failure !== null) throw failure;
  if (problems === 0) {
    const conflicts = await inBureau((tx) => queries.stagedConflicts(tx, importId, KEPT_PROBLEMS));
    problems = conflicts.length;
    await inBureau((tx) =>
      queries.insertProblems(
        tx,
        importId,
        conflicts.map(({ row, code }) => ({ row, seq: 0, field: "stdCode", code })),
      ),
    );
  }
  if (problems > 0) {
    await inBureau((tx) =>
      queries.updateImport(tx, importId, {
        state: "refused",
        problems,
        ...counted,
        finished: true,
      }),
    );
    return { state: "refused", rowsRead: counted.rowsRead, problems };
  }
  await inBureau((tx) => queries.updateImport(tx, importId, { state: "applying", ...counted }));
  const applied = await inBureau(async (tx) => {
    const result = await queries.applyStaged(tx, importId, localDate(tx.now));
    await finish(tx, task, result);
    return result;
  });
  return { state: "done", rowsRead: counted.rowsRead, ...applied };
}

async function importDivisions(task: ImportTask, inBureau: InBureau): Promise<ImportOutcome> {
  const { importId } = task;
  let mapping: Mapping = {};
  const divisions: queries.ImportedDivision[] = [];
  const noted: { row: number; seq: number; field: string; code: string }[] = [];
  let problems = 0;
  const counted = await walk(
    task,
    (header) => {
      mapping = task.mapping ?? guessFor("divisions", header);
    },
    ({ row, cells }) => {
      const { division, problems: found } = readDivision(mapping, cells);
      if (division !== null) divisions.push(division);
      found.forEach((problem, seq) => {
        if (problems < KEPT_PROBLEMS) noted.push({ row, seq, ...problem });
        problems += 1;
      });
    },
    () => {},
  );
  task.onProgress?.({ ...counted, problems });
  if (problems > 0) {
    await inBureau(async (tx) => {
      await queries.insertProblems(tx, importId, noted);
      await queries.updateImport(tx, importId, {
        state: "refused",
        problems,
        ...counted,
        finished: true,
      });
    });
    return { state: "refused", rowsRead: counted.rowsRead, problems };
  }
  const applied = await inBureau(async (tx) => {
    const result = { added: 0, changed: 0, unchanged: divisions.length, repeated: 0, derived: 0 };
    for (let i = 0; i < divisions.length; i += PORTION) {
      const saved = await queries.saveDivisions(
        tx,
        divisions.slice(i, i + PORTION),
        localDate(tx.now),
      );
      result.added += saved.added;
      result.changed += saved.changed;
      result.unchanged -= saved.added + saved.changed;
    }
    await queries.updateImport(tx, importId, counted);
    await finish(tx, task, result);
    return result;
  });
  return { state: "done", rowsRead: counted.rowsRead, ...applied };
}

async function finish(tx: Tx, task: ImportTask, result: queries.Applied): Promise<void> {
  await queries.updateImport(tx, task.importId, { state: "done", result, finished: true });
  await record(tx, [
    {
      action: "places.imported",
      subjectKind: "place_import",
      subjectId: task.importId,
      detail: { kind: task.kind, ...result },
    },
  ]);
}
