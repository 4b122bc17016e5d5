import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Worker } from "node:worker_threads";

/**
 * PostgreSQL in the process (PGlite), in a thread of its own, so that a long query never holds up
 * requests. It is reached through a socket in a private folder by the same driver as a real server.
 */
export interface EmbeddedPostgres {
  readonly connection: { host: string; port: number; user: string; database: string };
  /** The whole database as one archive; `startEmbedded` can begin from it. */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
}

const PORT = 5432;
const SOCKET_PREFIX = "wanjia-socket-";

export async function startEmbedded(
  directory: string | null,
  dump?: Uint8Array,
): Promise<EmbeddedPostgres> {
  const socketFolder = mkdtempSync(join(tmpdir(), SOCKET_PREFIX));
  const clean = (): void => rmSync(socketFolder, { recursive: true, force: true });
  const release = directory === null ? clean : lock(directory, socketFolder, clean);
  const worker = new Worker(new URL("./embedded-worker.ts", import.meta.url), {
    workerData: {
      directory: directory === null ? null : join(directory, "postgres"),
      socket: join(socketFolder, `.s.PGSQL.${PORT}`),
      dump,
    },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.once("message", () => resolve());
      worker.once("error", reject);
    });
  } catch (error) {
    release();
    throw error;
  }
  return {
    connection: { host: socketFolder, port: PORT, user: "postgres", database: "postgres" },
    dump() {
      const dumped = new Promise<Uint8Array>((resolve) => worker.once("message", resolve));
      worker.postMessage("dump");
      return dumped;
    },
    async close() {
      const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
      worker.postMessage("close");
      await ended;
      release();
    },
  };
}

export class DatabaseInUse extends Error {
  constructor(folder: string, holder: Holder) {
    super(
      `The database in ${folder} is in use by process ${holder.pid} on ${holder.host}, started ${holder.since}. ` +
        `Stop it first, or start this one with another WANJIA_DATA.`,
    );
    this.name = "DatabaseInUse";
  }
}

interface Holder {
  pid: number;
  host: string;
  since: string;
  /** Start time of the process as the kernel counts it: a reused pid is not the same process. */
  born: string;
  /** Folder of its socket; who is killed leaves it behind. */
  socketFolder: string;
}

/** One process a folder: two on one would destroy it. Says who holds it, and steps over the dead. */
function lock(directory: string, socketFolder: string, clean: () => void): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "lock");
  const me: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    born: birthOf(process.pid),
    socketFolder,
  };
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(me), { flag: "wx", mode: 0o600 });
      return () => {
        clean();
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        clean();
        throw error;
      }
    }
    const holder = holderOf(file);
    if (holder !== null && isAlive(holder)) {
      clean();
      throw new DatabaseInUse(directory, holder);
    }
    if (holder !== null) forgetSocket(holder);
    rmSync(file, { force: true });
  }
}

function forgetSocket({ socketFolder }: Partial<Holder>): void {
  const name = basename(socketFolder ?? "");
  if (name.startsWith(SOCKET_PREFIX)) {
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function holderOf(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return birthOf(holder.pid) === holder.born;
}

function birthOf(pid: number): string {
  try {
    // Field 22 of /proc/<pid>/stat; the second field may hold spaces, so count after its bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
