/** A listing is what its events make of it. */
import { localDate } from "../shared/instant.ts";
import type { Listing, ListingEvent } from "./terms.ts";

/** The listing after its first event. */
export function begin({ change, seq, by }: ListingEvent): Listing {
  if (change.type !== "proposed") throw new Error("a listing begins with `proposed`");
  const { type: _type, ...proposed } = change;
  return {
    ...proposed,
    state: "proposed",
    version: seq,
    inspections: [],
    order: null,
    deadline: null,
    extraMonths: 0,
    measures: [],
    test: null,
    delistedOn: null,
    handlers: [by],
  };
}

export function evolve(before: Listing, { change, seq, at, by }: ListingEvent): Listing {
  const acted = before.handlers.includes(by) ? before.handlers : [...before.handlers, by];
  const listing: Listing = { ...before, version: seq, handlers: acted };
  const on = localDate(at);
  switch (change.type) {
    case "proposed":
      throw new Error("a listing is proposed once");
    case "inspected": {
      const { type: _type, ...inspection } = change;
      return { ...listing, inspections: [...listing.inspections, inspection] };
    }
    case "dropped":
      return { ...listing, state: "dropped" };
    case "ordered": {
      const { number, bodies, street, deadline } = change;
      return { ...listing, state: "listed", order: { number, bodies, street, on }, deadline };
    }
    case "measure_set": {
      const { id, body, text, dueOn } = change;
      const measure = { id, body, text, dueOn, note: null, doneOn: null };
      // What is added later has to be done before the next test.
      return { ...listing, state: "listed", measures: [...listing.measures, measure] };
    }
    case "measure_told":
      return {
        ...listing,
        measures: listing.measures.map((one) =>
          one.id === change.id
            ? { ...one, note: change.note, doneOn: change.done ? on : null }
            : one,
        ),
      };
    case "extended":
      return {
        ...listing,
        deadline: change.deadline,
        extraMonths: listing.extraMonths + change.months,
      };
    case "tested": {
      const { type: _type, ...test } = change;
      // A tester acts for nobody: he may test again.
      return { ...listing, handlers: before.handlers, state: "tested", test: { ...test, at, by } };
    }
    case "delisted":
      return { ...listing, state: "delisted", delistedOn: on };
  }
}
