import { keysOf, markKey, written } from "@wanjia/domain/matters/search";
import { matterNumber } from "@wanjia/domain/matters/number";
import { DAY_MS } from "@wanjia/domain/shared/instant";
import { seededRandom } from "@wanjia/domain/shared/random";
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

export const name = "search";

/** The bar of the issue: a page of a search at a million matters. */
const SEARCH_P95_MS = 100;
const REPEATS = 40;
/** How long a bureau collects a million matters. */
const YEARS = 8;

/** A million matters with texts of the length in which people speak, found by words of all sorts. */
export async function run(options: BenchOptions) {
  const target = await openBenchDatabase(options);
  try {
    const size = options.quick ? 60_000 : 1_000_000;
    const database = await fillFixtureCity(target);
    const fillMs = await fill(database, size);
    const sizes = await sizesOf(database);
    await database.close();
    const server = await startBenchServer(target);
    try {
      const measured = await measure(server);
      return {
        rows: size,
        fillMs,
        ...sizes,
        ...measured,
        ok: measured.worstP95Ms <= SEARCH_P95_MS,
      };
    } finally {
      await server.stop();
    }
  } finally {
    await target.drop();
  }
}

// -- searching ------------------------------------------------------------------------------------

const { beats, stations, members, communities } = CITY;

/** In every text, in many, in few, in ten; longer than two signs; two at once; nothing. */
const WORDS = {
  everywhere: "希望",
  common: "路灯",
  uncommon: "信号",
  rare: "信鸽",
  longer: "烧烤油烟",
  building: "12号楼",
  two_common: "路灯 晚上",
  common_and_rare: "希望 信鸽",
  never_together: "路灯 电梯困人",
  nothing: "熊猫",
} as const;

const READERS = ["feedback", "leader", "southLeader", "officer"] as const;
const NARROWED = [
  `words=${WORDS.common}&stationId=${stations.second}`,
  `words=${WORDS.common}&kind=hazard`,
  `words=${WORDS.everywhere}&state=closed`,
  `words=${WORDS.rare}&state=in_progress`,
];

async function measure(server: BenchServer) {
  const pages: Record<string, number> = {};
  let found = 0;
  for (const who of READERS) {
    const cookie = await server.signIn(who);
    const asked = [
      ...Object.entries(WORDS).map(([sort, words]) => [sort, `words=${words}`] as const),
      ...(who === "feedback" ? NARROWED.map((query) => [query, query] as const) : []),
    ];
    for (const [sort, query] of asked) {
      const first = await search(server, cookie, query);
      found += first.items.length;
      if ((sort === "nothing") !== (first.items.length === 0) && !query.includes("state=closed")) {
        // What never stands together, or what is rare, may be missing in a small reach.
        if (sort === "everywhere" || sort === "common" || sort === "nothing") {
          throw new Error(`${who} ${query}: ${first.items.length} found`);
        }
      }
      const cursors = [
        "",
        ...(first.next === null ? [] : [`&cursor=${first.next}`, "&cursor=last"]),
      ];
      for (const cursor of cursors) {
        const times: number[] = [];
        for (let i = 0; i < REPEATS; i += 1) {
          times.push((await search(server, cookie, query + cursor)).ms);
        }
        const label = cursor === "" ? "first" : cursor === "&cursor=last" ? "last" : "next";
        pages[`${who} ${sort} ${label}`] = round(quantile(times.slice(5), 0.95));
      }
    }
  }
  for (const [question, ms] of Object.entries(pages)) {
    console.log(`${String(ms).padStart(8)} ms  ${question}`);
  }
  return {
    questions: Object.keys(pages).length,
    found,
    worstP95Ms: Math.max(...Object.values(pages)),
  };
}

interface Reply {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

async function search(server: BenchServer, cookie: string, query: string) {
  const started = performance.now();
  const answer = await fetch(`${server.address}/api/v1/matters?${encodeURI(query)}`, {
    headers: { cookie },
  });
  const body = (await answer.json()) as Reply;
  const ms = performance.now() - started;
  if (!answer.ok) throw new Error(`${query}: ${JSON.stringify(body)}`);
  return { ms, items: body.items, next: body.next };
}

// -- the data -------------------------------------------------------------------------------------

const PARTS = [
  "小区后门|地下车库|菜市场旁|学校门口|河边步道|公交站台|广场东侧|幼儿园对面|物业门岗|楼道拐角|快递柜旁|健身器材处|垃圾房边|屋顶平台|配电房外|老年活动室|停车场入口|西侧围墙|单元门前|人行天桥下",
  "路灯不亮|路灯忽明忽暗|电动车乱停|飞线充电|烧烤油烟很大|广场舞音响太吵|楼上漏水|宠物狗没拴绳|消防通道被占|井盖松动|垃圾没人清|高空抛物|门禁坏了|电梯困人|墙皮脱落|装修噪声|下水道堵塞|树枝压着电线|监控坏了|手机没有信号|积水很深|栏杆断了|私搭棚子|占道经营|灭火器过期",
  "晚上看不清台阶|老人出门不方便|孩子放学路过很危险|半夜还有人喊叫|已经半个多月没人管|下雨天更严重|上下班时间堵得厉害|居民意见很大|物业说要等通知|前几天差点有人摔倒|味道飘到家里来|早上六点就开始|周末尤其明显|报修过三次没有结果|好几户都反映过",
  "希望尽快修好|希望有人来看看|希望协调解决|希望给个答复|希望经常巡逻|希望装个提示牌|希望问问物业|希望先围起来|希望社区出面|希望不要再拖",
];
const TEXTS = 20_000;
const BUILDINGS = 300;
const RARE_EVERY = 100_000;

function spoken(): { text: string; keys: readonly number[] }[] {
  const random = seededRandom("search");
  const pick = (part: string): string => {
    const choices = part.split("|");
    return choices[Math.floor(random() * choices.length)] ?? "";
  };
  return Array.from({ length: TEXTS }, () => {
    const [where = "", what = "", effect = "", wish = ""] = PARTS;
    const text = `${pick(where)}${pick(what)}，${pick(effect)}，${pick(effect)}。${pick(where)}也是这样，${pick(what)}，${pick(effect)}，${pick(wish)}，谢谢。`;
    return { text, keys: keysOf(text) };
  });
}

async function fill(database: Database, size: number): Promise<number> {
  const started = performance.now();
  const run = (text: string, values: unknown[] = []) => database.pool.query(text, values);
  const bureau = `'${CITY.bureau}'::uuid`;
  const addresses = Array.from({ length: BUILDINGS }, (_, i) => `云汀市东亭街道和平路${i + 1}号楼`);
  await run(
    "create table spoken as select * from jsonb_to_recordset($1::jsonb) as r(i int, text text, written text, keys bigint[])",
    [
      JSON.stringify(
        spoken().map(({ text, keys }, i) => ({ i, text, keys, written: written(text) })),
      ),
    ],
  );
  await run(
    "create table lying as select * from jsonb_to_recordset($1::jsonb) as r(i int, written text, keys bigint[])",
    [
      JSON.stringify(
        addresses.map((text, i) => ({ i, keys: keysOf(text), written: written(text) })),
      ),
    ],
  );
  const rare = "楼顶有人养信鸽";
  const marks = {
    first: markKey("station", stations.first),
    second: markKey("station", stations.second),
    south: markKey("beat", beats.south),
    east: markKey("beat", beats.east),
    west: markKey("beat", beats.west),
    opinion: markKey("kind", "opinion"),
    hazard: markKey("kind", "hazard"),
  };
  const south = "n % 20 = 0";
  const number = matterNumber(members.officer.id);
  await run(
    `create table told as select n, ('01990000-0003-7000-8000-' || lpad(n::text, 12, '0'))::uuid as id,
        case when ${south} then '${stations.second}'::uuid else '${stations.first}'::uuid end as station_id,
        case when ${south} then '${beats.south}'::uuid when n % 2 = 0 then '${beats.east}'::uuid else '${beats.west}'::uuid end as beat_id,
        to_timestamp(${Date.now()} / 1000 - (${size} - n)::float8 * ${(YEARS * 365 * DAY_MS) / 1000 / size}) as registered_at,
        case n % 4 when 3 then 'hazard' else 'opinion' end as kind,
        s.text || case when n % ${RARE_EVERY} = 7 then '${rare}' else '' end as text,
        s.written || l.written || case when n % ${RARE_EVERY} = 7 then '${written(rare)}' else '' end as written,
        s.keys || l.keys || case when n % ${RARE_EVERY} = 7 then '{${keysOf(rare).join(",")}}'::bigint[] else '{}' end
          || case when ${south} then array[${marks.second}, ${marks.south}]::bigint[] when n % 2 = 0 then array[${marks.first}, ${marks.east}]::bigint[] else array[${marks.first}, ${marks.west}]::bigint[] end
          || case n % 4 when 3 then ${marks.hazard}::bigint else ${marks.opinion}::bigint end as keys
      from generate_series(1, ${size}) n
      join spoken s on s.i = n * 7919::bigint % ${TEXTS} join lying l on l.i = n * 31 % ${BUILDINGS}`,
  );
  await run(
    `insert into matter (bureau_id, id, number, kind, subtype, state, version, station_id, beat_id, community_id, place_id, campaign_ids, origin, reporter, text, feedback, anonymous,
        responsible_id, registered_at, due_on, grade, reopened, rest, disposition, closed_at)
      select ${bureau}, id, '${number}', kind, 'other', case when n % 50 = 1 then 'in_progress' else 'closed' end, 3, station_id, beat_id, '${communities.east}',
        '${CITY.door("east", 1, 1)}', '{}', 'visit', 'resident', text, 'phone', false, '${members.officer.id}',
        registered_at, registered_at::date + 15, case kind when 'hazard' then 'ordinary' end, 0, '{"clocks": []}',
        case when n % 50 = 1 then null else 'closed' end, case when n % 50 = 1 then null else registered_at + interval '9 days' end
      from told order by n`,
  );
  await run("drop index matter_words_keys");
  await run(`insert into matter_words (bureau_id, id, station_id, beat_id, registered_at, written, keys)
      select ${bureau}, id, station_id, beat_id, registered_at, written, wanjia_search_keys(keys, wanjia_search_month(registered_at)) from told order by n`);
  await run(
    "create index matter_words_keys on matter_words using gin (keys) with (gin_pending_list_limit = 256)",
  );
  await run("drop table told, spoken, lying");
  await run("vacuum analyze");
  return Math.round(performance.now() - started);
}

async function sizesOf(database: Database) {
  const { rows } = await database.pool.query<{ words: number; keys: number; matters: number }>(
    `select pg_table_size('matter_words') as words, pg_relation_size('matter_words_keys') as keys, pg_total_relation_size('matter') as matters`,
  );
  const mb = (bytes = 0): number => Math.round(bytes / 1e6);
  return {
    wordsMb: mb(rows[0]?.words),
    keysMb: mb(rows[0]?.keys),
    mattersMb: mb(rows[0]?.matters),
  };
}
