import type { MatterFact } from "@wanjia/domain/matters/terms";
import type { MediationFact } from "@wanjia/domain/mediation/terms";
import type { DoorNotedFact, VisitFact } from "@wanjia/domain/visits/facts";
import type { Listener } from "../platform/audit.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import {
  countHomes,
  countHomesAgain,
  countMatters,
  countMediations,
  countNotes,
  countVisits,
} from "./commands.ts";
import { fold } from "./fold.ts";
import { bureauIds } from "../organisation/read-model.ts";

const visits: Listener = (tx, facts) =>
  countVisits(
    tx,
    facts.map(({ payload }) => payload as VisitFact),
  );

const matters: Listener = (tx, facts) =>
  countMatters(
    tx,
    facts.map(({ payload }) => payload as MatterFact),
  );

/** Which homes there are has changed. */
const countAgain: Listener = (tx) => countHomesAgain(tx);

/** Figures follow every change in its own transaction: `facts` of other subjects are counted here. */
export const listeners = {
  "visit.recorded": visits,
  "visit.corrected": visits,
  "door.noted": (tx, facts) =>
    countNotes(
      tx,
      facts.flatMap(({ payload }) => (payload as DoorNotedFact).doors),
    ),
  "matter.changed": matters,
  "mediation.changed": (tx, facts) =>
    countMediations(
      tx,
      facts.map(({ payload }) => payload as MediationFact),
    ),
  "campaign.opened": async (tx, facts) => {
    for (const { subjectId } of facts) await countHomes(tx, subjectId);
  },
  "place.created": countAgain,
  "place.cancelled": countAgain,
  "place.merged": countAgain,
  "place.split": countAgain,
  "places.moved": countAgain,
  "places.imported": countAgain,
} satisfies Record<string, Listener>;

const FOLD_EVERY_MS = 3000;
/** The queue starts a job once a minute at most; one run folds until the next one starts. */
const RUN_MS = 55_000;

/** Moves what changes have added into the totals, every few seconds. */
export function insightJobs(database: Database): JobDefinitions {
  return {
    "insight.fold": {
      every: "* * * * *",
      retryLimit: 0,
      expireInSeconds: 120,
      async run(_data, { signal }) {
        const end = performance.now() + RUN_MS;
        while (!signal.aborted && performance.now() < end) {
          for (const id of await database.asSystem(null, bureauIds)) await fold(database, id);
          await pause(FOLD_EVERY_MS, signal);
        }
      },
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
