import { bureauIds } from "../organisation/read-model.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { endComplaints } from "./commands.ts";

export function complaintJobs(database: Database): JobDefinitions {
  return {
    "complaints.end": {
      every: "55 3 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, endComplaints);
        }
      },
    },
  };
}
