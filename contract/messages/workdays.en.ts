/** Sentences of refused working days; desk and server share them. */
export const workdays = {
  refusals: {
    "workdays-unreadable":
      "Line {{line}} can't be read. Write “off 2027-01-01~2027-01-03” or “work 2027-01-31”, one to a line.",
    "workdays-other-year": "{{day}} is no day of that year.",
    "workdays-twice": "{{day}} is named twice.",
    "workdays-not-weekend": "{{day}} is no Saturday or Sunday, so it can't be a make-up day.",
    "workdays-too-few": "Days off are missing: there are {{fewest}} at least, with 1 January.",
    "workdays-year-over": "{{year}} is over and can't be changed.",
    "workdays-too-early": "The days of {{year}} are not announced yet.",
    "workdays-gap": "The year before is not loaded (known through {{through}}).",
    "workdays-source-missing": "Name the announcement.",
  },
} as const;
