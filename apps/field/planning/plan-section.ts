/** The plan as the server tells it to whoever asks: his walks, and what the rest of a day is planned with. */
import type { BlockKey } from "@wanjia/domain/places/walk-block";
import type { PackedRates } from "@wanjia/domain/planning/packed";
import type { RefuseReason } from "@wanjia/domain/planning/settling";
import type { Minutes, Point, StopReason } from "@wanjia/domain/planning/terms";
import type { Demands } from "@wanjia/domain/planning/walk";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { SyncContext } from "@wanjia/sync/protocol";

export interface Basis {
  readonly startsOn: LocalDate;
  readonly deadline: number;
  readonly station: Point;
  readonly city: PackedRates;
  /** Doors of the team that are not among these, for a phone's room is small; missing from an older server. */
  readonly beyond?: number;
  readonly demands: Omit<Demands, "short" | "owed"> & {
    readonly short: readonly string[];
    /** Missing where the plan was made before it was told. */
    readonly owed?: readonly string[];
  };
  readonly buildings: readonly {
    readonly id: string;
    readonly name: string;
    readonly premises: string;
    readonly lift: boolean;
    readonly at: Point;
    readonly rates: readonly number[];
    /** Its doors by the pack that they lie in. */
    readonly packs: Readonly<Record<BlockKey, readonly Id[]>>;
    /** When an officer is near anyway, and a choice beside: day of the campaign, minute. */
    readonly times: readonly (readonly [number, Minutes])[];
  }[];
}

export interface PhoneWalk {
  readonly id: Id;
  /** Missing where the phone was last told by an older server: then nothing can be settled here. */
  readonly version?: number;
  readonly campaignId: Id;
  readonly stationId: Id;
  readonly teamId: Id;
  readonly day: LocalDate;
  readonly from: Minutes;
  readonly to: Minutes;
  readonly endsAt: Minutes;
  readonly state: "planned" | "refused";
  readonly reason: RefuseReason | null;
  /** Who settled it last, and how. */
  readonly changed: WalkChanged | null;
  /** The last change that says where, when or whether he goes; missing from an older server. */
  readonly news?: WalkChanged | null;
  readonly mayChange: boolean;
  readonly crew: readonly Id[];
  /** Somebody settled its order: what is done falls away, and nothing else changes. */
  readonly pinned: boolean;
  readonly choices: readonly { readonly building: string; readonly name: string }[];
  readonly stops: readonly (readonly [string, Id, Minutes, StopReason])[];
}

export interface WalkChanged {
  readonly at: Instant;
  /** Null: the plan itself. */
  readonly by: string | null;
  readonly byId?: Id | null;
  readonly change: string;
  /** Settled on this phone; the server doesn't know of it yet. */
  readonly unsent?: true;
}

/** The section of the context document that the server writes for who is asking. */
export interface PlanSection {
  readonly walks: readonly PhoneWalk[];
  readonly bases: readonly {
    readonly teamId: Id;
    readonly campaignId: Id;
    readonly day: LocalDate;
    readonly basis: Basis;
  }[];
}

export function planOf(context: SyncContext | null): PlanSection {
  const { plan } = (context?.sections ?? {}) as { readonly plan?: PlanSection };
  return plan ?? { walks: [], bases: [] };
}

export function basisOf({ bases }: PlanSection, walk: PhoneWalk): Basis | undefined {
  return bases.find(
    ({ teamId, campaignId, day }) =>
      teamId === walk.teamId && campaignId === walk.campaignId && day === walk.day,
  )?.basis;
}

/** The packs that have to be opened to plan the rest of a day, or to settle a walk of it. */
export function packsNeeded(
  section: PlanSection,
  days: ReadonlySet<LocalDate>,
): readonly BlockKey[] {
  const walks = section.walks.filter(({ day }) => days.has(day));
  const buildings = walks.flatMap((walk) => basisOf(section, walk)?.buildings ?? []);
  return [...new Set(buildings.flatMap(({ packs }) => Object.keys(packs)))];
}
