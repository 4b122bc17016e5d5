export const tips = {
  refusals: {
    "tip-unit-closed":
      "This unit receives no tips here at present. Go back and choose again, or call 110.",
    "tip-key-retired":
      "The receiving unit has just changed its key. Press send again; your words are sealed anew.",
    "tip-too-long": "This is too long. Please shorten it and send it again.",
    "tip-wrong-state": "This tip was taken over; there is no text here any more. Please reload.",
    "tip-answer-not-wanted": "Whoever wrote wants no answer.",
    "keeper-not-enrolled":
      "You hold no share of this key. Set your passphrase first, then have a keeper make a new key.",
    "keepers-too-few": "A key needs {{limit}} keepers who have set their passphrase.",
    "shares-incomplete": "The keepers have just changed. Please reload and make the key again.",
    "second-person-needed": "Another keeper has to agree before this opens.",
    "opening-expired": "The consent has run out. Please ask again.",
    "opening-granted": "Somebody has agreed already.",
    "keeper-unfit": "Keepers belong to the units that handle cases.",
    "puzzle-unsolved": "The check before sending did not come out. Please try again.",
    "puzzle-expired": "This page was open for too long. Please press send again.",
    "puzzle-used": "This was received already. Please don't send it twice.",
    "receipt-unknown":
      "There is no such receipt. Compare each group of digits; twelve months after a tip was handed on nothing of it is kept.",
  },
  category: {
    fraud: "Fraud",
    theft: "Theft",
    violence: "Violence",
    organised_crime: "Organised crime",
    vice: "Gambling, drugs, prostitution",
    dangerous_goods: "Guns, explosives",
    illegal_business: "Unlawful business",
    other: "Other",
  },
  state: {
    received: "Received, waiting for the unit to open it",
    transferred: "The receiving unit has it",
    answered: "Answered",
  },
} as const;
