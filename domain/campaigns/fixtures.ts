import type { OpeningFacts } from "./rules.ts";
import type { Campaign, CampaignPlan } from "./terms.ts";

export const STATION = "00000000-0000-4000-8000-000000000101";
export const BEAT = "00000000-0000-4000-8000-000000000201";
export const COMMUNITY = "00000000-0000-4000-8000-000000000301";
export const OFFICER = "00000000-0000-4000-8000-000000000401";
export const AUXILIARY = "00000000-0000-4000-8000-000000000402";
export const CAMPAIGN = "00000000-0000-4000-8000-000000000501";

/** A plan that may be opened as it is. */
export function aPlan(changes: Partial<CampaignPlan> = {}): CampaignPlan {
  return {
    name: "平安入户",
    nameEn: "Safe homes",
    track: "outreach",
    aim: "",
    startsOn: "2026-11-01",
    endsOn: "2026-11-30",
    phases: [],
    stationIds: [STATION],
    target: { kinds: ["dwelling_unit", "rural_house"], communityIds: [], beatIds: [] },
    forms: [{ code: "form_household", version: 1 }],
    leaflets: [{ code: "anti_fraud", name: "反诈宣传单", nameEn: "Fraud leaflet", stock: 5000 }],
    devices: [],
    teams: [
      {
        id: "00000000-0000-4000-8000-000000000601",
        name: "一组",
        stationId: STATION,
        memberIds: [OFFICER, AUXILIARY],
      },
    ],
    samplingPlan: false,
    ...changes,
  };
}

export function aCampaign(changes: Partial<Campaign> = {}): Campaign {
  return { ...aPlan(), id: CAMPAIGN, state: "draft", version: 1, ...changes };
}

export function openingFacts(changes: Partial<OpeningFacts> = {}): OpeningFacts {
  return {
    today: "2026-10-28",
    stationIds: new Set([STATION]),
    stationOfArea: (id) => (id === BEAT || id === COMMUNITY ? STATION : undefined),
    member: (id) => (id === OFFICER || id === AUXILIARY ? { sworn: id === OFFICER } : undefined),
    form: (code, version) =>
      code === "form_household" && version === 1
        ? { expiresOn: "2027-12-31", placeKinds: ["dwelling_unit", "rural_house"] }
        : undefined,
    ...changes,
  };
}
