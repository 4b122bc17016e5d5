import assert from "node:assert/strict";
import { after, test } from "node:test";
import { TEST_NOW, testServices } from "../testing.ts";
import { FixedClock } from "./clock.ts";
import { type JobDefinitions, startJobs } from "./jobs.ts";

const base = await testServices(new FixedClock(TEST_NOW));
after(() => base.close());

test("what an older server did by the clock and this one doesn't know is no longer asked for", async () => {
  const planned = async (definitions: JobDefinitions): Promise<readonly string[]> => {
    const jobs = await startJobs(base.database, definitions, (error) => assert.ifError(error));
    await jobs.stop();
    const { rows } = await base.database.pool.query<{ name: string; cron: string }>(
      "select name, cron from pgboss.schedule order by name",
    );
    return rows.map(({ name, cron }) => `${name} ${cron}`);
  };
  const run = () => Promise.resolve();
  const before = {
    "night.old": { every: "1 3 * * *", run },
    "night.kept": { every: "2 3 * * *", run },
  };
  assert.deepEqual(await planned(before), ["night.kept 2 3 * * *", "night.old 1 3 * * *"]);
  const now = { "night.kept": { every: "5 4 * * *", run }, asked: { run } };
  assert.deepEqual(await planned(now), ["night.kept 5 4 * * *"]);
});
