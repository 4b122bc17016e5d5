import { matters } from "./matters.en.ts";

/** Labels of the blind second look and the sentences of its refusals; desk and server share them. */
export const oversight = {
  refusals: {
    "not-permitted": matters.refusals["not-permitted"],
    "wrong-state": matters.refusals["wrong-state"],
    "text-missing": matters.refusals["text-missing"],
    "text-too-long": matters.refusals["text-too-long"],
    "text-forbidden": matters.refusals["text-forbidden"],
    "view-missing": "The station hasn’t given its view yet.",
    "explanation-awaited":
      "The officer may still explain. Wait for that, or decide when the time is over.",
    "peer-unfit": "Choose a colleague who had no part in this visit.",
    "appeal-late": "The time for an appeal is over.",
    "decider-cannot-review": "Who decided may not review it. Another inspector has to.",
    "round-not-drawn": "This week has not been drawn yet.",
    "round-locked": "The answers of this week are closed.",
    "answers-missing": "Not answered yet: {{count}}. Ask at every door first, then close.",
    "answer-incomplete": "Choose what was said; and where they spoke, if police came.",
  },
  found: { home: "A home", no_home: "Not a home", no_such_door: "No such door" },
  came: {
    yes: "They came",
    no: "Nobody came",
    dont_know: "Can’t say",
    household_changed: "Household has changed",
    declined: "Wouldn’t answer",
    no_contact: "Nobody reached",
  },
  spoke: {
    inside: "Inside",
    doorstep: "At the door",
    elsewhere: "Elsewhere",
    phone: "By telephone",
    dont_know: "Can’t remember",
  },
  result: {
    confirmed: "Agrees",
    different: "Differs",
    not_confirmed: "Says nobody came",
    unknown: "Can’t be told",
    self_corrected: "Mended before",
  },
  state: {
    open: "Waits for the officer’s word",
    explained: "Explained, to be decided",
    accepted: "Explanation accepted",
    upheld: "Found untrue",
    appealed: "Appealed, to be reviewed",
  },
  why: {
    device_failed: "The phone failed",
    wrong_door: "Wrong door entered",
    entered_by_other: "A colleague entered it",
    resident_forgot: "Was there, may be forgotten",
    no_reason: "Was not there",
  },
  verdict: { accepted: "Explanation holds, no more to it", upheld: "Found untrue" },
  command: {
    explain: "Explain",
    view: "Give the station’s view",
    decide: "Decide",
    appeal: "Appeal",
  },
} as const;
