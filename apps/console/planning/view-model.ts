/** What the screens of planning show; no figure here is of a home. */
import type { OutlookView, WalkView } from "@wanjia/contract/planning";

export interface TeamDay {
  readonly teamId: string;
  readonly teamName: string;
  readonly walks: readonly WalkView[];
}

export function byTeam(walks: readonly WalkView[]): TeamDay[] {
  return [...Map.groupBy(walks, ({ teamId }) => teamId)].map(([teamId, of]) => ({
    teamId,
    teamName: of[0]?.teamName ?? "",
    walks: of,
  }));
}

export function percent(share: number): number {
  return Math.floor(share * 100);
}

/** What would help: more hours; or, where hours are left over, other ones, in which somebody is at home. */
export function adviceOf({ verdict, hoursThere, hoursNeeded }: OutlookView) {
  if (verdict === "possible") return null;
  return hoursThere > hoursNeeded.high ? "times" : "hours";
}

interface Stretch {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
}

/** A week as people say it: days in a row with the same hours are said once. */
export function weekRows(week: readonly Stretch[]) {
  const rows: { first: number; last: number; hours: Omit<Stretch, "weekday">[] }[] = [];
  const byDay = Map.groupBy(
    week.toSorted((a, b) => a.weekday - b.weekday || a.from - b.from),
    ({ weekday }) => weekday,
  );
  for (const [weekday, of] of byDay) {
    const hours = of.map(({ from, to }) => ({ from, to }));
    const before = rows.at(-1);
    const isSame =
      before?.last === weekday - 1 &&
      before.hours.length === hours.length &&
      before.hours.every(({ from, to }, i) => hours[i]?.from === from && hours[i].to === to);
    if (isSame) before.last = weekday;
    else rows.push({ first: weekday, last: weekday, hours });
  }
  return rows;
}

/** The curves as rows of a table: a finishing day a row, a layout of the week a column. */
export function curveRows({ curves }: OutlookView) {
  const days = [...new Set(curves.flatMap(({ points }) => points.map(({ endsOn }) => endsOn)))];
  return days.toSorted().map((endsOn) => ({
    endsOn,
    cells: curves.map(({ layout, points }) => ({
      layout,
      point: points.find((point) => point.endsOn === endsOn) ?? null,
    })),
  }));
}

/** What of a walk the planner couldn't keep, until somebody settles it anew. */
export function unkeptOf({ changes }: WalkView): WalkView["changes"][number] | null {
  const last = changes.at(-1);
  return last?.change === "unkept" ? last : null;
}

/** When planning a day last came to an end, whichever: 0 when it never did. */
export function lastHeard(
  day: { readonly madeAt: number | null; readonly failedAt: number | null } | undefined,
): number {
  return Math.max(day?.madeAt ?? 0, day?.failedAt ?? 0);
}

/** Buildings that a map can't show, each once: the register has no point of them. */
export function withoutPoint(walks: readonly WalkView[]): string[] {
  const names = walks.flatMap(({ choices }) =>
    choices.flatMap(({ name, point }) => (point === null ? [name] : [])),
  );
  return [...new Set(names)];
}
