/** The two campaigns of the demo: 平安入户 in its second week, and a small one that is over. */
import type { CampaignPlan } from "@wanjia/domain/campaigns/terms";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  HOUR_MS,
  type Instant,
  localDate,
  type LocalDate,
  startOfLocalDay,
  weekday,
} from "@wanjia/domain/shared/instant";
import { type City, idOf } from "./terms.ts";
import { peopleOf } from "./people.ts";

export interface Team {
  readonly id: Id;
  readonly stationId: Id;
  readonly beatId: Id;
  readonly name: string;
  /** Sworn, keeps the records. */
  readonly lead: Id;
  readonly memberIds: readonly Id[];
}

export interface PlannedCampaign {
  readonly id: Id;
  readonly plan: CampaignPlan;
  readonly teams: readonly Team[];
  readonly openAt: Instant;
  readonly closeAt: Instant | null;
}

/** Leaflets by code; a visit names them. */
const LEAFLETS = [
  { code: "anti_fraud", name: "反诈宣传单", nameEn: "Fraud leaflet", stock: 8_000 },
  { code: "fire_safety", name: "家庭防火提示", nameEn: "Fire safety at home", stock: 5_000 },
  { code: "contact_card", name: "警民联系卡", nameEn: "Contact card", stock: 10_000 },
] as const;

function teamsOf(city: City, beatIndexes: readonly number[], kind: 0 | 1): Team[] {
  const people = peopleOf(city);
  return beatIndexes.flatMap((b): Team[] => {
    const beat = city.beats[b];
    if (beat === undefined) return [];
    const short = beat.name.replace("警务区", "");
    const team = (n: number, lead: Id): Team => ({
      id: idOf(city.seed, "team", (kind + 1) * 0x1000 + b * 2 + n),
      stationId: beat.stationId,
      beatId: beat.id,
      name: `${short}${n === 0 ? "一" : "二"}组`,
      lead,
      memberIds: [lead, people.auxiliary(beat.id, n)],
    });
    const first = team(0, people.officer(beat.id));
    return kind === 0 ? [first, team(1, people.seconded(beat.id))] : [first];
  });
}

function plainTeams(teams: readonly Team[]): CampaignPlan["teams"] {
  return teams.map(({ id, name, stationId, memberIds }) => ({ id, name, stationId, memberIds }));
}

/** The Monday of the week before: on whatever day the demo is started, it is the second week. */
export function mainStart(now: Instant): LocalDate {
  const today = localDate(now);
  return addDays(today, -(weekday(today) - 1) - 7);
}

export function campaignsAt(
  city: City,
  now: Instant,
): { main: PlannedCampaign; early: PlannedCampaign } {
  const start = mainStart(now);
  const allBeats = city.beats.map((_, b) => b);
  const mainTeams = teamsOf(city, allBeats, 0);
  const earlyBeats = [0, 1];
  const earlyTeams = teamsOf(city, earlyBeats, 1);
  const earlyStart = addDays(start, -63);
  const earlyStations = [...new Set(earlyTeams.map(({ stationId }) => stationId))];
  return {
    main: {
      id: idOf(city.seed, "campaign", 1),
      openAt: startOfLocalDay(addDays(start, -3)) + 10 * HOUR_MS,
      closeAt: null,
      teams: mainTeams,
      plan: {
        name: "平安入户",
        nameEn: "Safe homes",
        track: "outreach",
        aim: "逐户上门听意见、办实事、查隐患；每件事都有答复。",
        startsOn: start,
        endsOn: addDays(start, 34),
        phases: [
          {
            name: "准备实施",
            nameEn: "Preparing",
            startsOn: start,
            endsOn: addDays(start, 2),
          },
          {
            name: "集中走访",
            nameEn: "Visiting",
            startsOn: addDays(start, 3),
            endsOn: addDays(start, 27),
          },
          {
            name: "重点深化",
            nameEn: "Following up",
            startsOn: addDays(start, 28),
            endsOn: addDays(start, 34),
          },
        ],
        stationIds: city.stations.map(({ id }) => id),
        target: {
          kinds: ["dwelling_unit", "rural_house", "shop", "organisation"],
          communityIds: [],
          beatIds: [],
        },
        forms: [
          { code: "form_household", version: 1 },
          { code: "form_shop", version: 1 },
          { code: "form_organisation", version: 1 },
        ],
        leaflets: LEAFLETS,
        devices: [{ code: "phone", name: "走访手机", nameEn: "Phones", stock: 40 }],
        teams: plainTeams(mainTeams),
        samplingPlan: false,
      },
    },
    early: {
      id: idOf(city.seed, "campaign", 2),
      openAt: startOfLocalDay(addDays(earlyStart, -2)) + 15 * HOUR_MS,
      closeAt: startOfLocalDay(addDays(earlyStart, 10)) + 9 * HOUR_MS,
      teams: earlyTeams,
      plan: {
        name: "秋季防火走访",
        nameEn: "Autumn fire safety visits",
        track: "hazard_survey",
        aim: "两个警务区的楼道充电和安全出口。",
        startsOn: earlyStart,
        endsOn: addDays(earlyStart, 9),
        phases: [],
        stationIds: earlyStations,
        target: {
          kinds: ["dwelling_unit", "rural_house"],
          communityIds: [],
          beatIds: earlyBeats.flatMap((b) => city.beats[b]?.id ?? []),
        },
        forms: [{ code: "form_household", version: 1 }],
        leaflets: LEAFLETS,
        devices: [],
        teams: plainTeams(earlyTeams),
        samplingPlan: false,
      },
    },
  };
}
