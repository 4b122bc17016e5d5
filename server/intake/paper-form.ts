/** The residents' form on A4, for whoever would rather write: every errand of the page (domain.md §8.6). */
import { complaints as complaintsEn } from "@wanjia/contract/messages/complaints.en";
import { complaints as complaintsZh } from "@wanjia/contract/messages/complaints.zh-CN";
import { matters as mattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as mattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { paper as paperEn } from "@wanjia/contract/messages/paper.en";
import { paper as paperZh } from "@wanjia/contract/messages/paper.zh-CN";
import { privacy as privacyEn } from "@wanjia/contract/messages/privacy.en";
import { privacy as privacyZh } from "@wanjia/contract/messages/privacy.zh-CN";
import { residents as residentsEn } from "@wanjia/contract/messages/residents.en";
import { residents as residentsZh } from "@wanjia/contract/messages/residents.zh-CN";
import { COMPLAINT_ABOUT, COMPLAINT_KINDS } from "@wanjia/domain/complaints/terms";
import { MATTER_KINDS, SOLVED_ANSWERS } from "@wanjia/domain/matters/terms";
import { STOP_SIGNS_ON_PAGE } from "@wanjia/domain/matters/web";
import { DATA_REQUEST_KINDS } from "@wanjia/domain/privacy/terms";
import type { FastifyInstance } from "fastify";
import type { Locale } from "../platform/access.ts";
import { type Html, html } from "../platform/html.ts";
import { PLAIN } from "../platform/http.ts";
import { localeOf } from "../platform/messages.ts";
import { drawPage, showPage } from "../platform/page.ts";

/** What the page without scripts offers as a way to be answered, and paper besides. */
const WISHES = ["page", "phone", "sms", "notice_board", "none"] as const;
const SATISFACTION = ["1", "2", "3", "4", "5"] as const;

/** Points of the usual print, and of the large (domain.md §8.6: at least 18). */
const POINTS = { usual: 10.5, large: 18 } as const;
type Print = keyof typeof POINTS;

function style(print: Print): string {
  return `
@page { size: A4; margin: 14mm }
:root { color-scheme: light }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 182mm; padding: 6mm; background: #fff; color: #000; font: ${POINTS[print]}pt/1.5 "Noto Sans SC", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", sans-serif }
nav { display: flex; flex-wrap: wrap; gap: 0 1.5rem; font-size: 1rem } nav a { padding: .6rem 0; color: #1f5fa8 }
h1 { font-size: 1.6em; line-height: 1.3; margin: 0 0 .3em } h2 { font-size: 1.15em; margin: .9em 0 .3em; border-bottom: .3mm solid #000; break-after: avoid }
p { margin: .3em 0 } section { break-inside: avoid-page }
.strong { font-weight: 700; border: .5mm solid #000; padding: .3em .6em }
ul { list-style: none; padding: 0; margin: .2em 0; display: flex; flex-wrap: wrap; gap: .1em 1.4em }
ul.wide { display: block }
li::before { content: "□ " } li { padding-inline-start: 1.3em; text-indent: -1.3em }
.line { display: flex; gap: .5em; align-items: end; margin: .5em 0; min-height: 1.9em } .line::after { content: ""; flex: 1; min-width: 30%; border-bottom: .2mm solid #000 }
.lines { height: var(--high); background: repeating-linear-gradient(#fff 0 calc(2em - .3mm), #777 calc(2em - .3mm) 2em); print-color-adjust: exact; -webkit-print-color-adjust: exact; margin: .3em 0 }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5em }
.desk { border: .3mm solid #000; padding: 0 .8em .4em; margin-top: 1em }
.cut { border-top: .5mm dashed #000; margin-top: 1.2em; break-before: page }
@media (max-width: 40rem) { .row { grid-template-columns: 1fr } }
@media print { nav, .screen { display: none } body { padding: 0; max-width: none } }
`;
}

const line = (label: string): Html => html`<p class="line">${label}</p>`;
const lines = (rows: number): Html => html`<div class="lines" style="--high: ${rows * 2}em"></div>`;

function boxes(labels: readonly string[], wide = false): Html {
  return html`<ul class="${wide ? "wide" : ""}">
    ${labels.map((label) => html`<li>${label}</li>`)}
  </ul>`;
}

function part(title: string, ...content: readonly Html[]): Html {
  return html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;
}

// The English files have the same keys: contract/messages.test.ts.
const WORDS = {
  "zh-CN": {
    words: paperZh,
    said: residentsZh,
    names: mattersZh,
    rights: privacyZh,
    complaints: complaintsZh,
  },
  en: {
    words: paperEn,
    said: residentsEn,
    names: mattersEn,
    rights: privacyEn,
    complaints: complaintsEn,
  },
} as const;

function paperForm(locale: Locale, print: Print): string {
  const { words, said, names, rights, complaints } = WORDS[locale];
  const { where, say, visit, data, earlier, contact, sealed, complaint, desk } = words;
  const address = (lang: Locale, size: Print) => `${PLAIN}form?lang=${lang}&size=${size}`;
  const other = locale === "en" ? "zh-CN" : "en";
  const otherPrint = print === "large" ? "usual" : "large";
  return drawPage({
    locale,
    title: words.title,
    style: style(print),
    body: html`<nav>
        <a href="${address(locale, otherPrint)}">${words[otherPrint]}</a>
        <a lang="${other}" href="${address(other, print)}">${words.language}</a>
      </nav>
      <main>
        <h1>${words.title}</h1>
        <p class="screen">${words.print_hint}</p>
        <p>${words.lead}</p>
        <p>${words.receipt}</p>
        <p class="strong">${words.emergency}</p>
        <p>${words.never}</p>
        ${part(where.title, line(where.door), line(where.spot))}
        ${part(
          say.title,
          html`<p>${say.kind}</p>`,
          boxes(MATTER_KINDS.map((kind) => said.kind[kind])),
          line(say.subtype),
          html`<p>${say.signs}</p>`,
          boxes(STOP_SIGNS_ON_PAGE.map((sign) => said.sign[sign])),
          html`<p>${say.text}</p>`,
          lines(5),
          html`<p>${say.answer}</p>`,
          boxes([...WISHES.map((wish) => said.wish[wish]), say.in_person, say.letter]),
        )}
        ${part(visit.title, boxes([visit.ask, visit.none], true))}
        ${part(
          data.title,
          boxes(
            [data.withdraw, ...DATA_REQUEST_KINDS.map((kind) => rights.request[kind])],
            print === "large",
          ),
          line(data.about),
          line(data.text),
          lines(1),
        )}
        ${part(
          earlier.title,
          line(earlier.about),
          boxes([earlier.callback], true),
          html`<p>${earlier.solved}</p>`,
          boxes(SOLVED_ANSWERS.map((one) => names.solved[one])),
          html`<p>${earlier.satisfaction}</p>`,
          boxes(SATISFACTION.map((one) => names.satisfaction[one])),
          html`<p>${earlier.respectful}</p>`,
          boxes(SATISFACTION.map((one) => names.respectful[one])),
          html`<p>${earlier.informed}</p>`,
          boxes(SATISFACTION.map((one) => names.informed[one])),
          boxes([earlier.may_contact, earlier.may_not_contact]),
          boxes([earlier.reopen, earlier.back], true),
          lines(2),
        )}
        ${part(
          contact.title,
          html`<div class="row">${line(contact.phone)} ${line(contact.salutation)}</div>`,
          boxes([contact.consent], true),
          line(words.date),
        )}
        <section class="desk">
          <h2>${desk.title}</h2>
          <div class="row">${line(desk.received)} ${line(desk.number)}</div>
          <div class="row">${line(desk.typed)} ${boxes([desk.given])}</div>
        </section>
        <div class="cut">
          ${part(sealed.title, html`<p>${sealed.complaint}</p>`, html`<p>${sealed.tip}</p>`)}
          ${part(
            complaint.title,
            html`<p>${complaint.about}</p>`,
            boxes(COMPLAINT_ABOUT.map((about) => complaints.about[about])),
            line(complaint.station),
            html`<p>${complaint.kind}</p>`,
            boxes(COMPLAINT_KINDS.map((kind) => complaints.kind[kind])),
            line(complaint.happened),
            html`<p>${complaint.text}</p>`,
            lines(print === "large" ? 5 : 10),
            html`<div class="row">${line(contact.phone)} ${line(contact.salutation)}</div>`,
            boxes([contact.consent], true),
          )}
        </div>
      </main>`,
  });
}

export function paperForms(app: FastifyInstance): void {
  app.get(`${PLAIN}form`, (request, reply) => {
    const { lang, size } = request.query as Readonly<Record<string, unknown>>;
    const locale =
      lang === "en" || lang === "zh-CN" ? lang : localeOf(request.headers["accept-language"]);
    return showPage(reply, 200, paperForm(locale, size === "large" ? "large" : "usual"));
  });
}
