import { newId } from "../server/platform/crypto.ts";
import { addDays, localDate } from "@wanjia/domain/shared/instant";
import { asMember } from "./members.ts";
import type { CityServer } from "./server.ts";

const opened = new WeakMap<CityServer, Promise<void>>();

/** A campaign that is under way in both stations, with the household form and a leaflet to hand out. */
export function withCampaign(city: CityServer): Promise<void> {
  const before = opened.get(city) ?? openCampaign(city);
  opened.set(city, before);
  return before;
}

async function openCampaign(city: CityServer): Promise<void> {
  const { members, stations } = city.city;
  const { post } = asMember(city, "office");
  const today = localDate(Date.now());
  const form = await post("/forms", {
    code: "form_household",
    marks: {
      formNo: "WJ-A",
      issuingBody: { "zh-CN": "云汀市公安局", en: "Yunting Public Security Bureau" },
      approvalNo: "云统制〔2026〕1号",
      expiresOn: addDays(today, 365),
    },
  });
  const team = (name: string, stationId: string, ...memberIds: string[]) => ({
    id: newId(Date.now()),
    name,
    stationId,
    memberIds,
  });
  const campaign = await post("/campaigns", {
    name: "入户走访",
    nameEn: "Visits at home",
    track: "outreach",
    aim: "",
    startsOn: addDays(today, -7),
    endsOn: addDays(today, 30),
    phases: [],
    stationIds: [stations.first, stations.second],
    target: { kinds: ["dwelling_unit"], communityIds: [], beatIds: [] },
    forms: [{ code: form.code, version: form.version }],
    leaflets: [{ code: "anti_fraud", name: "反诈宣传单", nameEn: "Fraud leaflet", stock: 500 }],
    devices: [],
    teams: [
      team("东亭一组", stations.first, members.officer.id, members.auxiliary.id),
      team("东亭二组", stations.first, members.colleague.id),
      team("西亭一组", stations.first, members.westOfficer.id),
      team("南浦一组", stations.second, members.southOfficer.id),
    ],
    samplingPlan: false,
  });
  await post(`/campaigns/${campaign.id}/open`);
}
