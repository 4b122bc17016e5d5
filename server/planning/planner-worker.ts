import { parentPort } from "node:worker_threads";
import { beliefsOf } from "@wanjia/domain/planning/beliefs";
import { type Campaigning, costCurve, feasibilityOf } from "@wanjia/domain/planning/feasibility";
import { type OfferedTime, offerTimes } from "@wanjia/domain/planning/offers";
import { type CityRates, cityRates } from "@wanjia/domain/planning/rates";
import type { Day } from "@wanjia/domain/planning/terms";
import { planUnit, type Unit, type UnitPlan } from "@wanjia/domain/planning/unit";
import type { Answers, Task } from "./planner.ts";

function campaigning(city: CityRates, units: readonly Unit[]): Campaigning[] {
  return units.map(({ situation, counts }) => ({
    situation,
    beliefs: beliefsOf(city, situation.buildings, counts, situation.rules),
  }));
}

/** For each building: when somebody is near anyway, and a choice beside. */
function offersOf(
  { situation }: Unit,
  { plan }: UnitPlan,
  from: Day,
): { buildingId: string; times: readonly OfferedTime[] }[] {
  const passing = plan.walks.flatMap(({ stops }) =>
    stops.map(({ buildingId, at }) => ({ buildingId, at, day: plan.day })),
  );
  return situation.buildings.map(({ id }) => ({
    buildingId: id,
    times: offerTimes(situation, id, from, passing),
  }));
}

function answer(task: Task): Answers[Task["kind"]] {
  switch (task.kind) {
    case "fit":
      return cityRates(task.counts);
    case "plan":
      return task.units.map(({ unit, settled }) => {
        const planned = planUnit(task.city, unit, settled);
        return { ...planned, offers: offersOf(unit, planned, task.offersFrom) };
      });
    case "feasibility":
      return feasibilityOf(campaigning(task.city, task.units), task.knocks, task.seed);
    case "curve":
      return costCurve(campaigning(task.city, task.units), task.deadlines);
  }
}

parentPort?.on("message", (task: Task) => parentPort?.postMessage(answer(task)));
