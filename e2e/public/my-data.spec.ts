import { printedReceiptCode } from "@wanjia/domain/shared/receipt-code";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { newReceiptCode } from "../../server/testing-intake.ts";
import { expectAccessible as expectDeskAccessible, open, signIn } from "../console/desk.ts";
import { asMember } from "../members.ts";
import { expect as base, test } from "../server.ts";
import { expectAccessible } from "./pages.ts";

const expect = base.configure({ timeout: 30_000 });

const DAY_MS = 24 * 3_600_000;
const ASKED = "请把这次预约的记录也删掉";
const ANSWER = "联系方式已经删除。预约的时间按规定保存十二个月。不同意可以向网信部门投诉。";

test("whoever holds a receipt sees what is kept, withdraws consent, asks, and is answered with reasons", async ({
  browser,
  city,
}) => {
  test.setTimeout(240_000);
  const { address } = city;
  const code = newReceiptCode();
  await test.step("an appointment was agreed on the telephone, with a number", async () => {
    const from = Date.now() + DAY_MS;
    const contact = { phone: "13900003333", consent: true };
    await asMember(city, "leader").post(`/doors/${city.city.door("east", 3, 3)}/wishes`, {
      wish: { kind: "visit", window: { from, to: from + 7_200_000 }, contact },
      origin: "desk",
      look: toBase64Url(await lookOf(code)),
    });
  });

  const resident = await (
    await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" })
  ).newPage();
  const openData = async () => {
    await resident.goto(`${address}/receipt`);
    await resident.getByRole("textbox", { name: "回执" }).fill(printedReceiptCode(code));
    await resident.getByRole("button", { name: "查结果" }).click();
    await resident.getByRole("button", { name: /^我的信息/ }).click();
    await expect(resident.getByRole("heading", { name: "现在存了什么" })).toBeVisible();
  };
  await test.step("the resident sees it, withdraws consent, and it is gone", async () => {
    await openData();
    await expect(resident.getByText("139****3333")).toBeVisible();
    await expect(resident.getByText("没有人看过。")).toBeVisible();
    await expectAccessible(resident);
    await resident.getByRole("button", { name: "撤回同意，马上删除电话" }).click();
    await resident.getByRole("button", { name: "确定撤回" }).click();
    await expect(resident.getByText("已经删除。")).toBeFocused();
    await expect(resident.getByText("139****3333")).toHaveCount(0);
  });

  await test.step("and asks for more", async () => {
    await resident.getByRole("button", { name: "删除", exact: true }).click();
    await resident.getByRole("button", { name: "提出请求" }).click();
    await expect(resident.getByText("请选一项，并写明。")).toBeVisible();
    await resident.getByRole("textbox", { name: /请写明/ }).fill(ASKED);
    await resident.getByRole("button", { name: "提出请求" }).click();
    await expect(resident.getByText("请求已经收到。"), "where reading goes on").toBeFocused();
    await expect(resident.getByText(/最晚.*前答复/)).toBeVisible();
    await expectAccessible(resident);
  });

  await test.step("the data protection officer answers with reasons", async () => {
    const desk = await (await browser.newContext({ locale: "zh-CN" })).newPage();
    await signIn(desk, city, "dpo");
    await open(desk, city, "/data-requests");
    await expectDeskAccessible(desk);
    await desk.getByRole("link", { name: "删除" }).click();
    await expect(desk.getByText(ASKED)).toBeVisible();
    await desk.getByRole("button", { name: "作出答复" }).click();
    const form = desk.getByRole("dialog");
    await form.getByRole("radio", { name: "部分同意" }).check();
    await form.getByRole("button", { name: "答复本人" }).click();
    await expect(form.getByText("请填写给本人的答复")).toBeVisible();
    await form.getByLabel("给本人的答复").fill(ANSWER);
    await form.getByRole("button", { name: "答复本人" }).click();
    await expect(form).toBeHidden();
    await expect(desk.getByText(ANSWER)).toBeVisible();
    await expectDeskAccessible(desk);
  });

  await test.step("the resident reads it by the receipt", async () => {
    await openData();
    await expect(resident.getByText(ANSWER)).toBeVisible();
    await expect(resident.getByText(/答复：部分同意/)).toBeVisible();
    await resident.getByRole("button", { name: "English" }).click();
    await expect(resident.getByText(/Granted in part/)).toBeVisible();
  });
});
