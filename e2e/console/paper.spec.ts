import { receiptCode } from "@wanjia/domain/shared/receipt-code";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { asMember } from "../members.ts";
import { expect, expectAccessible, open, signIn, test } from "./desk.ts";

/** Heard at a door; its receipt was handed over by the feedback centre. */
async function matterWithReceipt(
  city: Parameters<typeof asMember>[0],
  code: string,
): Promise<string> {
  const id = crypto.randomUUID();
  await asMember(city, "officer").post("/matters", {
    id,
    placeId: city.city.door("east", 1, 1),
    kind: "service_request",
    subtype: "other",
    text: "楼道灯坏了",
    reporter: "resident",
    feedback: "phone",
    contact: { phone: "12012345678", salutation: "王女士", consent: true },
  });
  const look = toBase64Url(await lookOf(code));
  await asMember(city, "feedback").post(`/matters/${id}/receipts`, { look });
  return id;
}

const codeOf = (chance: number) => receiptCode(new Uint8Array(24).fill(chance));

test("what a resident wrote on paper about an earlier matter is typed in by its receipt", async ({
  page,
  city,
}) => {
  const code = codeOf(7);
  const id = await matterWithReceipt(city, code);
  await signIn(page, city, "officer");
  await open(page, city, "/matters");
  await page.getByRole("button", { name: "代填纸质表" }).click();
  const form = page.getByRole("dialog");
  await expect(form.getByText("封好的信封不拆、不登记", { exact: false })).toBeVisible();
  await form.getByRole("radio", { name: "答复回访" }).check();
  await form.getByLabel("回执或者事项编号").fill("123456 123456");
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(form.getByText("既不是回执", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await form.getByRole("radio", { name: "撤回同意，删除电话和称呼" }).check();
  await form.getByLabel("回执或者事项编号").fill(code);
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByText("已按住户写的办好", { exact: false })).toBeVisible();
  await expect(page.getByTestId("receipt-code")).toHaveCount(0);
  await open(page, city, `/matters/${id}`);
  await expect(page.getByText("120****5678")).toHaveCount(0);
});

test("a complaint's sealed slip is typed in by who handles complaints, with day and contact", async ({
  page,
  city,
}) => {
  await signIn(page, city, "inspector");
  await open(page, city, "/complaints");
  await page.getByRole("button", { name: "登记来信来电" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("哪一天（可不填）").fill("2026-11-02");
  await form.getByLabel("联系电话（可不填）").fill("12012345678");
  await form.getByRole("button", { name: "登记投诉" }).click();
  await expect(form.getByText("留联系方式要住户同意", { exact: false })).toBeVisible();
  await expectAccessible(page);
});
