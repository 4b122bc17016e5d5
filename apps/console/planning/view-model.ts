/** What the screens of planning show; no figure here is of a home. */
import type { OutlookView, WalkView } from "@wanjia/contract/planning";

/** 14:05 */
export function clockText(minutes: number): string {
  const whole = Math.round(minutes);
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`;
}

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

/** Walks that a walk can be swapped with. */
export function swappable(walk: WalkView, walks: readonly WalkView[]): WalkView[] {
  return walks.filter(
    ({ id, state, beatId, crew }) =>
      id !== walk.id &&
      state === "planned" &&
      beatId === walk.beatId &&
      crew.map((one) => one.id).join() !== walk.crew.map((one) => one.id).join(),
  );
}

/** Buildings of a walk in its order, each once. */
export function buildingsOf({ choices }: WalkView): { building: string; name: string }[] {
  const seen = new Map(choices.map(({ building, name }) => [building, name]));
  return [...seen].map(([building, name]) => ({ building, name }));
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  const one = list[from];
  return one === undefined ? [...list] : [...rest.slice(0, to), one, ...rest.slice(to)];
}

export function percent(share: number): number {
  return Math.floor(share * 100);
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
