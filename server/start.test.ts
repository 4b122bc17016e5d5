import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { systemClock } from "./platform/clock.ts";
import { Database } from "./platform/database.ts";
import { SchemaRefused, migrate } from "./platform/migrate.ts";
import { emptyDatabase, freshDatabase } from "./testing.ts";

const MAIN = join(import.meta.dirname, "main.ts");
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "wanjia-start-"));
  folders.push(made);
  return made;
}

interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** Address, once ready. */
  readonly ready: Promise<string>;
  readonly exit: Promise<number | null>;
}

function startServer(data: string): Started {
  const { DATABASE_URL: _url, ...environment } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { ...environment, WANJIA_DATA: data, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /ready at (http\S+)/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void exit.then((code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  ready.catch(() => {});
  return { process: child, output: () => output, ready, exit };
}

/** Begun by the first test, used again by the second. */
const data = folder();

test("a second start on the same folder says who holds it and leaves", async () => {
  const first = startServer(data);
  const address = await first.ready;
  const second = startServer(data);
  assert.equal(await second.exit, 1);
  assert.match(second.output(), new RegExp(`in use by process ${first.process.pid} on `));
  assert.doesNotMatch(second.output(), /\n\s+at /, "a sentence, not a stack");
  assert.equal((await fetch(`${address}/readyz`)).status, 200, "the first one goes on");

  first.process.kill("SIGTERM");
  assert.equal(await first.exit, 0, first.output());
  const third = startServer(data);
  await third.ready;
  third.process.kill("SIGKILL");
  await third.exit;
  const lock = JSON.parse(readFileSync(join(data, "lock"), "utf8")) as {
    pid: number;
    socketFolder: string;
  };
  assert.equal(lock.pid, third.process.pid, "a killed server leaves its lock behind");
  assert.ok(existsSync(lock.socketFolder), "and its socket");
  const fourth = startServer(data);
  await fourth.ready;
  assert.ok(!existsSync(lock.socketFolder), "the next one clears both away");
  fourth.process.kill("SIGTERM");
  assert.equal(await fourth.exit, 0);
});

test("a request that is under way is finished before the server stops", async () => {
  const server = startServer(data);
  const address = await server.ready;
  const slow = fetch(`${address}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-wanjia-csrf": "1" },
    body: JSON.stringify({ login: "nobody", password: "wrong" }),
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  server.process.kill("SIGTERM");
  assert.equal((await slow).status, 401);
  assert.equal(await server.exit, 0);
});

test("a database of a newer version is refused, and so is an edited migration", async () => {
  const { database, drop } = await freshDatabase(systemClock);
  await database.pool.query(
    "insert into wanjia_migration (name, hash) values ('9999-future.sql', 'x')",
  );
  await assert.rejects(() => migrate(database), SchemaRefused);
  await database.pool.query("delete from wanjia_migration where name = '9999-future.sql'");
  assert.deepEqual(await migrate(database), [], "nothing left to do");
  await database.pool.query(
    "update wanjia_migration set hash = 'x' where name = '0001-platform.sql'",
  );
  await assert.rejects(() => migrate(database), /changed after it had been applied/);
  await database.close();
  await drop();
});

test("servers that start together on one PostgreSQL migrate it once", async (t) => {
  const url = process.env["TEST_DATABASE_URL"];
  if (url === undefined) return t.diagnostic("one process alone can open the embedded database");
  const empty = await emptyDatabase(url);
  const databases = await Promise.all(
    Array.from({ length: 3 }, () =>
      Database.open({ url: empty.url, directory: null, clock: systemClock }),
    ),
  );
  const done = await Promise.all(databases.map((database) => migrate(database)));
  assert.equal(done.filter((names) => names.length > 0).length, 1);
  await Promise.all(databases.map((database) => database.close()));
  await empty.drop();
});

test("a secret that is too short stops the start with a sentence that helps", async () => {
  const careless = folder();
  writeFileSync(join(careless, "secret"), "short");
  const server = startServer(careless);
  assert.equal(await server.exit, 1);
  assert.match(server.output(), /openssl rand -hex 32/);
});
