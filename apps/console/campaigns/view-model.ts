import { open } from "@wanjia/domain/campaigns/rules";
import type {
  CampaignPlan,
  CampaignRefusal,
  StockItem,
  Team,
} from "@wanjia/domain/campaigns/terms";
import type { Posting } from "@wanjia/domain/organisation/terms";
import { addDays, daysBetween, type LocalDate } from "@wanjia/domain/shared/instant";
import type { Refusal } from "@wanjia/domain/shared/result";

export const STEPS = ["basics", "scope", "forms", "teams", "materials", "check"] as const;
export type Step = (typeof STEPS)[number];

const USUAL_DAYS = 30;

/** What a new campaign starts from: a month from today, homes, nothing chosen yet. */
export function emptyPlan(today: LocalDate): CampaignPlan {
  return {
    name: "",
    nameEn: "",
    track: "outreach",
    aim: "",
    startsOn: today,
    endsOn: addDays(today, USUAL_DAYS - 1),
    phases: [],
    stationIds: [],
    target: { kinds: ["dwelling_unit", "rural_house"], communityIds: [], beatIds: [] },
    forms: [],
    leaflets: [],
    devices: [],
    teams: [],
    samplingPlan: false,
  };
}

/** First and last day both count. */
export function planDays(plan: Pick<CampaignPlan, "startsOn" | "endsOn">): number {
  return daysBetween(plan.startsOn, plan.endsOn) + 1;
}

export interface PlanFacts {
  readonly today: LocalDate;
  readonly stations: readonly { readonly id: string }[];
  readonly beats: readonly { readonly id: string; readonly stationId: string }[];
  readonly communities: readonly { readonly id: string; readonly stationId: string }[];
  readonly members: readonly { readonly id: string; readonly sworn: boolean }[];
  readonly forms: readonly {
    readonly code: string;
    readonly version: number;
    readonly marks: { readonly expiresOn: LocalDate };
    readonly placeKinds: readonly string[];
  }[];
}

/** What each step of the plan draws and changes. */
export interface StepProps {
  plan: CampaignPlan;
  change: (part: Partial<CampaignPlan>) => void;
  facts: PlanFacts;
}

const NO_ID = "00000000-0000-4000-8000-000000000000";

/** What still stands between a plan and its opening, by the very rule that the server will run. */
export function whyNotYet(plan: CampaignPlan, facts: PlanFacts): Refusal<CampaignRefusal> | null {
  const areas = new Map(
    [...facts.beats, ...facts.communities].map(({ id, stationId }) => [id, stationId]),
  );
  const members = new Map(facts.members.map((member) => [member.id, member]));
  const answer = open(
    { ...plan, id: NO_ID, state: "draft", version: 1 },
    {
      today: facts.today,
      stationIds: new Set(facts.stations.map(({ id }) => id)),
      stationOfArea: (id) => areas.get(id),
      member: (id) => members.get(id),
      form: (code, version) => {
        const found = facts.forms.find((form) => form.code === code && form.version === version);
        return found && { expiresOn: found.marks.expiresOn, placeKinds: found.placeKinds };
      },
    },
  );
  return answer.ok ? null : answer.refusal;
}

const STEP_OF: Readonly<Record<CampaignRefusal, Step>> = {
  "campaign-not-draft": "check",
  "campaign-not-open": "check",
  "campaign-changed": "check",
  "name-missing": "basics",
  "period-reversed": "basics",
  "period-too-long": "basics",
  "period-over": "basics",
  "phase-outside-period": "basics",
  "stations-missing": "scope",
  "station-unknown": "scope",
  "target-missing": "scope",
  "target-outside-stations": "scope",
  "forms-missing": "forms",
  "form-unknown": "forms",
  "form-expires-early": "forms",
  "form-unsuitable": "forms",
  "teams-missing": "teams",
  "team-empty": "teams",
  "team-too-large": "teams",
  "team-outside-stations": "teams",
  "team-member-unknown": "teams",
  "auxiliary-alone": "teams",
  "stock-invalid": "materials",
  "stock-repeated": "materials",
};

/** Where a refusal is mended. */
export function stepOf(code: CampaignRefusal): Step {
  return STEP_OF[code];
}

/** Other stations: areas and teams of those that were left out go with them. */
export function withStations(
  plan: CampaignPlan,
  stationIds: readonly string[],
  facts: Pick<PlanFacts, "beats" | "communities">,
): CampaignPlan {
  const kept = new Set(stationIds);
  const inside = (areas: PlanFacts["beats"], ids: readonly string[]) =>
    ids.filter((id) => areas.some((area) => area.id === id && kept.has(area.stationId)));
  return {
    ...plan,
    stationIds,
    target: {
      ...plan.target,
      beatIds: inside(facts.beats, plan.target.beatIds),
      communityIds: inside(facts.communities, plan.target.communityIds),
    },
    teams: plan.teams.filter((team) => kept.has(team.stationId)),
  };
}

export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly sworn: boolean;
  readonly active: boolean;
  readonly postings: readonly Pick<
    Posting,
    "role" | "stationId" | "beatId" | "validFrom" | "validTo"
  >[];
}

const WALKING_ROLES: ReadonlySet<string> = new Set([
  "community_officer",
  "seconded_officer",
  "auxiliary",
  "station_leader",
]);

/** Members who may walk for a station on a day, officers first. */
export function membersOfStation<T extends TeamMember>(
  members: readonly T[],
  stationId: string,
  day: LocalDate,
): T[] {
  return members
    .filter(
      (member) =>
        member.active &&
        member.postings.some(
          (posting) =>
            posting.stationId === stationId &&
            WALKING_ROLES.has(posting.role) &&
            posting.validFrom <= day &&
            (posting.validTo === null || day < posting.validTo),
        ),
    )
    .toSorted((a, b) => Number(b.sworn) - Number(a.sworn) || a.name.localeCompare(b.name, "zh-CN"));
}

/**
 * One team for each beat of the chosen stations, from those posted to it. A beat without a sworn
 * officer gets no team: it would only be refused.
 */
export function suggestTeams(
  plan: Pick<CampaignPlan, "stationIds" | "target">,
  beats: readonly { readonly id: string; readonly stationId: string; readonly name: string }[],
  members: readonly TeamMember[],
  day: LocalDate,
  newId: () => string,
): Team[] {
  return beats
    .filter(
      (beat) =>
        plan.stationIds.includes(beat.stationId) &&
        (plan.target.beatIds.length === 0 || plan.target.beatIds.includes(beat.id)),
    )
    .flatMap((beat) => {
      const own = membersOfStation(members, beat.stationId, day).filter((member) =>
        member.postings.some((posting) => posting.beatId === beat.id),
      );
      if (!own.some((member) => member.sworn)) return [];
      return [
        {
          id: newId(),
          name: beat.name,
          stationId: beat.stationId,
          memberIds: own.map((member) => member.id),
        },
      ];
    });
}

export function hasSworn(
  team: Pick<Team, "memberIds">,
  members: readonly { readonly id: string; readonly sworn: boolean }[],
): boolean {
  return team.memberIds.some((id) => members.some((member) => member.id === id && member.sworn));
}

/** A form that can't be chosen, and why: it says so instead of vanishing. */
export function formObstacle(
  form: PlanFacts["forms"][number],
  plan: Pick<CampaignPlan, "endsOn" | "target">,
): "expires_early" | "unsuitable" | null {
  if (form.marks.expiresOn < plan.endsOn) return "expires_early";
  return form.placeKinds.some((kind) => plan.target.kinds.some((wanted) => wanted === kind))
    ? null
    : "unsuitable";
}

/** Replaces one item of a list that is edited in place. */
export function replaceAt<T>(items: readonly T[], at: number, item: T): T[] {
  return items.map((kept, index) => (index === at ? item : kept));
}

export function removeAt<T>(items: readonly T[], at: number): T[] {
  return items.filter((_, index) => index !== at);
}

/** A code that is free: `item_1`, `item_2`, … */
export function freeCode(items: readonly Pick<StockItem, "code">[]): string {
  let number = items.length + 1;
  while (items.some(({ code }) => code === `item_${number}`)) number += 1;
  return `item_${number}`;
}

export interface TargetCount {
  readonly stationId: string;
  readonly beatId: string | null;
  readonly kind: string;
  readonly places: number;
}

export interface TargetLine {
  readonly stationId: string;
  readonly beatId: string | null;
  readonly byKind: Readonly<Record<string, number>>;
  readonly total: number;
}

/** Counts by beat and kind as a table's lines, and the sum of all. */
export function targetTable(counts: readonly TargetCount[]): {
  lines: TargetLine[];
  kinds: string[];
  total: number;
} {
  const lines = new Map<string, TargetLine>();
  const kinds = new Set<string>();
  let total = 0;
  for (const { stationId, beatId, kind, places } of counts) {
    const key = `${stationId} ${beatId ?? ""}`;
    const line = lines.get(key) ?? { stationId, beatId, byKind: {}, total: 0 };
    lines.set(key, {
      ...line,
      byKind: { ...line.byKind, [kind]: (line.byKind[kind] ?? 0) + places },
      total: line.total + places,
    });
    kinds.add(kind);
    total += places;
  }
  return { lines: [...lines.values()], kinds: [...kinds], total };
}
