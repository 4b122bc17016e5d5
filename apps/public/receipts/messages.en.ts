export const en = {
  slip: {
    title: "Your receipt",
    keep: "Copy, print or photograph these six groups of digits. We keep no copy; if it is lost, nobody can find it again. Whoever has it can read the answer, so give it to nobody.",
    where:
      "Later, open {{host}}, choose “What became of it” and enter the six groups. A copy by hand does as well.",
    copy: "Copy the receipt",
    copied: "Copied",
    print: "Print the receipt",
  },
  ask: {
    title: "What became of it: ask with your receipt",
    lead: "Enter the six groups of digits that you were given. Neither the address nor any log will hold them.",
    label: "Receipt",
    hint: "Six groups of six digits. Spaces don't matter.",
    send: "Ask",
    asking: "Asking",
    malformed: "A receipt has six groups of six digits, 36 in all. Please compare.",
    misread: "Group {{group}} can't be right. Please compare that group.",
    again: "Ask with another receipt",
    my_data: "My data: what is kept, who looked, how to delete it",
    network: "There is no connection. Please try again in a while.",
    insecure:
      "This page came over an insecure connection and can't open an answer. Please use the address that begins with https.",
  },
  tip: {
    title: "Tip",
    category: "About",
    received: "Received",
    unit: "Receiving unit",
    routed: "Taken over",
    waiting:
      "Two keepers of the receiving unit open it together. After that nothing of its text is left here.",
    taken: "Its text is in the receiving unit's case system, and here no more.",
    no_answer_yet:
      "There is no answer yet. Some things can't be told while a case is open; when they can, you will be answered here.",
    no_answer_wanted: "You chose not to be answered.",
    answer: "Your answer",
    unreadable:
      "The answer doesn't open. Please compare the receipt; if that doesn't help, call 110 and say so.",
  },
  page: {
    loading: "Opening",
    network: "No connection. Check the network and open it again.",
    again: "Try again",
    step: "Step {{step}} of {{steps}}",
    next: "Next",
    back: "Back",
  },
} as const;
