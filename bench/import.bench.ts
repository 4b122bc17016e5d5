/**
 * 1.9 million addresses from a CSV file into the register, on an empty database and then again
 * unchanged. `WANJIA_TOWNSHIPS` names a list of townships (`code,name,…`) to build them on.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import pg from "pg";
import { insertBureau, insertUnits } from "../server/organisation/queries.ts";
import { systemClock } from "../server/platform/clock.ts";
import { newId } from "../server/platform/crypto.ts";
import { Database } from "../server/platform/database.ts";
import { migrate } from "../server/platform/migrate.ts";
import { runImport } from "../server/places/import.ts";
import { insertImport } from "../server/places/queries.ts";
import {
  type AddressPlan,
  addressFile,
  communityCodes,
  FICTIONAL_TOWNSHIPS,
  townshipsOf,
} from "./addresses.ts";
import type { BenchOptions } from "./run.ts";

export const name = "import";

const UNITS = 1_900_000;
const LIMIT_SECONDS = 300;
const BUREAU = "01990000-0000-7000-8000-0000000000b1";

export async function run(
  options: BenchOptions & { readonly units?: number },
): Promise<{ ok: boolean; [figure: string]: unknown }> {
  const units = options.units ?? (options.quick ? 20_000 : UNITS);
  const place = await openDatabase(options);
  try {
    const list = process.env["WANJIA_TOWNSHIPS"];
    const townships =
      list === undefined ? FICTIONAL_TOWNSHIPS : townshipsOf(readFileSync(list, "utf8"));
    const plan: AddressPlan = { townships, communitiesPerTownship: 10, units, seed: "import" };
    await prepare(place.database, plan);
    const first = await once(place.database, plan);
    const again = await once(place.database, plan);
    const ok =
      first.outcome.state === "done" &&
      again.outcome.state === "done" &&
      again.outcome.added === 0 &&
      again.outcome.changed === 0 &&
      first.seconds < LIMIT_SECONDS;
    return {
      ok,
      units,
      townships: townships.length,
      firstSeconds: first.seconds,
      unitsPerSecond: Math.round(units / first.seconds),
      first: first.outcome,
      againSeconds: again.seconds,
      again: again.outcome,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
      limitSeconds: LIMIT_SECONDS,
    };
  } finally {
    await place.close();
  }
}

async function once(database: Database, plan: AddressPlan) {
  const importId = newId(systemClock.now());
  await database.asSystem(BUREAU, (tx) =>
    insertImport(tx, {
      id: importId,
      kind: "addresses",
      fileName: "addresses.csv",
      format: "csv",
      state: "uploaded",
      memberId: null,
    }),
  );
  const start = performance.now();
  let last = start;
  const outcome = await runImport({
    database,
    bureauId: BUREAU,
    importId,
    kind: "addresses",
    format: "csv",
    open: () => addressFile(plan),
    onProgress({ rowsRead }) {
      if (performance.now() - last < 5000) return;
      last = performance.now();
      console.log(`${rowsRead} rows after ${Math.round((last - start) / 1000)} s`);
    },
  });
  return { outcome, seconds: Math.round((performance.now() - start) / 100) / 10 };
}

async function prepare(database: Database, plan: AddressPlan): Promise<void> {
  await migrate(database);
  const id = (kind: number, n: number): string =>
    `01990000-0000-7000-8000-${kind}${String(n).padStart(11, "0")}`;
  const codes = communityCodes(plan);
  await database.asSystem(BUREAU, async (tx) => {
    await insertBureau(tx, {
      id: BUREAU,
      code: "990100000000",
      name: "云汀市公安局",
      nameEn: "Yunting",
      website: "",
      privacyContact: "",
    });
    const beatOf = (i: number): number => Math.floor((i * 420) / codes.length);
    await insertUnits(tx, {
      stations: Array.from({ length: 50 }, (_, i) => ({
        id: id(1, i),
        code: `9901${String(i).padStart(8, "0")}`,
        name: `${i}所`,
        nameEn: `Station ${i}`,
        shortName: `${i}`,
        dutyPhone: "",
        address: "",
      })),
      beats: Array.from({ length: 420 }, (_, i) => ({
        id: id(2, i),
        stationId: id(1, Math.floor((i * 50) / 420)),
        code: `B${i}`,
        name: `${i}`,
        nameEn: `${i}`,
        outline: null,
      })),
      communities: codes.map((divisionCode, i) => ({
        id: id(3, i),
        divisionCode,
        name: `社区${divisionCode}`,
        kind: "residents_committee",
        stationId: id(1, Math.floor((beatOf(i) * 50) / 420)),
        beatId: id(2, beatOf(i)),
      })),
      grids: [],
      members: [],
      postings: [],
      liaisons: [],
      partners: [],
    });
  });
}

/** The database named, the embedded one in memory, or a PostgreSQL of this machine, thrown away afterwards. */
async function openDatabase(
  options: BenchOptions,
): Promise<{ database: Database; close(): Promise<void> }> {
  if (options.embedded) {
    const database = await Database.open({ directory: null, clock: systemClock });
    return { database, close: () => database.close() };
  }
  const cluster = options.databaseUrl === undefined ? throwAwayCluster() : null;
  const url = new URL(options.databaseUrl ?? cluster!.url);
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  const base = `wanjia_bench_import_${process.pid}`;
  await admin.query(`create database ${base}`);
  url.pathname = `/${base}`;
  const database = await Database.open({ url: url.href, directory: null, clock: systemClock });
  return {
    database,
    async close() {
      await database.close();
      await admin.query(`drop database ${base} with (force)`);
      await admin.end();
      cluster?.stop();
    },
  };
}

function throwAwayCluster(): { url: string; stop(): void } {
  const bin = ["18", "17", "16", "15"]
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
    .find((folder) => existsSync(folder));
  if (bin === undefined) throw new Error("No PostgreSQL found: give --database-url or --embedded.");
  const folder = mkdtempSync(join(tmpdir(), "wanjia-bench-"));
  // PostgreSQL refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  if (asRoot) execFileSync("chown", ["postgres", folder]);
  const sh = (command: string): void => {
    execFileSync(
      asRoot ? "su" : "sh",
      asRoot ? ["postgres", "-s", "/bin/sh", "-c", command] : ["-c", command],
      { stdio: "ignore" },
    );
  };
  const port = 54_000 + (process.pid % 1000);
  sh(`${bin}/initdb -D ${folder}/data -U postgres -E UTF8 --locale=C.UTF-8 -A trust`);
  sh(
    `${bin}/pg_ctl -D ${folder}/data -o "-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_wal_size=4GB" -l ${folder}/log -w start`,
  );
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      spawnSync("sh", [
        "-c",
        asRoot
          ? `su postgres -s /bin/sh -c "${bin}/pg_ctl -D ${folder}/data -m immediate stop"`
          : `${bin}/pg_ctl -D ${folder}/data -m immediate stop`,
      ]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
