import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..");

/** Message files stand side by side: `<name>.zh-CN.ts` and `<name>.en.ts`. */
const CHINESE = globSync(
  [
    "contract/messages/*.zh-CN.ts",
    "apps/*/*/messages.zh-CN.ts",
    "apps/*/*/*.zh-CN.ts",
    "ui/**/*.zh-CN.ts",
  ],
  { cwd: ROOT },
);

function paths(value: unknown, prefix = ""): string[] {
  if (typeof value !== "object" || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, member]) => paths(member, `${prefix}.${key}`));
}

/** Parameters are the same on both sides, in any order. */
function parameters(value: unknown, prefix = ""): string[] {
  if (typeof value === "string") {
    const names = [...value.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]);
    return [`${prefix}: ${[...new Set(names)].toSorted().join(",")}`];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => parameters(member, `${prefix}.${key}`));
}

/** i18next's plural forms: Chinese has one, English two. */
function withoutPlurals(keys: readonly string[]): string[] {
  return [...new Set(keys.map((key) => key.replace(/_(one|other)(?=$|:)/, "")))].toSorted();
}

/** A message file has one export. */
async function messagesOf(file: string): Promise<unknown> {
  const exported = Object.values((await import(join(ROOT, file))) as object);
  assert.equal(exported.length, 1, file);
  return exported[0];
}

test("there are message files", () => {
  assert.equal(CHINESE.length > 3, true);
});

for (const file of new Set(CHINESE)) {
  test(`${file} says the same things in English`, async () => {
    const zh = await messagesOf(file);
    const en = await messagesOf(file.replace(".zh-CN.", ".en."));
    assert.deepEqual(withoutPlurals(paths(en)), withoutPlurals(paths(zh)));
    assert.deepEqual(withoutPlurals(parameters(en)), withoutPlurals(parameters(zh)));
  });
}
