import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type TestApp, testApp } from "../testing.ts";
import { settingsOf } from "./start.ts";

const apps: TestApp[] = [];
after(() => Promise.all(apps.map((app) => app.close())));

/** More looks at a plate than one asker has, each with its own header; the last answer's status. */
async function askedAs(
  app: TestApp,
  from: string,
  forwardedFor: (look: number) => string,
): Promise<number> {
  // Each asker of these tests has a minute of its own.
  app.clock.set(app.clock.now() + 60_000);
  let status = 0;
  for (let look = 0; look <= 30; look++) {
    const answer = await app.app.inject({
      url: "/api/v1/public/plates/unknown",
      remoteAddress: from,
      headers: { "x-forwarded-for": forwardedFor(look) },
    });
    status = answer.statusCode;
  }
  return status;
}

test("by default a forged X-Forwarded-For gives nobody more looks", async () => {
  const app = await testApp({ trustedProxies: settingsOf({}).trustedProxies });
  apps.push(app);
  assert.equal(await askedAs(app, "203.0.113.7", (look) => `198.51.100.${look}`), 429);
  assert.equal(await askedAs(app, "127.0.0.1", (look) => `198.51.100.${look}`), 429);
});

test("behind a trusted proxy each resident has a limit of his own", async () => {
  const { trustedProxies } = settingsOf({ WANJIA_TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8" });
  assert.deepEqual(trustedProxies, ["127.0.0.1", "10.0.0.0/8"]);
  const app = await testApp({ trustedProxies });
  apps.push(app);
  assert.notEqual(await askedAs(app, "127.0.0.1", (look) => `198.51.100.${look}`), 429);
  assert.equal(await askedAs(app, "127.0.0.1", () => "198.51.100.9"), 429);
  // What the asker wrote himself stands before what the proxy added.
  assert.equal(await askedAs(app, "127.0.0.1", (look) => `192.0.2.${look}, 198.51.100.9`), 429);
  assert.equal(await askedAs(app, "203.0.113.7", (look) => `198.51.100.${look}`), 429);
});
