/** The pages for residents whose browser runs no scripts: drawn here, nothing fetched, nothing remembered. */
import { matters as mattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as mattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { residents as residentsEn } from "@wanjia/contract/messages/residents.en";
import { residents as residentsZh } from "@wanjia/contract/messages/residents.zh-CN";
import { printNumber } from "@wanjia/domain/matters/number";
import {
  MATTER_KINDS,
  MATTER_LIMITS,
  MATTER_SUBTYPES,
  type MatterKind,
} from "@wanjia/domain/matters/terms";
import { spotsFor, STOP_SIGNS_ON_PAGE, type Surroundings } from "@wanjia/domain/matters/web";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import { printedReceiptCode } from "@wanjia/domain/shared/receipt-code";
import type { Locale } from "../platform/access.ts";
import { Html, html } from "../platform/html.ts";
import { PAGE_STYLE } from "../platform/page-style.ts";
import { PLAIN } from "../platform/http.ts";
import type { FollowedMatter } from "./residents.ts";

/** What a plate shows without a script. */
export interface PlateFace {
  readonly bureau: { readonly name: string; readonly nameEn: string };
  readonly station: { readonly name: string; readonly nameEn: string; readonly dutyPhone: string };
  readonly beat: { readonly name: string; readonly nameEn: string } | null;
  readonly officers: readonly {
    readonly name: string;
    readonly title: string;
    readonly publicPhone: string;
  }[];
  readonly notice: { readonly decline: string; readonly card: string };
}

interface Words {
  readonly labels: typeof residentsZh;
  readonly names: typeof mattersZh;
}

function wordsIn(locale: Locale): Words {
  // The English files have the same keys: contract/messages.test.ts.
  return locale === "en"
    ? ({ labels: residentsEn, names: mattersEn } as unknown as Words)
    : { labels: residentsZh, names: mattersZh };
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** A building that an address led to. */
export interface NamedFace {
  readonly code: string;
  readonly community: string | null;
  readonly station: string;
  readonly stationEn: string;
}

/** An address of these pages; the language travels along, since nothing is remembered. */
function to(path: string, locale: Locale): string {
  return `${PLAIN}${path}?lang=${locale}`;
}

/** One page, in one language, with the way to the other. */
function page(locale: Locale, path: string, title: string, body: Html): string {
  const { plain } = wordsIn(locale).labels;
  const other = locale === "en" ? "zh-CN" : "en";
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        <style>
          ${new Html(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <nav>
          <a href="${to("", locale)}">${plain.home}</a
          ><a lang="${other}" href="${to(path, other)}">${plain.language}</a>
        </nav>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `.text;
}

function call(label: string, phone: string): Html {
  return html`<a class="call" href="tel:${phone.replaceAll(/[^\d+]/g, "")}">${label} ${phone}</a>`;
}

function problemLine(problem: string | null): Html | null {
  return problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`;
}

export function homePage(locale: Locale, problem: string | null): string {
  const { plain } = wordsIn(locale).labels;
  return page(
    locale,
    "",
    plain.title,
    html`<p>${plain.promise}</p>
      ${problemLine(problem)}
      <form method="get" action="${PLAIN}plate">
        <input type="hidden" name="lang" value="${locale}" />
        <label for="code">${plain.serial}</label>
        <p class="hint" id="code-hint">${plain.serial_hint}</p>
        <input
          type="text"
          id="code"
          name="code"
          maxlength="60"
          autocomplete="off"
          aria-describedby="code-hint"
        />
        <button>${plain.open}</button>
      </form>
      <h2>${plain.place_title}</h2>
      <form method="get" action="${PLAIN}place">
        <input type="hidden" name="lang" value="${locale}" />
        <label for="name">${plain.place_name}</label>
        <input type="text" id="name" name="name" maxlength="40" autocomplete="off" />
        <label for="number">${plain.place_number}</label>
        <p class="hint" id="number-hint">${plain.place_hint}</p>
        <input
          type="text"
          id="number"
          name="number"
          maxlength="20"
          autocomplete="off"
          aria-describedby="number-hint"
        />
        <button>${plain.place_find}</button>
      </form>
      <h2>${plain.receipt_title}</h2>
      <ul class="links">
        <li><a href="${to("receipt", locale)}">${plain.receipt_link}</a></li>
      </ul>
      ${call(plain.emergency, "110")} ${call(plain.complaint, "12389")}`,
  );
}

/** Several estates may share a name: each says where it is. */
export function placesPage(locale: Locale, found: readonly NamedFace[]): string {
  const { plain } = wordsIn(locale).labels;
  return page(
    locale,
    "",
    plain.place_which,
    html`<ul class="links">
      ${found.map(
        ({ code, community, station, stationEn }) =>
          html`<li>
            <a href="${to(`p/${encodeURIComponent(code)}`, locale)}"
              >${community ?? ""} ${locale === "en" ? stationEn : station}</a
            >
          </li>`,
      )}
    </ul>`,
  );
}

export function platePage(locale: Locale, code: string, plate: PlateFace): string {
  const { plain } = wordsIn(locale).labels;
  const english = locale === "en";
  const { station, beat, bureau, officers, notice } = plate;
  const name = (unit: { name: string; nameEn: string }) => (english ? unit.nameEn : unit.name);
  const path = `p/${encodeURIComponent(code)}`;
  return page(
    locale,
    path,
    name(station),
    html`<p>${[name(bureau), ...(beat === null ? [] : [name(beat)])].join(" · ")}</p>
      <p>${plain.promise}</p>
      ${call(plain.duty, station.dutyPhone)}
      <ul class="links">
        <li><a href="${to(`${path}/say`, locale)}">${plain.say_title}</a></li>
      </ul>
      <h2>${plain.officers}</h2>
      ${
        officers.length === 0
          ? html`<p>${plain.no_officers}</p>`
          : html`<dl>
              ${officers.map(
                (one) =>
                  html`<dt>${one.name}</dt>
                    <dd>${one.title} ${call("", one.publicPhone)}</dd>`,
              )}
            </dl>`
      }
      <p class="hint">${plain.check}</p>
      <p>${notice.decline}</p>
      ${call(plain.complaint, "12389")}`,
  );
}

/** Without a script one thing is asked after the other: first what kind of thing it is. */
export function kindsPage(locale: Locale, code: string): string {
  const { plain, kind, kindHint } = wordsIn(locale).labels;
  const path = `p/${encodeURIComponent(code)}/say`;
  return page(
    locale,
    path,
    plain.say_title,
    html`<p>${plain.say_lead}</p>
      <ul class="links">
        ${MATTER_KINDS.map(
          (one) =>
            html`<li>
              <a href="${to(`${path}/${one}`, locale)}"
                >${kind[one]}<br /><span class="hint">${kindHint[one]}</span></a
              >
            </li>`,
        )}
      </ul>`,
  );
}

/** What a form holds, by the names of its fields. */
export type Fields = Readonly<Record<string, string>>;

function options(chosen: string | undefined, all: readonly (readonly [string, string])[]): Html[] {
  return all.map(
    ([value, label]) =>
      html`<option value="${value}" ${chosen === value ? html` selected` : null}>${label}</option>`,
  );
}

/** Where it is, as one list: a floor is an entry of its own. */
function spotOptions(locale: Locale, kind: MatterKind, around: Surroundings) {
  const { spot, plain } = wordsIn(locale).labels;
  return spotsFor(kind, around).flatMap((one): (readonly [string, string])[] => {
    if (one === "floor") {
      return around.floors.map((part) => [`floor:${part}`, fill(plain.floor, { part })]);
    }
    if (one === "entrance") {
      return around.entrances.map((part) => [`entrance:${part}`, fill(plain.entrance, { part })]);
    }
    return [[one, spot[one]]];
  });
}

/** Where a script is missing, so is the way to make calls of a form wait: fewer ways to be answered. */
export const PLAIN_WISHES = ["page", "phone", "none"] as const;

export function sayPage(
  locale: Locale,
  code: string,
  kind: MatterKind,
  around: Surroundings,
  fields: Fields,
  problem: string | null,
): string {
  const { labels, names } = wordsIn(locale);
  const { plain, warning, sign, wish } = labels;
  const path = `p/${encodeURIComponent(code)}/say/${kind}`;
  const named: Readonly<Record<string, string>> = names.subtype[kind];
  const subtypes = MATTER_SUBTYPES[kind].filter((one) => one !== "missing_person");
  const first = kind === "opinion" ? null : warning[kind === "service_request" ? "help" : kind];
  const ticked = (name: string) => (fields[name] === "yes" ? html` checked` : null);
  return page(
    locale,
    path,
    labels.kind[kind],
    html`${
        first === null
          ? null
          : html`<div class="warn">
              <p>${first}</p>
              ${call(plain.emergency, "110")}
            </div>`
      }
      ${problemLine(problem)}
      <form method="post" action="${to(path, locale)}">
        <input type="hidden" name="receipt" value="${fields["receipt"] ?? ""}" />
        <label for="subtype">${plain.subtype}</label>
        <select id="subtype" name="subtype">
          ${options(
            fields["subtype"],
            subtypes.map((one) => [one, named[one] ?? one] as const),
          )}
        </select>
        <label for="spot">${plain.place}</label>
        <select id="spot" name="spot">
          ${options(fields["spot"], spotOptions(locale, kind, around))}
        </select>
        ${
          kind === "dispute"
            ? html`<fieldset>
                <legend>${plain.signs}</legend>
                ${STOP_SIGNS_ON_PAGE.map(
                  (one) =>
                    html`<label class="one"
                      ><input type="checkbox" name="${one}" value="yes" ${ticked(one)} />
                      ${sign[one]}</label
                    >`,
                )}
              </fieldset>`
            : null
        }
        <label for="text">${plain.text}</label>
        <p class="hint" id="text-hint">
          ${fill(plain.text_hint, { limit: MATTER_LIMITS.textLength })}
        </p>
        <textarea
          id="text"
          name="text"
          rows="6"
          maxlength="${MATTER_LIMITS.textLength}"
          aria-describedby="text-hint"
        >
${fields["text"] ?? ""}</textarea>
        <fieldset>
          <legend>${plain.answer}</legend>
          ${PLAIN_WISHES.map(
            (one) =>
              html`<label class="one"
                ><input
                  type="radio"
                  name="feedback"
                  value="${one}"
                  ${(fields["feedback"] ?? "page") === one ? html` checked` : null}
                />
                ${wish[one]}</label
              >`,
          )}
        </fieldset>
        <label for="phone">${plain.phone}</label>
        <p class="hint" id="phone-hint">${plain.phone_hint}</p>
        <input
          type="tel"
          id="phone"
          name="phone"
          maxlength="20"
          autocomplete="off"
          value="${fields["phone"] ?? ""}"
          aria-describedby="phone-hint"
        />
        <label class="one"
          ><input type="checkbox" name="consent" value="yes" ${ticked("consent")} />
          ${plain.consent}</label
        >
        <button>${plain.send}</button>
      </form>`,
  );
}

function day(instant: Instant, locale: Locale): string {
  const [year = "", month = "", date = ""] = localDate(instant).split("-");
  return locale === "en"
    ? `${year}-${month}-${date}`
    : `${year}年${Number(month)}月${Number(date)}日`;
}

function nextLine(locale: Locale, { next }: FollowedMatter): string | null {
  if (next === null || next.dueAt === null) return null;
  return `${wordsIn(locale).labels.next[next.purpose]} ${day(next.dueAt - 1, locale)}`;
}

export function sentPage(
  locale: Locale,
  receipt: string,
  qr: string,
  matter: FollowedMatter,
): string {
  const { labels } = wordsIn(locale);
  const { plain, warning } = labels;
  const { unit, number, guarded } = matter;
  const next = nextLine(locale, matter);
  return page(
    locale,
    "receipt",
    plain.sent_title,
    html`<h2>${plain.slip}</h2>
      <p>${plain.keep}</p>
      <p class="code">${printedReceiptCode(receipt)}</p>
      <div class="qr" role="img" aria-label="${plain.slip}">${new Html(qr)}</div>
      <dl>
        <dt>${plain.number}</dt>
        <dd>${printNumber(number)}</dd>
        <dt>${plain.unit}</dt>
        <dd>${locale === "en" ? unit.nameEn : unit.name}</dd>
        ${
          next === null
            ? null
            : html`<dt>${plain.next}</dt>
                <dd>${next}</dd>`
        }
      </dl>
      ${guarded ? html`<p class="warn">${warning.signs}</p>` : null}
      ${call(plain.duty, unit.dutyPhone)}`,
  );
}

export function askPage(locale: Locale, problem: string | null): string {
  const { plain } = wordsIn(locale).labels;
  return page(
    locale,
    "receipt",
    plain.receipt_title,
    html`<p>${plain.receipt_lead}</p>
      ${problemLine(problem)}
      <form method="post" action="${to("receipt", locale)}">
        <label for="receipt">${plain.slip}</label>
        <p class="hint" id="receipt-hint">${plain.receipt_hint}</p>
        <input
          type="text"
          id="receipt"
          name="receipt"
          inputmode="numeric"
          maxlength="80"
          autocomplete="off"
          aria-describedby="receipt-hint"
        />
        <button>${plain.ask}</button>
      </form>`,
  );
}

export function statePage(locale: Locale, matter: FollowedMatter): string {
  const { labels, names } = wordsIn(locale);
  const { plain, disagree } = labels;
  const { number, kind, subtype, state, outcome, reason, unit, informed, answer, guarded } = matter;
  const subtypes: Readonly<Record<string, string>> = kind === null ? {} : names.subtype[kind];
  const next = nextLine(locale, matter);
  const facts: readonly (readonly [string, string | null])[] = [
    [plain.number, printNumber(number)],
    [plain.about, kind === null ? null : `${names.kind[kind]} · ${subtypes[subtype ?? ""] ?? ""}`],
    [plain.state, state === null ? null : labels.state[state]],
    [plain.unit, locale === "en" ? unit.nameEn : unit.name],
    [plain.received, day(matter.registeredAt, locale)],
    [plain.next, next],
    [plain.outcome, outcome === null ? null : names.outcome[outcome]],
    [plain.reason, reason === null ? null : names.reason[reason]],
  ];
  return page(
    locale,
    "receipt",
    plain.state_title,
    html`<dl>
        ${facts.map(([name, value]) =>
          value === null
            ? html``
            : html`<dt>${name}</dt>
                <dd>${value}</dd>`,
        )}
      </dl>
      ${guarded ? html`<p>${labels.guarded}</p>` : null} ${call(plain.duty, unit.dutyPhone)}
      ${
        answer === null
          ? null
          : html`<h2>${answer.stands ? plain.answered : plain.answered_before}</h2>
              <p class="said">${answer.text}</p>`
      }
      ${
        informed === null || answer?.stands === true
          ? null
          : html`<h2>${plain.informed}</h2>
              <p class="said">${informed.text}</p>`
      }
      ${
        guarded
          ? null
          : html`<h2>${disagree.title}</h2>
              <ul>
                <li>${plain.disagree_phone}</li>
                <li>${disagree.review}</li>
                <li>${disagree.police}</li>
                <li>${disagree.hotline}</li>
              </ul>`
      }`,
  );
}
