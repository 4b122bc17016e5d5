/** Names of what is planned, and why something cannot be done; phone, desk and server share them. */
export const planning = {
  refusals: {
    "outside-hours": "Visits are between 8:00 and 21:30. Choose a time in between.",
    "alone-late":
      "After 20:00 nobody visits alone. Choose a team of two or more, or a time before 20:00.",
    "day-too-long": "Somebody would work more than eight hours that day. Take a stretch away.",
    "week-too-long": "Somebody would work more than forty hours that week. Take a stretch away.",
    "too-many-evenings":
      "Somebody would work a fifth evening that week; four are the most. Take one away.",
    "too-many-weekend-days":
      "Somebody would work both days of a weekend; one is the most. Take one away.",
    "rest-too-short": "Somebody would rest less than eleven hours between two days. Move the time.",
    "blocks-overlap": "He has other work at that time. Choose another time.",
    "not-on-roster": "The roster has no such time. Change the roster first, then the walk.",
    "block-forgotten":
      "A stretch of the roster has neither a walk nor a reason. Plan the day anew.",
    "door-elsewhere": "A door of this walk is no longer the team’s. Plan the day anew.",
    "door-not-open": "A door of this walk was met, or is not to be visited. Plan the day anew.",
    "door-twice": "A door is planned twice. Plan the day anew.",
    "too-many-tries":
      "A door was tried six times without an appointment and must not be tried again. Plan the day anew.",
    "too-soon-again":
      "A door was tried yesterday or today; a day must lie between. Plan the day anew.",
    "outside-block":
      "In this order the walk lasts longer than its time. Choose another order, or a building less.",
    "not-in-order": "The times of the doors do not follow each other. Plan the day anew.",
    "appointment-missed":
      "A resident expects a visit in this time and would wait in vain. Agree another time with the resident first.",
    "appointment-unknown": "An appointment in this walk was moved. Plan the day anew.",
    "first-try-due":
      "After the tenth day doors that nobody has tried come first. Put their buildings first.",
    "building-short":
      "In the last seven days a building is under 90 %, so this walk cannot be left out. Let others go, or move it.",
    "effort-missing":
      "In the last seven days a door has had fewer than four tries, so walks in the evening and at the weekend cannot be left out. Let others go, or move it.",
    "walk-changed": "Somebody else has just changed this walk. Look at it again, then change it.",
    "walk-over": "This walk is over and cannot be changed.",
    "walk-wrong-state": "This cannot be done with the walk as it is. Reload the page.",
    "walk-other-beat":
      "The teams are of different beats, and their phones lack each other’s doors. Swap within a beat.",
    "walk-order-incomplete":
      "The new order has a building too few or too many. Put every building of the walk in it.",
    "walk-taken-over":
      "The doors of this walk are in other walks by now; there is nothing to restore. Look at the new plan.",
    "outlook-nobody": "There are no teams yet, so no hours can be told. Set up teams first.",
  },
  slot: {
    morning: "in the morning",
    afternoon: "in the afternoon",
    early_evening: "in the early evening",
    late_evening: "late in the evening",
    saturday: "on a Saturday",
    sunday: "on a Sunday",
  },
  left: {
    nothing_open: "No door may be knocked at in this time.",
    low_yield: "Left out: later, the same hours meet more households.",
    not_allowed: "Left out: it would break a rule on hours, rest or company.",
    refused: "The team said no.",
    ill: "Not gone: somebody is unwell.",
    other_duty: "Not gone: another duty.",
    weather: "Not gone: the weather.",
    local_reason: "Not gone: something local.",
    unkept: "Not gone: what was settled could not be kept.",
  },
  reason: {
    ill: "Somebody is unwell",
    other_duty: "Another duty",
    weather: "The weather",
    local_reason: "Something local",
  },
  choice: {
    appointment: "A resident expects a visit, {{when}}; that comes first.",
    first_try_one: "1 door here was never tried, and is due a first knock.",
    first_try: "{{count}} doors here were never tried, and each is due a first knock.",
    short_building_one: "This building is behind the others and must catch up: 1 door.",
    short_building: "This building is behind the others and must catch up: {{count}} doors.",
    likely_one: "Here an hour brings most {{slot}}: 1 door.",
    likely: "Here an hour brings most {{slot}}: {{count}} doors.",
  },
  short: {
    appointment: "comes first",
    first_try: "never tried",
    short_building: "must catch up",
    likely: "the best time for it",
  },
  begins: {
    near_station: "Ways are counted from the building nearest to the station.",
    first_building:
      "The station has no coordinates yet: ways are counted from the beat’s first building.",
  },
  level: {
    building: "In this building about {{percent}}% answer {{slot}}.",
    premises_type: "In buildings of this kind about {{percent}}% answer {{slot}}.",
  },
  change: {
    refused: "refused",
    restored: "restored",
    reordered: "put in another order",
    swapped: "swapped",
    pinned: "pinned",
    unpinned: "unpinned",
    unkept: "could not be kept, because: {{why}}",
  },
} as const;
