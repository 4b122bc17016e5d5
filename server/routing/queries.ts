import type { MatterKind } from "@wanjia/domain/matters/terms";
import type { RoutingRule, RoutingSample, RoutingTally } from "@wanjia/domain/routing/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, sql } from "../platform/sql.ts";

/** Holds the draft against whoever else edits it. */
export function holdDraft(
  tx: Tx,
): Promise<{ version: number; revision: number; triedRevision: number | null } | undefined> {
  return maybe(
    tx,
    sql`select version, revision, tried_revision as "triedRevision" from routing_table
      where bureau_id = ${tx.actor.bureauId} and on_at is null for update`,
  );
}

/** Begins a draft: of two at once the second finds the first's. */
export async function insertDraft(tx: Tx): Promise<void> {
  await run(
    tx,
    sql`insert into routing_table (bureau_id, version, revision)
      select ${tx.actor.bureauId}::uuid, coalesce(max(version), 0) + 1, 0 from routing_table where bureau_id = ${tx.actor.bureauId}
      having count(*) filter (where on_at is null) = 0
      on conflict do nothing`,
  );
}

/** The draft's rules as they are from now on, and that it was changed. */
export async function saveDraft(
  tx: Tx,
  version: number,
  rules: readonly RoutingRule[],
): Promise<void> {
  await dropRules(tx, version);
  await run(
    tx,
    sql`update routing_table set revision = revision + 1
      where bureau_id = ${tx.actor.bureauId} and version = ${version}`,
  );
  await insertRules(tx, version, rules);
}

async function insertRules(tx: Tx, version: number, rules: readonly RoutingRule[]): Promise<void> {
  const table = rules.map(({ number, when, target, basis }) => ({
    ...when,
    number,
    basis,
    target: target.to,
    memberId: target.to === "unit" ? target.id : null,
    partnerId: target.to === "partner" ? target.id : null,
  }));
  await run(
    tx,
    sql`insert into routing_rule (bureau_id, version, number, kind, subtype, grade, place_kind, station_id, community_id, target, member_id, partner_id, basis)
      select ${tx.actor.bureauId}::uuid, ${version}::int, r.number, r.kind, r.subtype, r.grade, r."placeKind", r."stationId", r."communityId", r.target,
        r."memberId", r."partnerId", r.basis
      from jsonb_to_recordset(${json(table)}) as r(number int, kind text, subtype text, grade text, "placeKind" text, "stationId" uuid,
        "communityId" uuid, target text, "memberId" uuid, "partnerId" uuid, basis text)`,
  );
}

async function dropRules(tx: Tx, version: number): Promise<void> {
  await run(
    tx,
    sql`delete from routing_rule where bureau_id = ${tx.actor.bureauId} and version = ${version}`,
  );
}

export async function dropDraft(tx: Tx, version: number): Promise<void> {
  await dropRules(tx, version);
  await run(
    tx,
    sql`delete from routing_table where bureau_id = ${tx.actor.bureauId} and version = ${version} and on_at is null`,
  );
}

export async function saveTrial(tx: Tx, version: number, tally: RoutingTally): Promise<void> {
  await run(
    tx,
    sql`update routing_table set tried_revision = revision, tried_at = ${at(tx.now)}, tally = ${json(tally)}
      where bureau_id = ${tx.actor.bureauId} and version = ${version}`,
  );
}

export async function switchOn(tx: Tx, version: number, by: Id | null): Promise<void> {
  await run(
    tx,
    sql`update routing_table set on_at = ${at(tx.now)}, on_by = ${by}
      where bureau_id = ${tx.actor.bureauId} and version = ${version} and on_at is null`,
  );
}

export function stationOfCommunity(tx: Tx, id: Id): Promise<{ stationId: Id } | undefined> {
  return maybe(
    tx,
    sql`select station_id as "stationId" from community where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

export interface SampledMatter extends RoutingSample {
  readonly id: Id;
  readonly number: string;
  readonly place: string | null;
  readonly wentName: string | null;
}

interface SampledRow extends Omit<SampledMatter, "went"> {
  state: string;
  type: string | null;
  memberId: Id | null;
  partnerId: Id | null;
}

/**
 * The newest matters of each kind, and where each went: to the body or unit that it was handed to
 * last, unless it came back; else it stayed. Null where nobody has begun with it.
 */
export async function sampleOf(
  tx: Tx,
  kinds: readonly MatterKind[],
  each: number,
): Promise<SampledMatter[]> {
  const { bureauId } = tx.actor;
  const found = await rows<SampledRow>(
    tx,
    sql`select m.id, m.number, m.kind, m.subtype, m.grade, m.state, m.station_id as "stationId", m.community_id as "communityId",
        p.kind as "placeKind", p.full_text as place, e.type, u.id as "memberId", b.id as "partnerId", coalesce(u.name, b.name) as "wentName"
      from unnest(${[...kinds]}::text[]) k(kind)
      cross join lateral (select * from matter m where m.bureau_id = ${bureauId} and m.kind = k.kind
        order by m.registered_at desc, m.id desc limit ${each}) m
      join place p on p.bureau_id = m.bureau_id and p.id = m.place_id
      left join lateral (select e.type, e.body ->> 'to' as target from matter_event e
        where e.bureau_id = m.bureau_id and e.matter_id = m.id
          and e.type in ('assigned', 'referred', 'assignment_returned', 'recalled') order by e.seq desc limit 1) e on true
      left join partner b on e.type = 'referred' and b.bureau_id = m.bureau_id and b.id = e.target::uuid
      left join member u on e.type = 'assigned' and u.bureau_id = m.bureau_id and u.id = e.target::uuid
        and exists (select from posting q where q.bureau_id = u.bureau_id and q.member_id = u.id and q.role = 'business_unit')
      order by m.registered_at desc, m.id desc`,
  );
  return found.map(({ state, type, memberId, partnerId, ...matter }) => ({
    ...matter,
    went: wentTo(memberId, partnerId, state === "registered" && type === null),
  }));
}

function wentTo(
  memberId: Id | null,
  partnerId: Id | null,
  undecided: boolean,
): RoutingSample["went"] {
  if (partnerId !== null) return { to: "partner", id: partnerId };
  if (memberId !== null) return { to: "unit", id: memberId };
  return undecided ? null : { to: "station", id: null };
}
