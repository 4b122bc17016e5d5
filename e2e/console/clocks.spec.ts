import { DAY_MS } from "@wanjia/domain/shared/instant";
import { newId } from "../../server/platform/crypto.ts";
import { registerHeard, sweepClocks } from "../../server/matters/commands.ts";
import { expect, expectAccessible, open, signIn, test } from "./desk.ts";
import type { CityServer } from "../server.ts";

/** A hazard that was heard of ten days ago, and that nobody did anything about. */
async function forgottenHazard({ database, city }: CityServer): Promise<void> {
  const at = Date.now() - 10 * DAY_MS;
  const heard = {
    draft: {
      id: newId(at),
      kind: "hazard",
      subtype: "unlit_path",
      text: "三楼楼道灯不亮，老人看不清台阶",
      placeId: city.door("east", 1, 1),
      reporter: "resident",
      feedback: "phone",
    },
    registration: {
      stationId: city.stations.first,
      beatId: city.beats.east,
      communityId: city.communities.east,
      visitId: null,
      campaignIds: [],
      origin: "officer",
      recipientId: city.members.officer.id,
      finders: [city.members.officer.id],
    },
    doorId: city.door("east", 1, 1),
    at,
  } as const;
  await database.asSystem(city.bureau, async (tx) => {
    await registerHeard(tx, [heard]);
  });
  await database.asSystem(city.bureau, (tx) => sweepClocks(tx, null));
}

test("what was missed is the leader's task, with the law and the day it was due", async ({
  page,
  city,
}) => {
  await forgottenHazard(city);
  await signIn(page, city, "leader");
  await open(page, city, "/matters");
  const work = page.getByRole("navigation", { name: "时限" });
  await expect(work.getByRole("link", { name: "等我督办 1 件" })).toBeVisible();
  await expect(work.getByRole("link", { name: "已超期 1 件" })).toBeVisible();
  await expectAccessible(page);
  await work.getByRole("link", { name: "等我督办 1 件" }).click();
  const row = page.getByRole("row", { name: /路灯不亮/ });
  await row.getByRole("link").click();
  const clocks = page.getByRole("region", { name: "时限", exact: true });
  await expect(clocks).toContainText("等派出所长督办");
  await expect(clocks).toContainText("安全生产事故隐患排查治理暂行规定 3");
  await expectAccessible(page);
  await page.getByRole("button", { name: "督办" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("督办情况").fill("已约物业今晚更换灯具");
  await form.getByRole("button", { name: "督办" }).click();
  await expect(clocks).toContainText("已上报派出所长");
  await expect(page.getByText("已约物业今晚更换灯具")).toBeVisible();
  await open(page, city, "/matters");
  await expect(work.getByRole("link", { name: "等我督办 0 件" })).toBeVisible();
});

test("the legal unit writes down a new limit; it holds from a later day", async ({
  page,
  city,
}) => {
  await signIn(page, city, "legal");
  await open(page, city, "/clock-rules?q=一般隐患");
  await page.getByRole("button", { name: "一般隐患整改" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("数量").fill("2");
  await form.getByLabel("依据").fill("局办〔2026〕12号");
  await expectAccessible(page);
  await form.getByRole("button", { name: "另立新版" }).click();
  await expect(page.getByText(/起 2 个工作日/)).toBeVisible();
  await expect(page.getByRole("cell", { name: /3 个工作日/ })).toBeVisible();
});
