import type { Page } from "@playwright/test";
import {
  another,
  expect,
  expectAccessible as expectDesk,
  open,
  signIn,
  test,
} from "../console/desk.ts";
import { take } from "../console/steps.ts";
import { expectAccessible, follow, RESIDENT, sayAtPlate, sayItIsSolved } from "../public/pages.ts";

const SAID = { kind: "报告安全隐患", type: "通道出口堵塞", text: "二楼楼梯口堆着旧家具，过不去" };
const ANSWER = "物业已把旧家具搬走。不同意可以拨打值班电话。";

/** Somebody's camera: a clear landing, as a file. */
async function picture(page: Page) {
  const image = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 1600;
    canvas.height = 1200;
    const pen = canvas.getContext("2d");
    if (pen) {
      for (const [colour, x, y, w, h] of [
        ["#cfd6dc", 0, 0, 1600, 1200],
        ["#8d99a3", 0, 820, 1600, 380],
        ["#5b6b78", 620, 240, 360, 580],
        ["#d8b25a", 930, 520, 26, 26],
      ] as const) {
        pen.fillStyle = colour;
        pen.fillRect(x, y, w, h);
      }
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return { name: "landing.png", mimeType: "image/png", buffer: Buffer.from(image, "base64") };
}

/** Chosen, covered in one spot, kept. */
async function choosePhoto(page: Page, button: string): Promise<void> {
  await page.getByLabel(button).setInputFiles(await picture(page));
  const canvas = page.getByRole("img", { name: /涂掉人脸/ });
  await expect(canvas).toBeVisible();
  await canvas.press(" ");
}

test("a blocked landing, told of at the plate: the resident's word and a photo of the place clear it, at the desk's photo and at his own", async ({
  page,
  city,
  browser,
}) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(30_000);
  const resident = await (await browser.newContext(RESIDENT)).newPage();
  await signIn(page, city, "officer");
  const claimed = async () => {
    const { receipt, number } = await sayAtPlate(resident, city, SAID);
    await open(page, city, `/matters?number=${number}`);
    await page.getByRole("link", { name: number }).click();
    await take(page, "报办理结果", async (form) => {
      await form.getByRole("radio", { name: "已整改（待复查）" }).check();
      await form.getByLabel("做了什么").fill("物业已搬走旧家具");
    });
    await take(page, "答复群众", async (form) => {
      await form.getByRole("radio", { name: /凭回执/ }).check();
      await form.getByLabel("答复内容").fill(ANSWER);
    });
    return receipt;
  };

  await test.step("the officer shows what was done, the resident says that it is gone", async () => {
    const receipt = await claimed();
    await page.getByRole("button", { name: "加整改后的照片" }).click();
    const form = page.getByRole("dialog", { name: "加整改后的照片" });
    await form.getByRole("button", { name: "加整改后的照片" }).click();
    await expect(form.getByText("请加一张照片。")).toBeVisible();
    await choosePhoto(page, "选一张照片");
    await expectDesk(page);
    await form.getByRole("button", { name: "涂好了，用这张" }).click();
    await expect(form.getByRole("img", { name: "第 1 张照片" })).toBeVisible();
    await expectDesk(page);
    await form.getByRole("button", { name: "加整改后的照片" }).click();
    await expect(form).toBeHidden();
    await expect(page.getByRole("link", { name: "安全隐患复查记录" })).toHaveCount(0);
    await page.getByRole("button", { name: "看照片" }).click();
    await expect(page.getByText("整改后 ·", { exact: false })).toBeVisible();
    await follow(resident, city, receipt);
    await sayItIsSolved(resident);
    await expect(resident.getByText("复查已消除").first()).toBeVisible();
    await page.reload();
    await page.getByRole("link", { name: "安全隐患复查记录" }).click();
    const paper = page.getByRole("article", { name: "安全隐患复查记录" });
    await expect(paper.getByText("整改后的现场照片1张", { exact: false })).toBeVisible();
    await expectDesk(page);
  });

  await test.step("the resident shows it himself, and the feedback centre closes it", async () => {
    const receipt = await claimed();
    const address = page.url();
    await follow(resident, city, receipt);
    await choosePhoto(resident, "加一张照片");
    await expectAccessible(resident);
    await resident.getByRole("button", { name: "涂好了，用这张" }).click();
    await expect(resident.getByRole("img", { name: "第 1 张照片" })).toBeVisible();
    await expectAccessible(resident);
    await sayItIsSolved(resident);
    await expect(resident.getByText("复查已消除").first()).toBeVisible();
    const centre = await another(browser, city, "feedback");
    await centre.goto(address);
    await expect(centre.getByText("照片加报告人确认")).toBeVisible();
    await expectDesk(centre);
    await take(centre, "办结");
    await expect(centre.getByText("已办结").first()).toBeVisible();
    await centre.context().close();
  });
});
