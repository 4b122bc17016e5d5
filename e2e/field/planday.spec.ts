import {
  addDays,
  HOUR_MS,
  localDate,
  startOfLocalDay,
  weekday,
} from "@wanjia/domain/shared/instant";
import type { OpenTx } from "../../server/platform/database.ts";
import { planningJobs } from "../../server/planning/jobs.ts";
import { addEastBuilding } from "../../server/testing-city.ts";
import { moveClock } from "../clock.ts";
import { signIn as signInAtDesk } from "../console/desk.ts";
import {
  enterPin,
  expect,
  expectAccessible,
  readyForOffline,
  sendNow,
  signIn,
  test,
  tile,
} from "./phone.ts";

/** The next Monday: the campaign runs, and the days after it are ordinary working days. */
function nextMonday(): string {
  const today = localDate(Date.now());
  return addDays(today, 8 - weekday(today));
}

test("the night plans, the desk settles, the phone re-plans without a network", async ({
  city,
  browser,
}) => {
  const monday = nextMonday();
  const evening = startOfLocalDay(monday) + 21.75 * HOUR_MS;
  const afternoon = startOfLocalDay(addDays(monday, 1)) + 14.2 * HOUR_MS;
  await city.database.asSystem(city.city.bureau, async (tx) => {
    for (const number of [2, 3]) await addEastBuilding(tx as OpenTx, number);
  });
  city.clock.advance(evening - city.clock.now());

  // Monday night: tomorrow is planned.
  const night = planningJobs(city.database)["planning.tomorrow"];
  const { signal } = new AbortController();
  await night?.run(undefined as never, { id: "night", signal });

  // The leader looks at it, has two buildings change places and keeps it so.
  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await moveClock(desk, evening - Date.now());
  const page = await desk.newPage();
  await signInAtDesk(page, city, "leader");
  await page.goto(`${city.address}/console/campaigns`);
  await page.getByRole("link", { name: "入户走访" }).click();
  await page.getByRole("button", { name: "看走访安排" }).click();
  const team = page.getByRole("region", { name: "东亭二组" });
  const walk = team.getByRole("article").first();
  await expect(walk).toContainText("还没敲过门");
  await expectAccessible(page, "the desk's walks of a day");
  await expect(walk.getByRole("listitem").first()).toContainText("东亭花园");
  const before = await walk.locator(".day-why strong").allTextContents();
  expect(before.length).toBe(2);
  await walk.getByRole("button", { name: "改顺序" }).click();
  await page.getByRole("button", { name: `${before[1] ?? ""} 往前移` }).click();
  await page.getByRole("button", { name: "按这个顺序走" }).click();
  await expect(walk).toContainText("已固定");
  await expect(walk.locator(".day-why strong")).toHaveText(before.toReversed());
  await expect(walk).toContainText("改了顺序");

  // Tuesday afternoon: the officer's phone has the walk as it was settled.
  city.clock.advance(afternoon - city.clock.now());
  const street = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await moveClock(street, afternoon - Date.now());
  // No tracking: wherever the phone might be asked where it is, it would stand here.
  const asked: string[] = [];
  await street.exposeFunction("positionAsked", (where: string) => asked.push(where));
  await street.addInitScript(() => {
    const told = (name: string) => () =>
      (globalThis as unknown as { positionAsked(where: string): void }).positionAsked(name);
    Geolocation.prototype.getCurrentPosition = told("getCurrentPosition");
    Geolocation.prototype.watchPosition = told("watchPosition") as () => never;
  });
  const first = await street.newPage();
  await signIn(first, city.address, "colleague");
  const walks = first.getByRole("region", { name: "走访路线" });
  await expect(walks.locator(".walk-part").first()).toContainText(before[1] ?? "");
  await expect(walks.getByText("正在走")).toBeVisible();
  await expectAccessible(first, "the phone's walks");

  // Somebody else changed his walk: every screen says so until it is read.
  const news = first.getByRole("alert").filter({ hasText: "走访安排有变" });
  await expect(news).toContainText("改了顺序（沈立群）");
  await expectAccessible(first, "somebody changed an officer's walk");
  await news.getByRole("button", { name: "知道了" }).click();
  await expect(news).toHaveCount(0);

  // His walks in his own calendar: the link is shown once, stays through a basement, and ends.
  await first
    .getByRole("link", { name: "设置" })
    .or(first.getByRole("button", { name: "设置" }))
    .click();
  const calendar = first.locator("section").filter({ hasText: "我的走访日历" });
  await calendar.getByRole("button", { name: "生成链接" }).click();
  const address = (await calendar.locator(".calendar-link").textContent()) ?? "";
  const fetched = await first.request.get(address);
  expect(await fetched.text()).toContain("BEGIN:VEVENT");
  await expectAccessible(first, "the link of a calendar");
  await street.setOffline(true);
  await calendar.getByRole("button", { name: "换一个新链接" }).click();
  await expect(calendar.getByRole("alert")).toContainText("没有网络");
  await expect(calendar.locator(".calendar-link")).toHaveText(address);
  await street.setOffline(false);
  await calendar.getByRole("button", { name: "停用链接" }).click();
  await expect(calendar.getByRole("button", { name: "生成链接" })).toBeVisible();
  expect((await first.request.get(address)).status()).toBe(404);
  await first
    .getByRole("link", { name: "今天" })
    .or(first.getByRole("button", { name: "今天" }))
    .click();

  // Without a network he says that he can't go; taken back, it was never said; said again, it waits.
  const own = walks.getByRole("article").first();
  const sheet = first.getByRole("dialog");
  await expect(own).toContainText("已固定");
  await expect(own).toContainText("沈立群：改了顺序");
  await street.setOffline(true);
  // A swap alone has to ask the other team's hours.
  await own.getByRole("button", { name: "改这次走访" }).click();
  await sheet.getByRole("button", { name: "和另一组互换" }).click();
  await expect(sheet.getByRole("alert")).toContainText("互换要有网络");
  await sheet.getByRole("button", { name: "关闭" }).click();
  const dontGo = async (): Promise<void> => {
    await own.getByRole("button", { name: "改这次走访" }).click();
    await sheet.getByRole("button", { name: "这次不去" }).click();
    await sheet.getByRole("button", { name: "天气不好" }).click();
  };
  await dontGo();
  await expectAccessible(first, "why an officer doesn't go");
  await sheet.getByRole("button", { name: "这次不去" }).click();
  await expect(own).toContainText("不去：天气不好。");
  await first.locator(".undo button").click();
  await expect(own).toContainText("正在走");
  await dontGo();
  await sheet.getByRole("button", { name: "这次不去" }).click();
  await expect(own).toContainText("林知远：改为不去");
  await expect(own).toContainText("待送出");
  await street.setOffline(false);
  await sendNow(first);
  await expect(own).not.toContainText("待送出");
  await expect(own).toContainText("不去：天气不好。");
  await page.reload();
  await expect(walk).toContainText("不去：天气不好。");
  await walk.getByRole("button", { name: "还是去" }).click();
  // Pinned, the phone would keep to the order; let go, it may plan the rest anew.
  await walk.getByRole("button", { name: "取消固定" }).click();
  await expect(walk.getByRole("button", { name: "固定", exact: true })).toBeVisible();
  await desk.close();
  await sendNow(first);
  await expect(news).toContainText("恢复（沈立群）");
  await news.getByRole("button", { name: "知道了" }).click();
  await expect(own).toContainText("沈立群：取消固定");
  await expect(own.locator(".walk-part").first()).toContainText(before[1] ?? "");
  await readyForOffline(first);
  await first.close();

  // Without a network, on the second start: two doors stay shut, and the rest is put together anew.
  await street.setOffline(true);
  const second = await street.newPage();
  await second.goto(`${city.address}/field/`);
  await enterPin(second);
  const today = second.getByRole("region", { name: "走访路线" });
  await today.locator(".walk-part").first().click();
  for (const label of ["101", "201"]) {
    await tile(second, label).click();
    await second.getByRole("button", { name: "没人应", exact: true }).click();
    await expect(second.locator("dialog")).toHaveCount(0);
    await expect(tile(second, label)).toContainText("再去");
  }
  await second.goBack();
  await expect(today).toContainText("敲过 2 户");
  await expect(today).toContainText("剩下的重新排过了");
  await expect(today.locator(".walk-part").first()).toContainText("6 户");
  await expectAccessible(second, "the rest of the evening");
  expect(asked).toEqual([]);
  // And the browser would refuse it to whatever a later page asks.
  const mayAsk = await second.evaluate(() =>
    (
      document as unknown as { featurePolicy: { allowsFeature(feature: string): boolean } }
    ).featurePolicy.allowsFeature("geolocation"),
  );
  expect(mayAsk).toBe(false);
  await street.close();
});
