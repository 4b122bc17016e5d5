import { useMemo } from "react";
import { localDate } from "@wanjia/domain/shared/instant";
import { useNow, useStored } from "../shell/work.tsx";
import { seeDoors, type SeenDoor, surroundings } from "../visits/view-model.ts";
import { packsNeeded, planOf, type WalkNow, walksNow } from "./rest-of-day.ts";

/** The walks of today and tomorrow as they stand now. */
export function useWalks(): readonly WalkNow[] {
  const now = useNow();
  const known = useStored(
    async ({ store }) => {
      const section = planOf(store.context);
      const at = Date.now();
      const around = surroundings(store.context);
      const doors = new Map<string, SeenDoor>();
      for (const key of packsNeeded(section, localDate(at))) {
        const pack = await store.pack(key);
        if (pack === undefined) continue;
        for (const door of seeDoors(pack, await store.mine(key), around, at)) {
          doors.set(door.place.id, door);
        }
      }
      return { section, doors };
    },
    ["walks"],
  );
  return useMemo(
    () => (known === undefined ? [] : walksNow(known.section, known.doors, now)),
    [known, now],
  );
}
