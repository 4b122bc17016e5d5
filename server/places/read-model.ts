import { parseAddress } from "@wanjia/domain/places/address";
import { normalise } from "@wanjia/domain/places/normalise";
import { plateBytes } from "@wanjia/domain/places/plate";
import type {
  AliasKind,
  Place,
  PlaceKind,
  PlaceStatus,
  PlaceUse,
} from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import { idOfPass } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import type { Services } from "../platform/http.ts";
import type { ListDefinition } from "../platform/list.ts";
import { join, maybe, raw, rows, run, type Sql, sql } from "../platform/sql.ts";
import type { FeedSource } from "../platform/sync-pull.ts";

export interface PlaceRow {
  id: Id;
  kind: PlaceKind;
  stationId: Id;
  beatId: Id | null;
  gridId: Id | null;
  communityId: Id | null;
  parentId: Id | null;
  buildingId: Id | null;
  stdCode: string | null;
  street: string | null;
  doorNo: string | null;
  estateName: string | null;
  buildingNo: string | null;
  entranceNo: string | null;
  floorNo: string | null;
  unitNo: string | null;
  name: string | null;
  fullText: string;
  use: PlaceUse | null;
  status: PlaceStatus;
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

const COLUMNS = sql`p.id, p.kind, p.station_id as "stationId", p.beat_id as "beatId", p.grid_id as "gridId",
  p.community_id as "communityId", p.parent_id as "parentId", p.building_id as "buildingId", p.std_code as "stdCode",
  p.street, p.door_no as "doorNo", p.estate_name as "estateName", p.building_no as "buildingNo",
  p.entrance_no as "entranceNo", p.floor_no as "floorNo", p.unit_no as "unitNo", p.name,
  p.full_text as "fullText", p.use, p.status, p.valid_from as "validFrom", p.valid_to as "validTo"`;

const LIVING = sql`p.status in ('created', 'confirmed')`;

export interface PlaceFilter {
  /** An address in any usual spelling, its beginning, or an old name. */
  q?: string | undefined;
  stationId?: Id | undefined;
  beatId?: Id | undefined;
  buildingId?: Id | undefined;
  parentId?: Id | undefined;
  kind?: PlaceKind | undefined;
  status?: PlaceStatus | "living" | undefined;
}

export function placeList(bureauId: Id, filter: PlaceFilter): ListDefinition {
  const where: Sql[] = [sql`p.bureau_id = ${bureauId}`];
  if (filter.q !== undefined) where.push(...matching(bureauId, filter.q));
  if (filter.stationId !== undefined) where.push(sql`p.station_id = ${filter.stationId}`);
  if (filter.beatId !== undefined) where.push(sql`p.beat_id = ${filter.beatId}`);
  if (filter.buildingId !== undefined) where.push(sql`p.building_id = ${filter.buildingId}`);
  if (filter.parentId !== undefined) where.push(sql`p.parent_id = ${filter.parentId}`);
  if (filter.kind !== undefined) where.push(sql`p.kind = ${filter.kind}`);
  if (filter.status === undefined || filter.status === "living") where.push(LIVING);
  else where.push(sql`p.status = ${filter.status}`);
  return {
    columns: COLUMNS,
    from: sql`place p`,
    where,
    sorts: { address: { by: sql`p.sort_key`, type: "text" } },
    defaultSort: "address",
    id: sql`p.id`,
  };
}

export function findPlace(tx: Tx, id: Id): Promise<PlaceRow | undefined> {
  return maybe(
    tx,
    sql`select ${COLUMNS} from place p where p.bureau_id = ${tx.actor.bureauId} and p.id = ${id}`,
  );
}

export function findPlaces(tx: Tx, ids: readonly Id[]): Promise<PlaceRow[]> {
  return rows(
    tx,
    sql`select ${COLUMNS} from place p where p.bureau_id = ${tx.actor.bureauId} and p.id = any(${[...ids]}::uuid[])
      order by p.sort_key, p.id`,
  );
}

export interface PlaceDetail {
  attributes: Record<string, unknown>;
  replacedBy: Id[];
  aliases: { text: string; kind: AliasKind }[];
  below: number;
}

export async function placeDetail(tx: Tx, id: Id): Promise<PlaceDetail | undefined> {
  return maybe(
    tx,
    sql`select p.attributes, p.replaced_by as "replacedBy",
        coalesce((select jsonb_agg(jsonb_build_object('text', a.text, 'kind', a.kind) order by a.text)
          from place_alias a where a.bureau_id = p.bureau_id and a.place_id = p.id), '[]') as aliases,
        (select count(*) from place c where c.bureau_id = p.bureau_id and c.parent_id = p.id
          and c.status in ('created', 'confirmed')) as below
      from place p where p.bureau_id = ${tx.actor.bureauId} and p.id = ${id}`,
  );
}

/** From the outermost to the direct parent; a register is at most a handful of steps deep. */
export async function placesAbove(
  tx: Tx,
  place: Pick<PlaceRow, "parentId">,
): Promise<{ id: Id; kind: PlaceKind; fullText: string }[]> {
  const above: { id: Id; kind: PlaceKind; fullText: string }[] = [];
  let next = place.parentId;
  while (next !== null && above.length < 10) {
    const parent = await findPlace(tx, next);
    if (parent === undefined) break;
    above.unshift({ id: parent.id, kind: parent.kind, fullText: parent.fullText });
    next = parent.parentId;
  }
  return above;
}

/** The doors of a building, as they are walked. */
export function doorsOf(tx: Tx, buildingId: Id): Promise<PlaceRow[]> {
  return rows(
    tx,
    sql`select ${COLUMNS} from place p where p.bureau_id = ${tx.actor.bureauId} and p.building_id = ${buildingId}
        and p.kind in ('dwelling_unit', 'rural_house', 'shop', 'organisation', 'site') and ${LIVING}
      order by p.sort_key, p.id`,
  );
}

/** From the text on, as long as it begins with it: a range, so that the index is used under row-level security too. */
function begins(column: string, text: string): Sql {
  return sql`(${raw(column)} >= ${text} and ${raw(column)} < ${`${text}\u{FFFF}`})`;
}

/**
 * Places by the parts of an address: names by their beginning, numbers exactly. Buildings, houses
 * and shops are found by name; rooms in the buildings found. The ids come as one array, so that the
 * database looks them up by key and never walks the whole register in its order.
 */
function matching(bureauId: Id, text: string): Sql[] {
  const parsed = parseAddress(text);
  const wanted = parsed.ok && parsed.value.rest === "" ? parsed.value.elements : {};
  const bureau = sql`h.bureau_id = ${bureauId}`;
  const exact: Sql[] = [];
  if (wanted.doorNo !== undefined && wanted.estateName === undefined)
    exact.push(sql`h.door_no = ${wanted.doorNo}`);
  if (wanted.buildingNo !== undefined) exact.push(sql`h.building_no = ${wanted.buildingNo}`);
  const also = exact.length === 0 ? sql`true` : join(exact, " and ");
  const found = sql`array(
    select h.id from place h where ${bureau} and ${begins("h.estate_name", wanted.estateName ?? text)} and h.estate_name is not null
      and h.kind in ('estate', 'compound', 'building', 'shop', 'site', 'organisation') and ${also}
    union select h.id from place h where ${bureau} and ${begins("h.street", wanted.street ?? text)} and h.street is not null
      and h.kind in ('building', 'rural_house', 'shop', 'site', 'organisation') and ${also}
    union select h.id from place h where ${bureau} and ${begins("h.name", text)} and h.name is not null
    union select a.place_id from place_alias a where a.bureau_id = ${bureauId} and ${begins("a.text", text)})`;
  if (wanted.unitNo === undefined) return [sql`p.id = any(${found})`];
  const inUnit = [sql`p.building_id = any(${found})`, sql`p.unit_no = ${wanted.unitNo}`];
  if (wanted.entranceNo !== undefined)
    inUnit.push(sql`(p.entrance_no is null or p.entrance_no = ${wanted.entranceNo})`);
  return inUnit;
}

// -- phones -----------------------------------------------------------------------------------------

/** Ended places are sent too: the phone has to learn that they ended. */
export const feed: FeedSource = {
  kind: "place",
  select: (beatIds, window) =>
    sql`select 'place' as kind, id, beat_id,
        json_strip_nulls(json_build_object('kind', kind, 'parentId', parent_id, 'buildingId', building_id,
          'communityId', community_id, 'gridId', grid_id, 'street', street, 'doorNo', door_no, 'estateName', estate_name,
          'buildingNo', building_no, 'entranceNo', entrance_no, 'floorNo', floor_no, 'unitNo', unit_no, 'name', name,
          'fullText', full_text, 'sortKey', sort_key, 'use', use, 'status', status, 'validTo', valid_to,
          'attributes', nullif(attributes, '{}'::jsonb)))::text as body,
        changed_tx, changed_seq
      from place where beat_id = any(${[...beatIds]}::uuid[]) and ${window}`,
};

/** What other subjects must know of the places they are given. */
export interface PlaceSeat extends Pick<
  Place,
  "id" | "kind" | "status" | "buildingId" | "fullText" | "use"
> {
  stationId: Id;
  beatId: Id | null;
  communityId: Id | null;
  gridId: Id | null;
}

export function placeSeats(tx: Tx, ids: readonly Id[]): Promise<PlaceSeat[]> {
  return rows(
    tx,
    sql`select id, kind, status, station_id as "stationId", beat_id as "beatId", building_id as "buildingId",
        community_id as "communityId", grid_id as "gridId", full_text as "fullText", use
      from place where bureau_id = ${tx.actor.bureauId} and id = any(${[...ids]}::uuid[])`,
  );
}

// -- plates -----------------------------------------------------------------------------------------

export interface PlateRow {
  id: string;
  placeId: Id;
  issuedAt: Instant;
  withdrawnAt: Instant | null;
}

const PLATE = sql`id, place_id as "placeId", issued_at as "issuedAt", withdrawn_at as "withdrawnAt"`;

export function platesOf(tx: Tx, placeIds: readonly Id[]): Promise<PlateRow[]> {
  return rows(
    tx,
    sql`select ${PLATE} from plate where bureau_id = ${tx.actor.bureauId} and place_id = any(${[...placeIds]}::uuid[])
      order by issued_at desc`,
  );
}

export function findPlate(tx: Tx, code: string): Promise<PlateRow | undefined> {
  return maybe(
    tx,
    sql`select ${PLATE} from plate where bureau_id = ${tx.actor.bureauId} and id = ${code}`,
  );
}

/** Whose plate it is: asked by someone who holds the code, before it is known which bureau is asked. */
export async function bureauOfPlate(tx: Tx, code: string): Promise<Id | undefined> {
  if (!/^[0-9A-Z]{26}\.[0-9A-Z]{4}$/.test(code)) return undefined;
  await run(tx, raw(`set local app.plate = '${code}'`));
  const found = await maybe<{ bureauId: Id }>(
    tx,
    sql`select bureau_id as "bureauId" from plate where id = ${code}`,
  );
  return found?.bureauId;
}

/** Where somebody stands who holds a code. */
export interface Stand {
  readonly bureauId: Id;
  readonly placeId: Id;
  readonly withdrawn: boolean;
  /** By a pass that an address gave (`passOf`), not by a plate. */
  readonly byAddress: boolean;
}

/** What an address may lead to: a building or a house, never a flat. */
const NAMED_KINDS = sql`p.kind in ('building', 'rural_house')`;

/** The place of a plate or a pass; undefined for any other code. */
export async function standOf(
  { database, secrets }: Pick<Services, "database" | "secrets">,
  bureauIds: (tx: Tx) => Promise<readonly Id[]>,
  code: string,
): Promise<Stand | undefined> {
  const ofPlate = await database.asSystem(null, (tx) => bureauOfPlate(tx, code));
  if (ofPlate !== undefined) {
    const plate = await database.asSystem(ofPlate, (tx) => findPlate(tx, code));
    if (plate === undefined) return undefined;
    const { placeId, withdrawnAt } = plate;
    return { bureauId: ofPlate, placeId, withdrawn: withdrawnAt !== null, byAddress: false };
  }
  const placeId = idOfPass(secrets, plateBytes(code));
  for (const bureauId of await database.asSystem(null, bureauIds)) {
    const there = await database.asSystem(bureauId, (tx) =>
      maybe(
        tx,
        sql`select p.id from place p where p.bureau_id = ${bureauId} and p.id = ${placeId} and ${NAMED_KINDS} and ${LIVING}`,
      ),
    );
    if (there !== undefined) return { bureauId, placeId, withdrawn: false, byAddress: true };
  }
  return undefined;
}

export interface NamedPlace {
  id: Id;
  community: string | null;
  station: string;
  stationEn: string;
}

/** Estates of one name in a city are few; more is not an answer. */
const NAMED_MOST = 5;

/** Buildings and houses of exactly this address: an estate (also by another of its names) or a street, and a number. */
export function placesNamed(tx: Tx, name: string, number: string): Promise<NamedPlace[]> {
  const { bureauId } = tx.actor;
  return rows(
    tx,
    sql`select p.id, c.name as community, s.name as station, s.name_en as "stationEn"
      from place p join station s on s.bureau_id = p.bureau_id and s.id = p.station_id
      left join community c on c.bureau_id = p.bureau_id and c.id = p.community_id
      where p.bureau_id = ${bureauId} and ${NAMED_KINDS} and ${LIVING} and p.id in (
        select h.id from place h where h.bureau_id = ${bureauId} and h.estate_name = ${normalise("estateName", name)}
          and h.building_no = ${normalise("buildingNo", number)} and h.kind in ('building')
        union select h.id from place h where h.bureau_id = ${bureauId} and h.street = ${normalise("street", name)}
          and h.door_no = ${normalise("doorNo", number)} and h.kind in ('building', 'rural_house')
        union select h.id from place_alias a join place h on h.bureau_id = a.bureau_id and h.parent_id = a.place_id
          where a.bureau_id = ${bureauId} and a.text = ${normalise("estateName", name)} and h.building_no = ${normalise("buildingNo", number)})
      order by s.code, c.division_code limit ${NAMED_MOST}`,
  );
}

/** What may be named around a plate: see domain/matters/web.ts. */
export interface Around {
  readonly kind: PlaceKind;
  readonly buildingId: Id | null;
  readonly estateId: Id | null;
  readonly entrances: readonly string[];
  readonly floors: readonly string[];
  /** Entrances and floors that are places of their own. */
  readonly parts: readonly { id: Id; kind: "entrance" | "floor"; number: string }[];
}

export async function aroundPlace(tx: Tx, placeId: Id): Promise<Around | undefined> {
  const place = await findPlace(tx, placeId);
  if (place === undefined) return undefined;
  const above = await placesAbove(tx, place);
  const estate = above.findLast(({ kind }) => kind === "estate" || kind === "compound");
  const { kind, buildingId } = place;
  const found = await maybe<Pick<Around, "entrances" | "floors" | "parts">>(
    tx,
    sql`select coalesce(array_agg(distinct p.entrance_no) filter (where p.entrance_no is not null), '{}') as entrances,
        coalesce(array_agg(distinct p.floor_no) filter (where p.floor_no is not null), '{}') as floors,
        coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'number', coalesce(p.floor_no, p.entrance_no)))
          filter (where p.kind in ('entrance', 'floor')), '[]') as parts
      from place p where p.bureau_id = ${tx.actor.bureauId} and p.building_id = ${buildingId} and p.id <> ${buildingId} and ${LIVING}`,
  );
  const inOrder = (numbers: readonly string[] = []) =>
    numbers.toSorted((a, b) => a.localeCompare(b, "zh", { numeric: true }));
  return {
    kind,
    buildingId,
    estateId: estate?.id ?? null,
    entrances: inOrder(found?.entrances),
    floors: inOrder(found?.floors),
    parts: found?.parts ?? [],
  };
}

/** More doors than any building has: a sheet stays printable. */
const SHEET_LIMIT = 2000;

/** The living plates of a building or an estate, with the words that go on the sheet beside each. */
export function platesBelow(
  tx: Tx,
  placeId: Id,
): Promise<{ id: string; fullText: string; kind: PlaceKind; stationId: Id }[]> {
  return rows(
    tx,
    sql`select t.id, p.full_text as "fullText", p.kind, p.station_id as "stationId"
      from place p join plate t on t.bureau_id = p.bureau_id and t.place_id = p.id and t.withdrawn_at is null
      where p.bureau_id = ${tx.actor.bureauId} and (p.id = ${placeId} or p.building_id = ${placeId} or p.parent_id = ${placeId})
        and ${LIVING}
      order by p.sort_key, t.id limit ${SHEET_LIMIT}`,
  );
}

// -- divisions --------------------------------------------------------------------------------------

export interface DivisionRow {
  code: string;
  name: string;
  level: "province" | "city" | "county" | "township" | "community";
  parentCode: string | null;
  urbanRuralClass: string | null;
  validFrom: LocalDate;
  validTo: LocalDate | null;
  successors: string[];
}

export function divisionsOn(tx: Tx, day: LocalDate, parent?: string): Promise<DivisionRow[]> {
  return rows(
    tx,
    sql`select code, name, level, parent_code as "parentCode", urban_rural_class as "urbanRuralClass",
        valid_from as "validFrom", valid_to as "validTo", successors
      from division where bureau_id = ${tx.actor.bureauId} and valid_from <= ${day}::date
        and (valid_to is null or valid_to > ${day}::date)
        and (${parent ?? null}::text is null or parent_code = ${parent ?? null})
      order by code`,
  );
}

// -- imports ----------------------------------------------------------------------------------------

export interface ImportRow {
  id: Id;
  kind: "addresses" | "divisions";
  state:
    | "uploading"
    | "uploaded"
    | "queued"
    | "running"
    | "applying"
    | "done"
    | "refused"
    | "failed";
  fileName: string;
  format: "csv" | "xlsx";
  bytes: number;
  header: string[];
  mapping: Record<string, number>;
  sample: string[][];
  rowsRead: number;
  bytesRead: number;
  problems: number;
  result: {
    added: number;
    changed: number;
    unchanged: number;
    repeated: number;
    derived: number;
  } | null;
  createdAt: Instant;
  startedAt: Instant | null;
  finishedAt: Instant | null;
}

const IMPORT = sql`id, kind, state, file_name as "fileName", format, bytes, header, mapping, rows_read as "rowsRead",
  bytes_read as "bytesRead", problems, result, created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

export function recentImports(tx: Tx): Promise<Omit<ImportRow, "sample">[]> {
  return rows(
    tx,
    sql`select ${IMPORT} from place_import where bureau_id = ${tx.actor.bureauId} order by created_at desc, id desc limit 50`,
  );
}

export function findImport(tx: Tx, id: Id): Promise<ImportRow | undefined> {
  return maybe(
    tx,
    sql`select ${IMPORT}, sample from place_import where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

export function importProblems(
  tx: Tx,
  id: Id,
  limit: number,
): Promise<{ row: number; field: string; code: string }[]> {
  return rows(
    tx,
    sql`select row_no as row, field, code from place_import_problem
      where bureau_id = ${tx.actor.bureauId} and import_id = ${id} order by row_no, seq limit ${limit}`,
  );
}
