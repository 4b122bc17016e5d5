import type { Outline } from "@wanjia/domain/organisation/outline";
import type { PartnerKind, Posting } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { maybe, rows, type Sql, sql } from "../platform/sql.ts";

export interface StationRow {
  id: Id;
  code: string;
  name: string;
  nameEn: string;
  shortName: string;
  dutyPhone: string;
  address: string;
  point: { lon: number; lat: number } | null;
}

export function listStations(tx: Tx): Promise<StationRow[]> {
  return rows(
    tx,
    sql`select id, code, name, name_en as "nameEn", short_name as "shortName", duty_phone as "dutyPhone", address, point
      from station where bureau_id = ${tx.actor.bureauId} and active order by code`,
  );
}

export interface BeatRow {
  id: Id;
  stationId: Id;
  code: string;
  name: string;
  nameEn: string;
  epoch: number;
  outline: Outline | null;
}

export function listBeats(tx: Tx): Promise<BeatRow[]> {
  return rows(
    tx,
    sql`select id, station_id as "stationId", code, name, name_en as "nameEn", epoch, outline
      from beat where bureau_id = ${tx.actor.bureauId} and active order by code`,
  );
}

/** Names of all stations and beats, also of those that are closed: their figures stay. */
export function unitNames(tx: Tx): Promise<{ id: Id; name: string; nameEn: string }[]> {
  const bureau = tx.actor.bureauId;
  return rows(
    tx,
    sql`select id, name, name_en as "nameEn" from station where bureau_id = ${bureau}
      union all select id, name, name_en from beat where bureau_id = ${bureau}`,
  );
}

export interface CommunityRow {
  id: Id;
  divisionCode: string;
  name: string;
  kind: "residents_committee" | "village_committee";
  stationId: Id;
  beatId: Id | null;
  liaison: { memberId: Id; name: string; validFrom: LocalDate } | null;
}

export function listCommunities(tx: Tx, only: Sql = sql`true`): Promise<CommunityRow[]> {
  return rows(
    tx,
    sql`select c.id, c.division_code as "divisionCode", c.name, c.kind, c.station_id as "stationId", c.beat_id as "beatId",
        case when l.id is null then null else
          jsonb_build_object('memberId', l.member_id, 'name', m.name, 'validFrom', l.valid_from) end as liaison
      from community c
      left join liaison l on l.bureau_id = c.bureau_id and l.community_id = c.id and l.valid_to is null
      left join member m on m.bureau_id = l.bureau_id and m.id = l.member_id
      where c.bureau_id = ${tx.actor.bureauId} and c.active and ${only} order by c.division_code`,
  );
}

export async function findCommunity(tx: Tx, id: Id): Promise<CommunityRow | undefined> {
  return (await listCommunities(tx, sql`c.id = ${id}`))[0];
}

export interface GridRow {
  id: Id;
  communityId: Id;
  beatId: Id | null;
  code: string;
  name: string;
}

export function listGrids(tx: Tx): Promise<GridRow[]> {
  return rows(
    tx,
    sql`select id, community_id as "communityId", beat_id as "beatId", code, name
      from grid where bureau_id = ${tx.actor.bureauId} order by code`,
  );
}

export interface MemberRow {
  id: Id;
  login: string;
  name: string;
  number: string;
  title: string;
  sworn: boolean;
  publicPhone: string;
  active: boolean;
  postings: Posting[];
}

const MEMBER = sql`m.id, m.login, m.name, m.number, m.title, m.sworn, m.public_phone as "publicPhone", m.active,
  coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'memberId', p.member_id, 'role', p.role, 'stationId', p.station_id,
      'beatId', p.beat_id, 'partnerId', p.partner_id, 'validFrom', p.valid_from, 'validTo', p.valid_to) order by p.valid_from desc)
    from posting p where p.bureau_id = m.bureau_id and p.member_id = m.id), '[]') as postings`;

export function listMembers(
  tx: Tx,
  filter: { stationId?: Id | undefined; role?: string | undefined; q?: string | undefined },
): Promise<MemberRow[]> {
  const { stationId, role, q } = filter;
  const posted =
    stationId === undefined && role === undefined
      ? sql`true`
      : sql`exists (select from posting p where p.bureau_id = m.bureau_id and p.member_id = m.id
          and (${stationId ?? null}::uuid is null or p.station_id = ${stationId ?? null})
          and (${role ?? null}::text is null or p.role = ${role ?? null}))`;
  const named =
    q === undefined
      ? sql`true`
      : sql`(strpos(m.name, ${q}) > 0 or strpos(m.number, ${q}) > 0 or strpos(m.login, ${q}) > 0)`;
  return rows(
    tx,
    sql`select ${MEMBER} from member m where m.bureau_id = ${tx.actor.bureauId} and ${posted} and ${named} order by m.number`,
  );
}

export function findMember(tx: Tx, id: Id): Promise<MemberRow | undefined> {
  return maybe(
    tx,
    sql`select ${MEMBER} from member m where m.bureau_id = ${tx.actor.bureauId} and m.id = ${id}`,
  );
}

export interface PartnerRow {
  id: Id;
  kind: string;
  name: string;
  phone: string;
  active: boolean;
}

export function listPartners(tx: Tx): Promise<PartnerRow[]> {
  return rows(
    tx,
    sql`select id, kind, name, phone, active from partner where bureau_id = ${tx.actor.bureauId} order by kind, name`,
  );
}

export function partnerById(
  tx: Tx,
  id: Id,
): Promise<{ id: Id; kind: PartnerKind; name: string; active: boolean } | undefined> {
  return maybe(
    tx,
    sql`select id, kind, name, active from partner where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

export interface BureauRow {
  id: Id;
  code: string;
  name: string;
  nameEn: string;
  website: string;
  privacyContact: string;
}

export function findBureau(tx: Tx): Promise<BureauRow | undefined> {
  return maybe(
    tx,
    sql`select bureau_id as id, code, name, name_en as "nameEn", website, privacy_contact as "privacyContact"
      from bureau where bureau_id = ${tx.actor.bureauId}`,
  );
}

/**
 * Colleagues who may stand at a door together: members posted today to the phone's stations. Part of
 * the context document; names and whether sworn, nothing else.
 */
export const memberContext = {
  members: (tx: Tx, principal: Principal): Promise<{ id: Id; name: string; sworn: boolean }[]> =>
    rows(
      tx,
      sql`select m.id, m.name, m.sworn from member m
        where m.bureau_id = ${tx.actor.bureauId} and m.active and exists (
          select from posting p
          where p.bureau_id = m.bureau_id and p.member_id = m.id
            and p.station_id = any (${[...principal.stationIds]}::uuid[])
            and p.valid_from <= ${localDate(tx.now)}
            and (p.valid_to is null or p.valid_to > ${localDate(tx.now)}))
        order by m.sworn desc, m.number`,
    ),
};

/** For the server itself, which belongs to no bureau. */
export async function bureauIds(tx: Tx): Promise<Id[]> {
  const found = await rows<{ id: Id }>(tx, sql`select bureau_id as id from bureau order by 1`);
  return found.map(({ id }) => id);
}
