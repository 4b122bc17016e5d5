import type { Erased, KeptReason } from "@wanjia/domain/privacy/erasure";
import type {
  DataDecision,
  DataRequestKind,
  DataSubjectKind,
  RequestHandler,
  RequestOrigin,
} from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, maybe, one, rows, sql } from "../platform/sql.ts";

// -- what a receipt leads to ----------------------------------------------------------------------

export interface DataSubject {
  readonly kind: Exclude<DataSubjectKind, "none">;
  readonly id: Id;
  readonly stationId: Id | null;
  readonly handledBy: RequestHandler;
}

/** What somebody holds a receipt of in this bureau. */
export function subjectByLook(tx: Tx, lookHash: Buffer): Promise<DataSubject | undefined> {
  const { bureauId } = tx.actor;
  return maybe(
    tx,
    sql`select 'matter' as kind, r.matter_id as id, r.station_id as "stationId", 'dpo' as "handledBy"
        from matter_receipt r where r.bureau_id = ${bureauId} and r.look_hash = ${lookHash}
      union all select 'complaint', c.id, null, c.handled_by
        from complaint c where c.bureau_id = ${bureauId} and c.look_hash = ${lookHash}
      union all select 'tip', t.id, null, 'dpo'
        from tip t where t.bureau_id = ${bureauId} and t.look_hash = ${lookHash}
      union all select case when w.appointment_id is null then 'wish' else 'appointment' end, coalesce(w.appointment_id, w.place_id),
          (select p.station_id from place p where p.bureau_id = w.bureau_id and p.id = w.place_id), 'dpo'
        from wish_receipt w where w.bureau_id = ${bureauId} and w.look_hash = ${lookHash} and w.expires_at > ${at(tx.now)}`,
  );
}

export interface HeldContact {
  readonly phone: string | null;
  readonly salutation: boolean;
  /** When it goes by itself; null while what it was given for still runs. */
  readonly expiresAt: Instant | null;
}

export interface HeldMatter {
  readonly number: string;
  readonly guarded: boolean;
  /** Its words may be evidence: somebody is, or was, in danger. */
  readonly protected: boolean;
  readonly ended: boolean;
  /** An agreement was sought, or a body outside asked: that stays. */
  readonly mediated: boolean;
  readonly passedOn: boolean;
  readonly wordsGone: boolean;
  readonly closedAt: Instant | null;
  readonly events: number;
  readonly photos: number;
  readonly contact: HeldContact | null;
}

export function heldOfMatter(tx: Tx, id: Id): Promise<HeldMatter | undefined> {
  return maybe(
    tx,
    sql`select m.number, coalesce(m.rest ->> 'suitable' = 'false', false) or coalesce(m.disposition = 'handed_to_110', false) as protected,
        coalesce(m.rest ->> 'suitable' = 'false', false) as guarded, m.disposition is not null as ended, m.closed_at as "closedAt", m.words_gone_at is not null as "wordsGone",
        exists (select from mediation_link l where l.bureau_id = m.bureau_id and l.matter_id = m.id) as mediated,
        exists (select from referral r where r.bureau_id = m.bureau_id and r.matter_id = m.id) as "passedOn",
        (select count(*) from matter_event e where e.bureau_id = m.bureau_id and e.matter_id = m.id) as events,
        (select count(*) from matter_photo x where x.bureau_id = m.bureau_id and x.matter_id = m.id) as photos,
        (select jsonb_build_object('phone', c.phone_masked, 'salutation', c.salutation_cipher is not null,
            'expiresAt', (extract(epoch from c.expires_at) * 1000)::bigint)
          from contact c where c.bureau_id = m.bureau_id and c.matter_id = m.id) as contact
      from matter m where m.bureau_id = ${tx.actor.bureauId} and m.id = ${id}`,
  );
}

export interface HeldComplaint {
  readonly closedAt: Instant | null;
  readonly events: number;
  readonly contact: HeldContact | null;
}

export function heldOfComplaint(tx: Tx, id: Id): Promise<HeldComplaint | undefined> {
  return maybe(
    tx,
    sql`select c.closed_at as "closedAt",
        (select count(*) from complaint_event e where e.bureau_id = c.bureau_id and e.complaint_id = c.id) as events,
        (select jsonb_build_object('phone', x.phone_masked, 'salutation', x.salutation_cipher is not null, 'expiresAt', null)
          from complaint_contact x where x.bureau_id = c.bureau_id and x.complaint_id = c.id) as contact
      from complaint c where c.bureau_id = ${tx.actor.bureauId} and c.id = ${id}`,
  );
}

export interface HeldAppointment {
  readonly to: Instant;
  readonly contact: HeldContact | null;
}

export function heldOfAppointment(tx: Tx, id: Id): Promise<HeldAppointment | undefined> {
  return maybe(
    tx,
    sql`select a.to_at as "to",
        (select jsonb_build_object('phone', x.phone_masked, 'salutation', x.salutation_cipher is not null, 'expiresAt', null)
          from appointment_contact x where x.bureau_id = a.bureau_id and x.appointment_id = a.id) as contact
      from appointment a where a.bureau_id = ${tx.actor.bureauId} and a.id = ${id}`,
  );
}

// -- who looked -----------------------------------------------------------------------------------

export interface Looks {
  /** What was looked at: how to reach somebody, or photos. */
  readonly at: "contact" | "photos";
  readonly role: string;
  /** The station of those who looked; null for the bureau's own offices. */
  readonly unit: string | null;
  readonly unitEn: string | null;
  readonly purpose: string | null;
  readonly times: number;
  readonly lastAt: Instant;
}

/** Who looked at what is personal, by unit and purpose: how often, never who. */
export function looksAt(tx: Tx, subjectId: Id): Promise<Looks[]> {
  return rows(
    tx,
    sql`with look as (
        select case a.action when 'photo.viewed' then 'photos' else 'contact' end as at, a.actor_role as role, a.purpose, a.at as "when",
          (select p.station_id from posting p where p.bureau_id = a.bureau_id and p.member_id = a.actor_id and p.role = a.actor_role
            and p.valid_from <= a.at::date and (p.valid_to is null or p.valid_to > a.at::date) limit 1) as station_id
        from audit a
        where a.bureau_id = ${tx.actor.bureauId} and a.subject_id = ${subjectId} and a.action in ('contact.revealed', 'photo.viewed'))
      select l.at, l.role, s.name as unit, s.name_en as "unitEn", l.purpose, count(*) as times, max(l."when") as "lastAt"
      from look l left join station s on s.bureau_id = ${tx.actor.bureauId} and s.id = l.station_id
      group by l.at, l.role, s.name, s.name_en, l.purpose order by max(l."when") desc`,
  );
}

/** A complaint's looks stay in its own trail, and are its handlers' alone. */
export function looksAtComplaint(tx: Tx, complaintId: Id): Promise<Looks[]> {
  return rows(
    tx,
    sql`select 'contact' as at, e.handled_by as role, null as unit, null as "unitEn", null as purpose, count(*) as times, max(e.at) as "lastAt"
      from complaint_event e
      where e.bureau_id = ${tx.actor.bureauId} and e.complaint_id = ${complaintId} and e.type = 'revealed' group by e.handled_by`,
  );
}

// -- requests -------------------------------------------------------------------------------------

export interface RequestRow {
  id: Id;
  version: number;
  handledBy: RequestHandler;
  subjectKind: DataSubjectKind;
  subjectId: Id | null;
  number: string | null;
  stationName: string | null;
  kind: DataRequestKind;
  origin: RequestOrigin;
  decision: DataDecision | null;
  receivedAt: Instant;
  dueAt: Instant | null;
  decidedAt: Instant | null;
  sealedText: Buffer;
  sealedAnswer: Buffer | null;
  /** What a granted deletion let go, and what was kept and why. */
  gone: Erased[];
  kept: KeptReason[];
}

const REQUEST = sql`r.id, r.version, r.handled_by as "handledBy", r.subject_kind as "subjectKind", r.subject_id as "subjectId", r.number,
  (select s.name from station s where s.bureau_id = r.bureau_id and s.id = r.station_id) as "stationName", r.kind, r.origin, r.decision,
  r.received_at as "receivedAt", nullif(r.due_at, 'infinity') as "dueAt", r.decided_at as "decidedAt", r.sealed_text as "sealedText",
  r.sealed_answer as "sealedAnswer", r.gone, r.kept`;

/** What was asked by one receipt, the newest first. */
export function requestsByLook(tx: Tx, lookHash: Buffer): Promise<RequestRow[]> {
  return rows(
    tx,
    sql`select ${REQUEST} from data_request r where r.bureau_id = ${tx.actor.bureauId} and r.look_hash = ${lookHash}
      order by r.received_at desc, r.id desc`,
  );
}

export function findRequest(tx: Tx, id: Id): Promise<RequestRow | undefined> {
  return maybe(
    tx,
    sql`select ${REQUEST} from data_request r where r.bureau_id = ${tx.actor.bureauId} and r.id = ${id}`,
  );
}

export type RequestListRow = Omit<RequestRow, "sealedText" | "sealedAnswer" | "gone" | "kept">;

export function requestList(
  principal: Principal,
  filter: {
    kind?: DataRequestKind | undefined;
    progress?: "open" | "overdue" | "decided" | undefined;
  },
  now: Instant,
): ListDefinition {
  const { kind, progress } = filter;
  return {
    columns: sql`r.id, r.version, r.handled_by as "handledBy", r.subject_kind as "subjectKind", r.subject_id as "subjectId", r.number,
      s.name as "stationName", r.kind, r.origin, r.decision, r.received_at as "receivedAt", nullif(r.due_at, 'infinity') as "dueAt",
      r.decided_at as "decidedAt"`,
    from: sql`data_request r left join station s on s.bureau_id = r.bureau_id and s.id = r.station_id`,
    where: [
      sql`r.bureau_id = ${principal.bureauId}`,
      sql`r.handled_by = ${principal.role}`,
      ...(kind === undefined ? [] : [sql`r.kind = ${kind}`]),
      ...(progress === "open" ? [sql`r.state = 'received'`] : []),
      ...(progress === "decided" ? [sql`r.state = 'decided'`] : []),
      ...(progress === "overdue" ? [sql`r.state = 'received' and r.due_at <= ${at(now)}`] : []),
    ],
    sorts: {
      due: { by: sql`r.due_at`, type: "timestamptz" },
      received: { by: sql`r.received_at`, type: "timestamptz" },
    },
    defaultSort: "due",
    id: sql`r.id`,
  };
}

// -- figures --------------------------------------------------------------------------------------

export function requestsBetween(
  tx: Tx,
  from: Instant,
  to: Instant,
): Promise<{ dueAt: Instant | null; decidedAt: Instant | null }[]> {
  return rows(
    tx,
    sql`select nullif(due_at, 'infinity') as "dueAt", decided_at as "decidedAt" from data_request
      where bureau_id = ${tx.actor.bureauId} and received_at >= ${at(from)} and received_at < ${at(to)}`,
  );
}

/** Consents withdrawn and contacts that time deleted in a stretch of time; and those that time should have. */
export function goneBetween(
  tx: Tx,
  from: Instant,
  to: Instant,
): Promise<{ withdrawn: number; deleted: number; overdue: number }> {
  const { bureauId } = tx.actor;
  return one(
    tx,
    sql`select count(*) filter (where a.action = 'consent.withdrawn') as withdrawn,
        coalesce(sum((a.detail ->> 'contacts')::int) filter (where a.action = 'contact.forgotten'), 0)::int as deleted,
        (select count(*) from contact c where c.bureau_id = ${bureauId} and c.expires_at < ${at(to)})::int as overdue
      from audit a
      where a.bureau_id = ${bureauId} and a.action in ('consent.withdrawn', 'contact.forgotten') and a.at >= ${at(from)} and a.at < ${at(to)}`,
  );
}
