import { RECURRENCE_DAYS } from "@wanjia/domain/matters/hazard-terms";
import type { MatterChange } from "@wanjia/domain/matters/terms";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import * as queries from "./queries.ts";

interface Arrival {
  readonly changes: readonly MatterChange[];
  readonly at: Instant;
}

/** Which of new hazards are the same as one that was cleared at their place not long ago. */
export async function recurrencesOf(
  tx: Tx,
  arrivals: readonly Arrival[],
): Promise<Map<readonly MatterChange[], readonly MatterChange[]>> {
  const hazards = arrivals.flatMap(({ changes, at }) => {
    const [first] = changes;
    return first?.type === "registered" && first.kind === "hazard" && first.subtype !== "other"
      ? [{ id: first.id, placeId: first.placeId, subtype: first.subtype, at, changes }]
      : [];
  });
  if (hazards.length === 0) return new Map();
  const found = await queries.earlierHazards(
    tx,
    hazards.map(({ changes: _changes, ...seen }) => seen),
    RECURRENCE_DAYS,
  );
  return new Map(
    found.flatMap(({ id, earlierId, earlierNumber }) => {
      const one = hazards.find((hazard) => hazard.id === id);
      const change: MatterChange = { type: "recurred", earlierId, earlierNumber };
      return one === undefined ? [] : [[one.changes, [change]] as const];
    }),
  );
}
