import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { bureauIds } from "../organisation/read-model.ts";
import type { Listener } from "../platform/audit.ts";
import { deleteExpired, endWishes, heedWishes, moveDoors, type PlacesMoved } from "./commands.ts";

/** A door goes where its place goes; phones of both beats fetch theirs anew. */
const moveWithPlaces: Listener = async (tx, facts) => {
  for (const { payload } of facts) await moveDoors(tx, payload as PlacesMoved);
};

/** Residents say how they wish to be visited; their doors keep it. */
const heedResidents: Listener = (tx, facts) =>
  heedWishes(
    tx,
    facts.map(({ payload }) => payload as Parameters<typeof heedWishes>[1][number]),
  );

export const listeners = {
  "places.moved": moveWithPlaces,
  "wish.made": heedResidents,
} satisfies Record<string, Listener>;

/** What time does to visits: wishes end, and what has outlived its time is deleted. */
export function visitJobs(database: Database): JobDefinitions {
  return {
    "visits.expire": {
      every: "20 3 * * *",
      async run(_data, { signal }) {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          for (const step of [endWishes, deleteExpired]) {
            let done = false;
            while (!done && !signal.aborted) done = await database.asSystem(bureauId, step);
          }
        }
      },
    },
  };
}
