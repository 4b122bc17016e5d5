import type { CountedVisit } from "./counting.ts";
import { type CountedMatter, matterDelta, type MatterStep } from "./counting-matters.ts";
import type { Delta } from "./terms.ts";

const STATION = "01939000-0000-7000-8000-000000000001";
const BEAT = "01939000-0000-7000-8000-000000000002";
const BUILDING = "01939000-0000-7000-8000-000000000003";
const OFFICER = "01939000-0000-7000-8000-000000000004";

/** 2026-11-22 19:30 in Shanghai, a Sunday. */
const EVENING = 1_795_347_000_000;

/** A completed visit to a home, in no campaign. */
export function countedVisit(some: Partial<CountedVisit> = {}): CountedVisit {
  return {
    placeKind: "dwelling_unit",
    stationId: STATION,
    beatId: BEAT,
    buildingId: BUILDING,
    communityId: null,
    campaignIds: [],
    team: [OFFICER],
    outcome: "completed_doorstep",
    completed: true,
    visitedAt: EVENING,
    arranged: "none",
    leafletCount: 0,
    formCode: null,
    ...some,
  };
}

/** An opinion, just registered. */
export function countedMatter(some: Partial<CountedMatter> = {}): CountedMatter {
  return {
    kind: "opinion",
    stationId: STATION,
    beatId: BEAT,
    feedback: "sms",
    reporter: "resident",
    anonymous: false,
    outcome: null,
    reason: null,
    registeredAt: EVENING,
    dueOn: "2026-12-11",
    acceptedAt: null,
    informedAt: null,
    resolvedAt: null,
    clearedAt: null,
    answeredAt: null,
    closedAt: null,
    disposition: null,
    merged: null,
    reopened: 0,
    ...some,
  };
}

/** What a step of a matter in no campaign adds. */
export function step(
  before: CountedMatter | null,
  after: CountedMatter,
  now: number,
  events: MatterStep["events"] = [],
): Delta {
  return matterDelta({ before, after, now, events, campaignIds: [] });
}
