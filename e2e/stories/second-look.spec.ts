import type { Page } from "@playwright/test";
import { DAY_MS } from "../../domain/shared/instant.ts";
import { oversightJobs } from "../../server/oversight/jobs.ts";
import { withCampaign } from "../campaign.ts";
import { choose, expect, expectAccessible, open, signIn, test } from "../console/desk.ts";
import { radio, take } from "../console/steps.ts";
import { expectAllSent, newPhone, openBuilding, recordVisit, tile } from "../field/phone.ts";
import type { Member } from "../members.ts";
import type { CityServer } from "../server.ts";

/** What the server does every night. */
async function midnight(city: CityServer): Promise<void> {
  const { signal } = new AbortController();
  await oversightJobs(city.database)["oversight.rounds"]?.run(undefined as never, {
    id: "night",
    signal,
  });
}

/** Somebody sits down at this desk and looks at the second look. */
async function look(page: Page, city: CityServer, member: Member): Promise<void> {
  await signIn(page, city, member);
  await open(page, city, "/rechecks");
  await expect(page.getByRole("heading", { name: "抽查复核", level: 1 })).toBeVisible();
}

/** Asked at a door in the neutral words, with two other services beside. */
async function ask(page: Page, door: string, came: string, spoke?: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^记下结果: .*${door}`) }).click();
  const form = page.getByRole("dialog", { name: "记下结果" });
  await radio(form, "有人居住");
  await form.getByRole("radiogroup").nth(1).getByLabel("没来过").check();
  await form.getByRole("radiogroup").nth(2).getByLabel(came, { exact: true }).check();
  if (spoke) await radio(form, spoke);
  await form.getByRole("button", { name: "记下", exact: true }).click();
  await expect(form).toBeHidden();
}

async function decide(page: Page, verdict: string, text: string): Promise<void> {
  await take(page, "认定", async (form) => {
    await radio(form, verdict);
    await choose(form, "参加的同行", "林知远");
    await form.getByLabel("内容").fill(text);
  });
}

test("a second look finds a visit that never was, and holds a phone that failed for what it is", async ({
  browser,
  city,
}) => {
  test.setTimeout(180_000);
  await withCampaign(city);
  const desk = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  let commitment = "";

  await test.step("before the week's visits everybody may read the hash of its seed", async () => {
    await midnight(city);
    await look(desk, city, "officer");
    await expect(desk.getByText("走访周，还没抽")).toBeVisible();
    commitment = await desk.locator("code").innerText();
    expect(commitment).toMatch(/^[\da-f]{64}$/);
    await expect(desk.getByText("锁定后公布", { exact: true })).toBeVisible();
  });

  await test.step("the officer's phone records two visits and a refusal", async () => {
    const { context, page: phone } = await newPhone(browser, city);
    await openBuilding(phone);
    for (const door of ["101", "102"]) {
      await recordVisit(phone, door);
      await expect(tile(phone, door)).toContainText("已见");
    }
    await tile(phone, "201").click();
    await phone.getByRole("button", { name: "谢绝", exact: true }).click();
    await phone.getByRole("button", { name: "只留卡" }).click();
    await expectAllSent(phone);
    await context.close();
  });

  city.clock.advance(7 * DAY_MS);
  await midnight(city);

  await test.step("the feedback centre knows doors and days, no record; who declined is left in peace", async () => {
    await look(desk, city, "feedback");
    const doors = desk.getByRole("region", { name: "要问的门" });
    await expect(doors.getByRole("listitem")).toHaveCount(2);
    await expect(doors).not.toContainText(/201室|江沐阳|门前|已见/);
    await expectAccessible(desk);
    await ask(desk, "101室", "来过", "打的电话");
    await desk.getByRole("button", { name: "锁定结果" }).click();
    const early = desk.getByRole("dialog");
    await early.getByRole("button", { name: "锁定结果" }).click();
    await expect(early.getByText("还有 1 户没有记下结果")).toBeVisible();
    await early.getByRole("button", { name: "先不" }).click();
    await expect(early).toBeHidden();
    await ask(desk, "102室", "没来过");
  });

  await test.step("until the answers are closed the station learns nothing", async () => {
    for (const member of ["officer", "leader", "inspector"] as const) {
      await look(desk, city, member);
      await expect(desk.getByText("没有有出入的走访。")).toBeVisible();
      await expect(desk.getByText("正在问")).toBeVisible();
      await expect(desk.locator("main")).not.toContainText(/10[12]室/);
    }
  });

  await test.step("the answers are closed, and the seed is shown", async () => {
    await look(desk, city, "feedback");
    await take(desk, "锁定结果");
    await expect(desk.getByText("已锁定，有 2 处出入")).toBeVisible();
    await expect(desk.locator("code")).toHaveCount(3);
    await expect(desk.locator("code").nth(1)).toHaveText(commitment);
    await expect(desk.getByText("现在没有要问的门", { exact: false })).toBeVisible();
  });

  await test.step("the officer is heard about both", async () => {
    await signIn(desk, city, "officer");
    await open(desk, city, "/today");
    await desk.getByRole("link", { name: /2.*抽查复核/ }).click();
    await expect(desk.getByText("下面只列等您办的。", { exact: false })).toBeVisible();
    await desk.getByRole("link", { name: /101室/ }).click();
    await expect(desk.getByText("来过 · 打的电话")).toBeVisible();
    await take(desk, "说明情况", async (form) => {
      await radio(form, "手机故障");
      await form.getByLabel("内容").fill("门口没录上，问住户13812345678");
      await form.getByRole("button", { name: "说明情况" }).click();
      await expect(form.getByRole("alert")).toBeVisible();
      await form.getByLabel("内容").fill("手机进水，当晚改打电话，回所补录时选错");
    });
    await expect(desk.getByText("已说明，等认定")).toBeVisible();
    await expectAccessible(desk);
    await desk.getByRole("link", { name: "抽查复核" }).last().click();
    await desk.getByRole("link", { name: /102室/ }).click();
    await take(desk, "说明情况", async (form) => {
      await radio(form, "没有去");
      await form.getByLabel("内容").fill("那天没来得及，先勾了");
    });
    await expect(desk.getByText("现在没有要您办的。")).toBeVisible();
    // Nobody else of the beat reads it.
    await look(desk, city, "colleague");
    await expect(desk.getByText("没有有出入的走访。")).toBeVisible();
  });

  await test.step("the station says its view; inspectorate, station and a peer decide", async () => {
    for (const door of [/101室/, /102室/]) {
      await look(desk, city, "leader");
      await desk.getByRole("link", { name: door }).click();
      await take(desk, "说明所里意见", async (form) => {
        await form.getByLabel("内容").fill("查过当晚的排班，他说的属实");
      });
    }
    await look(desk, city, "inspector");
    await desk.getByRole("link", { name: /101室/ }).click();
    await decide(desk, "说明成立，不再追究", "故障报修单可证");
    await expect(desk.getByText("说明成立", { exact: true })).toBeVisible();
    await look(desk, city, "inspector");
    await desk.getByRole("link", { name: /102室/ }).click();
    await decide(desk, "认定不实", "本人说明没有去");
    await expect(desk.getByText("认定不实", { exact: true }).first()).toBeVisible();
    await expect(desk.getByText("同行：林知远")).toBeVisible();
    await expectAccessible(desk);
  });

  await test.step("nothing follows by itself: the officer mends the record, and the door is open again", async () => {
    await look(desk, city, "officer");
    await desk.getByRole("link", { name: /102室/ }).click();
    await expect(desk.getByRole("button", { name: "申诉" })).toBeVisible();
    await desk.getByRole("link", { name: "看走访记录" }).click();
    await desk.getByRole("button", { name: "更正这条记录" }).click();
    await desk.getByLabel("更正原因").fill("抽查认定没有去");
    await choose(desk, "结果", "无人应答");
    await desk.getByRole("button", { name: "保存更正" }).click();
    await expect(desk.getByText("抽查认定没有去")).toBeVisible();
    const { context, page: phone } = await newPhone(browser, city);
    await openBuilding(phone);
    await expect(tile(phone, "101")).toContainText("已见");
    await expect(tile(phone, "102")).toContainText("再去");
    await context.close();
  });
});
