export const en = {
  title: "Type in a paper form",
  hint: "What residents write on paper or say by telephone is handled like what comes over the page, with a receipt. Type only what the resident wrote.",
  submit: "Register and give a receipt",
  origin: "How it came",
  origins: { paper: "Paper form", desk: "Call or visit" },
  errand: "What it is about",
  errands: { visit: "A visit is asked for", no_visits: "No visits" },
  place: "Which door",
  day: "Day",
  from: "From",
  to: "To",
  phone: "Telephone (may stay empty)",
  salutation: "How to address (may stay empty)",
  consent: "The resident agrees to be reached this way, for this once only",
  consent_needed: "To keep it the resident's consent is needed; otherwise empty the field.",
  required: "Please fill in: {{field}}",
  no_visits_text:
    "It holds at once: this door is not visited for twenty-four months. No reason is asked.",
  receipt: {
    title: "Please hand the receipt over",
    about: "Wanjia · receipt",
    hint: "Print it, copy it or read it out. It is kept nowhere; once closed it is gone.",
    where:
      "With these six groups, choose “What became of it” at {{host}}, or call the station to ask or to take it back.",
    print: "Print the receipt",
    done: "Handed over",
  },
} as const;
