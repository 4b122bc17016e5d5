/** What a stranger can't do from outside, and what is left to those who share a network with him. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test } from "node:test";
import { plateAlphabet, plateCode } from "@wanjia/domain/places/plate";
import { HOUR_MS, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { RECEIPT_RANDOM_BYTES } from "@wanjia/domain/shared/receipt-code";
import { toBase64Url } from "@wanjia/sync/bytes";
import { tryToSolve } from "@wanjia/sync/puzzle";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { testApp } from "../testing.ts";
import { dumpAll, tracesOf } from "../testing-dump.ts";
import { newReceiptCode } from "../testing-intake.ts";

const app = await testApp();
after(() => app.close());
const officer = await app.as("officer");
const plateAt = async (place: string): Promise<string> =>
  (await officer.post(`/places/${place}/plates`)).body.id;
const plate = await plateAt(app.city.door("east", 1, 1));

/** Asks from an address of one's own. */
async function from(remoteAddress: string, path: string, body?: object) {
  const reply = await app.app.inject({
    remoteAddress,
    method: body === undefined ? "GET" : "POST",
    url: path.startsWith("//") ? path.slice(1) : `/api/v1/public${path}`,
    headers: { "accept-language": "zh-CN", "x-wanjia-csrf": "1" },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: reply.statusCode, headers: reply.headers, text: reply.body };
}

const codeOf = ({ text }: { text: string }): string => JSON.parse(text).code ?? "done";

async function say(address: string, text: string, code = newReceiptCode()) {
  const { challenge, bits } = JSON.parse((await from(address, "/puzzle")).text);
  return from(address, "/matters", {
    plate,
    spot: "building",
    kind: "opinion",
    subtype: "patrol",
    text,
    feedback: "page",
    look: toBase64Url(await lookOf(code)),
    puzzle: { challenge, answer: tryToSolve(challenge, bits, 0, 2 ** 26) },
  });
}

const HOME = "2001:db8:7:1::10";
const NEIGHBOUR = "2001:db8:7:2::10";

test("one network fills a third of a station's hour and no more; a neighbour's word still gets in", async () => {
  app.clock.advance(HOUR_MS);
  // Refused words count as well: a flood need not be of words that are taken.
  for (let i = 0; i < 20; i += 1) {
    if (i % 10 === 0) app.clock.advance(2 * MINUTE_MS);
    const refused = await say(`2001:db8:7:1::${i + 1}`, "户主110105199003078515知道");
    assert.equal(codeOf(refused), "text-forbidden");
  }
  app.clock.advance(2 * MINUTE_MS);
  const flooded = await say(HOME, "路灯坏了");
  assert.deepEqual([flooded.status, codeOf(flooded)], [429, "station-flooded"]);
  assert.match(flooded.text, /值班电话/, "and is told of a way that is open");
  assert.equal((await say(NEIGHBOUR, "路灯坏了")).status, 200);
  app.clock.advance(HOUR_MS);
  assert.equal((await say(HOME, "路灯坏了")).status, 200);
});

test("a receipt is one of 2^99, kept as a hash, and every wrong one is answered alike", async () => {
  app.clock.advance(HOUR_MS);
  assert.ok(RECEIPT_RANDOM_BYTES * 8 >= 96);
  const code = newReceiptCode();
  assert.match(code, /^\d{36}$/);
  assert.equal((await say(HOME, "后门太黑", code)).status, 200);
  const look = await lookOf(code);
  const dump = await dumpAll(app.database);
  for (const secret of [code, toBase64Url(look), Buffer.from(look).toString("hex")]) {
    assert.ok(!tracesOf(secret).some((trace) => dump.includes(trace)));
  }

  const KINDS = [
    "/matters/follow",
    "/wishes/follow",
    "/tips/follow",
    "/complaints/follow",
    "/data",
  ];
  // Of nothing; one sign beside a true one; and a true one of another kind.
  const near = Buffer.from(look);
  near[31] = (near[31] ?? 0) ^ 1;
  const looks = [randomBytes(32), Buffer.alloc(32), near].map((one) => toBase64Url(one));
  const answers = new Set<string>();
  for (const path of KINDS) {
    const wrong =
      path === "/matters/follow" || path === "/data" ? looks : [...looks, toBase64Url(look)];
    for (const one of wrong) {
      const { status, headers, text } = await from(NEIGHBOUR, path, { look: one });
      const { date: _date, ...rest } = headers;
      answers.add(
        JSON.stringify([status, rest, JSON.parse(text)]).replaceAll(/[0-9a-f-]{36}/g, "id"),
      );
    }
  }
  assert.equal(answers.size, 1, [...answers].join("\n"));
  const right = await from(NEIGHBOUR, "/matters/follow", { look: toBase64Url(look) });
  assert.equal(right.status, 200);
});

test("without JavaScript a wrong receipt and a torn one get the same page", async () => {
  const ask = async (receipt: string) => {
    const reply = await app.app.inject({
      remoteAddress: "192.0.2.31",
      method: "POST",
      url: "/plain/receipt?lang=zh-CN",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ receipt }).toString(),
    });
    return [reply.statusCode, reply.body];
  };
  const unknown = await ask(newReceiptCode());
  for (const wrong of ["", "1", "x".repeat(36), newReceiptCode()]) {
    assert.deepEqual(await ask(wrong), unknown);
  }
  assert.equal(unknown[0], 404);
});

test("guesses of all kinds are counted together, by network, and another home asks on", async () => {
  app.clock.advance(MINUTE_MS);
  let busy = 0;
  for (let i = 0; i < 80; i += 1) {
    const path = ["/matters/follow", "/tips/follow", "/complaints/follow", "/data"][i % 4] ?? "";
    const address = `2001:db8:9:9::${i.toString(16)}`;
    const { status } = await from(address, path, { look: toBase64Url(randomBytes(32)) });
    if (status === 429) busy += 1;
    else assert.equal(status, 404);
  }
  assert.equal(busy, 20, "sixty a minute");
  const other = await from(NEIGHBOUR, "/tips/follow", { look: toBase64Url(randomBytes(32)) });
  assert.equal(other.status, 404);
});

test("a plate is one of 2^128: what isn't registered looks alike, and a network soon has to wait", async () => {
  app.clock.advance(MINUTE_MS);
  const seen = new Set<string>();
  for (let i = 0; i < 5; i += 1) {
    const { status, text } = await from(HOME, `/plates/${plateCode(randomBytes(16))}`);
    seen.add(`${status} ${text.replaceAll(/[0-9a-f-]{36}/g, "id")}`);
  }
  assert.equal(seen.size, 1);
  assert.match([...seen][0] ?? "", /plate-unknown/);
  // The check signs alone refuse a neighbour of a true plate: each single sign, none is looked up.
  const signs = plate.replace(".", "");
  for (let at = 0; at < signs.length; at += 1) {
    const other = plateAlphabet[(plateAlphabet.indexOf(signs[at] ?? "0") + 1) % 32] ?? "0";
    const wrong = `${signs.slice(0, at)}${other}${signs.slice(at + 1)}`;
    const answer = await from(
      `198.51.100.${at}`,
      `/plates/${wrong.slice(0, 26)}.${wrong.slice(26)}`,
    );
    assert.equal(codeOf(answer), "plate-check-failed");
  }
  let busy = 0;
  for (let i = 0; i < 40; i += 1) {
    const answer = await from(
      `2001:db8:7:1::${i.toString(16)}`,
      `/plates/${plateCode(randomBytes(16))}`,
    );
    if (answer.status === 429) busy += 1;
  }
  assert.equal(busy, 15, "thirty a minute, five of them above");
  assert.equal((await from(NEIGHBOUR, `/plates/${plate}`)).status, 200);
});
