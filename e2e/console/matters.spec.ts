import { expect, expectAccessible, open, pick, signIn, test } from "./desk.ts";

test("an officer registers a hazard at the desk, warned of what a text should not hold", async ({
  page,
  city,
}) => {
  await signIn(page, city, "officer");
  await open(page, city, "/matters");
  await page.getByRole("button", { name: "登记一件事" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(form.getByText("请选择地点")).toBeVisible();
  await form.getByLabel("地点").fill("东亭花园");
  await pick(page.locator(".ant-select-item-option").first());
  await form.getByRole("radio", { name: "安全隐患" }).check();
  await form.getByLabel("细类").click();
  await pick(page.getByTitle("燃气异味", { exact: true }));
  await form.getByRole("radio", { name: "疑似重大隐患" }).check();
  await expect(form.getByText("当天报街道", { exact: false })).toBeVisible();
  await form.getByLabel("反映的内容").fill("楼道有燃气味，住户电话 12012345678");
  await expect(form.getByText("看起来是电话号码", { exact: false })).toBeVisible();
  await form.getByLabel("反映的内容").fill("楼道有燃气味");
  await form.getByLabel("希望怎样答复").click();
  await pick(page.getByTitle("电话", { exact: true }));
  await form.getByLabel("电话", { exact: true }).fill("12012345678");
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(form.getByText("没有得到同意", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await form.getByRole("checkbox", { name: /本人同意留联系方式/ }).check();
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(
    page.getByRole("heading", { name: "安全隐患 · 燃气异味 · 疑似重大隐患" }),
  ).toBeVisible();
  await expect(page.getByText("120****5678")).toBeVisible();
  await expectAccessible(page);
});

test("who may not register sees no button for it", async ({ page, city }) => {
  await signIn(page, city, "auxiliary");
  await open(page, city, "/matters");
  await expect(page.getByRole("heading", { name: "民情事项" })).toBeVisible();
  await expect(page.getByRole("button", { name: "登记一件事" })).toHaveCount(0);
});
