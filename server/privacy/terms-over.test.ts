import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import {
  addDays,
  DAY_MS,
  localDate,
  sameDayLater,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { jobsOf } from "../app.ts";
import { forgetTrail } from "../audit/jobs.ts";
import { verifyFigures } from "../insight/verify.ts";
import { forgetReferences } from "../mediation/commands.ts";
import { newId } from "../platform/crypto.ts";
import { type Client, TEST_NOW, testApp } from "../testing.ts";
import { dumpAll, tracesOf } from "../testing-dump.ts";
import { newReceiptCode, solvedPuzzle } from "../testing-intake.ts";
import { forgetRequests } from "./commands.ts";

const app = await testApp();
after(() => app.close());
const { city, database, stranger } = app;
const officer = await app.as("officer");

/** The first moment at which what ended on the test's day is over after so many months. */
const over = (months: number) => startOfLocalDay(addDays(sameDayLater("2026-11-10", months), 1));
const count = async (sql: string): Promise<number> =>
  Number((await database.pool.query<{ n: string }>(`select count(*) as n from ${sql}`)).rows[0]?.n);
const atNight = <T>(now: number, work: Parameters<typeof database.asSystem<T>>[1]): Promise<T> => {
  app.clock.set(now);
  return database.asSystem(city.bureau, work);
};

async function must(client: Client, path: string, ...orders: object[]): Promise<void> {
  for (const step of orders) {
    const { body } = await client.get(path);
    const answer = await client.post(`${path}/steps`, { version: body.version, step });
    assert.equal(answer.status, 200, `${JSON.stringify(step)}: ${answer.text}`);
  }
}

async function heard(kind: string, subtype: string): Promise<string> {
  const id = newId(app.clock.now());
  const raised = await officer.post("/matters", {
    id,
    placeId: city.door("east", 1, 1),
    kind,
    subtype,
    text: "楼上夜里响动，睡不好",
    reporter: "resident",
    feedback: "page",
  });
  assert.equal(raised.status, 200, raised.text);
  return id;
}

test("a request about one's own data goes three years after its answer, and one that waits never", async () => {
  const ask = async (): Promise<void> => {
    const look = toBase64Url(await lookOf(newReceiptCode()));
    const id = await heard("service_request", "other");
    assert.equal((await officer.post(`/matters/${id}/receipts`, { look })).status, 200);
    app.clock.advance(8 * 60_000);
    const asked = await stranger.post("/public/data/requests", {
      look,
      kind: "explanation",
      text: "为什么要登记",
      puzzle: await solvedPuzzle(stranger),
    });
    assert.equal(asked.status, 200, asked.text);
  };
  await ask();
  await ask();
  const dpo = await app.as("dpo");
  const { body } = await dpo.get("/data-requests");
  const decided = await dpo.post(`/data-requests/${body.items[0].id}/decision`, {
    version: 1,
    decision: "granted",
    answer: "为办理您反映的事。",
  });
  assert.equal(decided.status, 200, decided.text);
  assert.equal(await atNight(over(36) - 2 * DAY_MS, forgetRequests), true);
  assert.equal(await count("data_request"), 2, "a day before its term both are there");
  assert.equal(await atNight(over(36), forgetRequests), true);
  assert.equal(await count("data_request"), 1);
  assert.equal(await count("data_request where decided_at is null"), 1);
  assert.equal(await count("audit where action = 'data.forgotten'"), 1);
  app.clock.set(TEST_NOW);
});

test("ten years after its end a mediation keeps its form, days and ending: no number, nobody, no history", async () => {
  const HAND_OVER = "东亭民调〔2026〕18号";
  const matterId = await heard("dispute", "neighbour_noise");
  await must(
    officer,
    `/matters/${matterId}`,
    { type: "accept" },
    { type: "screen", stopSigns: [] },
  );
  const id = newId(app.clock.now());
  const opened = await officer.post("/mediations", {
    id,
    matterId,
    form: "people",
    sides: [{ part: "resident" }, { part: "shop" }],
  });
  assert.equal(opened.status, 200, opened.text);
  const path = `/mediations/${id}`;
  await must(
    officer,
    path,
    ...["a", "b"].map((side) => ({ type: "answer_of_side", side, agrees: true, mode: "phone" })),
    {
      type: "set_panel",
      officers: [city.members.officer.id],
      mediatorId: city.members.mediator.id,
      committeeId: city.committee,
      handOverNo: HAND_OVER,
    },
  );
  const ongoing = await atNight(over(120), forgetReferences);
  assert.equal(ongoing, true);
  assert.equal((await mediationKept(id)).events > 0, true, "what goes on is never touched");
  app.clock.set(TEST_NOW);
  await must(officer, path, { type: "stop", stopSigns: ["violence_at_home"] });

  await atNight(over(120) - 2 * DAY_MS, forgetReferences);
  assert.ok(await traced(HAND_OVER), "a day before its term it is there");
  assert.equal(await atNight(over(120), forgetReferences), true);
  assert.equal(await traced(HAND_OVER), false, "the number stands nowhere in the database");
  const kept = await mediationKept(id);
  assert.deepEqual(
    [kept.events, kept.readers, kept.form, kept.ending, kept.opened],
    [0, [], "people", "stopped", localDate(TEST_NOW)],
  );
  assert.equal(kept.body.includes(city.members.mediator.id), false);
  assert.equal(await count("audit where action = 'mediation.references_forgotten'"), 1);
  assert.equal(await atNight(over(121), forgetReferences), true, "once");
  assert.equal(await count("audit where action = 'mediation.references_forgotten'"), 1);
  assert.deepEqual((await verifyFigures(database)).differences, []);
  app.clock.set(TEST_NOW);
});

test("the trail goes three years after it was written, in portions, and says so of itself", async () => {
  const written = await count("audit where at < '2026-11-12'");
  assert.ok(written > 0);
  const later = await count("audit where at >= '2026-11-12'");
  assert.equal(await atNight(over(36) - 2 * DAY_MS, forgetTrail), true);
  assert.equal(await count("audit where at < '2026-11-12'"), written, "a day before its term");
  assert.equal(await atNight(over(36), forgetTrail), true);
  assert.equal(await count("audit where at < '2026-11-12'"), 0);
  assert.equal(await count("audit where at >= '2026-11-12'"), later + 1);
  const { rows } = await database.pool.query<{ detail: { rows: number } }>(
    "select detail from audit where action = 'audit.forgotten'",
  );
  assert.deepEqual(rows[0]?.detail, { rows: written });
});

test("each job that docs/retention.md names is one that the server runs", () => {
  const doc = readFileSync(new URL("../../docs/retention.md", import.meta.url), "utf8");
  const named = [...doc.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map(([, job = ""]) => job);
  const jobs = Object.keys(jobsOf(database));
  assert.ok(named.includes("audit.forget") && named.length > 10, named.join(" "));
  assert.deepEqual(
    named.filter((job) => !jobs.includes(job)),
    [],
  );
});

async function traced(text: string): Promise<boolean> {
  const dump = await dumpAll(database);
  return tracesOf(text).some((trace) => dump.includes(trace));
}

async function mediationKept(id: string) {
  const { rows } = await database.pool.query<{
    events: number;
    readers: string[];
    form: string;
    ending: string | null;
    opened: string;
    body: string;
  }>(
    `select (select count(*)::int from mediation_event e where e.mediation_id = m.id) as events, readers::text[] as readers, form, ending,
       to_char(opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as opened, body::text as body
     from mediation m where id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the mediation itself stays");
  return row;
}
