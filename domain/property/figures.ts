/** K58-K61: what went back to its owners. Never what was seized or confiscated. */
import type { Lifetime } from "../insight/terms.ts";
import type { Id } from "../shared/id.ts";
import { daysBetween, type LocalDate } from "../shared/instant.ts";

/** An item that was returned. */
export interface ReturnedItem {
  readonly count: number;
  readonly valueYuan: number;
  readonly meetingId: Id | null;
  readonly toldOn: LocalDate | null;
  readonly returnedOn: LocalDate;
}

export function returnCounts(items: readonly ReturnedItem[]) {
  const meetings = items.flatMap(({ meetingId }) => meetingId ?? []);
  return {
    return_value_yuan: items.reduce((sum, { valueYuan }) => sum + valueYuan, 0),
    items_returned: items.reduce((sum, { count }) => sum + count, 0),
    return_meetings: new Set(meetings).size,
  };
}

/** Days from the day an owner was told to the day he had it. */
export function returnTimes(items: readonly ReturnedItem[]): readonly Lifetime[] {
  return items.flatMap(({ toldOn, returnedOn }) =>
    toldOn === null ? [] : [{ days: daysBetween(toldOn, returnedOn), ended: true, n: 1 }],
  );
}
