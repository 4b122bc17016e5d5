import { accept, callBack, radio, take } from "../console/steps.ts";
import {
  another,
  choose,
  expectAccessible as expectDeskAccessible,
  open,
  signIn,
} from "../console/desk.ts";
import { newPhone, openBuilding, visitAndHear } from "../field/phone.ts";
import { withCampaign } from "../campaign.ts";
import { matterOf } from "../members.ts";
import {
  expectAccessible,
  follow,
  RESIDENT as small,
  sayAtPlate,
  sayItIsSolved,
} from "../public/pages.ts";
import { expect as base, test } from "../server.ts";

const expect = base.configure({ timeout: 30_000 });

const SMOKE = "楼下烧烤店傍晚油烟往上冒，窗户不敢开";
const ANSWER = "店里已装净化器，每周五晚检查一次。不同意可以拨打值班电话。";

test("smoke that two homes tell of: one problem, two bodies, and each reporter is told", async ({
  browser,
  city,
}) => {
  test.setTimeout(300_000);
  await withCampaign(city);

  let spoken = "";
  await test.step("an officer hears of it at a door", async () => {
    const { context, page } = await newPhone(browser, city, "officer", small);
    await openBuilding(page);
    const heard = { kind: "意见建议", type: "设施", text: SMOKE } as const;
    [spoken = ""] = await visitAndHear(page, "203", heard);
    await context.close();
  });

  const resident = await (await browser.newContext(small)).newPage();
  let receipt = "";
  let number = "";
  await test.step("a neighbour writes the same on the page of his door", async () => {
    const text = "烧烤店的油烟往楼上冒，窗户不敢开";
    const said = { kind: "提意见、建议", type: "设施", text };
    ({ receipt, number } = await sayAtPlate(resident, city, said));
  });

  const desk = await another(browser, city, "officer");
  const main = await matterOf(city, SMOKE);
  await test.step("the officer sees that it is one problem", async () => {
    await open(desk, city, `/matters?number=${number}`);
    await desk.getByRole("link", { name: number }).click();
    await desk.getByRole("button", { name: /^并入 / }).click();
    await desk.locator(".ant-modal").getByRole("button", { name: "并入这一件" }).click();
    await expect(desk.getByText("已并入", { exact: false }).first()).toBeVisible();
    await open(desk, city, `/matters/${main}`);
    await expect(desk.getByText("同一个问题，共 2 件反映", { exact: false })).toBeVisible();
    await expectDeskAccessible(desk);
    await accept(desk);
  });

  const refer = (body: string, law: string) =>
    take(desk, "转外单位", async (form) => {
      await choose(form, "转给哪个单位", body);
      await choose(form, "转办依据", "属对方法定职责");
      await form.getByLabel("法律、合同条款").fill(law);
      await form.getByLabel("告诉对方的问题").fill("烧烤店油烟直排住户窗下，请查看处理");
    });

  await test.step("the property company, which has an account, returns it with its reason", async () => {
    await refer("东亭物业 · 物业公司", "物业管理条例 45");
    const partner = await another(browser, city, "propertyManager");
    await open(partner, city, "/referrals");
    await partner.getByRole("link").filter({ hasText: /\S/ }).last().waitFor();
    await partner.getByRole("row", { name: /意见建议/ }).click();
    await expect(partner.getByText("烧烤店油烟直排住户窗下")).toBeVisible();
    await expect(partner.locator("main")).not.toContainText(SMOKE);
    await partner.getByRole("button", { name: "退回", exact: false }).click();
    const form = partner.getByRole("dialog");
    await form.getByRole("textbox").fill("店铺是沿街商铺，不在物业管理范围");
    await expectDeskAccessible(partner);
    await form.getByRole("button", { name: /^退回/ }).click();
    await expect(form).toBeHidden();
    await partner.context().close();
  });

  await test.step("the committee, which has none, takes it over and answers by a link", async () => {
    await desk.reload();
    await refer("东亭社区人民调解委员会 · 人民调解委员会", "");
    await desk.getByRole("button", { name: "生成链接" }).click();
    const link = await desk.getByRole("textbox", { name: "转办链接" }).inputValue();
    const body = await (await browser.newContext({ ...small, javaScriptEnabled: false })).newPage();
    await body.goto(link);
    await expect(body.getByText("烧烤店油烟直排住户窗下", { exact: false })).toBeVisible();
    await body.getByRole("button", { name: "接收办理" }).click();
    await expect(body.getByRole("status")).toBeVisible();
    await body.getByLabel("结果", { exact: true }).selectOption({ label: "采纳" });
    await body.getByLabel("做了什么").fill("店里装了油烟净化器，已试用");
    await body.getByRole("button").last().click();
    await expect(body.getByText("店里装了油烟净化器")).toBeVisible();
    await body.context().close();
    await desk.reload();
    await expect(desk.getByText("店里装了油烟净化器", { exact: false }).first()).toBeVisible();
  });

  await test.step("both reporters are told, each in his own way", async () => {
    await take(desk, "答复群众", async (form) => {
      await radio(form, "当面");
      await form.getByLabel("答复内容").fill(ANSWER);
    });
    await open(desk, city, `/matters?number=${number}`);
    await desk.getByRole("link", { name: number }).click();
    await take(desk, "答复群众", async (form) => {
      await form.getByRole("radio", { name: /凭回执/ }).check();
      await form.getByLabel("答复内容").fill(ANSWER);
    });
    await follow(resident, city, receipt);
    await expect(resident.getByText(ANSWER)).toBeVisible();
    await sayItIsSolved(resident);
    await expectAccessible(resident);
  });

  await test.step("who never handled it asks and closes both", async () => {
    await signIn(desk, city, "feedback");
    await open(desk, city, `/matters/${main}`);
    await callBack(desk);
    await take(desk, "办结");
    await expect(desk.getByText("已办结").first()).toBeVisible();
    await open(desk, city, `/matters?number=${number}`);
    await desk.getByRole("link", { name: number }).click();
    await take(desk, "办结");
    // The neighbour who wrote, and she who spoke at her door.
    for (const one of [receipt, spoken]) {
      await follow(resident, city, one);
      await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
    }
  });
});
