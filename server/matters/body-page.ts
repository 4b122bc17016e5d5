/** The page that a link opens: plain HTML, so that any browser in any office shows it. */
import { matters as mattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as mattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { referrals as en } from "@wanjia/contract/messages/referrals.en";
import { referrals as zhCN } from "@wanjia/contract/messages/referrals.zh-CN";
import type { ReferralRow } from "@wanjia/contract/referrals";
import { bodyOutcomes } from "@wanjia/domain/matters/referral";
import { printNumber } from "@wanjia/domain/matters/number";
import { SOLVED, UNSOLVED_REASONS } from "@wanjia/domain/matters/terms";
import { localDate, localTime } from "@wanjia/domain/shared/instant";
import type { Locale } from "../platform/access.ts";
import { type Html, html } from "../platform/html.ts";
import { doneLine, drawPage, options, problemLine } from "../platform/page.ts";

function textsOf(locale: Locale) {
  return locale === "en" ? { words: en, labels: mattersEn } : { words: zhCN, labels: mattersZh };
}

function page(locale: Locale, title: string, body: Html): string {
  return drawPage({ locale, title, body: html`<main>${body}</main>` });
}

function moment(at: number): string {
  const { hour, minute } = localTime(at);
  return `${localDate(at)} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function fact(label: string, value: string | null): Html {
  if (value === null || value === "") return html``;
  return html`<dt>${label}</dt>
    <dd>${value}</dd>`;
}

export function gonePage(locale: Locale, busy: boolean): string {
  const { link } = textsOf(locale).words;
  const title = busy ? link.busy : link.gone;
  return page(
    locale,
    title,
    html`<h1>${title}</h1>
      ${busy ? null : html`<p>${link.gone_text}</p>`}`,
  );
}

/** `refusal` is what was wrong with the last order; `done` that it was taken. */
export function referralPage(
  locale: Locale,
  referral: ReferralRow,
  last: { readonly refusal?: string; readonly done?: boolean },
): string {
  const { words, labels } = textsOf(locale);
  const { state } = referral;
  const subtypes: Readonly<Record<string, string>> = labels.subtype[referral.kind];
  const facts = [
    fact(words.place, referral.place),
    fact(words.problem, referral.text),
    fact(words.basis, [labels.basis[referral.basis], referral.law ?? ""].filter(Boolean).join(" ")),
    fact(words.station, referral.stationName),
    fact(words.phone, referral.dutyPhone),
    fact(words.sent, moment(referral.sentAt)),
    fact(words.due, referral.dueAt === null ? null : moment(referral.dueAt - 1)),
    fact(words.result, referral.outcome === null ? null : labels.outcome[referral.outcome]),
    fact(words.said, referral.said),
  ];
  return page(
    locale,
    words.link.title,
    html`<h1>${words.link.title} <span class="whole">${printNumber(referral.number)}</span></h1>
      ${problemLine(last.refusal ?? null)} ${doneLine(last.done === true ? words.done : null)}
      <p><strong>${words.state[state]}</strong></p>
      ${referral.arbitrated ? html`<p>${words.arbitrated}</p>` : null}
      <p>${labels.kind[referral.kind]} · ${subtypes[referral.subtype] ?? ""}</p>
      <dl>${facts}</dl>
      <p class="hint">${referral.contact ? words.contact : words.no_contact}</p>
      <p class="hint">${words.link.nobody}</p>
      ${forms(locale, referral)}`,
  );
}

function forms(locale: Locale, referral: ReferralRow): Html {
  const { words, labels } = textsOf(locale);
  if (referral.state === "sent") {
    const back = html`<form class="step" method="post">
      <input type="hidden" name="type" value="return_assignment" />
      <label for="reason">${words.return_reason}</label>
      <textarea id="reason" name="reason" rows="3" maxlength="500" required></textarea>
      <button class="aside">${words.return}</button>
    </form>`;
    return html`<form class="step" method="post">
        <input type="hidden" name="type" value="accept" />
        <button>${words.accept}</button>
      </form>
      ${referral.arbitrated ? null : back}`;
  }
  if (referral.state !== "accepted") return html`<p>${words.link.ended}</p>`;
  const outcomes = bodyOutcomes(referral);
  const unsolved = outcomes.some((outcome) => !SOLVED.includes(outcome));
  const why = html`<label for="why">${words.unsolved}</label>
    <select id="why" name="reason">
      <option value="">—</option>
      ${options(
        undefined,
        UNSOLVED_REASONS.map((one) => [one, labels.reason[one]] as const),
      )}
    </select>`;
  return html`<form class="step" method="post">
    <h2>${words.answer}</h2>
    <input type="hidden" name="type" value="resolve" />
    <label for="outcome">${words.outcome}</label>
    <select id="outcome" name="outcome">
      ${options(
        undefined,
        outcomes.map((one) => [one, labels.outcome[one]] as const),
      )}
    </select>
    ${unsolved ? why : null}
    <label for="text">${words.text}</label>
    <textarea id="text" name="text" rows="4" maxlength="500" required></textarea>
    <button>${words.answer}</button>
  </form>`;
}
