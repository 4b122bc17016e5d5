import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { bureauIds } from "../campaigns/read-model.ts";
import { deleteExpired, endWishes } from "./commands.ts";

/** What time does to visits: wishes end, and what has outlived its time is deleted. */
export function visitJobs(database: Database): JobDefinitions {
  return {
    "visits.expire": {
      every: "20 3 * * *",
      async run(_data, { signal }) {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          for (const step of [endWishes, deleteExpired]) {
            let done = false;
            while (!done && !signal.aborted) done = await database.asSystem(bureauId, step);
          }
        }
      },
    },
  };
}
