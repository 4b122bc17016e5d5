import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { places as zh } from "@wanjia/contract/messages/places.zh-CN";
import { plateAlphabet } from "@wanjia/domain/places/plate";
import excel from "exceljs";
import { one, rows, run, sql } from "../platform/sql.ts";
import { testApp, type Client, type TestApp } from "../testing.ts";
import { feed } from "./read-model.ts";

let app: TestApp;
let officer: Client;
let leader: Client;
let office: Client;
before(async () => {
  app = await testApp({ jobs: true });
  officer = await app.as("officer");
  leader = await app.as("leader");
  office = await app.as("office");
});
after(() => app.close());

const inBureau = <T>(work: Parameters<typeof app.database.asSystem<T>>[1]) =>
  app.database.asSystem<T>(app.city.bureau, work);

test("an officer sees the places of his beat, in the order of a walk, and no others", async () => {
  const { body } = await officer.get("/places?size=200");
  assert.equal(body.total.count, 13);
  assert.ok(body.items.every((row: { beatId: string }) => row.beatId === app.city.beats.east));
  assert.equal(body.items[0].kind, "building");
  const page = await officer.get("/places?size=5&kind=dwelling_unit");
  const next = await officer.get(`/places?size=5&kind=dwelling_unit&cursor=${page.body.next}`);
  assert.equal(new Set([...page.body.items, ...next.body.items].map(({ id }) => id)).size, 10);
  assert.equal((await officer.get(`/places/${app.city.buildings.west}`)).status, 404);
  assert.equal((await (await app.as("auditor")).get("/places")).status, 403);
  assert.equal((await app.stranger.get("/places")).status, 401);
});

test("a building opens as floors from the ground up, with their doors", async () => {
  const { body } = await officer.get(`/places/${app.city.door("east", 2, 3)}/building`);
  assert.equal(body.building.id, app.city.buildings.east);
  assert.deepEqual(
    body.floors.map((floor: { floorNo: string }) => floor.floorNo),
    ["1", "2", "3"],
  );
  assert.deepEqual(
    body.floors[1].doors.map((door: { label: string }) => door.label),
    ["201", "202", "203", "204"],
  );
  assert.deepEqual(body.entrances, ["1", "2"]);
  assert.deepEqual(body.duplicates, []);
});

test("a place is found by any usual spelling of its address", async () => {
  for (const q of ["东亭花园一号楼２单元３０３", "东亭花园1幢303室", "东亭花园1-303"]) {
    const { body } = await officer.get(`/places/search?q=${encodeURIComponent(q)}`);
    assert.deepEqual(
      body.items.map(({ id }: { id: string }) => id),
      [app.city.door("east", 3, 3)],
      q,
    );
  }
  const { body } = await officer.get(`/places/search?q=${encodeURIComponent("东亭")}`);
  assert.equal(body.items[0].id, app.city.buildings.east);
  const hidden = await officer.get(`/places/search?q=${encodeURIComponent("西亭花园")}`);
  assert.deepEqual(hidden.body.items, []);
});

test("a new door takes its building's address; the same address in another spelling is refused", async () => {
  const added = await officer.post("/places", {
    kind: "dwelling_unit",
    parentId: app.city.buildings.east,
    elements: { entranceNo: "一单元", unitNo: "４０１室" },
  });
  assert.equal(added.status, 200, added.text);
  assert.equal(added.body.fullText, "东亭花园1幢1单元401室");
  assert.equal(added.body.beatId, app.city.beats.east);
  const again = await officer.post("/places", {
    kind: "dwelling_unit",
    parentId: app.city.buildings.east,
    elements: { entranceNo: "1门", floorNo: "4F", unitNo: "401" },
  });
  assert.equal(again.status, 409);
  assert.equal(again.body.code, "address-duplicate");
  assert.match(again.body.detail, /东亭花园1幢1单元401室/);
  const elsewhere = await officer.post("/places", {
    kind: "shop",
    beatId: app.city.beats.west,
    elements: { name: "便民店" },
  });
  assert.equal(elsewhere.body.code, "beat-out-of-reach");
  const nowhere = await officer.post("/places", {
    kind: "dwelling_unit",
    beatId: app.city.beats.east,
    elements: { unitNo: "1" },
  });
  assert.equal(nowhere.body.code, "door-without-parent");
});

test("a renamed building takes its doors with it, and the old words find it", async () => {
  const renamed = await leader.post(`/places/${app.city.buildings.west}/rename`, {
    elements: { estateName: "西亭新苑", buildingNo: "8号楼" },
  });
  assert.equal(renamed.status, 200, renamed.text);
  assert.equal(renamed.body.fullText, "西亭新苑8幢");
  const door = await leader.get(`/places/${app.city.door("west", 1, 1)}`);
  assert.equal(door.body.fullText, "西亭新苑8幢1单元101室");
  assert.deepEqual(door.body.aliases, [{ text: "西亭花园1幢1单元101室", kind: "old_name" }]);
  const found = await leader.get(`/places/search?q=${encodeURIComponent("西亭花园1幢")}`);
  assert.ok(found.body.items.some(({ id }: { id: string }) => id === app.city.buildings.west));
});

test("only a leader ends a place; the row stays, with its last day", async () => {
  const id = app.city.door("west", 3, 4);
  const west = await app.as("westOfficer");
  assert.equal((await west.post(`/places/${id}/cancel`, { on: "2026-11-10" })).status, 403);
  assert.equal(
    (await leader.post(`/places/${id}/cancel`, { on: "2025-01-01" })).body.code,
    "date-before-start",
  );
  assert.deepEqual((await leader.post(`/places/${id}/cancel`, { on: "2026-11-10" })).body, {
    ended: 1,
  });
  const { body } = await leader.get(`/places/${id}`);
  assert.equal(body.status, "cancelled");
  assert.equal(body.validTo, "2026-11-10");
  assert.equal(
    (await leader.post(`/places/${id}/cancel`, { on: "2026-11-10" })).body.code,
    "place-ended",
  );
  assert.equal((await west.post(`/places/${id}/confirm`)).body.code, "place-ended");
});

test("a home is split into two, and two become one; each says what replaced it", async () => {
  const id = app.city.door("west", 2, 1);
  const split = await leader.post(`/places/${id}/split`, {
    on: "2026-11-01",
    into: [
      { entranceNo: "1", unitNo: "201A" },
      { entranceNo: "1", unitNo: "201B" },
    ],
  });
  assert.equal(split.status, 200, split.text);
  const [a, b] = split.body.items;
  assert.equal(a.fullText, "西亭新苑8幢1单元201A室");
  assert.deepEqual(
    new Set((await leader.get(`/places/${id}`)).body.replacedBy),
    new Set([a.id, b.id]),
  );
  const merged = await leader.post(`/places/${b.id}/merge`, { into: a.id, on: "2026-11-05" });
  assert.equal(merged.body.id, a.id);
  const old = await leader.get(`/places/${b.id}`);
  assert.deepEqual([old.body.status, old.body.replacedBy], ["merged", [a.id]]);
  assert.equal(
    (
      await leader.post(`/places/${a.id}/merge`, {
        into: app.city.buildings.west,
        on: "2026-11-05",
      })
    ).body.code,
    "kind-below-itself",
  );
});

test("a building entered twice becomes one; doors that both had become one too", async () => {
  const twin = await office.post("/places", {
    kind: "building",
    beatId: app.city.beats.south,
    elements: { estateName: "南浦里", buildingNo: "甲" },
  });
  assert.equal(twin.status, 200, twin.text);
  const add = (elements: object) =>
    office.post("/places", { kind: "dwelling_unit", parentId: twin.body.id, elements });
  const same = await add({ entranceNo: "1", unitNo: "101" });
  const fresh = await add({ entranceNo: "1", unitNo: "901" });
  const { status, text } = await office.post(`/places/${twin.body.id}/merge`, {
    into: app.city.buildings.south,
    on: "2026-11-10",
  });
  assert.equal(status, 200, text);
  assert.deepEqual((await office.get(`/places/${same.body.id}`)).body.replacedBy, [
    app.city.door("south", 1, 1),
  ]);
  const moved = (await office.get(`/places/${fresh.body.id}`)).body;
  assert.equal(moved.fullText, "南浦里1幢1单元901室");
  assert.deepEqual(
    [moved.parentId, moved.buildingId],
    [app.city.buildings.south, app.city.buildings.south],
  );
});

test("places that move to another beat take all below with them, and both beats are fetched anew", async () => {
  const epochs = () =>
    inBureau((tx) =>
      rows<{ id: string; epoch: number }>(
        tx,
        sql`select id, epoch from beat where bureau_id = ${app.city.bureau} order by id`,
      ),
    );
  const before = new Map((await epochs()).map(({ id, epoch }) => [id, epoch]));
  const moved = await leader.post("/places/reassign", {
    placeIds: [app.city.buildings.west],
    beatId: app.city.beats.east,
  });
  assert.equal(moved.status, 200, moved.text);
  assert.ok(moved.body.moved > 10);
  const changed = (await epochs())
    .filter(({ id, epoch }) => epoch !== before.get(id))
    .map(({ id }) => id);
  assert.deepEqual(changed.toSorted(), [app.city.beats.east, app.city.beats.west].toSorted());
  assert.equal(
    (await officer.get(`/places/${app.city.door("west", 1, 1)}`)).body.beatId,
    app.city.beats.east,
  );
  const back = await leader.post("/places/reassign", {
    placeIds: [app.city.buildings.west],
    beatId: app.city.beats.west,
  });
  assert.equal(back.body.moved, moved.body.moved);
  const foreign = await leader.post("/places/reassign", {
    placeIds: [app.city.buildings.west],
    beatId: app.city.beats.south,
  });
  assert.equal(foreign.body.code, "beat-out-of-reach");
});

test("phones get places as they are, ended ones too", async () => {
  const sent = await inBureau((tx) =>
    rows<{ id: string; body: string }>(
      tx,
      feed.select([app.city.beats.west], sql`bureau_id = ${app.city.bureau}`),
    ),
  );
  const ended = sent.find(({ id }) => id === app.city.door("west", 3, 4));
  assert.equal(JSON.parse(ended?.body ?? "{}").status, "cancelled");
  const door = JSON.parse(sent.find(({ id }) => id === app.city.door("west", 1, 2))?.body ?? "{}");
  assert.deepEqual(
    [door.kind, door.unitNo, door.buildingId],
    ["dwelling_unit", "102", app.city.buildings.west],
  );
});

test("a plate tells station, officers, phones and rights, and no address", async () => {
  const issued = await officer.post(`/places/${app.city.buildings.east}/plates`);
  assert.equal(issued.status, 200, issued.text);
  const { status, body, text } = await app.stranger.get(`/public/plates/${issued.body.id}`);
  assert.equal(status, 200, text);
  assert.equal(body.station.dutyPhone, "0990-110011");
  assert.equal(body.officers.length, 2);
  assert.deepEqual(Object.keys(body.officers[0]).toSorted(), ["name", "publicPhone", "title"]);
  assert.match(body.notice.card, /不收集：身份证号/);
  assert.match(body.notice.decline, /不需要说明理由/);
  assert.doesNotMatch(text, /\{\{|东亭花园|1幢/);
  const english = await app.stranger.get(`/public/plates/${issued.body.id}`, {
    "accept-language": "en",
  });
  assert.match(english.body.notice.card, /Not collected: ID card numbers/);
});

test("an unknown plate warns, a misread one asks to look again, a withdrawn one says where to ask", async () => {
  const issued = await officer.post(`/places/${app.city.buildings.east}/plates`);
  const code: string = issued.body.id;
  const wrong = plateAlphabet[(plateAlphabet.indexOf(code[9]!) + 1) % 32]!;
  const misread = await app.stranger.get(
    `/public/plates/${code.slice(0, 9)}${wrong}${code.slice(10)}`,
  );
  assert.equal(misread.body.code, "plate-check-failed");
  assert.equal((await app.stranger.get("/public/plates/HELLO")).body.code, "plate-malformed");
  const unknown = await app.stranger.get("/public/plates/00000000000000000000000000.0000");
  assert.equal(unknown.status, 404);
  assert.match(unknown.body.detail, /伪造/);
  assert.equal((await officer.post(`/places/plates/${code}/withdraw`)).status, 200);
  const withdrawn = await app.stranger.get(`/public/plates/${code}`);
  assert.equal(withdrawn.status, 410);
  assert.deepEqual(
    [withdrawn.body.code, withdrawn.body.params],
    ["plate-withdrawn", { station: "双乐派出所", phone: "0990-110011" }],
  );
});

test("a place that is cancelled, merged or split takes its plate with it", async () => {
  const add = async (unitNo: string) => {
    const elements = { entranceNo: "1", unitNo };
    const parentId = app.city.buildings.west;
    const added = await leader.post("/places", { kind: "dwelling_unit", parentId, elements });
    const plate = await leader.post(`/places/${added.body.id}/plates`);
    return { id: added.body.id as string, plate: plate.body.id as string };
  };
  const look = async ({ plate }: { plate: string }) =>
    (await app.stranger.get(`/public/plates/${plate}`)).status;
  const [cancelled, merged, split, kept] = [
    await add("801"),
    await add("802"),
    await add("803"),
    await add("804"),
  ];
  const on = "2026-11-10";
  const into = ["803A", "803B"].map((unitNo) => ({ entranceNo: "1", unitNo }));
  await leader.post(`/places/${merged.id}/merge`, { on, into: kept.id });
  await leader.post(`/places/${split.id}/split`, { on, into });
  await leader.post(`/places/${cancelled.id}/cancel`, { on });
  assert.deepEqual(
    await Promise.all([cancelled, merged, split, kept].map(look)),
    [410, 410, 410, 200],
  );
  const trail = await (await app.as("auditor")).get(`/audit?subjectId=${cancelled.id}`);
  const { detail } = trail.body.items.find(
    ({ action }: { action: string }) => action === "place.cancelled",
  );
  assert.equal(detail.plates, 1);
});

test("whoever tries plates one after another is slowed down", async () => {
  app.clock.set(app.clock.now() + 120_000);
  const answers = [];
  for (let i = 0; i < 32; i++)
    answers.push((await app.stranger.get("/public/plates/00000000000000000000000000.0000")).status);
  assert.equal(answers.filter((status) => status === 429).length, 2);
});

test("the printed sheet names the domain in plain letters beside each square; the square holds no address", async () => {
  const sheet = await officer.get(`/places/${app.city.buildings.east}/plate-sheet`);
  assert.equal(sheet.status, 200);
  assert.match(sheet.text, /<p class="domain">wanjia\.example<\/p>/);
  assert.match(sheet.text, /size: A4/);
  const { body } = await officer.get(`/places/${app.city.buildings.east}`);
  const svg = await officer.get(`/places/plates/${body.plates[0].id}/qr.svg`);
  assert.match(svg.text, /^<svg/);
  assert.doesNotMatch(svg.text, /东亭/);
  assert.equal((await app.stranger.get(`/places/plates/${body.plates[0].id}/qr.svg`)).status, 401);
});

// -- files ------------------------------------------------------------------------------------------

const upload = (client: Client, body: string | Buffer, query = "name=a.csv") =>
  client.post(`/places/imports?${query}`, body, { "content-type": "application/octet-stream" });

async function finished(id: string) {
  for (let i = 0; i < 600; i++) {
    const { body } = await office.get(`/places/imports/${id}`);
    if (["done", "refused", "failed"].includes(body.state)) return body;
    await setTimeout(50);
  }
  throw new Error("the import does not end");
}

async function imported(body: string | Buffer, query?: string) {
  const taken = await upload(office, body, query);
  assert.equal(taken.status, 201, taken.text);
  const started = await office.post(`/places/imports/${taken.body.id}/start`, {});
  assert.equal(started.status, 200, started.text);
  return finished(taken.body.id);
}

const count = () =>
  inBureau(
    async (tx) =>
      (
        await one<{ n: number }>(
          tx,
          sql`select count(*) as n from place where bureau_id = ${app.city.bureau}`,
        )
      ).n,
  );

const FILE = `社区代码,小区,楼栋,单元,楼层,户室,用途,标准地址代码
990101002001,南桥苑,１号楼,一单元,2,201室,住宅,C1
990101002001,南桥苑,1幢,1单元,2F,202,住宅,C2
990101002001,南桥苑,1栋,2单元,,301,商住,C3
990101002001,南桥苑,1栋,二单元,3层,３０１,商住,C3
990101002001,,甲,,,101,,C4
`;

beforeEach(() => {
  // Clock and queue go on; only the limit on plate look-ups counts minutes.
  app.clock.set(app.clock.now() + 60_000);
});

test("a file is previewed, then enters whole: estate, building and entrance come with the doors", async () => {
  const taken = await upload(office, FILE);
  assert.deepEqual(taken.body.header.slice(0, 3), ["社区代码", "小区", "楼栋"]);
  assert.equal(taken.body.mapping.unitNo, 5);
  const preview = await office.post(`/places/imports/${taken.body.id}/preview`, {
    mapping: taken.body.mapping,
  });
  assert.deepEqual(preview.body.rows[0], {
    row: 2,
    kind: "dwelling_unit",
    fullText: "南桥苑1幢1单元201室",
    problems: [],
  });
  const before = await count();
  await office.post(`/places/imports/${taken.body.id}/start`, {});
  const done = await finished(taken.body.id);
  assert.equal(done.state, "done", JSON.stringify(done));
  assert.deepEqual(done.result, { added: 4, changed: 0, unchanged: 0, repeated: 1, derived: 5 });
  assert.equal((await count()) - before, 9);
  const { body } = await office.get(`/places/search?q=${encodeURIComponent("南桥苑1幢301")}`);
  const building = await office.get(`/places/${body.items[0].id}/building`);
  assert.deepEqual(
    building.body.floors.map((floor: { floorNo: string }) => floor.floorNo),
    ["2", "3"],
  );
  assert.equal(
    (await office.post(`/places/imports/${taken.body.id}/start`, {})).body.code,
    "import-started",
  );
});

test("the same file again changes nothing; a corrected one changes what it corrects", async () => {
  const before = await count();
  const again = await imported(FILE);
  assert.deepEqual(again.result, { added: 0, changed: 0, unchanged: 4, repeated: 1, derived: 0 });
  assert.equal(await count(), before);
  const corrected = await imported(FILE.replace("202,住宅,C2", "203,住宅,C2"));
  assert.deepEqual([corrected.result.added, corrected.result.changed], [0, 1]);
  const { body } = await office.get(`/places/search?q=${encodeURIComponent("南桥苑1幢203")}`);
  const place = await office.get(`/places/${body.items[0].id}`);
  assert.deepEqual(place.body.aliases, [{ text: "南桥苑1幢1单元202室", kind: "old_plate" }]);
  assert.equal(await count(), before);
});

test("stations and beats may be given by name", async () => {
  const named = await imported(
    "派出所,警务区,小区,楼栋,户室\n双乐派出所,西亭警务区,北桥苑,1,101\n",
  );
  assert.equal(named.state, "done", JSON.stringify(named));
  const { body } = await office.get(`/places/search?q=${encodeURIComponent("北桥苑1幢101")}`);
  assert.equal(body.items[0].beatId, app.city.beats.west);
  const refused = await imported("警务区,小区,楼栋,户室\n无此警务区,北桥苑,1,102\n");
  const report = await office.get(`/places/imports/${refused.id}/problems.csv`);
  assert.match(report.text, /2,警务区,没有这个警务区；写代码，或不重名的全称,unknown-beat/);
});

test("one bad row keeps the whole file out, and the report names row and column", async () => {
  const before = await count();
  const refused = await imported(
    `${FILE}990101002001,南桥苑,9幢,,,101,乱写,C9\n999999999999,南桥苑,9幢,,,102,住宅,C10\n`,
  );
  assert.equal(refused.state, "refused");
  assert.equal(refused.problems, 2);
  assert.equal(await count(), before);
  const report = await office.get(`/places/imports/${refused.id}/problems.csv`);
  assert.equal(
    report.text,
    `\u{FEFF}行,列,问题,代码\r\n7,用途,${zh.importProblem["unknown-use"]},unknown-use\r\n8,社区代码,${zh.importProblem["unknown-community"]},unknown-community\r\n`,
  );
  const staged = await inBureau((tx) =>
    rows(tx, sql`select from place_import_row where bureau_id = ${app.city.bureau}`),
  );
  assert.equal(staged.length, 0);
});

test("a standard code given to two places is reported, not guessed", async () => {
  const refused = await imported(
    "社区代码,小区,楼栋,户室,标准地址代码\n990101002001,南桥苑,5幢,101,D1\n990101002001,南桥苑,5幢,102,D1\n",
  );
  assert.equal(refused.state, "refused");
  assert.deepEqual(
    refused.firstProblems.map(({ row, code }: { row: number; code: string }) => [row, code]),
    [
      [2, "code-repeated"],
      [3, "code-repeated"],
    ],
  );
});

test("a file with a forbidden column is refused whole, the column named, and nothing of it stays", async () => {
  for (const column of [
    "身份证号",
    "民族",
    "宗教信仰",
    "政治面貌",
    "病史",
    "前科",
    "sfzh",
    "ethnicity",
    "户主姓名",
    "重点人员类别",
  ]) {
    const refused = await upload(
      office,
      `社区代码,小区,楼栋,户室,${column}\n990101002001,南桥苑,7幢,101,x\n`,
    );
    assert.equal(refused.status, 422, column);
    assert.equal(refused.body.code, "forbidden-column");
    assert.equal(refused.body.params.column, column);
    assert.ok(refused.body.detail.includes(column));
  }
  const left = await inBureau((tx) =>
    rows<{ n: number }>(
      tx,
      sql`select (select count(*) from place_import_chunk) + (select count(*) from place_import_row)
      + (select count(*) from place where building_no = '7' and estate_name = '南桥苑')
      + (select count(*) from place_import where state = 'refused' and (header <> '[]' or sample <> '[]') and problems = 0) as n`,
    ),
  );
  assert.deepEqual(left, [{ n: 0 }]);
});

test("identity numbers under a harmless heading refuse the file too", async () => {
  const taken = await upload(
    office,
    `社区代码,小区,楼栋,户室,备注\n990101002001,南桥苑,7幢,101,990101198002291014\n`,
  );
  assert.equal(taken.body.code, "id-number-in-column");
  assert.deepEqual(taken.body.params, { column: "备注", row: 2 });
  // Deep in the file, behind the preview, the job finds it.
  const long = Array.from({ length: 400 }, (_, i) => `990101002001,南桥苑,7幢,${i + 100},`).join(
    "\n",
  );
  const late = await imported(
    `社区代码,小区,楼栋,户室,备注\n${long}\n990101002001,南桥苑,7幢,1,９９０１０１１９８００２２９１０１４\n`,
  );
  assert.equal(late.state, "refused");
  assert.equal(late.firstProblems[0].code, "id-number-in-column");
  assert.ok(
    !(await office.get(`/places/search?q=${encodeURIComponent("南桥苑7幢")}`)).body.items.length,
  );
});

test("GB 18030, semicolons, quotes and Excel all come in", async () => {
  // 南桥苑 in GB 18030.
  const gb = Buffer.concat([
    Buffer.from("communityCode;estate;building;unit\r\n990101002001;"),
    Buffer.from([0xc4, 0xcf, 0xc7, 0xc5, 0xd4, 0xb7]),
    Buffer.from(";21;101\r\n"),
  ]);
  assert.equal((await imported(gb)).result.added, 1);
  assert.equal(
    (await office.get(`/places/search?q=${encodeURIComponent("南桥苑21幢101")}`)).body.items.length,
    1,
  );
  const quoted = await imported(
    '社区代码,"小区 名称",楼栋,户室\r\n990101002001,"南桥苑",22,"101"\r\n',
  );
  assert.equal(quoted.result.added, 1);
  const book = new excel.Workbook();
  const sheet = book.addWorksheet("地址");
  sheet.addRow(["社区代码", "小区", "楼栋", "户室", "启用日期"]);
  sheet.addRow(["990101002001", "南桥苑", 23, 101, new Date("2020-05-01T00:00:00Z")]);
  const xlsx = await imported(
    Buffer.from((await book.xlsx.writeBuffer()) as ArrayBuffer),
    "name=a.xlsx",
  );
  assert.equal(xlsx.state, "done", JSON.stringify(xlsx));
  const { body } = await office.get(`/places/search?q=${encodeURIComponent("南桥苑23幢101")}`);
  assert.equal(body.items[0].validFrom, "2020-05-01");
});

test("files that are none are refused in words", async () => {
  assert.equal((await upload(office, "")).body.code, "no-header");
  assert.equal(
    (await upload(office, Buffer.from("PK\u{3}\u{4}nonsense"))).body.code,
    "unreadable-file",
  );
  assert.equal(
    (await upload(office, Buffer.from([0xff, 0xff, 0x00, 0x81, 0x0a]))).body.code,
    "unreadable-file",
  );
  assert.equal((await upload(officer, FILE)).status, 403);
  assert.equal((await upload(app.stranger, FILE)).status, 401);
});

test("an empty job or one that is told twice does no harm", async () => {
  const done = await imported("社区代码,小区,楼栋\n990101002001,南桥苑,31幢\n");
  assert.equal(done.result.added, 1);
  await inBureau((tx) =>
    run(tx, sql`update place_import set state = 'done' where id = ${done.id}`),
  );
  assert.equal(
    (await office.post(`/places/imports/${done.id}/start`, {})).body.code,
    "import-started",
  );
});

test("a list of townships comes in, quasi-units 4xx as well, twice without doubling", async () => {
  const list =
    'code,name,areaCode,provinceCode,cityCode\n990101001,"青石街道",990101,99,9901\n990101400,"云汀经济开发区",990101,99,9901\n';
  const first = await imported(list, "name=t.csv&kind=divisions");
  assert.deepEqual([first.state, first.result.added], ["done", 2]);
  const second = await imported(
    list.replace("青石街道", "青石新街道"),
    "name=t.csv&kind=divisions",
  );
  assert.deepEqual(
    [second.result.added, second.result.changed, second.result.unchanged],
    [0, 1, 1],
  );
  const { body } = await office.get("/places/divisions?parent=990101");
  assert.deepEqual(
    body.items.map(({ code, name, level }: { code: string; name: string; level: string }) => [
      code,
      name,
      level,
    ]),
    [
      ["990101001", "青石新街道", "township"],
      ["990101400", "云汀经济开发区", "township"],
    ],
  );
});

test("what residents are told stands open to everyone", async () => {
  const { body } = await app.stranger.get("/public/notice");
  assert.equal(body.version, "1");
  assert.equal((await app.stranger.get("/public/notice?on=2020-01-01")).status, 404);
  const retention = await app.stranger.get("/public/retention");
  assert.ok(retention.body.items.length > 10);
});

test("every change left its row in the trail", async () => {
  const { body } = await (await app.as("auditor")).get("/audit?size=200");
  const actions = new Set(body.items.map(({ action }: { action: string }) => action));
  for (const action of [
    "place.created",
    "place.renamed",
    "place.cancelled",
    "place.split",
    "place.merged",
    "places.moved",
    "plate.issued",
    "plate.withdrawn",
    "places.imported",
  ]) {
    assert.ok(actions.has(action), action);
  }
});

test("a building is found by its estate or street and number: exactly, never a flat, and no plate is told", async () => {
  const { rows: found } = await app.database.pool.query<{
    id: string;
    street: string | null;
    door: string | null;
    estate: string | null;
    building: string | null;
  }>(
    "select id, street, door_no as door, estate_name as estate, building_no as building from place where id = $1",
    [app.city.buildings.east],
  );
  const { street, door, estate, building } = found[0]!;
  const [name, number] = estate !== null && building !== null ? [estate, building] : [street, door];
  const ask = (query: Record<string, string>) =>
    app.stranger.get(`/public/places?${new URLSearchParams(query).toString()}`);
  const { status, body, text } = await ask({ name: name ?? "", number: `${number}号` });
  assert.equal(status, 200, text);
  assert.equal(body.items.length, 1, text);
  const { code } = body.items[0];
  const { rows: plates } = await app.database.pool.query("select 1 from plate where id = $1", [
    code,
  ]);
  assert.equal(plates.length, 0, "a pass is no plate");
  const page = await app.stranger.get(`/public/plates/${code}`);
  assert.equal(page.status, 200, page.text);
  assert.equal(page.body.byAddress, true);
  assert.equal((await app.stranger.get(`/public/plates/${code}/around`)).body.building, true);
  assert.equal((await app.stranger.get(`/public/wishes/offers?plate=${code}`)).status, 404);
  const plain = await app.stranger.get(
    `//plain/place?${new URLSearchParams({ name: name ?? "", number: number ?? "" }).toString()}`,
  );
  assert.match(plain.text, new RegExp(`/plain/p/${encodeURIComponent(code)}`));
  for (const query of [
    { name: (name ?? "").slice(0, 2), number: number ?? "" },
    { name: name ?? "", number: "101" },
  ]) {
    assert.deepEqual((await ask(query)).body.items, [], JSON.stringify(query));
  }
  let last = 0;
  for (let i = 0; i < 12; i += 1) last = (await ask({ name: "某某小区", number: "1" })).status;
  assert.equal(last, 429, "nobody goes through a town");
});
