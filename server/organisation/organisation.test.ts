import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testApp } from "../testing.ts";

const app = await testApp();
after(() => app.close());

const newcomer = {
  login: "newcomer",
  password: "a long enough password",
  name: "赵新",
  number: "X90001",
  title: "社区民警",
  sworn: true,
  publicPhone: "",
};

test("a member is added, posted, signs in, and loses sight when the posting ends", async () => {
  const admin = await app.as("admin");
  const added = await admin.post("/organisation/members", newcomer);
  assert.equal(added.status, 200, added.text);
  const signIn = { login: "newcomer", password: newcomer.password };
  const tooEarly = await app.stranger.post("/session", signIn);
  assert.equal(tooEarly.body.code, "member-inactive", "no posting, no session");

  const posting = await admin.post(`/organisation/members/${added.body.id}/postings`, {
    role: "community_officer",
    stationId: app.city.stations.first,
    beatId: app.city.beats.west,
    validFrom: "2026-11-01",
  });
  assert.equal(posting.status, 200, posting.text);
  const session = await app.stranger.post("/session", signIn);
  assert.deepEqual(
    session.body.beats.map((beat: { name: string }) => beat.name),
    ["西亭警务区"],
  );

  const ended = await admin.post(`/organisation/postings/${posting.body.id}/end`, {
    on: "2026-11-10",
  });
  assert.equal(ended.body.validTo, "2026-11-10");
  const again = await admin.post(`/organisation/postings/${posting.body.id}/end`, {
    on: "2026-11-12",
  });
  assert.equal(again.body.code, "already-ended");
  app.clock.advance(10_000);
  assert.equal((await app.stranger.post("/session", signIn)).body.code, "member-inactive");
});

test("a login and a service number are given once, also to another bureau's members", async () => {
  const admin = await app.as("admin");
  const foreignLogin = {
    ...newcomer,
    login: app.city.members.foreignOfficer.login,
    number: "X90002",
  };
  assert.equal((await admin.post("/organisation/members", foreignLogin)).body.code, "login-taken");
  const number = { ...newcomer, login: "other.name", number: "X00001" };
  const refused = await admin.post("/organisation/members", number);
  assert.equal(refused.body.code, "number-taken");
  assert.equal(refused.body.detail.includes("X00001"), true);
  const free = await admin.post("/organisation/members", { ...number, number: "X90003" });
  assert.equal(free.status, 200, "the refused attempt left no account behind");
});

test("an auxiliary can't be posted as an officer, an officer not to another station's beat", async () => {
  const admin = await app.as("admin");
  const auxiliary = app.city.members.auxiliary.id;
  const post = {
    role: "community_officer",
    stationId: app.city.stations.first,
    beatId: app.city.beats.west,
    validFrom: "2026-12-01",
  };
  const refused = await admin.post(`/organisation/members/${auxiliary}/postings`, post);
  assert.equal(refused.body.code, "must-be-sworn");
  const officer = app.city.members.officer.id;
  const elsewhere = await admin.post(`/organisation/members/${officer}/postings`, {
    ...post,
    beatId: app.city.beats.south,
  });
  assert.equal(elsewhere.body.code, "beat-of-another-station");
});

test("a station's leader posts in his own station, and nowhere else", async () => {
  const leader = await app.as("leader");
  const member = app.city.members.southOfficer.id;
  const post = { role: "seconded_officer", validFrom: "2026-11-11", validTo: "2026-11-30" };
  const own = await leader.post(`/organisation/members/${member}/postings`, {
    ...post,
    stationId: app.city.stations.first,
    beatId: app.city.beats.east,
  });
  assert.equal(own.status, 200, own.text);
  const foreign = await leader.post(`/organisation/members/${member}/postings`, {
    ...post,
    stationId: app.city.stations.second,
    beatId: app.city.beats.south,
  });
  assert.equal(foreign.status, 403);
  const officer = await app.as("officer");
  assert.equal((await officer.post("/organisation/members", newcomer)).status, 403);
});

test("one community has one officer; the earlier link ends when the next begins", async () => {
  const leader = await app.as("leader");
  const community = app.city.communities.east;
  const path = `/organisation/communities/${community}/liaison`;
  const linked = await leader.post(path, {
    memberId: app.city.members.colleague.id,
    from: "2026-11-10",
  });
  assert.equal(linked.body.liaison.name, "林知远");
  const auxiliary = await leader.post(path, {
    memberId: app.city.members.auxiliary.id,
    from: "2026-11-11",
  });
  assert.equal(auxiliary.body.code, "must-be-sworn");
  const units = await leader.get("/organisation");
  const east = units.body.communities.find((row: { id: string }) => row.id === community);
  assert.equal(east.liaison.memberId, app.city.members.colleague.id);
});

test("a member signs in by every log-in name that the desk lets through", async () => {
  const admin = await app.as("admin");
  for (const [index, login] of ["li-na", "li.na_02", "-_", "9-1"].entries()) {
    const number = `X9010${index}`;
    const added = await admin.post("/organisation/members", { ...newcomer, login, number });
    assert.equal(added.status, 200, added.text);
    await admin.post(`/organisation/members/${added.body.id}/postings`, {
      role: "auditor",
      stationId: null,
      beatId: null,
      validFrom: "2026-11-01",
    });
    const session = await app.stranger.post("/session", { login, password: newcomer.password });
    assert.equal(session.status, 200, `${login} ${session.text}`);
  }
  const strange = await app.stranger.post("/session", { login: "li na/7", password: "x" });
  assert.equal(strange.body.code, "sign-in-failed");
});

test("an inactive member's sessions end at once", async () => {
  const colleague = await app.as("colleague");
  const admin = await app.as("admin");
  const { members } = app.city;
  const saved = await admin.put(`/organisation/members/${members.colleague.id}`, {
    name: "林知远",
    title: "社区民警",
    publicPhone: "",
    active: false,
  });
  assert.equal(saved.status, 200, saved.text);
  assert.equal((await colleague.get("/session")).status, 401);
});

test("units are added with codes that are free", async () => {
  const admin = await app.as("admin");
  const id = "01990000-0000-7000-8000-0002000000ff";
  const station = {
    code: "990101530000",
    name: "北湖派出所",
    nameEn: "Beihu Police Station",
    shortName: "北湖所",
    dutyPhone: "0990-110013",
    address: "北湖路 1 号",
  };
  const saved = await admin.put(`/organisation/stations/${id}`, station);
  assert.equal(saved.body.name, "北湖派出所");
  const taken = await admin.put(
    "/organisation/stations/01990000-0000-7000-8000-0002000000fe",
    station,
  );
  assert.equal(taken.body.code, "code-taken");
  const beat = await admin.put("/organisation/beats/01990000-0000-7000-8000-0003000000ff", {
    stationId: id,
    code: "B-north",
    name: "北湖警务区",
    nameEn: "Beihu beat",
    outline: {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [0, 1],
          [1, 1],
          [0, 0],
        ],
      ],
    },
  });
  assert.equal(beat.status, 200, beat.text);
  const crossed = await admin.put("/organisation/beats/01990000-0000-7000-8000-0003000000ff", {
    ...beat.body,
    outline: {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    },
  });
  assert.equal(crossed.body.code, "outline-crosses-itself");
  const partner = await admin.put("/organisation/partners/01990000-0000-7000-8000-0010000000ff", {
    kind: "court",
    name: "云汀市人民法院",
    phone: "",
    active: true,
  });
  assert.equal(partner.status, 200);
  assert.equal((await admin.get("/organisation/partners")).body.items.length, 4);
});
