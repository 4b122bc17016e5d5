/**
 * The promise, held mechanically: no table, column, value, form question, endpoint or label may be
 * there for data that this product does not take (domain/privacy/forbidden-terms.ts). Run by
 * `node scripts/lint-promise.ts`; exits 1 and names every place.
 *
 * Looked at: migrations, the domain, the contract, message files of server and apps, demo stories.
 * Left alone: the word lists themselves, their examples and tests, prose documentation, comments,
 * and sentences that say no (`不收集：身份证号…`).
 */
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { forbiddenIn } from "@wanjia/domain/privacy/columns";

export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly token: string;
  readonly category: string;
  readonly term: string;
}

const LOOKED_AT = [
  "server/migrations/*.sql",
  "domain/**/*.ts",
  "contract/**/*.ts",
  "sync/**/*.ts",
  "server/**/{queries,read-model,commands,routes,jobs}.ts",
  "apps/*/**/messages.*.ts",
  "demo/**/*.ts",
];

/** Each with its reason; a new line here is a decision that a reviewer sees. */
const LEFT_ALONE: readonly (readonly [RegExp, string])[] = [
  [/node_modules|\/dist\//, "not ours"],
  [/\.test\.ts$/, "tests plant faults and name what must not be"],
  [
    /^domain\/privacy\/(?:forbidden-terms|columns|inspect|inspect-examples|terms)\.ts$/,
    "the word lists and the detector",
  ],
  [/^contract\/messages\/privacy\./, "the detector's own warnings"],
];

/** A sentence with one of these says that something is *not* taken, or asks to leave it out. */
const SAYS_NO =
  /不收集|不采集|不登记|不记录|不得|不要|不含|不问|不用于|不保存|不涉及|不能|勿|禁止|拒绝|删去|没有|无需|未|拒收|不(?=做|作|是|写|填|留|记)|\b(?:not?|never|without|nor|none|remove|refused?|neither|don't|must not|forbidden)\b/iu;

/**
 * Words of our own that contain a forbidden one and mean something else. Whole tokens only, and
 * never in the schema.
 */
export const OURS: Readonly<Record<string, string>> = {
  id_number: "kind of finding of the note detector",
  "id-number-in-cell": "reason for which a row is refused",
  "id-number-in-column": "reason for which a file is refused",
  含有身份证号码: "reason for which a row is refused",
  "text-suspicious": "refusal of a note that the detector warns of",
  child_or_sexual_harm: "stop before mediation: such a matter is handed over, not kept",
  涉嫌犯罪: "reason to hand a matter over, not a datum on anyone",
  身份证户口: "service: help with papers",
  "身份证、户口": "service: help with papers",
  "是否需要户口、居住证、身份证办理帮助": "service: help with papers",
  "居民身份证法 12": "law that limits the time of that service",
  atRisk: "term of survival analysis: homes not yet met",
};

/** Comments blanked, line for line. */
function withoutComments(text: string, sql: boolean): string {
  const blank = (match: string): string => match.replaceAll(/[^\n]/g, " ");
  if (sql) return text.replaceAll(/--[^\n]*/g, blank).replaceAll(/\/\*[\s\S]*?\*\//g, blank);
  return text.replaceAll(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g,
    (match, literal: string | undefined) => literal ?? blank(match),
  );
}

/** English words are names up to this many; longer texts are sentences and only Chinese is looked for. */
const NAME_WORDS = 3;

type Hit = { category: string; term: string } | null;
const judged = new Map<string, Hit>();

/** The same few thousand names come again and again. */
function judge(token: string, sql: boolean): Hit {
  const key = `${sql} ${token}`;
  const known = judged.get(key);
  if (known !== undefined) return known;
  const hit = judgeAnew(token, sql);
  judged.set(key, hit);
  return hit;
}

function judgeAnew(token: string, sql: boolean): Hit {
  if ((!sql && OURS[token] !== undefined) || SAYS_NO.test(token)) return null;
  const chinese = /\p{Script=Han}/u.test(token);
  if (!chinese && token.trim().split(/[\s,;:()]+/).length > NAME_WORDS) return null;
  // A parameter in a path is no word of it: `/stations/{id}/card`.
  return forbiddenIn(token.replaceAll(/\{\w+\}/g, "/ /"));
}

export function lintText(file: string, text: string): Breach[] {
  const sql = file.endsWith(".sql");
  const code = withoutComments(text, sql);
  const breaches: Breach[] = [];
  const seen = new Set<string>();
  const look = (token: string, index: number): void => {
    const hit = judge(token, sql);
    if (hit === null) return;
    const line = code.slice(0, index).split("\n").length;
    const key = `${line} ${hit.term}`;
    if (seen.has(key)) return;
    seen.add(key);
    breaches.push({ file, line, token: token.slice(0, 80), ...hit });
  };
  // Texts: values, labels, quoted keys.
  const literals = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;
  for (const match of code.matchAll(literals)) {
    const literal = match[1] ?? match[2] ?? match[3] ?? "";
    // SQL inside a template is looked at word by word below.
    if (match[3] === undefined) look(literal, match.index);
    else
      for (const part of literal.split(/[\n。；;]/u))
        if (/\p{Script=Han}/u.test(part)) look(part, match.index);
  }
  // Names: columns, tables, properties, constants; also those inside SQL templates.
  const bare = sql
    ? code
    : code.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (text) =>
        " ".repeat(text.length),
      );
  for (const match of bare.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) look(match[0], match.index);
  return breaches;
}

/** Nobody is a row: tables that would make a register of people. Members are the police themselves. */
const PERSON_TABLE =
  /^(?:person|people|resident|citizen|inhabitant|household_member|occupant|tenant|suspect|individual)s?(?:_|$)/;
/** On a door or a visit nothing points at who lives there, and no number ranks it. */
const PLACE_TABLES = new Set(["place", "place_alias", "door", "visit", "plate"]);
const PERSON_COLUMN =
  /phone|resident|owner|tenant|occupant|head_?count|birth|gender|score|rank|colou?r|salutation/;
const NUMBER_TYPE = /^(?:smallint|int|integer|bigint|numeric|decimal|real|float|double)/;
/** Numbers on `place` that count changes, not people. */
const PLACE_NUMBERS = new Set(["changed_seq"]);

/** What a schema may not have however it is called. */
export function lintSchema(file: string, text: string): Breach[] {
  const code = withoutComments(text, true);
  const breaches: Breach[] = [];
  for (const table of code.matchAll(
    /create (?:unlogged )?table (?:if not exists )?(\w+) \(([\s\S]*?)\n\);?/g,
  )) {
    const [, name = "", body = ""] = table;
    const line = (offset: number): number => code.slice(0, table.index + offset).split("\n").length;
    if (PERSON_TABLE.test(name)) {
      breaches.push({
        file,
        line: line(0),
        token: name,
        category: "personal_roster",
        term: "table of people",
      });
    }
    if (!PLACE_TABLES.has(name)) continue;
    const start = table[0].indexOf("(") + 1;
    for (const column of body.matchAll(/^\s*(\w+)\s+([a-z]\w*)/gm)) {
      const [, columnName = "", type = ""] = column;
      if (PERSON_COLUMN.test(columnName)) {
        breaches.push({
          file,
          line: line(start + column.index + 1),
          token: `${name}.${columnName}`,
          category: "personal_roster",
          term: columnName,
        });
      } else if (name === "place" && NUMBER_TYPE.test(type) && !PLACE_NUMBERS.has(columnName)) {
        breaches.push({
          file,
          line: line(start + column.index + 1),
          token: `${name}.${columnName}`,
          category: "person_score",
          term: `${type} on a place`,
        });
      }
    }
  }
  return breaches;
}

export function lintPromise(root: string): Breach[] {
  const breaches: Breach[] = [];
  for (const pattern of LOOKED_AT) {
    for (const path of globSync(pattern, {
      cwd: root,
      exclude: (name) => name === "node_modules" || name === "dist",
    })) {
      const file = relative(root, join(root, path));
      if (LEFT_ALONE.some(([left]) => left.test(file))) continue;
      const text = readFileSync(join(root, path), "utf8");
      breaches.push(...lintText(file, text));
      if (file.endsWith(".sql")) breaches.push(...lintSchema(file, text));
    }
  }
  return breaches;
}

if (import.meta.main) {
  const breaches = lintPromise(join(import.meta.dirname, ".."));
  for (const { file, line, token, category, term } of breaches) {
    console.error(
      `${file}:${line}: “${token}” holds “${term}” (${category}), which is not collected: docs/restraint.md`,
    );
  }
  if (breaches.length > 0) process.exit(1);
  console.log(
    "The promise holds: no forbidden data category in schema, forms, contract or messages.",
  );
}
