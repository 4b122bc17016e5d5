import type { Database } from "../server/platform/database.ts";
import { CITY } from "../server/testing-city.ts";
import {
  type BenchServer,
  fillFixtureCity,
  openBenchDatabase,
  quantile,
  round,
  startBenchServer,
} from "./harness.ts";
import type { BenchOptions } from "./run.ts";

export const name = "lists";

/** The bars of the issue: server time of a page, and exports. */
const PAGE_P95_MS = 50;
const EXPORT_50K_MS = 2000;
const FLAT_MEMORY_MB = 120;
const REPEATS = 40;

/**
 * Every list of the desk at a million rows each: first, second and last page, filters and sorts,
 * through HTTP, as desks of the bureau (the widest view) and as an officer; then the exports.
 */
export async function run(options: BenchOptions) {
  const target = await openBenchDatabase(options);
  try {
    const size = options.quick ? 20_000 : 1_000_000;
    const database = await fillFixtureCity(target);
    await fill(database, size);
    await database.close();
    const server = await startBenchServer(target);
    try {
      return await measure(server, size);
    } finally {
      await server.stop();
    }
  } finally {
    await target.drop();
  }
}

async function measure(server: BenchServer, size: number) {
  const cookies = {
    office: await server.signIn("office"),
    feedback: await server.signIn("feedback"),
    officer: await server.signIn("officer"),
    auditor: await server.signIn("auditor"),
  };
  const pages: Record<string, number> = {};
  for (const { who, path } of QUESTIONS) {
    const separator = path.includes("?") ? "&" : "?";
    const first = await page(server, cookies[who], path);
    const cursors = [
      "",
      ...(first.next === null ? [] : [`${separator}cursor=${first.next}`]),
      `${separator}cursor=last`,
    ];
    for (const cursor of cursors) {
      const times = [];
      for (let i = 0; i < REPEATS; i += 1)
        times.push((await page(server, cookies[who], path + cursor)).ms);
      const label = cursor === "" ? "first" : cursor.endsWith("=last") ? "last" : "next";
      pages[`${who} ${path} ${label}`] = round(quantile(times.slice(5), 0.95));
    }
  }
  for (const [question, ms] of Object.entries(pages))
    console.log(`${String(ms).padStart(8)} ms  ${question}`);

  const before = server.rssMb();
  const small = await exported(
    server,
    cookies.feedback,
    `/matters/export?format=csv&beatId=${CITY.beats.south}`,
  );
  const whole = await exported(server, cookies.feedback, "/matters/export?format=csv");
  const after = server.rssMb();
  const worst = Math.max(...Object.values(pages));
  console.log(
    `export of ${small.rows} rows: ${small.ms} ms; of ${whole.rows}: ${whole.ms} ms; RSS ${before} → at most ${whole.peakMb} MB`,
  );
  return {
    rows: size,
    pages: Object.keys(pages).length,
    worstP95Ms: worst,
    export50k: { rows: small.rows, ms: small.ms },
    exportAll: { rows: whole.rows, ms: whole.ms, grownMb: whole.peakMb - before },
    rssMb: after,
    ok:
      worst <= PAGE_P95_MS &&
      small.ms <= EXPORT_50K_MS &&
      whole.rows === size &&
      whole.peakMb - before <= FLAT_MEMORY_MB,
  };
}

const { stations, beats, buildings, members, communities } = CITY;

/** A campaign of every tenth matter, a building of 100 doors, a door of five visits. */
const CAMPAIGN = "01990000-0005-7000-8000-000000000001";
const BUILDING = "01990000-0006-7000-8000-000000000010";
const PLACE = "01990000-0001-7000-8000-000000001000";

const QUESTIONS: readonly { who: "office" | "feedback" | "officer" | "auditor"; path: string }[] = [
  { who: "feedback", path: "/matters" },
  { who: "feedback", path: "/matters?sort=due" },
  { who: "feedback", path: "/matters?kind=hazard" },
  { who: "feedback", path: "/matters?state=in_progress&sort=-registered" },
  { who: "feedback", path: "/matters?progress=open&due=overdue" },
  { who: "feedback", path: `/matters?stationId=${stations.second}&kind=opinion` },
  { who: "feedback", path: "/matters?from=2026-10-01&to=2026-11-01" },
  { who: "feedback", path: `/matters?campaignId=${CAMPAIGN}` },
  { who: "feedback", path: `/matters?campaignId=${CAMPAIGN}&stationId=${stations.second}` },
  { who: "feedback", path: `/matters?campaignId=${CAMPAIGN}&dateOf=closed` },
  { who: "feedback", path: `/matters?dateOf=closed&stationId=${stations.second}` },
  { who: "feedback", path: `/matters?beatId=${beats.east}&progress=open&sort=due` },
  { who: "officer", path: "/matters" },
  { who: "officer", path: "/matters?state=accepted" },
  { who: "office", path: "/visits" },
  { who: "office", path: "/visits?outcome=rescheduled" },
  { who: "office", path: `/visits?stationId=${stations.first}&from=2026-10-01` },
  { who: "office", path: `/visits?buildingId=${BUILDING}` },
  { who: "office", path: `/visits?placeId=${PLACE}` },
  { who: "office", path: `/visits?memberId=${members.officer.id}&sort=visitedAt` },
  { who: "officer", path: "/visits" },
  { who: "office", path: "/places" },
  { who: "office", path: "/places?kind=shop" },
  { who: "office", path: `/places?beatId=${beats.east}&kind=dwelling_unit` },
  { who: "officer", path: "/places" },
  { who: "auditor", path: "/audit" },
  { who: "auditor", path: "/audit?action=visit.recorded" },
];

async function page(server: BenchServer, cookie: string, path: string) {
  const separator = path.includes("?") ? "&" : "?";
  const started = performance.now();
  const answer = await fetch(`${server.address}/api/v1${path}${separator}size=50`, {
    headers: { cookie },
  });
  const text = await answer.text();
  const ms = performance.now() - started;
  if (!answer.ok) throw new Error(`${path}: ${text}`);
  const body = JSON.parse(text) as { next: string | null; items: unknown[] };
  if (body.items.length === 0) throw new Error(`${path}: an empty page proves nothing`);
  return { ms, next: body.next };
}

async function exported(server: BenchServer, cookie: string, path: string) {
  const started = performance.now();
  const answer = await fetch(`${server.address}/api/v1${path}`, { headers: { cookie } });
  if (!answer.ok || answer.body === null) throw new Error(`${path}: ${await answer.text()}`);
  let lines = 0;
  let peakMb = 0;
  for await (const chunk of answer.body) {
    for (const byte of chunk) if (byte === 10) lines += 1;
    peakMb = Math.max(peakMb, server.rssMb());
  }
  return { rows: lines - 1, ms: Math.round(performance.now() - started), peakMb };
}

/**
 * Rows by set-based SQL: `size` matters, visits, places and audit rows. A twentieth of each lies in
 * the southern beat, which makes the export of 50,000.
 */
export async function fill(database: Database, size: number): Promise<void> {
  const beat = `case when n % 20 = 0 then '${beats.south}'::uuid when n % 2 = 0 then '${beats.east}'::uuid else '${beats.west}'::uuid end`;
  const station = `case when n % 20 = 0 then '${stations.second}'::uuid else '${stations.first}'::uuid end`;
  const building = `case when n % 20 = 0 then '${buildings.south}'::uuid when n % 2 = 0 then '${buildings.east}'::uuid else '${buildings.west}'::uuid end`;
  const block = `('01990000-0006-7000-8000-' || lpad((n / 500)::text, 12, '0'))::uuid`;
  const door = `('01990000-0001-7000-8000-' || lpad((n / 5)::text, 12, '0'))::uuid`;
  const id = (kind: string): string =>
    `('01990000-${kind}-7000-8000-' || lpad(n::text, 12, '0'))::uuid`;
  const bureau = `'${CITY.bureau}'::uuid`;
  // However many they are, they lie in the same 160 days.
  const moment = `timestamptz '2026-06-01 08:00+08' + n * interval '${14_000_000 / size} seconds'`;
  const run = (text: string) => database.pool.query(text);
  await run(`insert into place (bureau_id, id, kind, station_id, beat_id, community_id, parent_id, building_id, estate_name, full_text, sort_key, "use", status, valid_from)
    select ${bureau}, ${id("0001")}, case when n % 10 = 3 then 'shop' else 'dwelling_unit' end, ${station}, ${beat}, '${communities.east}', ${building}, ('01990000-0006-7000-8000-' || lpad((n / 100)::text, 12, '0'))::uuid,
      '东亭花园', '东亭花园' || n || '号', 'k' || lpad(n::text, 9, '0'), 'residential', 'confirmed', date '2026-01-01'
    from generate_series(1, ${size}) n`);
  await run(`insert into visit (bureau_id, id, station_id, beat_id, building_id, community_id, place_id, place_kind, campaign_ids, member_id, team, outcome, contact, completed,
      visited_at, ended_at, device_at, received_at, time_mode, arranged, attempt_no, details, unaware)
    select ${bureau}, ${id("0002")}, ${station}, ${beat}, ${block}, '${communities.east}', ${door}, 'dwelling_unit', '{}', '${members.officer.id}', array['${members.officer.id}'::uuid],
      case when n % 50 = 7 then 'rescheduled' when n % 2 = 0 then 'completed_doorstep' else 'no_answer' end, n % 2 = 0, n % 2 = 0,
      ${moment}, ${moment}, ${moment}, ${moment}, 'evening', 'none', 1, '{}', false
    from generate_series(1, ${size}) n`);
  await run(`insert into matter (bureau_id, id, number, kind, subtype, state, version, station_id, beat_id, community_id, place_id, campaign_ids, origin, reporter, text, feedback, anonymous,
      responsible_id, registered_at, due_on, closed_at, disposition, outcome, grade, reopened, rest)
    select ${bureau}, ${id("0003")}, lpad(n::text, 8, '0'), (array['opinion','service_request','dispute','hazard'])[n % 4 + 1], 'other',
      case when n % 10 < 7 then 'closed' when n % 10 = 7 then 'registered' when n % 10 = 8 then 'accepted' else 'in_progress' end, 3, ${station}, ${beat}, '${communities.east}', ${id("0001")}, case n % 10 when 0 then array['${CAMPAIGN}'::uuid] else '{}' end, 'visit', 'resident',
      '楼道照明不亮，晚上看不清台阶，希望尽快修好。', 'phone', false, '${members.officer.id}', ${moment}, (${moment})::date + 5,
      case when n % 10 < 7 then ${moment} + interval '3 days' end, case when n % 10 < 7 then 'closed' end, null, case n % 4 when 3 then 'ordinary' end, 0, '{}'
    from generate_series(1, ${size}) n`);
  await run(`insert into matter_campaign (bureau_id, id, campaign_id, station_id, beat_id, kind, subtype, state, outcome, disposition, registered_at, due_on, resolved_at, cleared_at, closed_at)
    select bureau_id, id, campaign_id, station_id, beat_id, kind, subtype, state, outcome, disposition, registered_at, due_on, resolved_at, cleared_at, closed_at
    from matter cross join unnest(campaign_ids) as campaign_id`);
  await run(`insert into audit (bureau_id, id, at, actor_id, actor_role, action, subject_kind, subject_id, station_id)
    select ${bureau}, ${id("0004")}, ${moment}, '${members.officer.id}', 'community_officer', case when n % 3 = 0 then 'matter.changed' else 'visit.recorded' end, 'visit', ${id("0002")}, ${station}
    from generate_series(1, ${size}) n`);
  await run("vacuum analyze");
}
