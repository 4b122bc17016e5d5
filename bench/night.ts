/**
 * A bureau in the middle of a campaign for measuring the night: a station of many officers and some
 * of one, a beat of 1,000 flats for each, with the visits of nine days. By set-based SQL.
 */
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  type Instant,
  type LocalDate,
  MINUTE_MS,
  startOfLocalDay,
  weekday,
} from "@wanjia/domain/shared/instant";
import { addKnock, NEW_DOOR } from "@wanjia/domain/visits/door";
import type { DoorState, Outcome, Trace } from "@wanjia/domain/visits/terms";
import type { Database } from "../server/platform/database.ts";

export const NIGHT_BUREAU: Id = "01990000-0000-7000-8000-00000000b001";
export const NIGHT_CAMPAIGN: Id = "01990000-0005-7000-8000-00000000c001";

const STARTS_ON: LocalDate = "2026-11-02";
const ENDS_ON: LocalDate = "2026-12-01";
/** A Tuesday night: tomorrow is a shifted day with an evening, and of the campaign enough is left to weigh. */
export const TODAY: LocalDate = "2026-11-10";
export const TOMORROW: LocalDate = addDays(TODAY, 1);

const FLATS_PER_BUILDING = 50;
const FLATS_PER_FLOOR = 4;
const TYPES = ["multi_storey", "high_rise", "tube_building", "self_built"] as const;
/** Who opens by band, and how many flats stand empty: near the town of docs/planning.md. */
const OPENS = { day: 0.3, evening: 0.5, weekend: 0.47 } as const;
const EMPTY = 0.15;
/** So many flats of a beat have agreed a time for tomorrow. */
const BOOKED_TOMORROW = 6;
const ROWS_AT_ONCE = 10_000;

export interface NightPlan {
  /** Officers of each station. */
  readonly stations: readonly number[];
  readonly flats: number;
}

type Kind = 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

function id(kind: Kind, number: number): Id {
  return `01990000-000${kind}-7000-8000-${String(number).padStart(12, "0")}`;
}

/** Multiplicative hashing of a count: the same town each time, and no two beats alike. */
function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function nightStation(station: number): Id {
  return id(2, station + 1);
}

export async function fillNight(database: Database, plan: NightPlan): Promise<{ visits: number }> {
  await fillOrganisation(database, plan);
  let visits = 0;
  let beat = 0;
  for (const [station, officers] of plan.stations.entries()) {
    for (let officer = 0; officer < officers; officer += 1) {
      visits += await fillBeat(database, station, beat, plan.flats);
      beat += 1;
    }
  }
  await database.pool.query("vacuum analyze");
  return { visits };
}

async function fillOrganisation({ pool }: Database, { stations }: NightPlan): Promise<void> {
  const own = stations.map((_, station) => ({
    id: nightStation(station),
    number: station + 1,
    point: { lon: 120.1, lat: 30.2 },
  }));
  const beats = stations
    .flatMap((officers, station) => Array.from({ length: officers }, () => station))
    .map((station, beat) => ({
      id: id(3, beat + 1),
      number: beat + 1,
      station: nightStation(station),
      team: id(4, beat + 1),
      officer: id(5, 2 * beat + 1),
      auxiliary: id(5, 2 * beat + 2),
    }));
  const write = (text: string, rows: unknown): Promise<unknown> =>
    pool.query(text, [NIGHT_BUREAU, JSON.stringify(rows)]);
  await pool.query(
    "insert into bureau (bureau_id, code, name, name_en) values ($1, 'N', '夜间', 'Night')",
    [NIGHT_BUREAU],
  );
  await write(
    `insert into station (bureau_id, id, code, name, name_en, short_name, duty_phone, point)
      select $1::uuid, r.id, 'S' || r.number, '派出所' || r.number, 'Station ' || r.number, '所' || r.number, '0990', r.point
      from jsonb_to_recordset($2::jsonb) as r(id uuid, number int, point jsonb)`,
    own,
  );
  await write(
    `insert into beat (bureau_id, id, station_id, code, name, name_en)
      select $1::uuid, r.id, r.station, 'B' || r.number, '警务区' || r.number, 'Beat ' || r.number
      from jsonb_to_recordset($2::jsonb) as r(id uuid, number int, station uuid)`,
    beats,
  );
  const members = beats.flatMap(({ officer, auxiliary, station, id: beat, team }) => [
    { id: officer, sworn: true, role: "community_officer", station, beat, team },
    { id: auxiliary, sworn: false, role: "auxiliary", station, beat, team },
  ]);
  const numbered = members.map((member, number) => ({ ...member, number }));
  await write(
    `insert into member (bureau_id, id, login, name, number, sworn)
      select $1::uuid, r.id, 'n' || r.number, '民警' || r.number, 'N' || r.number, r.sworn
      from jsonb_to_recordset($2::jsonb) as r(id uuid, number int, sworn boolean)`,
    numbered,
  );
  await write(
    `insert into posting (bureau_id, id, member_id, role, station_id, beat_id, valid_from)
      select $1::uuid, r.id, r.id, r.role, r.station, r.beat, '2026-01-01'
      from jsonb_to_recordset($2::jsonb) as r(id uuid, role text, station uuid, beat uuid)`,
    members,
  );
  const target = { kinds: ["dwelling_unit"], communityIds: [], beatIds: [] };
  await pool.query(
    `insert into campaign (bureau_id, id, version, state, name, name_en, track, aim, starts_on, ends_on, phases, target, leaflets, devices,
        sampling_plan, created_at, opened_at)
      values ($1, $2, 1, 'open', '走访', 'Visits', 'outreach', '', $3, $4, '[]', $5, '[]', '[]', false, now(), now())`,
    [NIGHT_BUREAU, NIGHT_CAMPAIGN, STARTS_ON, ENDS_ON, target],
  );
  await write(
    `insert into campaign_station (bureau_id, campaign_id, station_id)
      select $1::uuid, '${NIGHT_CAMPAIGN}', r.id from jsonb_to_recordset($2::jsonb) as r(id uuid)`,
    own,
  );
  await write(
    `insert into team (bureau_id, id, campaign_id, station_id, name)
      select $1::uuid, r.team, '${NIGHT_CAMPAIGN}', r.station, r.number || '组'
      from jsonb_to_recordset($2::jsonb) as r(team uuid, station uuid, number int)`,
    beats,
  );
  await write(
    `insert into team_member (bureau_id, team_id, member_id)
      select $1::uuid, r.team, r.id from jsonb_to_recordset($2::jsonb) as r(team uuid, id uuid)`,
    members,
  );
}

interface Knocked {
  readonly id: Id;
  readonly place: Id;
  readonly building: Id;
  readonly at: Instant;
  readonly outcome: Outcome;
  readonly trace: Trace;
}

async function fillBeat(
  { pool }: Database,
  station: number,
  beat: number,
  flats: number,
): Promise<number> {
  const chance = chances(beat + 1);
  const places: object[] = [];
  const doors: { id: Id; building: Id; state: DoorState }[] = [];
  const visits: Knocked[] = [];
  const own = { station: nightStation(station), beat: id(3, beat + 1) };
  const count = Math.ceil(flats / FLATS_PER_BUILDING);
  for (let b = 0; b < count; b += 1) {
    const number = beat * count + b + 1;
    const building = id(6, number);
    const type = TYPES[Math.floor(chance() * TYPES.length)] ?? "multi_storey";
    const point = { lon: 120.1 + beat / 200 + (b % 5) / 800, lat: 30.2 + Math.floor(b / 5) / 900 };
    places.push({
      ...own,
      id: building,
      building,
      kind: "building",
      text: `万家小区${number}幢`,
      key: `b${String(number).padStart(7, "0")}`,
      attributes: { point, buildingType: type, hasElevator: type === "high_rise" },
    });
    const kept = 0.8 + 0.4 * chance();
    for (
      let flat = 0;
      flat < Math.min(FLATS_PER_BUILDING, flats - b * FLATS_PER_BUILDING);
      flat += 1
    ) {
      const door = beat * flats + b * FLATS_PER_BUILDING + flat + 1;
      const floor = String(Math.floor(flat / FLATS_PER_FLOOR) + 1);
      places.push({
        ...own,
        id: id(7, door),
        building,
        kind: "dwelling_unit",
        floor,
        text: `万家小区${number}幢${floor}0${flat % FLATS_PER_FLOOR}室`,
        key: `b${String(number).padStart(7, "0")}f${String(flat).padStart(3, "0")}`,
        attributes: {},
      });
      const { state, knocks } = historyOf(id(7, door), building, door, kept, chance);
      visits.push(...knocks);
      if (state !== NEW_DOOR) doors.push({ id: id(7, door), building, state });
    }
  }
  for (const { state } of doors
    .filter((one) => !one.state.campaigns.some(({ met }) => met > 0))
    .slice(0, BOOKED_TOMORROW)) {
    const from = startOfLocalDay(TOMORROW) + 19 * 60 * MINUTE_MS;
    Object.assign(state, {
      appointment: {
        value: { from, to: from + 60 * MINUTE_MS },
        version: state.version,
        at: from,
        by: id(5, 2 * beat + 1),
      },
    });
  }
  const write = async (text: string, rows: readonly unknown[]): Promise<void> => {
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      await pool.query(text, [NIGHT_BUREAU, JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))]);
    }
  };
  await write(
    `insert into place (bureau_id, id, kind, station_id, beat_id, building_id, floor_no, full_text, sort_key, "use", status, valid_from, attributes)
      select $1::uuid, r.id, r.kind, r.station, r.beat, r.building, r.floor, r.text, r.key, 'residential', 'confirmed', '2026-01-01', r.attributes
      from jsonb_to_recordset($2::jsonb) as r(id uuid, kind text, station uuid, beat uuid, building uuid, floor text, text text, key text, attributes jsonb)`,
    places,
  );
  await write(
    `insert into door (bureau_id, id, station_id, beat_id, building_id, version, state)
      select $1::uuid, r.id, '${own.station}', '${own.beat}', r.building, (r.state ->> 'version')::int, r.state::json
      from jsonb_to_recordset($2::jsonb) as r(id uuid, building uuid, state jsonb)`,
    doors,
  );
  await write(
    `insert into visit (bureau_id, id, station_id, beat_id, building_id, place_id, place_kind, campaign_ids, member_id, team, outcome, contact, completed,
        visited_at, ended_at, device_at, received_at, time_mode, arranged, attempt_no, details, unaware)
      select $1::uuid, r.id, '${own.station}', '${own.beat}', r.building, r.place, 'dwelling_unit', array['${NIGHT_CAMPAIGN}'::uuid], '${id(5, 2 * beat + 1)}',
        array['${id(5, 2 * beat + 1)}'::uuid], r.outcome, r.trace = 'met', r.trace = 'met', to_timestamp(r.at / 1000.0), to_timestamp(r.at / 1000.0),
        to_timestamp(r.at / 1000.0), to_timestamp(r.at / 1000.0), 'evening', 'none', 1, '{}', false
      from jsonb_to_recordset($2::jsonb) as r(id uuid, building uuid, place uuid, outcome text, trace text, at bigint)`,
    visits,
  );
  return visits.length;
}

/** A flat's nine days: every flat was tried, many twice or three times, as a campaign does it. */
function historyOf(
  place: Id,
  building: Id,
  door: number,
  kept: number,
  chance: () => number,
): { state: DoorState; knocks: readonly Knocked[] } {
  const isEmpty = chance() < EMPTY;
  const knocks: Knocked[] = [];
  let state = NEW_DOOR;
  let day = Math.floor(chance() * 5);
  while (day <= 8 && knocks.length < 3) {
    const on = addDays(STARTS_ON, day);
    const isWeekend = weekday(on) >= 6;
    const minute =
      isWeekend || chance() < 0.4 ? 14 * 60 + chance() * 180 : 18 * 60 + chance() * 180;
    const band = isWeekend ? "weekend" : minute >= 18 * 60 ? "evening" : "day";
    const met = !isEmpty && chance() < OPENS[band] * kept;
    const knock: Knocked = {
      id: id(8, door * 4 + knocks.length),
      place,
      building,
      at: startOfLocalDay(on) + Math.floor(minute) * MINUTE_MS,
      outcome: met ? "completed_doorstep" : "no_answer",
      trace: met ? "met" : "absent",
    };
    knocks.push(knock);
    const { id: of, at, trace } = knock;
    const campaignIds = [NIGHT_CAMPAIGN];
    state = addKnock(state, { id: of, at, trace, campaignIds, cardLeft: !met, last: false });
    if (met) break;
    day += 2 + Math.floor(chance() * 4);
  }
  return { state, knocks };
}
