/**
 * 1.9 million addresses from a CSV file into the register, on an empty database and then again
 * unchanged. `WANJIA_TOWNSHIPS` names a list of townships (`code,name,…`) to build them on.
 */
import { readFileSync } from "node:fs";
import { insertBureau, insertUnits } from "../server/organisation/queries.ts";
import { systemClock } from "../server/platform/clock.ts";
import { newId } from "../server/platform/crypto.ts";
import { Database } from "../server/platform/database.ts";
import { migrate } from "../server/platform/migrate.ts";
import { runImport } from "../server/places/import.ts";
import { insertImport } from "../server/places/import-queries.ts";
import {
  type AddressPlan,
  addressFile,
  communityCodes,
  FICTIONAL_TOWNSHIPS,
  townshipsOf,
} from "./addresses.ts";
import { openBenchDatabase } from "./harness.ts";
import type { BenchOptions } from "./run.ts";

export const name = "import";

const UNITS = 1_900_000;
const LIMIT_SECONDS = 300;
const BUREAU = "01990000-0000-7000-8000-0000000000b1";

export async function run(
  options: BenchOptions & { readonly units?: number },
): Promise<{ ok: boolean; [figure: string]: unknown }> {
  const units = options.units ?? (options.quick ? 20_000 : UNITS);
  const target = await openBenchDatabase(options);
  const database = await Database.open({
    ...(target.url === undefined ? {} : { url: target.url }),
    directory: target.folder,
    clock: systemClock,
  });
  try {
    const list = process.env["WANJIA_TOWNSHIPS"];
    const townships =
      list === undefined ? FICTIONAL_TOWNSHIPS : townshipsOf(readFileSync(list, "utf8"));
    const plan: AddressPlan = { townships, communitiesPerTownship: 10, units, seed: "import" };
    await prepare(database, plan);
    const first = await once(database, plan);
    const again = await once(database, plan);
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
    await database.close();
    await target.drop();
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
