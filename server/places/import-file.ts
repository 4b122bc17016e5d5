/** A file on this machine into the register: `wanjia import-places`. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Id } from "@wanjia/domain/shared/id";
import { systemClock } from "../platform/clock.ts";
import { newId } from "../platform/crypto.ts";
import type { Database } from "../platform/database.ts";
import { type ImportKind, type ImportOutcome, type Mapping, runImport } from "./import.ts";
import { insertImport, updateImport } from "./queries.ts";
import { importProblems } from "./read-model.ts";
import { formatOf } from "./table-file.ts";

export interface FileImport {
  readonly importId: Id;
  readonly outcome: ImportOutcome;
  /** The first of them, for the terminal. */
  readonly problems: readonly { row: number; field: string; code: string }[];
}

const SHOWN_PROBLEMS = 50;

/** Reads a CSV or XLSX file; all of it is saved, or nothing. `progress` gets the share of bytes read. */
export async function importPlacesFile(
  database: Database,
  bureauId: Id,
  path: string,
  options: {
    readonly kind?: ImportKind;
    readonly mapping?: Mapping;
    readonly stationId?: Id;
    readonly beatId?: Id;
    progress?(share: number, rows: number): void;
  } = {},
): Promise<FileImport> {
  const { size } = await stat(path);
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
  await file.close();
  const format = formatOf(buffer);
  const importId = newId(systemClock.now());
  const kind = options.kind ?? "addresses";
  await database.asSystem(bureauId, async (tx) => {
    await insertImport(tx, {
      id: importId,
      kind,
      fileName: basename(path).slice(0, 200),
      format,
      state: "uploaded",
      memberId: null,
    });
    await updateImport(tx, importId, { bytes: size });
  });
  const outcome = await runImport({
    database,
    bureauId,
    importId,
    kind,
    format,
    open: () => createReadStream(path),
    mapping: options.mapping,
    defaults: { stationId: options.stationId, beatId: options.beatId },
    onProgress: ({ bytesRead, rowsRead }) =>
      options.progress?.(size === 0 ? 1 : Math.min(1, bytesRead / size), rowsRead),
  });
  const problems =
    outcome.state === "done"
      ? []
      : await database.asSystem(bureauId, (tx) => importProblems(tx, importId, SHOWN_PROBLEMS));
  return { importId, outcome, problems };
}
