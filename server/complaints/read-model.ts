import type {
  Complaint,
  ComplaintAbout,
  ComplaintKind,
  ComplaintOrigin,
  ComplaintState,
  Finding,
} from "@wanjia/domain/complaints/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, join, rows, type Sql, sql } from "../platform/sql.ts";

export interface ComplaintListRow {
  id: Id;
  about: ComplaintAbout;
  stationName: string | null;
  kind: ComplaintKind;
  origin: ComplaintOrigin;
  state: ComplaintState;
  finding: Finding | null;
  receivedAt: Instant;
  dueAt: Instant | null;
}

/** Stations that a member is or ever was posted to: their complaints are none of his. */
export async function stationsOf(tx: Tx, memberId: Id): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select distinct station_id as id from posting
      where bureau_id = ${tx.actor.bureauId} and member_id = ${memberId} and station_id is not null and valid_from <= ${localDate(tx.now)}`,
  );
  return found.map(({ id }) => id);
}

/** What he handles, and neither concerns him nor a unit that he belongs to. */
function inSight({ bureauId, role, memberId }: Principal, stationIds: readonly Id[]): Sql[] {
  return [
    sql`c.bureau_id = ${bureauId}`,
    sql`c.handled_by = ${role}`,
    sql`not (${memberId}::uuid = any (c.concerned))`,
    sql`(c.concerned_station_id is null or c.concerned_station_id <> all (${[...stationIds]}::uuid[]))`,
  ];
}

export function complaintList(
  principal: Principal,
  stationIds: readonly Id[],
  filter: {
    state?: ComplaintState | undefined;
    kind?: ComplaintKind | undefined;
    progress?: "open" | "overdue" | "ended" | undefined;
  },
  now: Instant,
): ListDefinition {
  const { state, kind, progress } = filter;
  return {
    columns: sql`c.id, c.about, s.name as "stationName", c.kind, c.origin, c.state, c.finding, c.received_at as "receivedAt",
      nullif(c.due_at, 'infinity') as "dueAt"`,
    from: sql`complaint c left join station s on s.bureau_id = c.bureau_id and s.id = c.concerned_station_id`,
    where: [
      ...inSight(principal, stationIds),
      ...(state === undefined ? [] : [sql`c.state = ${state}`]),
      ...(kind === undefined ? [] : [sql`c.kind = ${kind}`]),
      ...(progress === "open" ? [sql`c.state <> 'closed'`] : []),
      ...(progress === "ended" ? [sql`c.state = 'closed'`] : []),
      ...(progress === "overdue" ? [sql`c.state <> 'answered' and c.due_at < ${at(now)}`] : []),
    ],
    sorts: {
      received: { by: sql`c.received_at`, type: "timestamptz" },
      due: { by: sql`c.due_at`, type: "timestamptz" },
    },
    defaultSort: "due",
    id: sql`c.id`,
  };
}

export interface EventRow {
  seq: number;
  at: Instant;
  memberName: string | null;
  type: string;
  sealed: Buffer | null;
}

export function eventsOf(tx: Tx, complaintId: Id): Promise<EventRow[]> {
  return rows(
    tx,
    sql`select e.seq, e.at, m.name as "memberName", e.type, e.sealed
      from complaint_event e left join member m on m.bureau_id = e.bureau_id and m.id = e.member_id
      where e.bureau_id = ${tx.actor.bureauId} and e.complaint_id = ${complaintId} order by e.seq`,
  );
}

export function namesOf(tx: Tx, ids: readonly Id[]): Promise<{ id: Id; name: string }[]> {
  return rows(
    tx,
    sql`select id, name from member where bureau_id = ${tx.actor.bureauId} and id = any (${[...ids]}::uuid[]) order by number`,
  );
}

type CountedRow = Pick<
  Complaint,
  "receivedAt" | "finding" | "answeredAt" | "answerDueAt" | "reviewAskedAt"
>;
const COUNTED = sql`received_at as "receivedAt", finding, answered_at as "answeredAt", answer_due_at as "answerDueAt", review_asked_at as "reviewAskedAt"`;

/** The same of what one handles, with the unit concerned. */
export function countedInSight(
  tx: Tx,
  principal: Principal,
  stationIds: readonly Id[],
  from: Instant,
  to: Instant,
): Promise<(CountedRow & { about: ComplaintAbout; stationName: string | null })[]> {
  return rows(
    tx,
    sql`select c.about, s.name as "stationName", ${COUNTED}
      from complaint c left join station s on s.bureau_id = c.bureau_id and s.id = c.concerned_station_id
      where ${join(inSight(principal, stationIds), " and ")} and received_at >= ${at(from)} and received_at < ${at(to)}
      order by c.about, s.name`,
  );
}

/** What the figures of a stretch of time are made of. */
export function countedBetween(tx: Tx, from: Instant, to: Instant): Promise<CountedRow[]> {
  return rows(
    tx,
    sql`select ${COUNTED}
      from complaint where bureau_id = ${tx.actor.bureauId} and received_at >= ${at(from)} and received_at < ${at(to)}`,
  );
}
