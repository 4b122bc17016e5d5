import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { test } from "node:test";
import { DAY_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { zhCN } from "./messages.zh-CN.ts";
import { auditInput, detailLines } from "./view-model.ts";

test("a last day is seen whole", () => {
  const day = startOfLocalDay("2026-11-22");
  assert.deepEqual(auditInput({ size: 50, from: "2026-11-22", to: "2026-11-22" }), {
    size: 50,
    from: day,
    to: day + DAY_MS,
  });
});

test("a day that does not exist is not asked for", () => {
  assert.deepEqual(auditInput({ size: 50, from: "2026-02-30", action: "a.b" }), {
    size: 50,
    action: "a.b",
  });
});

test("details are told as they are", () => {
  assert.deepEqual(detailLines({ role: "auditor", count: 3, gone: null }), [
    { name: "role", value: "auditor" },
    { name: "count", value: "3" },
    { name: "gone", value: "null" },
  ]);
  assert.deepEqual(detailLines(null), []);
});

test("every action that the server writes down in full has a name", async () => {
  const folder = new URL("../../../server/", import.meta.url);
  const nameless: string[] = [];
  for await (const file of glob("*/*.ts", { cwd: folder })) {
    if (file.includes("test")) continue;
    const source = await readFile(new URL(file, folder), "utf8");
    for (const [, subject = "", name = ""] of source.matchAll(
      /action: "([a-z_-]+)\.([a-z_-]+)"/g,
    )) {
      const known: Readonly<Record<string, Readonly<Record<string, string>>>> = zhCN.action;
      if (known[subject]?.[name] === undefined) nameless.push(`${subject}.${name}`);
    }
  }
  assert.deepEqual(nameless, []);
});
