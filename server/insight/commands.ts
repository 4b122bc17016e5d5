import { doorDelta, join, visitDelta, wishDelta } from "@wanjia/domain/insight/counting";
import {
  agreementDelta,
  countsAnew,
  isRelapse,
  matterDelta,
  recurrenceDelta,
  recursAnew,
  relapseDelta,
} from "@wanjia/domain/insight/counting-matters";
import type { Delta, Entry } from "@wanjia/domain/insight/terms";
import type { MatterFact } from "@wanjia/domain/matters/terms";
import type { MediationFact } from "@wanjia/domain/mediation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate } from "@wanjia/domain/shared/instant";
import type { DoorDelta, VisitFact } from "@wanjia/domain/visits/facts";
import type { Tx } from "../platform/database.ts";
import { addToTotals, foldAll } from "./fold.ts";
import {
  appendDelta,
  campaignsAbout,
  countedHomes,
  countWholeBureau,
  type HomesRow,
  homesOf,
  NIL,
  openCampaigns,
  wishLock,
} from "./queries.ts";
import { cameBackSince, campaignsOf, hazardsAt, settledBefore } from "./matter-queries.ts";

/** Adds what visits and corrections count. */
export async function countVisits(tx: Tx, facts: readonly VisitFact[]): Promise<void> {
  const deltas = facts.flatMap((fact): Delta[] => [
    visitDelta(fact),
    ...(fact.corrected === null ? [] : [visitDelta(fact.corrected, -1)]),
    ...fact.doors.map((door) => doorDelta(door, localDate(fact.visitedAt))),
  ]);
  const wishes = await countWishes(
    tx,
    facts.flatMap(({ doors }) => doors),
  );
  await appendDelta(tx, join([...deltas, ...wishes]));
}

/** Adds what a note at a door changes: only its wish for no visit counts. */
export async function countNotes(tx: Tx, doors: readonly DoorDelta[]): Promise<void> {
  await appendDelta(tx, join(await countWishes(tx, doors)));
}

async function countWishes(tx: Tx, doors: readonly DoorDelta[]): Promise<Delta[]> {
  const changed = doors.filter(({ quiet }) => quiet !== 0);
  if (changed.length === 0) return [];
  await wishLock(tx, "share");
  const deltas: Delta[] = [];
  for (const door of changed) {
    deltas.push(wishDelta(door, await campaignsAbout(tx, door), localDate(tx.now)));
  }
  return deltas;
}

/** Adds what steps of matters count. */
export async function countMatters(tx: Tx, facts: readonly MatterFact[]): Promise<void> {
  const deltas: Delta[] = [await countRecurrences(tx, facts)];
  for (const { before, after, events, at } of facts) {
    const { campaignIds } = after;
    const cameBack = before !== null && after.reopened > before.reopened && isRelapse(before, at);
    deltas.push(
      matterDelta({
        before,
        after,
        events,
        campaignIds,
        now: at,
        ...(cameBack ? { cameBack: await cameBackSince(tx, after.id, before.closedAt ?? at) } : {}),
      }),
    );
  }
  await appendDelta(tx, join(deltas));
}

/** Which cleared hazards came back: what their places add now, less what they added before. */
async function countRecurrences(tx: Tx, facts: readonly MatterFact[]): Promise<Delta> {
  const changed = facts.filter(
    ({ kind, before, after }) => kind === "hazard" && recursAnew(before, after),
  );
  if (changed.length === 0) return { entries: [], presence: [] };
  const places = [...new Set(changed.map(({ after }) => after.placeId))];
  const now = await countWholeBureau(tx, (wide) => hazardsAt(wide, places));
  const earlier = new Map(changed.toReversed().map(({ before, after }) => [after.id, before]));
  const then = now.flatMap((hazard) => {
    const before = earlier.get(hazard.id);
    return before === undefined ? [hazard] : before === null ? [] : [before];
  });
  return join([recurrenceDelta(now), recurrenceDelta(then, -1)]);
}

/** Adds what steps of mediations count: agreements, and settled disputes whose parties are back. */
export async function countMediations(tx: Tx, facts: readonly MediationFact[]): Promise<void> {
  const deltas: Delta[] = [];
  for (const { before, after, matterId } of facts) {
    if (countsAnew(before, after)) {
      deltas.push(agreementDelta(before, after, await campaignsOf(tx, matterId)));
    }
    if (before === null && after.earlierId !== null) {
      const earlier = await settledBefore(tx, after.earlierId, matterId, after.id);
      if (earlier !== undefined) deltas.push(relapseDelta(earlier, tx.now));
    }
  }
  await appendDelta(tx, join(deltas));
}

/**
 * Counts the homes of a campaign, by building: how many, demolished, and with a wish for no visit.
 * Done when it is opened, and again after places changed; what differs is added to the totals.
 */
export async function countHomes(caller: Tx, campaignId: Id): Promise<void> {
  await countWholeBureau(caller, async (tx) => {
    await wishLock(tx, "alone");
    await foldAll(tx);
    const known = new Map((await countedHomes(tx, campaignId)).map((row) => [keyOf(row), row]));
    const entries: Entry[] = [];
    const today = localDate(tx.now);
    const put = (row: HomesRow, before: Counts, after: Counts): void => {
      const counters: Record<string, number> = {};
      if (after.units !== before.units) counters["units@all"] = after.units - before.units;
      if (after.demolished !== before.demolished) {
        counters["excluded_demolished@all"] = after.demolished - before.demolished;
      }
      if (after.wishes !== before.wishes) {
        counters["do_not_visit@all"] = after.wishes - before.wishes;
      }
      if (Object.keys(counters).length === 0) return;
      entries.push({
        book: "event",
        campaignId,
        stationId: row.stationId,
        beatId: row.beatId === NIL ? null : row.beatId,
        buildingId: row.buildingId,
        on: today,
        counters,
      });
    };
    for (const row of await homesOf(tx, campaignId)) {
      put(row, known.get(keyOf(row)) ?? NONE, row);
      known.delete(keyOf(row));
    }
    for (const row of known.values()) put(row, row, NONE);
    await addToTotals(tx, { entries, presence: [] });
  });
}

type Counts = Pick<HomesRow, "units" | "demolished" | "wishes">;
const NONE: Counts = { units: 0, demolished: 0, wishes: 0 };

function keyOf({ buildingId, beatId }: HomesRow): string {
  return buildingId + beatId;
}

/** After places changed: the homes of every open campaign anew. */
export async function countHomesAgain(tx: Tx): Promise<void> {
  for (const id of await openCampaigns(tx)) await countHomes(tx, id);
}
