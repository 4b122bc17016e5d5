import { ruleFor } from "@wanjia/domain/matters/clocks";
import { CLOCK_RULES } from "@wanjia/domain/matters/clock-table";
import type { RunningClock } from "@wanjia/domain/matters/clock-terms";
import { HOUR_MS } from "@wanjia/domain/shared/instant";
import { jobsOf } from "../server/app.ts";
import { builtInCalendar } from "../server/platform/calendar.ts";
import { newId } from "../server/platform/crypto.ts";
import type { Database } from "../server/platform/database.ts";
import { CITY } from "../server/testing-city.ts";
import {
  type BenchDatabase,
  type BenchServer,
  fillFixtureCity,
  openBenchDatabase,
  quantile,
  round,
  startBenchServer,
} from "./harness.ts";
import type { BenchOptions } from "./run.ts";

export const name = "matters";

/** The bars of the issue. */
const SWEEP_MS = 60_000;
const LIST_P95_MS = 50;
const STEP_CPU_MS = 5;
/** Of all that are open, what was missed since the last sweep: a day's share of a 20-day limit. */
const MISSED = 1 / 20;
const REPEATS = 40;
const STEPS = 200;

/**
 * A million open matters with running clocks: the sweep, stopped half-way and begun again; every
 * list of work, as those who have it; steps that move a clock, with their audit row and message.
 */
export async function run(options: BenchOptions) {
  const target = await openBenchDatabase(options);
  try {
    const size = options.quick ? 60_000 : 1_000_000;
    const database = await fillFixtureCity(target);
    await fill(database, size);
    const sweep = await measureSweep(database, target, size);
    await database.close();
    const server = await startBenchServer(target);
    try {
      const lists = await measureLists(server);
      const step = await measureSteps(server, target);
      return {
        rows: size,
        ...sweep,
        ...lists,
        ...step,
        rssMb: server.rssMb(),
        ok:
          sweep.sweepMs <= SWEEP_MS &&
          sweep.raisedOnce &&
          lists.worstP95Ms <= LIST_P95_MS &&
          step.stepCpuMs <= STEP_CPU_MS,
      };
    } finally {
      await server.stop();
    }
  } finally {
    await target.drop();
  }
}

// -- the sweep ------------------------------------------------------------------------------------

async function measureSweep(database: Database, target: BenchDatabase, size: number) {
  const sweep = async (signal: AbortSignal): Promise<number> => {
    const started = performance.now();
    await jobsOf(database)["matters.clocks"]?.run({} as never, { id: "bench", signal });
    return performance.now() - started;
  };
  const raised = async (): Promise<{ events: number; matters: number }> => {
    const { rows } = await database.pool.query<{ events: number; matters: number }>(
      `select count(*) as events, count(distinct matter_id) as matters from matter_event
       where bureau_id = '${CITY.bureau}' and type = 'raised'`,
    );
    return rows[0] ?? { events: 0, matters: 0 };
  };
  const cpuBefore = target.cpuMs() + ownCpuMs();
  // The server stops in the middle of it: the portion at hand is finished, the rest is left.
  const stopped = AbortSignal.abort();
  const first = await sweep(stopped);
  const partly = (await raised()).events;
  const rest = await sweep(new AbortController().signal);
  const cpuMs = target.cpuMs() + ownCpuMs() - cpuBefore;
  const again = await sweep(new AbortController().signal);
  const { events, matters } = await raised();
  const due = Math.floor(size * MISSED);
  const sweepMs = Math.round(first + rest);
  console.log(
    `sweep: ${partly} raised until it was stopped, ${events} in all, ${sweepMs} ms; again, with nothing to do: ${Math.round(again)} ms`,
  );
  return {
    missed: due,
    sweepMs,
    sweepCpuMs: Math.round(cpuMs),
    sweepIdleMs: Math.round(again),
    stoppedAfter: partly,
    raisedOnce: partly > 0 && partly < due && events === due && matters === due,
  };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

// -- lists ----------------------------------------------------------------------------------------

const { beats, stations, members, communities } = CITY;

const QUESTIONS = ["overdue", "today", "soon"]
  .flatMap((work) =>
    (["feedback", "leader", "southLeader", "officer"] as const).map((who) => ({
      who,
      path: `/matters?work=${work}`,
    })),
  )
  .concat([
    { who: "leader", path: "/matters?work=tasks" },
    { who: "southLeader", path: "/matters?work=tasks" },
    { who: "feedback", path: "/matters?work=paused" },
    { who: "feedback", path: `/matters?work=soon&stationId=${stations.second}` },
    { who: "feedback", path: `/matters?work=soon&beatId=${beats.south}&kind=opinion` },
    { who: "officer", path: `/matters?work=today&handlerId=${members.officer.id}` },
    { who: "feedback", path: "/matters/work" },
    { who: "leader", path: "/matters/work" },
    { who: "officer", path: "/matters/work" },
  ]);

async function measureLists(server: BenchServer) {
  const cookies = {
    feedback: await server.signIn("feedback"),
    leader: await server.signIn("leader"),
    southLeader: await server.signIn("southLeader"),
    officer: await server.signIn("officer"),
  };
  const pages: Record<string, number> = {};
  for (const { who, path } of QUESTIONS) {
    const first = (await get(server, cookies[who], path)).body;
    if (first.items?.length === 0) throw new Error(`${who} ${path}: an empty page proves nothing`);
    const more = path.includes("?") && typeof first.next === "string";
    for (const cursor of ["", ...(more ? [`&cursor=${first.next}`, "&cursor=last"] : [])]) {
      const times: number[] = [];
      for (let i = 0; i < REPEATS; i += 1) {
        times.push((await get(server, cookies[who], path + cursor)).ms);
      }
      const label = cursor === "" ? "first" : cursor === "&cursor=last" ? "last" : "next";
      pages[`${who} ${path} ${label}`] = round(quantile(times.slice(5), 0.95));
    }
  }
  for (const [question, ms] of Object.entries(pages)) {
    console.log(`${String(ms).padStart(8)} ms  ${question}`);
  }
  return { lists: Object.keys(pages).length, worstP95Ms: Math.max(...Object.values(pages)) };
}

interface Reply {
  readonly items?: readonly { readonly id: string; readonly state?: string }[];
  readonly version?: number;
  readonly next?: string | null;
}

async function get(server: BenchServer, cookie: string, path: string) {
  const started = performance.now();
  const answer = await fetch(`${server.address}/api/v1${path}`, { headers: { cookie } });
  const text = await answer.text();
  const ms = performance.now() - started;
  if (!answer.ok) throw new Error(`${path}: ${text}`);
  return { ms, body: JSON.parse(text) as Reply };
}

// -- steps ----------------------------------------------------------------------------------------

/**
 * Gives matters more time: each moves a clock, tells the resident by a text that goes into the outbox,
 * and is kept with its event, audit row and figures.
 */
async function measureSteps(server: BenchServer, target: BenchDatabase) {
  const officer = await server.signIn("officer");
  const leader = await server.signIn("leader");
  const send = async (cookie: string, path: string, body: object): Promise<number> => {
    const started = performance.now();
    const answer = await fetch(`${server.address}/api/v1${path}`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json", "x-wanjia-csrf": "1" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    await answer.text();
    return performance.now() - started;
  };
  const raised: { readonly id: string; readonly version: number }[] = [];
  for (let n = 0; n < STEPS; n += 1) {
    const id = newId(Date.now());
    await send(officer, "/matters", {
      id,
      kind: "opinion",
      subtype: "patrol",
      text: "希望晚上多到小区后门巡逻",
      placeId: CITY.door("east", 1, 1),
      reporter: "resident",
      feedback: "sms",
      contact: { phone: `120${String(n).padStart(8, "0")}`, consent: true },
    });
    const { body } = await get(server, officer, `/matters/${id}`);
    raised.push({ id, version: body.version ?? 0 });
  }
  const extend = ({ id, version }: (typeof raised)[number]): Promise<number> =>
    send(leader, `/matters/${id}/steps`, {
      version,
      step: {
        type: "extend",
        purpose: "finish",
        amount: 5,
        why: "要等房管部门的回函",
        told: "sms",
      },
    });
  const [warm, measured] = [raised.slice(0, 20), raised.slice(20)];
  for (const one of warm) await extend(one);
  const cpuBefore = server.cpuMs() + target.cpuMs();
  const times: number[] = [];
  for (const one of measured) times.push(await extend(one));
  const cpuMs = server.cpuMs() + target.cpuMs() - cpuBefore;
  for (const { id } of [measured[0], measured.at(-1)].flatMap((one) => one ?? [])) {
    const { body } = await get(server, officer, `/answers?matterId=${id}`);
    if (body.items?.[0]?.state !== "queued") throw new Error("a step without its message");
  }
  const stepCpuMs = round(cpuMs / times.length, 2);
  const stepP95Ms = round(quantile(times, 0.95));
  console.log(`step with clock, audit and message: ${stepCpuMs} ms processor, p95 ${stepP95Ms} ms`);
  return { steps: times.length, stepCpuMs, stepP95Ms };
}

// -- the data -------------------------------------------------------------------------------------

/**
 * Open matters by set-based SQL, a twentieth in the southern beat: one of `1 / MISSED` was missed in
 * the last day, one of a hundred stands still, the others fall due in the next 20 days, none while
 * it is measured.
 */
async function fill(database: Database, size: number): Promise<void> {
  const now = Date.now();
  const rule = ruleFor(
    "finish",
    { kind: "opinion", subtype: "other", grade: null },
    { now, calendar: builtInCalendar, rules: CLOCK_RULES },
  );
  if (rule === null) throw new Error("no rule for opinions");
  const clock = {
    purpose: "finish",
    rule: rule.id,
    version: rule.version,
    startedAt: now - 15 * 24 * HOUR_MS,
    pausedAt: null,
    left: null,
    extended: 0,
    raisedTo: null,
    raisedAt: null,
    task: false,
  } satisfies Omit<RunningClock, "dueAt">;
  const rest = {
    arbitrated: false,
    returns: 0,
    finders: [members.officer.id],
    handlers: [members.officer.id],
    suitable: null,
    stopSigns: [],
    informedAt: null,
    pauseReason: null,
    hazard: null,
    callbacks: [],
    waiver: null,
  };
  const every = Math.round(1 / MISSED);
  const bureau = `'${CITY.bureau}'::uuid`;
  const station = `case when n % 20 = 0 then '${stations.second}'::uuid else '${stations.first}'::uuid end`;
  const beat = `case when n % 20 = 0 then '${beats.south}'::uuid when n % 2 = 0 then '${beats.east}'::uuid else '${beats.west}'::uuid end`;
  const person = `case when n % 20 = 0 then '${members.southOfficer.id}'::uuid when n % 2 = 0 then '${members.officer.id}'::uuid else '${members.westOfficer.id}'::uuid end`;
  const id = `('01990000-0003-7000-8000-' || lpad(n::text, 12, '0'))::uuid`;
  // Not all of one station: 7 is prime to 20.
  const missed = `n * 7 % ${every * 20} < 20`;
  const paused = "n % 100 = 51";
  const due = `case when ${missed} then ${now} - (n % 86000) * 1000 else ${now + 2 * HOUR_MS} + (n::bigint * 7919 % 1728000) * 1000 end`;
  const run = (text: string, values: unknown[] = []) => database.pool.query(text, values);
  await run(
    `insert into matter (bureau_id, id, number, kind, subtype, state, version, station_id, beat_id, community_id, place_id, campaign_ids, origin, reporter, text, feedback, anonymous,
        responsible_id, registered_at, due_on, grade, reopened, rest)
      select ${bureau}, ${id}, lpad(n::text, 8, '0'), case n % 4 when 3 then 'hazard' else 'opinion' end, 'other', 'in_progress', 3, ${station}, ${beat}, '${communities.east}',
        '${CITY.door("east", 1, 1)}', '{}', 'visit', 'resident', '楼道照明不亮，晚上看不清台阶，希望尽快修好。', 'phone', false, ${person},
        to_timestamp(${now - 15 * 24 * HOUR_MS} / 1000), to_timestamp((${due}) / 1000)::date, case n % 4 when 3 then 'ordinary' end, 0,
        $1::jsonb || jsonb_build_object('clocks', jsonb_build_array($2::jsonb ||
          case when ${paused} then jsonb_build_object('dueAt', null, 'pausedAt', ${now}, 'left', 5) else jsonb_build_object('dueAt', ${due}) end))
      from generate_series(1, ${size}) n`,
    [JSON.stringify(rest), JSON.stringify(clock)],
  );
  await run(`insert into matter_deadline (bureau_id, id, station_id, beat_id, kind, responsible_id, purpose, rule, due_at, paused_at, look_at)
      select bureau_id, id, station_id, beat_id, kind, responsible_id, 'finish', '${rule.id}',
        coalesce(due, 'infinity'), case when due is null then to_timestamp(${now} / 1000) end, due
      from (select *, to_timestamp((rest #>> '{clocks,0,dueAt}')::float8 / 1000) as due from matter) m`);
  await run("vacuum analyze");
}
