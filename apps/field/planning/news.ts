/** What others changed in the officer's walks since he was last told. */
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import { type PhoneWalk, type WalkChanged } from "./plan-section.ts";
import { beginOf, stateOf } from "./rest-of-day.ts";

export interface WalkNews {
  readonly id: Id;
  readonly day: LocalDate;
  readonly begins: number;
  readonly to: number;
  readonly changed: WalkChanged;
}

/** By walk: the last change that he has read. */
export type Told = Readonly<Record<Id, Instant>>;

export function newsOf(
  walks: readonly PhoneWalk[],
  told: Told,
  own: Id,
  now: Instant,
): readonly WalkNews[] {
  const today = localDate(now);
  return walks.flatMap((walk) => {
    const { id, day, to, news: changed } = walk;
    const begins = beginOf(walk);
    if (!changed || changed.byId === own) return [];
    const isPast = day < today || stateOf({ ...walk, state: "planned" }, now, begins) === "over";
    if (isPast || changed.at <= (told[id] ?? 0)) return [];
    return [{ id, day, begins, to, changed }];
  });
}

/** After he has read it: only of walks that are still there. */
export function toldOf(walks: readonly PhoneWalk[]): Told {
  return Object.fromEntries(walks.map(({ id, news }) => [id, news?.at ?? 0]));
}
