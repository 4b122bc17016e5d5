import { expect, expectAccessible, open, pick, signIn, test } from "./desk.ts";

test("an administrator adds a member and posts her, and ends the posting again", async ({
  page,
  city,
}) => {
  await signIn(page, city, "admin");
  await open(page, city, "/organisation/members");
  await page.getByRole("button", { name: "添加人员" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("姓名").fill("叶青禾");
  await form.getByLabel("警号（工号）").fill("X90001");
  await form.getByLabel("账号").fill("ye.qinghe");
  await form.getByLabel("初始密码").fill("a long password 1");
  await form.getByRole("button", { name: "添加人员" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "叶青禾" })).toBeVisible();
  await expect(page.getByText("没有岗位，不能登录")).toBeVisible();

  await page.getByRole("button", { name: "安排岗位" }).click();
  const posting = page.getByRole("dialog");
  await posting.getByLabel("岗位").click();
  await pick(page.getByTitle("社区民警", { exact: true }));
  await posting.getByLabel("派出所").click();
  await pick(page.getByTitle("双乐派出所", { exact: true }));
  await posting.getByLabel("警务区").click();
  await pick(page.getByTitle("西亭警务区", { exact: true }));
  await posting.getByRole("button", { name: "安排岗位" }).click();
  await expect(page.getByText("双乐派出所 · 西亭警务区")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "结束岗位" }).click();
  const end = page.getByRole("dialog");
  await end.getByRole("button", { name: "结束岗位" }).click();
  await expect(end.getByRole("alert")).toContainText("结束日期须晚于开始日期");
});

test("a community without an officer is seen, and gets one", async ({ page, city }) => {
  await signIn(page, city, "admin");
  await open(page, city, "/organisation/communities");
  await page.getByRole("button", { name: "只看缺的" }).click();
  await expect(page).toHaveURL(/gap=true/);
  const row = page.getByRole("row", { name: /西亭社区/ });
  await row.getByRole("button", { name: "安排联系民警" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("民警").click();
  await pick(page.getByTitle(/陈思齐/));
  await form.getByRole("button", { name: "安排联系民警" }).click();
  await expect(row).toBeHidden();
  await expectAccessible(page);
});

test("a list is worked by keyboard and keeps its state in the address", async ({ page, city }) => {
  await signIn(page, city, "admin");
  await open(page, city, "/organisation/members");
  await expect(page.getByRole("row", { name: /江沐阳/ })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("X0000");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=X0000/);
  await page.getByRole("row", { name: /江沐阳/ }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("row", { name: /林知远/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "林知远" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("button", { name: /去掉筛选/ })).toBeVisible();
});
