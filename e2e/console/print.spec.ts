import { asMember } from "../members.ts";
import { expect, open, signIn, test } from "./desk.ts";

/** Another page of the desk by its own links: what the pages before it loaded stays loaded. */
test("a page is printed under its title, whatever was looked at before", async ({ page, city }) => {
  const id = "01990000-0000-7000-8000-00130000000f";
  await asMember(city, "officer").post("/matters", {
    id,
    kind: "opinion",
    subtype: "patrol",
    text: "希望晚上多到小区后门巡逻",
    placeId: city.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "none",
  });
  await signIn(page, city, "leader");
  await open(page, city, `/matters/${id}/papers/register`);
  await page.getByRole("link", { name: "成绩单" }).click();
  await expect(page.getByRole("heading", { name: /成绩单$/, level: 2 })).toBeVisible();
  await page.getByRole("link", { name: "民情事项", exact: true }).click();
  await page.getByRole("table").getByRole("link").first().click();
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(title).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("link", { name: "成绩单" }).click();
  await expect(page.getByRole("heading", { name: /成绩单$/, level: 2 })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(title).toBeHidden();
});
