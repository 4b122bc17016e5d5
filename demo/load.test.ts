import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { createApp } from "../server/app.ts";
import { verifyFigures } from "../server/insight/verify.ts";
import { viewMatter } from "../server/matters/commands.ts";
import { principalFinder } from "../server/organisation/principal.ts";
import { FixedClock } from "../server/platform/clock.ts";
import { openServices, type Settings, settingsOf } from "../server/platform/start.ts";
import { type Answer, clientOf } from "../server/testing.ts";
import { behaviourOf } from "./behaviour.ts";
import { DEMO_LOGINS } from "./city.ts";
import { demoCity, DemoRefused, ensureCity } from "./generate.ts";
import { firstPlate, type Loaded } from "./load.ts";
import type { StoryName } from "./stories.ts";
import { DEMO_PASSWORD } from "./terms.ts";

/** The Monday of the second week. */
const NOW = startOfLocalDay("2026-11-16") + 9 * HOUR_MS;
const folder = mkdtempSync(join(tmpdir(), "wanjia-demo-"));
const settings: Settings = {
  ...settingsOf({}),
  dataDirectory: join(folder, "data"),
  port: 0,
  log: "silent",
};
const city = demoCity();
const seen: string[] = [];
let made: Loaded | null = null;

before(async () => {
  // What a start leaves behind that was cut off: no process has this number.
  mkdirSync(join(settings.dataDirectory, "making-99999999", "postgres"), { recursive: true });
  made = await ensureCity(settings, city, (_share, stage) => seen.push(stage), NOW);
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function withServer<T>(
  demo: boolean,
  work: (server: {
    services: Awaited<ReturnType<typeof openServices>>;
    client: (cookie: string) => ReturnType<typeof clientOf>;
  }) => Promise<T>,
  apps?: string,
): Promise<T> {
  const clock = new FixedClock(NOW);
  const services = await openServices(settings, clock, demo, (database, its) =>
    principalFinder(database, its, demo),
  );
  const app = await createApp({ services, apps, log: "silent" });
  try {
    return await work({ services, client: (cookie) => clientOf(app, cookie) });
  } finally {
    await app.close();
    await services.close();
  }
}

function cookieOf(headers: Answer["headers"]): string {
  const cookies = headers["set-cookie"];
  return (Array.isArray(cookies) ? cookies : [String(cookies ?? "")])
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

test("a city is made whole, stage by stage, and nothing half-made stays", () => {
  assert.ok(made !== null);
  assert.equal(made.places, [...city.places()].length);
  assert.ok(made.visits > 3000 && made.matters > 40, JSON.stringify(made));
  assert.deepEqual(
    [...new Set(seen)],
    ["database", "units", "places", "plates", "life", "totals", "done"],
  );
  assert.ok(!existsSync(join(settings.dataDirectory, "making-99999999")));
  assert.ok(existsSync(join(settings.dataDirectory, "demo.json")));
});

test("the second start finds the city at once", async () => {
  const began = performance.now();
  assert.equal(await ensureCity(settings, city, () => {}, NOW), null);
  assert.ok(performance.now() - began < 500);
});

test("a folder with other data is left alone", async () => {
  const other = join(folder, "other");
  mkdirSync(join(other, "postgres"), { recursive: true });
  writeFileSync(join(other, "postgres", "PG_VERSION"), "18");
  await assert.rejects(
    ensureCity({ ...settings, dataDirectory: other }, city, () => {}, NOW),
    DemoRefused,
  );
});

test("figures, matters and receipts are those of real work", async () => {
  await withServer(true, async ({ services, client }) => {
    const { differences, visits } = await verifyFigures(services.database);
    assert.deepEqual(differences, []);
    assert.equal(visits, made?.visits);

    const { stories, main } = behaviourOf(city, [...city.places()], NOW);
    const expected: Partial<Record<StoryName, readonly [state: string, outcome: string | null]>> = {
      barbecue_smoke: ["closed", "agreement_performed"],
      noise_upstairs: ["feedback_given", "agreement_reached"],
      big_dog: ["closed", "cleared"],
      stolen_bicycle: ["closed", "delivered"],
      stolen_birdcage: ["closed", "delivered"],
      hardship_help: ["closed", "delivered"],
      wrong_address: ["closed", "declined"],
      mediation_refused: ["closed", "not_suitable"],
    };
    for (const [story, [state, outcome]] of Object.entries(expected)) {
      const matter = await services.database.asSystem(city.bureau.id, (tx) =>
        viewMatter(tx, stories[story as StoryName]),
      );
      assert.equal(matter?.state, state, story);
      assert.equal(matter?.outcome, outcome, story);
    }

    const ends = await services.database.pool.query<{ what: string; n: number }>(
      `select 'returned' as what, count(*)::int as n from property_item where state = 'returned'
        union all select 'upheld', count(*)::int from complaint where finding = 'substantiated' and answered_at is not null
        union all select 'delisted', count(*)::int from place_listing where state = 'delisted'
        union all select 'board', count(*)::int from bulletin where state = 'published'
        union all select 'tips', count(*)::int from tip
        union all select 'tips answered', count(*)::int from tip where state = 'answered'
        union all select 'mended', count(*)::int from visit where corrects is not null
        union all select 'with a body', count(*)::int from referral where ended_at is null
        union all select 'to be given back', count(*)::int from property_item where state in ('eligible', 'appointment')
        union all select 'asked about data', count(*)::int from data_request
        union all select 'answered about data', count(*)::int from data_request where decision = 'granted'
        union all select 'visits asked for', count(*)::int from appointment where state = 'asked'
        union all select 'left standing', count(*)::int from appointment where state in ('asked', 'confirmed') and to_at < timestamptz '${new Date(NOW - DAY_MS).toISOString()}'
        union all select 'left in the outbox', count(*)::int from message where state = 'queued' and made_at < now() - interval '2 days'`,
    );
    assert.deepEqual(Object.fromEntries(ends.rows.map(({ what, n }) => [what, n])), {
      returned: 2,
      upheld: 1,
      delisted: 1,
      board: 1,
      tips: 2,
      "tips answered": 1,
      mended: 1,
      "with a body": 1,
      "to be given back": 2,
      "asked about data": 2,
      "answered about data": 1,
      "visits asked for": 1,
      "left standing": 0,
      "left in the outbox": 0,
    });

    for (const { login } of DEMO_LOGINS) {
      const answer = await client("").post("/session", { login, password: DEMO_PASSWORD });
      assert.equal(answer.status, 200, login);
      assert.equal(answer.body.demo, true);
    }
    const office = await client("").post("/session", {
      login: "demo.office",
      password: DEMO_PASSWORD,
    });
    const desk = client(cookieOf(office.headers));
    const campaigns = await desk.get("/campaigns");
    assert.equal(campaigns.status, 200);
    assert.deepEqual(campaigns.body.items.map(({ state }: { state: string }) => state).toSorted(), [
      "closed",
      "open",
    ]);
    assert.ok(main.plan.startsOn < "2026-11-16");
  });
});

test("outside of demo mode nobody gets in with a demo account, nor stays in", async () => {
  const cookie = await withServer(true, async ({ client }) => {
    const answer = await client("").post("/session", {
      login: "demo.officer",
      password: DEMO_PASSWORD,
    });
    assert.equal(answer.status, 200);
    return cookieOf(answer.headers);
  });
  await withServer(false, async ({ client }) => {
    const refused = await client("").post("/session", {
      login: "demo.officer",
      password: DEMO_PASSWORD,
    });
    assert.notEqual(refused.status, 200);
    assert.equal((await client(cookie).get("/session")).status, 401);
  });
});

test("the address of the residents' page is a plate that is there", async () => {
  await withServer(true, async ({ services }) => {
    const { rowCount } = await services.database.pool.query("select 1 from plate where id = $1", [
      firstPlate(city),
    ]);
    assert.equal(rowCount, 1);
  });
});

test("a plate's address opens the residents' page, though it ends like a file's name", async () => {
  const apps = join(folder, "apps");
  mkdirSync(join(apps, "public", "dist"), { recursive: true });
  writeFileSync(join(apps, "public", "dist", "index.html"), "<p>residents");
  await withServer(
    true,
    async ({ client }) => {
      const page = await client("").get(`//p/${firstPlate(city)}`);
      assert.equal(page.status, 200);
      assert.match(page.text, /residents/);
      assert.equal((await client("").get("//no-such-picture.png")).status, 404);
    },
    apps,
  );
});
