import type { Page } from "@playwright/test";
import {
  enterPin,
  expect,
  expectAccessible,
  expectAllSent,
  knock,
  openBuilding,
  readyForOffline,
  newPhone,
  recordVisit,
  sendNow,
  test,
  tile,
} from "./phone.ts";

/** How often the phone has been touched from now on. */
async function countTaps(page: Page): Promise<() => Promise<number>> {
  const counted = await page.evaluateHandle(() => {
    const touched = { times: 0 };
    addEventListener("pointerdown", () => (touched.times += 1), { capture: true });
    return touched;
  });
  return () => counted.evaluate(({ times }) => times);
}

test("an officer visits without a network, the phone dies, and nothing is lost; a tap is taken back within ten seconds and never leaves the phone", async ({
  city,
  browser,
}) => {
  const { context, page } = await newPhone(browser, city);
  await readyForOffline(page);

  await context.setOffline(true);
  const second = await context.newPage();
  await page.close();
  await second.goto(`${city.address}/field/`);
  await enterPin(second);
  await openBuilding(second);

  // From the grid and back: nobody answered.
  const taps = await countTaps(second);
  await knock(second, "101");
  await expect(tile(second, "101")).toContainText("再去");
  expect(await taps()).toBe(2);
  // Met at the doorstep, with what has to be said.
  await tile(second, "102").click();
  await second.getByRole("button", { name: "门口见面" }).click();
  await second.getByLabel("已出示证件").check();
  await second.getByRole("button", { name: "口头说明并留卡" }).click();
  await second.getByRole("button", { name: "记录", exact: true }).click();
  await expect(tile(second, "102")).toContainText("已见");
  expect(await taps()).toBeLessThanOrEqual(2 + 6);
  await expect(second.locator(".status")).toContainText("未送 2");

  // Killed within the ten seconds: what was tapped is kept.
  await second.close();
  const third = await context.newPage();
  await third.goto(`${city.address}/field/`);
  await enterPin(third);
  await expect(third.locator(".status")).toContainText("未送 2");

  await context.setOffline(false);
  await expectAllSent(third);
  await third.locator(".status").click();
  await expect(third.getByText("已核对的签名回执").locator("+ dd")).toHaveText("2 份");
  await third.getByRole("button", { name: "关闭" }).click();

  await openBuilding(third);
  await knock(third, "103");
  await expect(tile(third, "103")).toContainText("再去");
  await third.getByRole("button", { name: /撤销/ }).click();
  await expect(tile(third, "103")).toContainText("未访");
  await expectAllSent(third);
  // A receipt of what was taken back would open nothing: it is not held out any longer.
  await recordVisit(third, "104", {
    kind: "意见建议",
    type: "巡逻防控",
    text: "晚上多来走走",
  });
  await expect(third.getByRole("heading", { name: "给住户的回执" })).toBeVisible();
  await third.getByRole("button", { name: /撤销/ }).click();
  await expect(tile(third, "104")).toContainText("未访");
  await expectAllSent(third);
  await third.locator(".status").click();
  await expect(third.getByText("已核对的签名回执").locator("+ dd")).toHaveText("2 份");
  await context.close();
});

test("two phones at one door: both visits are kept, and both officers see them, and the way in and the wish for no visits too", async ({
  city,
  browser,
}) => {
  const phones = [
    await newPhone(browser, city, "officer"),
    await newPhone(browser, city, "colleague"),
  ] as const;
  for (const { context, page } of phones) {
    await context.setOffline(true);
    await openBuilding(page);
    await knock(page, "201");
  }
  for (const { context, page } of phones) {
    await context.setOffline(false);
    await expectAllSent(page);
  }
  for (const { page } of phones) {
    await sendNow(page);
    await tile(page, "201").click();
    await expect(page.getByText("来过 2 次没人应")).toBeVisible();
  }
  for (const { page } of phones) {
    await page.keyboard.press("Escape");
    await expect(page.locator("dialog")).toHaveCount(0);
  }

  const [first, second] = phones;
  const { page } = first;
  const note = async () => {
    await tile(page, "204").click();
    await page.getByRole("button", { name: "进门提示和“不再上门”" }).click();
  };
  await note();
  await page.getByLabel("怎么进门").fill("按204#");
  await page.getByRole("button", { name: "记下", exact: true }).click();
  await note();
  await expect(page.getByText("进门：按204#")).toBeVisible();
  await page.getByRole("button", { name: "登记“不再上门”" }).click();
  await page.getByRole("button", { name: "住户提出不再上门，登记" }).click();
  await expect(tile(page, "204")).toContainText("已结束");
  await expectAllSent(page);
  await note();
  await page.getByRole("button", { name: "住户改了主意" }).click();
  await page.getByRole("button", { name: "住户同意上门，取消登记" }).click();
  await expect(tile(page, "204")).toContainText("未访");
  await expectAllSent(page);
  await sendNow(second.page);
  await tile(second.page, "204").click();
  await expect(second.page.getByText("进门：按204#")).toBeVisible();
  for (const { context } of phones) await context.close();
});

test("what the server refuses comes back and is mended on the phone; a full visit with a hazard becomes a matter of the beat, and what wants an answer has a receipt without a network", async ({
  city,
  browser,
}) => {
  const { context, page } = await newPhone(browser, city);
  await openBuilding(page);
  // On the way the server's word for a colleague who left: the phone could not know.
  let refuse = true;
  await page.route("**/api/v1/sync/push", async (route) => {
    if (!refuse) return route.continue();
    const { commands } = route.request().postDataJSON() as { commands: { id: string }[] };
    await route.fulfill({
      json: {
        protocol: 2,
        serverNow: Date.now(),
        batches: [],
        answers: commands.map(({ id }) => ({
          id,
          status: "refused",
          refusal: { code: "team-member-unknown" },
        })),
      },
    });
  });
  await knock(page, "202");
  await sendNow(page);
  await expect(page.locator(".status")).toContainText("要看一下");
  await expect(tile(page, "202")).toContainText("未访");
  await page.locator(".status").click();
  await expect(page.getByText("1 条工作被服务器退回，还没有办成；其余都已送到")).toBeVisible();
  await page.getByRole("button", { name: "被退回的工作" }).click();
  await expect(page.getByRole("heading", { name: /202/ })).toBeVisible();
  refuse = false;
  await page.getByRole("button", { name: "改好再送" }).click();
  await page.getByRole("button", { name: "记录走访" }).click();
  await expectAllSent(page);
  await expect(tile(page, "202")).toContainText("再去");
  await page.unroute("**/api/v1/sync/push");

  await tile(page, "203").click();
  await page.getByRole("button", { name: "填写走访" }).click();
  await page.getByLabel("已出示证件").check();
  await page.getByRole("button", { name: "口头说明并留卡" }).click();
  await page.getByRole("button", { name: "安全隐患" }).click();
  await page.getByRole("button", { name: "路灯不亮" }).click();
  await page.getByRole("button", { name: "疑似重大隐患" }).click();
  await expect(page.getByText("是否重大由主管部门认定", { exact: false })).toBeVisible();
  await page.getByLabel("说了什么").fill("三层楼道灯不亮，请打13912345678");
  await expect(page.getByText("看起来是电话号码")).toBeVisible();
  await page.getByLabel("说了什么").fill("三层楼道灯不亮");
  await page.getByRole("button", { name: "记下这件事" }).click();
  await page.getByRole("button", { name: "意见建议", exact: true }).click();
  await page.getByRole("button", { name: "巡逻防控" }).click();
  await page.getByLabel("说了什么").fill("晚上多来走走");
  await page.getByRole("button", { name: "记下这件事" }).click();
  await readyForOffline(page);
  await context.setOffline(true);
  await page.getByRole("button", { name: "记录走访" }).click();
  await expect(page.getByRole("heading", { name: "给住户的回执" })).toBeVisible();
  await expect(page.getByRole("img", { name: "给住户扫的回执" })).toBeVisible();
  await expectAccessible(page, "receipt");
  const receipt = await page.getByTestId("receipt-code").innerText();
  await page.getByRole("button", { name: "住户已经记下" }).click();
  await context.setOffline(false);
  await expect(tile(page, "203")).toContainText("已见");
  await expectAllSent(page);
  await page.goto(`${city.address}/field/#/matters`);
  await expect(page.getByText("三层楼道灯不亮")).toBeVisible();
  await expect(page.getByText("疑似重大隐患")).toBeVisible();
  // What the resident sees of it at home.
  await page.goto(`${city.address}/receipt`);
  await page.getByRole("textbox", { name: "回执" }).fill(receipt);
  await page.getByRole("button", { name: "查结果" }).click();
  await expect(page.getByText("已收到，等民警签收")).toBeVisible();
  await context.close();
});
