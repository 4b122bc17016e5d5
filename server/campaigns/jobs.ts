import type { Id } from "@wanjia/domain/shared/id";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { closeOverdue, makeDoors } from "./commands.ts";
import { bureauIds } from "../organisation/read-model.ts";

/** Background work of campaigns. */
export function campaignJobs(database: Database): JobDefinitions {
  return {
    "campaigns.doors": {
      async run({ bureauId, campaignId }: { bureauId: Id; campaignId: Id }, { signal }) {
        let more = true;
        while (more && !signal.aborted) {
          more = await database.asSystem(bureauId, (tx) => makeDoors(tx, campaignId));
        }
      },
    },
    "campaigns.close": {
      every: "5 0 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, closeOverdue);
        }
      },
    },
  };
}
