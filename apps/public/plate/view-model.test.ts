import assert from "node:assert/strict";
import { test } from "node:test";
import { plateCode } from "@wanjia/domain/places/plate";
import { NOTICE_VERSIONS } from "@wanjia/domain/privacy/notices";
import { failureOf, plateAddress, readNotice, screenOf, telephone } from "./view-model.ts";

const code = plateCode(new Uint8Array(16).fill(7));

test("a scanned plate opens its page, in whatever case it was typed", () => {
  assert.deepEqual(screenOf(`/p/${code}`), { kind: "plate", code });
  assert.deepEqual(screenOf(`/p/${code.toLowerCase()}/`), { kind: "plate", code });
  assert.equal(plateAddress(` ${code.replace(".", " ").toLowerCase()} `), `/p/${code}`);
});

test("a misread number is told without asking the server", () => {
  const wrong = `${code.startsWith("0") ? "1" : "0"}${code.slice(1)}`;
  assert.deepEqual(screenOf(`/p/${wrong}`), { kind: "misread" });
  assert.deepEqual(screenOf("/p/%E0%A4%A"), { kind: "misread" });
});

test("other addresses are home or nothing", () => {
  assert.equal(screenOf("/").kind, "home");
  assert.equal(screenOf("/p/").kind, "missing");
  assert.equal(screenOf("/p/a/b").kind, "missing");
});

for (const { version, texts } of NOTICE_VERSIONS) {
  for (const locale of ["zh-CN", "en"] as const) {
    test(`every line of notice ${version} has its heading in ${locale}`, () => {
      const { title, lines } = readNotice(texts.card[locale]);
      assert.ok(title.length > 0 && lines.length >= 8);
      for (const line of lines) assert.ok(line.heading, line.text);
    });
  }
}

test("a phone number is dialled without its dashes, and nothing is not dialled", () => {
  assert.equal(telephone("0592-110 1234"), "tel:05921101234");
  assert.equal(telephone(""), undefined);
});

test("an unknown plate is a warning, a lost connection is not", () => {
  assert.equal(failureOf(404, "plate-unknown"), "unknown");
  assert.equal(failureOf(422, "plate-check-failed"), "misread");
  assert.equal(failureOf(429, "too-many-requests"), "busy");
  assert.equal(failureOf(502, undefined), "failed");
});
