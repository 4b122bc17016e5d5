import {
  close,
  draft,
  edit,
  open,
  type OpeningFacts,
  setTeams,
} from "@wanjia/domain/campaigns/rules";
import type { Campaign, CampaignPlan, CampaignRefusal, Team } from "@wanjia/domain/campaigns/terms";
import { canonicalJson } from "@wanjia/domain/shared/canonical";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { NEW_DOOR } from "@wanjia/domain/visits/door";
import type { FormCode, FormDefinition, LegalMarks } from "@wanjia/domain/visits/form-definition";
import { FORMS } from "@wanjia/domain/visits/forms";
import { isSystem } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { enqueue } from "../platform/jobs.ts";
import * as queries from "./queries.ts";

type Answer = Promise<Result<Campaign, CampaignRefusal | "not-found">>;

/** Payload of the facts `campaign.opened`, `campaign.closed`. */
interface CampaignFact {
  readonly campaign: Campaign;
}

function actorId(tx: Tx): Id | null {
  return isSystem(tx.actor) ? null : tx.actor.memberId;
}

async function note(tx: Tx, action: string, campaign: Campaign): Promise<void> {
  const payload: CampaignFact = { campaign };
  await record(tx, [
    {
      action: `campaign.${action}`,
      subjectKind: "campaign",
      subjectId: campaign.id,
      detail: { version: campaign.version },
      payload,
    },
  ]);
}

export async function createCampaign(tx: Tx, plan: CampaignPlan, id = newId(tx.now)): Answer {
  const drafted = draft(id, plan);
  if (!drafted.ok) return drafted;
  const known = await checkExisting(tx, drafted.value);
  if (!known.ok) return known;
  await queries.insertCampaign(tx, drafted.value, actorId(tx));
  await note(tx, "drafted", drafted.value);
  return drafted;
}

export async function editCampaign(tx: Tx, id: Id, plan: CampaignPlan, version: number): Answer {
  const campaign = await queries.loadCampaign(tx, id);
  if (campaign === undefined) return refuse("not-found");
  const edited = edit(campaign, plan, version);
  if (!edited.ok) return edited;
  const known = await checkExisting(tx, edited.value);
  if (!known.ok) return known;
  await queries.saveCampaign(tx, edited.value);
  await note(tx, "edited", edited.value);
  return edited;
}

/** A draft may be incomplete, but what it names must exist: keys of the database point to it. */
async function checkExisting(tx: Tx, plan: Campaign): Promise<Result<null, CampaignRefusal>> {
  const { stationIds, members } = await queries.loadReferences(tx, plan);
  if (!plan.stationIds.every((id) => stationIds.has(id))) return refuse("station-unknown");
  for (const { name, stationId, memberIds } of plan.teams) {
    if (!stationIds.has(stationId)) return refuse("team-outside-stations", { team: name });
    if (!memberIds.every((id) => members.has(id))) {
      return refuse("team-member-unknown", { team: name });
    }
  }
  const ids = plan.teams.map(({ id }) => id);
  if (new Set(ids).size < ids.length || (await queries.teamIdsTaken(tx, plan.id, ids))) {
    return refuse("team-member-unknown", { team: plan.teams[0]?.name ?? "" });
  }
  return accept(null);
}

async function factsFor(tx: Tx, campaign: Campaign): Promise<OpeningFacts> {
  const known = await queries.loadReferences(tx, campaign);
  return {
    today: localDate(tx.now),
    stationIds: known.stationIds,
    stationOfArea: (id) => known.stationOfArea.get(id),
    member: (id) => known.members.get(id),
    form: (code, version) => known.forms.get(queries.formKey({ code, version })),
  };
}

/** Up to this many doors are made in the transaction of the opening; more go to a job. */
const DOORS_AT_ONCE = 20_000;

export async function openCampaign(tx: Tx, id: Id): Answer {
  const campaign = await queries.loadCampaign(tx, id);
  if (campaign === undefined) return refuse("not-found");
  const opened = open(campaign, await factsFor(tx, campaign));
  if (!opened.ok) return opened;
  await queries.saveCampaign(tx, opened.value);
  const made = await queries.createDoors(tx, opened.value, NEW_DOOR, DOORS_AT_ONCE);
  if (made === DOORS_AT_ONCE) {
    await enqueue(tx, "campaigns.doors", { bureauId: tx.actor.bureauId, campaignId: id });
  }
  await note(tx, "opened", opened.value);
  return opened;
}

/** The rest of a large campaign's doors, a portion at a time. A door nobody made yet works as well. */
export async function makeDoors(tx: Tx, id: Id): Promise<boolean> {
  const campaign = await queries.loadCampaign(tx, id);
  if (campaign?.state !== "open") return false;
  return (await queries.createDoors(tx, campaign, NEW_DOOR, DOORS_AT_ONCE)) === DOORS_AT_ONCE;
}

export async function closeCampaign(tx: Tx, id: Id): Answer {
  const campaign = await queries.loadCampaign(tx, id);
  if (campaign === undefined) return refuse("not-found");
  const closed = close(campaign, localDate(tx.now));
  if (!closed.ok) return closed;
  await queries.saveCampaign(tx, closed.value);
  await note(tx, "closed", closed.value);
  return closed;
}

export async function changeTeams(tx: Tx, id: Id, teams: readonly Team[]): Answer {
  const campaign = await queries.loadCampaign(tx, id);
  if (campaign === undefined) return refuse("not-found");
  const changed = setTeams(campaign, teams, await factsFor(tx, { ...campaign, teams }));
  if (!changed.ok) return changed;
  const known = await checkExisting(tx, changed.value);
  if (!known.ok) return known;
  await queries.saveCampaign(tx, changed.value);
  await note(tx, "teams-changed", changed.value);
  return changed;
}

/** The teams that a change touches: added, taken out, or different from what they were. */
export function teamsTouched(before: Campaign, teams: readonly Team[]): Team[] {
  const known = new Map(before.teams.map((team) => [team.id, canonicalJson(team)]));
  const kept = new Set(teams.map(({ id }) => id));
  return [
    ...teams.filter((team) => known.get(team.id) !== canonicalJson(team)),
    ...before.teams.filter(({ id }) => !kept.has(id)),
  ];
}

/** A campaign whose last day is over closes by itself. */
export async function closeOverdue(tx: Tx): Promise<void> {
  for (const { id } of await queries.overdueCampaigns(tx, localDate(tx.now))) {
    await closeCampaign(tx, id);
  }
}

/** Adopts the product's form under the bureau's own legal marks, as its next version. */
export async function adoptForm(
  tx: Tx,
  code: FormCode,
  marks: LegalMarks,
): Promise<FormDefinition> {
  const version = (await queries.newestFormVersion(tx, code)) + 1;
  const form: FormDefinition = { ...FORMS[code], version, marks };
  await queries.insertForm(tx, form, actorId(tx));
  await record(tx, [
    { action: "form.adopted", subjectKind: "form", subjectId: `${code}@${version}` },
  ]);
  return form;
}
