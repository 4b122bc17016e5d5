import { choose, expect, expectAccessible, open, signIn, test } from "./desk.ts";

const HEADER = "台账编号,物品类别,估价（元）,批准日期,物主称呼,物主电话";

function list(text: string) {
  return { name: "清单.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
}

test("a list comes in without a word of the case, and an e-bike goes back to its owner", async ({
  page,
  city,
}) => {
  await signIn(page, city, "leader");
  await open(page, city, "/property/import");
  await expect(page.getByRole("heading", { name: "导入返还清单" })).toBeVisible();
  const file = page.locator('input[type="file"]');
  await file.setInputFiles(list(`${HEADER},简要案情\nA-1,电动车,2600,2026-01-05,甲女士,,盗窃\n`));
  await expect(page.getByRole("alert")).toContainText("简要案情");
  await file.setInputFiles(list(`${HEADER}\nA-1,飞船,2600,2026-01-05,甲女士,12001112222\n`));
  await expect(page.getByRole("alert")).toContainText("第 2 行：物品类别");
  await expectAccessible(page);
  await file.setInputFiles(list(`${HEADER}\nA-1,电动车,2600,2026-01-05,甲女士,12001112222\n`));
  await expect(page.getByText("已列入 1 件。")).toBeVisible();

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
  await open(page, city, "/property");
  await expect(page.getByText("2,600", { exact: true })).toBeVisible();
  await expect(page.getByText("0 / 1 件")).toBeVisible();
});
