import type { Matter, MatterEvent } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, sql } from "../platform/sql.ts";

/** Columns beside those that carry the same name as a member of `Matter`. */
type Rest = Pick<
  Matter,
  | "arbitrated"
  | "returns"
  | "finders"
  | "handlers"
  | "suitable"
  | "stopSigns"
  | "callbacks"
  | "waiver"
>;

type MatterRecord = Omit<Matter, keyof Rest | "dueOn"> & { dueOn: LocalDate | null; rest: Rest };

/** What a list sorts by where no limit is set. */
const NO_LIMIT = "infinity";

const MATTER = sql`id, number, kind, subtype, state, version, station_id as "stationId", beat_id as "beatId",
  community_id as "communityId", place_id as "placeId", visit_id as "visitId", campaign_ids as "campaignIds",
  origin, reporter, text, feedback, anonymous, responsible_id as "responsibleId", assignee_id as "assigneeId", grade,
  outcome, reason, registered_at as "registeredAt", nullif(due_on, 'infinity') as "dueOn", accepted_at as "acceptedAt",
  resolved_at as "resolvedAt", cleared_at as "clearedAt", answered_at as "answeredAt", closed_at as "closedAt",
  disposition, reopened, rest`;

function matterOf({ rest, ...record }: MatterRecord): Matter {
  return { ...record, ...rest };
}

function recordOf(matter: Matter): MatterRecord {
  const {
    arbitrated,
    returns,
    finders,
    handlers,
    suitable,
    stopSigns,
    callbacks,
    waiver,
    ...record
  } = matter;
  return {
    ...record,
    dueOn: record.dueOn ?? NO_LIMIT,
    rest: { arbitrated, returns, finders, handlers, suitable, stopSigns, callbacks, waiver },
  };
}

export async function viewMatter(tx: Tx, id: Id): Promise<Matter | undefined> {
  const found = await maybe<MatterRecord>(
    tx,
    sql`select ${MATTER} from matter where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
  return found === undefined ? undefined : matterOf(found);
}

export async function holdMatter(tx: Tx, id: Id): Promise<Matter | undefined> {
  const [found] = await holdMatters(tx, [id]);
  return found;
}

/** Locks matters until the end of the transaction, so that steps follow one another. */
export async function holdMatters(tx: Tx, ids: readonly Id[]): Promise<Matter[]> {
  const found = await rows<MatterRecord>(
    tx,
    sql`select ${MATTER} from matter where bureau_id = ${tx.actor.bureauId} and id = any (${ids}::uuid[]) order by id for update`,
  );
  return found.map(matterOf);
}

/** Saves new matters and says which were new: a matter sent twice is kept once. */
export async function insertMatters(tx: Tx, matters: readonly Matter[]): Promise<Set<Id>> {
  const inserted = await rows<{ id: Id }>(
    tx,
    sql`with kept as (insert into matter (bureau_id, id, number, kind, subtype, state, version, station_id, beat_id, community_id, place_id,
        visit_id, campaign_ids, origin, reporter, text, feedback, anonymous, responsible_id, assignee_id, grade, outcome, reason,
        registered_at, due_on, accepted_at, resolved_at, cleared_at, answered_at, closed_at, disposition, reopened, rest)
      select ${tx.actor.bureauId}::uuid, r.id, r.number, r.kind, r.subtype, r.state, r.version, r."stationId", r."beatId", r."communityId", r."placeId",
        r."visitId", r."campaignIds", r.origin, r.reporter, r.text, r.feedback, r.anonymous, r."responsibleId", r."assigneeId", r.grade, r.outcome, r.reason,
        to_timestamp(r."registeredAt" / 1000), r."dueOn", to_timestamp(r."acceptedAt" / 1000), to_timestamp(r."resolvedAt" / 1000),
        to_timestamp(r."clearedAt" / 1000), to_timestamp(r."answeredAt" / 1000), to_timestamp(r."closedAt" / 1000), r.disposition, r.reopened, r.rest
      from jsonb_to_recordset(${json(matters.map(recordOf))})
        as r(id uuid, number text, kind text, subtype text, state text, version int, "stationId" uuid, "beatId" uuid, "communityId" uuid,
          "placeId" uuid, "visitId" uuid, "campaignIds" uuid[], origin text, reporter text, text text, feedback text, anonymous boolean,
          "responsibleId" uuid, "assigneeId" uuid, grade text, outcome text, reason text, "registeredAt" float8, "dueOn" date, "acceptedAt" float8,
          "resolvedAt" float8, "clearedAt" float8, "answeredAt" float8, "closedAt" float8, disposition text, reopened int, rest jsonb)
      on conflict (bureau_id, id) do nothing returning *),
    listed as (insert into matter_campaign (bureau_id, id, campaign_id, station_id, beat_id, kind, subtype, state, outcome, disposition,
        registered_at, due_on, resolved_at, cleared_at, closed_at)
      select bureau_id, id, campaign_id, station_id, beat_id, kind, subtype, state, outcome, disposition,
        registered_at, due_on, resolved_at, cleared_at, closed_at
      from kept cross join unnest(campaign_ids) as campaign_id)
    select id from kept`,
  );
  return new Set(inserted.map(({ id }) => id));
}

/** Saves what steps made of a matter. What never changes after registering isn't written again. */
export async function saveMatters(tx: Tx, matters: readonly Matter[]): Promise<void> {
  await run(
    tx,
    sql`with saved as (update matter m set subtype = r.subtype, grade = r.grade, state = r.state, version = r.version, text = r.text,
        responsible_id = r."responsibleId", assignee_id = r."assigneeId", outcome = r.outcome, reason = r.reason,
        accepted_at = to_timestamp(r."acceptedAt" / 1000), resolved_at = to_timestamp(r."resolvedAt" / 1000),
        cleared_at = to_timestamp(r."clearedAt" / 1000), answered_at = to_timestamp(r."answeredAt" / 1000),
        closed_at = to_timestamp(r."closedAt" / 1000), disposition = r.disposition, reopened = r.reopened, rest = r.rest,
        changed_tx = pg_current_xact_id(), changed_seq = nextval('feed_seq')
      from jsonb_to_recordset(${json(matters.map(recordOf))})
        as r(id uuid, subtype text, grade text, state text, version int, text text, "responsibleId" uuid, "assigneeId" uuid, outcome text, reason text,
          "acceptedAt" float8, "resolvedAt" float8, "clearedAt" float8, "answeredAt" float8, "closedAt" float8, disposition text,
          reopened int, rest jsonb)
      where m.bureau_id = ${tx.actor.bureauId} and m.id = r.id returning m.*)
    update matter_campaign c set subtype = s.subtype, state = s.state, outcome = s.outcome, disposition = s.disposition,
        resolved_at = s.resolved_at, cleared_at = s.cleared_at, closed_at = s.closed_at
      from saved s where c.bureau_id = s.bureau_id and c.id = s.id`,
  );
}

export async function insertEvents(
  tx: Tx,
  entries: readonly { readonly matter: Matter; readonly event: MatterEvent }[],
  role: string,
): Promise<void> {
  const records = entries.map(({ matter, event }) => {
    const { type, ...body } = event.change;
    const { id, stationId, beatId } = matter;
    const { seq, by } = event;
    return { id, stationId, beatId, seq, at: event.at, by, type, body };
  });
  await run(
    tx,
    sql`insert into matter_event (bureau_id, matter_id, seq, station_id, beat_id, at, member_id, role, type, body)
      select ${tx.actor.bureauId}::uuid, r.id, r.seq, r."stationId", r."beatId", to_timestamp(r.at / 1000), r.by, ${role}, r.type, r.body
      from jsonb_to_recordset(${json(records)})
        as r(id uuid, seq int, "stationId" uuid, "beatId" uuid, at float8, by uuid, type text, body jsonb)`,
  );
}

export async function insertContacts(
  tx: Tx,
  contacts: readonly {
    readonly id: Id;
    readonly matter: Matter;
    readonly phoneCipher: Buffer | null;
    readonly phoneMasked: string | null;
    readonly salutationCipher: Buffer | null;
  }[],
): Promise<void> {
  if (contacts.length === 0) return;
  const records = contacts.map(({ id, matter, phoneCipher, phoneMasked, salutationCipher }) => ({
    id,
    matterId: matter.id,
    stationId: matter.stationId,
    beatId: matter.beatId,
    phone: phoneCipher?.toString("base64") ?? null,
    phoneMasked,
    salutation: salutationCipher?.toString("base64") ?? null,
  }));
  await run(
    tx,
    sql`insert into contact (bureau_id, id, matter_id, station_id, beat_id, purpose, phone_cipher, phone_masked, salutation_cipher, consented_at)
      select ${tx.actor.bureauId}::uuid, r.id, r."matterId", r."stationId", r."beatId", 'answer', decode(r.phone, 'base64'), r."phoneMasked",
        decode(r.salutation, 'base64'), ${at(tx.now)}
      from jsonb_to_recordset(${json(records)})
        as r(id uuid, "matterId" uuid, "stationId" uuid, "beatId" uuid, phone text, "phoneMasked" text, salutation text)`,
  );
}

export function sealedContact(
  tx: Tx,
  matterId: Id,
): Promise<{ phoneCipher: Buffer | null; salutationCipher: Buffer | null } | undefined> {
  return maybe(
    tx,
    sql`select phone_cipher as "phoneCipher", salutation_cipher as "salutationCipher" from contact
      where bureau_id = ${tx.actor.bureauId} and matter_id = ${matterId}`,
  );
}

/** Sets or takes back the day on which contacts go. */
export async function expireContacts(
  tx: Tx,
  contacts: readonly { readonly matterId: Id; readonly expiresAt: Instant | null }[],
): Promise<void> {
  if (contacts.length === 0) return;
  await run(
    tx,
    sql`update contact c set expires_at = to_timestamp(r."expiresAt" / 1000)
      from jsonb_to_recordset(${json(contacts)}) as r("matterId" uuid, "expiresAt" float8)
      where c.bureau_id = ${tx.actor.bureauId} and c.matter_id = r."matterId"`,
  );
}

/** Removes contacts whose time is over and says how many. */
export function deleteExpiredContacts(tx: Tx): Promise<number> {
  return run(
    tx,
    sql`delete from contact where bureau_id = ${tx.actor.bureauId} and expires_at <= ${at(tx.now)}`,
  );
}

export interface Whereabouts {
  readonly id: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly communityId: Id | null;
}

/** Where places lie; those out of the session's reach are missing. */
export function whereabouts(tx: Tx, placeIds: readonly Id[]): Promise<Whereabouts[]> {
  return rows(
    tx,
    sql`select id, station_id as "stationId", beat_id as "beatId", community_id as "communityId" from place
      where bureau_id = ${tx.actor.bureauId} and id = any (${placeIds}::uuid[])`,
  );
}
