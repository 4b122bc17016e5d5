/**
 * 云汀市, a city that does not exist (domain.md §10): its bureau, units, members and partners. The same
 * seed gives the same city, to the byte. Division codes begin with 9901, which is assigned to no place,
 * telephones with 0990, 1200 or 400-000, which belong to nobody. No residents are generated.
 */
import type { PartnerKind, Posting, Role } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addressesOfBeat } from "./addresses.ts";
import { Chance } from "./chance.ts";
import { type BeatShape, shapesOf } from "./outline.ts";
import { HOUSING_TYPES, type HousingType, SIZES, type SizeName, shareOut } from "./sizes.ts";
import {
  type Beat,
  type BeatPlan,
  type City,
  type Community,
  type Grid,
  idMaker,
  type Liaison,
  type Member,
  type Partner,
  type RowKind,
  SINCE,
  type Station,
} from "./terms.ts";
import { memberName, placeName } from "./words.ts";

/** Written into the settings of a generated city: another version may give another city. */
export const GENERATOR_VERSION = 6;
export const DEMO_SEED = "云汀2026";
function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

export function generateCity(size: SizeName, seed: string = DEMO_SEED): City {
  const measures = SIZES[size];
  const id = (kind: RowKind) => idMaker(seed, kind);
  const chance = new Chance(`${seed}/${size}/units`);

  const perRow = shareOut(
    measures.beats,
    Array.from({ length: measures.rows }, (_, row) => 1.15 - (0.3 * row) / measures.rows),
  );
  const shapes = shapesOf(perRow, seed);
  const rowOf = perRow.flatMap((count, row) => Array.from({ length: count }, () => row));
  const beatsPerStation = shareOut(
    measures.beats,
    measures.stations === measures.rows
      ? perRow
      : Array.from({ length: measures.stations }, () => 1),
  );
  const stationOf = beatsPerStation.flatMap((count, station) =>
    Array.from({ length: count }, () => station),
  );

  const stationId = id("station");
  const stations = Array.from({ length: measures.stations }, (_, s): Station => {
    const name = placeName(s);
    const district = pad((s % measures.subBureaus) + 1, 2);
    return {
      id: stationId(s),
      code: `9901${district}${500 + s}000`,
      name: `${name.zh}派出所`,
      nameEn: `${name.en} Police Station`,
      shortName: `${name.zh}所`,
      dutyPhone: `0990-1100${pad(s, 3)}`,
      address: `${name.zh}路1号`,
      point: (shapes[stationOf.indexOf(s)] as BeatShape).point(0.5, 0.5),
    };
  });

  // Communities follow the beats of a station; where there are fewer, two beats share one.
  const beatId = id("beat");
  const communityId = id("community");
  const perBeat = shareOut(
    measures.communities,
    Array.from({ length: measures.beats }, () => 1),
  );
  const communitiesOfBeat: number[][] = [];
  let next = 0;
  for (const count of perBeat) {
    communitiesOfBeat.push(
      count === 0 ? [Math.max(0, next - 1)] : Array.from({ length: count }, () => next++),
    );
  }
  const beatsOfCommunity = new Map<number, number[]>();
  communitiesOfBeat.forEach((list, beat) => {
    for (const community of list) {
      beatsOfCommunity.set(community, [...(beatsOfCommunity.get(community) ?? []), beat]);
    }
  });
  const isRural = (beat: number): boolean =>
    (rowOf[beat] ?? 0) >= Math.ceil(measures.rows * (size === "S" ? 0.45 : 0.67));
  const nameOfCommunity = (c: number) => placeName(measures.stations + c);
  const communities = Array.from({ length: measures.communities }, (_, c): Community => {
    const beats = beatsOfCommunity.get(c) ?? [];
    const first = beats[0] ?? 0;
    const station = stationOf[first] ?? 0;
    const village = isRural(first);
    const district = pad((station % measures.subBureaus) + 1, 2);
    const township = village ? 100 + station : 1 + station;
    return {
      id: communityId(c),
      divisionCode: `9901${district}${pad(township, 3)}${pad((village ? 200 : 1) + c, 3)}`,
      name: `${nameOfCommunity(c).zh}${village ? "村" : "社区"}`,
      kind: village ? "village_committee" : "residents_committee",
      stationId: stationId(station),
      beatId: beats.length === 1 ? beatId(first) : null,
    };
  });

  const beats = Array.from({ length: measures.beats }, (_, b): Beat => {
    const name = nameOfCommunity(communitiesOfBeat[b]?.[0] ?? 0);
    const shared = (beatsOfCommunity.get(communitiesOfBeat[b]?.[0] ?? 0) ?? []).indexOf(b);
    const part = shared > 0 ? { zh: "东", en: " East" } : { zh: "", en: "" };
    const station = stations[stationOf[b] ?? 0];
    return {
      id: beatId(b),
      stationId: stationId(stationOf[b] ?? 0),
      code: `${station?.code.slice(0, 9)}${pad(b + 1, 3)}`,
      name: `${name.zh}${part.zh}警务区`,
      nameEn: `${name.en}${part.en} Beat`,
      outline: (shapes[b] as BeatShape).outline,
    };
  });

  const gridId = id("grid");
  const gridsPerBeat = shareOut(
    measures.grids,
    Array.from({ length: measures.beats }, () => 1),
  );
  let gridNumber = 0;
  const gridsOfBeat = gridsPerBeat.map((count, b) => {
    const own = communitiesOfBeat[b] ?? [0];
    return Array.from({ length: Math.max(count, 1) }, (_, g): Grid => {
      const community = own[g % own.length] ?? 0;
      gridNumber += 1;
      return {
        id: gridId(gridNumber),
        communityId: communityId(community),
        beatId: beatId(b),
        code: `${communities[community]?.divisionCode}${pad(gridNumber, 4)}`,
        name: `${nameOfCommunity(community).zh}${pad(g + 1, 2)}网格`,
      };
    });
  });

  const partners = partnersOf(seed, communities, stations);
  const weights = homesPerBeat(measures.beats, isRural, chance);
  const plans = beats.map((beat, b): BeatPlan => {
    const own = communitiesOfBeat[b] ?? [];
    return {
      index: b,
      beat,
      shape: shapes[b] as BeatShape,
      rural: isRural(b),
      communities: own.map((c) => communities[c] as Community),
      grids: gridsOfBeat[b] ?? [],
      homes: Object.fromEntries(
        HOUSING_TYPES.map((type) => [
          type,
          shareOut(Math.round(measures.dwellings * measures.mix[type]), weights[type])[b] ?? 0,
        ]),
      ) as Record<HousingType, number>,
      shops: shareOut(measures.shops, weights.shops)[b] ?? 0,
      organisations: shareOut(measures.organisations, weights.shops)[b] ?? 0,
    };
  });

  return {
    size,
    seed,
    bureau: {
      id: id("bureau")(1),
      code: "990100000000",
      name: "云汀市公安局",
      nameEn: "Yunting Public Security Bureau",
      website: "https://yunting.example",
      privacyContact: "0990-110119",
    },
    stations,
    beats,
    communities,
    grids: gridsOfBeat.flat(),
    ...staff(size, seed, stations, beats, communities, partners),
    partners,
    plans,
    *places() {
      for (const plan of plans) yield* addressesOfBeat(plan, seed);
    },
  };
}

/** How homes of each kind spread over the beats: towers near the coast, houses in the hills. */
function homesPerBeat(
  count: number,
  isRural: (beat: number) => boolean,
  chance: Chance,
): Record<HousingType | "shops", number[]> {
  const all = Array.from({ length: count }, (_, beat) => beat);
  const noRural = !all.some(isRural);
  const weigh = (urban: number, rural: number): number[] =>
    all.map((beat) => (isRural(beat) ? rural : urban) * chance.between(0.75, 1.25));
  return {
    high_rise: weigh(1, 0.1),
    walk_up: weigh(1, 0.4),
    urban_village: weigh(1, 0.3),
    rural_detached: weigh(noRural ? 1 : 0, 1),
    dormitory: weigh(1, 0.6),
    shops: weigh(1, 0.5),
  };
}

/** Demo accounts by role; the other members exist without a log-in. */
export const DEMO_LOGINS: readonly { readonly login: string; readonly role: Role }[] = [
  { login: "demo.officer", role: "community_officer" },
  { login: "demo.officer2", role: "community_officer" },
  { login: "demo.auxiliary", role: "auxiliary" },
  { login: "demo.seconded", role: "seconded_officer" },
  { login: "demo.leader", role: "station_leader" },
  { login: "demo.leader2", role: "station_leader" },
  { login: "demo.office", role: "campaign_office" },
  { login: "demo.feedback", role: "feedback_centre" },
  { login: "demo.unit", role: "business_unit" },
  { login: "demo.unit2", role: "business_unit" },
  { login: "demo.inspector", role: "inspectorate" },
  { login: "demo.legal", role: "legal_unit" },
  { login: "demo.dpo", role: "dpo" },
  { login: "demo.admin", role: "sys_admin" },
  { login: "demo.security", role: "security_admin" },
  { login: "demo.auditor", role: "auditor" },
  { login: "demo.observer", role: "external_observer" },
  { login: "demo.partner", role: "partner" },
];

const DESK_TITLES: readonly (readonly [Role, string, boolean])[] = [
  ["campaign_office", "走访活动办公室主任", true],
  ["feedback_centre", "民意中心专员", true],
  ["feedback_centre", "民意中心专员", true],
  ["business_unit", "治安大队民警", true],
  ["business_unit", "刑侦大队民警", true],
  ["inspectorate", "督察民警", true],
  ["legal_unit", "法制大队民警", true],
  ["dpo", "个人信息保护负责人", true],
  ["sys_admin", "系统管理员", false],
  ["security_admin", "安全管理员", false],
  ["auditor", "审计员", false],
  ["external_observer", "特邀监督员", false],
];

function staff(
  size: SizeName,
  seed: string,
  stations: readonly Station[],
  beats: readonly Beat[],
  communities: readonly Community[],
  partners: readonly Partner[],
): Pick<City, "members" | "postings" | "liaisons"> {
  const { officers, auxiliariesPerBeat } = SIZES[size];
  const memberId = idMaker(seed, "member");
  const postingId = idMaker(seed, "posting");
  const members: Member[] = [];
  const postings: Posting[] = [];
  const logins = new Map<Role, string[]>();
  for (const { login, role } of DEMO_LOGINS) {
    logins.set(role, [...(logins.get(role) ?? []), login]);
  }
  let sworn = 0;
  const add = (
    role: Role,
    title: string,
    isSworn: boolean,
    seats: readonly (Beat | Station | null)[],
    publicPhone = "",
    partnerId: Id | null = null,
  ): Member => {
    const number = members.length + 1;
    if (isSworn) sworn += 1;
    const member: Member = {
      id: memberId(number),
      login: logins.get(role)?.shift() ?? `${isSworn ? "p" : "f"}${pad(number, 5)}`,
      name: memberName(number),
      number: isSworn ? pad(990_000 + number, 6) : `F${pad(number, 5)}`,
      title,
      sworn: isSworn,
      publicPhone,
    };
    members.push(member);
    for (const seat of seats) {
      postings.push({
        id: postingId(postings.length + 1),
        memberId: member.id,
        role,
        stationId: seat === null ? null : "stationId" in seat ? seat.stationId : seat.id,
        beatId: seat !== null && "stationId" in seat ? seat.id : null,
        partnerId,
        validFrom: SINCE,
        validTo: null,
      });
    }
    return member;
  };
  const officerOf = new Map(
    beats.map((beat, b) => [
      beat.id,
      add("community_officer", "社区民警", true, [beat], `0990-1200${pad(b, 3)}`),
    ]),
  );
  for (const beat of beats) {
    for (let n = 0; n < auxiliariesPerBeat; n += 1) add("auxiliary", "辅警", false, [beat]);
  }
  for (const station of stations) {
    add("station_leader", "所长", true, [station]);
    add("station_leader", "教导员", true, [station]);
  }
  for (const [role, title, isSworn] of DESK_TITLES) add(role, title, isSworn, [null]);
  // The rest of the officers are detached from headquarters, each to two neighbouring beats.
  for (let n = 0; sworn < officers; n += 1) {
    const first = beats[n % beats.length] as Beat;
    const second = beats[(n + 1) % beats.length] as Beat;
    const seats = second.stationId === first.stationId ? [first, second] : [first];
    add("seconded_officer", "下沉民警", true, seats);
  }
  // The property company of the second beat answers for itself, with a log-in of its own.
  const company = companyOf(beats[1 % beats.length], communities, partners);
  if (company !== undefined) add("partner", "物业经理", false, [null], "", company.id);
  const liaisonId = idMaker(seed, "liaison");
  const anyOfficer = new Map(beats.map((beat) => [beat.stationId, officerOf.get(beat.id)]));
  const liaisons = communities.flatMap((community, c): Liaison[] => {
    // The last community has lost its officer and waits for the next: a gap to be found at the desk.
    if (c === communities.length - 1) return [];
    const officer =
      community.beatId === null
        ? anyOfficer.get(community.stationId)
        : officerOf.get(community.beatId);
    return officer === undefined
      ? []
      : [
          {
            id: liaisonId(c + 1),
            communityId: community.id,
            memberId: officer.id,
            validFrom: SINCE,
          },
        ];
  });
  return { members, postings, liaisons };
}

/** Who manages the estates of a beat: the property company of its first community that has one. */
export function companyOf(
  beat: Beat | undefined,
  communities: readonly Community[],
  partners: readonly Partner[],
): Partner | undefined {
  const names = communities
    .filter(({ beatId }) => beatId === beat?.id)
    .map(({ name }) => name.replace(/(?:社区|村)$/u, ""));
  const companies = partners.filter(({ kind }) => kind === "property_manager");
  return companies.find(({ name }) => names.some((one) => name.startsWith(one))) ?? companies[0];
}

function partnersOf(
  seed: string,
  communities: readonly Community[],
  stations: readonly Station[],
): Partner[] {
  const id = idMaker(seed, "partner");
  const partners: Partner[] = [];
  const add = (kind: PartnerKind, name: string): void => {
    const number = partners.length + 1;
    partners.push({ id: id(number), kind, name, phone: `0990-13${pad(number, 5)}` });
  };
  const bare = (name: string): string => name.replace(/(?:社区|村|派出所)$/u, "");
  for (const { name, kind } of communities) {
    const isVillage = kind === "village_committee";
    add("residents_committee", isVillage ? `${name}村委会` : `${name}居委会`);
    if (!isVillage) {
      add("property_manager", `${bare(name)}物业服务中心`);
      add("owners_committee", `${bare(name)}业主委员会`);
    }
  }
  for (const { name } of stations) {
    add("subdistrict", `${bare(name)}街道办事处`);
    add("mediation_committee", `${bare(name)}人民调解委员会`);
  }
  add("urban_management", "云汀市城市管理局");
  add("civil_affairs", "云汀市民政局");
  add("fire_service", "云汀市消防救援支队");
  add("emergency_management", "云汀市应急管理局");
  add("housing", "云汀市住房和城乡建设局");
  add("legal_aid", "云汀市法律援助中心");
  add("court", "云汀市人民法院诉前调解中心");
  return partners;
}
