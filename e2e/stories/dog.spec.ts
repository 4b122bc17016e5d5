import { another, expect, expectAccessible, open, signIn, test } from "../console/desk.ts";
import { take } from "../console/steps.ts";
import { follow, RESIDENT, sayAtPlate, sayItIsSolved } from "../public/pages.ts";

const DOG = "一条大狗早晚在电梯里不拴绳，孩子不敢一个人下楼";
const ANSWER = "养狗的住户已答应拴绳、走货梯，我们也看过一次。不同意可以拨打值班电话。";

test("a big dog, told of at the plate of a door: put right with the property company, and only somebody else's look clears it", async ({
  page,
  city,
  browser,
}) => {
  const resident = await (await browser.newContext(RESIDENT)).newPage();
  const { receipt, number } = await sayAtPlate(resident, city, {
    kind: "报告安全隐患",
    type: "养犬管理",
    text: DOG,
  });
  await signIn(page, city, "officer");
  await open(page, city, `/matters?number=${number}`);
  await page.getByRole("link", { name: number }).click();
  await expect(page.getByRole("heading", { name: "安全隐患 · 养犬管理" })).toBeVisible();
  const address = page.url();

  await page.getByRole("button", { name: "告知责任方" }).click();
  const slip = page.getByRole("dialog", { name: "告知责任方" });
  await slip.getByRole("radio", { name: "物业服务企业" }).check();
  await slip.getByLabel("整改建议").fill("请与住户约定拴绳、走货梯，轿厢贴提示");
  await expectAccessible(page);
  await slip.getByRole("button", { name: "告知责任方" }).click();
  await expect(slip).toBeHidden();
  await expect(page.getByText("物业服务企业").first()).toBeVisible();
  await page.getByRole("link", { name: "安全隐患告知单" }).click();
  const paper = page.getByRole("article", { name: "安全隐患告知单" });
  await expect(paper.getByText("不是处罚决定", { exact: false })).toBeVisible();
  await expect(paper.getByText("请与住户约定拴绳、走货梯，轿厢贴提示")).toBeVisible();
  await expectAccessible(page);

  await page.goto(address);
  await page.getByRole("button", { name: "报办理结果" }).click();
  const claim = page.getByRole("dialog", { name: "报办理结果" });
  await claim.getByRole("radio", { name: "已整改（待复查）" }).check();
  await claim.getByLabel("做了什么").fill("已约定并贴提示");
  await claim.getByRole("button", { name: "报办理结果" }).click();
  await expect(claim).toBeHidden();
  await expect(page.getByRole("button", { name: "现场复查" })).toHaveCount(0);

  const other = await another(browser, city, "colleague");
  await other.goto(address);
  await other.getByRole("button", { name: "现场复查" }).click();
  const look = other.getByRole("dialog", { name: "现场复查" });
  await look.getByRole("radio", { name: "隐患已消除" }).check();
  await look.getByLabel("看到的情况").fill("早上看了一个小时，都拴绳");
  await look.getByRole("button", { name: "现场复查" }).click();
  await expect(look).toBeHidden();
  await expect(other.getByRole("link", { name: "安全隐患复查记录" })).toBeVisible();
  await expectAccessible(other);
  await other.context().close();

  await page.goto(address);
  await expect(page.getByText("复查已消除").first()).toBeVisible();
  await take(page, "答复群众", async (form) => {
    await form.getByRole("radio", { name: /凭回执/ }).check();
    await form.getByLabel("答复内容").fill(ANSWER);
  });
  await follow(resident, city, receipt);
  await expect(resident.getByText(ANSWER)).toBeVisible();
  await sayItIsSolved(resident);
  const feedback = await another(browser, city, "feedback");
  await feedback.goto(address);
  await take(feedback, "办结");
  await expect(feedback.getByText("已办结").first()).toBeVisible();
  await feedback.context().close();
  await follow(resident, city, receipt);
  await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
  await open(page, city, "/hazards/lots");
  await expect(page.getByText("还没有抽取过", { exact: false })).toBeVisible();
  await expectAccessible(page);
});
