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

/** A thread of its own for planning: one task after the other. Holds the process only while it works. */
export class Planner {
  readonly #worker = new Worker(new URL("./planner-worker.ts", import.meta.url));
  #last: Promise<unknown> = Promise.resolve();
  #isBroken = false;

  constructor() {
    this.#worker.unref();
    this.#worker.once("exit", () => (this.#isBroken = true));
  }

  /** The thread has ended: nothing can be asked any more. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  ask<T extends Task>(task: T): Promise<Answers[T["kind"]]> {
    const asked = this.#last.then(() => this.#ask(task));
    this.#last = asked.catch(() => undefined);
    return asked;
  }

  #ask<T extends Task>(task: T): Promise<Answers[T["kind"]]> {
    return new Promise((resolve, reject) => {
      const worker = this.#worker;
      const done = (): void => {
        worker.off("message", onMessage);
        worker.off("error", onError);
        worker.off("exit", onExit);
        worker.unref();
      };
      const onMessage = (answer: Answers[T["kind"]]): void => {
        done();
        resolve(answer);
      };
      const onError = (error: unknown): void => {
        done();
        reject(error instanceof Error ? error : new Error("planning failed"));
      };
      const onExit = (): void => onError(new Error("the planning thread has ended"));
      if (this.#isBroken) return onExit();
      worker.on("message", onMessage);
      worker.on("error", onError);
      worker.on("exit", onExit);
      worker.ref();
      worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** A thread takes as long to start as an officer's day to plan: it is kept for so long after its work. */
const KEPT_MS = 60_000;

let kept: { readonly planner: Planner; readonly ending: NodeJS.Timeout } | null = null;

/** Work with the planner that is there, or with a new one; it stays a while for what comes next. */
export async function withPlanner<T>(work: (planner: Planner) => Promise<T>): Promise<T> {
  if (kept !== null) clearTimeout(kept.ending);
  const planner = kept === null || kept.planner.isBroken ? new Planner() : kept.planner;
  kept = null;
  try {
    return await work(planner);
  } finally {
    if (kept !== null || planner.isBroken) await planner.close();
    else {
      const ending = setTimeout(() => {
        kept = null;
        void planner.close();
      }, KEPT_MS);
      kept = { planner, ending: ending.unref() };
    }
  }
}
