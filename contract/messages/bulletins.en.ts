import { matters } from "./matters.en.ts";

/** Labels of the community board and the sentences of its refusals. */
export const bulletins = {
  refusals: {
    "bulletin-unknown": "Nothing hangs on this board yet.",
    "bulletin-month-open":
      "The month isn't over and its numbers still change. Write at the beginning of the next.",
    "bulletin-empty":
      "Nothing is written, and there is no number that may be shown. Write at least one entry.",
    "bulletin-too-many": "A board holds at most {{limit}} entries. Keep the most important ones.",
    "bulletin-reason-needed": "Where not all was done, choose the reason.",
    "bulletin-verbatim":
      "“{{text}}” is just as a resident put it and may show who it was. Say it in your own words.",
    "bulletin-own-text": "Nobody publishes what he wrote. Ask a colleague to read it.",
    "bulletin-correction-needed": "Say what this edition corrects.",
    "text-missing": matters.refusals["text-missing"],
  },
  state: { none: "Not written", draft: "Draft", released: "To be read", published: "Published" },
  result: { done: "Done", partly: "Partly done", under_way: "Under way", cannot: "Can't be done" },
  total: "In all",
};
