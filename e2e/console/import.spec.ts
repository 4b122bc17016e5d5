import { expect, expectAccessible, open, signIn, test } from "./desk.ts";

function csv(...lines: string[]) {
  return { name: "地址.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\r\n")) };
}

test("a file with a forbidden column is refused whole, and the column is named", async ({
  page,
  city,
}) => {
  await signIn(page, city, "office");
  await open(page, city, "/imports/new");
  await expectAccessible(page);
  await page
    .locator("input[type=file]")
    .setInputFiles(csv("小区,楼栋,户室,身份证号", "翠湖苑,3,502,x"));
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("文件已拒收");
  await expect(alert).toContainText("身份证号");
});

test("a file is mapped, previewed and imported, and again without repeating anything", async ({
  page,
  city,
}) => {
  const file = csv(
    "社区代码,小区,楼栋,单元,户室",
    "990101001001,听涛苑,3,1,501",
    "990101001001,听涛苑,3,1,502",
    "990101001001,听涛苑,3,2,501",
  );
  await signIn(page, city, "office");
  for (const added of ["3 条", "0 条"]) {
    await open(page, city, "/imports/new");
    await page.locator("input[type=file]").setInputFiles(file);
    await expect(page.getByRole("heading", { name: "核对列" })).toBeVisible();
    await expect(page.getByRole("cell", { name: /听涛苑3幢1单元501/ })).toBeVisible();
    await page.getByRole("button", { name: "开始导入" }).click();
    await expect(page.getByRole("heading", { name: "导入完成" })).toBeVisible({ timeout: 30_000 });
    await expect(page.locator("dl div", { hasText: "新增" }).locator("dd")).toHaveText(added);
    await expectAccessible(page);
  }
  await page.getByRole("button", { name: "看地址" }).click();
  await page.getByRole("searchbox").fill("听涛苑3幢2单元501");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row", { name: /听涛苑3幢2单元501/ })).toBeVisible();
});

test("rows with problems stop the whole file and can be downloaded", async ({ page, city }) => {
  await signIn(page, city, "office");
  await open(page, city, "/imports/new");
  await page
    .locator("input[type=file]")
    .setInputFiles(csv("村居代码,小区,楼栋,户室", "990199999999,无此苑,1,101"));
  await page.getByRole("button", { name: "开始导入" }).click();
  await expect(page.getByRole("alert")).toContainText("没有导入", { timeout: 30_000 });
  await expect(page.getByRole("cell", { name: "村居代码" })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载问题清单（CSV）" }).click();
  expect((await download).suggestedFilename()).toMatch(/^problems-.*\.csv$/);
  await expectAccessible(page);
});
