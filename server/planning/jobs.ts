import type { Id } from "@wanjia/domain/shared/id";
import { addDays, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import { bureauIds } from "../organisation/read-model.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { planBureau, planStationAnew } from "./commands.ts";
import { workOutOutlook } from "./outlook.ts";
import { withPlanner } from "./planner.ts";
import { forgetWalks } from "./walk-queries.ts";

/** Who was planned to go where is of no use a month later. */
const KEPT_DAYS = 31;
/** What broke off is tried again after five seconds, and after twice as long each time: five minutes in all. */
const TRIED_AGAIN = { retryLimit: 6, retryDelay: 5 };

/** Tomorrow is planned when the last walk of today is over, and once more before work begins. */
export function planningJobs(database: Database): JobDefinitions {
  const planAll = async (ahead: number, signal: AbortSignal): Promise<void> => {
    await withPlanner(async (planner) => {
      for (const bureauId of await database.asSystem(null, bureauIds)) {
        const today = await database.asSystem(bureauId, async (tx) => {
          const day = localDate(tx.now);
          await forgetWalks(tx, addDays(day, -KEPT_DAYS));
          return day;
        });
        await planBureau(database, planner, bureauId, addDays(today, ahead), signal);
      }
    });
  };
  return {
    "planning.tomorrow": {
      every: "40 21 * * *",
      ...TRIED_AGAIN,
      run: (_data, { signal }) => planAll(1, signal),
    },
    "planning.today": {
      every: "30 6 * * *",
      ...TRIED_AGAIN,
      run: (_data, { signal }) => planAll(0, signal),
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

interface StationAsked {
  readonly bureauId: Id;
  readonly campaignId: Id;
  readonly stationId: Id;
  readonly day: LocalDate;
}
