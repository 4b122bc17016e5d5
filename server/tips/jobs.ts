import { bureauIds } from "../organisation/read-model.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { forgetTips } from "./commands.ts";

/** What time does to tips: rows, leave to open and shares of old keys go when their time is over. */
export function tipJobs(database: Database): JobDefinitions {
  return {
    "tips.forget": {
      every: "50 3 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, forgetTips);
        }
      },
    },
  };
}
