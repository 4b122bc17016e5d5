import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
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
  return ((await reply.json()) as { id: string }).id;
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

/** Who opens each screen, and where it is when its address names something. */
const SCREENS: Readonly<
  Record<string, readonly [Member, ((desk: Desk) => string | Promise<string>)?]>
> = {
  "/board": ["leader"],
  "/report-card": ["leader"],
  "/matters": ["officer"],
  "/matters/:id": ["officer", aMatter],
  "/clock-rules": ["leader"],
  "/property": ["leader"],
  "/property/import": ["leader"],
  "/property/meetings": ["leader"],
  "/property/meetings/:id": ["leader", aMeeting],
  "/property/:id": ["leader", anItem],
  "/tips": ["detective"],
  "/complaints": ["inspector"],
  "/complaints/:id": ["inspector", aComplaint],
  "/mediations": ["officer"],
  "/mediations/rooms": ["officer"],
  "/mediations/:id": ["officer", aMediation],
  "/mediations/:id/documents/:kind": ["officer", aMediation],
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
      const id = (await SCREENS[path]?.[1]?.({ page, city })) ?? "";
      await test.step(path, async () => {
        await page.setViewportSize({ width: 1440, height: 900 });
        await open(page, city, path.replace(":id", id).replace(":kind", "record"));
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
