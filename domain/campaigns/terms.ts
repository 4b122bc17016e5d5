/** The words of campaigns: a period, the places it is about, who goes, and what they hand out. */
import type { Id } from "../shared/id.ts";
import type { LocalDate } from "../shared/instant.ts";
import type { VisitableKind } from "../places/terms.ts";

export const CAMPAIGN_STATES = ["draft", "open", "closed"] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** What the campaign is for. S1's three tracks; 排查 is limited to places and hazards. */
export const CAMPAIGN_TRACKS = ["outreach", "hazard_survey", "research"] as const;
export type CampaignTrack = (typeof CAMPAIGN_TRACKS)[number];

/** Which places a campaign is about. An empty list of areas means all of its stations. */
interface CampaignTarget {
  readonly kinds: readonly VisitableKind[];
  readonly communityIds: readonly Id[];
  readonly beatIds: readonly Id[];
}

export interface CampaignForm {
  readonly code: string;
  readonly version: number;
}

/** A stretch of the campaign with a name of its own (准备实施, 集中走访, 重点深化). */
interface CampaignPhase {
  readonly name: string;
  readonly nameEn: string;
  readonly startsOn: LocalDate;
  /** The last day. */
  readonly endsOn: LocalDate;
}

/** Who goes together (捆绑作业). At least one of them is a sworn officer. */
export interface Team {
  readonly id: Id;
  readonly name: string;
  readonly stationId: Id;
  readonly memberIds: readonly Id[];
}

/** Something to hand out, with how many there are. Two kinds: paper for residents, devices for teams. */
export interface StockItem {
  /** Short and stable, such as `anti_fraud`; what a visit's `leaflets` name. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly stock: number;
}

/** What a draft can hold; `openCampaign` says what is missing before it may be opened. */
export interface CampaignPlan {
  readonly name: string;
  readonly nameEn: string;
  readonly track: CampaignTrack;
  readonly aim: string;
  readonly startsOn: LocalDate;
  /** The last day, as people of the trade say it; the period is `startsOn` to `endsOn` inclusive. */
  readonly endsOn: LocalDate;
  readonly phases: readonly CampaignPhase[];
  readonly stationIds: readonly Id[];
  readonly target: CampaignTarget;
  readonly forms: readonly CampaignForm[];
  readonly leaflets: readonly StockItem[];
  readonly devices: readonly StockItem[];
  readonly teams: readonly Team[];
  /** Whether an approved sampling plan needs the question about household size (Form A, A6). */
  readonly samplingPlan: boolean;
}

export interface Campaign extends CampaignPlan {
  readonly id: Id;
  readonly state: CampaignState;
  /** Grows with every change; an edit names the version it started from. */
  readonly version: number;
}

/** What must be known of a campaign to tell whether a visit counts for it. */
export type CampaignScope = Pick<
  Campaign,
  "id" | "state" | "startsOn" | "endsOn" | "stationIds" | "target"
>;

/** What must be known of a place to tell whether a campaign is about it. */
export interface TargetPlace {
  readonly kind: string;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly communityId: Id | null;
}

export type CampaignRefusal =
  | "campaign-not-draft"
  | "campaign-not-open"
  | "campaign-changed"
  | "name-missing"
  | "period-reversed"
  | "period-too-long"
  | "period-over"
  | "phase-outside-period"
  | "stations-missing"
  | "station-unknown"
  | "target-missing"
  | "target-outside-stations"
  | "forms-missing"
  | "form-unknown"
  | "form-expires-early"
  | "form-unsuitable"
  | "teams-missing"
  | "team-empty"
  | "team-too-large"
  | "team-outside-stations"
  | "team-member-unknown"
  | "auxiliary-alone"
  | "stock-invalid"
  | "stock-repeated";
