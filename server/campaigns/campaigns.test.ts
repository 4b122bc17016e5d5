import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../platform/crypto.ts";
import { type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";

let app: TestApp;
let office: Client;
let leader: Client;
let officer: Client;

before(async () => {
  app = await testApp();
  office = await app.as("office");
  leader = await app.as("leader");
  officer = await app.as("officer");
  await adopt("form_household");
});

after(() => app.close());

async function adopt(code: string, expiresOn = "2027-12-31") {
  const answer = await office.post("/forms", {
    code,
    marks: {
      formNo: "WJ-A",
      issuingBody: { "zh-CN": "云汀市公安局", en: "Yunting Public Security Bureau" },
      approvalNo: "云统制〔2026〕1号",
      expiresOn,
    },
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

function plan(changes: object = {}) {
  const { stations, members } = app.city;
  return {
    name: "平安入户",
    nameEn: "Safe homes",
    track: "outreach",
    aim: "",
    startsOn: "2026-11-01",
    endsOn: "2026-11-30",
    phases: [],
    stationIds: [stations.first],
    target: { kinds: ["dwelling_unit"], communityIds: [], beatIds: [] },
    forms: [{ code: "form_household", version: 1 }],
    leaflets: [{ code: "anti_fraud", name: "反诈宣传单", nameEn: "Fraud leaflet", stock: 500 }],
    devices: [{ code: "phone", name: "移动警务终端", nameEn: "Phone", stock: 2 }],
    teams: [
      {
        id: newId(TEST_NOW),
        name: "东亭一组",
        stationId: stations.first,
        memberIds: [members.officer.id, members.auxiliary.id],
      },
    ],
    samplingPlan: false,
    ...changes,
  };
}

async function draft(changes: object = {}, client = office) {
  const answer = await client.post("/campaigns", plan(changes));
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

test("the campaign office drafts, edits, opens and closes a campaign", async () => {
  const drafted = await draft();
  assert.equal(drafted.state, "draft");
  const edited = await office.put(`/campaigns/${drafted.id}`, {
    ...plan({ name: "平安入户二期" }),
    version: drafted.version,
  });
  assert.equal(edited.status, 200, edited.text);
  const opened = await office.post(`/campaigns/${drafted.id}/open`);
  assert.equal(opened.status, 200, opened.text);
  assert.equal(opened.body.state, "open");
  assert.equal(opened.body.openedAt, TEST_NOW);
  assert.equal(opened.body.teams[0].memberIds.length, 2);
  const closed = await office.post(`/campaigns/${drafted.id}/close`);
  assert.equal(closed.body.state, "closed");
  assert.equal(closed.body.endsOn, "2026-11-10", "closed early, today is the last day");
});

test("opening makes a door for each target, and officers see them", async () => {
  const { id } = await draft();
  await office.post(`/campaigns/${id}/open`);
  const doors = await officer.get(`/buildings/${app.city.buildings.east}/doors?campaignId=${id}`);
  assert.equal(doors.status, 200, doors.text);
  assert.equal(doors.body.items.length, 12);
  assert.ok(doors.body.items.every((door: { status: string }) => door.status === "open"));
  const targets = await office.get(`/campaigns/${id}/targets`);
  const counts = targets.body.items.map((item: { beatId: string; places: number }) => item.places);
  assert.deepEqual(counts, [12, 12]);
});

test("a team of auxiliaries alone can't be opened", async () => {
  const { stations, members } = app.city;
  const team = { id: newId(TEST_NOW), name: "辅警组", stationId: stations.first };
  const { id } = await draft({ teams: [{ ...team, memberIds: [members.auxiliary.id] }] });
  const opened = await office.post(`/campaigns/${id}/open`);
  assert.equal(opened.status, 422);
  assert.equal(opened.body.code, "auxiliary-alone");
});

test("a form must be valid to the last day", async () => {
  await adopt("form_shop", "2026-11-20");
  const { id } = await draft({
    forms: [{ code: "form_shop", version: 1 }],
    target: { kinds: ["shop"], communityIds: [], beatIds: [] },
  });
  const opened = await office.post(`/campaigns/${id}/open`);
  assert.equal(opened.body.code, "form-expires-early");
});

test("what another bureau owns does not exist", async () => {
  const { stations, members } = app.city;
  const foreign = await office.post("/campaigns", plan({ stationIds: [stations.foreign] }));
  assert.equal(foreign.body.code, "station-unknown");
  const team = { id: newId(TEST_NOW), name: "x", stationId: stations.first };
  const stranger = plan({ teams: [{ ...team, memberIds: [members.foreignOfficer.id] }] });
  assert.equal((await office.post("/campaigns", stranger)).body.code, "team-member-unknown");
  const { id } = await draft();
  const foreignOffice = await app.as("foreignOffice");
  assert.equal((await foreignOffice.get(`/campaigns/${id}`)).status, 404);
  assert.equal((await foreignOffice.post(`/campaigns/${id}/open`)).status, 404);
});

test("a change made on an old version is not saved", async () => {
  const { id, version } = await draft();
  const body = { ...plan(), version };
  assert.equal((await office.put(`/campaigns/${id}`, body)).status, 200);
  const late = await office.put(`/campaigns/${id}`, body);
  assert.equal(late.status, 409);
  assert.equal(late.body.code, "campaign-changed");
});

test("a station leader plans for his own station only, and opens nothing", async () => {
  const { stations } = app.city;
  const own = await draft({}, leader);
  assert.equal(own.state, "draft");
  assert.equal(
    (await leader.post("/campaigns", plan({ stationIds: [stations.second] }))).status,
    403,
  );
  assert.equal((await leader.post(`/campaigns/${own.id}/open`)).status, 403);
  assert.equal((await officer.post("/campaigns", plan())).status, 403);
});

test("teams change while the campaign runs; a leader changes those of his station", async () => {
  const { id, teams } = await draft();
  await office.post(`/campaigns/${id}/open`);
  const { members } = app.city;
  const changed = [{ ...teams[0], memberIds: [members.colleague.id] }];
  const saved = await leader.put(`/campaigns/${id}/teams`, { teams: changed });
  assert.equal(saved.status, 200, saved.text);
  assert.deepEqual(saved.body.teams[0].memberIds, [members.colleague.id]);
  const southLeader = await app.as("southLeader");
  assert.equal((await southLeader.put(`/campaigns/${id}/teams`, { teams: [] })).status, 403);
});

test("the list goes by the first day, filtered by state and station", async () => {
  const all = await office.get("/campaigns?size=3");
  assert.equal(all.status, 200, all.text);
  assert.ok(all.body.total.count > 3);
  const open = await office.get(`/campaigns?state=open&stationId=${app.city.stations.first}`);
  assert.ok(open.body.items.length > 0);
  assert.ok(open.body.items.every((one: { state: string }) => one.state === "open"));
  const none = await office.get(`/campaigns?stationId=${app.city.stations.second}`);
  assert.equal(none.body.items.length, 0);
});

test("phones learn of campaigns and forms through the context document", async () => {
  const answer = await officer.get("/sync/context");
  assert.equal(answer.status, 200, answer.text);
  const { campaigns, forms } = answer.body.sections;
  assert.ok(campaigns.length > 0);
  assert.ok(campaigns.every((one: { state: string }) => one.state !== "draft"));
  assert.equal(forms[0].code, "form_household");
  assert.equal(forms[0].marks.approvalNo, "云统制〔2026〕1号");
});

test("a form can be had as an XLSForm, and is adopted as a new version each time", async () => {
  const second = await adopt("form_household");
  assert.equal(second.version, 2);
  const xls = await officer.get("/forms/form_household/2/xlsform");
  assert.equal(xls.status, 200, xls.text);
  assert.equal(xls.body.settings[0].version, "2");
  assert.equal((await officer.get("/forms/form_household/9/xlsform")).status, 404);
  const forms = await officer.get("/forms");
  assert.ok(forms.body.items.length >= 2);
});

test("only the campaign office and the legal unit adopt forms", async () => {
  const answer = await officer.post("/forms", {
    code: "form_shop",
    marks: {
      formNo: "x",
      issuingBody: { "zh-CN": "x", en: "x" },
      approvalNo: "",
      expiresOn: "2027-01-01",
    },
  });
  assert.equal(answer.status, 403);
});
