import type { Words } from "../shell/language.ts";

export const en: Words = {
  name: "Visits by community officers",
  skip: "Skip to content",
  language: "中文",
  larger: "Large text",
  usual: "Usual text",
  aloud: "Read aloud",
  quiet: "Stop reading",
  opening: "Opening",
  loading: "Looking up this plate",
  promise: {
    title: "Visits are voluntary",
    text: "You need not take part or let anyone in. You need give no reason, and nothing you apply for depends on it.",
    never:
      "We take no money, ask for no ID number, bank card, password or code, and want no app installed.",
  },
  call: {
    duty: "Call the station",
    duty_hint: "Someone is on duty day and night",
    emergency: "In an emergency call 110",
    officer: "Call {{name}}",
    complaint: "A complaint about the police",
    complaint_text:
      "Not content, disturbed, asked for money, or someone posed as an officer: call the police inspectorate, one number for the whole country, day and night.",
    complaint_write: "Or write your complaint here",
    complaint_call: "Call 12389",
  },
  station: { title: "Your police station", address: "Address", website: "Official website" },
  say: {
    title: "Say something to the station",
    text: "An opinion, help, a hazard, a dispute: say it here, no name needed, and get a receipt.",
    link: "Say something",
  },
  officers: {
    title: "Your community officers",
    none: "A new officer is being posted here. Meanwhile call the station's duty phone.",
    check:
      "An officer at your door shows a warrant card. Check the name before you open; if in doubt, call the station.",
  },
  decline: { title: "When we come, and whether", link: "Ask for a visit, or for none" },
  notice: {
    title: "How we use your information",
    withdrawal: "Withdrawing consent",
    shop: "For shops and organisations",
    version: "Version {{version}} of this notice",
  },
  plate: {
    serial: "Number of this plate",
    check:
      "Check that it is the number printed on the plate and that the address is {{host}}. If not, read no further and call the station.",
  },
  address: {
    title: "No number at hand? Find it by the address",
    name: "Estate or street",
    name_hint: "Such as 锦湖小区 or 东亭路",
    number: "Number of the building",
    number_hint: "Such as 3 or 12; no entrance, no flat.",
    find: "Find the station and officer",
    which: "There are several of that name. Which one?",
    none: "Not found. Check the name and number; or ask the property company or the residents’ committee, or ask for your police station on 12345.",
    missing: "Fill in the estate or street, and then the number.",
    found: "Found by the address you gave.",
  },
  unknown: {
    title: "There is no such plate",
    text: "This number is not registered with the bureau. The plate may be forged, or it has been replaced.",
    misread_title: "This number is not right",
    misread_text:
      "A number has 30 letters and digits; some may be misread or missing. Compare it with the plate and enter it again.",
    do_title: "What to do",
    do: {
      nothing: "Enter nothing on any page it opens, pay nothing, install nothing.",
      call: "Call 110 and say where you saw it; we will come to look and replace it.",
      photo: "Leave the plate where it is, so that an officer can see it.",
    },
    again: "Enter the number again",
  },
  withdrawn: {
    title: "This plate is no longer valid",
    text: "The address has changed, or the plate was replaced. Don't open the door, pay or fill in anything because of this plate.",
    ask: "Ask {{station}}",
    ask_text:
      "The station can tell you which plate holds now and who your community officer is. We will take the old plate down.",
  },
  failed: {
    title: "This cannot be looked up now",
    text: "There is no network, or the server is busy. Try again later; if it is urgent, call the duty phone printed on the plate.",
    busy: "Too many look-ups. Try again in a minute.",
    retry: "Try again",
  },
  home: {
    title: "Visits by community officers",
    lead: "An officer who knocks comes to listen and to help.",
    verify: "How to tell a true plate",
    steps: {
      domain:
        "Look at the address after scanning. The official one is {{host}}; one letter more or less is another one.",
      serial: "The number on the page is the number printed on the plate.",
      never:
        "The official page wants no ID number, bank card, password or code, no money, no app and no other code scanned.",
    },
    enter: "Enter the number on the plate",
    enter_hint: "30 letters and digits below the square. Capitals and spaces don't matter.",
    open: "Look up this plate",
    say: "Something to say",
    say_plate:
      "An opinion, help, a hazard or a dispute: first enter the number on the plate, to find the station in charge.",
    tip: "A tip about an offence (sealed, anonymous)",
    complain: "A complaint about the police (past the unit concerned)",
    receipt: "What became of it: ask with your receipt",
    board: "Your community: you said, we did",
    listed: "Estates being put right in public",
    paper: "The form on paper, to print",
    empty: "Enter the number on the plate.",
  },
  missing: {
    title: "There is no such page",
    text: "The address may be mistyped.",
    home: "To the home page",
  },
};
