/** Sentences of the refusals about figures. */
export const insight = {
  refusals: {
    "period-not-offered":
      "There are no figures for “{{period}}”. Different households are counted once for each month, quarter, year or campaign; choose one of these.",
    "indicator-unknown": "There is no such indicator.",
    "indicator-not-offered":
      "This figure has no records here, or is not offered for this scope. Choose another figure or scope.",
    "records-not-open": "Your role sees sums and opens no records.",
    "level-not-offered": "Your role does not see figures at this level. Look one level up.",
    "units-differ": "“{{first}}” and “{{second}}” are different units and have no sum.",
  },
} as const;
