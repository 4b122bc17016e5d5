import type { Page } from "@playwright/test";
import { localDate } from "../../domain/shared/instant.ts";
import { choose, expectAccessible as expectDeskAccessible, open, signIn } from "../console/desk.ts";
import { take } from "../console/steps.ts";
import { asMember, signInAs } from "../members.ts";
import { issuePlate } from "../plates.ts";
import { expectAccessible, receiptsOn, RESIDENT } from "../public/pages.ts";
import { type CityServer, expect as base, test } from "../server.ts";

const expect = base.configure({ timeout: 20_000 });

const TEXT = "报警以后一个多小时没有人来";
const ANSWER = "您反映的情况部分属实，已经改正。不同意可以申请复核。";
const AFTER_REVIEW = "复核认定属实，当晚的安排有错，已向全所通报。仍不同意可以依法起诉。";
const PASSWORD = "another inspector 2026";

/** By the digits, typed. */
async function askBy(page: Page, city: CityServer, receipt: string): Promise<void> {
  await page.goto(`${city.address}/receipt`);
  await page.getByRole("textbox", { name: "回执" }).fill(receipt);
  await page.getByRole("button", { name: "查结果" }).click();
}

/** The inspectorate has a second inspector, who did not make the finding. */
async function secondInspector(city: CityServer, page: Page): Promise<void> {
  const admin = asMember(city, "admin");
  const login = "reviewer";
  const { id } = await admin.post("/organisation/members", {
    login,
    password: PASSWORD,
    name: "卓复核",
    number: "X90001",
    sworn: true,
  });
  await admin.post(`/organisation/members/${id}/postings`, {
    role: "inspectorate",
    stationId: null,
    beatId: null,
    validFrom: localDate(city.clock.now()),
  });
  await signInAs(page, city, login, PASSWORD);
}

test("a complaint written at a door goes past the station to the inspectorate; its owner is told, disagrees, and is told again after somebody else's review", async ({
  browser,
  city,
}) => {
  test.setTimeout(240_000);
  const resident = await (await browser.newContext(RESIDENT)).newPage();
  let receipt = "";
  await test.step("a resident complains and gets a receipt", async () => {
    await resident.goto(`${city.address}/p/${await issuePlate(city)}`);
    await resident.getByRole("link", { name: "也可以在这里写下投诉" }).click();
    await resident.getByRole("button", { name: "提交投诉" }).click();
    await expect(resident.getByText("请写下经过。")).toBeVisible();
    await resident.getByRole("button", { name: "派出所或派出所民警" }).click();
    await resident.getByLabel("哪个派出所").selectOption({ label: "双乐派出所" });
    await resident.getByRole("button", { name: "不受理、不出警" }).click();
    await resident.getByRole("textbox", { name: "经过" }).fill(TEXT);
    await resident.getByLabel("电话（可不填）").fill("12012345678");
    await resident.getByRole("button", { name: "提交投诉" }).click();
    await expect(resident.getByText("留联系方式要您同意", { exact: false })).toBeVisible();
    await expectAccessible(resident);
    await resident.getByRole("checkbox", { name: /我同意用这个方式/ }).check();
    await resident.getByRole("button", { name: "提交投诉" }).click();
    await expect(resident.getByRole("heading", { name: "投诉已收到" })).toBeVisible();
    await expectAccessible(resident);
    [receipt = ""] = await receiptsOn(resident);
  });

  await test.step("the station's leader finds no such page", async () => {
    const leader = await (await browser.newContext({ locale: "zh-CN" })).newPage();
    await signIn(leader, city, "leader");
    await open(leader, city, "/complaints");
    await expect(leader.getByRole("heading", { name: "您的角色看不到这一页" })).toBeVisible();
    await expect(leader.getByRole("link", { name: "涉警投诉" })).toHaveCount(0);
  });

  const desk = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await test.step("the inspectorate looks, hears the officer, finds and answers", async () => {
    await signIn(desk, city, "inspector");
    await open(desk, city, "/complaints");
    await desk.getByRole("link", { name: "不受理、不出警" }).click();
    await expect(desk.getByText(TEXT).first()).toBeVisible();
    await expect(desk.getByText("120****5678")).toBeVisible();
    await expectDeskAccessible(desk);
    await take(desk, "发出回执");
    await expect(desk.getByText("已受理，正在核查")).toBeVisible();
    await take(desk, "登记涉及的民警", async (form) => {
      await choose(form, "涉及的民警", "江沐阳 X00001");
      await desk.keyboard.press("Escape");
    });
    await expect(desk.getByText("江沐阳", { exact: true })).toBeVisible();
    await take(desk, "初步核查", async (form) => {
      await form.getByRole("radio", { name: "调查", exact: true }).check();
      await form.getByLabel("核查情况和理由").fill("调取接警记录");
    });
    await expect(desk.getByText("正在调查")).toBeVisible();
    await desk.getByRole("button", { name: "作出结论", exact: true }).click();
    const early = desk.getByRole("dialog");
    await early.getByRole("radio", { name: "部分属实" }).check();
    await early.getByLabel("查明的事实和理由").fill("到场慢属实");
    await early.getByRole("button", { name: "作出结论", exact: true }).click();
    await expect(early.getByText("还没有听取民警本人的说明", { exact: false })).toBeVisible();
    await early.getByRole("button", { name: "先不" }).click();
    await expect(early).toBeHidden();
    await take(desk, "听取民警说明", async (form) => {
      await form.getByLabel("民警的说明").fill("当晚同时有三起警情");
    });
    await expect(desk.getByText("1 次", { exact: true })).toBeVisible();
    await take(desk, "作出结论", async (form) => {
      await form.getByRole("radio", { name: "部分属实" }).check();
      await form.getByLabel("查明的事实和理由").fill("到场慢属实");
      await form.getByLabel("整改措施").fill("调整备勤");
    });
    await take(desk, "答复投诉人", async (form) => {
      await form.getByLabel("给投诉人的答复").fill(ANSWER);
    });
    await expect(desk.getByText("已答复", { exact: true })).toBeVisible();
    await expectDeskAccessible(desk);
  });

  await test.step("the resident is told, and disagrees", async () => {
    await askBy(resident, city, receipt);
    await expect(resident.getByText(ANSWER)).toBeVisible();
    await expect(resident.getByText("部分属实", { exact: true })).toBeVisible();
    await expect(resident.locator("main")).not.toContainText("江沐阳");
    await expectAccessible(resident);
    await resident.getByLabel("哪里不对").fill("没有说那句话的事");
    await resident.getByRole("button", { name: "申请复核" }).click();
    await expect(resident.getByText("复核申请已收到。")).toBeVisible();
    await expect(resident.getByText("正在复核")).toBeVisible();
  });

  await test.step("who made the finding does not decide the review", async () => {
    await desk.reload();
    await expect(desk.getByText("正在复核")).toBeVisible();
    await expect(desk.getByRole("button", { name: "听取民警说明" })).toBeVisible();
    await expect(desk.getByRole("button", { name: "作出复核决定" })).toHaveCount(0);
  });

  await test.step("somebody else decides that it is true, and answers", async () => {
    await secondInspector(city, desk);
    await desk.reload();
    await take(desk, "作出复核决定", async (form) => {
      await form.getByRole("radio", { name: "改变原结论" }).check();
      await form.getByRole("radio", { name: "属实", exact: true }).check();
      await form.getByLabel("复核理由").fill("接警记录与投诉一致");
    });
    await take(desk, "答复投诉人", async (form) => {
      await form.getByLabel("给投诉人的答复").fill(AFTER_REVIEW);
    });
    await expect(desk.getByText("已办结", { exact: false }).first()).toBeVisible();
    await askBy(resident, city, receipt);
    await expect(resident.getByText(AFTER_REVIEW)).toBeVisible();
    await expect(resident.getByText("属实", { exact: true })).toBeVisible();
    await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
    await expect(resident.getByRole("button", { name: "申请复核" })).toHaveCount(0);
    await resident.getByRole("button", { name: "大字" }).click();
    await resident.getByRole("button", { name: "English" }).click();
    await expect(resident.getByText("Closed", { exact: true })).toBeVisible();
    const overflow = await resident.evaluate(
      () => document.documentElement.scrollWidth - innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
