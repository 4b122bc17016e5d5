import type { ConsentWithdrawn } from "@wanjia/domain/privacy/terms";
import { bureauIds } from "../organisation/read-model.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import type { Listeners } from "../platform/audit.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { dateComplaints, endComplaints, noteWithdrawnConsent } from "./commands.ts";

export const listeners: Listeners = {
  // Into the file's own trail: the bureau's says that somebody withdrew, and not of what.
  "consent.withdrawn": async (tx, facts) => {
    for (const { payload } of facts) {
      const { kind, id } = payload as ConsentWithdrawn;
      if (kind === "complaint") await asHouse(tx, (house) => noteWithdrawnConsent(house, id));
    }
  },
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
