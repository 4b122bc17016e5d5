import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "@wanjia/domain/shared/instant";
import type { RecordVisit } from "@wanjia/domain/visits/terms";
import type { PoolClient } from "pg";
import { newId } from "../platform/crypto.ts";
import type { OpenTx } from "../platform/database.ts";
import { type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";
import type { CityMember } from "../testing-city.ts";
import { deleteExpired, endWishes } from "./commands.ts";

let app: TestApp;
let officer: Client;
let colleague: Client;
let leader: Client;
let office: Client;
let campaign: Id;
const phones = new Map<CityMember, { id: Id; client: Client }>();

before(async () => {
  app = await testApp();
  office = await app.as("office");
  leader = await app.as("leader");
  for (const member of ["officer", "colleague", "auxiliary"] as const) {
    const id = anId();
    const client = await app.as(member, id);
    const answer = await client.post("/sync/devices", { id, name: "测试手机", protocol: 2 });
    assert.equal(answer.status, 200, answer.text);
    phones.set(member, { id, client });
  }
  officer = phones.get("officer")!.client;
  colleague = phones.get("colleague")!.client;
  campaign = await openCampaign();
});

after(() => app.close());

function anId(): Id {
  return uuidv7(TEST_NOW, randomBytes(10));
}

async function openCampaign(changes: object = {}): Promise<Id> {
  const { stations, members } = app.city;
  const marks = {
    formNo: "WJ-A",
    issuingBody: { "zh-CN": "云汀市公安局", en: "Yunting Public Security Bureau" },
    approvalNo: "",
    expiresOn: "2027-12-31",
  };
  const form = await office.post("/forms", { code: "form_household", marks });
  const drafted = await office.post("/campaigns", {
    name: "平安入户",
    nameEn: "Safe homes",
    track: "outreach",
    aim: "",
    startsOn: "2026-11-01",
    endsOn: "2026-11-30",
    phases: [],
    stationIds: [stations.first],
    target: { kinds: ["dwelling_unit"], communityIds: [], beatIds: [] },
    forms: [{ code: "form_household", version: form.body.version }],
    leaflets: [{ code: "anti_fraud", name: "反诈", nameEn: "Fraud", stock: 500 }],
    devices: [],
    teams: [
      {
        id: newId(TEST_NOW),
        name: "一组",
        stationId: stations.first,
        memberIds: [members.officer.id],
      },
    ],
    samplingPlan: false,
    ...changes,
  });
  assert.equal(drafted.status, 200, drafted.text);
  const opened = await office.post(`/campaigns/${drafted.body.id}/open`);
  assert.equal(opened.status, 200, opened.text);
  return drafted.body.id;
}

function visit(placeId: Id, changes: Partial<RecordVisit> = {}): RecordVisit {
  const startedAt = changes.startedAt ?? TEST_NOW - HOUR_MS;
  return {
    placeId,
    outcome: "completed_doorstep",
    startedAt,
    endedAt: startedAt + 4 * MINUTE_MS,
    team: [app.city.members.officer.id, app.city.members.auxiliary.id],
    noticeGiven: "oral_and_card",
    idShown: true,
    ...changes,
  };
}

function knock(placeId: Id, changes: Partial<RecordVisit> = {}): RecordVisit {
  const { noticeGiven: _notice, idShown: _id, ...rest } = visit(placeId);
  return { ...rest, outcome: "no_answer", ...changes };
}

interface Sent {
  readonly id?: Id;
  readonly type?: string;
  readonly body: unknown;
  readonly base?: number | null;
  readonly at?: Instant;
}

async function push(
  commands: readonly Sent[],
  member: CityMember = "officer",
  deviceNow: Instant = TEST_NOW,
) {
  const phone = phones.get(member)!;
  const answer = await phone.client.post("/sync/push", {
    protocol: 2,
    device: phone.id,
    deviceNow,
    commands: commands.map((command) => ({
      id: anId(),
      type: "visits.record",
      at: deviceNow - MINUTE_MS,
      base: 0,
      ...command,
    })),
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.answers as { id: Id; status: string; refusal?: { code: string } }[];
}

async function statusOf(placeId: Id, client = officer): Promise<string> {
  const { body } = await client.get(
    `/buildings/${app.city.buildings.east}/doors?campaignId=${campaign}`,
  );
  return body.items.find((door: { placeId: Id }) => door.placeId === placeId).status;
}

const door = (floor: number, number: number): Id => app.city.door("east", floor, number);

// -- from the phone -------------------------------------------------------------------------------

test("visits from a phone are saved in one push, each door with its state", async () => {
  const answers = await push([
    { body: visit(door(1, 1)) },
    { body: knock(door(1, 2)) },
    {
      body: knock(door(1, 2), {
        startedAt: TEST_NOW - 2 * HOUR_MS,
        endedAt: TEST_NOW - 2 * HOUR_MS,
      }),
    },
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    ["accepted", "accepted", "accepted"],
    JSON.stringify(answers),
  );
  assert.equal(await statusOf(door(1, 1)), "met");
  assert.equal(await statusOf(door(1, 2)), "again");
  assert.equal(await statusOf(door(1, 3)), "open");
  const detail = await officer.get(`/visits/${answers[2]!.id}`);
  assert.equal(detail.body.attemptNo, 2);
  assert.deepEqual(detail.body.campaignIds, [campaign]);
});

test("an auxiliary officer cannot record a visit alone, but may keep the record of a team", async () => {
  const { auxiliary, officer: sworn } = app.city.members;
  const alone = await push([{ body: visit(door(1, 4), { team: [auxiliary.id] }) }], "auxiliary");
  assert.equal(alone[0]?.refusal?.code, "auxiliary-alone");
  const team = await push(
    [{ body: knock(door(1, 4), { team: [auxiliary.id, sworn.id] }) }],
    "auxiliary",
  );
  assert.equal(team[0]?.status, "accepted");
});

test("a datum that this product does not take makes the command malformed", async () => {
  const [answer] = await push([{ body: { ...visit(door(1, 1)), idNumber: "990101199001010015" } }]);
  assert.equal(answer?.refusal?.code, "malformed-command");
  const [text] = await push([{ body: visit(door(1, 1), { note: "身份证 990101199001010015" }) }]);
  assert.equal(text?.refusal?.code, "text-forbidden");
});

test("a door of another beat, station or bureau can't be visited from here", async () => {
  for (const place of [
    app.city.door("west", 1, 1),
    app.city.door("south", 1, 1),
    app.city.door("foreign", 1, 1),
  ]) {
    const [answer] = await push([{ body: knock(place) }]);
    assert.equal(answer?.refusal?.code, "place-unknown");
  }
});

test("a phone whose clock is three years off is put right, and both times are kept", async () => {
  const skew = 3 * 365 * DAY_MS;
  const startedAt = TEST_NOW - HOUR_MS + skew;
  const body = knock(door(3, 4), { startedAt, endedAt: startedAt });
  const [answer] = await push(
    [{ body, at: TEST_NOW - 50 * MINUTE_MS + skew }],
    "officer",
    TEST_NOW + skew,
  );
  assert.equal(answer?.status, "accepted");
  const { body: found } = await officer.get(`/visits/${answer!.id}`);
  assert.equal(found.visitedAt, TEST_NOW - HOUR_MS);
  assert.equal(found.deviceAt, startedAt);
});

test("two campaigns at once: the visit counts once for each", async () => {
  const { beats } = app.city;
  const second = await openCampaign({
    target: { kinds: ["dwelling_unit"], communityIds: [], beatIds: [beats.east] },
  });
  const [answer] = await push([{ body: visit(door(2, 1)) }]);
  const { body } = await officer.get(`/visits/${answer!.id}`);
  assert.deepEqual(new Set(body.campaignIds), new Set([campaign, second]));
  const listed = await officer.get(`/visits?campaignId=${second}`);
  assert.deepEqual(
    listed.body.items.map(({ id }: { id: Id }) => id),
    [answer!.id],
  );
  await office.post(`/campaigns/${second}/close`);
});

test("two officers at one door at the same time: both visits are kept", async () => {
  const [one, two] = await Promise.all([
    push([{ body: knock(door(2, 2)) }]),
    push([{ body: knock(door(2, 2), { team: [app.city.members.colleague.id] }) }], "colleague"),
  ]);
  assert.deepEqual([one[0]?.status, two[0]?.status], ["accepted", "accepted"]);
  const { body } = await officer.get(`/visits?placeId=${door(2, 2)}`);
  assert.equal(body.items.length, 2);
});

test("matters heard at the door come into being with the visit", async () => {
  const id = anId();
  const matter = {
    id,
    kind: "hazard",
    subtype: "unlit_path",
    text: "三楼楼道灯不亮",
    wantsAnswer: true,
    contact: { phone: "12000000001", consent: true, preference: "sms" },
  } as const;
  const [answer] = await push([{ body: visit(door(2, 3), { matters: [matter] }) }]);
  assert.equal(answer?.status, "accepted");
  const found = await officer.get(`/matters/${id}`);
  assert.equal(found.status, 200, found.text);
  assert.equal(found.body.visitId, answer!.id);
  const { text } = await officer.get(`/visits/${answer!.id}`);
  assert.doesNotMatch(text, /12000000001|楼道灯/, "the visit keeps neither words nor number");
});

test("a receipt made at the door opens the matter of that visit, and none that was there before", async () => {
  const follow = (look: string) => app.stranger.post("/public/matters/follow", { look });
  const id = anId();
  const heard = (look: string) =>
    ({
      id,
      kind: "opinion",
      subtype: "patrol",
      text: "晚上多来走走",
      wantsAnswer: true,
      look,
    }) as const;
  const look = "a".repeat(42) + "A";
  const [first] = await push([{ body: visit(door(2, 3), { matters: [heard(look)] }) }]);
  assert.equal(first?.status, "accepted");
  const followed = await follow(look);
  assert.equal(followed.status, 200, followed.text);
  assert.equal(followed.body.kind, "opinion");
  const other = "b".repeat(42) + "A";
  const [again] = await push([{ body: visit(door(2, 3), { matters: [heard(other)] }) }]);
  assert.equal(again?.status, "accepted");
  assert.equal((await follow(other)).status, 404);
});

test("a push of fifty visits is a handful of statements", async () => {
  const { pool } = app.database;
  const statements: string[] = [];
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const spied = async (): Promise<PoolClient> => {
    const client = await connect();
    return new Proxy(client, {
      get(target, name) {
        if (name === "query") {
          return (...args: [string | { text: string }]) => {
            statements.push(typeof args[0] === "string" ? args[0] : args[0].text);
            return target.query(...(args as [string]));
          };
        }
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? (member.bind(target) as unknown) : member;
      },
    });
  };
  Object.assign(pool, { connect: spied });
  try {
    await push(Array.from({ length: 50 }, (_, i) => ({ body: knock(door(3, 1 + (i % 3))) })));
  } finally {
    Object.assign(pool, { connect });
  }
  const own = statements.filter((text) =>
    /from place where|update door |insert into door /.test(text),
  );
  assert.equal(own.length, 2, "one load, one save");
  // Sign-in, begin, ledger twice, load, save, audit, figures, commit.
  assert.ok(statements.length <= 12, `${statements.length} statements`);
});

// -- wishes and refusals --------------------------------------------------------------------------

test("after a refusal the door is done for this campaign, unless the resident asks", async () => {
  const place = door(3, 1);
  await push([
    { body: visit(place, { outcome: "refused", noticeGiven: "declined_to_hear" }), base: 100 },
  ]);
  assert.equal(await statusOf(place), "ended");
  const [again] = await push([{ body: knock(place), base: 1000 }]);
  assert.equal(again?.refusal?.code, "ended-in-campaign");
  const [unaware] = await push(
    [{ body: knock(place, { team: [app.city.members.colleague.id] }), base: 0 }],
    "colleague",
  );
  assert.equal(unaware?.status, "accepted", "who could not know keeps his record");
  const [asked] = await push([
    { body: visit(place, { arranged: "resident_request" }), base: 1000 },
  ]);
  assert.equal(asked?.status, "accepted");
  assert.equal(await statusOf(place), "met");
});

test("a wish for no visits holds for 24 months, in every campaign, then ends by itself", async () => {
  const place = door(3, 2);
  await push([{ body: visit(place, { outcome: "asked_not_to_visit" }), base: 100 }]);
  assert.equal(await statusOf(place), "ended");
  const [again] = await push([{ body: knock(place), base: 1000 }]);
  assert.equal(again?.refusal?.code, "do-not-visit");
  app.clock.set(TEST_NOW + 735 * DAY_MS);
  await app.database.asSystem(app.city.bureau, endWishes);
  const { rows } = await app.database.asSystem(app.city.bureau, (tx) =>
    (tx as OpenTx).client.query("select quiet_until, state from door where id = $1", [place]),
  );
  app.clock.set(TEST_NOW);
  assert.equal(rows[0].quiet_until, null);
  assert.equal(rows[0].state.quietUntil, undefined);
});

test("the resident takes the wish back at the desk", async () => {
  const place = door(3, 3);
  await push([{ body: visit(place, { outcome: "asked_not_to_visit" }), base: 100 }]);
  const answer = await officer.post(`/doors/${place}/notes`, { doNotVisit: false });
  assert.equal(answer.status, 200, answer.text);
  // The refusal in this campaign stays.
  assert.equal(await statusOf(place), "ended");
  const [asked] = await push([
    { body: visit(place, { arranged: "phone_appointment" }), base: 1000 },
  ]);
  assert.equal(asked?.status, "accepted");
});

const UNLIKE: readonly RecordVisit["outcome"][] = [
  "refused",
  "asked_not_to_visit",
  "vacant_observed",
  "no_answer",
];

test("no list, filter, sort or file tells a refusal from a door where nobody answered", async () => {
  const fresh = await app.as("southOfficer", anId());
  const ids: Id[] = [];
  for (const [index, outcome] of UNLIKE.entries()) {
    const { southOfficer } = app.city.members;
    const place = app.city.door("south", 1, index + 1);
    const at = TEST_NOW - HOUR_MS;
    const spoke = outcome === "refused" || outcome === "asked_not_to_visit";
    const answer = await fresh.post("/visits", {
      placeId: place,
      outcome,
      startedAt: at,
      endedAt: at + index * MINUTE_MS,
      team: [southOfficer.id],
      ...(spoke ? { noticeGiven: "declined_to_hear", idShown: true, cardLeft: true } : {}),
    });
    assert.equal(answer.status, 200, answer.text);
    ids.push(answer.body.id);
  }
  const southLeader = await app.as("southLeader");
  const strip = (row: Record<string, unknown>): unknown => ({
    ...row,
    id: "",
    placeId: "",
    place: "",
  });
  const filters = [
    "",
    "sort=visitedAt",
    "sort=-visitedAt",
    "outcome=not_met",
    "timeMode=early_evening",
    `memberId=${app.city.members.southOfficer.id}`,
    `beatId=${app.city.beats.south}`,
    `buildingId=${app.city.buildings.south}`,
  ];
  for (const filter of filters) {
    const { body } = await southLeader.get(`/visits?${filter}`);
    assert.equal(body.items.length, 4, `${filter} finds all four or none`);
    const shapes = new Set(
      body.items.map((row: Record<string, unknown>) => JSON.stringify(strip(row))),
    );
    assert.equal(shapes.size, 1, `${filter}: ${[...shapes].join("\n")}`);
  }
  for (const outcome of ["refused", "asked_not_to_visit", "vacant_observed", "no_answer"]) {
    assert.equal((await southLeader.get(`/visits?outcome=${outcome}`)).status, 400);
    assert.equal((await southLeader.get(`/visits/export?outcome=${outcome}`)).status, 400);
  }
  for (const sort of ["outcome", "contact", "endedAt", "arranged"]) {
    assert.equal((await southLeader.get(`/visits?sort=${sort}`)).status, 400);
  }
  const file = await southLeader.get("/visits/export?format=csv", { "accept-language": "en" });
  const lines = file.text.trim().split("\r\n").slice(1);
  assert.equal(lines.length, 4);
  const cells = new Set(lines.map((line) => line.replace(/南浦里[^,]*/, "")));
  assert.equal(cells.size, 1, [...cells].join("\n"));
  // One visit: who was there knows; nobody else does.
  for (const id of ids) {
    const seen = await southLeader.get(`/visits/${id}`);
    assert.equal(seen.body.outcome, "not_met");
    assert.equal(seen.body.details, null);
  }
  const own = await fresh.get(`/visits/${ids[0]}`);
  assert.equal(own.body.outcome, "refused");
});

test("the trail and the feed tell nobody who refused", async () => {
  const auditor = await app.as("auditor");
  const { text } = await auditor.get("/audit?size=200");
  assert.doesNotMatch(text, /refused|asked_not_to_visit|doNotVisit|not_met/);
  const phone = phones.get("officer")!;
  const feed = await officer.get(`/sync/pull?device=${phone.id}&beat=${app.city.beats.east}`);
  assert.equal(feed.status, 200, feed.text);
  assert.match(feed.text, /"door"/);
  assert.doesNotMatch(feed.text, /refused|asked_not_to_visit|vacant_observed/);
});

// -- correction -----------------------------------------------------------------------------------

test("a correction is a new record; both stay, and the chain shows them", async () => {
  const place = door(1, 3);
  const [first] = await push([{ body: visit(place) }]);
  const correction = { corrects: first!.id, reason: "点错了，无人应答", visit: knock(place) };
  const [second] = await push([{ type: "visits.correct", body: correction }]);
  assert.equal(second?.status, "accepted", JSON.stringify(second));
  assert.equal(await statusOf(place), "again");
  const { body } = await officer.get(`/visits/${first!.id}`);
  assert.equal(body.outcome, "completed_doorstep");
  assert.equal(body.correctedBy, second!.id);
  assert.equal(body.mayCorrect, false);
  assert.deepEqual(
    body.chain.map(({ id, corrects }: { id: Id; corrects: Id | null }) => [id, corrects]),
    [
      [first!.id, null],
      [second!.id, first!.id],
    ],
  );
  const listed = await officer.get(`/visits?placeId=${place}`);
  assert.deepEqual(
    listed.body.items.map(({ id }: { id: Id }) => id),
    [second!.id],
  );
  const [late] = await push([{ type: "visits.correct", body: correction }]);
  assert.equal(late?.refusal?.code, "visit-already-corrected");
});

test("a visit recorded at the wrong door is moved to the right one", async () => {
  const [first] = await push([{ body: visit(door(2, 4)) }]);
  assert.equal(await statusOf(door(2, 4)), "met");
  const correction = { corrects: first!.id, reason: "错门", visit: visit(door(1, 4)) };
  const [second] = await push([{ type: "visits.correct", body: correction }]);
  assert.equal(second?.status, "accepted", JSON.stringify(second));
  assert.equal(await statusOf(door(2, 4)), "open");
  assert.equal(await statusOf(door(1, 4)), "met");
});

test("only who was there, or the station's leader, corrects a visit", async () => {
  const place = door(2, 4);
  const [first] = await push([{ body: visit(place) }]);
  const { colleague: other } = app.city.members;
  const correction = { reason: "核对", visit: { ...knock(place), team: [other.id] } };
  const refused = await colleague.post(`/visits/${first!.id}/corrections`, correction);
  assert.equal(refused.status, 403);
  assert.equal(refused.body.code, "not-your-visit");
  const saved = await leader.post(`/visits/${first!.id}/corrections`, {
    reason: "核对",
    visit: visit(place, { cardLeft: true }),
  });
  assert.equal(saved.status, 200, saved.text);
});

test("a leader who was not there mends the rest, and what came of it stays as it was", async () => {
  const [wrong, right] = [door(3, 1), door(3, 4)];
  const turnedAway = { outcome: "refused", noticeGiven: "declined_to_hear", idShown: true };
  const [first] = await push([{ body: { ...knock(wrong), ...turnedAway } }]);
  assert.equal(first?.status, "accepted", JSON.stringify(first));
  const { outcome: _outcome, endedAt: _endedAt, ...seen } = knock(right);
  const saved = await leader.post(`/visits/${first!.id}/corrections`, {
    reason: "错门",
    visit: { ...seen, team: [app.city.members.officer.id] },
  });
  assert.equal(saved.status, 200, saved.text);
  assert.equal((await leader.get(`/visits/${saved.body.id}`)).body.outcome, "not_met");
  const { body } = await officer.get(`/visits/${saved.body.id}`);
  assert.deepEqual([body.outcome, body.placeId], ["refused", right]);
  assert.equal(body.details.noticeGiven, "declined_to_hear");
});

// -- at the desk ----------------------------------------------------------------------------------

test("a visit is entered from paper, once, however often it is sent", async () => {
  const id = anId();
  const body = {
    ...knock(door(1, 2)),
    id,
    startedAt: TEST_NOW - 3 * DAY_MS,
    endedAt: TEST_NOW - 3 * DAY_MS,
  };
  const first = await leader.post("/visits", { ...body, team: [app.city.members.officer.id] });
  assert.equal(first.status, 200, first.text);
  const again = await leader.post("/visits", { ...body, team: [app.city.members.officer.id] });
  assert.equal(again.status, 200);
  const { body: found } = await leader.get(`/visits/${id}`);
  assert.equal(found.visitedAt, TEST_NOW - 3 * DAY_MS);
});

test("refusals come as problems, in the reader's language", async () => {
  const body = visit(door(1, 1), { outcome: "completed_inside" });
  const zh = await officer.post("/visits", body);
  assert.equal(zh.status, 422);
  assert.equal(zh.body.code, "entry-consent-missing");
  const en = await officer.post("/visits", body, { "accept-language": "en" });
  assert.match(en.body.detail, /consent/);
});

test("who has no part in visits sees none", async () => {
  for (const member of ["admin", "auditor", "observer", "dpo", "feedback"] as const) {
    const client = await app.as(member);
    assert.equal((await client.get("/visits")).status, 403, member);
    assert.equal((await client.get("/visits/export")).status, 403, member);
    assert.equal((await client.post("/visits", knock(door(1, 1)))).status, 403, member);
  }
  const foreign = await app.as("foreignLeader");
  assert.equal((await foreign.get("/visits")).body.items.length, 0);
  const [one] = (await leader.get("/visits?size=1")).body.items;
  assert.equal((await foreign.get(`/visits/${one.id}`)).status, 404);
});

test("pages go forth and back without gaps", async () => {
  const all = (await leader.get("/visits?size=200")).body;
  const ids: Id[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { body } = await leader.get(`/visits?size=7${cursor === "" ? "" : `&cursor=${cursor}`}`);
    ids.push(...body.items.map(({ id }: { id: Id }) => id));
    cursor = body.next;
  }
  assert.deepEqual(
    ids,
    all.items.map(({ id }: { id: Id }) => id),
  );
  assert.equal(all.total.count, ids.length);
});

test("a file holds the rows of the list, as CSV and as a workbook", async () => {
  const { body } = await leader.get("/visits?outcome=completed_doorstep&size=200");
  const csv = await leader.get("/visits/export?format=csv&outcome=completed_doorstep");
  assert.equal(csv.status, 200, csv.text);
  assert.equal(csv.text.trim().split("\r\n").length - 1, body.items.length);
  const xlsx = await leader.get("/visits/export?format=xlsx");
  assert.equal(xlsx.status, 200);
});

// -- how a home is used ---------------------------------------------------------------------------

test("how a home is used is seen by the beat's own officer alone, and each look is kept", async () => {
  const place = door(1, 1);
  const { officer: sworn, auxiliary } = app.city.members;
  const body = visit(place, { occupancy: "rented", team: [auxiliary.id, sworn.id] });
  const [answer] = await push([{ body }], "auxiliary");
  assert.equal(answer?.status, "accepted", "an auxiliary may note it");
  const seen = await officer.get(`/doors/${place}/occupancy`);
  assert.equal(seen.body.status, "rented");
  for (const member of ["leader", "auxiliary", "office", "admin"] as const) {
    const client = await app.as(member);
    assert.equal((await client.get(`/doors/${place}/occupancy`)).status, 403, member);
  }
  const west = await app.as("westOfficer");
  assert.equal((await west.get(`/doors/${place}/occupancy`)).body.status, null);
  for (const path of ["/visits", "/visits/export", `/visits/${answer!.id}`]) {
    assert.doesNotMatch((await officer.get(path)).text, /rented|出租/);
  }
  const auditor = await app.as("auditor");
  const { body: trail } = await auditor.get(`/audit?subjectId=${place}&action=occupancy.viewed`);
  assert.ok(trail.items.length > 0);
  assert.equal(trail.items[0].purpose, "plan_visit");
});

test("how a home is used is forgotten after twelve months", async () => {
  app.clock.set(TEST_NOW + 366 * DAY_MS);
  await app.database.asSystem(app.city.bureau, deleteExpired);
  const { rows } = await app.database.asSystem(app.city.bureau, (tx) =>
    (tx as OpenTx).client.query("select count(*) as n from occupancy"),
  );
  app.clock.set(TEST_NOW);
  assert.equal(rows[0].n, 0);
});

test("whether residents know their officer is counted without the door", async () => {
  await push([
    { body: visit(door(1, 1), { knowsOfficer: "both" }) },
    { body: visit(door(1, 4), { knowsOfficer: "both" }) },
  ]);
  const { rows } = await app.database.asSystem(app.city.bureau, (tx) =>
    (tx as OpenTx).client.query(
      "select station_id, month, answer, sum(n) as n from familiarity_count group by 1, 2, 3",
    ),
  );
  assert.deepEqual(rows, [
    { station_id: app.city.stations.first, month: "2026-11", answer: "both", n: 2 },
  ]);
});

// -- notes ----------------------------------------------------------------------------------------

test("two officers who write a hint without knowing of each other both find their words kept", async () => {
  const place = door(2, 2);
  const [one] = await push([
    { type: "visits.note", body: { placeId: place, accessHint: "按101#" }, base: 0 },
  ]);
  const [two] = await push(
    [{ type: "visits.note", body: { placeId: place, accessHint: "找门卫" }, base: 0 }],
    "colleague",
  );
  assert.deepEqual([one?.status, two?.status], ["accepted", "accepted"]);
  const phone = phones.get("officer")!;
  const feed = await officer.get(`/sync/pull?device=${phone.id}&beat=${app.city.beats.east}`);
  const line = feed.text
    .split("\n")
    .find((text) => text.includes(place) && text.startsWith('["door"'));
  const state = JSON.parse(line ?? "[]")[2];
  assert.equal(state.accessHint.value, "找门卫");
  assert.deepEqual(state.accessHint.others, ["按101#"]);
});

test("doors are written in the order of their ids, so that overlapping pushes wait and never deadlock", async () => {
  const places = [1, 2, 3, 4].map((number) => door(1, number)).toSorted();
  const written = async (order: readonly Id[]): Promise<Id[]> => {
    const answers = await push(
      order.map((placeId) => ({ type: "visits.note", body: { placeId, accessHint: anId() } })),
    );
    assert.ok(answers.every(({ status }) => status === "accepted"));
    const { rows } = await app.database.pool.query<{ id: Id }>(
      "select id from door where id = any ($1) order by changed_seq",
      [places],
    );
    return rows.map(({ id }) => id);
  };
  assert.deepEqual(await written(places.toReversed()), places);
  assert.deepEqual(await written(places.toReversed()), places);
});
