import type { Page } from "@playwright/test";
import { DAY_MS, HOUR_MS, localDate } from "../../domain/shared/instant.ts";
import { withCampaign } from "../campaign.ts";
import {
  choose,
  expect,
  expectAccessible,
  type Member,
  open,
  signIn,
  test,
} from "../console/desk.ts";
import { accept, radio, take } from "../console/steps.ts";
import { newPhone, openBuilding, visitAndHear } from "../field/phone.ts";
import { asMember, matterOf } from "../members.ts";
import { follow, RESIDENT } from "../public/pages.ts";
import { newId } from "../../server/platform/crypto.ts";
import type { CityServer } from "../server.ts";

/** What was said at the door of an upper floor, and at the one beside it. */
const NOISE = "楼上半夜拖椅子，吵过之后门口常有垃圾袋，两家都愿意坐下来谈";
const FAMILY = "家里为钱的事常争执，愿意请人劝一劝";
const BEATEN = "他喝了酒又动手，想请人来劝一劝";
const LAWYER = "东亭公共法律服务站";
const ANSWER = "楼上铺地毯，垃圾各自带下楼。不同意可以拨打值班电话。";

/** Another day at the desk: sessions of the day before are over. */
async function onDay(
  page: Page,
  city: CityServer,
  member: Member,
  path: string,
  later = 0,
): Promise<void> {
  city.clock.advance(later);
  await signIn(page, city, member);
  await open(page, city, path);
}

async function agree(page: Page, side: string): Promise<void> {
  await take(page, "记录一方意见", async (form) => {
    await radio(form, side);
    await radio(form, "同意调解");
  });
}

/** Told at the door already: the system lets nobody mediate it, and shows the right way instead. */
async function refused(page: Page, city: CityServer): Promise<void> {
  await signIn(page, city, "officer");
  await open(page, city, `/matters/${await matterOf(city, BEATEN)}`);
  await accept(page);
  await take(page, "纠纷甄别", (form) => form.getByRole("checkbox", { name: "家庭暴力" }).check());
  await expect(page.getByText("不得调解", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("反家暴保护途径", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "发起调解" })).toHaveCount(0);
  await expectAccessible(page);
}

/** Told the mediator in confidence: from then on nobody persuades, and whoever is feared learns nothing. */
async function stopped(
  page: Page,
  resident: Page,
  city: CityServer,
  receipt: string,
): Promise<void> {
  const matter = await matterOf(city, FAMILY);
  await signIn(page, city, "officer");
  await open(page, city, `/matters/${matter}`);
  await accept(page);
  await take(page, "纠纷甄别");
  await page.getByRole("button", { name: "发起调解" }).click();
  const opening = page.getByRole("dialog", { name: "发起调解" });
  for (const side of ["甲方", "乙方"]) await choose(opening, `${side}是`, "住户");
  await opening.getByRole("button", { name: "发起调解" }).click();
  await expect(page.getByRole("heading", { name: "人民调解 · 家庭（不含家暴）" })).toBeVisible();
  await take(page, "停止调解", async (form) => {
    await form.getByRole("checkbox", { name: "家庭暴力" }).check();
  });
  await expect(page.getByText("这件纠纷不得调解", { exact: false })).toBeVisible();
  await expect(page.getByText("反家暴保护途径", { exact: false }).first()).toBeVisible();
  await expectAccessible(page);
  await open(page, city, `/matters/${matter}`);
  await expect(page.getByText("不宜调解，已告知其他途径").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "发起调解" })).toHaveCount(0);
  await take(page, "答复群众", async (form) => {
    await radio(form, "当面");
    await form.getByLabel("答复内容").fill("已当面说明可以求助的途径和电话，不同意可以复查。");
  });
  await signIn(page, city, "leader");
  await open(page, city, `/matters/${matter}`);
  await take(page, "办结", (form) => radio(form, "联系可能危及当事人"));
  await expect(page.getByText("已办结").first()).toBeVisible();
  // A receipt may be found by the other one at home: it tells whom to ring, and no more.
  await follow(resident, city, receipt);
  await expect(resident.getByText("请用安全的电话联系值班室", { exact: false })).toBeVisible();
  for (const word of ["家庭", "调解", "求助", "办结"]) {
    await expect(resident.locator("main")).not.toContainText(word);
  }
}

test.setTimeout(300_000);

test("two disputes heard at doors: what must not be mediated is shown the right way, the other is mediated, kept, and each side asked alone", async ({
  page,
  city,
  browser,
}) => {
  await withCampaign(city);
  const phone = await newPhone(browser, city, "officer", RESIDENT);
  await openBuilding(phone.page);
  const [noise = ""] = await visitAndHear(phone.page, "302", {
    kind: "纠纷",
    type: "邻里噪声",
    text: NOISE,
  });
  const [family = ""] = await visitAndHear(phone.page, "303", {
    kind: "纠纷",
    type: "家庭（不含家暴）",
    text: FAMILY,
  });
  await visitAndHear(phone.page, "301", {
    kind: "纠纷",
    type: "家庭（不含家暴）",
    text: BEATEN,
  });
  await phone.context.close();
  const resident = await (await browser.newContext(RESIDENT)).newPage();
  await test.step("a stop sign lets nobody begin", () => refused(page, city));
  await test.step("a stop sign ends the one", () => stopped(page, resident, city, family));

  const lawyer = { kind: "legal_aid", name: LAWYER, phone: "0990-120102", active: true };
  await asMember(city, "admin").put(`/organisation/partners/${newId(Date.now())}`, lawyer);
  const matter = await matterOf(city, NOISE);
  await signIn(page, city, "leader");
  await open(page, city, "/mediations/rooms");
  await page.getByRole("button", { name: "添加调解室" }).click();
  const room = page.getByRole("dialog", { name: "添加调解室" });
  await room.getByLabel("名称").fill("双乐所调解室");
  await room.getByRole("button", { name: "添加调解室" }).click();
  await expect(page.getByRole("rowheader", { name: /双乐所调解室/ })).toBeVisible();
  await expectAccessible(page);

  await onDay(page, city, "officer", `/matters/${matter}`);
  await accept(page);
  await take(page, "纠纷甄别");
  await page.getByRole("button", { name: "发起调解" }).click();
  const opening = page.getByRole("dialog", { name: "发起调解" });
  for (const side of ["甲方", "乙方"]) {
    await choose(opening, `${side}是`, "住户");
    await opening.getByLabel(`${side}电话`).fill(side === "甲方" ? "12011112222" : "12033334444");
    await opening.getByRole("checkbox", { name: new RegExp(`^${side}同意留联系方式`) }).check();
  }
  await expectAccessible(page);
  await opening.getByRole("button", { name: "发起调解" }).click();
  await expect(page.getByRole("heading", { name: "人民调解 · 邻里噪声" })).toBeVisible();
  const address = new URL(page.url()).pathname.replace("/console", "");

  await agree(page, "甲方");
  await expect(page.getByText("甲方 住户 · 同意调解")).toBeVisible();
  await agree(page, "乙方");
  await take(page, "组成调解组", async (form) => {
    await choose(form, "调解委员会", "东亭社区人民调解委员会");
    await choose(form, "调解员", "温如言");
    await choose(form, "法律服务机构", LAWYER);
    await form.getByLabel("移交编号").fill("东亭民调〔2026〕18号");
  });
  const day = localDate(city.clock.now() + DAY_MS);
  await take(page, "预约调解室", async (form) => {
    await choose(form, "调解室", "双乐所调解室");
    await form.getByLabel("日期").fill(day);
  });
  await expect(page.getByText("已约时间")).toBeVisible();
  await expect(page.getByText(LAWYER)).toBeVisible();
  await expectAccessible(page);

  // What each side may know is its own.
  await page.getByRole("button", { name: "这一方能知道的" }).first().click();
  const own = page.getByRole("dialog", { name: /甲方/ });
  await expect(own.getByText("双乐所调解室")).toBeVisible();
  await expect(own).not.toContainText("乙方");
  await page.keyboard.press("Escape");

  // The paper takes what is typed, and nothing else does.
  await page.getByRole("link", { name: "D12 调解记录" }).click();
  await page.getByLabel("各方意见").fill("楼上同意铺地毯");
  const paper = page.getByRole("article", { name: "D12 调解记录" });
  await expect(paper).toContainText("楼上同意铺地毯");
  await expectAccessible(page);
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载 Word" }).click();
  expect((await file).suggestedFilename()).toBe("D12 调解记录.docx");

  // She sees at home that it is in hand, and nothing of the other side.
  await follow(resident, city, noise);
  await expect(resident.getByText("矛盾纠纷 · 邻里噪声")).toBeVisible();
  await expect(resident.locator("main")).not.toContainText("乙方");

  // Two days later: the session was held, by the mediator.
  await onDay(page, city, "mediator", address, 2 * DAY_MS);
  await expect(page.getByRole("heading", { name: "人民调解" })).toBeVisible();
  await take(page, "记录调解情况", (form) => radio(form, "达成一致"));
  await take(page, "登记协议", async (form) => {
    await form.getByLabel("协议编号").fill("东亭调协〔2026〕7号");
    await form.getByLabel("履行期限").fill(localDate(city.clock.now() + 7 * DAY_MS));
    await form.getByRole("checkbox", { name: "乙方" }).check();
  });
  await take(page, "登记履行", async (form) => {
    await form.getByLabel("日期").fill(localDate(city.clock.now()));
  });
  await expect(page.getByText("履行完毕", { exact: true }).first()).toBeVisible();

  // The one who raised it is answered, then somebody else calls each side, alone.
  await onDay(page, city, "officer", `/matters/${matter}`);
  await expect(page.getByText("纠纷的结果以调解为准", { exact: false })).toBeVisible();
  await take(page, "答复群众", async (form) => {
    await radio(form, "当面");
    await form.getByLabel("答复内容").fill(ANSWER);
  });
  await onDay(page, city, "feedback", "/mediations", HOUR_MS);
  await page.getByRole("row", { name: /邻里噪声/ }).click();
  for (const last of [false, true]) {
    await expect(page.getByText("单独打给他", { exact: false })).toBeVisible();
    await expect(page.getByText("D12")).toHaveCount(0);
    await take(page, "回访这一方", async (form) => {
      await form.getByRole("checkbox", { name: "旁边没有另一方的人" }).check();
      await radio(form, "已解决");
    });
    if (!last) await expect(page.getByText(/^(甲|乙)方 住户 · 已回访/)).toHaveCount(1);
  }
  await expect(page.getByText(/方 住户 · 已回访/)).toHaveCount(2);
  await onDay(page, city, "leader", `/matters/${matter}`);
  await take(page, "办结");
  await expect(page.getByText("已办结").first()).toBeVisible();
  await follow(resident, city, noise);
  await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
  await expect(resident.getByText(ANSWER)).toBeVisible();

  // It held: asked after 7, 30 and 90 days.
  for (const days of [8, 24, 60]) {
    await onDay(page, city, "mediator", address, days * DAY_MS);
    await take(page, "记录回访", (form) => radio(form, "得到履行，没有反复"));
  }
  await expect(page.getByText("这件调解已经结束：履行完毕。")).toBeVisible();
  await expectAccessible(page);
});
