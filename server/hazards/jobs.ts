import { bureauIds } from "../organisation/read-model.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { drawHazards } from "./commands.ts";

export function hazardJobs(database: Database): JobDefinitions {
  return {
    // On Mondays; again on other days, should Monday have been missed.
    "hazards.draw": {
      every: "30 6 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, drawHazards);
        }
      },
    },
  };
}
