/** When a campaign may be drafted, opened and closed, and which visits count for it. */
import type { Id } from "../shared/id.ts";
import { daysBetween, type Instant, localDate, type LocalDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type {
  Campaign,
  CampaignPlan,
  CampaignRefusal,
  CampaignScope,
  StockItem,
  TargetPlace,
  Team,
} from "./terms.ts";

/** A campaign of more than two years is a standing duty, not a campaign. */
const MAX_CAMPAIGN_DAYS = 731;
const MAX_TEAM_MEMBERS = 30;
const MAX_NAME = 60;
const MAX_STOCK = 10_000_000;

type Answer<T> = Result<T, CampaignRefusal>;
type No = ReturnType<typeof refuse<CampaignRefusal>> | null;

/** What a new draft starts from. */
export function draft(id: Id, plan: CampaignPlan): Answer<Campaign> {
  return checkDraft(plan) ?? accept({ ...plan, id, state: "draft", version: 1 });
}

/**
 * A changed draft. Refuses `campaign-changed` when somebody else changed it meanwhile, and
 * `campaign-not-draft` once it is open: what officers work by does not change under their feet.
 */
export function edit(campaign: Campaign, plan: CampaignPlan, version: number): Answer<Campaign> {
  if (campaign.state !== "draft") return refuse("campaign-not-draft");
  if (version !== campaign.version) return refuse("campaign-changed");
  return (
    checkDraft(plan) ??
    accept({ ...plan, id: campaign.id, state: "draft", version: campaign.version + 1 })
  );
}

/** What has to be right even in a draft. */
function checkDraft(plan: CampaignPlan): No {
  if (plan.name.trim() === "" || plan.name.length > MAX_NAME) return refuse("name-missing");
  if (plan.endsOn < plan.startsOn) return refuse("period-reversed");
  if (daysBetween(plan.startsOn, plan.endsOn) >= MAX_CAMPAIGN_DAYS) {
    return refuse("period-too-long", { days: MAX_CAMPAIGN_DAYS });
  }
  for (const phase of plan.phases) {
    if (phase.endsOn < phase.startsOn) return refuse("period-reversed");
    if (phase.startsOn < plan.startsOn || phase.endsOn > plan.endsOn) {
      return refuse("phase-outside-period", { phase: phase.name });
    }
  }
  return checkStock(plan.leaflets) ?? checkStock(plan.devices);
}

function checkStock(items: readonly StockItem[]): No {
  if (new Set(items.map(({ code }) => code)).size < items.length) return refuse("stock-repeated");
  const wrong = items.find(
    ({ code, name, stock }) =>
      !/^[a-z][a-z0-9_]{0,39}$/.test(code) ||
      name.trim() === "" ||
      !Number.isInteger(stock) ||
      stock < 0 ||
      stock > MAX_STOCK,
  );
  return wrong === undefined ? null : refuse("stock-invalid", { item: wrong.code });
}

/** What the bureau knows that a campaign refers to. */
export interface OpeningFacts {
  readonly today: LocalDate;
  readonly stationIds: ReadonlySet<Id>;
  /** Station of each community and beat that the target names. */
  stationOfArea(id: Id): Id | undefined;
  member(id: Id): { readonly sworn: boolean } | undefined;
  form(
    code: string,
    version: number,
  ): { readonly expiresOn: LocalDate; readonly placeKinds: readonly string[] } | undefined;
}

/**
 * Opens a draft. Every form must be valid to the last day and suit a target; every team has at least
 * one sworn officer, since auxiliaries never go alone (domain.md §3.1).
 */
export function open(campaign: Campaign, facts: OpeningFacts): Answer<Campaign> {
  if (campaign.state !== "draft") return refuse("campaign-not-draft");
  const no =
    checkDraft(campaign) ??
    (campaign.endsOn < facts.today ? refuse("period-over") : null) ??
    checkAreas(campaign, facts) ??
    checkForms(campaign, facts) ??
    checkTeams(campaign, facts);
  return no ?? accept({ ...campaign, state: "open", version: campaign.version + 1 });
}

function checkAreas({ stationIds, target }: Campaign, facts: OpeningFacts): No {
  if (stationIds.length === 0) return refuse("stations-missing");
  if (!stationIds.every((id) => facts.stationIds.has(id))) return refuse("station-unknown");
  if (target.kinds.length === 0) return refuse("target-missing");
  const inside = [...target.communityIds, ...target.beatIds].every((id) => {
    const station = facts.stationOfArea(id);
    return station !== undefined && stationIds.includes(station);
  });
  return inside ? null : refuse("target-outside-stations");
}

function checkForms({ forms, endsOn, target }: Campaign, facts: OpeningFacts): No {
  if (forms.length === 0) return refuse("forms-missing");
  for (const { code, version } of forms) {
    const form = facts.form(code, version);
    if (form === undefined) return refuse("form-unknown", { form: code, version });
    if (form.expiresOn < endsOn) {
      return refuse("form-expires-early", { form: code, expires: form.expiresOn });
    }
    if (!form.placeKinds.some((kind) => target.kinds.some((wanted) => wanted === kind))) {
      return refuse("form-unsuitable", { form: code });
    }
  }
  return null;
}

function checkTeams({ teams, stationIds }: Campaign, facts: OpeningFacts): No {
  if (teams.length === 0) return refuse("teams-missing");
  for (const team of teams) {
    const no = checkTeam(team, stationIds, facts);
    if (no !== null) return no;
  }
  return null;
}

function checkTeam(team: Team, stationIds: readonly Id[], facts: OpeningFacts): No {
  const { name, memberIds } = team;
  if (memberIds.length === 0) return refuse("team-empty", { team: name });
  if (memberIds.length > MAX_TEAM_MEMBERS) {
    return refuse("team-too-large", { team: name, max: MAX_TEAM_MEMBERS });
  }
  if (!stationIds.includes(team.stationId)) return refuse("team-outside-stations", { team: name });
  const members = memberIds.map((id) => facts.member(id));
  if (members.includes(undefined)) return refuse("team-member-unknown", { team: name });
  return members.some((member) => member?.sworn) ? null : refuse("auxiliary-alone", { team: name });
}

/** Closes an open campaign, early when its period still runs: the last day is then today. */
export function close(campaign: Campaign, today: LocalDate): Answer<Campaign> {
  if (campaign.state !== "open") return refuse("campaign-not-open");
  const endsOn = today < campaign.endsOn ? maxDate(today, campaign.startsOn) : campaign.endsOn;
  return accept({ ...campaign, state: "closed", endsOn, version: campaign.version + 1 });
}

function maxDate(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

/** A change of teams is allowed while the campaign runs: people fall ill and are posted elsewhere. */
export function setTeams(
  campaign: Campaign,
  teams: readonly Team[],
  facts: OpeningFacts,
): Answer<Campaign> {
  if (campaign.state === "closed") return refuse("campaign-not-open");
  const changed = { ...campaign, teams, version: campaign.version + 1 };
  if (campaign.state === "draft") return accept(changed);
  return checkTeams(changed, facts) ?? accept(changed);
}

/** Whether a campaign is about a place. */
function isTarget({ stationIds, target }: CampaignScope, place: TargetPlace): boolean {
  return (
    stationIds.includes(place.stationId) &&
    target.kinds.some((kind) => kind === place.kind) &&
    (target.communityIds.length === 0 ||
      (place.communityId !== null && target.communityIds.includes(place.communityId))) &&
    (target.beatIds.length === 0 ||
      (place.beatId !== null && target.beatIds.includes(place.beatId)))
  );
}

/**
 * The campaigns that a visit counts for, each once: those that were open at its time and are about
 * its place. A visit that arrives after the close still counts when it was made before.
 */
export function campaignsFor(
  place: TargetPlace,
  at: Instant,
  campaigns: readonly CampaignScope[],
): Id[] {
  const day = localDate(at);
  return campaigns
    .filter(
      (campaign) =>
        campaign.state !== "draft" &&
        campaign.startsOn <= day &&
        day <= campaign.endsOn &&
        isTarget(campaign, place),
    )
    .map(({ id }) => id)
    .sort();
}
