import type { Id } from "../shared/id.ts";
import { HOUR_MS, type Instant, startOfLocalDay } from "../shared/instant.ts";
import type { Result } from "../shared/result.ts";
import type { VisitContext, VisitPlace } from "./context.ts";
import type { CorrectionContext } from "./correct.ts";
import { NEW_DOOR } from "./door.ts";
import { householdForm } from "./form-household.ts";
import { organisationForm } from "./form-organisation.ts";
import { shopForm } from "./form-shop.ts";
import type { NoteContext } from "./note.ts";
import { record } from "./record.ts";
import type { DoorState, Outcome, RecordVisit, Visit } from "./terms.ts";

const STATION = "00000000-0000-4000-8000-000000000101";
export const BEAT = "00000000-0000-4000-8000-000000000201";
export const OTHER_BEAT = "00000000-0000-4000-8000-000000000202";
const COMMUNITY = "00000000-0000-4000-8000-000000000301";
export const OFFICER = "00000000-0000-4000-8000-000000000401";
export const AUXILIARY = "00000000-0000-4000-8000-000000000402";
export const COLLEAGUE = "00000000-0000-4000-8000-000000000403";
export const CAMPAIGN = "00000000-0000-4000-8000-000000000501";
export const HOME = "00000000-0000-4000-8000-000000000701";
export const NEXT_DOOR = "00000000-0000-4000-8000-000000000702";
const BUILDING = "00000000-0000-4000-8000-000000000700";

/** A Tuesday. */
export const DAY: Instant = startOfLocalDay("2026-11-10");
export const MORNING = DAY + 10 * HOUR_MS;
export const EVENING = DAY + 19.5 * HOUR_MS;
export const SATURDAY = DAY + (4 * 24 + 15) * HOUR_MS;

export function anId(n: number): Id {
  return `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
}

export function aPlace(changes: Partial<VisitPlace> = {}): VisitPlace {
  return {
    id: HOME,
    kind: "dwelling_unit",
    status: "confirmed",
    buildingId: BUILDING,
    communityId: COMMUNITY,
    stationId: STATION,
    beatId: BEAT,
    ...changes,
  };
}

/** A visit at the doorstep that may be recorded as it is. */
export function aVisit(changes: Partial<RecordVisit> = {}): RecordVisit {
  const startedAt = changes.startedAt ?? EVENING;
  return {
    placeId: HOME,
    outcome: "completed_doorstep",
    startedAt,
    endedAt: startedAt + 240_000,
    team: [OFFICER, AUXILIARY],
    noticeGiven: "oral_and_card",
    idShown: true,
    ...changes,
  };
}

/** A knock that nobody answered. */
export function aKnock(startedAt: Instant, changes: Partial<RecordVisit> = {}): RecordVisit {
  return {
    placeId: HOME,
    outcome: "no_answer",
    startedAt,
    endedAt: startedAt + 60_000,
    team: [OFFICER, AUXILIARY],
    ...changes,
  };
}

export function aContext(changes: Partial<VisitContext> = {}): VisitContext {
  const now = changes.now ?? DAY + 10 * 24 * HOUR_MS;
  return {
    id: anId(1),
    now,
    at: now,
    correctedAt: now,
    atDesk: false,
    base: 0,
    author: OFFICER,
    beatIds: [BEAT],
    place: aPlace(),
    member: (id) =>
      [OFFICER, AUXILIARY, COLLEAGUE].includes(id) ? { sworn: id !== AUXILIARY } : undefined,
    campaignsAt: () => [CAMPAIGN],
    alive: new Set([CAMPAIGN]),
    leafletCodes: new Set(["anti_fraud", "fire_safety"]),
    form: (code, version) =>
      [householdForm, shopForm, organisationForm].find(
        (form) => form.code === code && form.version === version,
      ),
    inspect: () => [],
    samplingPlan: () => false,
    ...changes,
  };
}

/** A visit in which the resident ended the matter for this campaign, or for longer. */
export function anEnding(outcome: Outcome): RecordVisit {
  return aVisit({ outcome, idShown: true, noticeGiven: "declined_to_hear" });
}

export function correcting(
  original: Visit,
  changes: Partial<CorrectionContext> = {},
): CorrectionContext {
  return {
    ...aContext({ id: anId(90) }),
    original,
    correctedBy: null,
    mayCorrectOthers: false,
    ...changes,
  };
}

export function aNote(changes: Partial<NoteContext> = {}): NoteContext {
  const { now, correctedAt, base, author, place } = aContext();
  return { now, correctedAt, base, author, place, inspect: () => [], ...changes };
}

/** What a rule accepted; throws the refusal. */
export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

/** Why a rule refused; undefined when it accepted. */
export function refusal(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.refusal.code;
}

/** The door after visits, recorded one after the other by somebody who saw each before. */
export function after(
  visits: readonly RecordVisit[],
  changes: Partial<VisitContext> = {},
): DoorState {
  return visits.reduce<DoorState>((door, visit, index) => {
    const context = aContext({ id: anId(index + 1), base: door.version, ...changes });
    return accepted(record(door, visit, context)).door;
  }, NEW_DOOR);
}
