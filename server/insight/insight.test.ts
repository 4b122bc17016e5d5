import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { INDICATORS } from "@wanjia/domain/insight/dictionary";
import type { Role } from "@wanjia/domain/organisation/terms";
import { scopeOf } from "@wanjia/domain/organisation/policy";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, HOUR_MS, type Instant } from "@wanjia/domain/shared/instant";
import { seededRandom } from "@wanjia/domain/shared/random";
import { OUTCOME_MEANING, type RecordVisit, type VisitMatter } from "@wanjia/domain/visits/terms";
import type { Principal } from "../platform/access.ts";
import { newId } from "../platform/crypto.ts";
import { type Answer, type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";
import type { CityMember } from "../testing-city.ts";
import { correctVisits, noteDoors, recordVisits } from "../visits/commands.ts";
import { fold } from "./fold.ts";
import { verifyFigures } from "./verify.ts";

let app: TestApp;
let office: Client;
let leader: Client;
let campaign: Id;
let estate: Id;

before(async () => {
  app = await testApp();
  office = await app.as("office");
  leader = await app.as("leader");
  await office.post("/forms", {
    code: "form_household",
    marks: {
      formNo: "WJ-A",
      issuingBody: { "zh-CN": "云汀市公安局", en: "Yunting Public Security Bureau" },
      approvalNo: "云统制〔2026〕1号",
      expiresOn: "2027-12-31",
    },
  });
  const { stations, communities } = app.city;
  campaign = await open([stations.first, stations.second], []);
  estate = await open([stations.first], [communities.east]);
});

after(() => app.close());

async function open(stationIds: Id[], communityIds: Id[]): Promise<Id> {
  const { members } = app.city;
  const drafted = await office.post("/campaigns", {
    name: "平安入户",
    nameEn: "Safe homes",
    track: "outreach",
    aim: "",
    startsOn: "2026-09-01",
    endsOn: "2026-12-31",
    phases: [],
    stationIds,
    target: { kinds: ["dwelling_unit"], communityIds, beatIds: [] },
    forms: [{ code: "form_household", version: 1 }],
    leaflets: [{ code: "anti_fraud", name: "反诈宣传单", nameEn: "Fraud leaflet", stock: 500 }],
    devices: [],
    teams: [
      {
        id: newId(TEST_NOW),
        name: "一组",
        stationId: stationIds[0],
        memberIds: [members.officer.id, members.auxiliary.id],
      },
    ],
    samplingPlan: false,
  });
  assert.equal(drafted.status, 200, drafted.text);
  const opened = await office.post(`/campaigns/${drafted.body.id}/open`, {
    version: drafted.body.version,
  });
  assert.equal(opened.status, 200, opened.text);
  return drafted.body.id;
}

function principalOf(name: CityMember): Principal {
  const member = app.city.members[name];
  return {
    bureauId: member.bureauId,
    memberId: member.id,
    role: member.role as Role,
    scope: scopeOf(member.role as Role),
    stationIds: member.station === null ? [] : [member.station],
    beatIds: member.beat === null ? [] : [member.beat],
    locale: "zh-CN",
  };
}

function visit(placeId: Id, startedAt: Instant, changes: Partial<RecordVisit> = {}): RecordVisit {
  const outcome = changes.outcome ?? "completed_doorstep";
  return {
    placeId,
    startedAt,
    endedAt: startedAt + 240_000,
    team: [app.city.members.officer.id],
    ...(OUTCOME_MEANING[outcome].spoke ? { noticeGiven: "oral_and_card" as const } : {}),
    ...(OUTCOME_MEANING[outcome].contact ? { idShown: true } : {}),
    ...changes,
    outcome,
  };
}

/** Records visits in one transaction, as a phone's batch does; the ids of the accepted ones. */
async function push(name: CityMember, bodies: readonly RecordVisit[]): Promise<Id[]> {
  const principal = principalOf(name);
  const items = bodies.map((body) => ({
    id: newId(TEST_NOW),
    body,
    base: null,
    at: TEST_NOW,
    correctedAt: TEST_NOW,
  }));
  const decisions = await app.database.transact(principal, (tx) =>
    recordVisits(tx, { principal, atDesk: false }, items),
  );
  return items.flatMap(({ id }, i) => (decisions[i]?.ok === true ? [id] : []));
}

async function board(client: Client, query = "by=beat", id = campaign): Promise<Answer["body"]> {
  const answer = await client.get(`/insight/campaigns/${id}/board?${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

function figure(cells: { id: string; figure: any }[], id: string): any {
  return cells.find((cell) => cell.id === id)?.figure;
}

async function assertVerified(seed: string | number): Promise<void> {
  const { differences } = await verifyFigures(app.database);
  assert.deepEqual(differences.slice(0, 5), [], `seed ${seed}`);
}

const foldAll = (): Promise<number> => fold(app.database, app.city.bureau);

test("an opened campaign knows its homes before anybody has knocked", async () => {
  const { totals, rows } = await board(leader, "by=beat");
  const coverage = totals.find((cell: { id: string }) => cell.id === "K06");
  assert.deepEqual(coverage.figure, { kind: "share", numerator: 0, denominator: 24 });
  assert.deepEqual(
    rows.map((row: { name: string }) => row.name).toSorted(),
    ["东亭警务区", "西亭警务区"].toSorted(),
  );
  const inEstate = await board(leader, "by=beat", estate);
  assert.equal(figure(inEstate.totals, "K06").denominator, 12);
});

test("a visit is in the figures with its commit, before and after the fold, once in each campaign", async () => {
  const at = TEST_NOW - HOUR_MS;
  const { door, members } = app.city;
  await push("officer", [
    visit(door("east", 1, 1), at, {
      team: [members.officer.id, members.auxiliary.id],
      leaflets: [{ code: "anti_fraud", quantity: 3 }],
    }),
    visit(door("east", 1, 1), at + 600_000),
    visit(door("east", 1, 2), at, { outcome: "no_answer" }),
  ]);
  for (const moment of ["waiting", "folded"]) {
    for (const id of [campaign, estate]) {
      const { totals, days } = await board(leader, "by=station", id);
      const value = (name: string): number => figure(totals, name)?.value;
      assert.equal(value("K02"), 1, moment);
      assert.equal(value("K03"), 2, moment);
      assert.equal(value("K04"), 3, moment);
      assert.equal(value("K16"), 1, `${moment}: an auxiliary is no officer`);
      assert.equal(value("K18"), 3, moment);
      assert.deepEqual(figure(totals, "K05"), { kind: "share", numerator: 2, denominator: 3 });
      assert.deepEqual(days, [{ day: "2026-11-10", attempts: 3, householdVisits: 2 }], moment);
    }
    await foldAll();
  }
  await assertVerified("first visits");
});

test("a correction takes the home back out, and the month with it", async () => {
  const at = TEST_NOW - 2 * HOUR_MS;
  const principal = principalOf("officer");
  const [id] = await push("officer", [visit(app.city.door("east", 1, 3), at)]);
  assert.ok(id !== undefined);
  const k02 = async (): Promise<number> => figure((await board(leader)).totals, "K02").value;
  const month = async (): Promise<number> => {
    const card = await leader.get(
      `/insight/stations/${app.city.stations.first}/card?period=2026-11`,
    );
    assert.equal(card.status, 200, card.text);
    return figure(card.body.figures, "K02").value;
  };
  assert.deepEqual([await k02(), await month()], [2, 2]);
  const corrected = await app.database.transact(principal, (tx) =>
    correctVisits(tx, { principal, atDesk: false }, [
      {
        id: newId(TEST_NOW),
        base: null,
        at: TEST_NOW,
        correctedAt: TEST_NOW,
        body: {
          corrects: id,
          reason: "走错了门",
          visit: visit(app.city.door("east", 1, 3), at, { outcome: "no_answer" }),
        },
      },
    ]),
  );
  assert.equal(corrected[0]?.ok, true, JSON.stringify(corrected));
  assert.deepEqual([await k02(), await month()], [1, 1]);
  await assertVerified("correction");
});

test("other periods than months, quarters and years are refused, with the reason", async () => {
  const path = `/insight/stations/${app.city.stations.first}/card`;
  for (const period of ["2026-W47", "2026-11-03/2026-11-20", "yesterday"]) {
    const answer = await leader.get(`${path}?period=${encodeURIComponent(period)}`);
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.body.code, "period-not-offered");
    assert.match(answer.body.detail, /去重/);
  }
  assert.equal((await leader.get(`${path}?period=2026-11-01/2026-12-01`)).status, 200);
  assert.equal((await leader.get(`${path}?period=2026-Q4`)).status, 200);
});

// -- random histories -----------------------------------------------------------------------------

const OUTCOMES = [
  "completed_inside",
  "completed_doorstep",
  "no_answer",
  "no_answer",
  "no_answer",
  "refused",
  "asked_not_to_visit",
  "not_residential",
  "vacant_observed",
  "wrong_address",
  "phone_only",
] as const;
const OFFICERS = ["officer", "westOfficer", "southOfficer"] as const;
const BEAT_OF = { officer: "east", westOfficer: "west", southOfficer: "south" } as const;

/** Phones, desks and folds at once, from a seed. */
async function history(seed: string, steps: number): Promise<number> {
  const random = seededRandom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const mine = new Map<CityMember, { id: Id; body: RecordVisit }[]>();
  const feedback = await app.as("feedback");
  const southLeader = await app.as("southLeader");
  const matters: Id[] = [];

  const randomVisit = (name: (typeof OFFICERS)[number]): RecordVisit => {
    const outcome = pick(OUTCOMES);
    const at = TEST_NOW - Math.floor(random() * 90) * DAY_MS - Math.floor(random() * 8) * HOUR_MS;
    const heard: VisitMatter[] =
      outcome === "completed_inside" && random() < 0.7
        ? [heardMatter(pick(["opinion", "service_request", "dispute", "hazard"] as const), random)]
        : [];
    matters.push(...heard.map(({ id }) => id));
    return visit(
      app.city.door(BEAT_OF[name], 1 + Math.floor(random() * 3), pick([1, 2, 3, 4])),
      at,
      {
        outcome,
        team: [app.city.members[name].id],
        arranged: pick(["none", "none", "resident_request", "phone_appointment"]),
        ...(outcome === "completed_inside" ? { entryConsent: true } : {}),
        ...(outcome === "no_answer" ? { cardLeft: true, lastAttempt: random() < 0.2 } : {}),
        ...(random() < 0.3
          ? { leaflets: [{ code: "anti_fraud", quantity: 1 + Math.floor(random() * 4) }] }
          : {}),
        matters: heard,
      },
    );
  };

  const record = async (): Promise<void> => {
    const name = pick(OFFICERS);
    const bodies = Array.from({ length: 1 + Math.floor(random() * 5) }, () => randomVisit(name));
    const ids = await push(name, bodies);
    mine.set(name, [
      ...(mine.get(name) ?? []),
      ...ids.flatMap((id, i) =>
        ids.length === bodies.length ? [{ id, body: bodies[i] as RecordVisit }] : [],
      ),
    ]);
  };
  const correct = async (): Promise<void> => {
    const name = pick(OFFICERS);
    const known = mine.get(name) ?? [];
    const old = pick(known);
    if (old === undefined) return;
    known.splice(known.indexOf(old), 1);
    const principal = principalOf(name);
    const other = randomVisit(name);
    await app.database.transact(principal, (tx) =>
      correctVisits(tx, { principal, atDesk: false }, [
        {
          id: newId(TEST_NOW),
          base: null,
          at: TEST_NOW,
          correctedAt: TEST_NOW,
          body: {
            corrects: old.id,
            reason: "记错了",
            visit: {
              ...other,
              placeId: random() < 0.5 ? old.body.placeId : other.placeId,
              matters: [],
            },
          },
        },
      ]),
    );
  };
  const note = async (): Promise<void> => {
    const name = pick(OFFICERS);
    const principal = principalOf(name);
    const placeId = app.city.door(BEAT_OF[name], 1 + Math.floor(random() * 3), pick([1, 2, 3, 4]));
    await app.database.transact(principal, (tx) =>
      noteDoors(tx, { principal, atDesk: false }, [
        {
          id: newId(TEST_NOW),
          base: 10_000,
          at: TEST_NOW,
          correctedAt: TEST_NOW,
          body: { placeId, doNotVisit: random() < 0.5 },
        },
      ]),
    );
  };
  const work = async (): Promise<void> => {
    const id = pick(matters);
    if (id === undefined) return;
    const clients = [leader, southLeader, feedback];
    const found = await leader.get(`/matters/${id}`);
    const client = found.status === 200 ? pick(clients) : pick([southLeader, feedback]);
    const { body } = await client.get(`/matters/${id}`);
    if (body?.kind === undefined) return;
    const outcome = {
      opinion: ["adopted", "partly", "not_adopted"],
      service_request: ["delivered", "cannot"],
      dispute: ["agreement_reached", "failed"],
      hazard: ["rectified"],
    }[body.kind as "opinion"];
    const order = pick([
      { type: "screen", stopSigns: [] },
      { type: "accept" },
      { type: "inform", mode: "phone", text: "正在办" },
      { type: "assign", to: app.city.members.leader.id },
      { type: "return_assignment", reason: "不归这里管" },
      { type: "resolve", outcome: pick(outcome), reason: "no_means", text: "已办理" },
      { type: "recheck", cleared: true, text: "已复查" },
      { type: "answer", mode: "phone", text: "已答复" },
      { type: "call_back", mode: "phone", reached: true, solved: "yes", satisfaction: 4, text: "" },
      { type: "close" },
      { type: "close", waiver: "no_reporter" },
      { type: "reopen", reason: "not_solved", text: "又出现了" },
      { type: "withdraw", text: "不用了" },
    ]);
    app.clock.set(TEST_NOW + Math.floor(random() * 20) * DAY_MS);
    await client.post(`/matters/${id}/steps`, { version: body.version, step: order });
    app.clock.set(TEST_NOW);
  };

  for (let step = 0; step < steps; step += 1) {
    const together = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      pick([record, record, record, correct, note]),
    );
    if (random() < 0.3) together.push(async () => void (await foldAll()));
    await Promise.all(together.map((act) => act()));
    await work();
    await work();
  }
  return [...mine.values()].flat().length;
}

function heardMatter(kind: VisitMatter["kind"], random: () => number): VisitMatter {
  const subtype = {
    opinion: "patrol",
    service_request: "id_papers",
    dispute: "neighbour_noise",
    hazard: "ebike_charging",
  }[kind];
  return {
    id: newId(TEST_NOW),
    kind,
    subtype,
    text: "楼道里停放电动车充电",
    wantsAnswer: random() < 0.5,
  };
}

/** Each database lives through histories of its own. */
const SEEDS =
  process.env["TEST_DATABASE_URL"] === undefined
    ? ["yunting-1", "yunting-2"]
    : ["yunting-3", "yunting-5"];
for (const seed of SEEDS) {
  test(`after a random history of phones, corrections, wishes and matters, every figure is what its records say (${seed})`, async () => {
    assert.ok((await history(seed, 25)) > 20, "too few visits were accepted to tell anything");
    await assertVerified(`${seed}, some waiting`);
    await foldAll();
    await assertVerified(`${seed}, all folded`);
  });
}

test("a hazard that was cleared and is found again has come back, until it turns out to be another", async () => {
  const placeId = app.city.door("west", 3, 4);
  // At the desk: what the histories above left at a door may keep everybody from it.
  const found = async (at: Instant): Promise<Id> => {
    app.clock.set(at);
    const id = newId(at);
    const client = await app.as("westOfficer");
    const raised = await client.post("/matters", {
      id,
      kind: "hazard",
      subtype: "falling_object",
      text: "外墙砖松动",
      placeId,
      reporter: "officer",
      feedback: "none",
      grade: "ordinary",
    });
    assert.equal(raised.status, 200, raised.text);
    return id;
  };
  const step = async (client: Client, id: Id, order: object): Promise<void> => {
    const { body } = await client.get(`/matters/${id}`);
    const taken = await client.post(`/matters/${id}/steps`, { version: body.version, step: order });
    assert.equal(taken.status, 200, taken.text);
  };
  const recurred = async (): Promise<number> => {
    const path = `/insight/stations/${app.city.stations.first}/card?period=2026-11`;
    return figure((await leader.get(path)).body.figures, "K32").numerator;
  };
  const before = await recurred();
  const first = await found(TEST_NOW - DAY_MS);
  app.clock.set(TEST_NOW - 6 * HOUR_MS);
  const west = await app.as("westOfficer");
  await step(west, first, { type: "accept" });
  await step(west, first, { type: "resolve", outcome: "rectified", text: "已加固" });
  await step(leader, first, { type: "recheck", cleared: true, text: "已复查" });
  assert.equal(await recurred(), before);
  const again = await found(TEST_NOW - HOUR_MS);
  app.clock.set(TEST_NOW);
  assert.equal(await recurred(), before + 1);
  await assertVerified("came back");
  await step(leader, again, { type: "correct", subtype: "structural", why: "是结构裂缝" });
  assert.equal(await recurred(), before);
  await assertVerified("another sort");
  await foldAll();
});

test("how long matters take is a curve for each kind, and nothing of too few", async () => {
  const path = `/insight/ageing?period=2026&stationId=${app.city.stations.first}`;
  const seen = await leader.get(path);
  assert.equal(seen.status, 200, seen.text);
  const card = await leader.get(`/insight/stations/${app.city.stations.first}/card?period=2026`);
  const { n } = figure(card.body.figures, "K36");
  const sum = seen.body.kinds.reduce((all: number, kind: { n: number }) => all + kind.n, 0);
  assert.equal(sum, n);
  for (const { curve, median, kind } of seen.body.kinds) {
    const half = curve.find(({ open }: { open: number }) => open <= 0.5)?.day ?? null;
    assert.equal(median.days, half, kind);
  }
  const observer = await app.as("observer");
  for (const { n: shown, curve } of (await observer.get(path)).body.kinds) {
    assert.ok((shown !== null && shown >= 10) || shown === 0 || curve.length === 0);
  }
  assert.equal((await leader.get("/insight/ageing?period=2026")).status, 403);
  const officer = await app.as("officer");
  assert.equal((await officer.get(path)).status, 403);
});

test("a total that was tampered with is found", async () => {
  await app.database.pool.query(
    `update tally set counters = counters || '{"attempts": 1}' where campaign_id = $1 and grain = 'all'`,
    [campaign],
  );
  const { differences } = await verifyFigures(app.database);
  assert.equal(
    differences.some(({ counter }) => counter === "attempts"),
    true,
  );
  for (const { line, counter, recounted } of differences) {
    const [, , , , , beat] = line.split("|");
    await app.database.pool.query(
      `update tally set counters = jsonb_set(counters, array[$1::text], to_jsonb($2::int)) where campaign_id = $3 and grain = 'all' and beat_id = $4`,
      [counter, recounted, campaign, beat],
    );
  }
  await assertVerified("repaired");
});

// -- figures and their records --------------------------------------------------------------------

test("each figure opens onto records that add up to it", async () => {
  const campaignBoard = await board(leader, "by=station");
  const scopes = [
    { query: `campaignId=${campaign}`, cells: campaignBoard.totals },
    ...(await Promise.all(
      ["2026-11", "2026-Q3", "2026"].map(async (period) => ({
        query: `period=${period}&stationId=${app.city.stations.first}`,
        cells: (
          await leader.get(`/insight/stations/${app.city.stations.first}/card?period=${period}`)
        ).body.figures,
      })),
    )),
  ];
  let opened = 0;
  for (const { query, cells } of scopes) {
    for (const { id, figure: value } of cells) {
      if (value === null || value.kind === "absent") continue;
      const records = await leader.get(`/insight/records?indicator=${id}&${query}&size=200`);
      if (records.status === 422) {
        assert.equal(records.body.code, "indicator-not-offered");
        continue;
      }
      assert.equal(records.status, 200, records.text);
      opened += 1;
      const expected = value.value ?? value.numerator ?? value.n;
      const numerator = id === "K07" ? figure(cells, "K02").value : expected;
      assert.equal(records.body.sum, numerator, `${id} ${query}`);
      assert.equal(records.body.hidden, 0, id);
      const listed = records.body.items.reduce(
        (sum: number, row: { amount: number }) =>
          sum + (value.kind === "duration" ? 1 : row.amount),
        0,
      );
      if (records.body.next === null) assert.equal(listed, numerator, `${id} ${query}`);
    }
  }
  assert.ok(opened > 60, `only ${opened} figures opened`);
});

test("beats of a station add up to the station, buildings of a beat to the beat", async () => {
  const inspector = await app.as("inspector");
  const stations = await board(inspector, "by=station");
  const beats = await board(inspector, "by=beat");
  const first = stations.rows.find((row: { id: Id }) => row.id === app.city.stations.first);
  const sum = (rows: { parentId: Id; cells: any[] }[], parent: Id, id: string): number =>
    rows
      .filter(({ parentId }) => parentId === parent)
      .reduce((total, row) => total + figure(row.cells, id).value, 0);
  for (const id of ["K02", "K03", "K04"]) {
    assert.equal(sum(beats.rows, first.id, id), figure(first.cells, id).value);
    const east = beats.rows.find((row: { id: Id }) => row.id === app.city.beats.east);
    const buildings = await board(inspector, `by=building&beatId=${app.city.beats.east}`);
    assert.equal(sum(buildings.rows, app.city.beats.east, id), figure(east.cells, id).value);
  }
});

// -- who sees what --------------------------------------------------------------------------------

test("a leader sees his station, an officer his beat, and nobody another bureau", async () => {
  const southLeader = await app.as("southLeader");
  const officer = await app.as("officer");
  const mine = await board(leader, "by=beat");
  assert.deepEqual(
    new Set(mine.rows.map((row: { id: Id }) => row.id)),
    new Set([app.city.beats.east, app.city.beats.west]),
  );
  assert.deepEqual(
    (await board(southLeader, "by=beat")).rows.map((row: { id: Id }) => row.id),
    [app.city.beats.south],
  );
  assert.deepEqual(
    (await board(officer, "by=beat")).rows.map((row: { id: Id }) => row.id),
    [app.city.beats.east],
  );
  const path = `/insight/campaigns/${campaign}/board`;
  assert.equal((await officer.get(`${path}?by=station`)).status, 422);
  assert.equal(
    (await leader.get(`${path}?by=beat&stationId=${app.city.stations.second}`)).status,
    403,
  );
  const foreign = await app.as("foreignOffice");
  assert.equal((await foreign.get(path)).status, 404);
  const admin = await app.as("admin");
  assert.equal((await admin.get(path)).status, 403);
  assert.equal((await app.stranger.get(path)).status, 401);
});

test("an office without records sees small counts as <5, and no records", async () => {
  const seen = await board(office, "by=beat");
  const cells = [...seen.totals, ...seen.rows.flatMap((row: { cells: object[] }) => row.cells)];
  for (const cell of cells) {
    const indicator = INDICATORS.find(({ id }) => id === cell.id);
    if (cell.figure?.kind === "count" && indicator?.protects === true) {
      assert.ok(cell.figure.value === 0 || cell.figure.value >= 5, JSON.stringify(cell));
    }
    if (
      cell.figure?.kind === "share" &&
      indicator?.protects === true &&
      cell.figure.denominator > 0
    ) {
      assert.ok(cell.figure.denominator >= 30, JSON.stringify(cell));
    }
    if (cell.showing !== undefined) assert.equal(cell.figure, null);
  }
  const records = await office.get(`/insight/records?indicator=K03&campaignId=${campaign}`);
  assert.deepEqual([records.status, records.body.code], [403, "records-not-open"]);
  assert.equal(
    (
      await office.get(
        `/insight/campaigns/${campaign}/board?by=building&beatId=${app.city.beats.east}`,
      )
    ).status,
    422,
  );
});

test("an observer sees stations by quarter, with nothing below ten", async () => {
  const observer = await app.as("observer");
  const path = `/insight/stations/${app.city.stations.first}/card`;
  assert.equal((await observer.get(`${path}?period=2026-11`)).status, 403);
  const card = await observer.get(`${path}?period=2026-Q4`);
  assert.equal(card.status, 200, card.text);
  for (const { id, figure: value } of card.body.figures) {
    const indicator = INDICATORS.find((one) => one.id === id);
    if (value?.kind === "count" && indicator?.protects === true) {
      assert.ok(value.value === 0 || value.value >= 10, id);
    }
  }
  assert.equal((await observer.get(`/insight/campaigns/${campaign}/board?by=beat`)).status, 422);
  assert.equal((await observer.get(`/insight/campaigns/${campaign}/board?by=station`)).status, 200);
  // To choose one he sees which campaigns there are, and no plan of theirs.
  assert.equal((await observer.get("/campaigns")).status, 200);
  assert.equal((await observer.get(`/campaigns/${campaign}`)).status, 403);
});

test("wishes for no visit are shown to nobody below ten", async () => {
  const seen = await board(leader, "by=beat");
  for (const cells of [seen.totals, ...seen.rows.map((row: { cells: object[] }) => row.cells)]) {
    const coverage = cells.find((cell: { id: string }) => cell.id === "K06");
    const wishes = coverage.beside.find((one: { name: string }) => one.name === "do_not_visit");
    assert.ok(wishes.value === null || wishes.value === 0 || wishes.value >= 10);
    if (wishes.value === null) assert.equal(coverage.variant.figure, null);
  }
});

test("a file of figures carries its stamp on every row", async () => {
  const answer = await leader.get(`/insight/campaigns/${campaign}/export?by=beat&format=csv`);
  assert.equal(answer.status, 200, answer.text);
  const [head, ...lines] = answer.text.trim().split("\r\n");
  assert.match(head ?? "", /query_hash,data_as_of,division_version,suppression_version$/);
  assert.ok(lines.length > 40);
  for (const line of lines)
    assert.match(line, /,[0-9a-f]{16},2026-11-10T11:00:00.000Z,none,2-handler$/);
  const xlsx = await leader.get(
    `/insight/stations/${app.city.stations.first}/export?period=2026-11&format=xlsx`,
  );
  assert.equal(xlsx.status, 200);
});
