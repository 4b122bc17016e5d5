export const paper = {
  title: "Residents' form",
  lead: "Whatever the page can do, this sheet can do: handled alike, within the same time limits. No name needed. Fill in only what you want, and hand it in at the station's duty room or to your community officer.",
  language: "中文",
  large: "Large print",
  usual: "Usual print",
  print_hint: "Print it with your browser's “Print”, on A4.",
  receipt:
    "Ask for a receipt when you hand it in: six groups of digits by which you follow it, read the answer and, if it is not solved, have it taken up again.",
  emergency:
    "In danger, or if somebody is hurt, call 110 at once; fire 119; ambulance 120. Don't use this form.",
  never: "No document numbers, no passwords, no names of other people.",
  where: {
    title: "1. Where",
    door: "Estate or street, building, entrance, flat",
    spot: "Where it is (optional)",
  },
  say: {
    title: "2. Say something to the station",
    kind: "What it is (one)",
    subtype: "About what (optional)",
    signs: "For a dispute: is any of this so",
    text: "Tell us: where, what, and what you would like",
    answer: "How shall we answer you",
    in_person: "Tell me in person",
    letter: "Write to the address above",
  },
  visit: {
    title: "3. Visits",
    ask: "Please visit me on ____ (day) ____ (month), from ____ to ____ o'clock",
    none: "No visits (none for twenty-four months, no reason needed; say so whenever you want them again)",
  },
  data: {
    title: "4. Your data",
    withdraw:
      "Withdraw consent: delete the telephone and name I left (write the receipt; deleted at once)",
    about: "Matter number or receipt (six groups of digits)",
    text: "Please say what",
  },
  earlier: {
    title: "5. What you told us before",
    callback: "How it went: did anybody get in touch with me (yes · no)",
    solved: "Is it solved",
    satisfaction: "Are you satisfied",
    reopen: "Not solved: take it up again (write what is wrong)",
    back: "I don't want it any more: withdraw it",
  },
  contact: {
    title: "6. How to reach you (all optional)",
    phone: "Telephone",
    salutation: "How to address you",
    consent: "I agree to be reached this way, for this matter alone; deleted 30 days after its end",
  },
  sealed: {
    title: "Complaints about officers, and tips: not on this form",
    complaint:
      "A complaint: write it on the slip below, cut it off, seal it in an envelope marked “Inspectorate” and send it to the bureau's inspectorate; or call 12389. The unit concerned neither opens, reads nor registers it.",
    tip: "A tip: write it on another sheet, seal it in an envelope marked “Tip” and give it to an officer, who passes it on unopened to the receiving unit. Or call 110, or send it sealed over the page.",
  },
  complaint: {
    title: "Complaint (cut off and seal)",
    about: "Whom it concerns",
    station: "Which station",
    kind: "About what",
    happened: "When",
    text: "What happened",
  },
  date: "Date",
  desk: {
    title: "For the station",
    received: "Received on",
    number: "Number",
    given: "Receipt handed over",
    typed: "Typed in by",
  },
} as const;
