/** Sentences of a routing table that is refused; desk and server share them. */
export const routing = {
  refusals: {
    "routing-rule-unknown": "There is no such rule. Refresh and choose again.",
    "routing-mismatch":
      "The conditions don’t fit each other: a subtype belongs to its kind, a grade to hazards, a community to its station.",
    "routing-tie":
      "Rules {{one}} and {{other}} may meet in one matter, and neither says more. First write a rule with the conditions of both that says who is responsible.",
    "routing-target-gone":
      "Whoever is responsible was closed or nobody is posted there (rule {{number}}). Choose another.",
    "routing-basis-long": "The basis is too long: {{limit}} characters at most.",
    "routing-too-many": "{{most}} rules at most. Join or remove some first.",
    "routing-no-draft": "There is no draft. Change a rule first.",
    "routing-empty": "The table has no rules yet, so it can’t be switched on.",
    "routing-untried":
      "The draft was changed since it was tried. Try it, look at the result, then switch it on.",
  },
} as const;
