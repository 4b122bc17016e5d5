import { bureauIds } from "../organisation/read-model.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { tendRounds } from "./commands.ts";

export function oversightJobs(database: Database): JobDefinitions {
  return {
    // On Mondays before the first visit; again on other days, should Monday have been missed.
    "oversight.rounds": {
      every: "5 0 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, tendRounds);
        }
      },
    },
  };
}
