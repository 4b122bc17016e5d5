import { another, choose, expect, expectAccessible, open, pick, signIn, test } from "./desk.ts";
import { foundHazard, press } from "./steps.ts";

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
  await form.getByLabel("联系电话（可不填）").fill("12012345678");
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(form.getByText("留联系方式要住户同意", { exact: false })).toBeVisible();
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

test("the feedback centre writes who is responsible, tries it and switches it on; the officer finds it chosen", async ({
  page,
  city,
  browser,
}) => {
  await signIn(page, city, "officer");
  await foundHazard(page, city, "路灯不亮", "三楼楼道灯不亮");
  const address = page.url();

  const desk = await another(browser, city, "feedback");
  await open(desk, city, "/routing");
  await expect(desk.getByText("还没有启用分派表")).toBeVisible();
  await desk.getByRole("button", { name: "新增规则" }).click();
  const rule = desk.getByRole("dialog");
  await choose(rule, "类别", "安全隐患");
  await choose(rule, "细类", "路灯不亮");
  await choose(rule, "社区", "东亭社区");
  await choose(rule, "哪个单位", "东亭物业 · 物业公司");
  await rule.getByLabel("依据", { exact: false }).fill("物业管理条例 45");
  await expectAccessible(desk);
  await rule.getByRole("button", { name: "保存到草稿" }).click();
  await expect(rule).toBeHidden();
  await expect(desk.getByRole("cell", { name: "安全隐患 · 路灯不亮 · 东亭社区" })).toBeVisible();
  await expect(desk.getByRole("button", { name: "启用" })).toBeDisabled();
  await desk.getByRole("button", { name: "用以前的事项试算" }).click();
  const trial = desk.getByRole("region", { name: "试算结果" }).first();
  await expect(trial.getByRole("row", { name: /路灯不亮.*东亭物业.*还没有分派/ })).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "启用", exact: true }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "启用" }).click();
  await expect(desk.getByText("1 条规则", { exact: false })).toBeVisible();
  await desk.context().close();

  await page.goto(address);
  await expect(page.getByText("按分派表第 1 条", { exact: false })).toContainText("由东亭物业负责");
  await press(page, "转外单位");
  const refer = page.getByRole("dialog");
  await expect(refer.getByTitle("东亭物业 · 物业公司")).toBeVisible();
  await expect(refer.getByLabel("法律、合同条款", { exact: false })).toHaveValue("物业管理条例 45");
  await expectAccessible(page);
});
