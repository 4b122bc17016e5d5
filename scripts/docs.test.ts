import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

/** What pages say of the code has to be there: paths, links, commands, words and counts. */
const ROOT = join(import.meta.dirname, "..");
const PAGES = globSync(["*.md", "docs/**/*.md", "domain/*/README.md", "bench/*.md"], { cwd: ROOT });
const textOf = (page: string): string => readFileSync(join(ROOT, page), "utf8");

const FOLDERS = "apps bench contract demo docs domain e2e scripts server sync ui .ci".split(" ");
const files = [
  ...readdirSync(ROOT, { withFileTypes: true }).flatMap((one) => (one.isFile() ? one.name : [])),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name).slice(ROOT.length + 1)),
  ),
].filter((file) => !/(?:^|\/)(?:node_modules|dist)\//.test(file));

/** From the root, or the end of a path: `sync/outbox.ts`, `domain/<subject>/policy.ts`, `jobs.ts`. */
function isThere(path: string): boolean {
  const pattern = path
    .replace(/\/$/, "")
    .replaceAll(/[.+]/g, "\\$&")
    .replaceAll(/<\w+>/g, "[^/]+")
    .replaceAll("*", "[^/]*");
  const start = FOLDERS.includes(path.split("/", 1)[0] ?? "") ? "^" : "(?:^|/)";
  const found = new RegExp(`${start}${pattern}(?:/|$)`);
  return files.some((file) => found.test(file));
}

function pathsIn(page: string): string[] {
  const code = [...textOf(page).matchAll(/`([\w./<>*-]+)`/g)].map(([, text = ""]) => text);
  return code.filter(
    (text) =>
      /^[\w<>*-][\w./<>*-]*\.(?:tsx?|sql|md|json|css)$/.test(text) ||
      FOLDERS.some((folder) => text.startsWith(`${folder}/`)),
  );
}

test("every path that a page names is there", () => {
  const missing = PAGES.flatMap((page) =>
    pathsIn(page).flatMap((path) => (isThere(path) ? [] : `${page}: ${path}`)),
  );
  assert.deepEqual(missing, []);
});

test("every link of a page leads somewhere", () => {
  const dead = PAGES.flatMap((page) =>
    [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)/g)]
      .map(([, link = ""]) => link)
      .flatMap((link) => (existsSync(join(ROOT, dirname(page), link)) ? [] : `${page}: ${link}`)),
  );
  assert.deepEqual(dead, []);
});

test("every command that a page gives is a script of package.json", () => {
  const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
  const unknown = PAGES.flatMap((page) =>
    [...textOf(page).matchAll(/npm run ([\w-]+)/g)]
      .map(([, name = ""]) => name)
      .flatMap((name) => (name in scripts ? [] : `${page}: ${name}`)),
  );
  assert.deepEqual(unknown, []);
});

test("every identifier of the glossary stands in the code", () => {
  const code = files
    .filter((file) => /^(?:apps|contract|domain|server|sync|ui)\/.*\.(?:tsx?|sql)$/.test(file))
    .map(textOf)
    .join("\n");
  const words = new Set(code.match(/\w+/g));
  const identifiers = textOf("docs/glossary.md")
    .split("\n")
    .flatMap((row) => row.split("|")[3]?.match(/(?<=`)\w+(?=`)/g) ?? []);
  assert.ok(identifiers.length > 50);
  assert.deepEqual(
    identifiers.filter((one) => !words.has(one) && !words.has(`${one}s`)),
    [],
  );
});

test("docs/programme.md counts its rows, and says of each that is here where", () => {
  const page = textOf("docs/programme.md");
  const rows = [...page.matchAll(/^\| \d\.\d+ +\|.*\| (here|part|not yet|no) +\| (.+?) +\|$/gm)];
  const count = (state: string): number => rows.filter(([, of]) => of === state).length;
  const head = `${rows.length} rows: ${count("here")} here, ${count("part")} part, ${count("not yet")} not yet, ${count("no")} no.`;
  assert.ok(page.includes(head), head);
  const vague = rows.filter(([, of, where = ""]) => of === "here" && !/`|K\d\d|desk “/.test(where));
  assert.deepEqual(vague.map(String), []);
});
