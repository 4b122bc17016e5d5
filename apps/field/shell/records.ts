/** What the server sends of a beat, and how the phone keeps it: one pack for each building. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { PlaceKind } from "@wanjia/domain/places/terms";
import type { BlockKey } from "@wanjia/domain/places/walk-block";
import type { Command } from "@wanjia/sync/protocol";
import type { DoorState } from "@wanjia/domain/visits/terms";

/** A record of kind `place`. Absent parts of an address are absent or null. */
export type PlaceRecord = {
  readonly id: Id;
  readonly kind: PlaceKind;
  readonly buildingId?: Id | null;
  readonly parentId?: Id | null;
  readonly communityId?: Id | null;
  readonly street?: string | null;
  readonly doorNo?: string | null;
  readonly estateName?: string | null;
  readonly buildingNo?: string | null;
  readonly entranceNo?: string | null;
  readonly floorNo?: string | null;
  readonly unitNo?: string | null;
  readonly name?: string | null;
  readonly fullText?: string;
  readonly sortKey?: string;
  readonly status?: string;
  readonly attributes?: { readonly hasElevator?: boolean; readonly access?: string };
};

export type Pack = {
  readonly key: BlockKey;
  readonly beat: Id;
  readonly places: Readonly<Record<Id, PlaceRecord>>;
  readonly doors: Readonly<Record<Id, DoorState>>;
};

/** A command of this phone, with what is needed to show it without looking anything up. */
export type Mine = {
  readonly command: Command;
  readonly block: BlockKey;
  readonly placeId: Id;
  /** How the door is called: 3幢 1203. */
  readonly label: string;
  /** Who noted it; a visit names its team itself. */
  readonly by?: Id;
  /** The server said no: it does not count at the door. */
  readonly refused?: true;
};

/** What the list of buildings shows, kept ready so that it needs no pack to be opened. */
export type BlockSummary = {
  readonly key: BlockKey;
  readonly beat: Id;
  readonly title: string;
  readonly subtitle: string;
  readonly sort: string;
  readonly looksLike: "building" | "houses";
  readonly doors: number;
  /** Of the doors: shops, firms and sites, where people are by day. */
  readonly workplaces: number;
  readonly met: number;
  readonly ended: number;
  readonly open: number;
  readonly again: number;
  /** Of those to come again: how many at which instant the next knock is due from. */
  readonly dueFrom: readonly Instant[];
  readonly appointments: readonly Instant[];
  readonly lastWorkedAt: Instant | null;
};

export type BlockIndex = {
  readonly blocks: readonly BlockSummary[];
  /** The day and context the statuses were computed for; another day, another campaign: again. */
  readonly basis: string;
};

export const emptyIndex: BlockIndex = { blocks: [], basis: "" };

export function indexBasis(day: LocalDate, contextVersion: string): string {
  return `${day} ${contextVersion}`;
}

export function isDoor(place: PlaceRecord): boolean {
  switch (place.kind) {
    case "dwelling_unit":
    case "rural_house":
    case "shop":
    case "organisation":
    case "site":
      return true;
    case "estate":
    case "compound":
    case "building":
    case "entrance":
    case "floor":
      return false;
  }
}
