import assert from "node:assert/strict";
import { test } from "node:test";
import { readFailure } from "./failure.ts";

function raised(code: string, status: number, message = "", data?: unknown): Error {
  return Object.assign(new Error(message), { code, status, data });
}

test("a refusal keeps its code, sentence, numbers and fields", () => {
  assert.deepEqual(
    readFailure(
      raised("sign-in-locked", 429, "请 15 分钟后再试", {
        params: { minutes: 15 },
        errors: [{ path: "login", message: "…" }],
      }),
    ),
    {
      kind: "refused",
      code: "sign-in-locked",
      status: 429,
      sentence: "请 15 分钟后再试",
      params: { minutes: 15 },
      fields: [{ path: "login", message: "…" }],
    },
  );
});

test("a lost connection is not the server's fault", () => {
  assert.deepEqual(readFailure(new TypeError("Failed to fetch")), { kind: "network" });
});

test("an ended session is told apart from a wrong password", () => {
  assert.equal(readFailure(raised("not-signed-in", 401)).kind, "signed_out");
  assert.equal(readFailure(raised("sign-in-failed", 401)).kind, "refused");
});

test("broken machinery is broken, with the server's sentence if there is one", () => {
  assert.deepEqual(readFailure(raised("internal-error", 500, "编号 7")), {
    kind: "broken",
    sentence: "编号 7",
  });
  assert.deepEqual(readFailure("?"), { kind: "broken", sentence: undefined });
});
