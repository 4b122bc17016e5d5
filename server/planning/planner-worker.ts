import { parentPort } from "node:worker_threads";
import { beliefsOf } from "@wanjia/domain/planning/beliefs";
import { type Campaigning, costCurve, feasibilityOf } from "@wanjia/domain/planning/feasibility";
import { type CityRates, cityRates } from "@wanjia/domain/planning/rates";
import { planUnit, type Unit } from "@wanjia/domain/planning/unit";
import type { Answers, Task } from "./planner.ts";

function campaigning(city: CityRates, units: readonly Unit[]): Campaigning[] {
  return units.map(({ situation, counts }) => ({
    situation,
    beliefs: beliefsOf(city, situation.buildings, counts, situation.rules),
  }));
}

function answer(task: Task): Answers[Task["kind"]] {
  switch (task.kind) {
    case "fit":
      return cityRates(task.counts);
    case "plan":
      return task.units.map(({ unit, settled }) => planUnit(task.city, unit, settled));
    case "feasibility":
      return feasibilityOf(campaigning(task.city, task.units), task.knocks, task.seed);
    case "curve":
      return costCurve(campaigning(task.city, task.units), task.deadlines);
  }
}

parentPort?.on("message", (task: Task) => parentPort?.postMessage(answer(task)));
