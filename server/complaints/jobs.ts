import { bureauIds } from "../organisation/read-model.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import type { Listeners } from "../platform/audit.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { dateComplaints, endComplaints } from "./commands.ts";

export const listeners: Listeners = {
  "work_year.loaded": (tx) => asHouse(tx, dateComplaints),
};

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
