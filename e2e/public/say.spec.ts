import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { expectAccessible as expectDeskAccessible, open, signIn } from "../console/desk.ts";
import { take } from "../console/steps.ts";
import { issuePlate } from "../plates.ts";
import { expect as base, test } from "../server.ts";
import { expectAccessible, follow, receiptsOn, RESIDENT, sayItIsSolved } from "./pages.ts";

const expect = base.configure({ timeout: 30_000 });

/** A page of a browser of its own. */
async function pageOf(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "zh-CN", ...options });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

const ANSWER = "后门每晚巡逻两次，路灯已报修。";
const AGAIN = "路灯本周五前换好，换好前每晚多走一趟。";

async function resolveAndAnswer(desk: Page, answer: string) {
  await take(desk, "报办理结果", async (form) => {
    await form.getByRole("radio", { name: "采纳", exact: true }).check();
    await form.getByLabel("做了什么").fill("列入巡逻路线");
  });
  await take(desk, "答复群众", async (form) => {
    await form.getByRole("radio", { name: /凭回执/ }).check();
    await form.getByLabel("答复内容").fill(answer);
  });
}

test("a resident says something at the door, isn't satisfied, has it taken up again, and it is closed by another", async ({
  browser,
  city,
}) => {
  test.setTimeout(300_000);
  const plate = await issuePlate(city);
  const resident = await pageOf(browser, RESIDENT);
  const officer = await pageOf(browser);
  let receipt = "";
  let number = "";

  await test.step("in large text one thing a screen is asked", async () => {
    await resident.goto(`${city.address}/p/${plate}/say`);
    await resident.getByRole("button", { name: "大字" }).click();
    await resident.getByRole("button", { name: "下一步" }).click();
    await expect(resident.getByText("请选一项。")).toBeVisible();
    await resident.getByRole("button", { name: "提意见、建议" }).click();
    await expect(resident.getByText("第 1 步，共 4 步")).toBeVisible();
    await resident.getByRole("button", { name: "下一步" }).click();
    await expect(resident.getByRole("button", { name: "提意见、建议" })).toHaveCount(0);
    await resident.getByLabel("哪一方面").selectOption({ label: "巡逻防控" });
    await resident.getByRole("button", { name: "下一步" }).click();
    await expect(resident.getByText("第 3 步，共 4 步")).toBeVisible();
    await expectAccessible(resident);
    await resident.getByRole("button", { name: "上一步" }).click();
    await expect(resident.getByLabel("哪一方面")).toHaveValue("patrol");
    await resident.getByRole("button", { name: "标准字" }).click();
  });

  await test.step("from the plate to a receipt, without a name", async () => {
    await resident.goto(`${city.address}/p/${plate}`);
    await resident.getByRole("link", { name: "说一件事" }).click();
    await resident.getByRole("button", { name: "提交", exact: true }).click();
    await expect(resident.getByText("请选一项。")).toBeVisible();
    await resident.getByRole("button", { name: "提意见、建议" }).click();
    await resident.getByLabel("哪一方面").selectOption({ label: "巡逻防控" });
    await resident.getByRole("textbox", { name: "说说情况" }).fill("后门晚上太黑，希望多来走走");
    await resident.getByRole("button", { name: "打电话告诉我" }).click();
    await resident.getByRole("button", { name: "提交", exact: true }).click();
    await expect(resident.getByText("请填一个能打通的电话号码。")).toBeVisible();
    await expectAccessible(resident);
    await resident.getByRole("button", { name: "凭回执在网上看" }).click();
    await resident.getByRole("button", { name: "提交", exact: true }).click();
    await expect(resident.getByRole("heading", { name: "已经收到" })).toBeVisible();
    await expect(resident.getByRole("img", { name: /看进展/ })).toBeVisible();
    await expect(resident.locator("main")).toContainText("双乐派出所");
    await expectAccessible(resident);
    [receipt = ""] = await receiptsOn(resident);
    number = /编号 (\S{9})/.exec(await resident.locator("main").innerText())?.[1] ?? "";
  });

  await test.step("the officer of the beat finds it, and answers", async () => {
    await signIn(officer, city, "officer");
    await open(officer, city, `/matters?number=${number}`);
    await officer.getByRole("link", { name: number }).click();
    await expect(officer.getByText("后门晚上太黑，希望多来走走").first()).toBeVisible();
    await expect(officer.getByText("网页反映", { exact: false })).toBeVisible();
    await expect(officer.getByText("群众", { exact: true }).first()).toBeVisible();
    await resolveAndAnswer(officer, ANSWER);
    await expect(officer.getByText(ANSWER).first()).toBeVisible();
    await expectDeskAccessible(officer);
  });

  await test.step("the resident reads it by the camera's way, says no, and has it taken up again", async () => {
    await follow(resident, city, receipt);
    await expect(resident.getByText(ANSWER)).toBeVisible();
    expect(resident.url()).toBe(`${city.address}/receipt`);
    await expect(resident.locator("main")).not.toContainText("江沐阳");
    await expect(resident.locator("main")).not.toContainText("列入巡逻路线");
    await resident.getByRole("button", { name: "没有", exact: true }).click();
    await resident.getByRole("button", { name: "未解决" }).click();
    await resident.getByRole("button", { name: "不满意", exact: true }).click();
    await expectAccessible(resident);
    await resident.getByRole("button", { name: "提交", exact: true }).click();
    await expect(resident.getByText("谢谢，记下了。")).toBeVisible();
    await resident.getByRole("button", { name: "问题没有解决" }).click();
    await resident.getByLabel("哪里不对").fill("三个晚上都没有看见人，灯还是黑的");
    await resident.getByRole("button", { name: "要求重新办理" }).click();
    await expect(resident.getByText("已经要求重新办理。")).toBeVisible();
    await expect(resident.getByText("正在办", { exact: true })).toBeVisible();
    await expectAccessible(resident);
  });

  await test.step("it is back with the same officer, with what was promised", async () => {
    await officer.reload();
    await expect(officer.getByRole("heading", { name: "重新办理前答复过群众" })).toBeVisible();
    await expect(officer.getByText("说没有人联系过")).toBeVisible();
    await resolveAndAnswer(officer, AGAIN);
    await expect(officer.getByRole("button", { name: "办结" })).toHaveCount(0);
  });

  await test.step("the resident agrees, and somebody who never handled it closes it", async () => {
    await follow(resident, city, receipt);
    await expect(resident.getByText(AGAIN)).toBeVisible();
    await sayItIsSolved(resident);
    const leader = await pageOf(browser);
    await signIn(leader, city, "leader");
    await open(leader, city, `/matters?number=${number}`);
    await leader.getByRole("link", { name: number }).click();
    await leader.getByRole("button", { name: "办结", exact: true }).click();
    const form = leader.getByRole("dialog");
    await form.getByRole("button", { name: "办结", exact: true }).click();
    await expect(leader.getByText("已办结").first()).toBeVisible();
    await follow(resident, city, receipt);
    await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
    await resident.getByRole("button", { name: "大字" }).click();
    await resident.getByRole("button", { name: "English" }).click();
    await expect(resident.getByText("Closed", { exact: true })).toBeVisible();
    const overflow = await resident.evaluate(
      () => document.documentElement.scrollWidth - innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

test("in English and large letters no step of the form is wider than a small phone", async ({
  browser,
  city,
}) => {
  const plate = await issuePlate(city);
  const resident = await pageOf(browser, { viewport: { width: 360, height: 640 }, locale: "en" });
  await resident.goto(`${city.address}/p/${plate}/say`);
  await resident.getByRole("button", { name: "Large text" }).click();
  for (const kind of ["Give an opinion", "Ask for help", "Report a hazard", "Report a dispute"]) {
    await resident.reload();
    await resident.getByRole("button", { name: kind }).click();
    for (const step of ["2", "3", "4"]) {
      await resident.getByRole("button", { name: "Next", exact: true }).click();
      await expect(resident.getByText(`Step ${step} of 4`)).toBeVisible();
      const overflow = await resident.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      );
      expect(overflow, `${kind}, ${step}`).toBeLessThanOrEqual(0);
      if (step === "2") await resident.getByLabel("About what").selectOption({ index: 1 });
      if (step === "3") await resident.getByRole("textbox", { name: "Tell us" }).fill("x");
    }
  }
});

test("a hazard on a floor comes with a photo that was covered, and the desk's look at it is kept", async ({
  browser,
  city,
}) => {
  test.setTimeout(240_000);
  const plate = await issuePlate(city);
  const resident = await pageOf(browser, RESIDENT);
  await resident.goto(`${city.address}/p/${plate}/say`);
  await resident.getByRole("button", { name: "报告安全隐患" }).click();
  await expect(resident.getByText("着火、漏气、有人被困", { exact: false })).toBeVisible();
  await expect(resident.getByRole("button", { name: "门牌上的这一户" })).toHaveCount(0);
  await resident.getByLabel("哪一方面").selectOption({ label: "通道出口堵塞" });
  await resident.getByRole("button", { name: "某一层楼道" }).click();
  await resident.getByLabel("哪一层").selectOption({ label: "3 层" });
  await resident.getByRole("textbox", { name: "说说情况" }).fill("消防门被锁住");
  const picture = await resident.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 2400;
    canvas.height = 1800;
    const pen = canvas.getContext("2d");
    if (pen) {
      pen.fillStyle = "#d9b38c";
      pen.fillRect(0, 0, canvas.width, canvas.height);
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  await resident.getByLabel("加一张照片").setInputFiles({
    name: "door.png",
    mimeType: "image/png",
    buffer: Buffer.from(picture, "base64"),
  });
  const canvas = resident.getByRole("img", { name: /涂掉人脸/ });
  await expect(canvas).toBeVisible();
  await canvas.press(" ");
  await canvas.click({ position: { x: 40, y: 40 } });
  await expectAccessible(resident);
  await resident.getByRole("button", { name: "涂好了，用这张" }).click();
  const kept = resident.getByRole("img", { name: "第 1 张照片" });
  await expect(kept).toBeVisible();
  // In the middle, where the key blackened it, there is nothing left of the picture.
  const [size, middle] = await kept.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const copy = document.createElement("canvas");
    copy.width = image.naturalWidth;
    copy.height = image.naturalHeight;
    const pen = copy.getContext("2d");
    pen?.drawImage(image, 0, 0);
    const dot = pen?.getImageData(copy.width / 2, copy.height / 2, 1, 1).data ?? [];
    return [[copy.width, copy.height], Array.from(dot.slice(0, 3))] as const;
  });
  expect(size).toEqual([1600, 1200]);
  expect(Math.max(...middle)).toBeLessThan(16);
  await resident.getByRole("button", { name: "提交", exact: true }).click();
  await expect(resident.getByRole("heading", { name: "已经收到" })).toBeVisible();
  const number = /编号 (\S{9})/.exec(await resident.locator("main").innerText())?.[1] ?? "";

  const desk = await pageOf(browser);
  await signIn(desk, city, "leader");
  await open(desk, city, `/matters?number=${number}`);
  await desk.getByRole("link", { name: number }).click();
  await expect(desk.getByText("【3层公共部位】消防门被锁住").first()).toBeVisible();
  await desk.getByRole("button", { name: "看照片" }).click();
  await expect(desk.getByRole("img", { name: "第 1 张照片" })).toBeVisible();
  await desk.getByRole("button", { name: "开回执" }).click();
  await expect(desk.getByRole("img", { name: "回执的二维码" })).toBeVisible();
  await expectDeskAccessible(desk);
});
