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

/** Not hours are missing, but hours in which somebody is at home. */
export function hasHoursToSpare({ verdict, hoursThere, hoursNeeded }: OutlookView): boolean {
  return verdict !== "possible" && hoursThere > hoursNeeded.high;
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
