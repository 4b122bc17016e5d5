import type { Browser, Page } from "@playwright/test";
import { withCampaign } from "../campaign.ts";
import {
  another,
  choose,
  expectAccessible as expectDeskAccessible,
  open,
  signIn,
} from "../console/desk.ts";
import { callBack, take } from "../console/steps.ts";
import { asMember, matterOf, type Member } from "../members.ts";
import {
  enterPin,
  expectAccessible as expectPhoneAccessible,
  knock,
  newPhone,
  openBuilding,
  storedRows,
  tile,
  visitAndHear,
} from "../field/phone.ts";
import { type CityServer, expect as base, test } from "../server.ts";
import { expectAccessible, follow, receiptsOn, RESIDENT } from "../public/pages.ts";

const expect = base.configure({ timeout: 20_000 });

/** Of whoever rang the number on the card, about what she lost; and of a stranger, at home. */
const TOLD = "夜里看见有人把楼下的电动车推进三号楼后面的仓库，在那里拆了卖电瓶";
const TEXT = "有人上门冒充验房收押金，开一辆没牌的白车";
const ANSWER = "已经查封，谢谢您。";
const BACK = "东西找到了，已由您领回。不同意可以拨打值班电话。";
const PASSPHRASES = { detective: "春风又绿江南岸 1086", detectivePartner: "明月何时照我还 1086" };

/** A member's desk in a browser of its own. */
async function deskOf(browser: Browser, city: CityServer, member: Member): Promise<Page> {
  const page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await signIn(page, city, member);
  await open(page, city, "/tips");
  await expect(page.getByRole("heading", { level: 1, name: "线索" })).toBeVisible();
  return page;
}

async function enterPassphrase(page: Page, verb: string, passphrase: string): Promise<void> {
  await page.getByRole("button", { name: verb, exact: true }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("口令", { exact: true }).fill(passphrase);
  const repeat = form.getByLabel("再输一次");
  if ((await repeat.count()) > 0) await repeat.fill(passphrase);
  await form.getByRole("button", { name: verb, exact: true }).click();
  await expect(form).toBeHidden();
}

const HEADER = "台账编号,物品类别,估价（元）,批准日期,物主称呼,物主电话";

function list(text: string) {
  return { name: "清单.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
}

test("what the caller on the card saw goes sealed to two keepers, as a stranger's tip does, and the answer back by the receipt", async ({
  browser,
  city,
}) => {
  test.setTimeout(240_000);
  const resident = await (await browser.newContext(RESIDENT)).newPage();
  await test.step("nobody receives tips yet, and the page says whom to call", async () => {
    await resident.goto(`${city.address}/tip`);
    await expect(resident.getByRole("heading", { name: "现在不能在这里举报" })).toBeVisible();
    await expectAccessible(resident);
  });

  await test.step("an administrator names a unit and its keepers", async () => {
    const admin = await deskOf(browser, city, "admin");
    await admin.getByRole("button", { name: "增加接收单位" }).first().click();
    const form = admin.getByRole("dialog");
    await form.getByLabel("名称", { exact: true }).fill("刑侦大队");
    await form.getByLabel("英文名称").fill("Criminal Investigation");
    await choose(form, "保管人", "卫明察");
    await choose(form, "保管人", "钟慎言");
    await admin.keyboard.press("Escape");
    await form.getByRole("button", { name: "增加接收单位" }).click();
    await expect(admin.getByText("卫明察（未设口令）、钟慎言（未设口令）")).toBeVisible();
    await expectDeskAccessible(admin);
  });

  const first = await deskOf(browser, city, "detective");
  const second = await deskOf(browser, city, "detectivePartner");
  await test.step("both keepers set a passphrase, one makes the key", async () => {
    await enterPassphrase(first, "设我的口令", PASSPHRASES.detective);
    await expect(first.getByText("至少要两位保管人设好口令")).toBeVisible();
    await enterPassphrase(second, "设我的口令", PASSPHRASES.detectivePartner);
    await first.getByRole("button", { name: "生成密钥" }).click();
    await first.getByRole("dialog").getByRole("button", { name: "生成密钥" }).click();
    await expect(first.getByText("第 1 号 · 生成于", { exact: false })).toBeVisible();
    await expectDeskAccessible(first);
  });

  const phone = await newPhone(browser, city, "officer", { ...RESIDENT, hasTouch: true });
  let told = "";
  await test.step("she rang the number on the card: the officer, without a network, seals what she saw, and keeps nothing", async () => {
    const { page, context } = phone;
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await enterPin(page);
    await page.getByRole("link", { name: "事项" }).click();
    await context.setOffline(true);
    await page.getByRole("button", { name: "有人提供线索（密封）" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "盗窃抢夺" }).click();
    await sheet.getByRole("textbox", { name: "对方讲的事" }).fill(TOLD);
    await expectPhoneAccessible(page, "a tip to seal");

    await sheet.getByRole("button", { name: "封好，给回执" }).click();
    await expect(sheet.getByRole("heading", { name: "已经封好，请交回执" })).toBeVisible();
    [told = ""] = await receiptsOn(page);
    await expectPhoneAccessible(page, "the receipt");

    await sheet.getByRole("button", { name: "对方已抄好，关闭" }).click();
    await expect(page.getByText("有 1 条密封线索等联网送出。")).toBeVisible();
    await page.reload();
    await enterPin(page);
    const rows = JSON.stringify(await storedRows(page));
    for (const word of ["电瓶", told.slice(0, 6), "theft"]) expect(rows).not.toContain(word);

    const sent = page.waitForRequest((one) => one.url().endsWith("/api/v1/public/tips"));
    await context.setOffline(false);
    const request = await sent;
    expect(request.postData()).not.toContain("电瓶");
    expect((await request.allHeaders())["cookie"]).toBeUndefined();
    await expect(page.getByText("条密封线索等联网送出", { exact: false })).toBeHidden();
  });

  let receipt = "";
  await test.step("a resident writes, and gets a receipt", async () => {
    const sent = resident.waitForRequest((one) => one.url().endsWith("/api/v1/public/tips"));
    await resident.goto(`${city.address}/`);
    await resident.getByRole("link", { name: /举报线索/ }).click();
    await resident.getByRole("button", { name: "加密并提交" }).click();
    await expect(resident.getByText("请写下您知道的事。")).toBeVisible();
    await resident.getByRole("button", { name: "诈骗" }).click();
    await resident.getByRole("textbox", { name: "您知道的事" }).fill(TEXT);
    await expectAccessible(resident);
    await resident.getByRole("button", { name: "加密并提交" }).click();
    expect((await sent).postData()).not.toContain("验房");
    await expect(resident.getByRole("heading", { name: "已经加密送达" })).toBeVisible();
    await expectAccessible(resident);
    receipt = (await receiptsOn(resident))[0] ?? "";
    expect(receipt).toMatch(/^\d{36}$/);
    expect(await resident.evaluate(() => JSON.stringify(localStorage))).not.toContain("验房");
  });

  await test.step("two keepers open it together, and take it over", async () => {
    await first.getByRole("button", { name: "申请开启" }).click();
    await expect(first.getByText("等另一位保管人同意", { exact: false })).toBeVisible();
    await expect(second.getByText("卫明察 申请开启第 1 号密钥", { exact: false })).toBeVisible();
    await enterPassphrase(second, "同意", PASSPHRASES.detectivePartner);
    await enterPassphrase(first, "输入口令打开", PASSPHRASES.detective);
    await first.getByRole("button", { name: "盗窃抢夺" }).click();
    const drawer = first.getByRole("dialog");
    await drawer.getByRole("button", { name: "打开内容" }).click();
    await expect(drawer.getByText(TOLD)).toBeVisible();
    await expectDeskAccessible(first);
    await drawer.getByRole("button", { name: "已录入，接管" }).click();
    await first.locator(".ant-modal").getByRole("button", { name: "已录入，接管" }).click();
    await expect(drawer.getByText("接收单位已接管")).toBeVisible();
    await expect(drawer.getByText(TOLD)).toBeHidden();
    await drawer.getByRole("button", { name: "关闭" }).click();
  });

  await test.step("what the stranger sealed opens in the same way", async () => {
    await first.getByRole("button", { name: "诈骗" }).click();
    const drawer = first.getByRole("dialog");
    await drawer.getByRole("button", { name: "打开内容" }).click();
    await expect(drawer.getByText(TEXT)).toBeVisible();
    await drawer.getByRole("button", { name: "关闭" }).click();
    await first.getByRole("button", { name: "盗窃抢夺" }).click();
  });

  await test.step("the unit answers, and the receipt alone opens it", async () => {
    const drawer = first.getByRole("dialog");
    await drawer.getByLabel("答复举报人").fill(ANSWER);
    await drawer.getByRole("button", { name: "加密答复" }).click();
    await expect(drawer.getByText("已答复", { exact: true })).toBeVisible();
    await resident.goto(`${city.address}/receipt`);
    await resident.getByRole("textbox", { name: "回执" }).fill(receipt);
    await resident.getByRole("button", { name: "查结果" }).click();
    await expect(resident.getByText("已收到，等接收单位打开")).toBeVisible();
    await resident.goto(`${city.address}/receipt`);
    await resident
      .getByRole("textbox", { name: "回执" })
      .fill(told.replace(/^\d/, (digit) => String(9 - Number(digit))));
    await resident.getByRole("button", { name: "查结果" }).click();
    await expect(resident.getByText("第 1 组不对", { exact: false })).toBeVisible();
    await resident.getByRole("textbox", { name: "回执" }).fill(told);
    await resident.getByRole("button", { name: "查结果" }).click();
    await expect(resident.getByText(ANSWER)).toBeVisible();
    await expectAccessible(resident);
    expect(resident.url()).toBe(`${city.address}/receipt`);
    await resident.getByRole("button", { name: "大字" }).click();
    await resident.getByRole("button", { name: "English" }).click();
    await expect(resident.getByRole("heading", { name: "Your answer" })).toBeVisible();
    const overflow = await resident.evaluate(
      () => document.documentElement.scrollWidth - innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

/** A small thing by the same way, without a screen: its owner is told, and comes for it himself. */
async function giveBack(city: CityServer, registerNo: string): Promise<void> {
  const { get, steps } = asMember(city, "leader");
  const { items } = await get("/property");
  const { id } = items.find((item: { registerNo: string }) => item.registerNo === registerNo);
  const { leader, officer } = city.city.members;
  await steps(
    `/property/${id}`,
    { type: "notify", mode: "phone", reached: true },
    {
      type: "hand_over",
      receiver: "owner",
      rightChecked: true,
      agentIsOfficer: false,
      confirmed: true,
      listNo: "云公双发还〔2026〕2号",
      officers: [leader.id, officer.id],
    },
  );
}

test("an e-bike and a birdcage, told of at two doors: told to their owners without a word of the case, given back, and asked about", async ({
  page,
  city,
  browser,
}) => {
  test.setTimeout(300_000);
  await withCampaign(city);
  const phone = await newPhone(browser, city, "officer", RESIDENT);
  await openBuilding(phone.page);
  // Nobody was in, and a card stayed; she rang the number on it.
  await knock(phone.page, "101", { card: true });
  await expect(tile(phone.page, "101")).toContainText("再去");
  const heard = { kind: "要帮办的事", type: "失物招领" } as const;
  const told: { receipt: string; text: string }[] = [];
  for (const [door, text] of [
    ["101", "照门上的联系卡打来：停在楼下的电动车不见了，找谁、要带什么"],
    ["102", "挂在树上的鸟笼连画眉不见了，这样的小事该不该报"],
  ] as const) {
    const [receipt = ""] = await visitAndHear(phone.page, door, { ...heard, text });
    told.push({ receipt, text });
  }
  await phone.context.close();

  await signIn(page, city, "leader");
  await open(page, city, "/property/import");
  await expect(page.getByRole("heading", { name: "导入返还清单" })).toBeVisible();
  const file = page.locator('input[type="file"]');
  await file.setInputFiles(list(`${HEADER},简要案情\nA-1,电动车,2600,2026-01-05,甲女士,,盗窃\n`));
  await expect(page.getByRole("alert")).toContainText("简要案情");
  await file.setInputFiles(list(`${HEADER}\nA-1,飞船,2600,2026-01-05,甲女士,12001112222\n`));
  await expect(page.getByRole("alert")).toContainText("第 2 行：物品类别");
  await expectAccessible(page);
  await file.setInputFiles(
    list(
      `${HEADER}\nA-1,电动车,2600,2026-01-05,甲女士,12001112222\nA-2,其他,300,2026-01-05,丰大爷,12003334444\n`,
    ),
  );
  await expect(page.getByText("已列入 2 件。")).toBeVisible();

  await open(page, city, "/property/meetings");
  await page.getByRole("button", { name: "安排返还会" }).click();
  const arrange = page.getByRole("dialog", { name: "安排返还会" });
  await arrange.getByLabel("地点").fill("双乐所一楼大厅");
  await arrange.getByRole("button", { name: "安排返还会" }).click();
  await expect(arrange).toBeHidden();
  await expect(page.getByText("双乐所一楼大厅").first()).toBeVisible();
  await expectAccessible(page);

  await open(page, city, "/property");
  await page.getByText("A-1", { exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "电动自行车 · A-1" })).toBeVisible();
  await page.getByRole("button", { name: "查看联系方式" }).click();
  await expect(page.getByText("甲女士 12001112222")).toBeVisible();
  await page.getByRole("button", { name: "通知物主" }).click();
  const tell = page.getByRole("dialog", { name: "通知物主" });
  await tell.getByRole("radio", { name: "联系上，已告知期限和地点" }).check();
  await tell.getByRole("button", { name: "通知物主" }).click();
  await expect(tell).toBeHidden();

  await page.getByRole("button", { name: "约返还时间" }).click();
  const book = page.getByRole("dialog", { name: "约返还时间" });
  await book.getByRole("radio", { name: /双乐所一楼大厅/ }).check();
  await book.getByRole("radio", { name: /09:30$/ }).check();
  await book.getByRole("button", { name: "约返还时间" }).click();
  await expect(book).toBeHidden();
  await expect(page.getByText(/已约 .* 09:30，双乐所一楼大厅。/)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "登记发还" }).click();
  const give = page.getByRole("dialog", { name: "登记发还" });
  await give.getByRole("radio", { name: "受委托的人" }).check();
  await give.getByRole("checkbox", { name: "代领人是公安机关的人" }).check();
  await give.getByRole("checkbox", { name: /已核对领取人/ }).check();
  await give.getByLabel("发还清单编号").fill("云公双发还〔2026〕1号");
  await give.getByRole("checkbox", { name: /领取人已在发还清单上确认/ }).check();
  await choose(give, "在场民警", "沈立群");
  await page.locator(".ant-select-dropdown:visible").getByTitle("江沐阳").dispatchEvent("click");
  await give.getByRole("button", { name: "登记发还" }).click();
  await expect(give.getByText("民警不得代领。请由物主本人", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await give.getByRole("checkbox", { name: "代领人是公安机关的人" }).uncheck();
  await give.getByRole("button", { name: "登记发还" }).click();
  await expect(give).toBeHidden();
  await expect(page.getByText("云公双发还〔2026〕1号")).toBeVisible();
  await expect(page.getByText("受委托的人").first()).toBeVisible();

  await page.getByRole("link", { name: /09:30$/ }).click();
  await expect(page.getByRole("cell", { name: "已发还" })).toBeVisible();
  await expectAccessible(page);
  await giveBack(city, "A-2");
  await open(page, city, "/property");
  await expect(page.getByText("2,900", { exact: true })).toBeVisible();
  await expect(page.getByText("0 / 2 件")).toBeVisible();

  const resident = await (await browser.newContext(RESIDENT)).newPage();
  const officer = await another(browser, city, "officer");
  const feedback = await another(browser, city, "feedback");
  for (const { receipt, text } of told) {
    const matter = `/matters/${await matterOf(city, text)}`;
    await open(officer, city, matter);
    await take(officer, "报办理结果", async (form) => {
      await form.getByRole("radio", { name: "已办成" }).check();
      await form.getByLabel("做了什么").fill("陪着到所里报了案，东西找回来了，已领回");
    });
    await take(officer, "答复群众", async (form) => {
      await form.getByRole("radio", { name: /凭回执/ }).check();
      await form.getByLabel("答复内容").fill(BACK);
    });
    await follow(resident, city, receipt);
    await expect(resident.getByText(BACK)).toBeVisible();
    // Whoever handled it gave her the receipt: she is rung up by somebody who did not.
    await open(feedback, city, matter);
    await callBack(feedback);
    await take(feedback, "办结");
    await follow(resident, city, receipt);
    await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
  }
});
