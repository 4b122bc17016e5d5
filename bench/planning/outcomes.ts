/** What the planner and the list come to, seed by seed, in the default town and in random ones. */
import { notHomeList } from "./baselines.ts";
import { worst } from "./measure.ts";
import { planner } from "./planned.ts";
import { randomTowns } from "./random-towns.ts";
import { DEFAULT } from "./scenario.ts";
import { simulate } from "./simulate.ts";
import { makeUnit } from "./world.ts";

const TOWNS = 8;

export interface Outcome {
  /** Null when 95 % are never reached. */
  readonly hours: number | null;
  readonly worst: number;
  readonly coverage: number;
}

export function outcomes(seeds: number, policy: "planner" | "list"): readonly Outcome[] {
  return [DEFAULT, ...randomTowns(TOWNS)].flatMap((scenario) =>
    Array.from({ length: seeds }, (_, seed) => {
      const of = policy === "planner" ? planner(scenario) : notHomeList(scenario);
      const course = simulate(makeUnit(scenario, `${seed}.0`), of);
      return {
        hours: course.hoursTo(0.95),
        worst: worst(course),
        coverage: course.coverageAtDeadline,
      };
    }),
  );
}
