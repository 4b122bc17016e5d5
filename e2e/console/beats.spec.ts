import { expect, expectAccessible, open, signIn, test } from "./desk.ts";

test("the ground of a beat is drawn from coordinates and on the map, by keyboard too, and saved", async ({
  page,
  city,
}) => {
  await signIn(page, city, "admin");
  await open(page, city, "/organisation/beats");
  await page
    .getByRole("row", { name: /西亭警务区/ })
    .getByRole("link", { name: "未划定" })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "西亭警务区的辖区" })).toBeVisible();
  await expect(page.getByText("还没有角点。", { exact: false })).toBeVisible();
  const save = page.getByRole("button", { name: "保存辖区" });

  const field = page.getByLabel(/每行一个角点/);
  await field.fill("104.05, 30.66\n104.06, 三十");
  await expect(page.getByText("有一行读不懂。", { exact: false })).toBeVisible();
  await field.fill("104.05, 30.66\n104.06, 30.67\n104.06, 30.66\n104.05, 30.67");
  await page.getByRole("button", { name: "按坐标画" }).click();
  await expect(page.getByText("边界有两段交叉", { exact: false })).toBeVisible();
  await expect(save).toBeDisabled();
  await page.getByRole("button", { name: "撤销一步" }).click();
  await field.fill("104.05, 30.66\n104.06, 30.66\n104.06, 30.67\n104.05, 30.67");
  await page.getByRole("button", { name: "按坐标画" }).click();
  await expect(page.getByText("4 个角点，约 1.06 平方公里")).toBeVisible();
  await expectAccessible(page);
  await save.click();
  const row = page.getByRole("row", { name: /西亭警务区/ });
  await row.getByRole("link", { name: "已划定" }).click();

  // The map shows what was saved; a corner is moved by arrow keys, another set by a press.
  const corner = page.getByRole("button", { name: /^角点 2：/ });
  await corner.focus();
  await page.keyboard.press("ArrowRight");
  await expect(field).not.toHaveValue(/104\.06, 30\.66\n/);
  await page.keyboard.press("Delete");
  await expect(page.getByText(/^3 个角点/)).toBeVisible();
  const box = await page.getByRole("region", { name: "辖区地图" }).boundingBox();
  if (box) await page.mouse.click(box.x + box.width / 2 + 90, box.y + box.height / 2);
  await expect(page.getByText(/^4 个角点/)).toBeVisible();
  await expectAccessible(page);

  // Who leaves without saving is asked first, and may stay.
  await page.getByRole("link", { name: "设备" }).click();
  const question = page.getByRole("dialog", { name: "还没有保存，要离开吗？" });
  await expectAccessible(page);
  await question.getByRole("button", { name: "留在这里" }).click();
  await expect(page.getByText(/^4 个角点/)).toBeVisible();
  await save.click();
  await expect(row.getByRole("link", { name: "已划定" })).toBeVisible();
});
