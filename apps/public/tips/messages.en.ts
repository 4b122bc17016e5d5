export const en = {
  title: "A tip about an offence",
  lead: "What you write is sealed on this phone; only the receiving unit can open it. No account, no name.",
  now: "It is happening now, or somebody is in danger: don't write here, call 110 at once.",
  promise: {
    title: "How we protect you",
    sealed:
      "Your words are sealed on your phone. No officer of a station and no administrator can read them; at the receiving unit two people have to open them together.",
    nothing:
      "We keep nothing of who you are, where you live or what network you use, and link it to no home and no visit.",
    deleted: "Once the receiving unit has it, the text is deleted here.",
    careful:
      "Write what you know. If you write your own name or number, the receiving unit alone sees it; you need not.",
  },
  form: {
    title: "Write it down",
    unit: "Which unit it goes to",
    category: "Roughly what it is about",
    text: "What you know",
    text_hint: "What, where, when, and how you know. At most {{limit}} characters.",
    answer: "I want to know what became of it",
    answer_hint: "Only your receipt opens the answer.",
    send: "Seal and send",
    sealing: "Sealing and checking, please wait",
    missing_category: "Please choose one.",
    missing_text: "Please write what you know.",
    missing_long: "This is too long: at most {{limit}} characters.",
    network:
      "There is no connection; nothing was sent. Your words are still here, please try again.",
  },
  key: {
    title: "Compare the receiving unit's key",
    text: "If these digits are the ones beside “{{unit}}” on the station's notice board, nobody has changed its key:",
  },
  none: {
    title: "No tips can be left here at present",
    text: "No unit receives tips here yet. Call 110 or go to any police station; you need not give a name.",
    insecure:
      "This page came over an insecure connection and can't seal. Use the address that begins with https, or call 110.",
    failed: "There is no connection. Please try again in a while.",
    retry: "Try again",
  },
  sent: {
    title: "Sealed and delivered",
    next: "What happens next",
    opens:
      "Two keepers of “{{unit}}” open it together and take it into their case system. After that a single line is left here: about what, when, where it stands.",
    answer: "When there is something to tell, your receipt opens the answer.",
    close: "When you close this page your words are gone from it. This phone keeps nothing.",
  },
} as const;
