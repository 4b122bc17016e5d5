import { useMemo } from "react";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate } from "@wanjia/domain/shared/instant";
import type { Mine } from "../shell/records.ts";
import type { Work } from "../shell/session.ts";
import { useNow, useStored } from "../shell/work.tsx";
import { seeDoors, type SeenDoor, surroundings } from "../visits/view-model.ts";
import { packsNeeded, type PlanSection, planOf } from "./plan-section.ts";
import { type WalkNow, walksNow } from "./rest-of-day.ts";
import { blockOfWalk, withSettled } from "./settling.ts";

export interface KnownWalks {
  /** As pulled, with what was settled on this phone since. */
  readonly section: PlanSection;
  /** Of the packs that planning the rest of a day needs. */
  readonly doors: ReadonlyMap<Id, SeenDoor>;
}

/** The walks and their doors; those of tomorrow too where something of it is being settled. */
export async function readWalks(
  { store, owner }: Pick<Work, "store" | "owner">,
  settling: readonly Id[] = [],
): Promise<KnownWalks> {
  const section = planOf(store.context);
  const at = Date.now();
  const around = surroundings(store.context);
  const mine: Mine[] = [];
  for (const { id } of section.walks) mine.push(...(await store.mine(blockOfWalk(id))));
  const touched = new Set([...settling, ...mine.map(({ placeId }) => placeId)]);
  const days = section.walks.filter(({ id }) => touched.has(id)).map(({ day }) => day);
  const doors = new Map<Id, SeenDoor>();
  for (const key of packsNeeded(section, new Set([localDate(at), ...days]))) {
    const pack = await store.pack(key);
    if (pack === undefined) continue;
    for (const door of seeDoors(pack, await store.mine(key), around, at)) {
      doors.set(door.place.id, door);
    }
  }
  const own = { id: owner.memberId, name: owner.name };
  const inOrder = mine.toSorted((a, b) => (a.command.id < b.command.id ? -1 : 1));
  return { section: withSettled(section, doors, inOrder, own), doors };
}

/** The walks of today and tomorrow as they stand now. */
export function useWalks(): readonly WalkNow[] {
  const now = useNow();
  const known = useStored((work) => readWalks(work), ["walks"]);
  return useMemo(
    () => (known === undefined ? [] : walksNow(known.section, known.doors, now)),
    [known, now],
  );
}
