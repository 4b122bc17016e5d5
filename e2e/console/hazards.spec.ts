import { another, choose, expect, expectAccessible, open, pick, signIn, test } from "./desk.ts";

test("a hazard finds who puts it right, and only somebody else's look clears it", async ({
  page,
  city,
  browser,
}) => {
  await signIn(page, city, "officer");
  await open(page, city, "/matters");
  await page.getByRole("button", { name: "登记一件事" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("地点").fill("东亭花园");
  await pick(page.locator(".ant-select-item-option").first());
  await form.getByRole("radio", { name: "安全隐患" }).check();
  await choose(form, "细类", "通道出口堵塞");
  await form.getByRole("radio", { name: "民警发现" }).check();
  await form.getByLabel("反映的内容").fill("单元出口堆满杂物");
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByRole("heading", { name: "安全隐患 · 通道出口堵塞" })).toBeVisible();
  const address = page.url();

  await page.getByRole("button", { name: "告知责任方" }).click();
  const slip = page.getByRole("dialog", { name: "告知责任方" });
  await slip.getByRole("radio", { name: "物业服务企业" }).check();
  await slip.getByLabel("整改建议").fill("请清空出口，划出禁停线");
  await expectAccessible(page);
  await slip.getByRole("button", { name: "告知责任方" }).click();
  await expect(slip).toBeHidden();
  await expect(page.getByText("物业服务企业").first()).toBeVisible();
  await page.getByRole("link", { name: "安全隐患告知单" }).click();
  const paper = page.getByRole("article", { name: "安全隐患告知单" });
  await expect(paper.getByText("不是处罚决定", { exact: false })).toBeVisible();
  await expect(paper.getByText("请清空出口，划出禁停线")).toBeVisible();
  await expectAccessible(page);

  await page.goto(address);
  await page.getByRole("button", { name: "报办理结果" }).click();
  const claim = page.getByRole("dialog", { name: "报办理结果" });
  await claim.getByRole("radio", { name: "已整改（待复查）" }).check();
  await claim.getByLabel("做了什么").fill("物业已清空");
  await claim.getByRole("button", { name: "报办理结果" }).click();
  await expect(claim).toBeHidden();
  await expect(page.getByRole("button", { name: "现场复查" })).toHaveCount(0);

  const other = await another(browser, city, "colleague");
  await other.goto(address);
  await other.getByRole("button", { name: "现场复查" }).click();
  const look = other.getByRole("dialog", { name: "现场复查" });
  await look.getByRole("radio", { name: "隐患已消除" }).check();
  await look.getByLabel("看到的情况").fill("出口畅通");
  await look.getByRole("button", { name: "现场复查" }).click();
  await expect(look).toBeHidden();
  await expect(other.getByRole("link", { name: "安全隐患复查记录" })).toBeVisible();
  await expectAccessible(other);
  await other.context().close();

  await page.goto(address);
  await expect(page.getByText("复查已消除").first()).toBeVisible();
  await open(page, city, "/hazards/lots");
  await expect(page.getByText("还没有抽取过", { exact: false })).toBeVisible();
  await expectAccessible(page);
});
