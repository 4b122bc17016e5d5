import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";
import { planBureau, planStationAnew } from "./commands.ts";
import { planningJobs } from "./jobs.ts";
import { Planner } from "./planner.ts";
import { openWalks, TOMORROW } from "./testing.ts";

let app: TestApp;
let leader: Client;
let campaigns: [Id, Id];

before(async () => {
  app = await testApp({ jobs: true });
  leader = await app.as("leader");
  const { officer, westOfficer } = app.city.members;
  campaigns = [
    await openWalks(app, [{ name: "一组", memberIds: [officer.id] }]),
    await openWalks(app, [{ name: "三组", memberIds: [westOfficer.id] }]),
  ];
});

after(() => app.close());

/** A planner whose thread breaks at the first day that it is asked for. */
class Breaking extends Planner {
  #broke = false;
  override ask: Planner["ask"] = (task) => {
    if (task.kind !== "plan" || this.#broke) return super.ask(task);
    this.#broke = true;
    return Promise.reject(new Error("out of memory"));
  };
}

async function withBreaking(work: (planner: Planner) => Promise<void>): Promise<void> {
  const planner = new Breaking();
  try {
    await work(planner);
  } finally {
    await planner.close();
  }
}

async function dayOf(campaignId: Id, day = TOMORROW) {
  const stationId = app.city.stations.first;
  const answer = await leader.get(
    `/planning/day?campaignId=${campaignId}&stationId=${stationId}&day=${day}`,
  );
  assert.equal(answer.status, 200, answer.text);
  return answer.body as { walks: unknown[]; madeAt: number | null; failedAt: number | null };
}

async function waiting(): Promise<{ campaignId: Id; stationId: Id; day: string }[]> {
  const { rows } = await app.database.pool.query(
    "select data from pgboss.job where name = 'planning.station' and state in ('created', 'retry')",
  );
  return rows.map(({ data }) => data as { campaignId: Id; stationId: Id; day: string });
}

test("a station whose planning breaks off costs no other its night; the desk is told, and it is tried again", async () => {
  const { signal } = new AbortController();
  const logged: unknown[] = [];
  await withBreaking((planner) =>
    planBureau(app.database, planner, app.city.bureau, TOMORROW, signal, (error) =>
      logged.push(error),
    ),
  );
  const where = `planning ${TOMORROW} of station ${app.city.stations.first} broke off`;
  assert.deepEqual(
    logged.map((error) => [(error as Error).message, ((error as Error).cause as Error).message]),
    [[where, "out of memory"]],
    "whoever runs the server reads whose night it was, and why",
  );
  const days = await Promise.all(campaigns.map((id) => dayOf(id)));
  const broken = campaigns.filter((_id, i) => days[i]?.failedAt === TEST_NOW);
  assert.equal(broken.length, 1, JSON.stringify(days));
  const whole = days.filter(({ failedAt }) => failedAt === null);
  assert.deepEqual(
    whole.map(({ madeAt }) => madeAt),
    [TEST_NOW],
  );

  const again = await waiting();
  assert.deepEqual(
    again.map(({ campaignId, stationId, day }) => ({ campaignId, stationId, day })),
    [{ campaignId: broken[0], stationId: app.city.stations.first, day: TOMORROW }],
  );
  const job = planningJobs(app.database)["planning.station"];
  await job?.run(again[0] as never, { id: "again", signal });
  const mended = await dayOf(broken[0] as Id);
  assert.equal(mended.failedAt, null);
  assert.equal(mended.madeAt, TEST_NOW);
  assert.ok(mended.walks.length > 0);
});

test("walks that were planned before stand, and the desk reads that planning them anew broke off", async () => {
  const [campaignId] = campaigns;
  const earlier = await dayOf(campaignId);
  const where = { campaignId, stationId: app.city.stations.first, day: TOMORROW };
  await withBreaking((planner) =>
    assert.rejects(
      planStationAnew(app.database, planner, app.city.bureau, where),
      ({ cause }) => (cause as Error).message === "out of memory",
      "the queue tries again",
    ),
  );
  const { failedAt, madeAt, walks } = await dayOf(campaignId);
  assert.equal(failedAt, TEST_NOW);
  assert.equal(madeAt, earlier.madeAt);
  assert.deepEqual(walks, earlier.walks);
});

test("the evening's job plans the day that comes next, also when it is taken up after midnight", async () => {
  const job = planningJobs(app.database)["planning.tomorrow"];
  const { signal } = new AbortController();
  app.clock.set(startOfLocalDay(TOMORROW) + 20 * 60_000);
  await job?.run({} as never, { id: "late", signal });
  assert.equal((await dayOf(campaigns[0])).madeAt, startOfLocalDay(TOMORROW) + 20 * 60_000);
  assert.equal((await dayOf(campaigns[0], addDays(TOMORROW, 1))).madeAt, null);
  app.clock.set(TEST_NOW);
});

test("a night that the server's stop interrupts is not over: the queue takes it up again", async () => {
  const stopped = AbortSignal.abort(new Error("stopping"));
  const planner = new Planner();
  await assert.rejects(
    planBureau(app.database, planner, app.city.bureau, TOMORROW, stopped),
    /stopping/,
  );
  await planner.close();
});
