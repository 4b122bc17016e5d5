import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createApp } from "../app.ts";
import { TEST_NOW, testServices } from "../testing.ts";
import { FixedClock } from "./clock.ts";
import { enqueue, startJobs } from "./jobs.ts";
import { loggedError, loggedPath } from "./log.ts";

const base = await testServices(new FixedClock(TEST_NOW));
after(() => base.close());

const WORDS = "漏水三天了13800138000";

test("a failure is logged with its place and kind, and nothing that somebody wrote", async () => {
  const lines: string[] = [];
  const app = await createApp({
    services: {
      ...base.services,
      get puzzles(): never {
        throw new Error(`cannot read "${WORDS}" (note)=(${WORDS})`);
      },
    },
    log: "info",
    logTo: { write: (line) => void lines.push(line) },
  });
  const answer = await app.inject({
    method: "GET",
    url: `/api/v1/public/puzzle?for=${encodeURIComponent(WORDS)}`,
  });
  await app.inject({
    method: "POST",
    url: "/api/v1/session",
    headers: { "content-type": "application/json", "x-wanjia-csrf": "1" },
    body: JSON.stringify({ login: WORDS, password: WORDS }),
  });
  await app.close();
  assert.equal(answer.statusCode, 500);
  const log = lines.map((line) => JSON.parse(line));
  assert.ok(
    log.some(({ msg, err }) => msg === "request failed" && err.stack.includes("intake/routes.ts")),
  );
  assert.ok(log.some(({ path, status }) => path === "/api/v1/session" && status === 401));
  for (const part of [WORDS, encodeURIComponent(WORDS), "13800138000"])
    assert.ok(!lines.join("").includes(part), lines.join(""));
});

test("every failed attempt of a job is logged with the job's name", async () => {
  const heard = Promise.withResolvers<readonly [unknown, string | undefined]>();
  const fault = new Error("out of memory");
  const jobs = await startJobs(
    base.database,
    { "test.fails": { retryLimit: 0, run: () => Promise.reject(fault) } },
    (error, job) => heard.resolve([error, job]),
  );
  await base.database.asSystem(null, (tx) => enqueue(tx, "test.fails", {}));
  assert.deepEqual(await heard.promise, [fault, "test.fails"]);
  await jobs.stop();
});

test("a row that the database refuses is not copied into the log", async () => {
  const refused: unknown = await base.database.pool
    .query(
      "insert into bureau (bureau_id, name) values ('01990000-0000-7000-8000-0001000000ff', $1)",
      [WORDS],
    )
    .catch((error: unknown) => error);
  assert.match(String((refused as { detail?: string }).detail), new RegExp(WORDS));
  const logged = loggedError(refused);
  assert.equal(logged.code, "23502");
  assert.equal(logged.table, "bureau");
  assert.doesNotMatch(JSON.stringify(logged), new RegExp(WORDS));

  const unread: unknown = await base.database.pool
    .query("select $1::uuid", [WORDS])
    .catch((error: unknown) => error);
  assert.match(String((unread as Error).message), new RegExp(WORDS));
  assert.doesNotMatch(JSON.stringify(loggedError(unread)), new RegExp(WORDS));
});

test("an address in the log has its words, and no id, key or question", () => {
  const paths = {
    "/api/v1/matters/01990000-0000-7000-8000-000100000001/steps?q=x": "/api/v1/matters/:id/steps",
    "/api/v1/public/plates/ABCDEF": "/api/v1/public/plates/:id",
    "/api/v1/planning/calendar/abcdefgh": "/api/v1/planning/calendar/:id",
    "/p/abcdef": "/p/:id",
    "/referral/abcdefghij": "/referral/:id",
    "/assets/index-B3x.js": "/assets/:id",
    "/readyz": "/readyz",
  };
  assert.deepEqual(
    Object.keys(paths).map((path) => loggedPath(path)),
    Object.values(paths),
  );
});
