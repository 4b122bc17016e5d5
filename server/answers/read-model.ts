import type { MessageFilter, MessageRow } from "@wanjia/contract/answers";
import type { Id } from "@wanjia/domain/shared/id";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { maybe, type Sql, sql } from "../platform/sql.ts";

const COLUMNS = sql`g.id, g.matter_id as "matterId", m.number, m.kind, m.subtype, s.short_name as "stationName", g.purpose, g.channel, g.state,
  g.reason, g.not_before as "notBefore", g.attempts, g.made_at as "madeAt", g.sent_at as "sentAt", g.by_hand as "byHand", g.reply,
  g.replied_at as "repliedAt"`;

const FROM = sql`message g join matter m on m.bureau_id = g.bureau_id and m.id = g.matter_id
  left join station s on s.bureau_id = g.bureau_id and s.id = g.station_id`;

/** Written as the index of what is to be done has it. */
const WAITING_FOR_HANDS = sql`(g.state in ('held', 'failed') or g.state = 'queued' and g.channel <> 'sms')`;

/** Those in the caller's reach, by row-level security. */
export function messageList(principal: Principal, filter: MessageFilter): ListDefinition {
  const where: Sql[] = [sql`g.bureau_id = ${principal.bureauId}`];
  if (filter.state !== undefined) where.push(sql`g.state = ${filter.state}`);
  if (filter.channel !== undefined) where.push(sql`g.channel = ${filter.channel}`);
  if (filter.purpose !== undefined) where.push(sql`g.purpose = ${filter.purpose}`);
  if (filter.matterId !== undefined) where.push(sql`g.matter_id = ${filter.matterId}`);
  if (filter.todo !== undefined) where.push(WAITING_FOR_HANDS);
  return {
    columns: COLUMNS,
    from: FROM,
    core: sql`message g`,
    where,
    sorts: { made: { by: sql`g.made_at`, type: "timestamptz" } },
    defaultSort: "-made",
    id: sql`g.id`,
  };
}

export function findMessage(
  tx: Tx,
  id: Id,
): Promise<(MessageRow & { place: string | null }) | undefined> {
  return maybe(
    tx,
    sql`select ${COLUMNS}, p.full_text as place from ${FROM}
      left join place p on p.bureau_id = m.bureau_id and p.id = m.place_id
      where g.bureau_id = ${tx.actor.bureauId} and g.id = ${id}`,
  );
}
