/** What only hazards need: where they lie, the lot, and their papers. */
import { eventsOf } from "@wanjia/domain/matters/evolve";
import type { Matter } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { clockwork } from "./clock-commands.ts";
import { saveSteps } from "./commands.ts";
import * as queries from "./queries.ts";

/** Kinds of places in which somebody lives. */
const HOMES: readonly string[] = ["dwelling_unit", "rural_house"];

export async function liesInHome(tx: Tx, placeId: Id): Promise<boolean> {
  const [place] = await queries.whereabouts(tx, [placeId]);
  return place !== undefined && HOMES.includes(place.kind);
}

/** Keeps that the lot fell on hazards. One that is locked out of sight meanwhile stays as it is. */
export async function noteDrawn(tx: Tx, lotId: Id, matterIds: readonly Id[]): Promise<void> {
  if (matterIds.length === 0 || tx.actor.bureauId === null) return;
  const { bureauId } = tx.actor;
  const drawn = await queries.holdMatters(tx, matterIds);
  const steps = drawn.map((before) => {
    const changes = [{ type: "drawn", lotId }] as const;
    return { before, events: eventsOf(changes, before.version, bureauId, tx.now) };
  });
  await saveSteps(tx, steps, await clockwork(tx));
}

/** A paper of a hazard left the house. */
export function recordPaper(tx: Tx, { id, stationId }: Matter, kind: string): Promise<void> {
  return record(tx, [
    {
      action: "hazard.document_made",
      subjectKind: "matter",
      subjectId: id,
      stationId,
      detail: { kind },
    },
  ]);
}
