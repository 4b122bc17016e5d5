import type { Campaign, CampaignForm, Team } from "@wanjia/domain/campaigns/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import type { FormCode, FormDefinition } from "@wanjia/domain/visits/form-definition";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, one, rows, run, type Sql, sql } from "../platform/sql.ts";

const CAMPAIGN = sql`c.id, c.version, c.state, c.name, c.name_en as "nameEn", c.track, c.aim, c.starts_on as "startsOn",
  c.ends_on as "endsOn", c.phases, c.target, c.leaflets, c.devices, c.sampling_plan as "samplingPlan",
  array(select s.station_id from campaign_station s where s.bureau_id = c.bureau_id and s.campaign_id = c.id order by 1)::text[] as "stationIds",
  coalesce((select jsonb_agg(jsonb_build_object('code', f.form_code, 'version', f.form_version) order by f.form_code, f.form_version)
    from campaign_form f where f.bureau_id = c.bureau_id and f.campaign_id = c.id), '[]') as forms,
  coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'stationId', t.station_id, 'memberIds',
      array(select tm.member_id from team_member tm where tm.bureau_id = t.bureau_id and tm.team_id = t.id order by 1)) order by t.name, t.id)
    from team t where t.bureau_id = c.bureau_id and t.campaign_id = c.id), '[]') as teams`;

/** Locks the campaign until the end of the transaction. */
export async function loadCampaign(tx: Tx, id: Id): Promise<Campaign | undefined> {
  return maybe<Campaign>(
    tx,
    sql`select ${CAMPAIGN} from campaign c where c.bureau_id = ${tx.actor.bureauId} and c.id = ${id} for update of c`,
  );
}

export async function insertCampaign(tx: Tx, campaign: Campaign, by: Id | null): Promise<void> {
  const { id, version, state, name, nameEn, track, aim, startsOn, endsOn, samplingPlan } = campaign;
  await run(
    tx,
    sql`insert into campaign (bureau_id, id, version, state, name, name_en, track, aim, starts_on, ends_on, phases, target,
        leaflets, devices, sampling_plan, created_by, created_at)
      values (${tx.actor.bureauId}, ${id}, ${version}, ${state}, ${name}, ${nameEn}, ${track}, ${aim}, ${startsOn}, ${endsOn},
        ${json(campaign.phases)}, ${json(campaign.target)}, ${json(campaign.leaflets)}, ${json(campaign.devices)}, ${samplingPlan}, ${by}, ${at(tx.now)})`,
  );
  await saveParts(tx, campaign);
}

export async function saveCampaign(tx: Tx, campaign: Campaign): Promise<void> {
  const { id, version, state, name, nameEn, track, aim, startsOn, endsOn, samplingPlan } = campaign;
  await run(
    tx,
    sql`update campaign set version = ${version}, state = ${state}, name = ${name}, name_en = ${nameEn}, track = ${track}, aim = ${aim},
        starts_on = ${startsOn}, ends_on = ${endsOn}, phases = ${json(campaign.phases)}, target = ${json(campaign.target)},
        leaflets = ${json(campaign.leaflets)}, devices = ${json(campaign.devices)}, sampling_plan = ${samplingPlan},
        opened_at = case when ${state} = 'open' then coalesce(opened_at, ${at(tx.now)}) else opened_at end,
        closed_at = case when ${state} = 'closed' then coalesce(closed_at, ${at(tx.now)}) else closed_at end
      where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
  await saveParts(tx, campaign);
}

async function saveParts(tx: Tx, { id, stationIds, forms, teams }: Campaign): Promise<void> {
  const bureauId = tx.actor.bureauId;
  const own = sql`bureau_id = ${bureauId} and campaign_id = ${id}`;
  await run(tx, sql`delete from campaign_station where ${own}`);
  await run(tx, sql`delete from campaign_form where ${own}`);
  await run(tx, sql`delete from team where ${own}`);
  await run(
    tx,
    sql`insert into campaign_station (bureau_id, campaign_id, station_id)
      select ${bureauId}::uuid, ${id}::uuid, s from unnest(${stationIds}::uuid[]) s group by s`,
  );
  await run(
    tx,
    sql`insert into campaign_form (bureau_id, campaign_id, form_code, form_version)
      select distinct ${bureauId}::uuid, ${id}::uuid, r.code, r.version from jsonb_to_recordset(${json(forms)}) as r(code text, version int)`,
  );
  await run(
    tx,
    sql`insert into team (bureau_id, id, campaign_id, station_id, name)
      select ${bureauId}::uuid, r.id, ${id}::uuid, r."stationId", r.name
      from jsonb_to_recordset(${json(teams)}) as r(id uuid, "stationId" uuid, name text)`,
  );
  await run(
    tx,
    sql`insert into team_member (bureau_id, team_id, member_id)
      select distinct ${bureauId}::uuid, r.id, m::uuid
      from jsonb_to_recordset(${json(teams)}) as r(id uuid, "memberIds" text[]), unnest(r."memberIds") m`,
  );
}

// -- what a plan refers to ------------------------------------------------------------------------

export interface References {
  readonly stationIds: Set<Id>;
  readonly stationOfArea: Map<Id, Id>;
  readonly members: Map<Id, { sworn: boolean }>;
  readonly forms: Map<string, { expiresOn: LocalDate; placeKinds: readonly string[] }>;
}

export function formKey({ code, version }: CampaignForm): string {
  return `${code}@${version}`;
}

/** Which of the things that a plan names exist. Ids of other bureaux do not. */
export async function loadReferences(
  tx: Tx,
  plan: Pick<Campaign, "stationIds" | "target" | "forms"> & { readonly teams: readonly Team[] },
): Promise<References> {
  const bureauId = tx.actor.bureauId;
  const memberIds = [...new Set(plan.teams.flatMap((team) => team.memberIds))];
  const teamIds = plan.teams.map(({ stationId }) => stationId);
  const found = await one<{
    stations: Id[];
    areas: [Id, Id][];
    members: [Id, boolean][];
    forms: { code: string; version: number; expiresOn: LocalDate; placeKinds: string[] }[];
  }>(
    tx,
    sql`select
        array(select id from station where bureau_id = ${bureauId} and active and id = any (${[...plan.stationIds, ...teamIds]}::uuid[]))::text[] as stations,
        coalesce((select jsonb_agg(jsonb_build_array(id, station_id)) from (
          select id, station_id from beat where bureau_id = ${bureauId} and id = any (${plan.target.beatIds}::uuid[])
          union all select id, station_id from community where bureau_id = ${bureauId} and id = any (${plan.target.communityIds}::uuid[])) areas), '[]') as areas,
        coalesce((select jsonb_agg(jsonb_build_array(id, sworn)) from member
          where bureau_id = ${bureauId} and active and id = any (${memberIds}::uuid[])), '[]') as members,
        coalesce((select jsonb_agg(jsonb_build_object('code', f.code, 'version', f.version, 'expiresOn', f.expires_on, 'placeKinds', f.definition -> 'placeKinds'))
          from form f join jsonb_to_recordset(${json(plan.forms)}) as r(code text, version int) on r.code = f.code and r.version = f.version
          where f.bureau_id = ${bureauId}), '[]') as forms`,
  );
  return {
    stationIds: new Set(found.stations),
    stationOfArea: new Map(found.areas),
    members: new Map(found.members.map(([id, sworn]) => [id, { sworn }])),
    forms: new Map(found.forms.map((form) => [formKey(form), form])),
  };
}

/** Teams of other campaigns that have one of these ids: an id names one team. */
export async function teamIdsTaken(tx: Tx, campaignId: Id, ids: readonly Id[]): Promise<boolean> {
  const taken = await maybe(
    tx,
    sql`select 1 from team where bureau_id = ${tx.actor.bureauId} and id = any (${ids}::uuid[]) and campaign_id <> ${campaignId} limit 1`,
  );
  return taken !== undefined;
}

// -- doors ----------------------------------------------------------------------------------------

/** The living places that a campaign is about, as a condition on `place p`. */
function isTarget({ stationIds, target }: Pick<Campaign, "stationIds" | "target">): Sql {
  return sql`p.station_id = any (${stationIds}::uuid[]) and p.kind = any (${target.kinds}::text[])
    and p.status in ('created', 'confirmed')
    and (${target.communityIds.length === 0} or p.community_id = any (${target.communityIds}::uuid[]))
    and (${target.beatIds.length === 0} or p.beat_id = any (${target.beatIds}::uuid[]))`;
}

/**
 * Makes a door for each target that has none yet, up to `limit` of them; says how many. One statement
 * of bounded length, so that the embedded database, which has one session, is never held for long.
 */
export async function createDoors(
  tx: Tx,
  campaign: Pick<Campaign, "stationIds" | "target">,
  emptyState: unknown,
  limit: number,
): Promise<number> {
  return run(
    tx,
    sql`insert into door (bureau_id, id, station_id, beat_id, building_id, version, state)
      select p.bureau_id, p.id, p.station_id, p.beat_id, coalesce(p.building_id, p.id), 0, ${JSON.stringify(emptyState)}::json
      from place p
      where p.bureau_id = ${tx.actor.bureauId} and ${isTarget(campaign)}
        and not exists (select from door d where d.bureau_id = p.bureau_id and d.id = p.id)
      limit ${limit}
      on conflict (bureau_id, id) do nothing`,
  );
}

// -- forms ----------------------------------------------------------------------------------------

export async function newestFormVersion(tx: Tx, code: FormCode): Promise<number> {
  const { version } = await one<{ version: number }>(
    tx,
    sql`select coalesce(max(version), 0) as version from form where bureau_id = ${tx.actor.bureauId} and code = ${code}`,
  );
  return version;
}

export async function insertForm(tx: Tx, form: FormDefinition, by: Id | null): Promise<void> {
  await run(
    tx,
    sql`insert into form (bureau_id, code, version, definition, expires_on, adopted_by, adopted_at)
      values (${tx.actor.bureauId}, ${form.code}, ${form.version}, ${json(form)}, ${form.marks.expiresOn}, ${by}, ${at(tx.now)})`,
  );
}

/** The campaigns that are open although their last day is over. */
export function overdueCampaigns(tx: Tx, today: LocalDate): Promise<{ id: Id }[]> {
  return rows(
    tx,
    sql`select id from campaign where bureau_id = ${tx.actor.bureauId} and state = 'open' and ends_on < ${today}`,
  );
}
