export const residents = {
  refusals: {
    "spot-unknown": "There is no such spot here. Please choose the place again.",
    "photo-too-large":
      "The photo is too large: at most {{kilobytes}} kB and {{pixels}} pixels a side. Please choose again.",
    "photo-not-jpeg": "The photo can't be opened. Please take another one.",
    "photo-with-notes":
      "The photo carries when and where it was taken, so it was not accepted. Please choose it again on this page.",
    "photo-unwanted":
      "A dispute needs no photos: they would show other people. Please remove them.",
    "too-many-photos": "At most {{limit}} photos.",
    "wish-unknown": "Please choose again how you want to be answered.",
    "station-flooded":
      "Too much came in here within the hour, so nothing can be sent online for now. Please call the station's duty phone.",
    "nobody-posted":
      "The officers here are changing, so nothing can be taken in online for now. Please call the station's duty phone.",
    "too-many-receipts": "{{limit}} receipts were given for this already; there can be no more.",
  },
  kind: {
    opinion: "Give an opinion",
    service_request: "Ask for help",
    hazard: "Report a hazard",
    dispute: "Report a dispute",
  },
  kindHint: {
    opinion: "On patrols, counters, traffic, information. Praise is welcome too.",
    service_request: "Identity card, residence permit, lost things, papers done at home.",
    hazard: "E-bikes charging on stairs, blocked exits, dark lamps, loose tiles.",
    dispute: "With neighbours, the property company, a landlord: somebody to mediate.",
  },
  spot: {
    door: "This very door",
    entrance: "One of the entrances",
    floor: "The corridor of a floor",
    building: "Common parts of this building",
    estate: "The grounds of the estate",
  },
  sign: {
    violence_at_home: "Somebody at home hits or threatens",
    child_or_sexual_harm: "A child is harmed, or there is sexual violence",
    weapon_threat: "Somebody threatens with a knife or a thing",
    party_in_fear: "One side is afraid of the other",
  },
  state: {
    registered: "Received; an officer has yet to take it on",
    accepted: "An officer has taken it on",
    in_progress: "Being worked on",
    referred: "With the body that is responsible",
    suspended: "Waiting for something outside of our hands",
    resolved: "Done; your answer is being prepared",
    declined: "Declined; you will be told why",
    feedback_given: "Answered; now it is your turn to say",
    called_back: "You have been heard; the station has yet to close it",
    closed: "Closed",
    withdrawn: "Withdrawn by you",
  },
  next: {
    finish: "Answer at the latest",
    interim: "Word on how it stands at the latest",
    take_over: "Taken on at the latest",
    other_result: "The responsible body’s result by",
    callback: "Asked for your view at the latest",
    human_callback: "Somebody rings you at the latest",
    redo: "Done again and answered at the latest",
    pause_review: "Looked at again at the latest",
  },
  pause: {
    resident_away: "you asked to wait",
    awaiting_appraisal: "an appraisal is awaited",
    awaiting_court: "a court or an arbitration is awaited",
    awaiting_other_body: "another body is awaited",
    awaiting_approval: "an approval is awaited",
    force_majeure: "force majeure",
  },
  reopen: {
    not_solved: "It is not solved",
    resident_disagrees: "I disagree with how it was handled",
    agreement_breached: "What was promised was not done",
    came_back: "It happened again",
    new_facts: "There is something new",
  },
  wish: {
    page: "I look here with the receipt",
    phone: "Ring me",
    sms: "Send me a text message",
    notice_board: "Put it on the estate's notice board",
    none: "No answer needed",
  },
  warning: {
    dispute:
      "Somebody is being hit or threatened, or is hurt: call 110 at once. Violence at home, harm to children, sexual violence and armed threats are not for mediation. The law takes its course, and nobody will talk you into making up.",
    signs:
      "With what you ticked there will be no mediation. In danger call 110 at once; against violence at home there are warnings and protection orders: women's federation 12338, legal aid 12348.",
    hazard: "Fire, a smell of gas, somebody trapped: leave first, then call 119 or 110.",
    help: "Somebody is missing, hurt or being cheated right now: call 110 at once.",
  },
  disagree: {
    title: "If you disagree",
    reopen: "You can have it taken up again here.",
    review: "You can ask the bureau above the station to review it.",
    police: "Unhappy with how officers behaved: call 12389.",
    hotline: "Not for the police to solve: call 12345.",
  },
  guarded:
    "This is in special hands, and nothing of it is shown here. Call the duty room from a safe telephone; in danger call 110 at once.",
} as const;
