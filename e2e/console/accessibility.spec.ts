import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { plantEstates } from "../../server/listings/testing-estates.ts";
import { PASSWORD } from "../../server/testing-city.ts";
import { withCampaign } from "../campaign.ts";
import type { CityServer } from "../server.ts";
import { expect, expectAccessible, open, signIn, test, type Member } from "./desk.ts";

const SHELL = new URL("../../apps/console/shell/routes.tsx", import.meta.url);
/** Every address that the desk knows. */
const ROUTES = [...readFileSync(SHELL, "utf8").matchAll(/\bpath: "([^"]+)"/g)].map(
  ([, path = ""]) => path,
);

interface Desk {
  readonly page: Page;
  readonly city: CityServer;
}

async function send({ page, city }: Desk, path: string, data: object | string): Promise<string> {
  const reply = await page.request.post(`${city.address}/api/v1${path}`, {
    headers: {
      "x-wanjia-csrf": "1",
      "content-type": typeof data === "string" ? "application/octet-stream" : "application/json",
    },
    data,
  });
  expect(reply.ok(), await reply.text()).toBe(true);
  const { id = "" } = (await reply.json()) as { id?: string };
  return id;
}

/** What somebody else did before. */
async function asAnother<T>(
  { page, city }: Desk,
  member: Member,
  work: (other: Desk) => Promise<T>,
): Promise<T> {
  const context = await page.context().browser()?.newContext();
  if (context === undefined) throw new Error("no browser");
  const { login } = city.city.members[member];
  const other = { page: await context.newPage(), city };
  await send(other, "/session", { login, password: PASSWORD });
  const result = await work(other);
  await context.close();
  return result;
}

async function firstCampaign({ page, city }: Desk): Promise<string> {
  const reply = await page.request.get(`${city.address}/api/v1/campaigns`);
  return ((await reply.json()) as { items: [{ id: string }] }).items[0].id;
}

function aVisit(desk: Desk): Promise<string> {
  const startedAt = Date.now() - 300_000;
  return send(desk, "/visits", {
    placeId: desk.city.city.door("east", 3, 1),
    outcome: "no_answer",
    startedAt,
    endedAt: startedAt + 60_000,
    team: [desk.city.city.members.officer.id],
  });
}

function aMatter(desk: Desk): Promise<string> {
  return send(desk, "/matters", {
    id: "01990000-0000-7000-8000-00130000000a",
    kind: "opinion",
    subtype: "patrol",
    text: "希望晚上多到小区后门巡逻",
    placeId: desk.city.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "none",
  });
}

/** A resident's request that waits, in its latest version, for one more step. */
async function aRequest(desk: Desk, end: string, steps: readonly object[]): Promise<string> {
  const id = `01990000-0000-7000-8000-00130000001${end}`;
  await send(desk, "/matters", {
    id,
    kind: "service_request",
    subtype: "minor_repair",
    text: "三楼楼道灯坏了两周，晚上看不见台阶",
    placeId: desk.city.city.door("east", 2, 1),
    reporter: "resident",
    feedback: "sms",
    contact: { phone: "12001234567", consent: true },
  });
  for (const step of steps) {
    const { version } = (await read(desk, `/matters/${id}`)) as { version: number };
    await send(desk, `/matters/${id}/steps`, { version, step });
  }
  return id;
}

async function read({ page, city }: Desk, path: string): Promise<unknown> {
  const reply = await page.request.get(`${city.address}/api/v1${path}`);
  expect(reply.ok(), await reply.text()).toBe(true);
  return reply.json();
}

async function firstOf(desk: Desk, path: string): Promise<string> {
  return ((await read(desk, path)) as { items: [{ id: string }] }).items[0].id;
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
  await asAnother(desk, "officer", (officer) =>
    aRequest(officer, "2", [{ type: "accept" }, { ...refer, text: "三楼楼道灯不亮，请修复" }]),
  );
  return firstOf(desk, "/referrals");
}

/** As a resident sent it by paper; the officer typed it in. */
async function aDataRequest(desk: Desk): Promise<string> {
  await asAnother(desk, "officer", (officer) =>
    send(officer, "/data-requests", {
      kind: "explanation",
      text: "为什么记录我家的走访时间",
      origin: "paper",
      look: "B".repeat(43),
    }),
  );
  return firstOf(desk, "/data-requests?progress=open");
}

/** An estate with more thefts than the year before, listed. */
async function aListing(desk: Desk): Promise<string> {
  const known = (await read(desk, "/listings")) as { items: { id: string }[] };
  if (known.items[0] !== undefined) return known.items[0].id;
  const { 锦湖小区: estateId } = await plantEstates(desk.city, { 锦湖小区: 60 });
  const half = { measure: "theft", from: "2025-09-01", to: "2026-03-01" };
  for (const [days, count] of [
    [half, 12],
    [{ measure: "theft", from: "2024-09-01", to: "2025-03-01" }, 9],
  ] as const) {
    await send(desk, "/listings/counts", {
      ...days,
      source: "刑侦大队统计",
      rows: [{ estate: "锦湖小区", count }],
    });
  }
  const id = await asAnother(desk, "leader", (leader) =>
    send(leader, "/listings", {
      id: "01990000-0000-7000-8000-002300000001",
      estateId,
      ...half,
      causes: ["no_management"],
      text: "没有物业，出入口敞开",
    }),
  );
  const { version } = (await read(desk, `/listings/${id}`)) as { version: number };
  const order = {
    type: "order",
    number: "3号",
    bodies: ["police", "subdistrict"],
    street: "锦湖街道",
  };
  await send(desk, `/listings/${id}/steps`, { version, step: order });
  return id;
}

async function aComplaint(desk: Desk): Promise<string> {
  return send(desk, "/complaints", {
    about: "station",
    stationId: desk.city.city.stations.first,
    kind: "delay",
    text: "补办证件等了两个月",
    origin: "letter",
    look: "A".repeat(43),
  });
}

/** A mediation of a dispute, made when it is first asked for. */
async function aMediation(desk: Desk): Promise<string> {
  const [matterId, id] = ["b", "c"].map((end) => `01990000-0000-7000-8000-00130000000${end}`);
  const there = await desk.page.request.get(`${desk.city.address}/api/v1/mediations/${id}`);
  if (there.ok()) return id ?? "";
  await send(desk, "/matters", {
    id: matterId,
    kind: "dispute",
    subtype: "neighbour_noise",
    text: "楼上深夜拖椅子",
    placeId: desk.city.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "none",
  });
  const step = { type: "screen", stopSigns: [] };
  await send(desk, `/matters/${matterId}/steps`, { version: 1, step });
  const sides = [{ part: "resident" }, { part: "resident" }];
  return send(desk, "/mediations", { id, matterId, form: "people", sides });
}

function aMeeting(desk: Desk): Promise<string> {
  const from = Date.now() + 86_400_000;
  return send(desk, "/return-meetings", {
    id: "01990000-0000-7000-8000-00140000000a",
    stationId: desk.city.city.stations.first,
    venue: "双乐所一楼大厅",
    from,
    to: from + 3_600_000,
    slotMinutes: 30,
    seats: 2,
  });
}

async function anItem(desk: Desk): Promise<string> {
  const { page, city } = desk;
  const list = "台账编号,物品类别,估价,批准日期,物主电话\nA-1,手机,900,2026-01-05,12001112222\n";
  await send(desk, `/property/imports?stationId=${city.city.stations.first}`, list);
  const reply = await page.request.get(`${city.address}/api/v1/property`);
  return ((await reply.json()) as { items: [{ id: string }] }).items[0].id;
}

/** Who opens each screen, where it is when its address names something, and which of its papers. */
const SCREENS: Readonly<
  Record<string, readonly [Member, ((desk: Desk) => string | Promise<string>)?, string?]>
> = {
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
  "/property": ["leader"],
  "/property/import": ["leader"],
  "/property/meetings": ["leader"],
  "/property/meetings/:id": ["leader", aMeeting],
  "/property/meetings/:id/sheet": ["leader", aMeeting],
  "/property/:id": ["leader", anItem],
  "/tips": ["detective"],
  "/complaints": ["inspector"],
  "/complaints/:id": ["inspector", aComplaint],
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
  "/imports/:id": [
    "office",
    (desk) =>
      send(desk, "/places/imports?name=a.csv", "社区代码,小区,楼栋\n990101001001,听涛苑,3\n"),
  ],
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
      const id = (await idOf?.({ page, city })) ?? "";
      await test.step(path, async () => {
        await page.setViewportSize({ width: 1440, height: 900 });
        await open(
          page,
          city,
          path.replace(/:(id|communityId)/, id).replace(/:(kind|month)/, kind),
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
