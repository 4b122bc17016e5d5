import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, mock, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createApp } from "./app.ts";
import { main } from "./cli.ts";
import { principalFinder } from "./organisation/principal.ts";
import { insertUnits } from "./organisation/queries.ts";
import { bureauIds } from "./organisation/read-model.ts";
import { systemClock } from "./platform/clock.ts";
import { newId } from "./platform/crypto.ts";
import { openServices, settingsOf } from "./platform/start.ts";
import { clientOf, emptyDatabase } from "./testing.ts";

const folder = mkdtempSync(join(tmpdir(), "wanjia-cli-"));
const postgres = process.env["TEST_DATABASE_URL"];
const empty = postgres === undefined ? null : await emptyDatabase(postgres);
const environment = {
  WANJIA_DATA: join(folder, "data"),
  ...(empty === null ? {} : { DATABASE_URL: empty.url }),
};
before(() => Object.assign(process.env, environment));
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await empty?.drop();
});

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command on a database of its own: in this process, as loading it anew takes long. */
async function wanjia(words: readonly string[]): Promise<Said> {
  let [out, error] = ["", ""];
  const log = mock.method(console, "log", (line: unknown) => (out += `${String(line)}\n`));
  const complain = mock.method(console, "error", (line: unknown) => (error += `${String(line)}\n`));
  try {
    const code = await main(words);
    return { code, out, error };
  } finally {
    log.mock.restore();
    complain.mock.restore();
  }
}

/** Runs the command as a person does, with something to read from standard input. */
function wanjiaWith(input: string, words: readonly string[]): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL("./cli.ts", import.meta.url)), ...words],
      { env: { PATH: process.env["PATH"], ...environment } },
    );
    let [out, error] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, error }));
    child.stdin.end(input);
  });
}

test("help names every command, and explains one", async () => {
  const all = await wanjia(["help"]);
  assert.equal(all.code, 0);
  for (const name of [
    "migrate",
    "create-bureau",
    "add-member",
    "set-password",
    "import-places",
    "load-workdays",
    "verify-figures",
  ]) {
    assert.match(all.out, new RegExp(`^ {2}${name} `, "m"));
  }
  const one = await wanjia(["help", "import-places"]);
  assert.match(one.out, /^wanjia import-places FILE/);
});

test("an order that is not understood exits with 2 and says how it goes", async () => {
  for (const words of [
    ["fly"],
    ["create-bureau", "--code", "990100000000"],
    ["create-bureau", "--colour", "blue"],
    ["migrate", "now"],
  ]) {
    const { code, error } = await wanjia(words);
    assert.equal(code, 2, `${words.join(" ")}: ${error}`);
    assert.match(error, /wanjia/);
  }
});

test("from an empty folder to an administrator who signs in", async () => {
  assert.equal((await wanjia(["migrate"])).code, 0);
  const lonely = await wanjia(["verify-figures", "--bureau", "990100000000"]);
  assert.equal(lonely.code, 1);
  assert.match(lonely.error, /no bureau 990100000000/);

  const made = ["create-bureau", "--code", "990100000000", "--name", "云汀市公安局"];
  assert.equal((await wanjia(made)).code, 0);
  const again = await wanjia(made);
  assert.equal(again.code, 1);
  assert.match(again.error, /already/);

  const member = ["add-member", "--login", "wei.admin", "--name", "邓维", "--number", "A1"];
  const role = ["--role", "sys_admin", "--not-sworn"];
  const short = await wanjiaWith("short\n", [...member, ...role, "--password-stdin"]);
  assert.equal(short.code, 2);
  const officer = await wanjia([...member, "--role", "community_officer", "--password-stdin"]);
  assert.match(officer.error, /held at a beat/);
  const added = await wanjiaWith("river stone 26\n", [...member, ...role, "--password-stdin"]);
  assert.equal(added.code, 0, added.error);
  const taken = await wanjia([...member, ...role, "--password-stdin"]);
  assert.equal(taken.code, 1);
  const changed = await wanjiaWith("another stone 27\n", [
    "set-password",
    "--login",
    "wei.admin",
    "--password-stdin",
  ]);
  assert.equal(changed.code, 0, changed.error);

  await withServices(async (services) => {
    const app = await createApp({ services, log: "silent" });
    const client = clientOf(app, "");
    const wrong = await client.post("/session", { login: "wei.admin", password: "river stone 26" });
    assert.notEqual(wrong.status, 200);
    const right = await client.post("/session", {
      login: "wei.admin",
      password: "another stone 27",
    });
    assert.equal(right.status, 200);
    assert.equal(right.body.role, "sys_admin");
    await app.close();
  });
});

test("a file of addresses is imported whole, or nothing of it, with a report", async () => {
  await withServices(async ({ database }) => {
    const [bureau] = await database.asSystem(null, bureauIds);
    const station = newId(systemClock.now());
    const beat = newId(systemClock.now());
    await database.asSystem(bureau ?? "", (tx) =>
      insertUnits(tx, {
        stations: [
          {
            id: station,
            code: "990101500000",
            name: "月桥派出所",
            nameEn: "Yueqiao",
            shortName: "月桥所",
            dutyPhone: "",
            address: "",
          },
        ],
        beats: [
          {
            id: beat,
            stationId: station,
            code: "B1",
            name: "锦洲",
            nameEn: "Jinzhou",
            outline: null,
          },
        ],
        communities: [
          {
            id: newId(systemClock.now()),
            divisionCode: "990101001001",
            name: "锦洲社区",
            kind: "residents_committee",
            stationId: station,
            beatId: beat,
          },
        ],
        grids: [],
        members: [],
        postings: [],
        liaisons: [],
        partners: [],
      }),
    );
  });
  const file = join(folder, "addresses.csv");
  const report = join(folder, "problems.csv");
  const write = (...lines: string[]): void => writeFileSync(file, lines.join("\r\n"));
  const good = "990101001001,月桥路,8,月桥苑,1,2,502";

  write("社区代码,街路巷,门牌号,小区,幢,单元,室", good, "000000000000,月桥路,8,月桥苑,1,2,503");
  const bad = await wanjia(["import-places", file, "--report", report]);
  assert.equal(bad.code, 1);
  assert.match(bad.error, /row 3: unknown-community/);
  assert.match(readFileSync(report, "utf8"), /^\ufeffrow,field,problem\r\n3,/);

  write("社区代码,身份证号,室", "990101001001,x,502");
  const forbidden = await wanjia(["import-places", file]);
  assert.equal(forbidden.code, 1);
  assert.match(forbidden.error, /身份证号/);

  write("社区代码,街路巷,门牌号,小区,幢,单元,室", good);
  const done = await wanjia(["import-places", file]);
  assert.equal(done.code, 0, done.error);
  assert.match(done.out, /1 rows: 1 added/);

  write("元旦放假三天");
  const days = await wanjia(["load-workdays", file, "--year", "2020", "--source", "国办"]);
  assert.deepEqual([days.code, /refused: workdays-year-over/.test(days.error)], [1, true]);

  const missing = await wanjia(["import-places", join(folder, "nothing.csv")]);
  assert.match(missing.error, /no file/);
  const verified = await wanjia(["verify-figures"]);
  assert.equal(verified.code, 0, verified.error);
  assert.match(verified.out, /No difference/);
});

test("a figure that its records don't bear out is named, and the order fails", async () => {
  const planted = (what: string) =>
    withServices(async ({ database }) => {
      await database.pool.query(what);
    });
  const nil = "00000000-0000-0000-0000-000000000000";
  await planted(
    `insert into tally (bureau_id, campaign_id, grain, level, period, station_id, beat_id, counters)
     select bureau_id, '${nil}', 'month', 'bureau', '2026-11', '${nil}', '${nil}', '{"attempts": 7}'
     from bureau`,
  );
  const found = await wanjia(["verify-figures"]);
  assert.equal(found.code, 1);
  assert.match(found.error, /2026-11.* attempts: 7 kept, 0 counted anew/);
  assert.match(found.error, /1 figures differ from the records/);
  await planted("delete from tally");
  assert.equal((await wanjia(["verify-figures"])).code, 0);
});

async function withServices(
  work: (services: Awaited<ReturnType<typeof openServices>>) => Promise<void>,
): Promise<void> {
  const services = await openServices(
    settingsOf(environment),
    systemClock,
    false,
    (database, clock) => principalFinder(database, clock),
  );
  try {
    await work(services);
  } finally {
    await services.close();
  }
}
