export const en = {
  title: "Visits or none: you decide",
  lead: "No account and no name. With your receipt you can change your mind at any time.",
  ask: "Ask an officer to come",
  none: "No visits, please",
  ask_hint: "Choose a time that suits you; evenings and weekends too.",
  none_hint: "You need give no reason, and nothing else depends on it.",
  back: "Back",
  next: "Go on",
  loading: "Looking for times",
  door: {
    title: "Which door is yours",
    hint: "This plate belongs to the whole building. Please choose the number on your door.",
    choose: "Please choose",
    missing: "Please choose your door.",
  },
  day: {
    title: "Which day suits you",
    none: "All times of the next ten days are taken. Please call the station's duty phone.",
    free: "{{count}} times",
    free_one: "1 time",
  },
  time: { title: "{{day}}: what time suits you", window: "{{from}}–{{to}}" },
  confirm: {
    visit: "Please check",
    none: "No visits",
    when: "Time",
    door: "Door",
    none_text:
      "It holds at once: your home leaves the list of visits, for other campaigns too. To change your mind, use the receipt or call the station.",
    code: "Code on the card (may stay empty)",
    code_hint:
      "Eight digits on the card that the officer left at your door. With them the time is agreed at once; without, the station confirms with you first.",
    code_hint_none:
      "Eight digits on the card that the officer left at your door. With them it holds for two years; without, for three months, and a call to the station makes it longer.",
    contact: "How to tell you if the time has to change (may stay empty)",
    contact_hint: "For this once; deleted when you have met or it is called off.",
    phone: "Telephone",
    salutation: "How to address you",
    consent: "I agree to be reached this way, for this once only",
    consent_missing: "To keep it we need your consent; otherwise please empty the field.",
    phone_wrong: "This isn't a telephone number. Please check.",
    send: "Ask for this time",
    send_none: "No visits, please",
    sending: "Working it out and sending; please wait",
  },
  sent: {
    asked: "Passed to the station",
    confirmed: "Agreed",
    holding: "Noted: no visits",
    next: "What happens next",
    asked_when: "You asked for {{day}}, {{from}}–{{to}}.",
    asked_text:
      "When the station agrees, your receipt shows “Agreed”. The officer's phone shows your wish already.",
    confirmed_text:
      "{{day}}, {{from}}–{{to}}: your community officer comes, and shows identification.",
    holding_text:
      "No officer comes to visit until {{day}}. Whenever you need something, call, come by or write here as before.",
  },
  follow: {
    visit: "A visit you asked for",
    none: "No visits",
    when: "Time",
    until: "Until",
    take_back: "Call this visit off",
    take_back_none: "Take it back: visits are welcome",
    sure: "Yes, do it",
    keep: "Leave it",
    taken: "Changed as you wish.",
    ended: "Taken back",
    holding: "It holds: no visits",
    call: "Call {{station}}",
  },
  failed:
    "There is no connection; nothing was sent. Please try again, or call the station's duty phone if it can't wait.",
  unknown:
    "There is no such plate, or it is no longer used. Please compare the number or call the station.",
} as const;
