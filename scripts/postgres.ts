import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, globSync, mkdtempSync, chmodSync, rmSync, chownSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ThrowAwayPostgres {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Folder of PostgreSQL's programs on this machine, newest version first; `null` when there is none. */
export function postgresBinaries(): string | null {
  const debian = globSync("/usr/lib/postgresql/*/bin").toSorted().reverse();
  const onPath = (process.env["PATH"] ?? "").split(":");
  return [...debian, ...onPath].find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

/**
 * A PostgreSQL of its own in a temporary folder: durable commits as in production, nothing kept. As
 * root it runs as another user, because PostgreSQL refuses to run as root.
 */
export async function startPostgres(
  options: { settings?: Readonly<Record<string, string>>; parent?: string } = {},
): Promise<ThrowAwayPostgres> {
  const binaries = postgresBinaries();
  if (binaries === null) {
    throw new Error(
      "PostgreSQL's programs were not found. Install the package `postgresql`, or use --embedded.",
    );
  }
  const folder = mkdtempSync(join(options.parent ?? tmpdir(), "wanjia-pg-"));
  const data = join(folder, "data");
  const owner = process.getuid?.() === 0 ? userIds(["postgres", "nobody"]) : null;
  chmodSync(folder, 0o755);
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const as = owner === null ? {} : { uid: owner.uid, gid: owner.gid };
  execFileSync(
    join(binaries, "initdb"),
    ["-D", data, "-U", "wanjia", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"],
    { ...as, cwd: folder, stdio: "ignore" },
  );
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: folder,
    max_connections: "100",
    shared_buffers: "512MB",
    max_wal_size: "8GB",
    checkpoint_timeout: "30min",
    ...options.settings,
  };
  const server: ChildProcess = spawn(
    join(binaries, "postgres"),
    [
      "-D",
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    { ...as, cwd: folder, stdio: "ignore" },
  );
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const kill = (): void => void server.kill("SIGQUIT");
  process.once("exit", kill);
  await ready(join(binaries, "pg_isready"), port);
  return {
    // Through its socket in the file system: on one machine that is the shorter way.
    url: `postgres://wanjia@localhost:${port}/postgres?host=${encodeURIComponent(folder)}`,
    pid: server.pid ?? 0,
    async stop() {
      process.off("exit", kill);
      server.kill("SIGINT");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function userIds(names: readonly string[]): { uid: number; gid: number } {
  for (const name of names) {
    try {
      const [uid, gid] = ["-u", "-g"].map((flag) =>
        Number(
          execFileSync("id", [flag, name], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
          }),
        ),
      );
      if (uid !== undefined && gid !== undefined) return { uid, gid };
    } catch {
      // No such user: the next one.
    }
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and none of ${names.join(", ")} exists here.`,
  );
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === "object" && address !== null ? address.port : 0),
      );
    });
  });
}

async function ready(program: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      execFileSync(program, ["-h", "127.0.0.1", "-p", String(port), "-U", "wanjia"], {
        stdio: "ignore",
      });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("PostgreSQL did not start within ten seconds");
}
