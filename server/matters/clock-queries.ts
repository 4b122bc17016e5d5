import { CLOCK_RULES } from "@wanjia/domain/matters/clock-table";
import type { ClockRule } from "@wanjia/domain/matters/clocks";
import type { Deadline } from "@wanjia/domain/matters/running";
import type { Matter } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, one, prepared, rows, run, runLater, sql } from "../platform/sql.ts";

type RuleRow = Omit<ClockRule, "subject" | "runs">;

/** The last that was read of each bureau, and the mark of the lines it was read from. */
const known = new Map<Id, { readonly mark: string; readonly rules: readonly ClockRule[] }>();

const MARK = sql`count(*) || ' ' || coalesce(bit_xor(hash_record_extended(c, 0)), 0)`;

/**
 * Every version of the bureau's time limits. A bureau starts with the table of the domain, written
 * down when it is first asked for; a limit that a later release adds joins then. Every step asks, and they seldom change: a mark of the half a
 * hundred lines costs a twentieth of reading them.
 */
export async function clockRules(tx: Tx): Promise<readonly ClockRule[]> {
  const { bureauId } = tx.actor;
  if (bureauId === null) throw new Error("time limits belong to a bureau");
  const { mark } = await one<{ mark: string }>(
    tx,
    prepared(sql`select ${MARK} as mark from clock_rule c where c.bureau_id = ${bureauId}`),
  );
  const before = known.get(bureauId);
  if (before?.mark === mark) return before.rules;
  // The mark again: a change may have come between the two statements.
  const found = await rows<RuleRow & { mark: string }>(
    tx,
    sql`select rule as id, version, valid_from as "from", amount, unit, source, basis, pauses, extension, raise_again_days as "raiseAgainDays",
        (select ${MARK} from clock_rule c where c.bureau_id = ${bureauId}) as mark
      from clock_rule where bureau_id = ${bureauId} order by rule, version`,
  );
  const written = new Set(found.map(({ id }) => id));
  const missing = CLOCK_RULES.filter(({ id }) => !written.has(id));
  if (missing.length > 0) await insertClockRules(tx, missing, null);
  const [first] = found;
  if (first === undefined) return CLOCK_RULES;
  const rules = found.flatMap(({ mark: _mark, ...row }): ClockRule[] => {
    const defined = DEFINED.get(row.id);
    return defined === undefined ? [] : [{ ...row, subject: defined.subject, runs: defined.runs }];
  });
  if (missing.length > 0) return [...rules, ...missing];
  known.set(bureauId, { mark: first.mark, rules });
  return rules;
}

const DEFINED = new Map(CLOCK_RULES.map((rule) => [rule.id, rule]));

export async function insertClockRules(
  tx: Tx,
  rules: readonly ClockRule[],
  savedBy: Id | null,
): Promise<void> {
  await run(
    tx,
    sql`insert into clock_rule (bureau_id, rule, version, valid_from, amount, unit, source, basis, pauses, extension, raise_again_days, saved_by, saved_at)
      select ${tx.actor.bureauId}::uuid, r.id, r.version, r."from", r.amount, r.unit, r.source, r.basis, r.pauses, r.extension, r."raiseAgainDays",
        ${savedBy}::uuid, ${at(tx.now)}
      from jsonb_to_recordset(${json(rules)})
        as r(id text, version int, "from" date, amount int, unit text, source text, basis text, pauses text[], extension jsonb, "raiseAgainDays" int)
      on conflict (bureau_id, rule, version) do nothing`,
  );
}

export async function deleteClockRule(
  tx: Tx,
  { id, version }: Pick<ClockRule, "id" | "version">,
): Promise<void> {
  await run(
    tx,
    sql`delete from clock_rule where bureau_id = ${tx.actor.bureauId} and rule = ${id} and version = ${version}`,
  );
}

/** Saves what comes next for matters; those for which nothing runs any more have no line. */
export function saveDeadlines(
  tx: Tx,
  entries: readonly { readonly matter: Matter; readonly deadline: Deadline | null }[],
): void {
  if (entries.length === 0) return;
  const records = entries.flatMap(({ matter, deadline }) =>
    deadline === null
      ? []
      : [
          {
            ...deadline.next,
            id: matter.id,
            stationId: matter.stationId,
            beatId: matter.beatId,
            kind: matter.kind,
            responsibleId: matter.responsibleId,
            assigneeId: matter.assigneeId,
            task: deadline.task,
            lookAt: deadline.lookAt,
          },
        ],
  );
  const gone = entries.flatMap(({ matter, deadline }) => (deadline === null ? [matter.id] : []));
  if (gone.length > 0) {
    runLater(
      tx,
      sql`delete from matter_deadline where bureau_id = ${tx.actor.bureauId} and id = any (${gone}::uuid[])`,
    );
  }
  if (records.length === 0) return;
  runLater(
    tx,
    prepared(sql`insert into matter_deadline (bureau_id, id, station_id, beat_id, kind, responsible_id, assignee_id, purpose, rule,
        due_at, paused_at, raised_to, task, look_at)
      select ${tx.actor.bureauId}::uuid, r.id, r."stationId", r."beatId", r.kind, r."responsibleId", r."assigneeId", r.purpose, r.rule,
        coalesce(to_timestamp(r."dueAt" / 1000), 'infinity'), to_timestamp(r."pausedAt" / 1000), r."raisedTo", r.task, to_timestamp(r."lookAt" / 1000)
      from jsonb_to_recordset(${json(records)})
        as r(id uuid, "stationId" uuid, "beatId" uuid, kind text, "responsibleId" uuid, "assigneeId" uuid, purpose text, rule text,
          "dueAt" float8, "pausedAt" float8, "raisedTo" text, task text, "lookAt" float8)
      on conflict (bureau_id, id) do update set responsible_id = excluded.responsible_id, assignee_id = excluded.assignee_id,
        purpose = excluded.purpose, rule = excluded.rule, due_at = excluded.due_at, paused_at = excluded.paused_at,
        raised_to = excluded.raised_to, task = excluded.task, look_at = excluded.look_at`),
  );
}

export interface Look {
  readonly id: Id;
  readonly lookAt: Instant;
}

/** Matters at which time has something to do, in order, after the last one that was looked at. */
export function mattersToLookAt(tx: Tx, after: Look | null, size: number): Promise<Look[]> {
  return rows(
    tx,
    sql`select id, look_at as "lookAt" from matter_deadline
      where bureau_id = ${tx.actor.bureauId} and look_at <= ${at(tx.now)}
        ${after === null ? sql`` : sql`and (look_at, id) > (${at(after.lookAt)}, ${after.id}::uuid)`}
      order by look_at, id limit ${size}`,
  );
}
