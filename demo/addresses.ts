/** The streets, estates and doors of one beat (domain.md §10.3). */
import { fullText } from "@wanjia/domain/places/address";
import { sortKey } from "@wanjia/domain/places/sort-key";
import type {
  AccessKind,
  AddressElements,
  Place,
  PlaceAttributes,
  PlaceKind,
  PlaceUse,
} from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { Chance } from "./chance.ts";
import { type BeatPlan, type Community, type Grid, idMaker, SINCE } from "./terms.ts";
import { type HousingType, shareOut } from "./sizes.ts";
import {
  ALLEY_SUFFIXES,
  ESTATE_SUFFIXES,
  ORGANISATION_KINDS,
  placeName,
  SHOP_NAMES,
  SHOP_TRADES,
  STREET_SUFFIXES,
} from "./words.ts";

/** Places of one beat have numbers of their own, so that beats can be built in any order. */
const PLACES_A_BEAT = 0x100_0000;
const BUILDINGS_AN_ESTATE = 8;
const HOMES_IN_A_ROW_OF_SHOPS = 8;

interface Site {
  readonly community: Community;
  readonly grid: Grid;
}

interface Building {
  readonly elements: AddressElements;
  readonly attributes: PlaceAttributes;
  readonly site: Site;
  readonly parentId: Id | null;
}

export function* addressesOfBeat(plan: BeatPlan, seed: string): Generator<Place> {
  yield* new BeatBuilder(plan, seed).build();
}

class BeatBuilder {
  readonly #plan: BeatPlan;
  readonly #chance: Chance;
  readonly #id: (number: number) => Id;
  #number: number;
  #street = 0;
  #estate = 0;
  #shop = 0;

  constructor(plan: BeatPlan, seed: string) {
    this.#plan = plan;
    this.#chance = new Chance(`${seed}/beat/${plan.index}`);
    this.#id = idMaker(seed, "place");
    this.#number = (plan.index + 1) * PLACES_A_BEAT;
  }

  *build(): Generator<Place> {
    const { homes, communities, shops, organisations } = this.#plan;
    const even = communities.map(() => 1);
    for (const [c, community] of communities.entries()) {
      const part = (total: number): number => shareOut(total, even)[c] ?? 0;
      yield* this.#estates("high_rise", community, part(homes.high_rise));
      yield* this.#estates("walk_up", community, part(homes.walk_up));
      yield* this.#estates("dormitory", community, part(homes.dormitory));
      yield* this.#urbanVillage(community, part(homes.urban_village));
      yield* this.#countryside(community, part(homes.rural_detached));
      yield* this.#shopRows(community, part(shops));
      yield* this.#organisations(community, part(organisations));
    }
  }

  #site(community: Community, nth: number): Site {
    const own = this.#plan.grids.filter(({ communityId }) => communityId === community.id);
    const grids = own.length > 0 ? own : this.#plan.grids;
    return { community, grid: grids[nth % grids.length] as Grid };
  }

  #place(
    kind: PlaceKind,
    elements: AddressElements,
    site: Site,
    above: { parentId: Id | null; buildingId: Id | null; itself?: true },
    use: PlaceUse,
    attributes: PlaceAttributes = {},
  ): Place {
    this.#number += 1;
    const id = this.#id(this.#number);
    return {
      id,
      kind,
      stationId: this.#plan.beat.stationId,
      beatId: this.#plan.beat.id,
      gridId: site.grid.id,
      communityId: site.community.id,
      parentId: above.parentId,
      buildingId: above.itself === true ? id : above.buildingId,
      stdCode: null,
      ...elements,
      fullText: fullText(elements),
      sortKey: sortKey(elements),
      use,
      status: "confirmed",
      validFrom: SINCE,
      validTo: null,
      replacedBy: [],
      attributes,
    };
  }

  #point(): NonNullable<PlaceAttributes["point"]> {
    const { lon, lat } = this.#plan.shape.point(this.#chance.unit(), this.#chance.unit());
    return { lon, lat, crs: "cgcs2000" };
  }

  /** Streets take their names from all over the vocabulary; each beat begins elsewhere. */
  #nextStreet(suffixes: readonly string[]): string {
    const name = placeName(this.#plan.index * 37 + this.#street * 11 + 5);
    const suffix = suffixes[this.#street % suffixes.length] ?? "";
    this.#street += 1;
    return name.zh + suffix;
  }

  #nextEstate(): string {
    const name = placeName(this.#plan.index * 53 + this.#estate * 7 + 2);
    const suffix = ESTATE_SUFFIXES[(this.#plan.index + this.#estate) % ESTATE_SUFFIXES.length];
    this.#estate += 1;
    return name.zh + (suffix?.zh ?? "");
  }

  *#estates(
    type: "high_rise" | "walk_up" | "dormitory",
    community: Community,
    homes: number,
  ): Generator<Place> {
    let left = homes;
    for (let estate = 0; left > 0; estate += 1) {
      const street = this.#nextStreet(STREET_SUFFIXES);
      const name = type === "dormitory" ? `${this.#nextEstate()}职工宿舍` : this.#nextEstate();
      const base = { street, doorNo: String(this.#chance.whole(1, 320)), estateName: name };
      const site = this.#site(community, estate);
      const top = this.#place(
        "estate",
        base,
        site,
        { parentId: null, buildingId: null },
        "residential",
      );
      yield top;
      const count = type === "dormitory" ? 2 : BUILDINGS_AN_ESTATE;
      for (let number = 1; number <= count && left > 0; number += 1) {
        const elements = { ...base, buildingNo: String(number) };
        const building = {
          elements,
          site: this.#site(community, estate + (number > count / 2 ? 1 : 0)),
          parentId: top.id,
          attributes: this.#attributes(type),
        };
        left -= yield* this.#block(type, building, left);
      }
    }
  }

  #attributes(type: HousingType): PlaceAttributes {
    const access: AccessKind =
      type === "high_rise"
        ? this.#chance.happens(0.85)
          ? "access_card"
          : "guard"
        : type === "walk_up" && this.#chance.happens(0.35)
          ? "intercom"
          : "open";
    return {
      buildingType: type,
      access,
      hasElevator: type === "high_rise",
      accessibleEntrance: this.#chance.happens(type === "high_rise" ? 0.9 : 0.15),
      point: this.#point(),
    };
  }

  /** One building with its entrances and at most `limit` homes; returns how many it has. */
  *#block(
    type: "high_rise" | "walk_up" | "dormitory",
    building: Building,
    limit: number,
  ): Generator<Place, number> {
    const { elements, site, attributes, parentId } = building;
    const { floors, entrances, perFloor } = this.#layout(type);
    const above = { parentId, buildingId: null, itself: true } as const;
    const house = this.#place("building", elements, site, above, "residential", attributes);
    yield house;
    let built = 0;
    for (let entrance = 1; entrance <= entrances && built < limit; entrance += 1) {
      const inside = entrances > 1 ? { ...elements, entranceNo: String(entrance) } : elements;
      let parent = house.id;
      if (entrances > 1) {
        const door = this.#place(
          "entrance",
          inside,
          site,
          { parentId: house.id, buildingId: house.id },
          "residential",
        );
        parent = door.id;
        yield door;
      }
      for (let floor = 1; floor <= floors && built < limit; floor += 1) {
        for (let unit = 1; unit <= perFloor && built < limit; unit += 1) {
          const unitNo = `${floor}${String(unit).padStart(2, "0")}`;
          yield this.#place(
            "dwelling_unit",
            { ...inside, floorNo: String(floor), unitNo },
            site,
            { parentId: parent, buildingId: house.id },
            "residential",
          );
          built += 1;
        }
      }
    }
    return built;
  }

  #layout(type: "high_rise" | "walk_up" | "dormitory"): {
    floors: number;
    entrances: number;
    perFloor: number;
  } {
    const chance = this.#chance;
    switch (type) {
      case "high_rise":
        return {
          floors: chance.whole(11, 33),
          entrances: chance.whole(1, 2),
          perFloor: chance.weighted([
            [2, 0.3],
            [3, 0.3],
            [4, 0.4],
          ]),
        };
      case "walk_up":
        return {
          floors: chance.whole(5, 7),
          entrances: chance.whole(3, 6),
          perFloor: chance.happens(0.65) ? 2 : 3,
        };
      case "dormitory":
        return { floors: chance.whole(4, 7), entrances: 1, perFloor: chance.whole(12, 17) };
    }
  }

  /** Alleys of narrow houses with many rooms. */
  *#urbanVillage(community: Community, homes: number): Generator<Place> {
    let left = homes;
    let alley = "";
    for (let number = 0; left > 0; number += 1) {
      if (number % 12 === 0) alley = this.#nextStreet(ALLEY_SUFFIXES);
      const elements = { street: alley, doorNo: String((number % 12) * 2 + 1) };
      const site = this.#site(community, Math.floor(number / 4));
      const attributes = this.#attributes("urban_village");
      const above = { parentId: null, buildingId: null, itself: true } as const;
      const house = this.#place("building", elements, site, above, "mixed", attributes);
      yield house;
      const rooms = Math.min(
        left,
        Math.max(3, Math.min(60, Math.round(this.#chance.logNormal(17, 0.55)))),
      );
      const perFloor = rooms > 24 ? 6 : 4;
      for (let room = 0; room < rooms; room += 1) {
        const floor = 1 + Math.floor(room / perFloor);
        const unitNo = `${floor}${String((room % perFloor) + 1).padStart(2, "0")}`;
        yield this.#place(
          "dwelling_unit",
          { ...elements, floorNo: String(floor), unitNo },
          site,
          { parentId: house.id, buildingId: house.id },
          "residential",
        );
      }
      left -= rooms;
    }
  }

  /** Villagers' groups of scattered houses, some of them with a second or third home in the yard. */
  *#countryside(community: Community, homes: number): Generator<Place> {
    let left = homes;
    const village = community.name.replace(/(?:村|社区)$/u, "");
    // Two beats that share a village count their groups apart.
    const firstGroup = community.beatId === null && this.#plan.index % 2 === 1 ? 21 : 1;
    for (let house = 0; left > 0; house += 1) {
      const group = Math.floor(house / 24) + firstGroup;
      const number = (house % 24) + 1;
      const doors = Math.min(
        left,
        this.#chance.weighted([
          [1, 0.55],
          [2, 0.3],
          [3, 0.15],
        ]),
      );
      const site = this.#site(community, group);
      const attributes = this.#attributes("rural_detached");
      for (let door = 0; door < doors; door += 1) {
        const doorNo = door === 0 ? String(number) : `${number}-${door}`;
        yield this.#place(
          "rural_house",
          { street: `${village}${group}组`, doorNo },
          site,
          { parentId: null, buildingId: null, itself: true },
          "residential",
          attributes,
        );
      }
      left -= doors;
    }
  }

  *#shopRows(community: Community, shops: number): Generator<Place> {
    let left = shops;
    for (let row = 0; left > 0; row += 1) {
      const elements = {
        street: this.#nextStreet(STREET_SUFFIXES),
        doorNo: String(this.#chance.whole(1, 280)),
      };
      const site = this.#site(community, row);
      const house = this.#place(
        "building",
        elements,
        site,
        { parentId: null, buildingId: null, itself: true },
        "commercial",
        { buildingType: "mixed_use", access: "open", hasElevator: false, point: this.#point() },
      );
      yield house;
      const count = Math.min(left, HOMES_IN_A_ROW_OF_SHOPS);
      for (let number = 1; number <= count; number += 1) {
        const trade = SHOP_TRADES[(this.#shop * 7 + row) % SHOP_TRADES.length] ?? SHOP_TRADES[0];
        const brand = SHOP_NAMES[(this.#shop * 3 + this.#plan.index) % SHOP_NAMES.length] ?? "";
        this.#shop += 1;
        yield this.#place(
          "shop",
          { ...elements, unitNo: `1${String(number).padStart(2, "0")}`, name: brand + trade[0] },
          site,
          { parentId: house.id, buildingId: house.id },
          "commercial",
        );
      }
      left -= count;
    }
  }

  *#organisations(community: Community, count: number): Generator<Place> {
    const area = community.name.replace(/(?:村|社区)$/u, "");
    for (let number = 0; number < count; number += 1) {
      const kind =
        ORGANISATION_KINDS[(this.#plan.index + number) % ORGANISATION_KINDS.length] ?? "";
      const round = Math.floor(number / ORGANISATION_KINDS.length);
      yield this.#place(
        "organisation",
        {
          street: this.#nextStreet(STREET_SUFFIXES),
          doorNo: String(this.#chance.whole(1, 200)),
          name: `${area}${round === 0 ? "" : `第${round + 1}`}${kind}`,
        },
        this.#site(community, number),
        { parentId: null, buildingId: null, itself: true },
        "public",
        { buildingType: "other", access: "guard", point: this.#point() },
      );
    }
  }
}
