import type { MatterFact } from "@wanjia/domain/matters/terms";
import { bureauIds } from "../organisation/read-model.ts";
import type { Listener } from "../platform/audit.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { followHandler, forgetContacts, forgetReferences } from "./commands.ts";

/** A dispute that changes hands takes its mediation along. */
const followHandlers: Listener = async (tx, facts) => {
  for (const { payload } of facts) {
    const { kind, before, after } = payload as MatterFact;
    if (kind !== "dispute" || before === null) continue;
    if (before.responsibleId === after.responsibleId) continue;
    await followHandler(tx, after.id, before.responsibleId, after.responsibleId);
  }
};

export const listeners = { "matter.changed": followHandlers };

/** What time does to mediations: contacts go when their time is over, and ten years later the references. */
export function mediationJobs(database: Database): JobDefinitions {
  return {
    "mediation.forget": {
      every: "50 3 * * *",
      async run(_data, { signal }) {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, forgetContacts);
          let done = false;
          while (!done && !signal.aborted)
            done = await database.asSystem(bureauId, forgetReferences);
        }
      },
    },
  };
}
