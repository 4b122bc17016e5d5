/** An item is what its events make of it. */
import { localDate } from "../shared/instant.ts";
import { collectBy } from "./decide.ts";
import type { PropertyEvent, PropertyItem, PropertyState } from "./terms.ts";

/** The item after its first event. */
export function begin({ change, seq, at }: PropertyEvent): PropertyItem {
  if (change.type !== "imported") throw new Error("an item begins with `imported`");
  const { type: _type, ...row } = change;
  return {
    ...row,
    state: "eligible",
    version: seq,
    tried: 0,
    notified: false,
    announced: false,
    toldOn: null,
    term: null,
    extraMonths: 0,
    appointment: null,
    lapsedOn: null,
    handOver: null,
    returnedOn: null,
    receiptNo: null,
    withdrawal: null,
    importedAt: at,
    endedAt: null,
  };
}

/** Where it stands without an appointment. */
function waiting({ lapsedOn, announced }: PropertyItem): PropertyState {
  if (lapsedOn !== null) return "unclaimed";
  return announced ? "unclaimed_notice" : "owner_notified";
}

export function evolve(before: PropertyItem, { change, seq, at }: PropertyEvent): PropertyItem {
  const item: PropertyItem = { ...before, version: seq };
  const today = localDate(at);
  switch (change.type) {
    case "imported":
      throw new Error("an item is imported once");
    case "notified":
      return change.reached
        ? {
            ...item,
            state: "owner_notified",
            notified: true,
            toldOn: item.toldOn ?? today,
            term: item.term ?? change.term ?? null,
          }
        : { ...item, tried: item.tried + 1 };
    case "announced":
      return {
        ...item,
        state: "unclaimed_notice",
        announced: true,
        toldOn: item.toldOn ?? today,
        term: item.term ?? change.term ?? null,
      };
    case "booked":
      return {
        ...item,
        state: "appointment",
        appointment: { meetingId: change.meetingId, at: change.at },
      };
    case "released":
      return { ...item, state: waiting(item), appointment: null };
    case "returned": {
      const { type: _type, ...handOver } = change;
      return { ...item, state: "returned", handOver, returnedOn: today, endedAt: at };
    }
    case "extended": {
      const longer = { ...item, extraMonths: item.extraMonths + change.months };
      const last = collectBy(longer);
      if (item.lapsedOn === null || last === null || last < today) return longer;
      const back = { ...longer, lapsedOn: null };
      return back.appointment === null ? { ...back, state: waiting(back) } : back;
    }
    case "lapsed":
      return { ...item, state: "unclaimed", lapsedOn: today };
    case "handed_to_state":
      return { ...item, state: "handed_to_state", receiptNo: change.receiptNo, endedAt: at };
    case "withdrawn":
      return {
        ...item,
        state: "withdrawn",
        withdrawal: change.reason,
        appointment: null,
        endedAt: at,
      };
  }
}
