import type {
  HazardStanding,
  Matter,
  MatterKind,
  MatterOutcome,
  MatterState,
  Disposition,
} from "@wanjia/domain/matters/terms";
import type { ClockPurpose, Supervisor, WorkList } from "@wanjia/domain/matters/clock-terms";
import { seesOnlyOwn, supervisorOf } from "@wanjia/domain/matters/policy";
import type { Search } from "@wanjia/domain/matters/search";
import type { DisputeToMediate } from "@wanjia/domain/mediation/open";
import { addDays, localDate, type LocalDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import { type Principal, withinReach } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { acrossBureau } from "../platform/on-behalf.ts";
import type { ListDefinition } from "../platform/list.ts";
import { withWords } from "./search-read-model.ts";
import { at, maybe, prepared, raw, rows, type Sql, sql } from "../platform/sql.ts";

// -- the list -------------------------------------------------------------------------------------

export interface MatterListRow {
  id: Id;
  number: string;
  kind: MatterKind;
  subtype: string;
  state: MatterState;
  disposition: Disposition | null;
  outcome: MatterOutcome | null;
  stationId: Id;
  stationName: string | null;
  beatId: Id | null;
  beatName: string | null;
  placeId: Id;
  place: string | null;
  responsibleId: Id;
  responsibleName: string | null;
  assigneeId: Id | null;
  registeredAt: Instant;
  dueOn: LocalDate | null;
  closedAt: Instant | null;
  reopened: number;
  grade: HazardStanding | null;
  text: string;
  next: NextDeadline | null;
}

/** What comes first of all that runs. */
interface NextDeadline {
  purpose: ClockPurpose;
  rule: string;
  dueAt: Instant | null;
  pausedAt: Instant | null;
  raisedTo: Supervisor | null;
  task: Supervisor | null;
}

export interface MatterQuery {
  work?: WorkList | undefined;
  kind?: string | undefined;
  subtype?: string | undefined;
  state?: string | undefined;
  progress?: "open" | "ended" | undefined;
  outcome?: string | undefined;
  stationId?: Id | undefined;
  beatId?: Id | undefined;
  placeId?: Id | undefined;
  visitId?: Id | undefined;
  campaignId?: Id | undefined;
  handlerId?: Id | undefined;
  /** These and no others. */
  ids?: readonly Id[] | undefined;
  /** Words that stand in the text as they are: where so few are looked at that no search is needed. */
  containing?: string | undefined;
  due?: "overdue" | "today" | "soon" | undefined;
  /** What its words are; answered by `searchPage`. */
  search?: Search | undefined;
  /** In its normal form. */
  number?: string | undefined;
  dateOf: "registered" | "due" | "resolved" | "cleared" | "closed";
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
}

/** How many characters of the text a list shows. */
export const SNIPPET = 80;
/** Days ahead that count as due soon. */
const SOON_DAYS = 3;

const MOMENTS = {
  registered: sql`m.registered_at`,
  resolved: sql`m.resolved_at`,
  cleared: sql`m.cleared_at`,
  closed: sql`m.closed_at`,
} as const;

function epoch(moment: Sql): Sql {
  return sql`round(extract(epoch from ${moment}) * 1000)`;
}

/** What a file of matters shows; a screen shows more. */
const PRINTED = sql`m.number, m.kind, m.subtype, m.state, m.outcome, m.grade, s.short_name as "stationName",
  b.name as "beatName", p.full_text as place, r.name as "responsibleName", m.registered_at as "registeredAt",
  nullif(m.due_on, 'infinity') as "dueOn", m.closed_at as "closedAt", left(m.text, ${SNIPPET}) as text`;

export const COLUMNS = sql`${PRINTED}, m.id, m.disposition, m.station_id as "stationId", m.beat_id as "beatId",
  m.place_id as "placeId", m.responsible_id as "responsibleId", m.assignee_id as "assigneeId", m.reopened,
  case when d.id is null then null else jsonb_build_object('purpose', d.purpose, 'rule', d.rule,
    'dueAt', ${epoch(sql`nullif(d.due_at, 'infinity')`)}, 'pausedAt', ${epoch(sql`d.paused_at`)},
    'raisedTo', d.raised_to, 'task', d.task) end as next`;

export const FROM = sql`matter m
  left join matter_deadline d on d.bureau_id = m.bureau_id and d.id = m.id
  left join station s on s.bureau_id = m.bureau_id and s.id = m.station_id
  left join beat b on b.bureau_id = m.bureau_id and b.id = m.beat_id
  left join place p on p.bureau_id = m.bureau_id and p.id = m.place_id
  left join member r on r.bureau_id = m.bureau_id and r.id = m.responsible_id`;

export type MatterPrinted = Pick<
  MatterListRow,
  | "number"
  | "kind"
  | "subtype"
  | "state"
  | "outcome"
  | "grade"
  | "stationName"
  | "beatName"
  | "place"
  | "responsibleName"
  | "registeredAt"
  | "dueOn"
  | "closedAt"
  | "text"
>;

/** The list as a file: rows of `MatterPrinted`. */
export function matterFile(
  principal: Principal,
  filter: MatterQuery,
  now: Instant,
): ListDefinition {
  const { core, ...list } = matterList(principal, filter, now, false);
  const { search, work, campaignId } = filter;
  const found = search === undefined ? [] : [withWords(principal, filter, search)];
  // Of thousands at a time, to fetch each by its key costs as much again as to find it.
  const elsewhere = work === undefined && campaignId === undefined ? {} : { core };
  return { ...list, ...elsewhere, columns: PRINTED, where: [...list.where, ...found] };
}

export function matterList(
  principal: Principal,
  filter: MatterQuery,
  now: Instant,
  onlyOwn: boolean,
): ListDefinition & { readonly core: Sql } {
  const today = localDate(now);
  const { work } = filter;
  // Work is listed from its own table; what only the matter has is looked up beside it.
  const lead = raw(work === undefined ? "m" : "d");
  const where: Sql[] = [sql`${lead}.bureau_id = ${principal.bureauId}`];
  let beside = false;
  const equal = (column: string, value: string | undefined): void => {
    if (value === undefined) return;
    const held = IN_DEADLINE.includes(column);
    beside ||= !held;
    where.push(sql`${held ? lead : raw("m")}.${raw(column)} = ${value}`);
  };
  equal("kind", filter.kind);
  equal("subtype", filter.subtype);
  equal("state", filter.state);
  equal("outcome", filter.outcome);
  equal("place_id", filter.placeId);
  equal("visit_id", filter.visitId);
  equal("number", filter.number);
  const reach = withinReach(principal, filter);
  if (reach === null) where.push(sql`false`);
  equal("station_id", reach?.stationId);
  equal("beat_id", reach?.beatId);
  // A campaign's matters stand in a table of their own, in the orders of the list. Where few are asked
  // for anyway, by a column that only the matter has, they are looked at one by one.
  const { campaignId, placeId, visitId, handlerId, number } = filter;
  const few =
    onlyOwn || [work, placeId, visitId, handlerId, number].some((one) => one !== undefined);
  if (campaignId !== undefined) {
    where.push(
      few ? sql`${campaignId}::uuid = any (m.campaign_ids)` : sql`m.campaign_id = ${campaignId}`,
    );
  }
  if (filter.handlerId !== undefined) where.push(withHandler(lead, filter.handlerId));
  if (onlyOwn) where.push(withHandler(lead, principal.memberId));
  if (filter.ids !== undefined) where.push(sql`${lead}.id = any (${filter.ids}::uuid[])`);
  if (filter.containing !== undefined) {
    beside = true;
    where.push(sql`strpos(lower(m.text), lower(${filter.containing})) > 0`);
  }
  if (work !== undefined) where.push(...dueWork(work, principal, now));
  if (filter.progress !== undefined) {
    where.push(sql`m.disposition ${raw(filter.progress === "open" ? "is null" : "is not null")}`);
  }
  if (filter.due !== undefined) {
    where.push(sql`m.disposition is null`, dueWithin(filter.due, today));
  }
  where.push(...period(filter));
  beside ||= [campaignId, filter.progress, filter.due, filter.from, filter.to].some(Boolean);
  if (work !== undefined) {
    const both = sql`matter_deadline d join matter m on m.bureau_id = d.bureau_id and m.id = d.id`;
    const core = beside || filter.dateOf !== "registered" ? both : sql`matter_deadline d`;
    return { columns: COLUMNS, from: FROM, core, where, ...WORK_ORDER, id: sql`d.id` };
  }
  return {
    columns: COLUMNS,
    from: FROM,
    core: campaignId === undefined || few ? sql`matter m` : sql`matter_campaign m`,
    where,
    ...orderFor(filter),
    id: sql`m.id`,
  };
}

/** What the table of deadlines holds itself. */
const IN_DEADLINE: readonly string[] = ["kind", "station_id", "beat_id"];

const WORK_ORDER = {
  sorts: { deadline: { by: sql`d.due_at`, type: "timestamptz" } },
  defaultSort: "deadline",
} as const satisfies Pick<ListDefinition, "sorts" | "defaultSort">;

function dueWork(work: WorkList, principal: Principal, now: Instant): Sql[] {
  const endOf = (days: number): Sql => at(startOfLocalDay(addDays(localDate(now), days + 1)));
  switch (work) {
    case "overdue":
      return [sql`d.due_at <= ${at(now)}`];
    case "today":
      return [sql`d.due_at > ${at(now)}`, sql`d.due_at <= ${endOf(0)}`];
    case "soon":
      return [sql`d.due_at > ${endOf(0)}`, sql`d.due_at <= ${endOf(SOON_DAYS)}`];
    case "paused":
      return [sql`d.due_at = 'infinity'`, sql`d.paused_at is not null`];
    case "tasks": {
      const level = supervisorOf(principal.role);
      return [level === null ? sql`false` : sql`d.task = ${raw(`'${level}'`)}`];
    }
  }
}

const WORK_ORDERS: ListDefinition["sorts"] = {
  registered: { by: MOMENTS.registered, type: "timestamptz" },
  due: { by: sql`m.due_on`, type: "date" },
};

/**
 * The records behind a figure come in the order of the day that counts, and in no other: any period
 * of them is then one stretch of an index.
 */
function orderFor({ dateOf, due }: MatterQuery): Pick<ListDefinition, "sorts" | "defaultSort"> {
  switch (dateOf) {
    case "registered":
      return { sorts: WORK_ORDERS, defaultSort: due === undefined ? "-registered" : "due" };
    case "due":
      return { sorts: WORK_ORDERS, defaultSort: "due" };
    case "resolved":
    case "cleared":
    case "closed":
      return {
        sorts: { [dateOf]: { by: MOMENTS[dateOf], type: "timestamptz" } },
        defaultSort: `-${dateOf}`,
      };
  }
}

function withHandler(table: Sql, memberId: Id): Sql {
  return sql`(${table}.responsible_id = ${memberId} or ${table}.assignee_id = ${memberId})`;
}

function dueWithin(due: "overdue" | "today" | "soon", today: LocalDate): Sql {
  switch (due) {
    case "overdue":
      return sql`m.due_on < ${today}`;
    case "today":
      return sql`m.due_on = ${today}`;
    case "soon":
      return sql`m.due_on >= ${today} and m.due_on <= ${addDays(today, SOON_DAYS)}`;
  }
}

function period({ dateOf, from, to }: MatterQuery): Sql[] {
  if (dateOf === "due") {
    return [
      ...(from === undefined ? [] : [sql`m.due_on >= ${from}`]),
      ...(to === undefined ? [] : [sql`m.due_on < ${to}`]),
    ];
  }
  const moment = MOMENTS[dateOf];
  return [
    ...(dateOf === "registered" ? [] : [sql`${moment} is not null`]),
    ...(from === undefined ? [] : [sql`${moment} >= ${at(startOfLocalDay(from))}`]),
    ...(to === undefined ? [] : [sql`${moment} < ${at(startOfLocalDay(to))}`]),
  ];
}

// -- one matter -----------------------------------------------------------------------------------

export interface MatterPageRow extends MatterListRow {
  dutyPhone: string | null;
  assigneeName: string | null;
  contact: { phone: string | null; salutation: boolean } | null;
  photos: number;
  wordsGoneAt: Instant | null;
}

/** What a matter's page shows beside the matter itself. */
export function findMatterRow(tx: Tx, id: Id): Promise<MatterPageRow | undefined> {
  return maybe(
    tx,
    prepared(sql`select ${COLUMNS}, m.text, s.duty_phone as "dutyPhone", a.name as "assigneeName", m.words_gone_at as "wordsGoneAt",
        case when c.id is null then null else
          jsonb_build_object('phone', c.phone_masked, 'salutation', c.salutation_cipher is not null) end as contact,
        (select count(*) from matter_photo x where x.bureau_id = m.bureau_id and x.matter_id = m.id) as photos
      from ${FROM}
      left join member a on a.bureau_id = m.bureau_id and a.id = m.assignee_id
      left join contact c on c.bureau_id = m.bureau_id and c.matter_id = m.id
      where m.bureau_id = ${tx.actor.bureauId} and m.id = ${id}`),
  );
}

export interface TimelineRow {
  seq: number;
  at: Instant;
  memberId: Id;
  memberName: string | null;
  role: string;
  type: string;
  body: Record<string, unknown>;
}

export function timelineOf(tx: Tx, id: Id): Promise<TimelineRow[]> {
  return rows(
    tx,
    prepared(sql`select e.seq, e.at, e.member_id as "memberId", coalesce(m.name, b.name) as "memberName", e.role, e.type,
        case when t.id is null and o.id is null then e.body
          else e.body || jsonb_build_object('toName', coalesce(t.name, o.name)) end as body
      from matter_event e left join member m on m.bureau_id = e.bureau_id and m.id = e.member_id
      left join partner b on e.role = 'partner' and b.bureau_id = e.bureau_id and b.id = e.member_id
      left join member t on e.type = 'assigned' and t.bureau_id = e.bureau_id and t.id = (e.body ->> 'to')::uuid
      left join partner o on e.type = 'referred' and o.bureau_id = e.bureau_id and o.id = (e.body ->> 'to')::uuid
      where e.bureau_id = ${tx.actor.bureauId} and e.matter_id = ${id} order by e.seq`),
  );
}

export interface AssigneeRow {
  id: Id;
  name: string;
  role: string;
}

/** Members whose posting of the day covers a place and whose role may handle matters. */
export function handlersCovering(
  tx: Tx,
  where: { readonly stationId: Id; readonly beatId: Id | null },
  roles: readonly string[],
): Promise<AssigneeRow[]> {
  const today = localDate(tx.now);
  return rows(
    tx,
    prepared(sql`select distinct on (m.id) m.id, m.name, p.role from posting p
      join member m on m.bureau_id = p.bureau_id and m.id = p.member_id
      where p.bureau_id = ${tx.actor.bureauId} and m.active and p.role = any (${roles}::text[])
        and p.valid_from <= ${today} and (p.valid_to is null or p.valid_to > ${today})
        and (p.station_id is null or p.station_id = ${where.stationId})
        and (p.beat_id is null or p.beat_id = ${where.beatId})
      order by m.id, p.role`),
  );
}

/** Who leads which station today. */
export function leadersOf(
  tx: Tx,
  stationIds: readonly Id[],
): Promise<{ stationId: Id; memberId: Id }[]> {
  const today = localDate(tx.now);
  return rows(
    tx,
    sql`select p.station_id as "stationId", p.member_id as "memberId" from posting p
      join member m on m.bureau_id = p.bureau_id and m.id = p.member_id
      where p.bureau_id = ${tx.actor.bureauId} and p.role = 'station_leader' and m.active
        and p.station_id = any (${stationIds}::uuid[])
        and p.valid_from <= ${today} and (p.valid_to is null or p.valid_to > ${today})`,
  );
}

// -- for answers ----------------------------------------------------------------------------------

/** A matter as far as messages about it need to know it. */
export type MatterToAnswer = Pick<
  Matter,
  | "id"
  | "number"
  | "kind"
  | "subtype"
  | "state"
  | "stationId"
  | "beatId"
  | "reporter"
  | "anonymous"
  | "feedback"
  | "registeredAt"
  | "suitable"
  | "stopSigns"
  | "handlers"
> & {
  readonly text: string;
  readonly stationName: string | null;
  readonly dutyPhone: string | null;
  readonly phoneCipher: Buffer | null;
};

export function mattersToAnswer(tx: Tx, ids: readonly Id[]): Promise<MatterToAnswer[]> {
  // One by its key: of a list of unknown length the database makes a plan anew each time.
  const asked = ids.length === 1 ? sql`m.id = ${ids[0]}` : sql`m.id = any (${ids}::uuid[])`;
  return rows(
    tx,
    prepared(sql`select m.id, m.number, m.kind, m.subtype, m.state, m.station_id as "stationId", m.beat_id as "beatId", m.reporter, m.anonymous,
        m.feedback, m.registered_at as "registeredAt", (m.rest ->> 'suitable')::boolean as suitable, m.rest -> 'stopSigns' as "stopSigns",
        m.rest -> 'handlers' as handlers, m.text, s.short_name as "stationName", s.duty_phone as "dutyPhone", c.phone_cipher as "phoneCipher"
      from matter m
      left join station s on s.bureau_id = m.bureau_id and s.id = m.station_id
      left join contact c on c.bureau_id = m.bureau_id and c.matter_id = m.id
      where m.bureau_id = ${tx.actor.bureauId} and ${asked}`),
  );
}

export { clockwork as timeLimits } from "./clock-commands.ts";
export { collectTerm, mediationLimits } from "./limits.ts";

// -- for mediation --------------------------------------------------------------------------------

/** A dispute as far as its mediation needs to know it. */
export async function disputeOf(
  tx: Tx,
  id: Id,
): Promise<(DisputeToMediate & { readonly answered: boolean }) | undefined> {
  return maybe(
    tx,
    sql`select id, kind, station_id as "stationId", beat_id as "beatId", responsible_id as "responsibleId",
        disposition is not null as ended, (rest ->> 'suitable')::boolean as suitable,
        state in ('feedback_given', 'called_back', 'closed') as answered
      from matter where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

// -- for who sees only his own ---------------------------------------------------------------------

/** Whichever matters row-level security shows to somebody who has no station and no beat. */
async function ownMatters(tx: Tx): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select id from matter where bureau_id = ${tx.actor.bureauId}`,
  );
  return found.map(({ id }) => id);
}

/**
 * Works with matters as far as the caller reaches. For whoever sees only his own, `ids` are those that
 * row-level security shows him, and what stands beside them is read across the bureau.
 */
export async function amongOwn<T>(
  tx: Tx,
  principal: Principal,
  work: (seeing: Tx, ids: readonly Id[] | undefined) => Promise<T>,
): Promise<T> {
  if (!seesOnlyOwn(principal.role)) return work(tx, undefined);
  const ids = await ownMatters(tx);
  return acrossBureau(tx, principal, (wide) => work(wide, ids));
}

/** Matters of a number, among those the caller sees: a number is a name, and two may share one. */
export async function idsByNumber(tx: Tx, number: string): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select id from matter where bureau_id = ${tx.actor.bureauId} and number = ${number}`,
  );
  return found.map(({ id }) => id);
}
