import { Worker } from "node:worker_threads";
import type { Settled } from "@wanjia/domain/planning/change";
import type { CurvePoint, Feasibility } from "@wanjia/domain/planning/feasibility";
import type { OfferedTime } from "@wanjia/domain/planning/offers";
import type { CityRates } from "@wanjia/domain/planning/rates";
import type { BuildingCounts, Day } from "@wanjia/domain/planning/terms";
import type { Unit, UnitPlan } from "@wanjia/domain/planning/unit";

/** What is computed beside the thread that answers requests. */
export type Task =
  | { readonly kind: "fit"; readonly counts: readonly BuildingCounts[] }
  | {
      readonly kind: "plan";
      readonly city: CityRates;
      readonly units: readonly { readonly unit: Unit; readonly settled: Settled }[];
      /** The first day that residents may still be offered. */
      readonly offersFrom: Day;
    }
  | {
      readonly kind: "feasibility";
      readonly city: CityRates;
      readonly units: readonly Unit[];
      readonly knocks: number;
      readonly seed: string;
    }
  | {
      readonly kind: "curve";
      readonly city: CityRates;
      readonly units: readonly Unit[];
      readonly deadlines: readonly Day[];
    };

export interface BuildingOffers {
  readonly buildingId: string;
  readonly times: readonly OfferedTime[];
}

export interface Answers {
  fit: CityRates;
  plan: readonly (UnitPlan & { readonly offers: readonly BuildingOffers[] })[];
  feasibility: Feasibility;
  curve: readonly CurvePoint[];
}

/** A thread of its own for a night's planning; ends when the work does. */
export class Planner {
  readonly #worker = new Worker(new URL("./planner-worker.ts", import.meta.url));

  ask<T extends Task>(task: T): Promise<Answers[T["kind"]]> {
    return new Promise((resolve, reject) => {
      const worker = this.#worker;
      const done = (): void => {
        worker.off("message", onMessage);
        worker.off("error", onError);
      };
      const onMessage = (answer: Answers[T["kind"]]): void => {
        done();
        resolve(answer);
      };
      const onError = (error: unknown): void => {
        done();
        reject(error instanceof Error ? error : new Error("planning failed"));
      };
      worker.on("message", onMessage);
      worker.on("error", onError);
      worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
