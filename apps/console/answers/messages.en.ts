import type { SameKeys } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";

export const en: SameKeys<typeof zhCN> = {
  title: "Answers on their way",
  lead: "How answers, notes and callback questions reach residents: what waits, what arrived, what needs you.",
  empty: "Nothing on its way",
  empty_hint:
    "Once a resident is answered on a matter’s page, the text, letter or notice appears here.",
  column: {
    matter: "Matter",
    purpose: "What",
    channel: "How",
    state: "State",
    made: "Written",
    station: "Unit",
  },
  filter: { todo: "To be done", todo_only: "Only what needs somebody" },
  waits: "goes out after {{time}}",
  by_hand: "noted by hand",
  text: "What the resident is told",
  text_gone: "Its time is over: only the record of sending is left.",
  facts: {
    matter: "Matter",
    place: "Place",
    made: "Written",
    sent: "Sent",
    attempts: "Attempts",
    reply: "The resident’s reply",
  },
  done: "Noted: {{step}}",
  count: "{{signs}} signs, {{pieces}} text messages",
  over: "More than {{limit}} signs. Please shorten it.",
  preview: {
    sms: "As it looks on the phone",
    page: "As it looks on the receipt’s page",
    letter: "As the letter looks",
    notice_board: "As the notice looks",
    aloud: "What may be said on the phone or in person",
  },
  notice: "An answer to what residents raised",
  gap: {
    blank: "A blank is still to be filled in.",
    who: "It doesn’t say whom to turn to, or a phone number.",
    why_not: "It wasn’t solved, and the reason is missing.",
    next: "What comes next, and when, is missing.",
    disagree: "It doesn’t say what to do when one disagrees.",
  },
  coaching: "“{{words}}” tells residents what to say of us: it can’t be sent.",
  when: {
    page: "The resident sees it with the receipt as soon as it is written; nothing reminds them.",
    soon: "Goes out within a minute.",
    later: "These are quiet hours: it goes out {{time}} (every day 9:00–12:00 and 14:30–20:30).",
    held: "Doesn’t go out by itself: {{reason}}",
    no_gateway:
      "No text gateway is connected: send it with the station’s phone, then note it under “Answers on their way”.",
    paper: "It then waits under “Answers on their way” to be printed and handed over.",
    aloud: "This says that the resident has been told.",
  },
  of_matter: { title: "Sent to the resident", none: "Nothing was sent to the resident yet." },
  ask: {
    open: "Ask by text",
    title: "Callback by text",
    hint: "Asked once; after two days without a reply reminded once; then left alone.",
    send: "Send the question",
    done: "The question is on its way",
  },
  papers: "Papers to print",
};
