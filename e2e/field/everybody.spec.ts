import type { BrowserContextOptions, Page } from "@playwright/test";
import {
  expect,
  expectAccessible as expectNoFaults,
  openBuilding,
  signIn,
  test,
  tile,
} from "./phone.ts";

const large = { width: 390, height: 844 };
const small = { width: 360, height: 640 };

for (const [name, { textScale = 1, ...options }] of [
  ["by day on a small phone", { viewport: small }],
  ["in the dark", { viewport: large, colorScheme: "dark" }],
  ["with the largest letters on a small phone", { viewport: small, textScale: 2 }],
] as const satisfies readonly (readonly [
  string,
  BrowserContextOptions & { textScale?: number },
])[]) {
  test(`every screen can be used by everybody, ${name}`, async ({ city, browser }) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    if (textScale !== 1) {
      await page.addInitScript((scale) => {
        const preferences = { textScale: scale, mode: "system", locale: "zh-CN" };
        localStorage.setItem("wanjia-field-preferences", JSON.stringify(preferences));
      }, textScale);
    }
    await page.goto(`${city.address}/field/`);
    await expect(page.getByLabel("账号")).toBeVisible();
    await expectAccessible(page, "sign-in");
    await signIn(page, city.address, "officer");
    await expectAccessible(page, "today");
    await page.getByRole("button", { name: "改", exact: true }).click();
    await expectAccessible(page, "team");
    await page.getByRole("button", { name: "就这些人" }).click();
    await openBuilding(page);
    await expectAccessible(page, "building");
    await expectFits(page);
    await page.getByRole("button", { name: "图例" }).click();
    await expectAccessible(page, "legend");
    await page.getByRole("button", { name: "关闭" }).click();
    await tile(page, "304").click();
    await expectAccessible(page, "door");
    await expectFits(page);
    for (const stage of ["门口见面", "谢绝", "改天再来", "别的情况", "进门提示和“不再上门”"]) {
      await page.getByRole("button", { name: stage }).click();
      await expectAccessible(page, stage);
      await page.locator("dialog").getByRole("button", { name: "返回" }).click();
    }
    await page.getByRole("button", { name: "上门怎么说" }).click();
    // What is read out is whole: whom to ring, in which city to complain.
    await expect(page.locator("dialog").last()).toContainText(/拨打0990-11001.*云汀市网信办投诉/s);
    await expectAccessible(page, "script");
    await page.getByRole("button", { name: "关闭" }).last().click();
    await page.getByRole("button", { name: "填写走访" }).click();
    await expect(page.getByRole("button", { name: "记录走访" })).toBeVisible();
    await expectAccessible(page, "visit");
    await page.getByRole("button", { name: "意见建议" }).click();
    await expectAccessible(page, "matter in a visit");
    await page.getByRole("button", { name: "关闭" }).click();
    await page.getByRole("button", { name: "不填了" }).click();
    await page.locator(".status").click();
    await expectAccessible(page, "status");
    await page.getByRole("button", { name: "关闭" }).click();
    for (const path of ["matters", "settings", "refused"]) {
      await page.goto(`${city.address}/field/#/${path}`);
      await expect(page.locator("h1")).toBeVisible();
      await expectAccessible(page, path);
    }
    await page.reload();
    await expect(page.locator(".pin")).toBeVisible();
    await expectAccessible(page, "unlock");
    await context.close();
  });
}

/** What a thumb presses is at least 44 px wide and high; a box goes with the words beside it. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  await expectNoFaults(page, name);
  const small = await page.evaluate(() => {
    const sheets = document.querySelectorAll("dialog[open]");
    const top = sheets[sheets.length - 1] ?? document;
    return [...top.querySelectorAll("button, a[href], input, textarea, select")].flatMap((part) => {
      const { width, height } = (part.closest("label") ?? part).getBoundingClientRect();
      const fits = width === 0 || (width >= 43.5 && height >= 43.5);
      return fits ? [] : [`${part.textContent || part.ariaLabel} ${width}×${height}`];
    });
  });
  expect(small, name).toEqual([]);
}

/** Nothing is cut off at the side: what is wider than the phone scrolls within its own frame. */
async function expectFits(page: Page): Promise<void> {
  const cut = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const sheet = document.querySelector("dialog[open] .sheet-inside");
    const parts = sheet ? [...sheet.querySelectorAll("button, input, p, h2")] : [];
    const wide = parts.filter((part) => part.getBoundingClientRect().right > width + 1);
    return [
      ...(document.documentElement.scrollWidth > width ? ["the page"] : []),
      ...wide.map((part) => part.textContent ?? part.tagName),
    ];
  });
  expect(cut).toEqual([]);
}
