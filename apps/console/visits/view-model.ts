import { floorOf } from "@wanjia/domain/places/normalise";
import { partKey } from "@wanjia/domain/places/sort-key";
import { addDays, isLocalDate } from "@wanjia/domain/shared/instant";
import type { ListedOutcome } from "@wanjia/domain/visits/policy";
import type { DoorStatus, Outcome } from "@wanjia/domain/visits/terms";
import type { ListInput } from "../shell/url-state.ts";

// -- the list -------------------------------------------------------------------------------------

/** A reader names the last day; the server wants the first day that is no longer included. */
export function visitInput(input: ListInput): ListInput {
  const { from, to, ...rest } = input;
  const asked: ListInput = rest;
  if (typeof from === "string" && isLocalDate(from)) asked["from"] = from;
  if (typeof to === "string" && isLocalDate(to)) asked["to"] = addDays(to, 1);
  return asked;
}

/** Colour and icon of an outcome. Every ending without a meeting looks the same. */
export function outcomeTone(
  outcome: ListedOutcome | Outcome,
): "met" | "again" | "appointment" | "ended" {
  switch (outcome) {
    case "completed_inside":
    case "completed_doorstep":
    case "completed_elsewhere":
      return "met";
    case "rescheduled":
    case "phone_only":
      return "appointment";
    case "not_met":
    case "no_answer":
    case "refused":
    case "asked_not_to_visit":
    case "vacant_observed":
    case "inaccessible":
    case "unsafe":
      return "again";
    case "not_residential":
    case "wrong_address":
      return "ended";
  }
}

// -- the building ---------------------------------------------------------------------------------

export interface Door {
  readonly placeId: string;
  readonly entranceNo: string | null;
  readonly floorNo: string | null;
  readonly unitNo: string | null;
  readonly place: string;
  readonly status: DoorStatus;
}

interface GridFloor<D extends Door> {
  /** Empty for doors that tell no floor. */
  readonly floor: string;
  readonly byEntrance: readonly (readonly D[])[];
}

export interface Grid<D extends Door> {
  /** Empty for doors that tell no entrance. */
  readonly entrances: readonly string[];
  readonly floors: readonly GridFloor<D>[];
}

/** As people see a building from the street: the top floor first, entrances from left to right. */
export function buildingGrid<D extends Door>(doors: readonly D[]): Grid<D> {
  const entrances = sorted(doors.map((door) => door.entranceNo ?? ""));
  const floors = sorted(doors.map(floorOfDoor)).toReversed();
  return {
    entrances,
    floors: floors.map((floor) => ({
      floor,
      byEntrance: entrances.map((entrance) =>
        doors
          .filter((door) => (door.entranceNo ?? "") === entrance && floorOfDoor(door) === floor)
          .toSorted((a, b) => compareKeys(partKey(doorLabel(a)), partKey(doorLabel(b)))),
      ),
    })),
  };
}

function floorOfDoor(door: Door): string {
  if (door.floorNo !== null) return door.floorNo;
  return (door.unitNo === null ? undefined : floorOf({ unitNo: door.unitNo })) ?? "";
}

export function doorLabel(door: Door): string {
  return door.unitNo ?? door.place;
}

function sorted(parts: readonly string[]): string[] {
  return [...new Set(parts)].toSorted((a, b) => compareKeys(partKey(a), partKey(b)));
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function countDoors(doors: readonly Door[]): Record<DoorStatus | "total", number> {
  const counts = { total: doors.length, open: 0, met: 0, again: 0, appointment: 0, ended: 0 };
  for (const door of doors) counts[door.status] += 1;
  return counts;
}

export function stillToVisit(door: Door): boolean {
  return door.status === "open" || door.status === "again" || door.status === "appointment";
}
