import type { DayRow, StationDay } from "@wanjia/contract/duty";
import { signable } from "@wanjia/domain/duty/rules";
import type { DayFigure } from "@wanjia/domain/duty/terms";
import { addDays, type Instant } from "@wanjia/domain/shared/instant";

export type Standing = "signed" | "running" | "unsigned" | "too_old";

/** How a day stands: what may be done with it follows from the rule itself. */
export function standingOf(day: DayRow["day"], signed: boolean, now: Instant): Standing {
  const may = signable({ day, signed }, now);
  if (may.ok) return "unsigned";
  if (may.refusal.code === "day-signed") return "signed";
  return may.refusal.code === "day-not-over" ? "running" : "too_old";
}

/** Where a figure opens onto its records; null where they have no list. */
export function recordsOf(
  figure: DayFigure,
  { stationId, day, signed }: Pick<StationDay, "stationId" | "day" | "signed">,
): string | null {
  const within = { stationId, from: day, to: addDays(day, 1) };
  const of = (more: Record<string, string>): string =>
    `/matters?${new URLSearchParams({ ...more, ...within })}`;
  switch (figure) {
    case "came_in":
      return of({});
    case "resolved_that_day":
      return of({ dateOf: "resolved" });
    case "closed_that_day":
      return of({ dateOf: "closed" });
    case "ended":
      // What it was when it was signed has moved on since.
      return signed === null ? of({ progress: "ended" }) : null;
    case "untouched":
      return signed === null ? of({ state: "registered" }) : null;
    case "taken_up":
    case "answered":
    case "due_next_day":
      return null;
  }
}
