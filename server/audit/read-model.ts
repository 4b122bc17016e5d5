import { type Id, isId } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { ListDefinition } from "../platform/list.ts";
import { at, type Sql, sql } from "../platform/sql.ts";

export interface AuditRow {
  id: Id;
  at: Instant;
  actorId: Id | null;
  actorName: string | null;
  actorRole: string;
  action: string;
  subjectKind: string;
  subjectId: string;
  stationId: Id | null;
  purpose: string | null;
  detail: Record<string, unknown> | null;
}

export interface AuditFilter {
  action?: string | undefined;
  subjectId?: string | undefined;
  actorId?: Id | undefined;
  from?: Instant | undefined;
  to?: Instant | undefined;
}

/** Ids are made in order of time, so that the trail's own key sorts it. */
export function auditList(bureauId: Id, filter: AuditFilter): ListDefinition {
  const where: Sql[] = [sql`a.bureau_id = ${bureauId}`];
  if (filter.action !== undefined) where.push(sql`a.action = ${filter.action}`);
  if (filter.subjectId !== undefined) {
    const column = isId(filter.subjectId) ? sql`a.subject_id` : sql`a.subject_name`;
    where.push(sql`${column} = ${filter.subjectId}`);
  }
  if (filter.actorId !== undefined) where.push(sql`a.actor_id = ${filter.actorId}`);
  if (filter.from !== undefined) where.push(sql`a.at >= ${at(filter.from)}`);
  if (filter.to !== undefined) where.push(sql`a.at < ${at(filter.to)}`);
  return {
    columns: sql`a.id, a.at, a.actor_id as "actorId",
      (select m.name from member m where m.bureau_id = a.bureau_id and m.id = a.actor_id) as "actorName",
      a.actor_role as "actorRole", a.action, a.subject_kind as "subjectKind", coalesce(a.subject_id::text, a.subject_name) as "subjectId",
      a.station_id as "stationId", a.purpose, a.detail`,
    from: sql`audit a`,
    where,
    sorts: { at: { by: sql`a.id`, type: "uuid" } },
    defaultSort: "-at",
    id: sql`a.id`,
  };
}
