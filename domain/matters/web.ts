/** How a matter comes in from the residents' page: about which place, and who receives it. */
import type { Role } from "../organisation/terms.ts";
import type { Finding } from "../privacy/terms.ts";
import type { Id } from "../shared/id.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { Clockwork } from "./clocks.ts";
import { checkDraft, register, type Registration } from "./register.ts";
import type { MatterChange, MatterDraft, MatterKind, MatterRefusal, StopSign } from "./terms.ts";

/** Where something is, seen from a door plate. An entrance and a floor have a number (`part`). */
export const SPOTS = ["door", "entrance", "floor", "building", "estate"] as const;
export type SpotKind = (typeof SPOTS)[number];

/** What there is to choose from around a plate. Numbers of entrances and floors, and no address. */
export interface Surroundings {
  /** The plate's own place is a home: what is dangerous in it is no matter for a list. */
  readonly home: boolean;
  /** The plate hangs on, or in, a building with more doors than its own. */
  readonly building: boolean;
  readonly estate: boolean;
  readonly entrances: readonly string[];
  readonly floors: readonly string[];
}

/** The spots that may be named for a kind, the likeliest first. */
export function spotsFor(kind: MatterKind, around: Surroundings): readonly SpotKind[] {
  const { building, estate, entrances, floors, home } = around;
  const outer: SpotKind[] = [
    ...(building ? (["building"] as const) : []),
    ...(building && entrances.length > 0 ? (["entrance"] as const) : []),
    ...(building && floors.length > 0 ? (["floor"] as const) : []),
    ...(estate ? (["estate"] as const) : []),
  ];
  if (kind === "service_request") return ["door", ...outer];
  // A hazard is looked at where everybody passes; inside homes there is advice, and no record (§4.5).
  const inner: SpotKind[] = outer.length === 0 || (kind === "hazard" && !home) ? ["door"] : [];
  return [...outer, ...inner];
}

/** Whether a spot with its number can be there. */
export function isSpot(
  { spot, part }: { readonly spot: SpotKind; readonly part?: string | undefined },
  kind: MatterKind,
  around: Surroundings,
): boolean {
  if (!spotsFor(kind, around).includes(spot)) return false;
  if (spot === "entrance") return part !== undefined && around.entrances.includes(part);
  if (spot === "floor") return part !== undefined && around.floors.includes(part);
  return part === undefined;
}

/** The signs that a resident may name himself, in words that he would use. */
export const STOP_SIGNS_ON_PAGE = [
  "violence_at_home",
  "child_or_sexual_harm",
  "weapon_threat",
  "party_in_fear",
] as const satisfies readonly StopSign[];

const IN_ORDER: readonly Role[] = ["community_officer", "seconded_officer", "station_leader"];

/**
 * Who receives it first, of those whose posting covers the place: the officer of the beat; what is
 * about the conduct of the police goes to the station's leader. Null where nobody is posted.
 */
export function recipientFor(
  { subtype }: Pick<MatterDraft, "subtype">,
  covering: readonly { readonly id: Id; readonly role: Role }[],
): Id | null {
  const order = subtype === "police_conduct" ? IN_ORDER.toReversed() : IN_ORDER;
  const first = order.flatMap((role) => covering.filter((one) => one.role === role)).at(0);
  return first?.id ?? null;
}

/** The first events of a matter that a resident wrote down himself. Nobody found it for him. */
export function registerFromPage(
  draft: MatterDraft,
  place: Pick<Registration, "stationId" | "beatId" | "communityId">,
  recipientId: Id,
  work: Clockwork & { inspect(text: string): readonly Finding[] },
): Result<readonly MatterChange[], MatterRefusal> {
  // On the spot there is a telephone for this, and no form.
  if (draft.subtype === "missing_person") return refuse("unknown-subtype");
  const checked = checkDraft(draft, (text) => work.inspect(text));
  if (!checked.ok) return checked;
  const { stationId, beatId, communityId } = place;
  const registration: Registration = {
    stationId,
    beatId,
    communityId,
    visitId: null,
    campaignIds: [],
    origin: "web",
    recipientId,
    finders: [],
  };
  return accept(register({ ...checked.value, reporter: "resident" }, registration, work));
}
