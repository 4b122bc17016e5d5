import type { Campaign, CampaignState, CampaignTrack } from "@wanjia/domain/campaigns/terms";
import type { VisitableKind } from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, type Instant, localDate, type LocalDate } from "@wanjia/domain/shared/instant";
import type { FormDefinition } from "@wanjia/domain/visits/form-definition";
import { MAX_AGE_DAYS } from "@wanjia/domain/visits/terms";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { maybe, rows, type Sql, sql } from "../platform/sql.ts";

const CAMPAIGN = sql`c.id, c.version, c.state, c.name, c.name_en as "nameEn", c.track, c.aim, c.starts_on as "startsOn",
  c.ends_on as "endsOn", c.phases, c.target, c.leaflets, c.devices, c.sampling_plan as "samplingPlan",
  c.opened_at as "openedAt", c.closed_at as "closedAt",
  array(select s.station_id from campaign_station s where s.bureau_id = c.bureau_id and s.campaign_id = c.id order by 1)::text[] as "stationIds",
  coalesce((select jsonb_agg(jsonb_build_object('code', f.form_code, 'version', f.form_version) order by f.form_code, f.form_version)
    from campaign_form f where f.bureau_id = c.bureau_id and f.campaign_id = c.id), '[]') as forms,
  coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'stationId', t.station_id, 'memberIds',
      array(select tm.member_id from team_member tm where tm.bureau_id = t.bureau_id and tm.team_id = t.id order by 1)) order by t.name, t.id)
    from team t where t.bureau_id = c.bureau_id and t.campaign_id = c.id), '[]') as teams`;

export interface CampaignView extends Campaign {
  openedAt: Instant | null;
  closedAt: Instant | null;
}

export function findCampaign(tx: Tx, id: Id): Promise<CampaignView | undefined> {
  return maybe(
    tx,
    sql`select ${CAMPAIGN} from campaign c where c.bureau_id = ${tx.actor.bureauId} and c.id = ${id}`,
  );
}

/** Campaigns that are or were open and still take late visits. */
function campaignsTakingVisits(tx: Tx): Promise<CampaignView[]> {
  const since = addDays(localDate(tx.now), -MAX_AGE_DAYS);
  return rows(
    tx,
    sql`select ${CAMPAIGN} from campaign c
      where c.bureau_id = ${tx.actor.bureauId} and c.state <> 'draft' and c.ends_on >= ${since} order by c.starts_on, c.id`,
  );
}

export interface CampaignListRow {
  id: Id;
  name: string;
  nameEn: string;
  state: CampaignState;
  track: CampaignTrack;
  startsOn: LocalDate;
  endsOn: LocalDate;
  stations: number;
  teams: number;
}

export function campaignList(
  bureauId: Id,
  filter: {
    state?: CampaignState | undefined;
    stationId?: Id | undefined;
    on?: LocalDate | undefined;
  },
): ListDefinition {
  const where: Sql[] = [sql`c.bureau_id = ${bureauId}`];
  if (filter.state !== undefined) where.push(sql`c.state = ${filter.state}`);
  if (filter.on !== undefined)
    where.push(sql`${filter.on}::date between c.starts_on and c.ends_on`);
  if (filter.stationId !== undefined) {
    where.push(sql`exists (select from campaign_station s
      where s.bureau_id = c.bureau_id and s.campaign_id = c.id and s.station_id = ${filter.stationId})`);
  }
  return {
    columns: sql`c.id, c.name, c.name_en as "nameEn", c.state, c.track, c.starts_on as "startsOn", c.ends_on as "endsOn",
      (select count(*)::int from campaign_station s where s.bureau_id = c.bureau_id and s.campaign_id = c.id) as stations,
      (select count(*)::int from team t where t.bureau_id = c.bureau_id and t.campaign_id = c.id) as teams`,
    from: sql`campaign c`,
    where,
    sorts: { startsOn: { by: sql`c.starts_on`, type: "date" } },
    defaultSort: "-startsOn",
    id: sql`c.id`,
  };
}

export interface TargetCount {
  stationId: Id;
  beatId: Id | null;
  kind: VisitableKind;
  places: number;
}

/** How many living places a campaign is about, within the reader's reach. */
export function countTargets(
  tx: Tx,
  { stationIds, target }: Pick<Campaign, "stationIds" | "target">,
): Promise<TargetCount[]> {
  return rows(
    tx,
    sql`select p.station_id as "stationId", p.beat_id as "beatId", p.kind, count(*)::int as places
      from place p
      where p.bureau_id = ${tx.actor.bureauId} and p.station_id = any (${stationIds}::uuid[]) and p.kind = any (${target.kinds}::text[])
        and p.status in ('created', 'confirmed')
        and (${target.communityIds.length === 0} or p.community_id = any (${target.communityIds}::uuid[]))
        and (${target.beatIds.length === 0} or p.beat_id = any (${target.beatIds}::uuid[]))
      group by 1, 2, 3 order by 1, 2, 3`,
  );
}

export interface FormRecord {
  definition: FormDefinition;
  adoptedAt: Instant;
}

export function listForms(tx: Tx): Promise<FormRecord[]> {
  return rows(
    tx,
    sql`select definition, adopted_at as "adoptedAt" from form where bureau_id = ${tx.actor.bureauId} order by code, version`,
  );
}

export async function findForm(
  tx: Tx,
  code: string,
  version: number,
): Promise<FormDefinition | undefined> {
  const found = await maybe<{ definition: FormDefinition }>(
    tx,
    sql`select definition from form where bureau_id = ${tx.actor.bureauId} and code = ${code} and version = ${version}`,
  );
  return found?.definition;
}

/**
 * What a phone needs of campaigns: those of its stations, running or to come, with their own teams,
 * and the forms that they use. Part of the context document.
 */
export const campaignContext = {
  campaigns: async (tx: Tx, principal: Principal): Promise<unknown> => {
    const all = await campaignsTakingVisits(tx);
    return all
      .filter(({ stationIds }) => concerns(principal, stationIds))
      .map(({ devices: _devices, aim: _aim, ...campaign }) => ({
        ...campaign,
        teams: campaign.teams.filter(({ stationId }) => concerns(principal, [stationId])),
      }));
  },
  forms: async (tx: Tx): Promise<unknown> =>
    rows<{ definition: FormDefinition }>(
      tx,
      sql`select distinct on (f.code, f.version) f.definition
        from campaign c
        join campaign_form u on u.bureau_id = c.bureau_id and u.campaign_id = c.id
        join form f on f.bureau_id = u.bureau_id and f.code = u.form_code and f.version = u.form_version
        where c.bureau_id = ${tx.actor.bureauId} and c.state = 'open'`,
    ).then((found) => found.map(({ definition }) => definition)),
};

function concerns({ scope, stationIds }: Principal, ids: readonly Id[]): boolean {
  return scope === "bureau" || ids.some((id) => stationIds.includes(id));
}
