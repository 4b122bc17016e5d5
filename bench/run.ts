import { execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

/**
 * `npm run bench -- <name> [--database-url URL | --embedded] [--quick]`: runs one benchmark and
 * prints, as its last line, one JSON object with every figure and `ok`. `planning` takes its own
 * options: `[--scenario FILE.json] [--random-towns N] [--seeds N] [--picture FILE.svg]
 *   [--sensitivity]`.
 */
export interface BenchOptions {
  readonly databaseUrl: string | undefined;
  readonly embedded: boolean;
  /** Smaller sizes, to see that it runs; its figures prove nothing. */
  readonly quick: boolean;
  /** Of `planning`: the town, how many of it, and where the cost curve is drawn. */
  readonly scenario: string | undefined;
  /** So many towns that chance drew. */
  readonly randomTowns: string | undefined;
  readonly seeds: string | undefined;
  readonly picture: string | undefined;
  /** Chosen constants halved and doubled. */
  readonly sensitivity: boolean;
}

export interface Benchmark {
  readonly name: string;
  run(options: BenchOptions): Promise<{ readonly ok: boolean; readonly [figure: string]: unknown }>;
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        "database-url": { type: "string" },
        embedded: { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        scenario: { type: "string" },
        "random-towns": { type: "string" },
        seeds: { type: "string" },
        picture: { type: "string" },
        sensitivity: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    // A misspelt option would otherwise measure something else than was asked for.
    console.error((error as Error).message);
    process.exit(2);
  }
}

const { values, positionals } = options();
const [wanted] = positionals;
const file = wanted === undefined ? undefined : join(import.meta.dirname, `${wanted}.bench.ts`);
if (file === undefined || !existsSync(file)) {
  const names = globSync("*.bench.ts", { cwd: import.meta.dirname }).map((name) =>
    name.replace(".bench.ts", ""),
  );
  console.error(`Usage: npm run bench -- <name>\nNames: ${names.toSorted().join(", ")}`);
  process.exit(2);
}
const benchmark = (await import(file)) as Benchmark;
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
console.log(
  `${benchmark.name} at ${commit}: ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
const figures = await benchmark.run({
  databaseUrl: values["database-url"],
  embedded: values.embedded,
  quick: values.quick,
  scenario: values.scenario,
  randomTowns: values["random-towns"],
  seeds: values.seeds,
  picture: values.picture,
  sensitivity: values.sensitivity,
});
console.log(JSON.stringify({ name: benchmark.name, commit, ...figures }));
process.exit(figures.ok ? 0 : 1);
