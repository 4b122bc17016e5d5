import type { Id } from "@wanjia/domain/shared/id";
import { addDays, DAY_MS, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import type { DoorNotedFact } from "@wanjia/domain/visits/facts";
import { bureauIds } from "../organisation/read-model.ts";
import type { Listener } from "../platform/audit.ts";
import type { Database } from "../platform/database.ts";
import { enqueue, type JobDefinitions } from "../platform/jobs.ts";
import { planBureau, planStationAnew } from "./commands.ts";
import { workOutOutlook } from "./outlook.ts";
import { withPlanner } from "./planner.ts";
import { forgetWalks, plannedAlready } from "./walk-queries.ts";

/** Who was planned to go where is of no use a month later. */
const KEPT_DAYS = 31;
/** What broke off is tried again after five seconds, and after twice as long each time: five minutes in all. */
const TRIED_AGAIN = { retryLimit: 6, retryDelay: 5 };

/** Tomorrow is planned when the last walk of today is over, and once more before work begins. */
export function planningJobs(database: Database): JobDefinitions {
  const planAll = async (aheadMs: number, signal: AbortSignal, log?: Log): Promise<void> => {
    await withPlanner(async (planner) => {
      for (const bureauId of await database.asSystem(null, bureauIds)) {
        const day = await database.asSystem(bureauId, async (tx) => {
          await forgetWalks(tx, addDays(localDate(tx.now), -KEPT_DAYS));
          return localDate(tx.now + aheadMs);
        });
        await planBureau(database, planner, bureauId, day, signal, log);
      }
    });
  };
  return {
    "planning.tomorrow": {
      every: "40 21 * * *",
      ...TRIED_AGAIN,
      // Taken up after midnight, because the server was down, it is still for the day that comes next.
      run: (_data, { signal, log }) => planAll(DAY_MS / 2, signal, log),
    },
    "planning.today": {
      every: "30 6 * * *",
      ...TRIED_AGAIN,
      run: (_data, { signal, log }) => planAll(0, signal, log),
    },
    "planning.station": {
      ...TRIED_AGAIN,
      run: ({ bureauId, ...where }: StationAsked) =>
        withPlanner((planner) => planStationAnew(database, planner, bureauId, where)),
    },
    "planning.outlook": {
      run: ({ bureauId, campaignId }: { bureauId: Id; campaignId: Id }) =>
        withPlanner((planner) => workOutOutlook(database, planner, bureauId, campaignId)),
    },
  };
}

/** Several residents agree on times within a minute: their station is planned once or twice, not for each. */
const TOGETHER_SECONDS = 20;

/**
 * A time agreed on, moved or called off for a day whose walks are planned already: they are planned
 * anew, or nobody would come. So are walks to somebody who by now expects a visit at another time.
 */
const planWithAppointments: Listener = async (tx, facts) => {
  const moved = facts
    .flatMap(({ payload }) => (payload as DoorNotedFact).doors)
    .flatMap(({ stationId, placeId, appointment }) => {
      // Whoever was met as agreed changes nothing of what is ahead.
      const { ended = [], begun = null, met = true } = appointment ?? {};
      return [...(met ? [] : ended), begun]
        .filter((time) => time !== null)
        .map(({ from }) => ({ stationId, placeId, day: localDate(from) }));
    });
  if (moved.length === 0) return;
  for (const where of await plannedAlready(tx, moved)) {
    const key = Object.values(where).join();
    const data = { bureauId: tx.actor.bureauId, ...where };
    await enqueue(tx, "planning.station", data, { once: { key, seconds: TOGETHER_SECONDS } });
  }
};

export const listeners = {
  "visit.recorded": planWithAppointments,
  "visit.corrected": planWithAppointments,
  "door.noted": planWithAppointments,
} satisfies Record<string, Listener>;

type Log = (error: unknown) => void;

interface StationAsked {
  readonly bureauId: Id;
  readonly campaignId: Id;
  readonly stationId: Id;
  readonly day: LocalDate;
}
