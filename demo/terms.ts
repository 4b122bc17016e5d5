/** The words of the generated city: what it consists of, and how its rows are numbered. */
import type { PartnerKind, Posting } from "@wanjia/domain/organisation/terms";
import type { Place } from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { Chance } from "./chance.ts";
import type { BeatShape, Outline } from "./outline.ts";
import type { HousingType, SizeName } from "./sizes.ts";

/** First day of everything that has been there all along. */
export const SINCE = "2024-01-01";

/** One word for all demo accounts; they exist in demo mode alone. */
export const DEMO_PASSWORD = "yunting-2026";

export interface Station {
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly shortName: string;
  readonly dutyPhone: string;
  readonly address: string;
  /** In its first beat: walks are counted from the building nearest to it. */
  readonly point: { readonly lon: number; readonly lat: number };
}

export interface Beat {
  readonly id: Id;
  readonly stationId: Id;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly outline: Outline;
}

export interface Community {
  readonly id: Id;
  readonly divisionCode: string;
  readonly name: string;
  readonly kind: "residents_committee" | "village_committee";
  readonly stationId: Id;
  /** Null where two beats share it. */
  readonly beatId: Id | null;
}

export interface Grid {
  readonly id: Id;
  readonly communityId: Id;
  readonly beatId: Id;
  readonly code: string;
  readonly name: string;
}

export interface Member {
  readonly id: Id;
  readonly login: string;
  readonly name: string;
  readonly number: string;
  readonly title: string;
  readonly sworn: boolean;
  readonly publicPhone: string;
}

export interface Liaison {
  readonly id: Id;
  readonly communityId: Id;
  readonly memberId: Id;
  readonly validFrom: string;
}

export interface Partner {
  readonly id: Id;
  readonly kind: PartnerKind;
  readonly name: string;
  readonly phone: string;
}

export interface Bureau {
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly website: string;
  readonly privacyContact: string;
}

/** What the generator knows of a beat when it builds its streets. */
export interface BeatPlan {
  readonly index: number;
  readonly beat: Beat;
  readonly shape: BeatShape;
  readonly rural: boolean;
  readonly communities: readonly Community[];
  readonly grids: readonly Grid[];
  readonly homes: Readonly<Record<HousingType, number>>;
  readonly shops: number;
  readonly organisations: number;
}

export interface City {
  readonly size: SizeName;
  readonly seed: string;
  readonly bureau: Bureau;
  readonly stations: readonly Station[];
  readonly beats: readonly Beat[];
  readonly communities: readonly Community[];
  readonly grids: readonly Grid[];
  readonly members: readonly Member[];
  readonly postings: readonly Posting[];
  readonly liaisons: readonly Liaison[];
  readonly partners: readonly Partner[];
  readonly plans: readonly BeatPlan[];
  /** All places, parents before what lies in them, one beat after another; nothing is held in memory. */
  places(): Generator<Place>;
}

export const ROW_KINDS = [
  "bureau",
  "station",
  "beat",
  "community",
  "grid",
  "member",
  "posting",
  "liaison",
  "partner",
  "place",
  "campaign",
  "team",
  "device",
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** Ids that depend on the seed, the kind and the number alone: version 7, of 1 January 2024. */
export function idOf(seed: string, kind: RowKind, number: number): Id {
  const chance = new Chance(`${seed}/ids`);
  const city = chance.whole(0, 0xfff).toString(16).padStart(3, "0");
  return idPrefix(city, kind) + number.toString(16).padStart(12, "0");
}

function idPrefix(city: string, kind: RowKind): string {
  const sign = (0x100 + ROW_KINDS.indexOf(kind)).toString(16).padStart(3, "0");
  return `018cc251-f400-7${city}-8${sign}-`;
}

/** Like `idOf`, for a million of them. */
export function idMaker(seed: string, kind: RowKind): (number: number) => Id {
  const prefix = idOf(seed, kind, 0).slice(0, 24);
  return (number) => prefix + number.toString(16).padStart(12, "0");
}
