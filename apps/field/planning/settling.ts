/**
 * Walks settled on the phone, with a network or without: judged here by the rule of the desk and the
 * server, shown at once, and sent like a visit. The server judges again, by all that it knows.
 */
import type { Beliefs } from "@wanjia/domain/planning/beliefs";
import { unpackRates } from "@wanjia/domain/planning/packed";
import type { RefuseReason } from "@wanjia/domain/planning/settling";
import {
  changeOf,
  type DayWalk,
  settle,
  type SettleRefusal,
  type SettleStep,
  type SettleWalk,
  takeStep,
  type TeamDay,
} from "@wanjia/domain/planning/settle";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, weekday } from "@wanjia/domain/shared/instant";
import { refuse, type Result } from "@wanjia/domain/shared/result";
import type { Command } from "@wanjia/sync/protocol";
import type { BlockKey } from "@wanjia/domain/places/walk-block";
import type { SeenDoor } from "../visits/view-model.ts";
import type { Mine } from "../shell/records.ts";
import { basisOf, type PhoneWalk, type PlanSection } from "./plan-section.ts";
import { situationOf } from "./rest-of-day.ts";

export type SettleCommand = Command<"planning.settle", SettleWalk>;

export function isSettleCommand(command: Command): command is SettleCommand {
  return command.type === "planning.settle";
}

type Doors = ReadonlyMap<Id, SeenDoor>;

/** Under which a walk's own commands are kept on the disk. */
export function blockOfWalk(id: Id): BlockKey {
  return `walk ${id}`;
}

/** What the officer has settled of a walk, to be sent; or why not. */
export function settleHere(
  section: PlanSection,
  doors: Doors,
  id: Id,
  step: SettleStep,
  stamp: { readonly id: Id; readonly at: Instant },
): Result<SettleCommand, SettleRefusal | "walk-changed" | "walk-over"> {
  const walk = section.walks.find((one) => one.id === id);
  const base = walk?.version;
  if (walk === undefined || base === undefined) return refuse("walk-changed");
  const of = teamDayOf(section, doors, walk, stamp.at);
  if (of === undefined) return refuse("walk-changed");
  const settled = settle(of, dayWalkOf(of, walk), step);
  if (!settled.ok) return settled;
  const { campaignId, teamId, day, from } = walk;
  const body = { walkId: id, campaignId, teamId, day, from, step };
  return { ok: true, value: { ...stamp, type: "planning.settle", base, body } };
}

/** The walks as they stand with what was settled here since they were pulled. */
export function withSettled(
  section: PlanSection,
  doors: Doors,
  mine: readonly Mine[],
  own: { readonly id: Id; readonly name: string },
): PlanSection {
  return mine.reduce((before, { command, refused }) => {
    if (refused || !isSettleCommand(command)) return before;
    const { walkId, step } = command.body;
    const walk = before.walks.find(({ id }) => id === walkId);
    // Another version: the server has it by now, or somebody was quicker and it refuses.
    if (walk === undefined || walk.version !== command.base) return before;
    const of = teamDayOf(before, doors, walk, command.at);
    const taken = of && takeStep(of, dayWalkOf(of, walk), step);
    if (!taken?.ok) return before;
    const change = changeOf(step);
    const by = { by: own.name, byId: own.id };
    const after: PhoneWalk = {
      ...asPhoneWalk(walk, taken.value),
      version: (walk.version ?? 0) + 1,
      changed: { at: command.at, ...by, change, unsent: true },
    };
    return { ...before, walks: before.walks.map((one) => (one === walk ? after : one)) };
  }, section);
}

/** The team's day on the ground that this phone knows. */
function teamDayOf(
  section: PlanSection,
  doors: Doors,
  walk: PhoneWalk,
  now: Instant,
): TeamDay | undefined {
  const basis = basisOf(section, walk);
  if (basis === undefined) return undefined;
  const { teamId, campaignId, day } = walk;
  const walks = section.walks.filter(
    (one) => one.teamId === teamId && one.campaignId === campaignId && one.day === day,
  );
  const situation = situationOf(basis, walk, new Set(), doors, now);
  const blocks = walks.map(({ from, to, crew }) => ({
    day: situation.day,
    weekday: weekday(day),
    from,
    to,
    crew,
  }));
  const beliefs: Beliefs = {
    city: unpackRates(basis.city),
    rates: basis.buildings.map(({ rates }) => rates),
    masses: [],
  };
  const others = section.walks.filter((one) => one.day === day && one.teamId !== teamId);
  const of = { situation: { ...situation, blocks }, beliefs, coverage: [] };
  return {
    ...of,
    walks: walks.map((one) => dayWalkOf(of, one)),
    elsewhere: new Set(others.flatMap(({ stops }) => stops.map(([, doorId]) => doorId))),
  };
}

function dayWalkOf({ situation }: Pick<TeamDay, "situation">, walk: PhoneWalk): DayWalk {
  const { id, state, reason, pinned, from, to, crew, endsAt } = walk;
  return {
    id,
    state,
    reason,
    pinned,
    walk: {
      block: { day: situation.day, weekday: weekday(walk.day), from, to, crew },
      stops: walk.stops.map(([buildingId, doorId, at, why]) => ({
        buildingId,
        doorId,
        at,
        reason: why,
      })),
      expectedContacts: 0,
      endsAt,
    },
  };
}

function asPhoneWalk(before: PhoneWalk, { state, reason, pinned, walk }: DayWalk): PhoneWalk {
  return {
    ...before,
    state: state === "refused" ? "refused" : "planned",
    reason: reason as RefuseReason | null,
    pinned,
    endsAt: walk.endsAt,
    stops: walk.stops.map(
      ({ buildingId, doorId, at, reason: why }) => [buildingId, doorId, at, why] as const,
    ),
  };
}
