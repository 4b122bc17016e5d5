import { nextSending } from "@wanjia/domain/answers/hours";
import { MINUTE_MS } from "@wanjia/domain/shared/instant";
import { messengerOver } from "../../server/answers/messenger.ts";
import { SmppGateway, smppSettings } from "../../server/answers/smpp.ts";
import { Centre, until } from "../../server/answers/testing.ts";
import { registerHeard } from "../../server/matters/commands.ts";
import { newId } from "../../server/platform/crypto.ts";
import type { CityServer } from "../server.ts";
import { expect, expectAccessible, open, signIn, test } from "./desk.ts";

const PHONE = "12012345678";

/** A resident asks at the door for papers to be made at home, and leaves a number for the answer. */
async function heard({ database, city, clock }: CityServer): Promise<string> {
  const at = clock.now();
  const id = newId(at);
  const draft = {
    id,
    kind: "service_request",
    subtype: "papers_at_home",
    text: "老人行动不便，身份证到期，想请民警上门办理",
    placeId: city.door("east", 1, 1),
    reporter: "resident",
    feedback: "sms",
    contact: { phone: PHONE, consent: true },
  } as const;
  const registration = {
    stationId: city.stations.first,
    beatId: city.beats.east,
    communityId: city.communities.east,
    visitId: null,
    campaignIds: [],
    origin: "officer",
    recipientId: city.members.officer.id,
    finders: [city.members.officer.id],
  } as const;
  await database.asSystem(city.bureau, (tx) =>
    registerHeard(tx, [{ draft, registration, doorId: draft.placeId, at }]),
  );
  return id;
}

test.setTimeout(240_000);

test("an answer is written with its preview, reaches the phone, and is asked about once", async ({
  page,
  city,
}) => {
  // Texts go out at decent hours only; the story has them.
  city.clock.advance(nextSending(city.clock.now() + 10 * MINUTE_MS) - city.clock.now());
  const phone = new Centre();
  const port = await phone.listen();
  let gateway: SmppGateway | undefined;
  const messenger = messengerOver(
    city.database,
    (news) =>
      (gateway = new SmppGateway(smppSettings(`smpp://wanjia:x@127.0.0.1:${port}`, ""), news)),
    null,
  );
  try {
    await until(() => gateway?.ready() === true);
    const id = await heard(city);
    await signIn(page, city, "officer");
    await open(page, city, `/matters/${id}`);
    await page.getByRole("button", { name: "报办理结果" }).click();
    const result = page.getByRole("dialog", { name: "报办理结果" });
    await result.getByRole("radio", { name: "已办成", exact: true }).check();
    await result.getByLabel("做了什么").fill("已上门拍照受理，十五个工作日后送证到家");
    await result.getByRole("button", { name: "报办理结果" }).click();
    await expect(result).toBeHidden();

    // The composer shows what the resident will have before him, each way in its own form.
    await page.getByRole("button", { name: "答复群众" }).click();
    const form = page.getByRole("dialog", { name: "答复群众" });
    const text = form.getByLabel("答复内容");
    await expect(form.getByRole("region", { name: "群众手机上看到的" })).toContainText(
      "已上门拍照受理",
    );
    await expect(form.getByText(/\d+ 字，分 2 条短信/)).toBeVisible();
    await expect(form.getByText("还没有接通短信网关", { exact: false })).toBeVisible();
    await form.getByRole("radio", { name: "书面信函", exact: true }).check();
    await expect(form.getByRole("region", { name: "信件的样子" })).toBeVisible();
    await form.getByRole("radio", { name: "短信", exact: true }).check();
    const words = await text.inputValue();
    expect(words).toMatch(/^【.+】您要办的/);
    await text.fill(`${words}民调时请回答非常满意`);
    await expect(form.getByText("是在教群众怎么评价", { exact: false })).toBeVisible();
    await form.getByRole("button", { name: "答复群众" }).click();
    await expect(form.getByText("请删去", { exact: false })).toBeVisible();
    await expectAccessible(page);
    await text.fill(words);
    await form.getByRole("button", { name: "答复群众" }).click();
    await expect(form).toBeHidden();

    // On its way, at the phone, and known to be there.
    const sent = page.getByRole("region", { name: "发给群众的信息" });
    await expect(sent.getByText("待发", { exact: true })).toBeVisible();
    await messenger.round();
    const pieces = phone.submitted.map(({ short_message }) => String(short_message?.message));
    expect(pieces.join("")).toBe(words);
    for (const name of ["n1", "n2"]) {
      await phone.deliver({ esm_class: 4, receipted_message_id: name, message_state: 2 });
    }
    await sent.getByRole("link", { name: "答复 · 短信" }).click();
    await expect(page.getByText("已送达", { exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "群众手机上看到的" })).toContainText(words);
    await expectAccessible(page);

    // Somebody who never handled it asks; the reply is the callback.
    await signIn(page, city, "feedback");
    await open(page, city, `/matters/${id}`);
    await page.getByRole("button", { name: "短信问满意度" }).click();
    const ask = page.getByRole("dialog", { name: "短信回访" });
    await expect(ask.getByText("退订回T", { exact: false })).toBeVisible();
    await ask.getByRole("button", { name: "发出提问" }).click();
    await expect(sent.getByText("回访提问 · 短信")).toBeVisible();
    await messenger.round();
    expect(String(phone.submitted.at(-2)?.short_message?.message)).toContain("回复1非常满意");
    await phone.deliver({ source_addr: PHONE, short_message: "2" });
    await page.reload();
    await expect(sent.getByText("满意", { exact: true })).toBeVisible();
    await expect(page.getByText("已回访（待办结）", { exact: true }).first()).toBeVisible();

    // The outbox has both.
    await open(page, city, "/answers");
    await expect(page.getByRole("row", { name: /上门办证/ })).toHaveCount(2);
    await expectAccessible(page);
  } finally {
    await messenger.stop();
    await phone.close();
  }
});
