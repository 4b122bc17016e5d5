/** What the pages without JavaScript are made of. */
import { matters as mattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as mattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { residents as residentsEn } from "@wanjia/contract/messages/residents.en";
import { residents as residentsZh } from "@wanjia/contract/messages/residents.zh-CN";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import type { Locale } from "../platform/access.ts";
import { type Html, html } from "../platform/html.ts";
import { PLAIN } from "../platform/http.ts";
import { drawPage } from "../platform/page.ts";

interface Words {
  readonly labels: typeof residentsZh;
  readonly names: typeof mattersZh;
}

export function wordsIn(locale: Locale): Words {
  // The English files have the same keys: contract/messages.test.ts.
  return locale === "en"
    ? ({ labels: residentsEn, names: mattersEn } as unknown as Words)
    : { labels: residentsZh, names: mattersZh };
}

/** An address of these pages; the language travels along, since nothing is remembered. */
export function to(path: string, locale: Locale): string {
  return `${PLAIN}${path}?lang=${locale}`;
}

/** One page, in one language, with the way to the other. */
export function page(locale: Locale, path: string, title: string, body: Html): string {
  const { plain } = wordsIn(locale).labels;
  const other = locale === "en" ? "zh-CN" : "en";
  return drawPage({
    locale,
    title,
    body: html`<nav>
        <a href="${to("", locale)}">${plain.home}</a
        ><a lang="${other}" href="${to(path, other)}">${plain.language}</a>
      </nav>
      <main>
        <h1>${title}</h1>
        ${body}
      </main>`,
  });
}

export function call(label: string, phone: string): Html {
  return html`<a class="call" href="tel:${phone.replaceAll(/[^\d+]/g, "")}"
    >${label} <span class="whole">${phone}</span></a
  >`;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A day as the pages with JavaScript write it: in English the month is a word. */
export function day(instant: Instant, locale: Locale): string {
  const [year = "", month = "", date = ""] = localDate(instant).split("-");
  return locale === "en"
    ? `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
    : `${year}年${Number(month)}月${Number(date)}日`;
}
