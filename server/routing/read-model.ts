import type { RoutingRuleRow, RoutingTableRow } from "@wanjia/contract/routing";
import type { HazardStanding, MatterKind, MatterSubtype } from "@wanjia/domain/matters/terms";
import type { PlaceKind } from "@wanjia/domain/places/terms";
import type { RoutedMatter, RoutingRule, RoutingTally } from "@wanjia/domain/routing/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { maybe, rows, type Sql, sql } from "../platform/sql.ts";

interface TableHead {
  version: number;
  revision: number;
  triedRevision: number | null;
  triedAt: Instant | null;
  tally: RoutingTally | null;
  onAt: Instant | null;
}

const HEAD = sql`version, revision, tried_revision as "triedRevision", tried_at as "triedAt", tally, on_at as "onAt"`;

interface RuleRow {
  number: number;
  kind: MatterKind | null;
  subtype: MatterSubtype | null;
  grade: HazardStanding | null;
  placeKind: PlaceKind | null;
  stationId: Id | null;
  communityId: Id | null;
  stationName: string | null;
  communityName: string | null;
  target: "station" | "unit" | "partner";
  targetId: Id | null;
  name: string | null;
  gone: boolean;
  basis: string;
}

async function tableWith(tx: Tx, which: Sql): Promise<RoutingTableRow | null> {
  const head = await maybe<TableHead>(
    tx,
    sql`select ${HEAD} from routing_table where bureau_id = ${tx.actor.bureauId} and ${which}`,
  );
  if (head === undefined) return null;
  const today = localDate(tx.now);
  const rules = await rows<RuleRow>(
    tx,
    sql`select r.number, r.kind, r.subtype, r.grade, r.place_kind as "placeKind", r.station_id as "stationId", r.community_id as "communityId",
        s.name as "stationName", c.name as "communityName", r.target, coalesce(r.member_id, r.partner_id) as "targetId",
        coalesce(m.name, b.name) as name, r.basis,
        case r.target when 'partner' then not b.active
          when 'unit' then not m.active or not exists (select from posting p where p.bureau_id = m.bureau_id and p.member_id = m.id
            and p.role = 'business_unit' and p.valid_from <= ${today} and (p.valid_to is null or p.valid_to > ${today}))
          else false end as gone
      from routing_rule r
      left join station s on s.bureau_id = r.bureau_id and s.id = r.station_id
      left join community c on c.bureau_id = r.bureau_id and c.id = r.community_id
      left join member m on m.bureau_id = r.bureau_id and m.id = r.member_id
      left join partner b on b.bureau_id = r.bureau_id and b.id = r.partner_id
      where r.bureau_id = ${tx.actor.bureauId} and r.version = ${head.version} order by r.number`,
  );
  const { version, onAt, revision, triedRevision, triedAt, tally } = head;
  const fresh = triedRevision === revision && triedAt !== null && tally !== null;
  return {
    version,
    onAt,
    tried: fresh ? { at: triedAt, tally } : null,
    rules: rules.map(presentRule),
  };
}

function presentRule(row: RuleRow): RoutingRuleRow {
  const { number, stationName, communityName, target, targetId, name, gone, basis } = row;
  const { kind, subtype, grade, placeKind, stationId, communityId } = row;
  return {
    number,
    when: { kind, subtype, grade, placeKind, stationId, communityId },
    stationName,
    communityName,
    target: { to: target, id: targetId, name, gone },
    basis,
  };
}

/** The rule as the table reads it. */
export function ruleOf({ number, when, target, basis }: RoutingRuleRow): RoutingRule {
  const { to, id } = target;
  if (to === "station") return { number, when, basis, target: { to, id: null } };
  if (id === null) throw new Error(`rule ${number} names nobody`);
  return { number, when, basis, target: { to, id } };
}

export function draftTable(tx: Tx): Promise<RoutingTableRow | null> {
  return tableWith(tx, sql`on_at is null`);
}

/** The table that is on now. */
export function tableOn(tx: Tx): Promise<RoutingTableRow | null> {
  return tableWith(tx, sql`on_at is not null order by on_at desc, version desc limit 1`);
}

/** Tables that were on before, newest first. */
export async function tablesBefore(tx: Tx): Promise<{ version: number; onAt: Instant }[]> {
  const found = await rows<{ version: number; onAt: Instant }>(
    tx,
    sql`select version, on_at as "onAt" from routing_table
      where bureau_id = ${tx.actor.bureauId} and on_at is not null order by on_at desc, version desc`,
  );
  return found.slice(1);
}

/** Business units of today. */
export function unitsOf(tx: Tx): Promise<{ id: Id; name: string; title: string }[]> {
  const today = localDate(tx.now);
  return rows(
    tx,
    sql`select distinct m.id, m.name, m.title from member m join posting p on p.bureau_id = m.bureau_id and p.member_id = m.id
      where m.bureau_id = ${tx.actor.bureauId} and m.active and p.role = 'business_unit'
        and p.valid_from <= ${today} and (p.valid_to is null or p.valid_to > ${today}) order by m.name, m.id`,
  );
}

export interface MatterToRoute extends RoutedMatter {
  readonly suitable: boolean | null;
  readonly responsibleId: Id;
  readonly assigneeId: Id | null;
  /** The body that was asked, has it or had it last. */
  readonly partnerId: Id | null;
}

/** What routing looks at, of a matter in the caller's reach. */
export function matterToRoute(tx: Tx, id: Id): Promise<MatterToRoute | undefined> {
  return maybe(
    tx,
    sql`select m.kind, m.subtype, m.grade, m.station_id as "stationId", m.community_id as "communityId",
        coalesce(p.kind, 'site') as "placeKind", (m.rest ->> 'suitable')::boolean as suitable, m.responsible_id as "responsibleId",
        m.assignee_id as "assigneeId", m.rest -> 'referral' ->> 'partnerId' as "partnerId"
      from matter m left join place p on p.bureau_id = m.bureau_id and p.id = m.place_id
      where m.bureau_id = ${tx.actor.bureauId} and m.id = ${id}`,
  );
}
