import type { Outline } from "@wanjia/domain/organisation/outline";
import type { Posting } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { json, maybe, one, rows, run, sql } from "../platform/sql.ts";

const POSTING = sql`id, member_id as "memberId", role, station_id as "stationId", beat_id as "beatId",
  partner_id as "partnerId", valid_from as "validFrom", valid_to as "validTo"`;

export async function upsertStation(
  tx: Tx,
  station: {
    id: Id;
    code: string;
    name: string;
    nameEn: string;
    shortName: string;
    dutyPhone: string;
    address: string;
    /** Without it, what is known stays. */
    point?: { lon: number; lat: number } | null | undefined;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into station (bureau_id, id, code, name, name_en, short_name, duty_phone, address, point)
      values (${tx.actor.bureauId}, ${station.id}, ${station.code}, ${station.name}, ${station.nameEn}, ${station.shortName}, ${station.dutyPhone}, ${station.address}, ${station.point ? json(station.point) : null})
      on conflict (bureau_id, id) do update set code = excluded.code, name = excluded.name, name_en = excluded.name_en,
        short_name = excluded.short_name, duty_phone = excluded.duty_phone, address = excluded.address,
        point = case when ${station.point === undefined} then station.point else excluded.point end`,
  );
}

export async function upsertBeat(
  tx: Tx,
  beat: {
    id: Id;
    stationId: Id;
    code: string;
    name: string;
    nameEn: string;
    outline: Outline | null;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into beat (bureau_id, id, station_id, code, name, name_en, outline)
      values (${tx.actor.bureauId}, ${beat.id}, ${beat.stationId}, ${beat.code}, ${beat.name}, ${beat.nameEn}, ${beat.outline === null ? null : JSON.stringify(beat.outline)}::jsonb)
      on conflict (bureau_id, id) do update set code = excluded.code, name = excluded.name, name_en = excluded.name_en,
        outline = excluded.outline`,
  );
}

export async function upsertCommunity(
  tx: Tx,
  community: {
    id: Id;
    divisionCode: string;
    name: string;
    kind: string;
    stationId: Id;
    beatId: Id | null;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into community (bureau_id, id, division_code, name, kind, station_id, beat_id)
      values (${tx.actor.bureauId}, ${community.id}, ${community.divisionCode}, ${community.name}, ${community.kind}, ${community.stationId}, ${community.beatId})
      on conflict (bureau_id, id) do update set division_code = excluded.division_code, name = excluded.name, kind = excluded.kind,
        station_id = excluded.station_id, beat_id = excluded.beat_id`,
  );
}

export async function codeTaken(
  tx: Tx,
  table: "station" | "beat" | "community",
  code: string,
  id: Id,
): Promise<boolean> {
  const question = {
    station: sql`select 1 from station where bureau_id = ${tx.actor.bureauId} and code = ${code} and id <> ${id}`,
    beat: sql`select 1 from beat where bureau_id = ${tx.actor.bureauId} and code = ${code} and id <> ${id}`,
    community: sql`select 1 from community where bureau_id = ${tx.actor.bureauId} and division_code = ${code} and id <> ${id}`,
  }[table];
  return (await maybe(tx, question)) !== undefined;
}

export async function stationExists(tx: Tx, id: Id): Promise<boolean> {
  return (
    (await maybe(
      tx,
      sql`select 1 from station where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
    )) !== undefined
  );
}

export function loadBeat(tx: Tx, id: Id): Promise<{ stationId: Id } | undefined> {
  return maybe(
    tx,
    sql`select station_id as "stationId" from beat where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

export interface MemberRecord {
  readonly id: Id;
  readonly login: string;
  readonly name: string;
  readonly sworn: boolean;
  readonly active: boolean;
}

export function loadMember(tx: Tx, id: Id): Promise<MemberRecord | undefined> {
  return maybe(
    tx,
    sql`select id, login, name, sworn, active from member where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

export async function insertMember(
  tx: Tx,
  member: {
    id: Id;
    login: string;
    name: string;
    number: string;
    title: string;
    sworn: boolean;
    publicPhone: string;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into member (bureau_id, id, login, name, number, title, sworn, public_phone)
      values (${tx.actor.bureauId}, ${member.id}, ${member.login}, ${member.name}, ${member.number}, ${member.title}, ${member.sworn}, ${member.publicPhone})`,
  );
}

export async function numberTaken(tx: Tx, number: string): Promise<boolean> {
  return (
    (await maybe(
      tx,
      sql`select 1 from member where bureau_id = ${tx.actor.bureauId} and number = ${number}`,
    )) !== undefined
  );
}

export async function updateMember(
  tx: Tx,
  member: { id: Id; name: string; title: string; publicPhone: string; active: boolean },
): Promise<void> {
  await run(
    tx,
    sql`update member set name = ${member.name}, title = ${member.title}, public_phone = ${member.publicPhone}, active = ${member.active}
      where bureau_id = ${tx.actor.bureauId} and id = ${member.id}`,
  );
}

export function postingsOf(tx: Tx, memberId: Id): Promise<Posting[]> {
  return rows(
    tx,
    sql`select ${POSTING} from posting where bureau_id = ${tx.actor.bureauId} and member_id = ${memberId}`,
  );
}

export function loadPosting(tx: Tx, id: Id): Promise<Posting | undefined> {
  return maybe(
    tx,
    sql`select ${POSTING} from posting where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

export async function insertPosting(tx: Tx, posting: Posting): Promise<void> {
  await run(
    tx,
    sql`insert into posting (bureau_id, id, member_id, role, station_id, beat_id, partner_id, valid_from, valid_to)
      values (${tx.actor.bureauId}, ${posting.id}, ${posting.memberId}, ${posting.role}, ${posting.stationId}, ${posting.beatId}, ${posting.partnerId}, ${posting.validFrom}, ${posting.validTo})`,
  );
}

export function endPosting(tx: Tx, id: Id, on: LocalDate): Promise<Posting> {
  return one(
    tx,
    sql`update posting set valid_to = ${on} where bureau_id = ${tx.actor.bureauId} and id = ${id} returning ${POSTING}`,
  );
}

export interface LiaisonRecord {
  readonly id: Id;
  readonly validFrom: LocalDate;
}

export function currentLiaison(tx: Tx, communityId: Id): Promise<LiaisonRecord | undefined> {
  return maybe(
    tx,
    sql`select id, valid_from as "validFrom" from liaison
      where bureau_id = ${tx.actor.bureauId} and community_id = ${communityId} and valid_to is null for update`,
  );
}

export async function endLiaison(tx: Tx, id: Id, on: LocalDate): Promise<void> {
  await run(
    tx,
    sql`update liaison set valid_to = ${on} where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

export async function insertLiaison(
  tx: Tx,
  liaison: { id: Id; communityId: Id; memberId: Id; from: LocalDate },
): Promise<void> {
  await run(
    tx,
    sql`insert into liaison (bureau_id, id, community_id, member_id, valid_from)
      values (${tx.actor.bureauId}, ${liaison.id}, ${liaison.communityId}, ${liaison.memberId}, ${liaison.from})`,
  );
}

export async function upsertPartner(
  tx: Tx,
  partner: { id: Id; kind: string; name: string; phone: string; active: boolean },
): Promise<void> {
  await run(
    tx,
    sql`insert into partner (bureau_id, id, kind, name, phone, active)
      values (${tx.actor.bureauId}, ${partner.id}, ${partner.kind}, ${partner.name}, ${partner.phone}, ${partner.active})
      on conflict (bureau_id, id) do update set kind = excluded.kind, name = excluded.name, phone = excluded.phone, active = excluded.active`,
  );
}

export async function insertBureau(
  tx: Tx,
  bureau: {
    id: Id;
    code: string;
    name: string;
    nameEn: string;
    website: string;
    privacyContact: string;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into bureau (bureau_id, code, name, name_en, website, privacy_contact)
      values (${bureau.id}, ${bureau.code}, ${bureau.name}, ${bureau.nameEn}, ${bureau.website}, ${bureau.privacyContact})`,
  );
}

/** Whole units at once, for set-up and demo cities. */
export async function insertUnits(
  tx: Tx,
  units: {
    stations: readonly object[];
    beats: readonly object[];
    communities: readonly object[];
    grids: readonly object[];
    members: readonly object[];
    postings: readonly object[];
    liaisons: readonly object[];
    partners: readonly object[];
  },
): Promise<void> {
  const bureau = tx.actor.bureauId;
  await run(
    tx,
    sql`insert into station (bureau_id, id, code, name, name_en, short_name, duty_phone, address, point)
      select ${bureau}::uuid, r.id, r.code, r.name, r."nameEn", r."shortName", r."dutyPhone", r.address, r.point
      from jsonb_to_recordset(${json(units.stations)}) as r(id uuid, code text, name text, "nameEn" text, "shortName" text, "dutyPhone" text, address text, point jsonb)`,
  );
  await run(
    tx,
    sql`insert into beat (bureau_id, id, station_id, code, name, name_en, outline)
      select ${bureau}::uuid, r.id, r."stationId", r.code, r.name, r."nameEn", r.outline
      from jsonb_to_recordset(${json(units.beats)}) as r(id uuid, "stationId" uuid, code text, name text, "nameEn" text, outline jsonb)`,
  );
  await run(
    tx,
    sql`insert into community (bureau_id, id, division_code, name, kind, station_id, beat_id)
      select ${bureau}::uuid, r.id, r."divisionCode", r.name, r.kind, r."stationId", r."beatId"
      from jsonb_to_recordset(${json(units.communities)}) as r(id uuid, "divisionCode" text, name text, kind text, "stationId" uuid, "beatId" uuid)`,
  );
  await run(
    tx,
    sql`insert into grid (bureau_id, id, community_id, beat_id, code, name)
      select ${bureau}::uuid, r.id, r."communityId", r."beatId", r.code, r.name
      from jsonb_to_recordset(${json(units.grids)}) as r(id uuid, "communityId" uuid, "beatId" uuid, code text, name text)`,
  );
  await run(
    tx,
    sql`insert into member (bureau_id, id, login, name, number, title, sworn, public_phone)
      select ${bureau}::uuid, r.id, r.login, r.name, r.number, r.title, r.sworn, r."publicPhone"
      from jsonb_to_recordset(${json(units.members)}) as r(id uuid, login text, name text, number text, title text, sworn boolean, "publicPhone" text)`,
  );
  await run(
    tx,
    sql`insert into partner (bureau_id, id, kind, name, phone)
      select ${bureau}::uuid, r.id, r.kind, r.name, r.phone
      from jsonb_to_recordset(${json(units.partners)}) as r(id uuid, kind text, name text, phone text)`,
  );
  await run(
    tx,
    sql`insert into posting (bureau_id, id, member_id, role, station_id, beat_id, partner_id, valid_from, valid_to)
      select ${bureau}::uuid, r.id, r."memberId", r.role, r."stationId", r."beatId", r."partnerId", r."validFrom", r."validTo"
      from jsonb_to_recordset(${json(units.postings)}) as r(id uuid, "memberId" uuid, role text, "stationId" uuid, "beatId" uuid, "partnerId" uuid, "validFrom" date, "validTo" date)`,
  );
  await run(
    tx,
    sql`insert into liaison (bureau_id, id, community_id, member_id, valid_from)
      select ${bureau}::uuid, r.id, r."communityId", r."memberId", r."validFrom"
      from jsonb_to_recordset(${json(units.liaisons)}) as r(id uuid, "communityId" uuid, "memberId" uuid, "validFrom" date)`,
  );
}
