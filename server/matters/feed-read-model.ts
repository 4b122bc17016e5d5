import { MATTER_LIMITS } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Sql, sql } from "../platform/sql.ts";

/** Ended matters stay on the phone this long, for the resident who asks at the door. */
const ENDED_ON_PHONE_DAYS = 90;

/**
 * Matters of a beat as its phones keep them: no contact, a short text, and no text at all where
 * somebody may be in danger at home.
 */
export const matterFeed = {
  kind: "matter",
  select(beatIds: readonly Id[], window: Sql): Sql {
    return sql`select 'matter' as kind, id, beat_id,
        json_build_object('number', number, 'kind', kind, 'subtype', subtype, 'grade', grade, 'state', state, 'version', version, 'placeId', place_id,
          'visitId', visit_id, 'responsibleId', responsible_id, 'registeredAt', round(extract(epoch from registered_at) * 1000),
          'dueOn', nullif(due_on, 'infinity'), 'outcome', outcome,
          'clocks', rest -> 'clocks', 'pauseReason', rest -> 'pauseReason',
          'text', case when rest ->> 'suitable' = 'false' then '' else left(text, ${MATTER_LIMITS.feedTextLength}) end)::text as body,
        changed_tx, changed_seq
      from matter where ${window} and beat_id = any (${beatIds}::uuid[])
        and (disposition is null or closed_at > now() - make_interval(days => ${ENDED_ON_PHONE_DAYS}))`;
  },
};
