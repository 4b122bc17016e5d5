import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { postgresBinaries, startPostgres } from "./postgres.ts";

/**
 * `npm test`: everything that has to hold, in the order in which a fault is cheapest to learn.
 * `npm test -- server` runs one part.
 */
const ROOT = join(import.meta.dirname, "..");
const BIN = join(ROOT, "node_modules", ".bin");

interface Part {
  readonly name: string;
  run(): boolean | Promise<boolean>;
}

function command(
  program: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): boolean {
  const { status } = spawnSync(join(BIN, program), args, {
    cwd: ROOT,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: `${BIN}:${process.env["PATH"]}`,
      // Every test file is a process that loads the whole server, and some start it many times.
      NODE_COMPILE_CACHE: join(ROOT, ".cache", "compiled"),
      ...environment,
    },
  });
  return status === 0;
}

function tests(globs: readonly string[], environment: Record<string, string> = {}): boolean {
  const files = globSync([...globs], { cwd: ROOT, exclude: (name) => name === "node_modules" });
  return command(
    "node",
    [
      "--test",
      "--test-concurrency=2",
      "--test-reporter=dot",
      "--test-reporter-destination=stdout",
      ...files.toSorted((a, b) => Number(isLong(b)) - Number(isLong(a)) || (a < b ? -1 : 1)),
    ],
    environment,
  );
}

/** Servers that are killed fifty times take minutes: all else runs beside them. */
function isLong(file: string): boolean {
  return file.endsWith("/faults.test.ts");
}

const TYPES = [
  "domain",
  "contract",
  "sync",
  "ui",
  "server",
  "apps/field",
  "apps/console",
  "apps/public",
  "demo",
  "e2e",
  "bench",
  "scripts",
];
const UNIT = [
  "domain/**/*.test.ts",
  "contract/**/*.test.ts",
  "sync/**/*.test.ts",
  "ui/**/*.test.ts",
  "apps/**/*.test.ts",
  "scripts/**/*.test.ts",
  "demo/**/*.test.ts",
  "bench/**/*.test.ts",
];
const SERVER = ["server/**/*.test.ts"];

/** On a throw-away PostgreSQL, which may forget what it was told when the power fails. */
async function onPostgres(work: (url: string) => boolean): Promise<boolean> {
  const postgres = await startPostgres({ settings: { fsync: "off" } });
  try {
    return work(postgres.url);
  } finally {
    await postgres.stop();
  }
}

function serverOnPostgres(): boolean | Promise<boolean> {
  if (postgresBinaries() !== null) {
    return onPostgres((url) => tests(SERVER, { TEST_DATABASE_URL: url }));
  }
  if (process.env["CI"] === "true") {
    console.error("CI has to test on PostgreSQL, and its programs are not here");
    return false;
  }
  console.log(
    "PostgreSQL is not installed here: the server was tested on the embedded database alone",
  );
  return true;
}

/** Where there is a PostgreSQL the cities stand on it: they are made sooner and leave the browser more. */
function browser(): boolean | Promise<boolean> {
  const stories = (environment = {}): boolean =>
    command("playwright", ["test", "-c", "e2e/playwright.config.ts"], environment);
  return postgresBinaries() === null
    ? stories()
    : onPostgres((url) => stories({ TEST_DATABASE_URL: url }));
}

const PARTS: readonly Part[] = [
  { name: "format", run: () => command("oxfmt", ["--check", "."]) },
  { name: "lint", run: () => command("oxlint", ["--type-aware"]) },
  { name: "types", run: () => TYPES.every((project) => command("tsc", ["-p", project])) },
  { name: "dead code", run: () => command("knip", []) },
  { name: "promise", run: () => command("node", ["scripts/lint-promise.ts"]) },
  { name: "unit", run: () => tests(UNIT) },
  { name: "server", run: () => tests(SERVER) },
  { name: "server on PostgreSQL", run: serverOnPostgres },
  { name: "build", run: () => command("node", ["scripts/build.ts"]) },
  { name: "browser", run: browser },
];

const wanted = process.argv.slice(2);
const parts = PARTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (parts.length === 0) {
  console.error(`No such part. Parts: ${PARTS.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
const failed: string[] = [];
for (const part of parts) {
  const started = performance.now();
  console.log(`\n── ${part.name}`);
  const passed = await part.run();
  console.log(
    `── ${part.name}: ${passed ? "passed" : "FAILED"} in ${Math.round((performance.now() - started) / 1000)} s`,
  );
  if (!passed) failed.push(part.name);
}
console.log(`\n${parts.length - failed.length} passed, ${failed.length} failed`);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}`);
  process.exit(1);
}
