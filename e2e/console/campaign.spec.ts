import { expect, expectAccessible, open, pick, signIn, test } from "./desk.ts";

test("the office adopts a form, plans a campaign, opens and closes it", async ({ page, city }) => {
  await signIn(page, city, "office");
  await open(page, city, "/campaigns/forms");
  await page.getByRole("button", { name: "启用走访表" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("走访表").click();
  await pick(page.getByTitle("城乡住户走访表", { exact: true }));
  await form.getByLabel("表号").fill("WJ-A");
  await form.getByLabel("有效期至").fill("2099-12-31");
  await form.getByRole("button", { name: "启用走访表" }).click();
  await expect(page.getByRole("row", { name: /WJ-A/ })).toBeVisible();

  await open(page, city, "/campaigns/new");
  await page.getByLabel("活动名称").fill("平安入户");
  await page.getByRole("button", { name: "核对" }).click();
  await expect(page.getByText("范围和对象：请至少选择一个派出所。")).toBeVisible();
  await page.getByRole("button", { name: "去改" }).click();
  await page.getByRole("button", { name: "选全部派出所" }).click();
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("checkbox", { name: /城乡住户走访表/ }).check();
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("button", { name: "按警务区编组" }).click();
  await expect(page.getByText("有民警")).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole("button", { name: "核对" }).click();
  await expect(page.getByText("可以开始了。", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "保存草案" }).last().click();

  await expect(page.getByRole("heading", { level: 1, name: "平安入户" })).toBeVisible();
  await page.getByRole("button", { name: "开始活动" }).click();
  const confirmation = page.getByRole("dialog");
  await expect(confirmation).toContainText("36 处走访对象");
  await expect(confirmation).toContainText("方案不能再改");
  await confirmation.getByRole("button", { name: "开始活动" }).click();
  await expect(page.getByText("进行中", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "结束活动" }).click();
  const closing = page.getByRole("dialog");
  await expect(closing).toContainText("不能重新开始");
  await closing.getByRole("button", { name: "结束活动" }).click();
  await expect(page.getByText("已结束", { exact: true })).toBeVisible();
});
