import type { Role } from "@wanjia/domain/organisation/terms";
import { sortKey } from "@wanjia/domain/places/sort-key";
import type { Id } from "@wanjia/domain/shared/id";
import { insertBureau, insertUnits } from "./organisation/queries.ts";
import type { Database, OpenTx } from "./platform/database.ts";
import type { Sessions } from "./platform/session.ts";

/**
 * The fixture city of server and browser tests: bureau X with two stations and three beats, a member of each role, one
 * building of three floors by four doors in each beat; and bureau Y, which nobody of X may ever see.
 */
export const PASSWORD = "correct horse 2026";

/** Fixed ids, readable in a failing test: the last digits say which one. */
function id(kind: number, number: number): Id {
  return `01990000-0000-7000-8000-${String(kind).padStart(4, "0")}${String(number).padStart(8, "0")}`;
}

const X = id(1, 1);
const Y = id(1, 2);

interface FixtureMember {
  readonly id: Id;
  readonly bureauId: Id;
  readonly login: string;
  readonly role: Role;
  readonly sworn: boolean;
  readonly station: Id | null;
  readonly beat: Id | null;
  readonly partner?: Id;
}

const stations = { first: id(2, 1), second: id(2, 2), foreign: id(2, 9) };
const beats = { east: id(3, 1), west: id(3, 2), south: id(3, 3), foreign: id(3, 9) };
const communities = { east: id(4, 1), west: id(4, 2), south: id(4, 3), foreign: id(4, 9) };

const officer = { role: "community_officer", sworn: true, station: stations.first } as const;
const desk = { sworn: true, station: null, beat: null } as const;

/** East and West are beats of the first station, South is of the second. */
const MEMBERS = {
  officer: { ...officer, beat: beats.east },
  colleague: { ...officer, beat: beats.east },
  westOfficer: { ...officer, beat: beats.west },
  southOfficer: {
    role: "community_officer",
    sworn: true,
    station: stations.second,
    beat: beats.south,
  },
  auxiliary: { role: "auxiliary", sworn: false, station: stations.first, beat: beats.east },
  leader: { role: "station_leader", sworn: true, station: stations.first, beat: null },
  southLeader: { role: "station_leader", sworn: true, station: stations.second, beat: null },
  feedback: { ...desk, role: "feedback_centre" },
  office: { ...desk, role: "campaign_office" },
  inspector: { ...desk, role: "inspectorate" },
  legal: { ...desk, role: "legal_unit" },
  dpo: { ...desk, role: "dpo" },
  admin: { ...desk, role: "sys_admin", sworn: false },
  auditor: { ...desk, role: "auditor", sworn: false },
  observer: { ...desk, role: "external_observer", sworn: false },
  mediator: { role: "mediator", sworn: false, station: stations.first, beat: null },
  foreignOfficer: {
    role: "community_officer",
    sworn: true,
    station: stations.foreign,
    beat: beats.foreign,
  },
  foreignLeader: { role: "station_leader", sworn: true, station: stations.foreign, beat: null },
  foreignOffice: { ...desk, role: "campaign_office" },
  detective: { ...desk, role: "business_unit" },
  detectivePartner: { ...desk, role: "business_unit" },
  propertyManager: {
    role: "partner",
    sworn: false,
    station: null,
    beat: null,
    partner: id(10, 1),
  },
  committeeMember: {
    role: "partner",
    sworn: false,
    station: null,
    beat: null,
    partner: id(10, 2),
  },
} satisfies Record<string, Omit<FixtureMember, "id" | "bureauId" | "login">>;

export type CityMember = keyof typeof MEMBERS;

const members = Object.fromEntries(
  Object.entries(MEMBERS).map(([name, member], index) => [
    name,
    {
      ...member,
      id: id(5, index + 1),
      bureauId: name.startsWith("foreign") ? Y : X,
      login: name.toLowerCase(),
    },
  ]),
) as Record<CityMember, FixtureMember>;

/** Door `floor`/`number` of a beat's building: floors 1-3, numbers 1-4. */
function door(beat: keyof typeof beats, floor: number, number: number): Id {
  return id(7, Object.keys(beats).indexOf(beat) * 100 + floor * 10 + number);
}

const buildings = { east: id(6, 1), west: id(6, 2), south: id(6, 3), foreign: id(6, 9) };

const committee = id(10, 2);
const propertyCompany = id(10, 1);
const fireService = id(10, 3);

export const CITY = {
  bureau: X,
  foreignBureau: Y,
  stations,
  beats,
  communities,
  buildings,
  members,
  committee,
  propertyCompany,
  fireService,
  door,
} as const;

const NAMES: Record<CityMember, string> = {
  officer: "江沐阳",
  colleague: "林知远",
  westOfficer: "陈思齐",
  southOfficer: "许景行",
  auxiliary: "周小满",
  leader: "沈立群",
  southLeader: "何守正",
  feedback: "方晓岚",
  office: "梁一诺",
  inspector: "严明",
  legal: "韩律",
  dpo: "苏谨言",
  admin: "邓维",
  auditor: "白简",
  observer: "罗乡亲",
  mediator: "温如言",
  foreignOfficer: "外局民警",
  foreignLeader: "外局所长",
  foreignOffice: "外局办公室",
  detective: "卫明察",
  detectivePartner: "钟慎言",
  propertyManager: "田物业",
  committeeMember: "温和解",
};

export async function buildCity(database: Database, sessions: Sessions): Promise<void> {
  for (const [bureau, code, name, nameEn] of [
    [X, "990101000000", "云汀市公安局", "Yunting Public Security Bureau"],
    [Y, "990201000000", "邻川市公安局", "Linchuan Public Security Bureau"],
  ] as const) {
    await database.asSystem(bureau, (tx) =>
      insertBureau(tx, {
        id: bureau,
        code,
        name,
        nameEn,
        website: "https://wanjia.example",
        privacyContact: "0990-110000",
      }),
    );
    await database.asSystem(bureau, async (tx) => {
      await insertUnits(tx, unitsOf(bureau));
      await insertPlaces(tx as OpenTx, bureau);
    });
  }
  for (const [name, member] of Object.entries(members) as [CityMember, FixtureMember][]) {
    await sessions.createAccount({
      login: member.login,
      password: PASSWORD,
      name: NAMES[name],
      bureauId: member.bureauId,
      memberId: member.id,
    });
  }
}

function unitsOf(bureau: Id) {
  const own = bureau === X;
  const station = (key: keyof typeof stations, number: number, name: string, nameEn: string) => ({
    id: stations[key],
    code: `9901015${number}0000`,
    name: `${name}派出所`,
    nameEn: `${nameEn} Police Station`,
    shortName: `${name}所`,
    dutyPhone: `0990-11001${number}`,
    address: `${name}路 1 号`,
  });
  const beat = (key: keyof typeof beats, stationId: Id, name: string, nameEn: string) => ({
    id: beats[key],
    stationId,
    code: `B-${key}`,
    name: `${name}警务区`,
    nameEn: `${nameEn} beat`,
    outline: null,
  });
  const community = (key: keyof typeof communities, stationId: Id, code: string, name: string) => ({
    id: communities[key],
    divisionCode: code,
    name: `${name}社区`,
    kind: "residents_committee",
    stationId,
    beatId: beats[key],
  });
  const all = Object.entries(members) as [CityMember, FixtureMember][];
  const mine = all.filter(([, member]) => member.bureauId === bureau);
  return {
    stations: own
      ? [station("first", 1, "双乐", "Shuangle"), station("second", 2, "新垵", "Xin'an")]
      : [station("foreign", 9, "邻川", "Linchuan")],
    beats: own
      ? [
          beat("east", stations.first, "东亭", "Dongting"),
          beat("west", stations.first, "西亭", "Xiting"),
          beat("south", stations.second, "南浦", "Nanpu"),
        ]
      : [beat("foreign", stations.foreign, "外川", "Waichuan")],
    communities: own
      ? [
          community("east", stations.first, "990101001001", "东亭"),
          community("west", stations.first, "990101001002", "西亭"),
          community("south", stations.second, "990101002001", "南浦"),
        ]
      : [community("foreign", stations.foreign, "990201001001", "外川")],
    grids: [],
    members: mine.map(([name, member], index) => ({
      id: member.id,
      login: member.login,
      name: NAMES[name],
      number: `${own ? "X" : "Y"}${String(index + 1).padStart(5, "0")}`,
      title: member.role === "community_officer" ? "社区民警" : "",
      sworn: member.sworn,
      publicPhone: member.role === "community_officer" ? `0990-1200${index}` : "",
    })),
    postings: mine.map(([, member], index) => ({
      id: id(8, (own ? 0 : 100) + index + 1),
      memberId: member.id,
      role: member.role,
      stationId: member.station,
      beatId: member.beat,
      partnerId: member.partner ?? null,
      validFrom: "2026-01-01",
      validTo: null,
    })),
    liaisons: own
      ? [
          {
            id: id(9, 1),
            communityId: communities.east,
            memberId: members.officer.id,
            validFrom: "2026-01-01",
          },
        ]
      : [],
    partners: own
      ? [
          { id: propertyCompany, kind: "property_manager", name: "东亭物业", phone: "0990-120100" },
          { id: fireService, kind: "fire_service", name: "云汀消防", phone: "0990-120119" },
          {
            id: committee,
            kind: "mediation_committee",
            name: "东亭社区人民调解委员会",
            phone: "0990-120101",
          },
        ]
      : [],
  };
}

async function insertPlaces(tx: OpenTx, bureau: Id): Promise<void> {
  const own = bureau === X;
  const keys = own ? (["east", "west", "south"] as const) : (["foreign"] as const);
  const places = keys.flatMap((key) => {
    const stationId =
      key === "south" ? stations.second : key === "foreign" ? stations.foreign : stations.first;
    const estate = { east: "东亭花园", west: "西亭花园", south: "南浦里", foreign: "外川苑" }[key];
    const common = {
      station_id: stationId,
      beat_id: beats[key],
      community_id: communities[key],
      estate_name: estate,
      building_no: "1",
      street: "",
      door_no: "",
    };
    const building = {
      ...common,
      id: buildings[key],
      parent_id: null,
      building_id: buildings[key],
      kind: "building",
      entrance_no: "",
      floor_no: "",
      unit_no: "",
      full_text: `${estate}1幢`,
      sort_key: sortKey({ estateName: estate, buildingNo: "1" }),
    };
    const doors = [1, 2, 3].flatMap((floor) =>
      [1, 2, 3, 4].map((number) => ({
        ...common,
        id: door(key, floor, number),
        parent_id: buildings[key],
        building_id: buildings[key],
        kind: "dwelling_unit",
        entrance_no: number <= 2 ? "1" : "2",
        floor_no: String(floor),
        unit_no: `${floor}0${number}`,
        full_text: `${estate}1幢${number <= 2 ? 1 : 2}单元${floor}0${number}室`,
        sort_key: sortKey({
          estateName: estate,
          buildingNo: "1",
          entranceNo: number <= 2 ? "1" : "2",
          floorNo: String(floor),
          unitNo: `${floor}0${number}`,
        }),
      })),
    );
    return [building, ...doors];
  });
  const { rows } = await tx.client.query<{ there: boolean }>(
    "select to_regclass('place') is not null as there",
  );
  if (rows[0]?.there !== true) return;
  await tx.client.query(
    `insert into place (bureau_id, id, station_id, beat_id, community_id, parent_id, building_id, kind, street, door_no, estate_name,
        building_no, entrance_no, floor_no, unit_no, full_text, sort_key, "use", status, valid_from, attributes)
      select $1, r.id, r.station_id, r.beat_id, r.community_id, r.parent_id, r.building_id, r.kind, nullif(r.street, ''), nullif(r.door_no, ''), r.estate_name,
        r.building_no, nullif(r.entrance_no, ''), nullif(r.floor_no, ''), nullif(r.unit_no, ''), r.full_text, r.sort_key, 'residential', 'confirmed', '2026-01-01', '{}'
      from jsonb_to_recordset($2::jsonb) as r(id uuid, station_id uuid, beat_id uuid, community_id uuid, parent_id uuid, building_id uuid,
        kind text, street text, door_no text, estate_name text, building_no text, entrance_no text, floor_no text, unit_no text, full_text text, sort_key text)`,
    [bureau, JSON.stringify(places)],
  );
}

/** One more building of the East beat, eight doors high and with a point on the map: for stories about walks. */
export async function addEastBuilding({ client }: OpenTx, number: number): Promise<void> {
  const building = id(6, 100 + number);
  const elements = { estateName: "东亭花园", buildingNo: String(number) };
  const point = { lon: 120.1 + number / 1000, lat: 30.2, crs: "wgs84" };
  const row = (own: Id, kind: string, floor: string | null, key: string, attributes: object) =>
    client.query(
      `insert into place (bureau_id, id, station_id, beat_id, community_id, parent_id, building_id, kind, estate_name, building_no,
          floor_no, unit_no, full_text, sort_key, "use", status, valid_from, attributes)
        values ($1, $2, $3, $4, $5, $6, $6, $7, '东亭花园', $8::text, $9::text, $9::text || '01',
          '东亭花园' || $8::text || '幢' || coalesce($9::text || '01室', ''), $10, 'residential', 'confirmed', '2026-01-01', $11)`,
      [
        X,
        own,
        stations.first,
        beats.east,
        communities.east,
        building,
        kind,
        number,
        floor,
        key,
        attributes,
      ],
    );
  await row(building, "building", null, sortKey(elements), { point });
  for (let floor = 1; floor <= 8; floor += 1) {
    const key = sortKey({ ...elements, floorNo: String(floor), unitNo: `${floor}01` });
    await row(id(7, 1000 * number + floor), "dwelling_unit", String(floor), key, {});
  }
}
