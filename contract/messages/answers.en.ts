import { matters } from "./matters.en.ts";

export const answers = {
  refusals: {
    "not-permitted": matters.refusals["not-permitted"],
    "wrong-message-state": "This message has moved on. Reload and look again.",
    "still-held": "What held it back still does. Choose another way to answer.",
    "no-question-open":
      "Nothing can be asked now: there is no answer yet, or it was asked already.",
    "nobody-to-ask": "No number was left, or no answer is wanted: nobody can be asked by text.",
  },
  state: {
    queued: "Waiting",
    held: "Held, your turn",
    sending: "Being sent",
    sent: "Sent",
    delivered: "Arrived",
    failed: "Did not arrive",
    shown: "Handed over",
    cancelled: "Taken back",
  },
  /** Paper waits for hands, not for a time. */
  paper: "To print and hand over",
  channel: { sms: "Text message", letter: "Letter", notice_board: "Notice board" },
  purpose: {
    answer: "Answer",
    interim: "How it stands",
    callback: "Callback question",
    reminder: "Callback reminder",
  },
  reason: {
    may_harm: "A message that comes by itself may hurt somebody. Speak with them, over a safe way.",
    no_number: "No mobile number was left, or its time is over.",
    not_mobile: "A landline was left: it gets no texts. Call instead.",
    do_not_contact: "Its owner wants no texts. Choose another way.",
    matter_cap: "It was asked twice about this matter. No more.",
    number_cap: "This number was asked three times this quarter. No more.",
    uncertain:
      "The connection broke while it was sent: it may have arrived. Find out before sending again.",
    refused: "The gateway refused it.",
    undelivered: "It did not reach the phone: perhaps switched off, or no such number.",
    given_up: "Several attempts came to nothing.",
  },
  reply: {
    "0": "not dealt with",
    "1": "very satisfied",
    "2": "satisfied",
    "3": "fairly satisfied",
    "4": "dissatisfied",
    "5": "very dissatisfied",
    T: "no more texts",
    words: "answered in words: call them",
  },
  step: { again: "Send again", mark: "Mark as delivered", cancel: "Take back" },
} as const;
