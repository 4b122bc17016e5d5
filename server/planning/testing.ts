/** An open campaign of November for tests of planning: its first station's doors, and teams that walk. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { type Client, type TestApp, TEST_NOW } from "../testing.ts";

/** Wednesday 2026-11-11, the day after the test's evening. */
export const TOMORROW = "2026-11-11";

export function anId(): Id {
  return uuidv7(TEST_NOW, randomBytes(10));
}

export async function openWalks(
  app: TestApp,
  teams: readonly { readonly name: string; readonly memberIds: readonly Id[] }[],
  kinds: readonly string[] = ["dwelling_unit"],
): Promise<Id> {
  const office = await app.as("office");
  const { stations } = app.city;
  const marks = {
    formNo: "WJ-A",
    issuingBody: { "zh-CN": "云汀市公安局", en: "Yunting Public Security Bureau" },
    approvalNo: "",
    expiresOn: "2027-12-31",
  };
  const form = await office.post("/forms", { code: "form_household", marks });
  const drafted = await office.post("/campaigns", {
    name: "平安入户",
    nameEn: "Safe homes",
    track: "outreach",
    aim: "",
    startsOn: "2026-11-02",
    endsOn: "2026-11-30",
    phases: [],
    stationIds: [stations.first],
    target: { kinds, communityIds: [], beatIds: [] },
    forms: [{ code: "form_household", version: form.body.version }],
    leaflets: [],
    devices: [],
    teams: teams.map((team) => ({ id: anId(), stationId: stations.first, ...team })),
    samplingPlan: false,
  });
  assert.equal(drafted.status, 200, drafted.text);
  const opened = await office.post(`/campaigns/${drafted.body.id}/open`);
  assert.equal(opened.status, 200, opened.text);
  return drafted.body.id;
}

/** Of the plan that a phone is told, what tests look at. */
export interface PhonePlan {
  walks: {
    id: Id;
    version: number;
    campaignId: Id;
    teamId: Id;
    day: string;
    from: number;
    state: string;
    stops: unknown[];
    mayChange: boolean;
    changed: { change: string; byId: Id } | null;
    news: { change: string; byId: Id } | null;
  }[];
  bases: {
    basis: {
      beyond: number;
      city: { byType: Record<string, number[]> };
      buildings: { id: string; premises: string; rates: number[]; packs: Record<string, Id[]> }[];
    };
  }[];
}

export async function phonePlan(phone: Client): Promise<PhonePlan> {
  return (await phone.get("/sync/context")).body.sections.plan;
}
