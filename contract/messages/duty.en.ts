import { visits } from "./visits.en.ts";

export const duty = {
  refusals: {
    "day-not-over": "This day isn’t over. It can be signed off from midnight on.",
    "day-too-old": "This day is more than a week past and stays unsigned.",
    "day-signed": "This day has been signed off and can’t be changed.",
    "left-unexplained":
      "{{count}} matters that nobody took up have no reason yet. Choose one for each, then sign off.",
    "note-too-long": visits.refusals["note-too-long"],
    "note-forbidden":
      "The note holds a phone or ID number or the like. Take it out, then sign off.",
  },
  figure: {
    came_in: "came in",
    taken_up: "taken up",
    answered: "answered",
    ended: "ended",
    untouched: "not taken up",
    resolved_that_day: "done that day",
    closed_that_day: "closed that day",
    due_next_day: "due the day after",
  },
  why: {
    came_late: "came in late that day",
    resident_unreached: "resident could not be reached",
    handler_away: "handler was off duty",
    waits_for_body: "waits for another body",
    more_urgent_first: "more urgent matters came first",
  },
} as const;
