/** What people choose from when they settle a walk by hand, at the desk and on the phone alike. */
import type { Id } from "../shared/id.ts";
import { LATER, type Minutes } from "./terms.ts";

export const REFUSE_REASONS = ["ill", "other_duty", "weather", "local_reason"] as const;
export type RefuseReason = (typeof REFUSE_REASONS)[number];

/** 14:05 */
export function clockText(minutes: Minutes): string {
  const whole = Math.round(minutes);
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`;
}

/**
 * When a walk begins that is put into the later hours of its block: at its first door. Else with the
 * block, for the way there is part of the work.
 */
export function beginsAt(from: Minutes, firstDoor: Minutes | undefined): Minutes {
  return firstDoor !== undefined && firstDoor - from >= LATER ? Math.round(firstDoor) : from;
}

interface Going {
  readonly id: Id;
  readonly state: string;
  readonly beatId: Id;
  readonly from: Minutes;
  readonly crew: readonly { readonly id: Id }[];
}

/** Walks that a walk can be swapped with: of its beat, gone by others; those of the same hours first. */
export function swappable<W extends Going>(walk: W, walks: readonly W[]): W[] {
  const crewOf = ({ crew }: Going): string => crew.map(({ id }) => id).join();
  const apart = (other: Going): number => Math.abs(other.from - walk.from);
  return walks
    .filter(
      (other) =>
        other.id !== walk.id &&
        other.state === "planned" &&
        other.beatId === walk.beatId &&
        crewOf(other) !== crewOf(walk),
    )
    .toSorted((a, b) => apart(a) - apart(b));
}

interface Named {
  readonly building: string;
  readonly name: string;
}

/** Buildings of a walk in its order, each once. */
export function buildingsOf({ choices }: { readonly choices: readonly Named[] }): Named[] {
  const seen = new Map(choices.map(({ building, name }) => [building, name]));
  return [...seen].map(([building, name]) => ({ building, name }));
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  const one = list[from];
  return one === undefined ? [...list] : [...rest.slice(0, to), one, ...rest.slice(to)];
}
