import { DAY_MS } from "../../domain/shared/instant.ts";
import { newId } from "../../server/platform/crypto.ts";
import { choose, expect, expectAccessible, open, signIn, test } from "../console/desk.ts";
import { press } from "../console/steps.ts";
import { moveClock } from "../clock.ts";
import { asMember } from "../members.ts";

const HEARD = ["希望晚上多到后门巡逻", "地下车库出口想加一面镜子", "小区西门的路灯想调亮一些"];

test("a leader hands two matters on at once, and the next morning the station's day is gone through and signed", async ({
  browser,
  city,
}) => {
  test.setTimeout(60_000);
  const { post } = asMember(city, "officer");
  for (const text of HEARD) {
    await post("/matters", {
      id: newId(city.clock.now()),
      kind: "opinion",
      subtype: "patrol",
      text,
      placeId: city.city.door("east", 1, 1),
      reporter: "resident",
      feedback: "none",
    });
  }
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 1280, height: 720 },
  });
  const desk = await context.newPage();

  await test.step("the leader finds what nobody took up, and hands two of them to one colleague", async () => {
    await signIn(desk, city, "leader");
    await open(desk, city, "/today");
    await desk.getByRole("link", { name: /3.*还没人受理/ }).click();
    for (const text of HEARD.slice(0, 2)) {
      await desk
        .getByRole("row", { name: new RegExp(text) })
        .getByRole("checkbox")
        .check();
    }
    await desk.getByRole("button", { name: "转给一个人办（2 件）" }).click();
    const form = desk.getByRole("dialog", { name: "转给一个人办：2 件" });
    await form.getByRole("button", { name: "转办" }).click();
    await expect(form.getByText("请选择转给谁。")).toBeVisible();
    await choose(form, "转给", "林知远 · 社区民警");
    await expectAccessible(desk);
    await form.getByRole("button", { name: "转办" }).click();
    await expect(desk.getByText("已转 2 件，等对方受理。")).toBeVisible();
  });

  await test.step("the colleague finds both among what is his today, and takes one up", async () => {
    await signIn(desk, city, "colleague");
    await open(desk, city, "/today");
    await desk.getByRole("link", { name: /2.*我的：等我受理/ }).click();
    await expect(desk.getByRole("row", { name: new RegExp(HEARD[2] ?? "") })).toHaveCount(0);
    await desk.getByRole("row", { name: new RegExp(HEARD[0] ?? "") }).click();
    await press(desk, "签收");
    await expect(desk.getByText("已签收，等开始办理", { exact: false })).toBeVisible();
  });

  city.clock.advance(DAY_MS);
  await moveClock(context, DAY_MS);

  await test.step("the next morning the leader says of each that is left why, and signs", async () => {
    await signIn(desk, city, "leader");
    await open(desk, city, "/today");
    await desk.getByRole("link", { name: /1.*待签收的日清/ }).click();
    await desk.getByRole("row", { name: /待签收/ }).click();
    await expect(desk.getByText("这一天还没签收", { exact: false })).toBeVisible();
    await expect(desk.locator(".day-figures")).toContainText(/登记\s*3/);
    const sign = desk.getByRole("button", { name: "签收这一天" });
    await expect(sign).toBeDisabled();
    await expect(desk.getByText("还有 2 件没有选原因。")).toBeVisible();
    await expectAccessible(desk);
    const left = desk.getByRole("region", { name: "还没人受理的" });
    for (const index of [0, 1]) {
      await left.getByRole("combobox").nth(index).click();
      await desk.keyboard.press("Enter");
    }
    await desk.getByLabel("给下一班的话").fill("先打 13800001111");
    await sign.click();
    await expect(desk.getByRole("alert")).toBeVisible();
    await desk.getByLabel("给下一班的话").fill("今早先把这两件分下去");
    await sign.click();
    await expect(desk.getByText("数字是签收时的情况", { exact: false })).toBeVisible();
    await expect(sign).toHaveCount(0);
  });

  await test.step("what is taken up afterwards changes nothing that was signed, and the inspectorate reads it", async () => {
    await signIn(desk, city, "colleague");
    await open(desk, city, "/matters?mine=true");
    await desk.getByRole("row", { name: new RegExp(HEARD[1] ?? "") }).click();
    await press(desk, "签收");
    await expect(desk.getByText("已签收，等开始办理", { exact: false })).toBeVisible();
    await signIn(desk, city, "inspector");
    await open(desk, city, "/days");
    await desk.getByRole("row", { name: /双乐/ }).click();
    await expect(desk.getByText("今早先把这两件分下去")).toBeVisible();
    await expect(desk.getByRole("region", { name: "还没人受理的" }).getByRole("row")).toHaveCount(
      3,
    );
  });
});
