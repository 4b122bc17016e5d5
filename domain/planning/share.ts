/** Which team goes where: each keeps to one beat, and a beat's teams divide its buildings in the order of a walk. */
import type { Id } from "../shared/id.ts";

export interface BeatTeam {
  readonly id: Id;
  /** Beats that its members are posted to, one entry a member. */
  readonly beatIds: readonly Id[];
}

/** The beat of each team: where most of its members are posted; the others go where most doors wait for a team. */
export function beatsOfTeams(
  teams: readonly BeatTeam[],
  beats: readonly { readonly id: Id; readonly doors: number }[],
): ReadonlyMap<Id, Id> {
  const known = new Set(beats.map(({ id }) => id));
  const chosen = new Map<Id, Id>();
  for (const { id, beatIds } of teams) {
    const own = beatIds.filter((beat) => known.has(beat));
    const groups = [...Map.groupBy(own, (beat) => beat)];
    const most = groups.toSorted((a, b) => b[1].length - a[1].length)[0];
    if (most !== undefined) chosen.set(id, most[0]);
  }
  for (const { id } of teams) {
    if (chosen.has(id)) continue;
    const load = (beat: (typeof beats)[number]): number =>
      beat.doors / (1 + [...chosen.values()].filter((one) => one === beat.id).length);
    const neediest = beats.toSorted((a, b) => load(b) - load(a))[0];
    if (neediest !== undefined) chosen.set(id, neediest.id);
  }
  return chosen;
}

/** A beat's buildings cut into as many runs as there are teams, alike in doors. A building is never cut. */
export function sharesOf<T extends { readonly doors: { readonly length: number } }>(
  buildings: readonly T[],
  teams: number,
): T[][] {
  const shares: T[][] = Array.from({ length: teams }, () => []);
  const all = buildings.reduce((sum, { doors }) => sum + doors.length, 0);
  let before = 0;
  for (const building of buildings) {
    const middle = before + building.doors.length / 2;
    const to = Math.min(teams - 1, Math.floor((middle * teams) / Math.max(1, all)));
    shares[to]?.push(building);
    before += building.doors.length;
  }
  return shares;
}
