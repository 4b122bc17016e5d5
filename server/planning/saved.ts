/** Walks as they are saved: what was planned beside what people settled, and what of that couldn't be kept. */
import type { Campaign } from "@wanjia/domain/campaigns/terms";
import type { Settled } from "@wanjia/domain/planning/change";
import type { DayPlan, Walk } from "@wanjia/domain/planning/terms";
import type { choicesOf, Unkept } from "@wanjia/domain/planning/unit";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Fact } from "../platform/audit.ts";
import { type Ground, toBlock } from "./ground.ts";
import type { SavedWalk } from "./walk-queries.ts";

/** A walk of fewer doors says nothing of whom it may meet: that would be a guess about homes. */
const FEW_DOORS = 5;

/** The reason of a walk that was settled and isn't gone: a rule was in its way. */
const UNKEPT = "unkept";

/**
 * A minute of the day that is planned, before which walks have begun; of a day ahead none has. What was
 * left out may still be gone.
 */
export function hasBegun({ from, to, state }: SavedWalk, minute: number): boolean {
  return state === "left_out" ? to <= minute : from <= minute;
}

export function settledOf(campaign: Campaign, all: readonly SavedWalk[], minute: number): Settled {
  const begun = all.filter((walk) => hasBegun(walk, minute));
  const walks = all.filter((walk) => !hasBegun(walk, minute));
  return {
    begun: {
      at: minute,
      walks: begun.filter(({ state }) => state === "planned").map((walk) => toWalk(campaign, walk)),
      refused: begun
        .filter(({ state }) => state === "refused")
        .map((walk) => toBlock(campaign, walk)),
    },
    kept: walks
      .filter(({ pinned, state }) => pinned && state === "planned")
      .map((walk) => toWalk(campaign, walk)),
    refused: walks
      .filter(({ state }) => state === "refused")
      .map((walk) => toBlock(campaign, walk)),
  };
}

export function toWalk(campaign: Campaign, walk: SavedWalk): Walk {
  return {
    block: toBlock(campaign, walk),
    stops: walk.stops.map(({ building, placeId, at, reason }) => ({
      buildingId: building,
      doorId: placeId,
      at,
      reason,
    })),
    expectedContacts: walk.contacts ?? 0,
    endsAt: walk.endsAt,
  };
}

/** Choices with the names and points of their buildings, as screens show them. */
export function describedChoices(
  choices: ReturnType<typeof choicesOf>,
  { about }: Ground,
): SavedWalk["choices"] {
  return choices.map(({ buildingId, at, ...rest }) => ({
    building: buildingId,
    name: about.get(buildingId)?.name ?? "",
    point: about.get(buildingId)?.point ?? null,
    at: Math.round(at),
    ...rest,
  }));
}

export function contactsOf({ stops, expectedContacts }: Walk): number | null {
  return stops.length < FEW_DOORS ? null : Math.round(expectedContacts);
}

export function savedStops({ stops }: Walk): SavedWalk["stops"] {
  return stops.map(({ buildingId, doorId, at, reason }) => ({
    building: buildingId,
    placeId: doorId,
    at,
    reason,
  }));
}

type Where = Pick<SavedWalk, "campaignId" | "stationId" | "beatId" | "teamId" | "day" | "begins">;

/** Neither an id nor a time: `dated` gives them. */
const FRESH = { id: "", pinned: false, changes: [], version: 1 };
const NOT_YET = 0;

/** A team's day. What was changed by hand keeps its history, though it couldn't be kept itself. */
export function savedWalks(
  plan: Pick<DayPlan, "walks" | "skipped">,
  unkept: readonly Unkept[],
  where: Where,
  before: readonly SavedWalk[],
  describe: (walk: Walk) => SavedWalk["choices"],
): SavedWalk[] {
  const faultsAt = (from: number) => unkept.find(({ block }) => block.from === from)?.faults;
  const history = (from: number): Pick<SavedWalk, "id" | "pinned" | "changes" | "version"> => {
    const old = before.find((one) => one.from === from);
    if (old === undefined) return FRESH;
    // A team's hours of a day are one walk, however often it is planned: calendars and phones know it so.
    const { id, changes, version } = old;
    const faults = faultsAt(from);
    if (faults === undefined) return { id, version: version + 1, changes, pinned: false };
    const told = { at: NOT_YET, by: null, change: UNKEPT, faults };
    return { id, version: version + 1, changes: [...changes, told], pinned: false };
  };
  const walked = plan.walks.map((walk): SavedWalk => {
    const { from, to, crew } = walk.block;
    const old = before.find((one) => one.from === from);
    const isSettled =
      old?.pinned === true && old.state === "planned" && faultsAt(from) === undefined;
    const { id, pinned, changes, version } = isSettled ? old : history(from);
    // Of a settled walk the doors that were met since are gone, and its times with them.
    const isShorter = isSettled && walk.stops.length < old.stops.length;
    return {
      id,
      pinned,
      changes,
      version: isShorter ? version + 1 : version,
      ...where,
      from,
      to,
      crew,
      endsAt: walk.endsAt,
      state: "planned",
      reason: null,
      contacts: contactsOf(walk),
      choices: describe(walk),
      stops: savedStops(walk),
    };
  });
  const left = plan.skipped.map(({ block, reason }): SavedWalk => {
    const { from, to, crew } = block;
    const old = before.find((one) => one.from === from);
    if (reason === "refused" && old !== undefined) return old;
    return { ...history(from), ...where, ...nobodyGoes({ from, to, crew }, reason) };
  });
  const planned = new Set([...walked, ...left].map(({ from }) => from));
  const elsewhere = before
    .filter(({ from }) => !planned.has(from))
    .filter(({ from, reason }) => faultsAt(from) !== undefined || reason === UNKEPT)
    .map((old): SavedWalk => ({ ...old, ...history(old.from), ...nobodyGoes(old, UNKEPT) }));
  return [...walked, ...left, ...elsewhere];
}

function nobodyGoes({ from, to, crew }: Pick<SavedWalk, "from" | "to" | "crew">, reason: string) {
  const none = { contacts: null, choices: [], stops: [] };
  return { ...none, from, to, crew, endsAt: to, state: "left_out", reason } as const;
}

/** With an id, and the time at which it couldn't be kept. */
export function dated(walk: SavedWalk, newId: Id, now: Instant): SavedWalk {
  const changes = walk.changes.map((one) => (one.at === NOT_YET ? { ...one, at: now } : one));
  return { ...walk, id: walk.id === "" ? newId : walk.id, changes };
}

/** For the trail: what was settled and couldn't be kept just now. */
export function unkeptFacts(walks: readonly SavedWalk[], now: Instant): Fact[] {
  return walks.flatMap(({ id, stationId, day, teamId, changes }): Fact[] => {
    const last = changes.at(-1);
    if (last?.change !== UNKEPT || last.at !== now) return [];
    const detail = { day, teamId, faults: last.faults };
    return [{ action: "walk.unkept", subjectKind: "walk", subjectId: id, stationId, detail }];
  });
}
