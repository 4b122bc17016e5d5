/**
 * What was chosen, not found in counts, halved and doubled: does the result hang on it? The sources are
 * copied with the constant changed, and the same towns planned with the copy.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { estimate, shown } from "./measure.ts";
import { type Outcome, outcomes } from "./outcomes.ts";

/** Weights of the rates: by file, the constants that somebody chose. */
const CHOSEN: Readonly<Record<string, readonly string[]>> = {
  "masses.ts": ["PATTERN_WEIGHT", "TYPE_WEIGHT", "BUILDING_WEIGHT", "SETTLED"],
  "rates.ts": ["CITY_KNOCKS", "FACTOR_WEIGHT"],
  "strength.ts": ["DOUBLING"],
  "beliefs.ts": ["DOUBT"],
};
const FACTORS = [0.5, 2];

/** The same, by sources in which one constant is another. */
function changedOutcomes(file: string, constant: string, factor: number, seeds: number) {
  const root = join(import.meta.dirname, "../..");
  const copy = mkdtempSync(join(tmpdir(), "wanjia-sensitivity-"));
  try {
    for (const part of ["domain", "bench"]) {
      cpSync(join(root, part), join(copy, part), {
        recursive: true,
        filter: (path) => !path.includes("node_modules"),
      });
    }
    writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
    mkdirSync(join(copy, "node_modules/@wanjia"), { recursive: true });
    symlinkSync(join(copy, "domain"), join(copy, "node_modules/@wanjia/domain"));
    const path = join(copy, "domain/planning", file);
    const text = readFileSync(path, "utf8");
    const pattern = new RegExp(`const ${constant} = ([\\d.]+);`);
    const value = Number(pattern.exec(text)?.[1]);
    if (Number.isNaN(value)) throw new Error(`${file} has no constant ${constant}`);
    writeFileSync(path, text.replace(pattern, `const ${constant} = ${value * factor};`));
    const script = `import { outcomes } from ${JSON.stringify(join(copy, "bench/planning/outcomes.ts"))};
      console.log(JSON.stringify(outcomes(${seeds}, "planner")));`;
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    return { value: value * factor, outcomes: JSON.parse(printed) as Outcome[] };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Prints a row for each constant halved and doubled; true when none of them moves hours by a twentieth. */
export function isInsensitive(seeds: number): boolean {
  const list = outcomes(seeds, "list");
  const usual = outcomes(seeds, "planner");
  const ratiosTo = (of: readonly Outcome[], to: readonly Outcome[]) =>
    estimate(
      of.map(({ hours }, i) => {
        const other = to[i]?.hours;
        return hours === null || other == null ? null : hours / other;
      }),
    );
  const row = (name: string, of: readonly Outcome[]): number => {
    const against = ratiosTo(of, usual);
    console.log(
      [
        name.padEnd(28),
        `/ (c) ${shown(ratiosTo(of, list), 3)}`,
        `/ as chosen ${shown(against, 3)}`,
        `worst building against (c) ${shown(estimate(of.map((one, i) => 100 * (one.worst - (list[i]?.worst ?? 0)))), 1)}`,
        `coverage ${shown(estimate(of.map((one) => 100 * one.coverage)), 1)}`,
      ].join("  "),
    );
    return against.mean;
  };
  row("as chosen", usual);
  const moved = Object.entries(CHOSEN).flatMap(([file, constants]) =>
    constants.flatMap((constant) =>
      FACTORS.map((factor) => {
        const { value, outcomes: of } = changedOutcomes(file, constant, factor, seeds);
        return row(`${constant} ${value}`, of);
      }),
    ),
  );
  return moved.every((ratio) => Math.abs(ratio - 1) < 0.05);
}
