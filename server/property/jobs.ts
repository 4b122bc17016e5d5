import { bureauIds } from "../organisation/read-model.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { forgetContacts, lapseSome } from "./commands.ts";

/** What time does to recovered items: the six months end, and contacts go. */
export function propertyJobs(database: Database): JobDefinitions {
  return {
    "property.sweep": {
      every: "20 1 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          while ((await database.asSystem(bureauId, lapseSome)) > 0);
          await database.asSystem(bureauId, forgetContacts);
        }
      },
    },
  };
}
