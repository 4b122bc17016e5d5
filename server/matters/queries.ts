import type { Matter, MatterEvent } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, prepared, rows, run, runLater, runNext, sql } from "../platform/sql.ts";

/** Columns beside those that carry the same name as a member of `Matter`. */
type Rest = Pick<
  Matter,
  | "referral"
  | "arbitrated"
  | "returns"
  | "finders"
  | "handlers"
  | "suitable"
  | "stopSigns"
  | "informedAt"
  | "pauseReason"
  | "hazard"
  | "merged"
  | "clocks"
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
  // Absent in what was kept before there were referrals and merged matters.
  return { ...record, ...rest, referral: rest.referral ?? null, merged: rest.merged ?? null };
}

function recordOf(matter: Matter): MatterRecord {
  const {
    referral,
    arbitrated,
    returns,
    finders,
    handlers,
    suitable,
    stopSigns,
    informedAt,
    pauseReason,
    hazard,
    merged,
    clocks,
    callbacks,
    waiver,
    ...record
  } = matter;
  return {
    ...record,
    dueOn: record.dueOn ?? NO_LIMIT,
    rest: {
      referral,
      arbitrated,
      returns,
      finders,
      handlers,
      suitable,
      stopSigns,
      informedAt,
      pauseReason,
      hazard,
      merged,
      clocks,
      callbacks,
      waiver,
    },
  };
}

export async function viewMatter(tx: Tx, id: Id): Promise<Matter | undefined> {
  const found = await maybe<MatterRecord>(
    tx,
    prepared(
      sql`select ${MATTER} from matter where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
    ),
  );
  return found === undefined ? undefined : matterOf(found);
}

/** Locks a matter until the end of the transaction, so that steps follow one another. */
export async function holdMatter(tx: Tx, id: Id): Promise<Matter | undefined> {
  const found = await maybe<MatterRecord>(
    tx,
    prepared(
      sql`select ${MATTER} from matter where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
    ),
  );
  return found === undefined ? undefined : matterOf(found);
}

/** The same for many. */
export async function holdMatters(tx: Tx, ids: readonly Id[]): Promise<Matter[]> {
  const found = await rows<MatterRecord>(
    tx,
    prepared(
      sql`select ${MATTER} from matter where bureau_id = ${tx.actor.bureauId} and id = any (${ids}::uuid[]) order by id for update`,
    ),
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

const STEPPED = sql`r(id uuid, subtype text, grade text, state text, version int, text text, "dueOn" date, "responsibleId" uuid, "assigneeId" uuid, outcome text, reason text,
  "acceptedAt" float8, "resolvedAt" float8, "clearedAt" float8, "answeredAt" float8, "closedAt" float8, disposition text, reopened int, rest jsonb)`;

/** Saves what steps made of a matter. What never changes after registering isn't written again. */
export async function saveMatters(tx: Tx, matters: readonly Matter[]): Promise<void> {
  const { bureauId } = tx.actor;
  await runNext(
    tx,
    prepared(sql`update matter m set subtype = r.subtype, grade = r.grade, state = r.state, version = r.version, text = r.text, due_on = r."dueOn",
        responsible_id = r."responsibleId", assignee_id = r."assigneeId", outcome = r.outcome, reason = r.reason,
        accepted_at = to_timestamp(r."acceptedAt" / 1000), resolved_at = to_timestamp(r."resolvedAt" / 1000),
        cleared_at = to_timestamp(r."clearedAt" / 1000), answered_at = to_timestamp(r."answeredAt" / 1000),
        closed_at = to_timestamp(r."closedAt" / 1000), disposition = r.disposition, reopened = r.reopened, rest = r.rest, merged_into = (r.rest #>> '{merged,into}')::uuid,
        changed_tx = pg_current_xact_id(), changed_seq = nextval('feed_seq')
      from jsonb_to_recordset(${json(matters.map(recordOf))}) as ${STEPPED}
      where m.bureau_id = ${bureauId} and m.id = r.id`),
  );
  const listed = matters.filter(({ campaignIds }) => campaignIds.length > 0);
  if (listed.length === 0) return;
  runLater(
    tx,
    prepared(sql`update matter_campaign c set subtype = r.subtype, state = r.state, outcome = r.outcome, disposition = r.disposition, due_on = r."dueOn",
        resolved_at = to_timestamp(r."resolvedAt" / 1000), cleared_at = to_timestamp(r."clearedAt" / 1000), closed_at = to_timestamp(r."closedAt" / 1000)
      from jsonb_to_recordset(${json(listed.map((matter) => ({ ...recordOf(matter), rest: null })))}) as ${STEPPED}
      where c.bureau_id = ${bureauId} and c.id = r.id`),
  );
}

export function insertEvents(
  tx: Tx,
  entries: readonly {
    readonly matter: Matter;
    readonly event: MatterEvent;
    readonly role: string;
  }[],
): void {
  const records = entries.map(({ matter, event, role }) => {
    const { type, ...body } = event.change;
    const { id, stationId, beatId } = matter;
    const { seq, by } = event;
    return { id, stationId, beatId, seq, at: event.at, by, role, type, body };
  });
  runLater(
    tx,
    prepared(sql`insert into matter_event (bureau_id, matter_id, seq, station_id, beat_id, at, member_id, role, type, body)
      select ${tx.actor.bureauId}::uuid, r.id, r.seq, r."stationId", r."beatId", to_timestamp(r.at / 1000), r.by, r.role, r.type, r.body
      from jsonb_to_recordset(${json(records)})
        as r(id uuid, seq int, "stationId" uuid, "beatId" uuid, at float8, by uuid, role text, type text, body jsonb)`),
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
  readonly kind: string;
}

/** Where places lie; those out of the session's reach are missing. */
export function whereabouts(tx: Tx, placeIds: readonly Id[]): Promise<Whereabouts[]> {
  return rows(
    tx,
    sql`select id, station_id as "stationId", beat_id as "beatId", community_id as "communityId", kind from place
      where bureau_id = ${tx.actor.bureauId} and id = any (${placeIds}::uuid[])`,
  );
}

// -- hazards --------------------------------------------------------------------------------------

export interface HazardSeen {
  readonly id: Id;
  readonly placeId: Id;
  readonly subtype: string;
  readonly at: Instant;
}

/** For each hazard the last one of its sort that was cleared at its place not long before. */
export function earlierHazards(
  tx: Tx,
  seen: readonly HazardSeen[],
  withinDays: number,
): Promise<{ id: Id; earlierId: Id; earlierNumber: string }[]> {
  return rows(
    tx,
    sql`select distinct on (r.id) r.id, m.id as "earlierId", m.number as "earlierNumber"
      from jsonb_to_recordset(${json(seen)}) as r(id uuid, "placeId" uuid, subtype text, at float8)
      join matter m on m.bureau_id = ${tx.actor.bureauId} and m.place_id = r."placeId" and m.subtype = r.subtype
        and m.kind = 'hazard' and m.id <> r.id and m.cleared_at <= to_timestamp(r.at / 1000)
        and m.cleared_at > to_timestamp(r.at / 1000) - make_interval(days => ${withinDays})
      order by r.id, m.cleared_at desc`,
  );
}
