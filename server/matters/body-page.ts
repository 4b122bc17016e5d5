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

const STYLE = `body{font:18px/1.6 "PingFang SC","HarmonyOS Sans SC","Noto Sans SC","Microsoft YaHei",sans-serif;color:#1b2a41;
margin:0 auto;max-width:40rem;padding:1rem;background:#fff}h1{font-size:1.4rem;line-height:1.3}h2{font-size:1.1rem;margin:0 0 .5rem}
dt{color:#4a5568;margin-top:.5rem}dd{margin:0}form{border-top:1px solid #cbd5e1;margin-top:1.5rem;padding-top:1rem}
label{display:block;margin:.5rem 0 .25rem}textarea,select{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #64748b;border-radius:6px}
button{font:inherit;min-height:44px;padding:.5rem 1.25rem;margin-top:.75rem;border:1px solid #1f5fa8;border-radius:6px;background:#1f5fa8;color:#fff}
button.aside{background:#fff;color:#1f5fa8}.note{color:#4a5568}[role=alert]{border-left:4px solid #b42318;padding-left:.75rem}
[role=status]{border-left:4px solid #2f7d5b;padding-left:.75rem}@media print{form{display:none}}`;

function textsOf(locale: Locale) {
  return locale === "en" ? { words: en, labels: mattersEn } : { words: zhCN, labels: mattersZh };
}

function escaped(text: string): string {
  return text.replaceAll(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign] ?? "",
  );
}

function page(locale: Locale, title: string, body: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

function moment(at: number): string {
  const { hour, minute } = localTime(at);
  return `${localDate(at)} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function fact(label: string, value: string | null): string {
  return value === null || value === "" ? "" : `<dt>${label}</dt><dd>${escaped(value)}</dd>`;
}

function options(entries: readonly (readonly [value: string, label: string])[]): string {
  return entries
    .map(([value, label]) => `<option value="${value}">${escaped(label)}</option>`)
    .join("");
}

export function gonePage(locale: Locale, busy: boolean): string {
  const { link } = textsOf(locale).words;
  const title = busy ? link.busy : link.gone;
  return page(locale, title, `<h1>${title}</h1>${busy ? "" : `<p>${link.gone_text}</p>`}`);
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
  ].join("");
  const told = [
    last.refusal === undefined ? "" : `<p role="alert">${escaped(last.refusal)}</p>`,
    last.done === true ? `<p role="status">${words.done}</p>` : "",
    `<p><strong>${words.state[state]}</strong></p>`,
    referral.arbitrated ? `<p>${words.arbitrated}</p>` : "",
  ].join("");
  const kind = `${labels.kind[referral.kind]} · ${subtypes[referral.subtype] ?? ""}`;
  return page(
    locale,
    words.link.title,
    `<h1>${words.link.title} ${printNumber(referral.number)}</h1>${told}<p>${kind}</p><dl>${facts}</dl>
<p class="note">${referral.contact ? words.contact : words.no_contact}</p><p class="note">${words.link.nobody}</p>${forms(locale, referral)}`,
  );
}

function forms(locale: Locale, referral: ReferralRow): string {
  const { words, labels } = textsOf(locale);
  if (referral.state === "sent") {
    const back = `<form method="post"><input type="hidden" name="type" value="return_assignment"><label for="reason">${words.return_reason}</label><textarea id="reason" name="reason" rows="3" maxlength="500" required></textarea><button class="aside">${words.return}</button></form>`;
    return `<form method="post"><input type="hidden" name="type" value="accept"><button>${words.accept}</button></form>${referral.arbitrated ? "" : back}`;
  }
  if (referral.state !== "accepted") return `<p>${words.link.ended}</p>`;
  const outcomes = bodyOutcomes(referral);
  const unsolved = outcomes.some((outcome) => !SOLVED.includes(outcome));
  return `<form method="post"><h2>${words.answer}</h2><input type="hidden" name="type" value="resolve">
<label for="outcome">${words.outcome}</label><select id="outcome" name="outcome">${options(outcomes.map((one) => [one, labels.outcome[one]]))}</select>
${unsolved ? `<label for="why">${words.unsolved}</label><select id="why" name="reason"><option value="">—</option>${options(UNSOLVED_REASONS.map((one) => [one, labels.reason[one]]))}</select>` : ""}
<label for="text">${words.text}</label><textarea id="text" name="text" rows="4" maxlength="500" required></textarea><button>${words.answer}</button></form>`;
}
