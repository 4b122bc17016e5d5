import type { Page } from "@playwright/test";
import { PASSWORD } from "../../server/testing-city.ts";
import type { CityServer } from "../server.ts";
import { expect, expectAccessible, open, pick, signIn, test } from "./desk.ts";

/** The log-in as it is typed; elsewhere the stories come with the session of whoever sits there. */
async function typeLogIn(page: Page, city: CityServer, login: string): Promise<void> {
  await page.goto(`${city.address}/console/`);
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "主导航" })).toBeVisible();
}

test("a wrong password is told apart from a locked login", async ({ page, city }) => {
  await page.goto(`${city.address}/console/`);
  await expectAccessible(page);
  const submit = page.getByRole("button", { name: /登录$/ });
  const send = async () => {
    const answered = page.waitForResponse(
      (response) => response.request().method() === "POST" && response.url().endsWith("/session"),
    );
    await submit.click();
    await answered;
  };
  await submit.click();
  await expect(page.getByText("请填写账号。")).toBeVisible();
  await page.getByLabel("账号").fill(city.city.members.inspector.login);
  for (let failure = 1; failure < 5; failure += 1) {
    await page.getByLabel("密码", { exact: true }).fill(`wrong ${failure}`);
    await send();
    await expect(page.getByRole("alert")).toContainText("账号或密码不对");
  }
  await page.getByLabel("密码", { exact: true }).fill("wrong again");
  await send();
  await expect(page.getByRole("alert")).toContainText("15 分钟");
});

test("everybody sees only what the role may do", async ({ page, city }) => {
  await signIn(page, city, "auditor");
  await open(page, city, "/");
  const navigation = page.getByRole("navigation", { name: "主导航" });
  await expect(navigation.getByRole("link")).toHaveText(["操作日志"]);
  await page.goto(`${city.address}/console/visits`);
  await expect(page.getByRole("heading", { name: "您的角色看不到这一页" })).toBeVisible();
  await expectAccessible(page);
});

test("signing in and out leaves nothing of the old session behind", async ({ page, city }) => {
  await typeLogIn(page, city, city.city.members.admin.login);
  await page.getByRole("button", { name: /^账号：/ }).click();
  await pick(page.getByRole("menuitem", { name: "退出登录" }));
  await expect(page.getByText("已退出登录。")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("账号")).toBeVisible();
});

test("after half an hour without a hand the desk says so and signs out", async ({ page, city }) => {
  await page.clock.install();
  await typeLogIn(page, city, city.city.members.admin.login);
  await page.clock.runFor("28:30");
  await expect(page.getByText("还在吗")).toBeVisible();
  await page.clock.runFor("02:00");
  await expect(page.getByText("30 分钟没有操作，已自动退出。请重新登录。")).toBeVisible();
});

test("the desk speaks English and is worked by keyboard", async ({ page, city }) => {
  await signIn(page, city, "admin");
  await open(page, city, "/");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/console\/organisation$/);
});
