import { accept, callBack, radio, take } from "../console/steps.ts";
import {
  another,
  choose,
  expectAccessible as expectDeskAccessible,
  open,
  signIn,
} from "../console/desk.ts";
import { newPhone, openBuilding, visitAndHear } from "../field/phone.ts";
import { addDays, DAY_MS, HOUR_MS, localDate } from "../../domain/shared/instant.ts";
import { newId } from "../../server/platform/crypto.ts";
import { withCampaign } from "../campaign.ts";
import { asMember, matterOf } from "../members.ts";
import {
  expectAccessible,
  follow,
  RESIDENT as small,
  sayAtPlate,
  sayItIsSolved,
} from "../public/pages.ts";
import { type CityServer, expect as base, test } from "../server.ts";

const expect = base.configure({ timeout: 30_000 });

const SMOKE = "楼下烧烤店傍晚油烟往上冒，窗户不敢开";
const TABLE = "同一单元十二户想和烧烤店坐下来谈，愿意参加调解";
const WAY = "炭炉和桌子摆到单元门口，夜里通道只剩一条缝";
const ANSWER = "店里已装净化器，每周五晚检查一次。不同意可以拨打值班电话。";
const MOVES = "店里同意搬到后街，搬走前晚上九点半收摊。不同意可以拨打值班电话。";

/**
 * Three times at one table, of which the desk sees the dates and what each came to; the ways into a
 * room and onto a panel are walked in `disputes.spec.ts`.
 */
async function threeSessions(city: CityServer, path: string): Promise<void> {
  const roomId = newId(Date.now());
  await asMember(city, "leader").put(`/mediation-rooms/${roomId}`, {
    stationId: city.city.stations.first,
    name: "双乐所调解室",
    seats: 12,
    active: true,
  });
  const officer = asMember(city, "officer");
  const { members, committee } = city.city;
  await officer.steps(
    path,
    ...["a", "b"].map((side) => ({ type: "answer_of_side", side, agrees: true, mode: "phone" })),
    {
      type: "set_panel",
      officers: [members.officer.id],
      mediatorId: members.mediator.id,
      committeeId: committee,
      handOverNo: "东亭民调〔2026〕31号",
    },
  );
  for (const result of ["continued", "continued", "agreement"]) {
    const from = city.clock.now() + HOUR_MS;
    const sessionId = newId(from);
    const to = from + HOUR_MS;
    await officer.steps(path, { type: "book", sessionId, roomId, from, to, open: false });
    city.clock.advance(DAY_MS);
    const attendance = { a: "represented", b: "present" };
    await asMember(city, "mediator").steps(path, { type: "hold", attendance, result });
  }
}

test("smoke that two homes tell of: one problem, two bodies, and each reporter is told; twelve homes and the shop sit down three times, and the shop moves", async ({
  browser,
  city,
}) => {
  test.setTimeout(300_000);
  await withCampaign(city);

  let spoken = "";
  let atTable = "";
  await test.step("an officer hears of it at a door", async () => {
    const { context, page } = await newPhone(browser, city, "officer", small);
    await openBuilding(page);
    const heard = { kind: "意见建议", type: "设施", text: SMOKE } as const;
    const dispute = { kind: "纠纷", type: "环境（气味、光）", text: TABLE } as const;
    const hazard = { kind: "安全隐患", type: "通道出口堵塞", text: WAY } as const;
    [spoken = "", atTable = ""] = await visitAndHear(page, "203", heard, dispute, hazard);
    await context.close();
  });

  const resident = await (await browser.newContext(small)).newPage();
  let receipt = "";
  let number = "";
  await test.step("a neighbour writes the same on the page of his door", async () => {
    const text = "烧烤店的油烟往楼上冒，窗户不敢开";
    const said = { kind: "提意见、建议", type: "设施", text };
    ({ receipt, number } = await sayAtPlate(resident, city, said));
  });

  const desk = await another(browser, city, "officer");
  const main = await matterOf(city, SMOKE);
  await test.step("the officer sees that it is one problem", async () => {
    await open(desk, city, `/matters?number=${number}`);
    await desk.getByRole("link", { name: number }).click();
    await desk.getByRole("button", { name: /^并入 / }).click();
    await desk.locator(".ant-modal").getByRole("button", { name: "并入这一件" }).click();
    await expect(desk.getByText("已并入", { exact: false }).first()).toBeVisible();
    await open(desk, city, `/matters/${main}`);
    await expect(desk.getByText("同一个问题，共 2 件反映", { exact: false })).toBeVisible();
    await expectDeskAccessible(desk);
    await accept(desk);
  });

  const refer = (body: string, law: string) =>
    take(desk, "转外单位", async (form) => {
      await choose(form, "转给哪个单位", body);
      await choose(form, "转办依据", "属对方法定职责");
      await form.getByLabel("法律、合同条款").fill(law);
      await form.getByLabel("告诉对方的问题").fill("烧烤店油烟直排住户窗下，请查看处理");
    });

  await test.step("the property company, which has an account, returns it with its reason", async () => {
    await refer("东亭物业 · 物业公司", "物业管理条例 45");
    const partner = await another(browser, city, "propertyManager");
    await open(partner, city, "/referrals");
    await partner.getByRole("link").filter({ hasText: /\S/ }).last().waitFor();
    await partner.getByRole("row", { name: /意见建议/ }).click();
    await expect(partner.getByText("烧烤店油烟直排住户窗下")).toBeVisible();
    await expect(partner.locator("main")).not.toContainText(SMOKE);
    await partner.getByRole("button", { name: "退回", exact: false }).click();
    const form = partner.getByRole("dialog");
    await form.getByRole("textbox").fill("店铺是沿街商铺，不在物业管理范围");
    await expectDeskAccessible(partner);
    await form.getByRole("button", { name: /^退回/ }).click();
    await expect(form).toBeHidden();
    await partner.context().close();
  });

  await test.step("urban management, which has none, takes it over and answers by a link", async () => {
    const body = { kind: "urban_management", name: "东亭街道城管中队", phone: "", active: true };
    await asMember(city, "admin").put(`/organisation/partners/${newId(Date.now())}`, body);
    await desk.reload();
    await refer("东亭街道城管中队 · 城管", "城市管理条例 12");
    await desk.getByRole("button", { name: "生成链接" }).click();
    const link = await desk.getByRole("textbox", { name: "转办链接" }).inputValue();
    const asked = await (
      await browser.newContext({ ...small, javaScriptEnabled: false })
    ).newPage();
    await asked.goto(link);
    await expect(asked.getByText("烧烤店油烟直排住户窗下", { exact: false })).toBeVisible();
    await asked.getByRole("button", { name: "接收办理" }).click();
    await expect(asked.getByRole("status")).toBeVisible();
    await asked.getByLabel("结果", { exact: true }).selectOption({ label: "采纳" });
    await asked.getByLabel("做了什么").fill("店里装了油烟净化器，已试用");
    await asked.getByRole("button").last().click();
    await expect(asked.getByText("店里装了油烟净化器")).toBeVisible();
    await asked.context().close();
    await desk.reload();
    await expect(desk.getByText("店里装了油烟净化器", { exact: false }).first()).toBeVisible();
  });

  await test.step("both reporters are told, each in his own way", async () => {
    await take(desk, "答复群众", async (form) => {
      await radio(form, "当面");
      await form.getByLabel("答复内容").fill(ANSWER);
    });
    await open(desk, city, `/matters?number=${number}`);
    await desk.getByRole("link", { name: number }).click();
    await take(desk, "答复群众", async (form) => {
      await form.getByRole("radio", { name: /凭回执/ }).check();
      await form.getByLabel("答复内容").fill(ANSWER);
    });
    await follow(resident, city, receipt);
    await expect(resident.getByText(ANSWER)).toBeVisible();
    await sayItIsSolved(resident);
    await expectAccessible(resident);
  });

  await test.step("who never handled it asks and closes both", async () => {
    await signIn(desk, city, "feedback");
    await open(desk, city, `/matters/${main}`);
    await callBack(desk);
    await take(desk, "办结");
    await expect(desk.getByText("已办结").first()).toBeVisible();
    await open(desk, city, `/matters?number=${number}`);
    await desk.getByRole("link", { name: number }).click();
    await take(desk, "办结");
    // The neighbour who wrote, and she who spoke at her door.
    for (const one of [receipt, spoken]) {
      await follow(resident, city, one);
      await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
    }
  });

  await test.step("the tables in the way are a hazard of their own: put away, not yet, then cleared by somebody else", async () => {
    const hazard = `/matters/${await matterOf(city, WAY)}`;
    await signIn(desk, city, "officer");
    await open(desk, city, hazard);
    await accept(desk);
    const colleague = await another(browser, city, "colleague");
    for (const cleared of [false, true]) {
      await desk.reload();
      await take(desk, "报办理结果", async (form) => {
        await radio(form, "已整改（待复查）");
        await form.getByLabel("做了什么").fill("桌子炭炉退回店内，通道划了黄线");
      });
      await open(colleague, city, hazard);
      await take(colleague, "现场复查", async (form) => {
        await radio(form, cleared ? "隐患已消除" : "仍未消除，继续整改");
        await form.getByLabel("看到的情况").fill(cleared ? "连看两晚都通" : "又摆出三张");
      });
    }
    await colleague.context().close();
    await signIn(desk, city, "feedback");
    await open(desk, city, hazard);
    await take(desk, "办结", (form) => radio(form, "民警发现，无反映人"));
    await expect(desk.getByText("已办结").first()).toBeVisible();
  });

  const dispute = await matterOf(city, TABLE);
  await test.step("what is left of it between the homes and the shop is mediated", async () => {
    await signIn(desk, city, "officer");
    await open(desk, city, `/matters/${dispute}`);
    await accept(desk);
    await take(desk, "纠纷甄别");
    await desk.getByRole("button", { name: "发起调解" }).click();
    const opening = desk.getByRole("dialog", { name: "发起调解" });
    await choose(opening, "甲方是", "多户居民");
    await choose(opening, "乙方是", "商户");
    await opening.getByRole("button", { name: "发起调解" }).click();
    await expect(desk.getByRole("heading", { name: /^人民调解 · 环境/ })).toBeVisible();
    const path = new URL(desk.url()).pathname.replace("/console", "");
    await threeSessions(city, path);
    await desk.reload();
    const held = desk.getByRole("listitem").filter({ hasText: "双乐所调解室 · 不公开" });
    await expect(held).toHaveCount(3);
    const today = localDate(city.clock.now());
    await take(desk, "登记协议", async (form) => {
      await form.getByLabel("协议编号").fill("东亭调协〔2026〕31号");
      await form.getByLabel("履行期限").fill(addDays(today, 14));
      await form.getByRole("checkbox", { name: "乙方" }).check();
    });
    await asMember(city, "officer").steps(path, { type: "perform", side: "b", on: today });
    await open(desk, city, `/matters/${dispute}`);
    await take(desk, "答复群众", async (form) => {
      await radio(form, "当面");
      await form.getByLabel("答复内容").fill(MOVES);
    });
    // Nobody of the other side listens, and which of them is rung first is drawn by lot.
    const feedback = asMember(city, "feedback");
    for (let calls = 0; calls < 2; calls += 1) {
      const { nextToCall: side } = await feedback.get(path);
      const answer = { alone: true, reached: true, solved: "yes", satisfaction: 5 };
      await feedback.steps(path, { type: "call_back", side, ...answer });
    }
    await signIn(desk, city, "leader");
    await open(desk, city, `/matters/${dispute}`);
    await take(desk, "办结");
    await expect(desk.getByText("已办结").first()).toBeVisible();
    await expectDeskAccessible(desk);
    await follow(resident, city, atTable);
    await expect(resident.getByText("矛盾纠纷 · 环境", { exact: false })).toBeVisible();
    await expect(resident.getByText(MOVES)).toBeVisible();
    await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
  });
});
