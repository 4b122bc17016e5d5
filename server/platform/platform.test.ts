import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, test } from "node:test";
import { principalFinder } from "../organisation/principal.ts";
import { PASSWORD } from "../testing-city.ts";
import { type Answer, testApp } from "../testing.ts";
import { newId } from "./crypto.ts";
import { localeOf } from "./messages.ts";

const app = await testApp();
after(() => app.close());

test("a member signs in, is recognised, and signs out", async () => {
  const officer = await app.as("officer");
  const session = await officer.get("/session");
  assert.equal(session.status, 200);
  assert.equal(session.body.member.name, "江沐阳");
  assert.deepEqual(
    session.body.beats.map((beat: { id: string }) => beat.id),
    [app.city.beats.east],
  );
  assert.equal((await officer.delete("/session")).status, 200);
  assert.equal((await officer.get("/session")).status, 401);
});

test("a stranger gets a problem document in his language", async () => {
  const zh = await app.stranger.get("/organisation");
  assert.equal(zh.status, 401);
  assert.equal(zh.headers["content-type"], "application/problem+json; charset=utf-8");
  assert.equal(zh.body.detail, "登录已失效，请重新登录。");
  const en = await app.stranger.get("/organisation", { "accept-language": "en-GB,en;q=0.9" });
  assert.equal(en.body.detail, "Your session has ended. Please sign in again.");
});

test("five wrong passwords lock a login for a quarter of an hour, known or not", async () => {
  for (const login of ["leader", "nobody-of-that-name"]) {
    const codes = [];
    for (let i = 0; i < 6; i += 1) {
      const { body } = await app.stranger.post("/session", { login, password: "wrong" });
      codes.push(body.code);
    }
    assert.deepEqual(codes, [
      ...Array.from({ length: 4 }, () => "sign-in-failed"),
      "sign-in-locked",
      "sign-in-locked",
    ]);
  }
  await assert.rejects(() => app.as("leader"));
  app.clock.advance(16 * 60_000);
  await app.as("leader");
});

test("a desk's session ends half an hour after it was last used, not after it began", async (t) => {
  const credentials = { login: app.city.members.officer.login, password: PASSWORD };
  const atDesk = await app.stranger.post("/session", credentials);
  assert.doesNotMatch(String(atDesk.headers["set-cookie"]), /Max-Age|Expires/i);
  const onPhone = await app.stranger.post("/session", { ...credentials, deviceId: newId(0) });
  assert.match(String(onPhone.headers["set-cookie"]), /Max-Age=34560000/);

  const officer = await app.as("officer");
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const after = async (minutes: number): Promise<number> => {
    t.mock.timers.setTime(Date.now() + minutes * 60_000);
    app.clock.advance(minutes * 60_000);
    return (await officer.get("/session")).status;
  };
  assert.deepEqual([await after(29), await after(29), await after(29)], [200, 200, 200]);
  assert.equal(await after(31), 401);
});

test("outside of demo mode a demo account is a member of nothing", async () => {
  const { officer } = app.city.members;
  const rename = (login: string) =>
    app.database.pool.query("update member set login = $2 where id = $1", [officer.id, login]);
  await rename("demo.officer");
  try {
    const found = (demo: boolean) =>
      principalFinder(app.database, app.clock, demo)(app.city.bureau, officer.id);
    assert.notEqual(await found(true), null);
    assert.equal(await found(false), null);
  } finally {
    await rename(officer.login);
  }
});

test("a change that comes from another site is refused", async () => {
  const officer = await app.as("officer");
  const { body } = await officer.post("/session", {}, { "sec-fetch-site": "cross-site" });
  assert.equal(body.code, "cross-site");
  const foreign = await officer.delete("/session", { origin: "https://evil.example" });
  assert.equal(foreign.body.code, "cross-site");
  const nowhere = await officer.post("/session", {}, { origin: "null" });
  assert.equal(nowhere.body.code, "cross-site");
});

test("bad input is answered by field, bad JSON and deep JSON by a clean refusal", async () => {
  const missing = await app.stranger.post("/session", { login: "" });
  assert.equal(missing.status, 400);
  assert.deepEqual(
    missing.body.errors.map((error: { path: string }) => error.path),
    ["login", "password"],
  );
  const json = { "content-type": "application/json" };
  assert.equal((await app.stranger.post("/session", "{", json)).status, 400);
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  assert.equal((await app.stranger.post("/session", deep, json)).status, 400);
  const large = await app.stranger.post("/session", `"${"x".repeat(3_000_000)}"`, json);
  assert.equal(large.status, 413);
  const xml = await app.stranger.post("/session", "<a/>", { "content-type": "text/xml" });
  assert.equal(xml.status, 415);
  const nul = await app.stranger.post("/session", { login: "a\u0000", password: "b" });
  assert.equal(nul.status < 500, true, nul.text);
});

test("whatever is refused, the reader learns why in his language, and programs the code", async () => {
  const json = { "content-type": "application/json" };
  const post = (body: string, more: Record<string, string>) => (locale: Record<string, string>) =>
    app.stranger.post("/session", body, { ...more, ...locale });
  const get = (path: string) => (locale: Record<string, string>) => app.stranger.get(path, locale);
  const refused: [number, string, (locale: Record<string, string>) => Promise<Answer>][] = [
    [400, "invalid-input", post("{", json)],
    [400, "invalid-input", post("{}", json)],
    [401, "not-signed-in", get("/organisation")],
    [403, "cross-site", post("{}", { ...json, origin: "https://evil.example" })],
    [404, "unknown-path", get("/nothing")],
    [404, "unknown-path", get("//nothing")],
    [400, "unknown-path", get("/%")],
    [413, "body-too-large", post("x".repeat(3_000_000), json)],
    [415, "unsupported-media-type", post("<a/>", { "content-type": "text/xml" })],
    [422, "plate-malformed", get("/public/plates/1")],
  ];
  for (const [status, code, ask] of refused) {
    const zh = await ask({});
    const en = await ask({ "accept-language": "en" });
    for (const { status: told, headers, body } of [zh, en]) {
      assert.deepEqual([told, body.status, body.code], [status, status, code]);
      assert.equal(body.type, `urn:wanjia:problem:${code}`);
      assert.equal(headers["content-type"], "application/problem+json; charset=utf-8");
    }
    assert.match(zh.body.detail, /^\p{Script=Han}.*[。）]$/u, code);
    assert.match(en.body.detail, /^[A-Z][\x20-\x7e]*\.$/, code);
  }
});

test("the language is the one that is wanted more, whatever the order", () => {
  const cases = [
    [undefined, "zh-CN"],
    ["en-GB,en;q=0.9", "en"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["zh;q=0.2, en;q=0.7", "en"],
    ["de, en;q=0.5", "en"],
    ["en;q=0, fr", "zh-CN"],
    ["fr", "zh-CN"],
    ["*", "zh-CN"],
    [";;;=,", "zh-CN"],
  ] as const;
  for (const [header, locale] of cases) assert.equal(localeOf(header), locale, header ?? "none");
});

test("what can't be read as a request is answered as a problem, too", async () => {
  const address = new URL(await app.app.listen({ host: "127.0.0.1", port: 0 }));
  const send = async (text: string): Promise<string> => {
    const socket = connect(Number(address.port), address.hostname);
    socket.end(text);
    return new TextDecoder().decode(Buffer.concat(await socket.toArray()));
  };
  const two =
    "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const [text, status] of [
    ["rubbish\r\n\r\n", 400],
    [two, 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nA: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const [head = "", body = ""] = (await send(text)).split("\r\n\r\n");
    assert.match(head, new RegExp(`^HTTP/1.1 ${status} `));
    assert.match(head, /application\/problem\+json/);
    const { code, detail } = JSON.parse(body) as { code: string; detail: string };
    assert.deepEqual([code, detail.startsWith("请求")], ["malformed-request", true]);
  }
});

test("only the auditor reads the audit trail", async () => {
  const auditor = await app.as("auditor");
  const trail = await auditor.get("/audit?action=session.opened&size=2");
  assert.equal(trail.status, 200);
  assert.equal(trail.body.items.length, 2);
  assert.equal(trail.body.total.count > 2, true);
  const next = await auditor.get(`/audit?action=session.opened&size=2&cursor=${trail.body.next}`);
  assert.equal(next.body.items[0].at <= trail.body.items[1].at, true);
  const last = await auditor.get("/audit?action=session.opened&size=2&cursor=last");
  assert.equal(last.body.next, null);
  assert.equal((await (await app.as("office")).get("/audit")).status, 403);
  const csv = await auditor.get("/audit/export?format=csv");
  assert.equal(csv.text.split("\r\n").length > 3, true);
});

test("the contract is printed as OpenAPI", async () => {
  const { body } = await app.stranger.get("//openapi.json");
  assert.equal(body.openapi.startsWith("3.1"), true);
  assert.equal("/session" in body.paths, true);
});
