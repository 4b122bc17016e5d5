import type {
  AddressElements,
  AliasKind,
  PlaceKind,
  PlaceStatus,
  PlaceUse,
} from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, raw, rows, run, sql } from "../platform/sql.ts";

export const CHANGED = sql`changed_tx = pg_current_xact_id(), changed_seq = nextval('feed_seq')`;

export interface StoredPlace extends AddressElements {
  id: Id;
  kind: PlaceKind;
  stationId: Id;
  beatId: Id | null;
  communityId: Id | null;
  parentId: Id | null;
  buildingId: Id | null;
  fullText: string;
  sortKey: string;
  use: PlaceUse | null;
  status: PlaceStatus;
  validFrom: LocalDate;
}

type Stored = Omit<StoredPlace, keyof AddressElements> & {
  elements: Record<string, string | null>;
};

const STORED = sql`p.id, p.kind, p.station_id as "stationId", p.beat_id as "beatId", p.community_id as "communityId",
  p.parent_id as "parentId", p.building_id as "buildingId", p.full_text as "fullText", p.sort_key as "sortKey", p.use,
  p.status, p.valid_from as "validFrom",
  json_build_object('street', p.street, 'doorNo', p.door_no, 'estateName', p.estate_name, 'buildingNo', p.building_no,
    'entranceNo', p.entrance_no, 'floorNo', p.floor_no, 'unitNo', p.unit_no, 'name', p.name) as elements`;

function unpack({ elements, ...rest }: Stored): StoredPlace {
  const place: StoredPlace = { ...rest };
  for (const [name, value] of Object.entries(elements)) {
    if (value !== null && value !== "") place[name as keyof AddressElements] = value;
  }
  return place;
}

/** Loads a place and locks it, so that two people do not end it twice. */
export async function lockPlace(tx: Tx, id: Id): Promise<StoredPlace | undefined> {
  const found = await maybe<Stored>(
    tx,
    sql`select ${STORED} from place p where p.bureau_id = ${tx.actor.bureauId} and p.id = ${id} for update`,
  );
  return found === undefined ? undefined : unpack(found);
}

/** Everything living below a place, however deep, and the place itself first. */
export async function lockTree(tx: Tx, ids: readonly Id[]): Promise<StoredPlace[]> {
  const bureau = tx.actor.bureauId;
  const found: StoredPlace[] = [];
  let level: readonly Id[] = ids;
  for (let first = true; level.length > 0; first = false) {
    const next = await rows<Stored>(
      tx,
      first
        ? sql`select ${STORED} from place p where p.bureau_id = ${bureau} and p.id = any(${[...level]}::uuid[]) order by p.id for update`
        : sql`select ${STORED} from place p where p.bureau_id = ${bureau} and p.parent_id = any(${[...level]}::uuid[])
            and p.status in ('created', 'confirmed') order by p.id for update`,
    );
    const known = new Set(found.map(({ id }) => id));
    const fresh = next.map(unpack).filter(({ id }) => !known.has(id));
    found.push(...fresh);
    level = fresh.map(({ id }) => id);
  }
  return found;
}

export async function livingTwin(
  tx: Tx,
  place: { communityId: Id | null; sortKey: string; kind: PlaceKind },
  except: Id | null,
): Promise<{ id: Id; fullText: string } | undefined> {
  return maybe(
    tx,
    sql`select id, full_text as "fullText" from place where bureau_id = ${tx.actor.bureauId}
        and community_id is not distinct from ${place.communityId}::uuid and sort_key = ${place.sortKey} and kind = ${place.kind}
        and status in ('created', 'confirmed') and id is distinct from ${except}::uuid`,
  );
}

export async function insertPlaces(tx: Tx, places: readonly StoredPlace[]): Promise<void> {
  await run(
    tx,
    sql`insert into place (bureau_id, id, kind, station_id, beat_id, community_id, parent_id, building_id, street, door_no,
        estate_name, building_no, entrance_no, floor_no, unit_no, name, full_text, sort_key, use, status, valid_from)
      select ${tx.actor.bureauId}::uuid, r.id, r.kind, r."stationId", r."beatId", r."communityId", r."parentId", r."buildingId",
        r.street, r."doorNo", r."estateName", r."buildingNo", r."entranceNo", r."floorNo", r."unitNo", r.name, r."fullText",
        r."sortKey", r.use, r.status, r."validFrom"
      from jsonb_to_recordset(${json(places)}) as r(id uuid, kind text, "stationId" uuid, "beatId" uuid, "communityId" uuid,
        "parentId" uuid, "buildingId" uuid, street text, "doorNo" text, "estateName" text, "buildingNo" text, "entranceNo" text,
        "floorNo" text, "unitNo" text, name text, "fullText" text, "sortKey" text, use text, status text, "validFrom" date)`,
  );
}

/** Writes new addresses over old ones; the old words stay as aliases. */
export async function saveAddresses(tx: Tx, places: readonly StoredPlace[]): Promise<void> {
  const bureau = tx.actor.bureauId;
  await run(
    tx,
    sql`insert into place_alias (bureau_id, place_id, text, kind, station_id, beat_id)
      select p.bureau_id, p.id, p.full_text, 'old_name', p.station_id, p.beat_id
      from place p join jsonb_to_recordset(${json(places)}) as r(id uuid, "fullText" text) on r.id = p.id
      where p.bureau_id = ${bureau} and p.full_text <> r."fullText"
      on conflict do nothing`,
  );
  await run(
    tx,
    sql`update place p set street = r.street, door_no = r."doorNo", estate_name = r."estateName", building_no = r."buildingNo",
        entrance_no = r."entranceNo", floor_no = r."floorNo", unit_no = r."unitNo", name = r.name, full_text = r."fullText",
        sort_key = r."sortKey", ${CHANGED}
      from jsonb_to_recordset(${json(places)}) as r(id uuid, street text, "doorNo" text, "estateName" text, "buildingNo" text,
        "entranceNo" text, "floorNo" text, "unitNo" text, name text, "fullText" text, "sortKey" text)
      where p.bureau_id = ${bureau} and p.id = r.id`,
  );
}

export async function setStatus(tx: Tx, id: Id, status: PlaceStatus): Promise<void> {
  await run(
    tx,
    sql`update place set status = ${status}, ${CHANGED} where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

/** Their plates end with them; answers how many plates that were. */
export async function endPlaces(
  tx: Tx,
  endings: readonly {
    id: Id;
    status: PlaceStatus;
    validTo: LocalDate;
    replacedBy: readonly Id[];
  }[],
): Promise<number> {
  await run(
    tx,
    sql`update place p set status = r.status, valid_to = r."validTo",
        replaced_by = array(select jsonb_array_elements_text(r."replacedBy")::uuid), ${CHANGED}
      from jsonb_to_recordset(${json(endings)}) as r(id uuid, status text, "validTo" date, "replacedBy" jsonb)
      where p.bureau_id = ${tx.actor.bureauId} and p.id = r.id`,
  );
  return run(
    tx,
    sql`update plate set withdrawn_at = ${at(tx.now)} where bureau_id = ${tx.actor.bureauId}
      and place_id = any(${endings.map(({ id }) => id)}::uuid[]) and withdrawn_at is null`,
  );
}

/** Hangs places below another parent, and into its building where it has one. */
export async function moveBelow(
  tx: Tx,
  ids: readonly Id[],
  parent: { id: Id; buildingId: Id | null },
): Promise<void> {
  await run(
    tx,
    sql`update place set parent_id = ${parent.id}, building_id = coalesce(${parent.buildingId}::uuid, building_id), ${CHANGED}
      where bureau_id = ${tx.actor.bureauId} and id = any(${[...ids]}::uuid[])`,
  );
}

/** Moves places and what hangs on them to a beat; both beats' phones then fetch them anew. */
export async function moveToBeat(
  tx: Tx,
  ids: readonly Id[],
  beat: { id: Id; stationId: Id },
  from: readonly Id[],
): Promise<void> {
  const bureau = tx.actor.bureauId;
  for (const table of ["place_alias", "plate"]) {
    await run(
      tx,
      sql`update ${raw(table)} set station_id = ${beat.stationId}, beat_id = ${beat.id}
        where bureau_id = ${bureau} and place_id = any(${[...ids]}::uuid[])`,
    );
  }
  await run(
    tx,
    sql`update place set station_id = ${beat.stationId}, beat_id = ${beat.id}, grid_id = null, ${CHANGED}
      where bureau_id = ${bureau} and id = any(${[...ids]}::uuid[])`,
  );
  await bumpBeats(tx, [...from, beat.id]);
}

/** Puts places into a grid, or into none. Answers how many were in another. */
export function moveToGrid(tx: Tx, ids: readonly Id[], gridId: Id | null): Promise<number> {
  return run(
    tx,
    sql`update place set grid_id = ${gridId}::uuid, ${CHANGED}
      where bureau_id = ${tx.actor.bureauId} and id = any(${[...ids]}::uuid[]) and grid_id is distinct from ${gridId}::uuid`,
  );
}

export async function bumpBeats(tx: Tx, ids: readonly Id[]): Promise<void> {
  await run(
    tx,
    sql`update beat set epoch = epoch + 1 where bureau_id = ${tx.actor.bureauId} and id = any(${[...new Set(ids)]}::uuid[])`,
  );
}

export async function insertAlias(
  tx: Tx,
  place: Pick<StoredPlace, "id" | "stationId" | "beatId">,
  text: string,
  kind: AliasKind,
): Promise<void> {
  await run(
    tx,
    sql`insert into place_alias (bureau_id, place_id, text, kind, station_id, beat_id)
      values (${tx.actor.bureauId}, ${place.id}, ${text}, ${kind}, ${place.stationId}, ${place.beatId}) on conflict do nothing`,
  );
}

type PlateSeat = Pick<StoredPlace, "id" | "stationId" | "beatId">;

export async function insertPlates(
  tx: Tx,
  plates: readonly { code: string; place: PlateSeat }[],
  memberId: Id,
): Promise<void> {
  await run(
    tx,
    sql`insert into plate (bureau_id, id, place_id, station_id, beat_id, issued_at, issued_by)
      select ${tx.actor.bureauId}::uuid, r.code, (r.place->>'id')::uuid, (r.place->>'stationId')::uuid,
        (r.place->>'beatId')::uuid, ${at(tx.now)}, ${memberId}::uuid
      from jsonb_to_recordset(${json(plates)}) as r(code text, place jsonb)`,
  );
}

/** The living doors of a building, and whether each has a plate that holds. */
export function doorsAndPlates(
  tx: Tx,
  buildingId: Id,
): Promise<(PlateSeat & { plated: boolean })[]> {
  return rows(
    tx,
    sql`select p.id, p.station_id as "stationId", p.beat_id as "beatId",
        exists (select 1 from plate t where t.bureau_id = p.bureau_id and t.place_id = p.id and t.withdrawn_at is null) as plated
      from place p where p.bureau_id = ${tx.actor.bureauId} and p.building_id = ${buildingId}
        and p.kind in ('dwelling_unit', 'rural_house', 'shop', 'organisation', 'site') and p.status in ('created', 'confirmed')
      order by p.sort_key, p.id`,
  );
}

export async function endPlate(tx: Tx, code: string): Promise<number> {
  return run(
    tx,
    sql`update plate set withdrawn_at = coalesce(withdrawn_at, ${at(tx.now)}) where bureau_id = ${tx.actor.bureauId} and id = ${code}`,
  );
}
