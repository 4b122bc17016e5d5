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

/** Parameters are the same on both sides, in any order; only a singular may leave its number unsaid. */
function parameters(value: unknown, prefix = ""): string[] {
  if (typeof value === "string") {
    const names = [...value.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]);
    return [`${prefix}: ${[...new Set(names)].toSorted().join(",")}`];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !(key.endsWith("_one") && pluralOf(key).some((other) => other in value)))
    .flatMap(([key, member]) => parameters(member, `${prefix}.${key}`));
}

const pluralOf = (key: string): string[] => [
  key.replace(/_one$/, ""),
  key.replace(/_one$/, "_other"),
];

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

for (const file of new Set<string>(CHINESE)) {
  test(`${file} says the same things in English`, async () => {
    const zh = await messagesOf(file);
    const en = await messagesOf(file.replace(".zh-CN.", ".en."));
    assert.deepEqual(withoutPlurals(paths(en)), withoutPlurals(paths(zh)));
    assert.deepEqual(withoutPlurals(parameters(en)), withoutPlurals(parameters(zh)));
  });
}

/** Server and phone join the refusals of all subjects in one map, so one code has one sentence. */
for (const locale of ["zh-CN", "en"]) {
  test(`a refusal that two subjects share reads the same in both (${locale})`, async () => {
    const sentences = new Map<string, string>();
    for (const file of globSync(`contract/messages/*.${locale}.ts`, { cwd: ROOT })) {
      const { refusals = {} } = (await messagesOf(file)) as { refusals?: Record<string, string> };
      for (const [code, sentence] of Object.entries(refusals)) {
        assert.equal(sentences.get(code) ?? sentence, sentence, `${code} in ${file}`);
        sentences.set(code, sentence);
      }
    }
    assert.ok(sentences.size > 100);
  });
}
