/** The areas that a file may name by code, or by a name that only one has, out of the organisation's own lists. */
import type { Areas } from "@wanjia/domain/places/import";
import { listBeats, listCommunities, listGrids, listStations } from "../organisation/read-model.ts";
import type { Tx } from "../platform/database.ts";

export async function areasOf(tx: Tx): Promise<Areas> {
  const communities = await listCommunities(tx);
  const byId = new Map(communities.map((community) => [community.id, community]));
  const stations = await listStations(tx);
  const grids = await listGrids(tx);
  return {
    stations: byCodeOrName(stations, ({ id }) => ({ id })),
    beats: byCodeOrName(await listBeats(tx), ({ id, stationId }) => ({ id, stationId })),
    communities: new Map(
      communities.map(({ divisionCode, id, stationId, beatId }) => [
        divisionCode,
        { id, stationId, beatId },
      ]),
    ),
    communityNames: byName(communities, ({ id, stationId, beatId }) => ({ id, stationId, beatId })),
    grids: byCodeOrName(
      grids.flatMap((grid) => {
        const community = byId.get(grid.communityId);
        return community === undefined ? [] : [{ ...grid, community }];
      }),
      ({ id, communityId, beatId, community }) => {
        const { stationId } = community;
        return { id, communityId, stationId, beatId: beatId ?? community.beatId };
      },
    ),
  };
}

/** A name that two have names none of them. */
function byName<Unit extends { readonly name: string }, Found>(
  units: readonly Unit[],
  found: (unit: Unit) => Found,
): Map<string, Found> {
  const times = new Map<string, number>();
  for (const { name } of units) times.set(name, (times.get(name) ?? 0) + 1);
  const unmistakable = units.filter(({ name }) => times.get(name) === 1);
  return new Map(unmistakable.map((unit) => [unit.name, found(unit)]));
}

function byCodeOrName<Unit extends { readonly code: string; readonly name: string }, Found>(
  units: readonly Unit[],
  found: (unit: Unit) => Found,
): Map<string, Found> {
  const codes = units.map((unit) => [unit.code, found(unit)] as const);
  return new Map([...byName(units, found), ...codes]);
}
