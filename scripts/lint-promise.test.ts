import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { FORBIDDEN_TERMS } from "@wanjia/domain/privacy/forbidden-terms";
import { lintPromise, lintSchema, lintText, OURS } from "./lint-promise.ts";

const ROOT = join(import.meta.dirname, "..");

test("the promise holds in this repository", () => {
  assert.deepEqual(lintPromise(ROOT), []);
});

/** Each a fault that someone might plant, in the kind of file where it would stand. */
const faults: readonly (readonly [string, string])[] = [
  ["server/migrations/0099-x.sql", "alter table place add column risk_level text;"],
  ["server/migrations/0099-x.sql", "alter table visit add column ethnicity text;"],
  ["server/migrations/0099-x.sql", "create table key_person (bureau_id uuid not null);"],
  [
    "server/migrations/0099-x.sql",
    "alter table place add check (use in ('residential', 'watch_list'));",
  ],
  ["server/migrations/0099-x.sql", "create table visit_gps (gps_track jsonb);"],
  ["server/migrations/0099-x.sql", "alter table place add column 重点人员 boolean;"],
  ["domain/visits/form-x.ts", 'export const q = { id: "religion", label: "宗教信仰" };'],
  ["domain/visits/form-x.ts", 'export const q = { id: "q7", label: "家中有无前科人员" };'],
  ["domain/visits/form-x.ts", 'export const q = { id: "q7", label: "是否少数民族" };'],
  ["domain/visits/form-x.ts", 'export const options = ["self", "rented", "流动人口"];'],
  ["domain/visits/terms.ts", 'export const KINDS = ["tenant", "suspect"] as const;'],
  ["domain/visits/terms.ts", "export type Visit = { personScore: number };"],
  ["contract/x.ts", "export const row = z.object({ idCard: z.string() });"],
  ["contract/x.ts", 'export const kind = z.enum(["ordinary", "key_person"]);'],
  ["contract/x.ts", 'export const path = "/places/blacklist";'],
  ["contract/messages/x.zh-CN.ts", 'export const x = { a: "风险等级" };'],
  ["contract/messages/x.en.ts", 'export const x = { a: "Risk level" };'],
  ["contract/messages/x.en.ts", 'export const x = { political_status: "…" };'],
  ["apps/console/x/messages.zh-CN.ts", 'export const x = { tab: "重点人员" };'],
  ["apps/field/x/messages.zh-CN.ts", 'export const x = { scan: "人脸识别" };'],
  ["server/x/queries.ts", "export const q = sql`select criminal_record from place`;"],
  ["server/x/read-model.ts", "export const q = sql`select count(*) from refusers`;"],
  ["demo/x.ts", 'export const story = "这户是上访户，注意";'],
  ["sync/x.ts", "export type Device = { imei: string };"],
];

test("every planted fault is reported, by file and line", () => {
  for (const [file, text] of faults) {
    const breaches = lintText(file, `\n${text}\n`);
    assert.ok(breaches.length > 0, text);
    assert.equal(breaches[0]?.line, 2, text);
  }
});

test("every forbidden word is found as a column, and every Chinese one as a label", () => {
  for (const { words, contains } of FORBIDDEN_TERMS) {
    for (const word of words)
      assert.ok(
        lintText("server/migrations/0099-x.sql", `alter table t add ${word} text;`).length > 0,
        word,
      );
    for (const word of contains) {
      if (!/\p{Script=Han}/u.test(word) || /不|未/u.test(word)) continue;
      assert.ok(
        lintText("contract/messages/x.zh-CN.ts", `export const x = { a: "${word}" };`).length > 0,
        word,
      );
    }
  }
});

test("a table of people, a number on a home and a phone on a visit are found whatever they are called", () => {
  const schema = (text: string) =>
    lintSchema("server/migrations/0099-x.sql", text).map(({ token }) => token);
  assert.deepEqual(schema("create table resident (\n  bureau_id uuid not null\n);"), ["resident"]);
  assert.deepEqual(schema("create table place (\n  id uuid,\n  weight integer\n);"), [
    "place.weight",
  ]);
  assert.deepEqual(schema("create table visit (\n  id uuid,\n  phone text\n);"), ["visit.phone"]);
  assert.deepEqual(schema("create table door (\n  id uuid,\n  colour text\n);"), ["door.colour"]);
  assert.deepEqual(schema("create table member (\n  id uuid,\n  public_phone text\n);"), []);
});

test("saying that something is not taken is allowed, and so are comments", () => {
  const allowed: readonly (readonly [string, string])[] = [
    [
      "contract/messages/x.zh-CN.ts",
      'export const x = { a: "不收集：身份证号、人脸指纹、民族宗教、政治面貌、病史、行踪。" };',
    ],
    [
      "contract/messages/x.en.ts",
      'export const x = { a: "Never used to score or rank persons, whatever their religion" };',
    ],
    ["domain/visits/x.ts", "// No risk_level, no ethnicity, no 重点人员.\nexport const x = 1;"],
    ["server/migrations/0099-x.sql", "-- never: person_score\ncreate table t (id uuid);"],
    ["contract/x.ts", 'export const route = { path: "/stations/{id}/card" };'],
    ["domain/matters/x.ts", 'export const grade = ["ordinary", "major"]; // hazard of a place'],
  ];
  for (const [file, text] of allowed) assert.deepEqual(lintText(file, text), [], text);
});

test("each word that is let through would be reported, and says why it is ours", () => {
  for (const [token, reason] of Object.entries(OURS)) {
    assert.ok(reason.length > 5, token);
    assert.deepEqual(lintText("contract/x.ts", `export const x = ["${token}"];`), []);
    assert.ok(lintText("contract/x.ts", `export const x = ["${token}_x 风险等级"];`).length > 0);
  }
});

test("run as a program it stops the build and says where", () => {
  const folder = mkdtempSync(join(tmpdir(), "promise-"));
  try {
    const file = join(folder, "server/migrations/0001-x.sql");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "create table t (\n  risk_score integer\n);");
    assert.deepEqual(
      lintPromise(folder).map(({ file: name, line, token }) => [name, line, token]),
      [["server/migrations/0001-x.sql", 2, "risk_score"]],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  assert.match(
    execFileSync(process.execPath, [join(import.meta.dirname, "lint-promise.ts")], {
      encoding: "utf8",
    }),
    /promise holds/,
  );
});
