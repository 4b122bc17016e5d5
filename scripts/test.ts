import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { postgresBinaries, startPostgres } from "./postgres.ts";
import { TestProcess } from "./test-files.ts";

/**
 * `npm test`: everything that has to hold, in the order in which a fault is cheapest to learn, three
 * things at a time. `npm test -- server` runs one part.
 */
const ROOT = join(import.meta.dirname, "..");
const BIN = join(ROOT, "node_modules", ".bin");
/** One more than cores: tests of the server wait for jobs, disks and processes half of their time. */
const LANES = 3;
/** What took at least so long is told even when it passed. */
const WORTH_TELLING_MS = 3_000;

type Environment = Readonly<Record<string, string>>;

/** A command, or a file of tests. Says what failed, or null. */
interface Job {
  readonly name: string;
  run(lane: Lane): Promise<string | null>;
}

interface Part {
  readonly name: string;
  /** Everything of a part may run at the same time, and beside what is left of the part before. */
  readonly jobs: readonly Job[];
}

/** One thing at a time, and the process that the test files of a part share. */
class Lane {
  #shared: { readonly part: string; readonly process: TestProcess } | null = null;

  async test(part: string, file: string, environment: Environment): Promise<string | null> {
    if (ALONE.has(file)) {
      const own = new TestProcess(environmentOf(environment));
      const said = await own.run(join(ROOT, file));
      return (await own.end()) ?? said;
    }
    if (this.#shared?.part !== part || this.#shared.process.ended) {
      const before = await this.end();
      this.#shared = { part, process: new TestProcess(environmentOf(environment)) };
      if (before !== null) return before;
    }
    return this.#shared.process.run(join(ROOT, file));
  }

  async end(): Promise<string | null> {
    const shared = this.#shared;
    this.#shared = null;
    const said = (await shared?.process.end()) ?? null;
    return said === null ? null : `${shared?.part}, after the last test: ${said}`;
  }
}

function environmentOf(own: Environment): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${BIN}:${process.env["PATH"]}`,
    NODE_COMPILE_CACHE: join(ROOT, ".cache", "compiled"),
    ...own,
  };
}

function command(name: string, program: string, ...args: string[]): Job {
  return {
    name,
    async run() {
      let output = "";
      const child = spawn(join(BIN, program), args, { cwd: ROOT, env: environmentOf({}) });
      const keep = (chunk: Buffer): void => void (output += chunk.toString());
      child.stdout.on("data", keep);
      child.stderr.on("data", keep);
      const [status] = await once(child, "close");
      return status === 0 ? null : output;
    },
  };
}

function tests(part: string, globs: readonly string[], environment: Environment = {}): Part {
  const files = globSync([...globs], { cwd: ROOT, exclude: (name) => name === "node_modules" });
  const weight = (file: string): number =>
    (LONG.includes(file) ? 1e9 - LONG.indexOf(file) : 0) + statSync(join(ROOT, file)).size;
  return {
    name: part,
    jobs: files
      .toSorted((a, b) => weight(b) - weight(a))
      .map((file) => ({ name: file, run: (lane) => lane.test(part, file, environment) })),
  };
}

/** The longest begin first, so that nothing waits for them at the end. */
const LONG = [
  "server/platform/faults.test.ts",
  "server/openapi.test.ts",
  "server/start.test.ts",
  "server/cli.test.ts",
  "demo/load.test.ts",
  "sync/fuzz.test.ts",
  "domain/insight/golden.test.ts",
  "domain/matters/invariants.test.ts",
  "demo/city.test.ts",
];

/**
 * These change what others in the process would see (its environment, its console, what phones may
 * send), or start servers that they kill.
 */
const ALONE = new Set([
  "demo/load.test.ts",
  "server/cli.test.ts",
  "server/openapi.test.ts",
  "server/platform/disk-full.test.ts",
  "server/platform/faults.test.ts",
  "server/platform/sync.test.ts",
  "server/platform/sync-fuzz.test.ts",
  "server/start.test.ts",
]);

const PACKAGES = [
  "apps/console",
  "server",
  "tsconfig.tools.json",
  "apps/public",
  "apps/field",
  "contract",
  "domain",
  "ui",
  "scripts",
  "sync",
];

const STATIC: readonly Part[] = [
  { name: "format", jobs: [command("oxfmt", "oxfmt", "--check", ".")] },
  { name: "lint", jobs: [command("oxlint", "oxlint", "--type-aware")] },
  {
    name: "types",
    // One checker each: more of them check what they share once each.
    jobs: PACKAGES.map((project) => command(project, "tsc", "-p", project, "--checkers", "1")),
  },
  { name: "dead code", jobs: [command("knip", "knip")] },
  { name: "promise", jobs: [command("lint-promise", "node", "scripts/lint-promise.ts")] },
];
const UNIT = ["domain", "contract", "sync", "ui", "apps", "scripts", "demo", "bench"].map(
  (folder) => `${folder}/**/*.test.ts`,
);
const SERVER = ["server/**/*.test.ts"];
const BUILD = { name: "build", jobs: [command("build", "node", "scripts/build.ts")] };
const ON_POSTGRES = "server on PostgreSQL";
const BROWSER = "browser";

async function browser(environment: Environment): Promise<boolean> {
  console.log(`\n── ${BROWSER}`);
  const args = ["test", "-c", "e2e/playwright.config.ts"];
  const child = spawn(join(BIN, "playwright"), args, {
    cwd: ROOT,
    stdio: "inherit",
    env: environmentOf(environment),
  });
  const [status] = await once(child, "close");
  return status === 0;
}

/** All jobs of the parts, in their order, on all lanes; the names of the parts that failed. */
async function work(parts: readonly Part[]): Promise<Set<string>> {
  const started = performance.now();
  const seconds = (since: number): string => `${Math.round((performance.now() - since) / 1000)} s`;
  const failed = new Set<string>();
  const left = new Map(parts.map(({ name, jobs }) => [name, jobs.length]));
  const queue = parts.flatMap((part) => part.jobs.map((job) => ({ part: part.name, job })));
  const fail = (part: string, name: string, said: string): void => {
    failed.add(part);
    console.log(`\n✖ ${part}: ${name}\n${said}`);
  };
  const follow = async (): Promise<void> => {
    const lane = new Lane();
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { part, job } = next;
      const began = performance.now();
      const said = await job.run(lane);
      if (said !== null) fail(part, job.name, said);
      else if (performance.now() - began > WORTH_TELLING_MS)
        console.log(`✓ ${part}: ${job.name} (${seconds(began)})`);
      const still = (left.get(part) ?? 0) - 1;
      left.set(part, still);
      if (still === 0)
        console.log(`── ${part}: ${failed.has(part) ? "FAILED" : "passed"} by ${seconds(started)}`);
    }
    const said = await lane.end();
    if (said !== null) fail("the end", "of a process", said);
  };
  await Promise.all(Array.from({ length: LANES }, follow));
  return failed;
}

const wanted = process.argv.slice(2);
const names = [...STATIC.map(({ name }) => name), "unit", "server", ON_POSTGRES, "build", BROWSER];
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(", ")}. Parts: ${names.join(", ")}`);
  process.exit(2);
}

/** Throw-away, and it may forget what it was told when the power fails. */
const postgres =
  postgresBinaries() !== null && (isWanted(ON_POSTGRES) || isWanted(BROWSER))
    ? await startPostgres({ settings: { fsync: "off" } })
    : null;
const onPostgres: Environment = postgres === null ? {} : { TEST_DATABASE_URL: postgres.url };
const failed = await work(
  [
    ...STATIC,
    tests("unit", UNIT),
    tests("server", SERVER),
    ...(postgres === null ? [] : [tests(ON_POSTGRES, SERVER, onPostgres)]),
    BUILD,
  ].filter(({ name }) => isWanted(name)),
);
if (postgres === null && isWanted(ON_POSTGRES)) {
  console.log("PostgreSQL is not installed here: the server was tested on the embedded one alone");
  if (process.env["CI"] === "true") failed.add(ON_POSTGRES);
}
// Where there is a PostgreSQL the cities stand on it: they are made sooner and leave the browser more.
if (isWanted(BROWSER) && !(await browser(onPostgres))) failed.add(BROWSER);
await postgres?.stop();
if (failed.size > 0) {
  console.error(`\nFailed: ${[...failed].join(", ")}`);
  process.exit(1);
}
console.log("\nAll passed");
