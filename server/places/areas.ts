/** The areas that a file's codes may name, out of the organisation's own lists. */
import type { Areas } from "@wanjia/domain/places/import";
import { listBeats, listCommunities, listGrids, listStations } from "../organisation/read-model.ts";
import type { Tx } from "../platform/database.ts";

export async function areasOf(tx: Tx): Promise<Areas> {
  const communities = await listCommunities(tx);
  const byId = new Map(communities.map((community) => [community.id, community]));
  const names = new Map<string, { id: string; stationId: string; beatId: string | null } | null>();
  for (const { name, id, stationId, beatId } of communities) {
    names.set(name, names.has(name) ? null : { id, stationId, beatId });
  }
  const grids = await listGrids(tx);
  return {
    stations: new Map((await listStations(tx)).map(({ code, id }) => [code, { id }])),
    beats: new Map(
      (await listBeats(tx)).map(({ code, id, stationId }) => [code, { id, stationId }]),
    ),
    communities: new Map(
      communities.map(({ divisionCode, id, stationId, beatId }) => [
        divisionCode,
        { id, stationId, beatId },
      ]),
    ),
    communityNames: new Map(
      [...names].flatMap(([name, found]) => (found === null ? [] : [[name, found] as const])),
    ),
    grids: new Map(
      grids.flatMap(({ code, id, communityId, beatId }) => {
        const community = byId.get(communityId);
        if (community === undefined) return [];
        return [
          [
            code,
            { id, communityId, stationId: community.stationId, beatId: beatId ?? community.beatId },
          ] as const,
        ];
      }),
    ),
  };
}
