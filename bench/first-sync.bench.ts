import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { chromium, type Page } from "playwright-core";
import type pg from "pg";
import { CITY, PASSWORD } from "../server/testing-city.ts";
import {
  type BenchServer,
  fillFixtureCity,
  openBenchDatabase,
  round,
  startBenchServer,
} from "./harness.ts";
import type { BenchOptions } from "./run.ts";

export const name = "first-sync";

const HOMES = 7000;
const HOMES_ON_A_FLOOR = 4;
const FLOORS_IN_AN_ENTRANCE = 12;
const ENTRANCES_IN_A_BUILDING = 2;
const RECORDS = 34_000;
const PULLS = 8;
const LIMITS = { secondsAllIn: 10, packageBytes: 3_000_000, serverCpuMs: 300 } as const;

export async function run(options: BenchOptions) {
  const target = await openBenchDatabase(options);
  let server: BenchServer | undefined;
  try {
    const database = await fillFixtureCity(target);
    const records = await fillBeat(database.pool);
    await database.close();
    server = await startBenchServer(target);
    const pulled = await measurePulls(server, () => target.cpuMs());
    const phone = await measurePhone(server);
    const musts = {
      records: pulled.records >= RECORDS,
      secondsAllIn: phone.seconds <= LIMITS.secondsAllIn,
      package: pulled.zstdBytes <= LIMITS.packageBytes,
      serverCpu: pulled.serverCpuMs <= LIMITS.serverCpuMs,
    };
    return {
      ok: Object.values(musts).every(Boolean),
      missed: Object.entries(musts).flatMap(([must, kept]) => (kept ? [] : [must])),
      stored: records,
      ...pulled,
      secondsAllIn: round(phone.seconds, 2),
    };
  } finally {
    await server?.stop();
    await target.drop();
  }
}

/** A beat of 34,000 records: homes in their buildings, each with its door, and matters. */
async function fillBeat(pool: pg.Pool): Promise<number> {
  const { bureau, stations, beats, communities, members } = CITY;
  const place = { bureau_id: bureau, station_id: stations.first, beat_id: beats.east };
  const common = { ...place, community_id: communities.east, status: "confirmed" };
  const places: Record<string, unknown>[] = [];
  const homes: { id: Id; building: Id }[] = [];
  const anId = (): Id => uuidv7(Date.now(), randomBytes(10));
  const pad = (n: number): string => String(n).padStart(4, "0");
  for (let b = 1; homes.length < HOMES; b += 1) {
    const building = anId();
    const estate = `云亭花园${Math.ceil(b / 12)}区`;
    const parts = { ...common, building_id: building, estate_name: estate, building_no: String(b) };
    const add = (kind: string, parent: Id | null, text: string, more: object, id = anId()): Id => {
      const full = `${estate}${b}幢${text}`;
      const sort = `pull ${pad(b)} ${places.length}`;
      places.push({
        ...parts,
        id,
        kind,
        parent_id: parent,
        full_text: full,
        sort_key: sort,
        ...more,
      });
      return id;
    };
    add("building", null, "", {}, building);
    for (let e = 1; e <= ENTRANCES_IN_A_BUILDING; e += 1) {
      const at = { entrance_no: String(e) };
      const entrance = add("entrance", building, `${e}单元`, at);
      for (let f = 1; f <= FLOORS_IN_AN_ENTRANCE; f += 1) {
        const on = { ...at, floor_no: String(f) };
        const floor = add("floor", entrance, `${e}单元${f}层`, on);
        for (let h = 1; h <= HOMES_ON_A_FLOOR && homes.length < HOMES; h += 1) {
          const unit = `${f}0${h}`;
          const home = { ...on, unit_no: unit, use: "residential" };
          const id = add("dwelling_unit", floor, `${e}单元${unit}室`, home);
          homes.push({ id, building });
        }
      }
    }
  }
  await pool.query(
    `insert into place (bureau_id, id, station_id, beat_id, community_id, parent_id, building_id, kind, estate_name, building_no, entrance_no,
        floor_no, unit_no, full_text, sort_key, use, status, valid_from)
      select bureau_id, id, station_id, beat_id, community_id, parent_id, building_id, kind, estate_name, building_no, entrance_no,
        floor_no, unit_no, full_text, sort_key, use, status, '2026-01-01'
      from jsonb_populate_recordset(null::place, $1::jsonb)`,
    [JSON.stringify(places)],
  );
  const campaign = anId();
  const doors = homes.map(({ id, building }, i) => {
    const at = Date.now() - (i % 86_400) * 1000;
    const met = i % 2 === 0;
    const state = {
      version: 1,
      attempts: [
        { id: anId(), at, trace: met ? "met" : "absent", ...(met ? {} : { cardLeft: true }) },
      ],
      campaigns: [
        {
          id: campaign,
          attempts: 1,
          met: met ? 1 : 0,
          absent: { daytime: 0, evening: met ? 0 : 1, weekend: 0 },
          latest: { at, trace: met ? "met" : "absent" },
        },
      ],
      months: met ? { "2026-11": 1 } : {},
      outside: { attempts: 0, met: 0 },
      lastContactOn: met ? "2026-11-10" : null,
    };
    return { ...place, id, building_id: building, version: 1, state };
  });
  await pool.query(
    `insert into door (bureau_id, id, station_id, beat_id, building_id, version, state)
      select bureau_id, id, station_id, beat_id, building_id, version, state from jsonb_populate_recordset(null::door, $1::jsonb)`,
    [JSON.stringify(doors)],
  );
  const matters = Array.from({ length: RECORDS - places.length - doors.length }, (_, i) => {
    const home = homes[(i * 31) % homes.length] as { id: Id };
    return {
      ...place,
      id: anId(),
      number: `M${String(i).padStart(7, "0")}`,
      place_id: home.id,
      text: `楼道${i % 12}层的灯不亮，老人晚上上下楼不方便，希望物业尽快修好。`,
      registered_at: new Date(Date.now() - i * 60_000).toISOString(),
    };
  });
  await pool.query(
    `insert into matter (bureau_id, id, number, kind, subtype, state, version, station_id, beat_id, place_id, campaign_ids, origin, reporter,
        text, feedback, anonymous, responsible_id, registered_at, due_on, reopened, rest)
      select bureau_id, id, number, 'service_request', 'other', 'registered', 1, station_id, beat_id, place_id, '{}', 'visit', 'resident',
        text, 'in_person', false, $2, registered_at, '2026-12-01', 0, '{}'
      from jsonb_populate_recordset(null::matter, $1::jsonb)`,
    [JSON.stringify(matters), members.officer.id],
  );
  await pool.query("vacuum analyze");
  return places.length + doors.length + matters.length;
}

async function measurePulls(server: BenchServer, databaseCpu: () => number) {
  const device = uuidv7(Date.now(), randomBytes(10));
  const cookie = await server.signIn("officer", device);
  const headers = { cookie, "x-wanjia-csrf": "1", "content-type": "application/json" };
  await fetch(`${server.address}/api/v1/sync/devices`, {
    method: "POST",
    headers,
    body: JSON.stringify({ id: device, name: "压测", protocol: 2 }),
  });
  const pull = async (encoding: string) => {
    const address = `${server.address}/api/v1/sync/pull?device=${device}&beat=${CITY.beats.east}`;
    // `fetch` would unpack it; the bytes on the wire are what counts.
    const { get } = await import("node:http");
    return new Promise<Buffer>((resolve, reject) => {
      get(address, { headers: { ...headers, "accept-encoding": encoding } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => resolve(Buffer.concat(chunks)));
      }).on("error", reject);
    });
  };
  const plain = (await pull("identity")).toString();
  const gzip = await pull("gzip");
  const zstd = await pull("zstd");
  const before = { server: server.cpuMs(), database: databaseCpu(), time: performance.now() };
  for (let i = 0; i < PULLS; i += 1) await pull("zstd");
  return {
    records: plain.split("\n").filter((line) => line.startsWith("[")).length,
    plainBytes: Buffer.byteLength(plain),
    gzipBytes: gzip.length,
    zstdBytes: zstd.length,
    serverCpuMs: round((server.cpuMs() - before.server) / PULLS),
    databaseCpuMs: round((databaseCpu() - before.database) / PULLS),
    pullMs: round((performance.now() - before.time) / PULLS),
    rssMb: server.rssMb(),
  };
}

/** From the last digit of the new PIN, when the phone begins to fetch, until all of it is stored. */
async function measurePhone(server: BenchServer): Promise<{ seconds: number }> {
  const built = fileURLToPath(new URL("../apps/field/dist/index.html", import.meta.url));
  if (!existsSync(built)) throw new Error("The phone app is not built. Run: npm run build");
  const system = "/usr/bin/chromium";
  const { default: packed } = await import("@sparticuz/chromium");
  const browser = await chromium.launch({
    executablePath: existsSync(system) ? system : await packed.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
    context.setDefaultTimeout(90_000);
    const page = await context.newPage();
    await page.goto(`${server.address}/field/`);
    await page.locator('input[name="login"]').fill(CITY.members.officer.login);
    await page.locator('input[type="password"]').fill(PASSWORD);
    await page.locator("form button[type=submit]").click();
    await enterPin(page);
    await page.waitForTimeout(500);
    await enterPin(page);
    const began = performance.now();
    while (!(await page.evaluate(hasSynced))) {
      if (performance.now() - began > 180_000) throw new Error("the phone never finished");
      await page.waitForTimeout(50);
    }
    return { seconds: (performance.now() - began) / 1000 };
  } finally {
    await browser.close();
  }
}

async function enterPin(page: Page): Promise<void> {
  await page.locator(".pin").waitFor();
  for (const digit of "402917") await page.locator(`.pin button[aria-label="${digit}"]`).click();
}

/** In the browser: whether the store says that a sync came to its end. */
async function hasSynced(): Promise<boolean> {
  const request = indexedDB.open("wanjia-field");
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    if (!database.objectStoreNames.contains("meta")) return false;
    const read = database.transaction("meta").objectStore("meta").get("lastSync");
    return await new Promise<boolean>((resolve, reject) => {
      read.onsuccess = () => resolve(read.result !== undefined);
      read.onerror = () => reject(read.error);
    });
  } finally {
    database.close();
  }
}
