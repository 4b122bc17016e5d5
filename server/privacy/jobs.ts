import { bureauIds } from "../organisation/read-model.ts";
import type { Listeners } from "../platform/audit.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { dateRequests, forgetRequests } from "./commands.ts";

export const listeners: Listeners = {
  "work_year.loaded": (tx) => asHouse(tx, dateRequests),
};

/** What time does to requests about one's own data: they go three years after their answer. */
export function privacyJobs(database: Database): JobDefinitions {
  return {
    "privacy.forget": {
      every: "0 4 * * *",
      async run(_data, { signal }) {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          let done = false;
          while (!done && !signal.aborted) done = await database.asSystem(bureauId, forgetRequests);
        }
      },
    },
  };
}
