/** A file on its way from a browser into the database, a quarter of a megabyte at a time. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Refusal } from "@wanjia/domain/shared/result";
import { newId } from "../platform/crypto.ts";
import type { Database, Tx } from "../platform/database.ts";
import { guessFor, type ImportKind, readHead } from "./import.ts";
import * as queries from "./import-queries.ts";
import { formatOf } from "../platform/table-file.ts";

const CHUNK = 256 * 1024;
const MAX_FILE_BYTES = 1024 * 1024 * 1024;

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** The stored file again, chunk by chunk. */
export async function* storedFile(
  database: Database,
  bureauId: Id,
  importId: Id,
): AsyncGenerator<Uint8Array> {
  for (let seq = 0; ; seq += 1) {
    const data = await database.asSystem(bureauId, (tx) => queries.readChunk(tx, importId, seq));
    if (data === undefined) return;
    yield data;
  }
}

async function* pieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    waiting.push(part);
    size += part.length;
    if (size < CHUNK) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/**
 * Takes the file in, looks at its head, and keeps it only when the head may be kept. A file with a
 * forbidden column is gone again before the answer leaves.
 */
export async function takeUpload(
  transact: Transact,
  database: Database,
  upload: {
    bureauId: Id;
    memberId: Id;
    kind: ImportKind;
    fileName: string;
    now: number;
    body: AsyncIterable<Uint8Array>;
  },
): Promise<{ id: Id } | Refusal> {
  const id = newId(upload.now);
  const { bureauId } = upload;
  let bytes = 0;
  let seq = 0;
  let format: "csv" | "xlsx" = "csv";
  const forget = async (): Promise<void> => {
    await transact(async (tx) => {
      await queries.clearChunks(tx, id);
      await queries.updateImport(tx, id, { state: "refused", finished: true });
    });
  };
  for await (const data of pieces(upload.body)) {
    bytes += data.length;
    if (seq === 0) {
      format = formatOf(data);
      await transact((tx) =>
        queries.insertImport(tx, {
          id,
          kind: upload.kind,
          fileName: upload.fileName,
          format,
          state: "uploading",
          memberId: upload.memberId,
        }),
      );
    }
    if (bytes > MAX_FILE_BYTES) {
      await forget();
      return { code: "file-too-large", params: { limit: "1 GB" } };
    }
    await transact((tx) => queries.insertChunk(tx, id, seq, data));
    seq += 1;
  }
  if (seq === 0) return { code: "no-header" };
  const head = await readHead(() => storedFile(database, bureauId, id), format, upload.kind);
  if ("code" in head) {
    await forget();
    return head;
  }
  await transact((tx) =>
    queries.updateImport(tx, id, {
      state: "uploaded",
      bytes,
      header: head.header,
      sample: head.sample,
      mapping: guessFor(upload.kind, head.header),
    }),
  );
  return { id };
}
