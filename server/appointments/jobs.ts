import type { Id } from "@wanjia/domain/shared/id";
import { bureauIds } from "../organisation/read-model.ts";
import type { Listener } from "../platform/audit.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { followDoors, forgetAppointments, moveAppointments, passAppointments } from "./commands.ts";

/** An appointment goes where its place goes. */
const moveWithPlaces: Listener = async (tx, facts) => {
  for (const { payload } of facts) {
    await moveAppointments(tx, payload as { placeIds: Id[]; stationId: Id; beatId: Id });
  }
};

export const listeners = {
  "visit.recorded": followDoors,
  "visit.corrected": followDoors,
  "door.noted": followDoors,
  "places.moved": moveWithPlaces,
} satisfies Record<string, Listener>;

/** Early, so that a morning's plan knows what was missed. */
export function appointmentJobs(database: Database): JobDefinitions {
  return {
    "appointments.pass": {
      every: "10 3 * * *",
      async run(_data, { signal }) {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          let done = false;
          while (!done && !signal.aborted) {
            done = await database.asSystem(bureauId, passAppointments);
          }
          await database.asSystem(bureauId, forgetAppointments);
        }
      },
    },
  };
}
