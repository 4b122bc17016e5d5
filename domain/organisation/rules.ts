import { addDays, type LocalDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { mustBeSworn, scopeOf, seatOf } from "./policy.ts";
import type { Posting, Role, Scope } from "./terms.ts";

export type PostingRefusal =
  | "must-be-sworn"
  | "seat-missing"
  | "beat-of-another-station"
  | "ends-before-it-begins"
  | "postings-overlap";

/**
 * Posts a member to a role at its seat: an officer at a beat, a leader at a station, an inspector at
 * the bureau.
 *
 * Refuses a sworn role for someone who isn't (`must-be-sworn`; 河南条例 17(8): auxiliaries act under an
 * officer), a seat that the role needs and lacks (`seat-missing`), a beat of another station, a
 * period that ends before it begins, and a second posting of the same role at the same seat in the
 * same days (`postings-overlap`).
 */
export function post(
  posting: Posting,
  member: { readonly sworn: boolean },
  beat: { readonly stationId: string } | null,
  others: readonly Posting[],
): Result<Posting, PostingRefusal> {
  if (mustBeSworn(posting.role) && !member.sworn) return refuse("must-be-sworn");
  const seat = seatOf(posting.role);
  if ((seat === "partner") !== (posting.partnerId !== null))
    return refuse("seat-missing", { seat });
  // Whoever answers for a body outside of the police works for nobody inside.
  if (others.some((other) => overlap(other, posting) && isPartner(other) !== isPartner(posting))) {
    return refuse("postings-overlap");
  }
  const { stationId, beatId } = posting;
  if (seat === "partner" && (stationId !== null || beatId !== null)) {
    return refuse("seat-missing", { seat });
  }
  if (seat !== "bureau" && seat !== "partner" && posting.stationId === null)
    return refuse("seat-missing", { seat });
  if (seat === "beat" && posting.beatId === null) return refuse("seat-missing", { seat });
  if (beat !== null && beat.stationId !== posting.stationId)
    return refuse("beat-of-another-station");
  if (posting.validTo !== null && posting.validTo <= posting.validFrom) {
    return refuse("ends-before-it-begins");
  }
  const twice = others.some(
    (other) =>
      other.role === posting.role &&
      other.stationId === posting.stationId &&
      other.beatId === posting.beatId &&
      other.partnerId === posting.partnerId &&
      overlap(other, posting),
  );
  return twice ? refuse("postings-overlap") : accept(posting);
}

function isPartner({ role }: Posting): boolean {
  return role === "partner";
}

function overlap(a: Posting, b: Posting): boolean {
  return (
    (a.validTo === null || b.validFrom < a.validTo) &&
    (b.validTo === null || a.validFrom < b.validTo)
  );
}

export function isValidOn(posting: Posting, day: LocalDate): boolean {
  return posting.validFrom <= day && (posting.validTo === null || day < posting.validTo);
}

export interface Reach {
  readonly role: Role;
  readonly scope: Scope;
  readonly stationIds: readonly string[];
  readonly beatIds: readonly string[];
  readonly partnerId?: string;
}

const WIDTH: Readonly<Record<Scope, number>> = { none: 0, beat: 1, station: 2, bureau: 3 };

/**
 * What a member's postings of the day add up to: the role of the widest one, and every station and
 * beat that postings of the same width name. `null` when no posting is valid that day.
 */
export function reachOn(postings: readonly Posting[], day: LocalDate): Reach | null {
  const valid = postings.filter((posting) => isValidOn(posting, day));
  const [widest] = valid.toSorted((a, b) => WIDTH[scopeOf(b.role)] - WIDTH[scopeOf(a.role)]);
  if (widest === undefined) return null;
  const scope = scopeOf(widest.role);
  const same = valid.filter((posting) => scopeOf(posting.role) === scope);
  return {
    role: widest.role,
    scope,
    stationIds: [...new Set(same.map((posting) => posting.stationId).filter((id) => id !== null))],
    beatIds: [...new Set(same.map((posting) => posting.beatId).filter((id) => id !== null))],
    ...(widest.partnerId === null ? {} : { partnerId: widest.partnerId }),
  };
}

/** Beats and their stations. */
export interface Seats {
  readonly stationIds: readonly string[];
  readonly beatIds: readonly string[];
}

/** Days in which an officer may still send what his phone recorded on a beat that he left. */
const SENDING_DAYS = 30;

/**
 * The beats that an officer of other beats left of late: what he recorded there without a network is
 * his to send, whether or not his phone could know. `null` when there are none, and for whoever is
 * no officer of a beat today.
 */
export function seatsLeft(postings: readonly Posting[], day: LocalDate): Seats | null {
  const since = addDays(day, -SENDING_DAYS);
  const left = postings.filter(
    ({ beatId, validFrom, validTo }) =>
      beatId !== null && validTo !== null && validFrom < day && since < validTo && validTo <= day,
  );
  if (left.length === 0 || reachOn(postings, day)?.scope !== "beat") return null;
  const ids = (key: "stationId" | "beatId") => [
    ...new Set(left.flatMap((posting) => posting[key] ?? [])),
  ];
  return { stationIds: ids("stationId"), beatIds: ids("beatId") };
}
