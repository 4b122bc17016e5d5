/**
 * How often somebody answers is told of a building only from five knocks on, else of its premises type,
 * and of a door never: wherever a rate is shown, stored or exported, and in the document of the API.
 * Each eye of the test is shown a planted rate, and has to see it.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { OpenTx } from "../platform/database.ts";
import { type Client, type TestApp, testApp } from "../testing.ts";
import { addEastBuilding } from "../testing-city.ts";
import { planBureau } from "./commands.ts";
import { Planner } from "./planner.ts";
import { anId, openWalks, TOMORROW } from "./testing.ts";

/** Knocks in the eastern building, and of them answered: no rounding of 2/3 is anybody's count. */
const KNOCKS = 3;

let app: TestApp;
let campaign: Id;
let house: Id;
const planner = new Planner();

before(async () => {
  app = await testApp({ jobs: true });
  const { stations, beats, communities, members, bureau, door } = app.city;
  await app.database.asSystem(bureau, (tx) => addEastBuilding(tx as OpenTx, 2));
  house = anId();
  await app.database.pool.query(
    `insert into place (bureau_id, id, station_id, beat_id, community_id, building_id, kind, street, door_no, full_text, sort_key, "use", status, valid_from)
      values ($1, $2, $3, $4, $5, $2, 'rural_house', '西亭路', '7', '西亭路7号', 'z7', 'residential', 'confirmed', '2026-01-01')`,
    [bureau, house, stations.first, beats.west, communities.west],
  );
  campaign = await openWalks(
    app,
    [{ name: "一组", memberIds: [members.officer.id, members.auxiliary.id] }],
    ["dwelling_unit", "rural_house"],
  );
  const [officer, westOfficer] = await Promise.all([app.as("officer"), app.as("westOfficer")]);
  const hour = startOfLocalDay("2026-11-10") + 15 * HOUR_MS;
  const knock = async (placeId: Id, i: number, outcome: string): Promise<void> => {
    const met = outcome === "completed_doorstep";
    const isWest = placeId === house;
    const answer = await (isWest ? westOfficer : officer).post("/visits", {
      placeId,
      startedAt: hour + i * 300_000,
      endedAt: hour + i * 300_000 + 60_000,
      team: isWest ? [members.westOfficer.id] : [members.officer.id, members.auxiliary.id],
      outcome,
      ...(met ? { noticeGiven: "oral_and_card", idShown: true } : {}),
    });
    assert.equal(answer.status, 200, answer.text);
  };
  await knock(door("east", 1, 2), 0, "completed_doorstep");
  await knock(door("east", 1, 3), 1, "completed_doorstep");
  await knock(door("east", 1, 4), 2, "no_answer");
  // A house by itself, knocked at often enough: it is a home all the same.
  for (let i = 0; i < 6; i += 1)
    await knock(house, 3 + i, i === 5 ? "completed_doorstep" : "no_answer");
  const { signal } = new AbortController();
  await planBureau(app.database, planner, bureau, TOMORROW, signal);
});

after(async () => {
  await planner.close();
  await app.close();
});

/** How a rate of answering is called, in whatever place. */
const RATE_NAME =
  /rate(?!d|s?_?(?:limit|fitted))|percent|chance|presence|likel|probab|odds|score|见面率|开门率/i;

/** Things of one place (a door, a building) in an answer, each with the figures that stand beside its id. */
interface Beside {
  readonly id: string;
  readonly told: Readonly<Record<string, unknown>>;
}

function besidePlaces(value: unknown, places: ReadonlySet<string>): Beside[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const id = [...entries.map(([, part]) => part), ...entries.map(([name]) => name)].find(
    (part): part is string => typeof part === "string" && places.has(part),
  );
  const own = id === undefined ? [] : [{ id, told: Object.fromEntries(entries) }];
  return [...own, ...entries.flatMap(([, part]) => besidePlaces(part, places))];
}

/** Figures that count homes and visits, and say nothing of how often anybody answers. */
const COUNTS_OF_HOMES: ReadonlySet<unknown> = new Set(["K06", "K09", "K12"]);

/** What of it is a rate of answering: a fraction, a share in parts, or something called so. */
function ratesIn(told: unknown, path = ""): string[] {
  if (Array.isArray(told)) return told.flatMap((part) => ratesIn(part, `${path}[]`));
  if (typeof told === "number") {
    return (told > 0 && told < 1) || (told > 0 && RATE_NAME.test(path)) ? [path] : [];
  }
  if (typeof told === "string")
    return /^(?!0(?:\.0)?%)[\d.]+(?:%|次\/户)$/.test(told) ? [path] : [];
  if (typeof told !== "object" || told === null) return [];
  const { id, 编号: code, kind, numerator, denominator, level } = told as Record<string, unknown>;
  if (COUNTS_OF_HOMES.has(id) || COUNTS_OF_HOMES.has(code)) return [];
  // A figure that says itself that it speaks of a premises type.
  if (level === "premises_type") return [];
  if ((kind === "share" || kind === "mean") && Number(numerator) > 0 && Number(denominator) > 0)
    return [`${path} ${kind}`];
  return Object.entries(told).flatMap(([name, part]) => ratesIn(part, `${path}.${name}`));
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: { readonly enum?: readonly string[]; readonly default?: unknown };
  }[];
}

async function document(): Promise<{ paths: Record<string, Record<string, Operation>> }> {
  return (await app.stranger.get("//openapi.json")).body;
}

/** Every GET that can be asked with what is known here, in each variety of its choices. */
async function questions(): Promise<string[]> {
  const { stations, beats, buildings, door } = app.city;
  const [walk] = (
    await app.database.pool.query("select id from walk where state = 'planned' limit 1")
  ).rows;
  const known: Record<string, string> = {
    campaignId: campaign,
    stationId: stations.first,
    beatId: beats.east,
    buildingId: buildings.east,
    placeId: door("east", 1, 2),
    day: TOMORROW,
    indicator: "K05",
    period: "2026-11",
    format: "csv",
    walk: walk.id,
  };
  const idOf = (path: string): string =>
    path.startsWith("/buildings")
      ? buildings.east
      : path.startsWith("/places")
        ? door("east", 1, 2)
        : path.includes("stations")
          ? stations.first
          : campaign;
  const asked: string[] = [];
  for (const [path, { get }] of Object.entries((await document()).paths)) {
    if (get === undefined) continue;
    const { parameters = [] } = get;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? idOf(path));
    const query = new URLSearchParams();
    for (const { name, in: where, required } of parameters) {
      const value = known[name];
      if (where === "query" && required === true && value !== undefined) query.set(name, value);
    }
    asked.push(`${filled}?${query.toString()}`);
    const by = parameters.find(({ name }) => name === "by");
    for (const one of by?.schema.enum ?? []) {
      const finer = new URLSearchParams(query);
      finer.set("by", one);
      const inBeats = parameters.some(({ name }) => name === "beatId");
      for (const beat of inBeats ? [beats.east, beats.west] : [""]) {
        if (inBeats) finer.set("beatId", beat);
        asked.push(`${filled}?${finer.toString()}`);
      }
    }
    for (const name of ["buildingId", "placeId", "campaignId"]) {
      if (!parameters.some((one) => one.name === name)) continue;
      const of = new URLSearchParams(query);
      of.set(name, known[name] ?? "");
      asked.push(`${filled}?${of.toString()}`);
    }
  }
  return asked;
}

/** A file's rows as objects, so that the same eye reads them. */
function rowsOf(csv: string): Record<string, string | number>[] {
  const cells = (line: string): string[] =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) =>
      cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    );
  const [head = "", ...lines] = csv
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
  const names = cells(head);
  return lines.map((line) =>
    Object.fromEntries(
      cells(line).map((cell, i) => [
        names[i] ?? String(i),
        cell !== "" && Number.isFinite(Number(cell)) ? Number(cell) : cell,
      ]),
    ),
  );
}

async function placesKnown(): Promise<ReadonlySet<string>> {
  const { rows } = await app.database.pool.query<{ id: string; text: string }>(
    "select id, full_text as text from place",
  );
  return new Set(rows.flatMap(({ id, text }) => [id, text]));
}

/** The rates that a client is told of a place, wherever he asks. */
async function toldTo(client: Client): Promise<{ answered: string[]; rates: string[] }> {
  const places = await placesKnown();
  const answered: string[] = [];
  const rates: string[] = [];
  for (const question of await questions()) {
    const answer = await client.get(question);
    if (answer.status !== 200) continue;
    answered.push(question);
    const type = String(answer.headers["content-type"]);
    const body = type.includes("csv")
      ? rowsOf(answer.text)
      : type.includes("json") && !type.includes("ndjson")
        ? answer.body
        : answer.text.split("\n").flatMap((line) => {
            try {
              return [JSON.parse(line) as unknown];
            } catch {
              return [];
            }
          });
    for (const { id, told } of besidePlaces(body, places)) {
      for (const rate of ratesIn(told)) rates.push(`${question}: ${id}${rate}`);
    }
  }
  return { answered, rates };
}

/** A fraction beside a place that is no rate of answering: where it stands on the map. */
const NO_RATE = /\.(?:at|point|start|station)\.(?:x|y|lon|lat)$/;

test("with three knocks at a building, no screen, file or phone tells how often somebody answers there", async () => {
  const asked: string[] = [];
  for (const member of [
    "officer",
    "westOfficer",
    "leader",
    "office",
    "inspector",
    "observer",
    "auditor",
  ] as const) {
    const { answered, rates } = await toldTo(await app.as(member, anId()));
    asked.push(...answered.map((question) => question.split("?")[0] ?? ""));
    assert.deepEqual(
      rates.filter((rate) => !NO_RATE.test(rate) && !isOfType(rate)),
      [],
      member,
    );
  }
  const { buildings } = app.city;
  for (const place of [
    "/planning/day",
    "/sync/context",
    `/buildings/${buildings.east}/doors`,
    `/insight/campaigns/${campaign}/board`,
    `/insight/campaigns/${campaign}/export`,
    "/visits/export",
    "/insight/records",
  ]) {
    assert.ok(asked.includes(place), `${place} was asked: ${[...new Set(asked)].join(" ")}`);
  }
});

/** What the phone plans with says of each building what its premises type does: looked at below. */
function isOfType(rate: string): boolean {
  return /^\/sync\/context\?.*\.rates\[\]$/.test(rate);
}

test("what is stored of a building with three knocks, and what a phone takes along, is its type's rate", async () => {
  const { pool } = app.database;
  const { buildings } = app.city;
  const { rows: bases } = await pool.query<{
    basis: {
      city: { byType: Record<string, number[]> };
      buildings: { id: string; premises: string; rates: number[] }[];
    };
  }>("select basis from replan_basis");
  assert.ok(bases.length > 0);
  for (const { basis } of bases) {
    const east = basis.buildings.find(({ id }) => id === buildings.east);
    assert.ok(east);
    assert.deepEqual(east.rates, basis.city.byType[east.premises]);
  }
  const { rows: walks } = await pool.query<{ choices: { building: string; level: string }[] }>(
    "select choices from walk where jsonb_array_length(choices) > 0",
  );
  assert.ok(walks.length > 0);
  for (const { choices } of walks) {
    for (const { level } of choices) assert.equal(level, "premises_type");
  }
  // No column anywhere could hold another one.
  const { rows: columns } = await pool.query<{ of: string }>(
    `select table_name || '.' || column_name as of from information_schema.columns
      where table_schema = 'public' and column_name ~* $1 order by 1`,
    ["rate($|s|_)|percent|chance|presence|likel|probab|odds|score"],
  );
  assert.deepEqual(
    columns.map(({ of }) => of),
    ["contact_rates.rates"],
  );
  const { rows: kept } = await pool.query<{ rates: object }>("select rates from contact_rates");
  const places = await placesKnown();
  assert.ok(kept.length > 0);
  assert.deepEqual(besidePlaces(kept, places), [], "of the city and of premises types alone");
});

/** Where the document may speak of such a rate, and why. */
const MAY_SPEAK: Readonly<Record<string, string>> = {
  percent: "a walk's reason; its level says whether it is the building's or the type's",
  feedbackRate: "tips answered, of a whole bureau",
};

function ratesNamedIn(schema: unknown, path: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => ratesNamedIn(part, path));
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, part]) => {
    const isNamed = path.endsWith("properties") && RATE_NAME.test(name);
    return [...(isNamed ? [name] : []), ...ratesNamedIn(part, name)];
  });
}

test("the document of the API names no rate but those that say of what they are", async () => {
  const named = new Set(ratesNamedIn(await document(), ""));
  assert.deepEqual([...named].toSorted(), Object.keys(MAY_SPEAK).toSorted());
  assert.deepEqual(ratesNamedIn({ properties: { contactRate: { type: "number" } } }, ""), [
    "contactRate",
  ]);
});

test("a rate planted beside a door or a building is seen, however it is written", async () => {
  const places = new Set(["east"]);
  const seen = (planted: unknown): string[] =>
    besidePlaces(planted, places).flatMap(({ told }) => ratesIn(told));
  for (const planted of [
    [{ id: "east", hope: 0.67 }],
    {
      rows: [
        {
          id: "east",
          cells: [{ id: "K05", figure: { kind: "share", numerator: 2, denominator: KNOCKS } }],
        },
      ],
    },
    { east: { 见面率: 67 } },
    rowsOf("building,contact_rate\r\neast,67\r\n"),
    rowsOf("单位,编号,数值\r\neast,K05,66.7%\r\n"),
    { building: "east", level: "building", percent: 67 },
    ["x", { placeId: "east", rates: [0.2, 0.5] }],
  ]) {
    assert.notDeepEqual(seen(planted), [], JSON.stringify(planted));
  }
  assert.deepEqual(seen([{ building: "east", level: "premises_type", percent: 67 }]), []);
  assert.deepEqual(seen([{ id: "east", doors: 12, met: 2 }]), []);
  assert.deepEqual(seen(rowsOf("单位,编号,数值\r\neast,K06,10.0%\r\n")), []);
});
