/** Taking the words out of matters; what figures are counted from stays. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, maybe, rows, run, sql } from "../platform/sql.ts";

/** Why words go: their resident asked, or time is over. */
export type WordsGo = "asked" | "term";

/** Words that wait for the end of their matter. */
export async function markAsked(tx: Tx, id: Id): Promise<void> {
  await run(
    tx,
    sql`update matter set words_go = 'asked' where bureau_id = ${tx.actor.bureauId} and id = ${id} and words_go is null`,
  );
}

export function isEnded(tx: Tx, id: Id): Promise<{ ended: boolean } | undefined> {
  return maybe(
    tx,
    sql`select disposition is not null as ended from matter where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

/** Matters that ended and whose residents asked for their words to go. */
export async function endedAsked(tx: Tx, limit: number): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select id from matter
      where bureau_id = ${tx.actor.bureauId} and words_go = 'asked' and words_gone_at is null and disposition is not null
      order by id limit ${limit} for update`,
  );
  return found.map(({ id }) => id);
}

export interface EndedMatter {
  readonly id: Id;
  readonly closedAt: Instant;
}

/** Matters that ended before a day, from where the last portion left off. */
export function endedBefore(
  tx: Tx,
  before: Instant,
  from: EndedMatter | null,
  limit: number,
): Promise<EndedMatter[]> {
  return rows(
    tx,
    sql`select id, closed_at as "closedAt" from matter
      where bureau_id = ${tx.actor.bureauId} and closed_at < ${at(before)} and words_go is distinct from 'term'
        and (${from === null}::boolean or (closed_at, id) > (${at(from?.closedAt ?? 0)}, ${from?.id ?? null}::uuid))
      order by closed_at, id limit ${limit} for update`,
  );
}

/**
 * Takes the words of some matters out of all tables of this subject, and moves those heard at a home
 * from its door to its building; a hazard belongs to its place. Phones fetch the matter anew.
 */
export async function takeWords(tx: Tx, ids: readonly Id[], why: WordsGo): Promise<void> {
  const { bureauId } = tx.actor;
  const these = [...ids];
  await run(
    tx,
    sql`update matter m set text = '', words_go = ${why}, words_gone_at = ${at(tx.now)},
        visit_id = null,
        place_id = case when kind = 'hazard' then place_id else coalesce(
          (select p.building_id from place p where p.bureau_id = m.bureau_id and p.id = m.place_id), place_id) end,
        rest = case when rest #> '{referral,text}' is null then rest else jsonb_set(rest, '{referral,text}', '""') end,
        changed_tx = pg_current_xact_id(), changed_seq = nextval('feed_seq')
      where bureau_id = ${bureauId} and id = any (${these}::uuid[])`,
  );
  await run(
    tx,
    sql`update matter_event e set body = e.body
        || case when e.body ? 'text' then '{"text": ""}'::jsonb else '{}' end
        || case when e.body ? 'why' then '{"why": ""}'::jsonb else '{}' end
        || case when e.body ? 'lesson' then '{"lesson": ""}'::jsonb else '{}' end
        || case when e.type = 'assignment_returned' then '{"reason": ""}'::jsonb else '{}' end
        || case when e.type = 'registered' then jsonb_build_object('placeId', m.place_id, 'visitId', null) else '{}' end
      from matter m
      where e.bureau_id = ${bureauId} and e.matter_id = any (${these}::uuid[]) and m.bureau_id = e.bureau_id and m.id = e.matter_id`,
  );
  await run(
    tx,
    sql`delete from matter_photo where bureau_id = ${bureauId} and matter_id = any (${these}::uuid[])`,
  );
  await run(
    tx,
    sql`delete from contact where bureau_id = ${bureauId} and matter_id = any (${these}::uuid[])`,
  );
  if (why === "asked") return;
  await run(
    tx,
    sql`delete from matter_receipt where bureau_id = ${bureauId} and matter_id = any (${these}::uuid[])`,
  );
  await run(
    tx,
    sql`delete from matter_words where bureau_id = ${bureauId} and id = any (${these}::uuid[])`,
  );
}
