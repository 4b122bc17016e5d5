import type { Place } from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { Band } from "@wanjia/domain/visits/terms";
import type { LatentHome } from "./contact-model.ts";

/** A door as the simulator knows it, with who is behind it and what was tried. */
export interface Door {
  readonly place: Place;
  readonly home: LatentHome;
  readonly buildingType: string | undefined;
  readonly floor: number;
  readonly cluster: Cluster;
  attempts: number;
  bands: Record<Band, number>;
  lastBand: Band | null;
  lastDay: LocalDate;
  /** Nothing more to be done in this campaign. */
  done: boolean;
  /** The resident wishes no visits: in no campaign. */
  quiet: boolean;
  appointment: { from: Instant; to: Instant } | null;
}

/** Doors that a walk takes together. */
export interface Cluster {
  readonly beatId: Id;
  readonly homes: boolean;
  readonly doors: Door[];
  lastVisit: Instant;
}

/** A door before anybody knocked. */
export function untouched(): Pick<
  Door,
  "attempts" | "bands" | "lastBand" | "lastDay" | "done" | "appointment"
> {
  return {
    attempts: 0,
    bands: { daytime: 0, evening: 0, weekend: 0 },
    lastBand: null,
    lastDay: "",
    done: false,
    appointment: null,
  };
}

/** Whether somebody is expected at a door in a span of time. */
export function isDue(door: Door, from: Instant, to: Instant): boolean {
  const { appointment, done, quiet } = door;
  return !done && !quiet && appointment !== null && appointment.from < to && appointment.to > from;
}

/** Whether a door may be knocked at: another band each time until the ladder has seen them all. */
export function isOpen(door: Door, day: LocalDate, band: Band): boolean {
  if (door.done || door.quiet || door.appointment !== null || door.lastDay === day) return false;
  return (
    door.attempts === 0 || door.bands[band] === 0 || door.lastBand !== band || door.attempts >= 2
  );
}
