/**
 * A subject that only tests have, so that what phones and server say to each other is tested
 * without any rule of the trade: doors with fields that commands change and merge.
 */
import type { Id } from "@wanjia/domain/shared/id";
import { type JsonObject, mergeRecords } from "@wanjia/sync/merge";
import type { Database, Tx } from "./database.ts";
import { rows, run, sql } from "./sql.ts";
import { type SyncCommand, type SyncDecision, takeCommands } from "./sync.ts";
import { type FeedSource, feedPhones } from "./sync-pull.ts";

export interface ProbeChange {
  readonly door: Id;
  /** What the officer saw, and what he made of it. */
  readonly was: JsonObject;
  readonly now: JsonObject;
  /** What the handler shall do with it. */
  readonly trouble?: "refuse" | "throw" | "wait";
}

const SCHEMA = `
  create table probe_door (
    bureau_id uuid not null, id uuid not null, station_id uuid not null, beat_id uuid not null,
    body jsonb not null,
    changed_tx xid8 not null default pg_current_xact_id(), changed_seq bigint not null default nextval('feed_seq'),
    primary key (bureau_id, id));
  create index probe_door_feed on probe_door (bureau_id, beat_id, changed_tx, changed_seq);
  select wanjia_protect('probe_door', 'beat');
  create table probe_change (bureau_id uuid not null, id uuid not null, door_id uuid not null, primary key (bureau_id, id));
  select wanjia_protect('probe_change', 'bureau');`;

const change: SyncCommand<ProbeChange> = {
  parse(body) {
    const { door } = (body ?? {}) as Partial<ProbeChange>;
    return typeof door === "string"
      ? { ok: true, value: body as ProbeChange }
      : { ok: false, refusal: { code: "no-door" } };
  },
  async run(tx, { principal }, items) {
    if (items.some(({ body }) => body.trouble === "throw")) throw new Error("a poisoned command");
    const taken = items.filter(({ body }) => body.trouble !== "refuse");
    const { bureauId } = principal;
    const beat = principal.beatIds[0] as Id;
    const station = principal.stationIds[0] as Id;
    const ids = [...new Set(taken.map(({ body }) => body.door))].toSorted();
    await run(
      tx,
      sql`insert into probe_door (bureau_id, id, station_id, beat_id, body)
        select ${bureauId}, d, ${station}, ${beat}, '{}'::jsonb from unnest(${ids}::uuid[]) d order by d on conflict do nothing`,
    );
    const doors = new Map(
      (
        await rows<{ id: Id; body: JsonObject }>(
          tx,
          sql`select id, body from probe_door where bureau_id = ${bureauId} and id = any (${ids}::uuid[]) order by id for update`,
        )
      ).map(({ id, body }) => [id, body]),
    );
    for (const { body } of taken)
      doors.set(body.door, mergeRecords(body.was, body.now, doors.get(body.door) ?? {}).value);
    await run(
      tx,
      sql`update probe_door p set body = r.body, changed_tx = pg_current_xact_id(), changed_seq = nextval('feed_seq')
        from jsonb_to_recordset(${JSON.stringify([...doors].map(([id, body]) => ({ id, body })))}::jsonb) as r(id uuid, body jsonb)
        where p.bureau_id = ${bureauId} and p.id = r.id`,
    );
    await run(
      tx,
      sql`insert into probe_change (bureau_id, id, door_id)
        select ${bureauId}, r.id, r.door from jsonb_to_recordset(${JSON.stringify(taken.map(({ id, body }) => ({ id, door: body.door })))}::jsonb) as r(id uuid, door uuid)`,
    );
    return items.map(({ body }): SyncDecision =>
      body.trouble === "refuse"
        ? { ok: false, refusal: { code: "refused-by-rule", params: { why: "asked" } } }
        : { ok: true },
    );
  },
};

const feed: FeedSource = {
  kind: "probe",
  select: (beatIds, window) =>
    sql`select 'probe' as kind, id, beat_id, body::text as body, changed_tx, changed_seq
      from probe_door where beat_id = any (${beatIds}::uuid[]) and ${window}`,
};

/** Adds the test subject to a database and to this process. */
export async function addProbe(database: Database, create = true): Promise<void> {
  if (create) await database.pool.query(SCHEMA);
  takeCommands({ "probe.change": change });
  feedPhones(feed);
}

export async function probeDoors(database: Database, bureau: Id): Promise<Map<Id, JsonObject>> {
  const found = await database.asSystem(bureau, (tx: Tx) =>
    rows<{ id: Id; body: JsonObject }>(tx, sql`select id, body from probe_door order by id`),
  );
  return new Map(found.map(({ id, body }) => [id, body]));
}

/** Ids of the commands that changed something, once for each time that they did. */
export async function probeChanges(database: Database, bureau: Id): Promise<Id[]> {
  const found = await database.asSystem(bureau, (tx: Tx) =>
    rows<{ id: Id }>(tx, sql`select id from probe_change order by id`),
  );
  return found.map(({ id }) => id);
}
