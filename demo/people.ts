/** Who works where in the generated city, as the simulator and the story pack need it. */
import type { Role } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { City } from "./terms.ts";

export interface People {
  officer(beatId: Id): Id;
  auxiliary(beatId: Id, nth: number): Id;
  /** The detached officer whose first beat this is. */
  seconded(beatId: Id): Id;
  leader(stationId: Id, nth: number): Id;
  desk(role: Role, nth?: number): Id;
}

export function peopleOf(city: City): People {
  const find = (role: Role, at: Id | null): Id[] =>
    city.postings
      .filter((posting) => posting.role === role && (posting.beatId ?? posting.stationId) === at)
      .map(({ memberId }) => memberId);
  const nth = (members: readonly Id[], n: number, what: string): Id => {
    const member = members[n % Math.max(1, members.length)];
    if (member === undefined) throw new Error(`nobody is ${what}`);
    return member;
  };
  const firstBeatOf = new Map<Id, Id | null>();
  for (const { role, memberId, beatId } of city.postings) {
    if (role === "seconded_officer" && !firstBeatOf.has(memberId))
      firstBeatOf.set(memberId, beatId);
  }
  return {
    officer: (beatId) => nth(find("community_officer", beatId), 0, "officer"),
    auxiliary: (beatId, n) => nth(find("auxiliary", beatId), n, "auxiliary"),
    seconded: (beatId) =>
      nth(
        [...firstBeatOf].filter(([, first]) => first === beatId).map(([member]) => member),
        0,
        "seconded",
      ),
    leader: (stationId, n) => nth(find("station_leader", stationId), n, "leader"),
    desk: (role, n = 0) => nth(find(role, null), n, role),
  };
}
