/** K58-K61: what went back to its owners. Never what was seized or confiscated. */
import type { Lifetime, Unit } from "../insight/terms.ts";
import type { Id } from "../shared/id.ts";
import { daysBetween, type LocalDate } from "../shared/instant.ts";
import { ITEM_CLASSES, type ItemClass } from "./terms.ts";

/** An item that was returned. */
export interface ReturnedItem {
  readonly itemClass: ItemClass;
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

/** What a class is counted in; cash by its sum, of which the number of notes says nothing. */
export const CLASS_UNIT: Readonly<Record<ItemClass, Unit>> = {
  cash: "yuan",
  car: "vehicle",
  motorcycle: "vehicle",
  e_bike: "vehicle",
  phone: "device",
  laptop: "device",
  livestock: "animal",
  other: "item",
};

export interface ClassReturned {
  readonly itemClass: ItemClass;
  readonly items: number;
  readonly valueYuan: number;
}

/** K58 and K59 by class, without the classes of which nothing went back. */
export function returnsByClass(items: readonly ReturnedItem[]): readonly ClassReturned[] {
  return ITEM_CLASSES.flatMap((itemClass) => {
    const alike = items.filter((one) => one.itemClass === itemClass);
    const { items_returned, return_value_yuan } = returnCounts(alike);
    return alike.length === 0
      ? []
      : [{ itemClass, items: items_returned, valueYuan: return_value_yuan }];
  });
}

/** How much of a class went back, in its own unit. */
export function amountOf({ itemClass, items, valueYuan }: ClassReturned): number {
  return CLASS_UNIT[itemClass] === "yuan" ? valueYuan : items;
}

/** Days from the day an owner was told to the day he had it. */
export function returnTimes(items: readonly ReturnedItem[]): readonly Lifetime[] {
  return items.flatMap(({ toldOn, returnedOn }) =>
    toldOn === null ? [] : [{ days: daysBetween(toldOn, returnedOn), ended: true, n: 1 }],
  );
}
