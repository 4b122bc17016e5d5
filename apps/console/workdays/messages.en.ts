export const en = {
  title: "Working days",
  through: "Days off are known through {{day}}.",
  soon: "Days off are known through {{day}} only, {{days}} days from now. Load the next year, or limits that reach beyond it get no date.",
  over: "Days off are known through {{day}} only. No limit in working days has a date at present; load the year at once.",
  go: "Load it",
  load: "Load a year",
  loaded: "{{year}}: {{off}} days off, {{work}} make-up days. Source: {{source}}",
  form: {
    hint: "As the State Council's notice says. Limits that waited for these days get their date; dates that were given stay.",
    year: "Year",
    source: "Number of the notice",
    days: "Days off and make-up days",
    days_hint:
      "A stretch on each line: off 2027-01-01~2027-01-03; work 2027-01-31. Leave plain weekends out, but name those inside a holiday.",
    file: "Read from a file",
    submit: "Load",
    saved: "Loaded; days off are known through {{day}}.",
  },
} as const;
