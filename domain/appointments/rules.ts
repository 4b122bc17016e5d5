import type { Instant } from "../shared/instant.ts";
import { addDays, HOUR_MS, localDate, type LocalDate, startOfLocalDay } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import {
  type Appointment,
  type AppointmentRefusal,
  type AppointmentState,
  type AppointmentStep,
  DOORS_PER_HOUR,
  OFFERED_DAYS,
  PLANNED_WINDOW_HOURS,
  WINDOW_HOURS,
  WINDOW_STARTS,
  type Window,
  type WishRefusal,
} from "./terms.ts";

// -- offering -------------------------------------------------------------------------------------

/**
 * Windows from tomorrow on that have room left: those that go with the officers' plans where walks are
 * planned, else three a day, evenings and weekends among them.
 *
 * `planned`: beginnings worked out for the building; null where nobody plans.
 */
export function offeredWindows(
  now: Instant,
  taken: readonly Window[],
  planned: readonly Instant[] | null,
): readonly Window[] {
  const tomorrow = startOfLocalDay(addDays(localDate(now), 1));
  const going = (planned ?? []).filter((from) => from >= tomorrow).toSorted((a, b) => a - b);
  const windows =
    going.length > 0
      ? going.map((from) => ({ from, to: from + PLANNED_WINDOW_HOURS * HOUR_MS }))
      : everyDay(localDate(now));
  return windows.filter((window) => !isFull(window, taken));
}

function everyDay(today: LocalDate): Window[] {
  return Array.from({ length: OFFERED_DAYS }, (_, day) => addDays(today, day + 1)).flatMap((day) =>
    WINDOW_STARTS.map((hour) => {
      const from = startOfLocalDay(day) + hour * HOUR_MS;
      return { from, to: from + WINDOW_HOURS * HOUR_MS };
    }),
  );
}

function isFull(window: Window, taken: readonly Window[]): boolean {
  const beside = taken.filter(({ from, to }) => from < window.to && to > window.from);
  return beside.length >= ((window.to - window.from) / HOUR_MS) * DOORS_PER_HOUR;
}

/**
 * Whether a window may be asked for. Refuses `window-not-offered` for a time that stands on no list,
 * `window-full` for one that others have taken meanwhile.
 */
export function askFor(
  window: Window,
  now: Instant,
  taken: readonly Window[],
  planned: readonly Instant[] | null,
): Result<Window, Extract<WishRefusal, "window-not-offered" | "window-full">> {
  if (!offeredWindows(now, [], planned).some((offered) => sameWindow(offered, window))) {
    return refuse("window-not-offered");
  }
  return isFull(window, taken) ? refuse("window-full") : accept(window);
}

export function sameWindow(a: Window, b: Window): boolean {
  return a.from === b.from && a.to === b.to;
}

// -- what becomes of it ---------------------------------------------------------------------------

/** Late phones: a visit in time that arrives afterwards still keeps what was held to be missed. */
const NEXT: Readonly<
  Record<AppointmentState, Partial<Readonly<Record<AppointmentStep, AppointmentState>>>>
> = {
  asked: { confirm: "confirmed", cancel: "cancelled", keep: "kept", pass: "cancelled" },
  confirmed: { cancel: "cancelled", keep: "kept", pass: "missed" },
  missed: { keep: "kept" },
  kept: {},
  cancelled: {},
};

/**
 * The state after a step. Refuses `appointment-wrong-state` where there is no such step,
 * `appointment-over` for a promise about the past, `appointment-not-over` for giving up early.
 */
export function takeAppointmentStep(
  { state, to }: Pick<Appointment, "state" | "to">,
  step: AppointmentStep,
  now: Instant,
): Result<AppointmentState, AppointmentRefusal> {
  const next = NEXT[state][step];
  if (next === undefined) return refuse("appointment-wrong-state");
  if (step === "confirm" && to <= now) return refuse("appointment-over");
  if (step === "pass" && to > now) return refuse("appointment-not-over");
  return accept(next);
}

/** What stays open of an appointment: only these are windows for a plan. */
export function isOpen(state: AppointmentState): boolean {
  return state === "asked" || state === "confirmed";
}
