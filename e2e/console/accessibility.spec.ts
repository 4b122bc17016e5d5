import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { addDays, localDate } from "@wanjia/domain/shared/instant";
import { plantEstates } from "../../server/listings/testing-estates.ts";
import { withCampaign } from "../campaign.ts";
import { asMember, type MemberApi } from "../members.ts";
import type { CityServer } from "../server.ts";
import { expect, expectAccessible, open, signIn, test, type Member } from "./desk.ts";

const SHELL = new URL("../../apps/console/shell/routes.tsx", import.meta.url);
/** Every address that the desk knows. */
const ROUTES = [...readFileSync(SHELL, "utf8").matchAll(/\bpath: "([^"]+)"/g)].map(
  ([, path = ""]) => path,
);

/** A screen's own desk: the city, and what whoever sits there does beforehand. */
interface Desk extends MemberApi {
  readonly city: CityServer;
}

/** A day that waits for its signature. */
function yesterday(): string {
  return addDays(localDate(Date.now()), -1);
}

const deskOf = (city: CityServer, member: Member): Desk => ({ city, ...asMember(city, member) });

async function firstCampaign({ get }: Desk): Promise<string> {
  return (await get("/campaigns")).items[0].id;
}

async function aVisit({ city, post }: Desk): Promise<string> {
  const startedAt = Date.now() - 300_000;
  const { id } = await post("/visits", {
    placeId: city.city.door("east", 3, 1),
    outcome: "no_answer",
    startedAt,
    endedAt: startedAt + 60_000,
    team: [city.city.members.officer.id],
  });
  return id;
}

async function aMatter({ city, post }: Desk): Promise<string> {
  const { id } = await post("/matters", {
    id: "01990000-0000-7000-8000-00130000000a",
    kind: "opinion",
    subtype: "patrol",
    text: "希望晚上多到小区后门巡逻",
    placeId: city.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "none",
  });
  return id;
}

/** A resident's request that waits, in its latest version, for one more step. */
async function aRequest(
  { city, post, steps }: Desk,
  end: string,
  taken: readonly object[],
): Promise<string> {
  const id = `01990000-0000-7000-8000-00130000001${end}`;
  await post("/matters", {
    id,
    kind: "service_request",
    subtype: "minor_repair",
    text: "三楼楼道灯坏了两周，晚上看不见台阶",
    placeId: city.city.door("east", 2, 1),
    reporter: "resident",
    feedback: "sms",
    contact: { phone: "12001234567", consent: true },
  });
  await steps(`/matters/${id}`, ...taken);
  return id;
}

async function firstOf({ get }: Desk, path: string): Promise<string> {
  return (await get(path)).items[0].id;
}

async function anAnswer(desk: Desk): Promise<string> {
  const id = await aRequest(desk, "1", [
    { type: "resolve", outcome: "delivered", text: "已换灯" },
    {
      type: "answer",
      mode: "sms",
      text: "【双乐派出所】楼道灯已换好。有不同意见请拨0591-12001100。",
    },
  ]);
  return firstOf(desk, `/answers?matterId=${id}`);
}

/** Sent to the property company, which is signed in. */
async function aReferral(desk: Desk): Promise<string> {
  const refer = {
    type: "refer",
    to: desk.city.city.propertyCompany,
    basis: "duty",
    law: "物业管理条例 45",
  };
  const steps = [{ type: "accept" }, { ...refer, text: "三楼楼道灯不亮，请修复" }];
  await aRequest(deskOf(desk.city, "officer"), "2", steps);
  return firstOf(desk, "/referrals");
}

/** As a resident sent it by paper; the officer typed it in. */
async function aDataRequest(desk: Desk): Promise<string> {
  await asMember(desk.city, "officer").post("/data-requests", {
    kind: "explanation",
    text: "为什么记录我家的走访时间",
    origin: "paper",
    look: "B".repeat(43),
  });
  return firstOf(desk, "/data-requests?progress=open");
}

/** An estate with more thefts than the year before, listed. */
async function aListing({ city, get, post, steps }: Desk): Promise<string> {
  const [known] = (await get("/listings")).items;
  if (known !== undefined) return known.id;
  const { 锦湖小区: estateId } = await plantEstates(city, { 锦湖小区: 60 });
  const half = { measure: "theft", from: "2025-09-01", to: "2026-03-01" };
  for (const [days, count] of [
    [half, 12],
    [{ measure: "theft", from: "2024-09-01", to: "2025-03-01" }, 9],
  ] as const) {
    await post("/listings/counts", {
      ...days,
      source: "刑侦大队统计",
      rows: [{ estate: "锦湖小区", count }],
    });
  }
  const { id } = await asMember(city, "leader").post("/listings", {
    id: "01990000-0000-7000-8000-002300000001",
    estateId,
    ...half,
    causes: ["no_management"],
    text: "没有物业，出入口敞开",
  });
  await steps(`/listings/${id}`, {
    type: "order",
    number: "3号",
    bodies: ["police", "subdistrict"],
    street: "锦湖街道",
  });
  return id;
}

async function aComplaint({ city, post }: Desk): Promise<string> {
  const { id } = await post("/complaints", {
    about: "station",
    stationId: city.city.stations.first,
    kind: "delay",
    text: "补办证件等了两个月",
    origin: "letter",
    look: "A".repeat(43),
  });
  return id;
}

/** A visit that a resident doesn't remember; weeks of asking went before. */
async function aFinding({ city }: Desk): Promise<string> {
  const visitId = await aVisit(deskOf(city, "officer"));
  const id = "01990000-0000-7000-8000-004000000001";
  const finding = {
    id,
    version: 1,
    visitId,
    stationId: city.city.stations.first,
    team: [city.city.members.officer.id],
    result: "not_confirmed",
    state: "open",
    explainUntil: Date.now() + 86_400_000,
    appealUntil: null,
    events: [],
  };
  const answer = { found: "home", came: "no", spoke: null, gasCheck: false, gridWorker: false };
  await city.database.pool.query(
    `with round as (insert into recheck_round (bureau_id, id, week, opened_at, commitment, seed, drawn_at, frame, locked_at)
       values ($1, $2, '2026-01-05', now(), repeat('a', 64), repeat('b', 64), now(), 1, now()))
     insert into recheck_item (bureau_id, id, round_id, visit_id, place_id, station_id, beat_id, stratum, answer, asked_at, result, finding)
     values ($1, $2, $2, $3, $4, $5, $6, 'met', $7, now(), 'not_confirmed', $8)`,
    [
      city.city.bureau,
      id,
      visitId,
      city.city.door("east", 3, 1),
      city.city.stations.first,
      city.city.beats.east,
      answer,
      finding,
    ],
  );
  return id;
}

/** A mediation of a dispute, made when it is first asked for. */
async function aMediation({ city, get, post, steps }: Desk): Promise<string> {
  const [matterId = "", id = ""] = ["b", "c"].map(
    (end) => `01990000-0000-7000-8000-00130000000${end}`,
  );
  const [known] = (await get("/mediations")).items;
  if (known !== undefined) return known.id;
  await post("/matters", {
    id: matterId,
    kind: "dispute",
    subtype: "neighbour_noise",
    text: "楼上深夜拖椅子",
    placeId: city.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "none",
  });
  await steps(`/matters/${matterId}`, { type: "screen", stopSigns: [] });
  const sides = [{ part: "resident" }, { part: "resident" }];
  await post("/mediations", { id, matterId, form: "people", sides });
  return id;
}

async function aMeeting({ city, post }: Desk): Promise<string> {
  const from = Date.now() + 86_400_000;
  const { id } = await post("/return-meetings", {
    id: "01990000-0000-7000-8000-00140000000a",
    stationId: city.city.stations.first,
    venue: "双乐所一楼大厅",
    from,
    to: from + 3_600_000,
    slotMinutes: 30,
    seats: 2,
  });
  return id;
}

async function anItem(desk: Desk): Promise<string> {
  const list = "台账编号,物品类别,估价,批准日期,物主电话\nA-1,手机,900,2026-01-05,12001112222\n";
  await desk.post(`/property/imports?stationId=${desk.city.city.stations.first}`, list);
  return firstOf(desk, "/property");
}

async function anImport({ post }: Desk): Promise<string> {
  const rows = "社区代码,小区,楼栋\n990101001001,听涛苑,3\n";
  return (await post("/places/imports?name=a.csv", rows)).id;
}

/** Who opens each screen, where it is when its address names something, and which of its papers. */
const SCREENS: Readonly<
  Record<string, readonly [Member, ((desk: Desk) => string | Promise<string>)?, string?]>
> = {
  "/today": ["leader"],
  "/days": ["leader"],
  "/days/:stationId/:day": ["leader", ({ city }) => city.city.stations.first, yesterday()],
  "/board": ["leader"],
  "/report-card": ["leader"],
  "/bulletins": ["leader"],
  "/bulletins/:communityId/:month": ["leader", ({ city }) => city.city.communities.east, "2026-09"],
  "/matters": ["officer"],
  "/matters/:id": ["officer", aMatter],
  "/matters/:id/papers/:kind": ["officer", aMatter, "register"],
  "/hazards/lots": ["leader"],
  "/answers": ["officer"],
  "/answers/:id": ["officer", anAnswer],
  "/referrals": ["propertyManager"],
  "/referrals/:id": ["propertyManager", aReferral],
  "/appointments": ["officer"],
  "/data-requests": ["dpo"],
  "/data-requests/:id": ["dpo", aDataRequest],
  "/listings": ["office"],
  "/listings/:id": ["office", aListing],
  "/listings/:id/papers/:kind": ["office", aListing, "notice"],
  "/clock-rules": ["leader"],
  "/routing": ["feedback"],
  "/property": ["leader"],
  "/property/import": ["leader"],
  "/property/meetings": ["leader"],
  "/property/meetings/:id": ["leader", aMeeting],
  "/property/meetings/:id/sheet": ["leader", aMeeting],
  "/property/:id": ["leader", anItem],
  "/tips": ["detective"],
  "/complaints": ["inspector"],
  "/complaints/:id": ["inspector", aComplaint],
  "/rechecks": ["inspector"],
  "/rechecks/:id": ["inspector", aFinding],
  "/mediations": ["officer"],
  "/mediations/rooms": ["officer"],
  "/mediations/:id": ["officer", aMediation],
  "/mediations/:id/documents/:kind": ["officer", aMediation, "record"],
  "/organisation": ["admin"],
  "/organisation/beats": ["admin"],
  "/organisation/beats/:id/outline": ["admin", ({ city }) => city.city.beats.east],
  "/organisation/communities": ["admin"],
  "/organisation/grids": ["admin"],
  "/organisation/members": ["admin"],
  "/organisation/members/:id": ["admin", ({ city }) => city.city.members.officer.id],
  "/organisation/partners": ["admin"],
  "/campaigns": ["office"],
  "/campaigns/forms": ["office"],
  "/campaigns/new": ["office"],
  "/campaigns/:id": ["office", firstCampaign],
  "/campaigns/:id/days": ["office", firstCampaign],
  "/campaigns/:id/edit": ["office", firstCampaign],
  "/visits": ["officer"],
  "/visits/new": ["officer"],
  "/visits/import": ["officer"],
  "/visits/:id": ["officer", aVisit],
  "/buildings/:id": ["officer", ({ city }) => city.city.buildings.east],
  "/places": ["office"],
  "/places/divisions": ["office"],
  "/places/:id": ["office", ({ city }) => city.city.buildings.east],
  "/imports": ["office"],
  "/imports/new": ["office"],
  "/imports/:id": ["office", anImport],
  "/plates": ["office"],
  "/devices": ["admin"],
  "/audit": ["auditor"],
};

test("no screen of the desk is left out below", () => {
  expect(Object.keys(SCREENS).toSorted()).toEqual(ROUTES.toSorted());
});

for (const [member, paths] of Map.groupBy(Object.keys(SCREENS), (path) => SCREENS[path]![0])) {
  test(`axe finds nothing on any screen of the ${member}, wide or narrow`, async ({
    page,
    city,
  }) => {
    test.setTimeout(420_000);
    await withCampaign(city);
    await signIn(page, city, member);
    for (const path of paths) {
      const [, idOf, kind = ""] = SCREENS[path] ?? [];
      const id = (await idOf?.(deskOf(city, member))) ?? "";
      await test.step(path, async () => {
        await page.setViewportSize({ width: 1440, height: 900 });
        await open(
          page,
          city,
          path.replace(/:(id|communityId|stationId)/, id).replace(/:(kind|month|day)/, kind),
        );
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAtRest(page);
        await expectAccessible(page);
        // The window is made narrow, as on a tablet that is turned.
        await page.setViewportSize({ width: 390, height: 844 });
        await expectAtRest(page);
        await expectAccessible(page);
      });
    }
  });
}

/** Everything has come that was asked for. */
async function expectAtRest(page: Page): Promise<void> {
  await expect(page.locator(".desk-waiting, .desk-skeleton, .ant-spin-spinning")).toHaveCount(0);
  await expect(page.getByText("正在更新")).toHaveCount(0);
}
