import { seatOf } from "@wanjia/domain/organisation/policy";
import type { Posting, Role } from "@wanjia/domain/organisation/terms";
import { addDays, type LocalDate } from "@wanjia/domain/shared/instant";

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
}

/** Looks up units by id; an unknown one is shown by nothing rather than by its id. */
export function nameIndex(
  units: readonly Named[],
  english: boolean,
): (id: string | null) => string {
  const names = new Map(
    units.map((unit) => [unit.id, english ? (unit.nameEn ?? unit.name) : unit.name]),
  );
  return (id) => (id === null ? "" : (names.get(id) ?? ""));
}

/** A unit's name as a record holds it, in the reader's language; a name nobody knows as it is. */
export function englishNames(
  units: readonly (Named & { readonly shortName?: string })[],
  english: boolean,
): (name: string | null) => string | null {
  const names = new Map<string | undefined, string | undefined>(
    english
      ? units.flatMap(({ name, shortName, nameEn }) => [
          [name, nameEn],
          [shortName, nameEn],
        ])
      : [],
  );
  return (name) => (name === null ? null : names.get(name) || name);
}

export type PostingState = "current" | "future" | "past";

type Term = Pick<Posting, "validFrom" | "validTo">;

export function postingState(posting: Term, today: LocalDate): PostingState {
  if (posting.validTo !== null && posting.validTo <= today) return "past";
  return posting.validFrom > today ? "future" : "current";
}

/** A posting's last day: periods are kept half-open and told by their last day. */
export function lastDay(posting: Term): LocalDate | null {
  return posting.validTo === null ? null : addDays(posting.validTo, -1);
}

const STATE_ORDER: Readonly<Record<PostingState, number>> = { current: 0, future: 1, past: 2 };

/** Current ones first, then those to come, then the past from the latest on. */
export function sortPostings<T extends Term>(postings: readonly T[], today: LocalDate): T[] {
  return postings.toSorted(
    (a, b) =>
      STATE_ORDER[postingState(a, today)] - STATE_ORDER[postingState(b, today)] ||
      (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0),
  );
}

/** Which parts of a seat the form asks for: an officer's beat, a leader's station, a partner's body. */
export function seatFields(role: Role | undefined) {
  const seat = role === undefined ? "bureau" : seatOf(role);
  return {
    station: seat === "station" || seat === "beat",
    beat: seat === "beat",
    partner: seat === "partner",
  };
}

/** Communities without a liaison officer (一村一民警). */
export function liaisonGaps<T extends { readonly liaison: object | null }>(
  communities: readonly T[],
): T[] {
  return communities.filter((community) => community.liaison === null);
}

export interface MemberForLink {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly sworn: boolean;
  readonly active: boolean;
  readonly postings: readonly Pick<Posting, "stationId" | "beatId" | "validFrom" | "validTo">[];
}

/**
 * Officers who may be linked to a community, the nearest first: those of its beat, then those of
 * its station. An auxiliary can't be: he never stands for the police alone.
 */
export function linkCandidates(
  members: readonly MemberForLink[],
  community: { readonly stationId: string; readonly beatId: string | null },
  today: LocalDate,
): MemberForLink[] {
  const near = (member: MemberForLink) => {
    const now = member.postings.filter((posting) => postingState(posting, today) === "current");
    if (now.some((posting) => posting.beatId !== null && posting.beatId === community.beatId))
      return 0;
    return now.some((posting) => posting.stationId === community.stationId) ? 1 : 2;
  };
  return members
    .filter((member) => member.sworn && member.active && near(member) < 2)
    .toSorted((a, b) => near(a) - near(b) || a.name.localeCompare(b.name, "zh-CN"));
}
