import { plateCode } from "@wanjia/domain/places/plate";
import { asMember, matterOf } from "../members.ts";
import { issuePlate } from "../plates.ts";
import { expect as base, test } from "../server.ts";
import { expectAccessible } from "./pages.ts";

const expect = base.configure({ timeout: 20_000 });

test.use({ viewport: { width: 390, height: 844 } });

test("a door plate opens the promise, the duty phone, the officers and the notice", async ({
  page,
  city,
}) => {
  const code = await issuePlate(city);
  await page.goto(`${city.address}/p/${code}`);
  await expect(page.getByRole("heading", { level: 1, name: "双乐派出所" })).toBeVisible();
  await expect(page.getByText("走访是自愿的")).toBeVisible();
  await expect(page.getByRole("link", { name: /打给派出所/ })).toHaveAttribute("href", /^tel:/);
  await expect(page.getByText("江沐阳", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: /12389/ })).toHaveAttribute("href", "tel:12389");
  await expect(page.getByText("不收集", { exact: true })).toBeVisible();
  // No address of the door: whoever copies a plate learns nothing about a home.
  await expect(page.locator("main")).not.toContainText("101室");
  await expectAccessible(page);
});

test("the page is read in English and in large letters", async ({ page, city }) => {
  const code = await issuePlate(city);
  await page.goto(`${city.address}/p/${code}`);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Visits are voluntary" })).toBeVisible();
  await expect(page.getByText("Not collected")).toBeVisible();
  await page.getByRole("button", { name: "Large text" }).click();
  await expect(page.locator("html")).toHaveCSS("font-size", "20px");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});

test("a plate that nobody issued is warned of", async ({ page, city }) => {
  await page.goto(`${city.address}/p/${plateCode(new Uint8Array(16).fill(9))}`);
  await expect(page.getByRole("alert")).toContainText("没有这个门牌");
  await expect(page.getByRole("link", { name: /110/ })).toHaveAttribute("href", "tel:110");
  await expectAccessible(page);
});

test("a plate that was withdrawn says so, and whom to ask", async ({ page, city }) => {
  const code = await issuePlate(city);
  await asMember(city, "officer").post(`/places/plates/${code}/withdraw`);
  await page.goto(`${city.address}/p/${code}`);
  await expect(page.getByRole("alert")).toContainText("这块门牌已经停用");
  await expect(page.getByRole("heading", { name: "请问双乐派出所" })).toBeVisible();
  await expect(page.getByRole("link", { name: /打给派出所/ })).toHaveAttribute("href", /^tel:/);
  await expectAccessible(page);
});

test("a misread number is told without a warning, and can be typed again", async ({
  page,
  city,
}) => {
  const code = await issuePlate(city);
  await page.goto(`${city.address}/p/ABC`);
  await expect(page.getByRole("heading", { name: "编号不对" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("输入门牌上的编号").fill(code.toLowerCase());
  await page.getByRole("button", { name: "查这个门牌" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "双乐派出所" })).toBeVisible();
});

test("the home page tells how to know a true plate", async ({ page, city }) => {
  await page.goto(`${city.address}/`);
  await expect(page.getByRole("heading", { name: "怎样分辨真门牌" })).toBeVisible();
  await expectAccessible(page);
});

const HEARD = "楼道灯坏了半个月，老人晚上下楼看不见台阶。";
const SENT_ON = "楼道照明属物业管理，请更换并回复。";

test("pages without scripts: whose plate, something said, where it stands; and the body it goes to", async ({
  page,
  city,
}) => {
  const code = await issuePlate(city);
  const plain = async () => {
    await expect(page.locator("script")).toHaveCount(0);
    await expectAccessible(page);
  };
  await test.step("the plate tells station and officer", async () => {
    await page.goto(`${city.address}/plain/`);
    await plain();
    await page.getByRole("textbox", { name: "门牌上的编号" }).fill(code);
    await page.getByRole("button", { name: "查这个门牌" }).click();
    await expect(page.getByText("您的社区民警")).toBeVisible();
    await plain();
  });

  const receipt = await test.step("what is said gets a receipt", async () => {
    await page.getByRole("link", { name: "有话跟派出所说" }).click();
    await plain();
    await page.getByRole("link", { name: "请派出所帮忙" }).click();
    await page.getByRole("textbox", { name: "说说情况" }).fill(HEARD);
    await page.getByRole("button", { name: "提交", exact: true }).click();
    await expect(page.getByRole("heading", { name: "已经收到" })).toBeVisible();
    await plain();
    return page.locator(".code").innerText();
  });

  await test.step("and by the receipt it says where it stands", async () => {
    await page.goto(`${city.address}/plain/receipt`);
    await plain();
    await page.getByRole("textbox", { name: "您的回执" }).fill(receipt);
    await page.getByRole("button", { name: "查结果" }).click();
    await expect(page.getByRole("heading", { name: "您反映的事" })).toBeVisible();
    await plain();
  });

  await test.step("the body opens its link without an account", async () => {
    const { get, post } = asMember(city, "officer");
    const id = await matterOf(city, HEARD);
    const refer = { type: "refer", to: city.city.propertyCompany, basis: "duty", text: SENT_ON };
    for (const step of [{ type: "accept" }, { ...refer, law: "物业管理条例 45" }]) {
      const { version } = await get(`/matters/${id}`);
      await post(`/matters/${id}/steps`, { version, step });
    }
    const [sent] = (await asMember(city, "propertyManager").get("/referrals")).items;
    const { path } = await post(`/referrals/${sent.id}/link`);
    await page.goto(`${city.address}${path}`);
    await expect(page.getByText(SENT_ON)).toBeVisible();
    await plain();
  });
});

test("from a plate lead ways to the board and to the form on paper, in the language of the page", async ({
  page,
  city,
}) => {
  const code = await issuePlate(city);
  await page.goto(`${city.address}/p/${code}`);
  await expect(page.getByRole("link", { name: /社区板报/ })).toHaveAttribute("href", "/board");
  await page.getByRole("link", { name: "打印纸质表格" }).click();
  await expect(page).toHaveURL(/\/plain\/form\?lang=zh-CN$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.goto(`${city.address}/`);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("link", { name: "The form on paper" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
