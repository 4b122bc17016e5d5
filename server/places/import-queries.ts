import type { ImportedPlace } from "@wanjia/domain/places/import";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, type Column, given, json, maybe, one, raw, rows, run, sql } from "../platform/sql.ts";
import { bumpBeats, CHANGED } from "./queries.ts";

export async function insertImport(
  tx: Tx,
  entry: {
    id: Id;
    kind: string;
    fileName: string;
    format: string;
    state: string;
    memberId: Id | null;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into place_import (bureau_id, id, kind, state, file_name, format, member_id, created_at)
      values (${tx.actor.bureauId}, ${entry.id}, ${entry.kind}, ${entry.state}, ${entry.fileName}, ${entry.format}, ${entry.memberId}, ${at(tx.now)})`,
  );
}

export async function insertChunk(
  tx: Tx,
  importId: Id,
  seq: number,
  data: Uint8Array,
): Promise<void> {
  await run(
    tx,
    sql`insert into place_import_chunk (bureau_id, import_id, seq, data)
      values (${tx.actor.bureauId}, ${importId}, ${seq}, ${Buffer.from(data)})`,
  );
}

export async function readChunk(tx: Tx, importId: Id, seq: number): Promise<Buffer | undefined> {
  const found = await maybe<{ data: Buffer }>(
    tx,
    sql`select data from place_import_chunk where bureau_id = ${tx.actor.bureauId} and import_id = ${importId} and seq = ${seq}`,
  );
  return found?.data;
}

export async function updateImport(
  tx: Tx,
  id: Id,
  change: {
    state?: string;
    bytes?: number;
    header?: readonly string[];
    mapping?: Readonly<Record<string, number | undefined>>;
    sample?: readonly (readonly string[])[];
    rowsRead?: number;
    bytesRead?: number;
    problems?: number;
    result?: object;
    started?: true;
    finished?: true;
  },
): Promise<void> {
  await run(
    tx,
    sql`update place_import set state = coalesce(${change.state ?? null}, state), bytes = coalesce(${change.bytes ?? null}::bigint, bytes),
        header = coalesce(${change.header === undefined ? null : JSON.stringify(change.header)}::jsonb, header),
        mapping = coalesce(${change.mapping === undefined ? null : JSON.stringify(change.mapping)}::jsonb, mapping),
        sample = coalesce(${change.sample === undefined ? null : JSON.stringify(change.sample)}::jsonb, sample),
        rows_read = coalesce(${change.rowsRead ?? null}::int, rows_read),
        bytes_read = coalesce(${change.bytesRead ?? null}::bigint, bytes_read),
        problems = coalesce(${change.problems ?? null}::int, problems),
        result = coalesce(${change.result === undefined ? null : JSON.stringify(change.result)}::jsonb, result),
        started_at = case when ${change.started ?? false} then ${at(tx.now)} else started_at end,
        finished_at = case when ${change.finished ?? false} then ${at(tx.now)} else finished_at end
      where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

/** From `uploaded` to `queued`, once: two clicks start one import. */
export async function claimImport(tx: Tx, id: Id): Promise<boolean> {
  const changed = await run(
    tx,
    sql`update place_import set state = 'queued' where bureau_id = ${tx.actor.bureauId} and id = ${id} and state = 'uploaded'`,
  );
  return changed === 1;
}

export async function insertProblems(
  tx: Tx,
  importId: Id,
  problems: readonly { row: number; seq: number; field: string; code: string }[],
): Promise<void> {
  if (problems.length === 0) return;
  await run(
    tx,
    sql`insert into place_import_problem (bureau_id, import_id, row_no, seq, field, code)
      select ${tx.actor.bureauId}::uuid, ${importId}::uuid, r.row, r.seq, r.field, r.code
      from jsonb_to_recordset(${json(problems)}) as r(row int, seq int, field text, code text) on conflict do nothing`,
  );
}

/** Removes what an import left on its way: after success, after refusal, and before another try. */
export async function clearStaging(tx: Tx, importId: Id): Promise<void> {
  await run(
    tx,
    sql`delete from place_import_row where bureau_id = ${tx.actor.bureauId} and import_id = ${importId}`,
  );
}

export async function clearChunks(tx: Tx, importId: Id): Promise<void> {
  await run(
    tx,
    sql`delete from place_import_chunk where bureau_id = ${tx.actor.bureauId} and import_id = ${importId}`,
  );
}

export async function clearProblems(tx: Tx, importId: Id): Promise<void> {
  await run(
    tx,
    sql`delete from place_import_problem where bureau_id = ${tx.actor.bureauId} and import_id = ${importId}`,
  );
}

export interface StagedPlace extends ImportedPlace {
  row: number;
}

const STAGED: Record<string, Column<StagedPlace>> = {
  row_no: ["int", ({ row }) => row],
  kind: ["text", ({ kind }) => kind],
  station_id: ["uuid", ({ stationId }) => stationId],
  beat_id: ["uuid", ({ beatId }) => beatId],
  grid_id: ["uuid", ({ gridId }) => gridId],
  community_id: ["uuid", ({ communityId }) => communityId],
  parent_kind: ["text", ({ parentKind }) => parentKind],
  parent_key: ["text", ({ parentKey }) => parentKey],
  building_key: ["text", ({ buildingKey }) => buildingKey],
  building_kind: ["text", ({ buildingKind }) => buildingKind],
  std_code: ["text", ({ stdCode }) => stdCode],
  street: ["text", ({ elements }) => elements.street],
  door_no: ["text", ({ elements }) => elements.doorNo],
  estate_name: ["text", ({ elements }) => elements.estateName],
  building_no: ["text", ({ elements }) => elements.buildingNo],
  entrance_no: ["text", ({ elements }) => elements.entranceNo],
  floor_no: ["text", ({ elements }) => elements.floorNo],
  unit_no: ["text", ({ elements }) => elements.unitNo],
  name: ["text", ({ elements }) => elements.name],
  full_text: ["text", ({ fullText }) => fullText],
  sort_key: ["text", ({ sortKey }) => sortKey],
  use: ["text", ({ use }) => use],
  alias: ["text", ({ alias }) => alias],
  valid_from: ["date", ({ validFrom }) => validFrom],
  attributes: ["jsonb", ({ attributes }) => attributes],
  derived: ["boolean", ({ derived }) => derived],
};

export async function insertStaged(
  tx: Tx,
  importId: Id,
  places: readonly StagedPlace[],
): Promise<void> {
  await run(
    tx,
    sql`insert into place_import_row (bureau_id, import_id, ${raw(Object.keys(STAGED).join(", "))})
      select ${tx.actor.bureauId}::uuid, ${importId}::uuid, r.* from ${given(places, STAGED)}`,
  );
}

/** For statements over a whole file. */
async function bulkSettings(tx: Tx): Promise<void> {
  await run(tx, raw("set local work_mem = '256MB'"));
  await run(tx, raw("set local jit = off"));
  // The planner knows nothing of a table that was filled a second ago, and would go row by row.
  await run(tx, raw("set local enable_nestloop = off"));
}

/**
 * Rows that are good one by one and not together: a standard code given twice, or a code and an
 * address that the register knows as two places. At most `limit` of them.
 */
export async function stagedConflicts(
  tx: Tx,
  importId: Id,
  limit: number,
): Promise<{ row: number; code: "code-repeated" | "code-conflict" }[]> {
  await bulkSettings(tx);
  const bureau = tx.actor.bureauId;
  return rows(
    tx,
    sql`(select r.row_no as row, 'code-repeated' as code from (
          select row_no, sort_key, community_id, kind,
            min(sort_key || kind || coalesce(community_id::text, '')) over same as least,
            max(sort_key || kind || coalesce(community_id::text, '')) over same as most
          from place_import_row where bureau_id = ${bureau} and import_id = ${importId} and std_code is not null
          window same as (partition by std_code)
        ) r where r.least <> r.most limit ${limit})
      union all
      (select r.row_no, 'code-conflict' from place_import_row r
        join place c on c.bureau_id = r.bureau_id and c.std_code = r.std_code and c.status in ('created', 'confirmed')
        join place a on a.bureau_id = r.bureau_id and a.community_id = r.community_id and a.sort_key = r.sort_key
          and a.kind = r.kind and a.status in ('created', 'confirmed') and a.id <> c.id
        where r.bureau_id = ${bureau} and r.import_id = ${importId} and r.std_code is not null limit ${limit})
      order by 1 limit ${limit}`,
  );
}

export interface Applied {
  added: number;
  changed: number;
  unchanged: number;
  repeated: number;
  derived: number;
}

/** What stands for "no community" where rows are joined: null joins nothing. */
const NOWHERE = raw("'00000000-0000-0000-0000-000000000000'::uuid");

/**
 * The staged file into the register, in one transaction: all of it or nothing. Rows that are there
 * already, by standard code or by address, are changed where they differ and otherwise left alone;
 * a null in the file erases nothing.
 */
export async function applyStaged(tx: Tx, importId: Id, day: LocalDate): Promise<Applied> {
  const bureau = tx.actor.bureauId;
  await bulkSettings(tx);
  await run(
    tx,
    sql`create temp table import_shared on commit drop as
      select coalesce(community_id, ${NOWHERE}) as area, sort_key, kind from place_import_row
      where bureau_id = ${bureau} and import_id = ${importId} and derived
      group by 1, 2, 3 having min(beat_id::text) is distinct from max(beat_id::text) or count(beat_id) not in (0, count(*))`,
  );
  // Several rows of one address are one place: a row of its own goes before one that another row told.
  // They are numbered, and so saved, in the order of the lists: then the indexes grow at their ends.
  await run(
    tx,
    sql`create temp table import_target on commit drop as
      select n.*, s.area is not null as shared, coalesce(c.id, a.id) as known,
        coalesce(c.id, a.id, (
          substr(lpad(to_hex(${tx.now}::bigint + n.n / 4096), 12, '0'), 1, 8) || '-' ||
          substr(lpad(to_hex(${tx.now}::bigint + n.n / 4096), 12, '0'), 9, 4) || '-7' || lpad(to_hex(n.n % 4096), 3, '0') || '-' ||
          substr(gen_random_uuid()::text, 20))::uuid) as id
      from (select *, row_number() over () as n from (
        select distinct on (sort_key, kind, coalesce(community_id, ${NOWHERE}))
          r.*, coalesce(community_id, ${NOWHERE}) as area
        from place_import_row r where bureau_id = ${bureau} and import_id = ${importId}
        order by sort_key, kind, coalesce(community_id, ${NOWHERE}), derived, row_no) picked) n
      left join import_shared s on s.area = n.area and s.sort_key = n.sort_key and s.kind = n.kind
      left join place c on c.bureau_id = ${bureau} and c.std_code = n.std_code and c.status in ('created', 'confirmed')
      left join place a on a.bureau_id = ${bureau} and coalesce(a.community_id, ${NOWHERE}) = n.area and a.sort_key = n.sort_key
        and a.kind = n.kind and a.status in ('created', 'confirmed')`,
  );
  await run(tx, raw("analyze import_target"));
  // Places on which others hang, found again by their address.
  await run(
    tx,
    sql`create temp table import_holder on commit drop as
      select area, sort_key, kind, id from import_target where kind in ('estate', 'compound', 'building', 'entrance', 'floor')`,
  );
  await run(tx, raw("analyze import_holder"));
  const added = await run(
    tx,
    sql`insert into place (bureau_id, id, kind, station_id, beat_id, grid_id, community_id, parent_id, building_id, std_code, street,
        door_no, estate_name, building_no, entrance_no, floor_no, unit_no, name, full_text, sort_key, use, status, valid_from, attributes)
      select ${bureau}::uuid, t.id, t.kind, t.station_id, case when t.shared then null else t.beat_id end, t.grid_id, t.community_id,
        h.id, case when t.building_key is null then null when b.id is null then t.id else b.id end,
        t.std_code, t.street, t.door_no, t.estate_name, t.building_no, t.entrance_no, t.floor_no, t.unit_no, t.name, t.full_text,
        t.sort_key, t.use, 'created', coalesce(t.valid_from, ${day}::date), coalesce(t.attributes, '{}')
      from import_target t
      left join import_holder h on h.area = t.area and h.sort_key = t.parent_key and h.kind = t.parent_kind
      left join import_holder b on b.area = t.area and b.sort_key = t.building_key and b.kind = t.building_kind
      where t.known is null`,
  );
  await run(
    tx,
    sql`create temp table import_change on commit drop as
      select t.id, p.beat_id as old_beat, case when t.shared then null else t.beat_id end as new_beat
      from import_target t
      join place p on p.bureau_id = ${bureau} and p.id = t.known
      left join import_holder h on h.area = t.area and h.sort_key = t.parent_key and h.kind = t.parent_kind
      where t.known is not null and not t.derived and (
        p.sort_key <> t.sort_key or p.station_id <> t.station_id
        or (t.beat_id is not null and p.beat_id is distinct from t.beat_id)
        or (t.grid_id is not null and p.grid_id is distinct from t.grid_id)
        or p.community_id is distinct from t.community_id
        or (t.std_code is not null and p.std_code is distinct from t.std_code)
        or p.full_text <> t.full_text or (t.use is not null and p.use is distinct from t.use)
        or (h.id is not null and p.parent_id is distinct from h.id)
        or (t.attributes is not null and p.attributes || t.attributes <> p.attributes))`,
  );
  await run(
    tx,
    sql`insert into place_alias (bureau_id, place_id, text, kind, station_id, beat_id)
      select p.bureau_id, p.id, p.full_text, 'old_plate', t.station_id, t.beat_id
      from import_change c join import_target t on t.id = c.id join place p on p.bureau_id = ${bureau} and p.id = c.id
      where p.full_text <> t.full_text on conflict do nothing`,
  );
  const changed = await run(
    tx,
    sql`update place p set station_id = t.station_id, beat_id = coalesce(c.new_beat, p.beat_id), grid_id = coalesce(t.grid_id, p.grid_id),
        community_id = t.community_id, parent_id = coalesce(h.id, p.parent_id),
        building_id = case when t.building_key is null then p.building_id when b.id is null then p.id else b.id end,
        std_code = coalesce(t.std_code, p.std_code), street = t.street, door_no = t.door_no, estate_name = t.estate_name,
        building_no = t.building_no, entrance_no = t.entrance_no, floor_no = t.floor_no, unit_no = t.unit_no, name = t.name,
        full_text = t.full_text, sort_key = t.sort_key, use = coalesce(t.use, p.use),
        attributes = p.attributes || coalesce(t.attributes, '{}'), ${CHANGED}
      from import_change c
      join import_target t on t.id = c.id
      left join import_holder h on h.area = t.area and h.sort_key = t.parent_key and h.kind = t.parent_kind
      left join import_holder b on b.area = t.area and b.sort_key = t.building_key and b.kind = t.building_kind
      where p.bureau_id = ${bureau} and p.id = c.id`,
  );
  await run(
    tx,
    sql`insert into place_alias (bureau_id, place_id, text, kind, station_id, beat_id)
      select ${bureau}::uuid, t.id, r.alias, 'imported', t.station_id, t.beat_id
      from place_import_row r join import_target t on t.area = coalesce(r.community_id, ${NOWHERE})
        and t.sort_key = r.sort_key and t.kind = r.kind
      where r.bureau_id = ${bureau} and r.import_id = ${importId} and r.alias is not null on conflict do nothing`,
  );
  const beats = await rows<{ id: Id }>(
    tx,
    sql`select old_beat as id from import_change where old_beat is distinct from new_beat and new_beat is not null and old_beat is not null
      union select new_beat from import_change where old_beat is distinct from new_beat and new_beat is not null and old_beat is not null`,
  );
  if (beats.length > 0)
    await bumpBeats(
      tx,
      beats.map(({ id }) => id),
    );
  const counts = await one<{ staged: number; own: number; derived: number }>(
    tx,
    sql`select (select count(*) from place_import_row where bureau_id = ${bureau} and import_id = ${importId} and not derived) as staged,
        count(*) filter (where not derived) as own, count(*) filter (where derived and known is null) as derived from import_target`,
  );
  return {
    added: added - counts.derived,
    changed,
    unchanged: counts.own - (added - counts.derived) - changed,
    repeated: counts.staged - counts.own,
    derived: counts.derived,
  };
}

export interface ImportedDivision {
  code: string;
  name: string;
  level: string;
  parentCode: string | null;
  urbanRuralClass: string | null;
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
  successors: string[];
}

/** A list of divisions: a row of a code that is valid now is corrected, any other is added. */
export async function saveDivisions(
  tx: Tx,
  divisions: readonly ImportedDivision[],
  day: LocalDate,
): Promise<{ added: number; changed: number }> {
  const bureau = tx.actor.bureauId;
  const given = sql`jsonb_to_recordset(${json(divisions)}) as r(code text, name text, level text, "parentCode" text,
    "urbanRuralClass" text, "validFrom" date, "validTo" date, successors text[])`;
  const changed = await run(
    tx,
    sql`update division d set name = r.name, level = r.level, parent_code = r."parentCode",
        urban_rural_class = coalesce(r."urbanRuralClass", d.urban_rural_class), valid_to = coalesce(r."validTo", d.valid_to),
        successors = case when cardinality(r.successors) > 0 then r.successors else d.successors end
      from ${given}
      where d.bureau_id = ${bureau} and d.code = r.code
        and (d.valid_from = r."validFrom" or (r."validFrom" is null and d.valid_to is null))
        and (d.name, d.level, d.parent_code) is distinct from (r.name, r.level, r."parentCode")
          or d.bureau_id = ${bureau} and d.code = r.code
        and (d.valid_from = r."validFrom" or (r."validFrom" is null and d.valid_to is null))
        and ((r."validTo" is not null and d.valid_to is distinct from r."validTo")
          or (r."urbanRuralClass" is not null and d.urban_rural_class is distinct from r."urbanRuralClass")
          or (cardinality(r.successors) > 0 and d.successors <> r.successors))`,
  );
  const added = await run(
    tx,
    sql`insert into division (bureau_id, code, name, level, parent_code, urban_rural_class, valid_from, valid_to, successors)
      select distinct on (r.code, coalesce(r."validFrom", ${day}::date)) ${bureau}::uuid, r.code, r.name, r.level, r."parentCode",
        r."urbanRuralClass", coalesce(r."validFrom", ${day}::date), r."validTo", r.successors
      from ${given}
      where not exists (select from division d where d.bureau_id = ${bureau} and d.code = r.code
        and (d.valid_from = r."validFrom" or (r."validFrom" is null and d.valid_to is null)))
      on conflict do nothing`,
  );
  return { added, changed };
}
