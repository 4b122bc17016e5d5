/** Without JavaScript: the slip, where a matter stands, and what whoever holds its receipt may do. */
import { printNumber } from "@wanjia/domain/matters/number";
import { RESIDENT_REOPEN_REASONS, type ResidentStep } from "@wanjia/domain/matters/resident";
import { MARKED, MATTER_LIMITS, SOLVED_ANSWERS } from "@wanjia/domain/matters/terms";
import { printedReceiptCode } from "@wanjia/domain/shared/receipt-code";
import type { Locale } from "../platform/access.ts";
import { Html, html } from "../platform/html.ts";
import { doneLine, type Fields, fill, options, problemLine } from "../platform/page.ts";
import { call, day, page, to, wordsIn } from "./plain-parts.ts";
import type { FollowedMatter } from "./residents.ts";

function nextLine(locale: Locale, { next }: FollowedMatter): string | null {
  if (next === null) return null;
  const { labels } = wordsIn(locale);
  const what = labels.next[next.purpose];
  return next.dueAt === null
    ? fill(labels.next_undated, { what })
    : `${what} ${day(next.dueAt - 1, locale)}`;
}

export function sentPage(
  locale: Locale,
  receipt: string,
  qr: string,
  matter: FollowedMatter,
): string {
  const { labels } = wordsIn(locale);
  const { plain } = labels;
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
      ${guarded ? rightWays(locale) : null} ${call(plain.duty, unit.dutyPhone)}`,
  );
}

/** Where to turn instead, by name and number, where nothing of a matter may be shown. */
function rightWays(locale: Locale): Html {
  const { guarded, ways } = wordsIn(locale).labels;
  return html`<p>${guarded}</p>
    <ul>
      ${ways.map((way) => html`<li>${way}</li>`)}
    </ul>`;
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

/** A step by the receipt that was just tried: what was typed, and what was wrong with it. */
export interface TriedStep {
  readonly step: ResidentStep;
  readonly fields: Fields;
  /** Null when it was taken. */
  readonly problem: string | null;
}

export function statePage(
  locale: Locale,
  receipt: string,
  matter: FollowedMatter,
  tried: TriedStep | null,
): string {
  const { labels, names } = wordsIn(locale);
  const { plain, disagree } = labels;
  const { number, kind, subtype, state, outcome, reason, unit, informed, answer, guarded, steps } =
    matter;
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
  const taken = tried?.problem === null ? labels.steps[tried.step].done : null;
  // Where the step can't be taken any more there is no form to say so at.
  const late = tried !== null && !steps.includes(tried.step) ? tried.problem : null;
  return page(
    locale,
    "receipt",
    plain.state_title,
    html`${doneLine(taken)} ${problemLine(late)}
      <dl>
        ${facts.map(([name, value]) =>
          value === null
            ? html``
            : html`<dt>${name}</dt>
                <dd>${value}</dd>`,
        )}
      </dl>
      ${guarded ? rightWays(locale) : null} ${call(plain.duty, unit.dutyPhone)}
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
      ${steps.map((step) => stepForm(locale, receipt, matter, step, tried))}
      ${
        guarded
          ? null
          : html`<h2>${disagree.title}</h2>
              <ul>
                ${steps.includes("reopen") ? html`<li>${disagree.reopen}</li>` : null}
                <li>${disagree.review}</li>
                <li>${disagree.police}</li>
                <li>${disagree.hotline}</li>
              </ul>`
      }`,
  );
}

/** Where each step is sent: the receipt goes along in the form, never in an address. */
export const STEP_PATHS: Readonly<Record<ResidentStep, string>> = {
  answer_callback: "receipt/callback",
  reopen: "receipt/reopen",
  withdraw: "receipt/withdraw",
};

function stepForm(
  locale: Locale,
  receipt: string,
  matter: FollowedMatter,
  step: ResidentStep,
  tried: TriedStep | null,
): Html {
  const words = wordsIn(locale).labels.steps[step];
  const mine = tried?.step === step && tried.problem !== null ? tried : null;
  const fields = mine?.fields ?? {};
  const asks = { answer_callback: callback, reopen, withdraw }[step];
  return html`<form class="step" method="post" action="${to(STEP_PATHS[step], locale)}">
    <h2>${words.title}</h2>
    <p>${words.hint}</p>
    ${problemLine(mine?.problem ?? null)}
    <input type="hidden" name="receipt" value="${receipt}" />
    ${asks(locale, fields, matter)}
    <button class="${step === "withdraw" ? "aside" : ""}">
      ${"send" in words ? words.send : words.ask}
    </button>
  </form>`;
}

function radios(
  name: string,
  legend: string,
  chosen: string | undefined,
  all: readonly (readonly [value: string, label: string])[],
): Html {
  return html`<fieldset>
    <legend>${legend}</legend>
    ${all.map(
      ([value, label]) =>
        html`<label class="one"
          ><input
            type="radio"
            name="${name}"
            value="${value}"
            ${chosen === value ? html` checked` : null}
          />
          ${label}</label
        >`,
    )}
  </fieldset>`;
}

function tick(name: string, label: string, fields: Fields): Html {
  const checked = fields[name] === "yes" ? html` checked` : null;
  return html`<label class="one"
    ><input type="checkbox" name="${name}" value="yes" ${checked} /> ${label}</label
  >`;
}

function textField(id: string, label: string, rows: number, limit: number, typed = ""): Html {
  return html`<label for="${id}">${label}</label>
    <textarea id="${id}" name="text" rows="${rows}" maxlength="${limit}">${typed}</textarea>`;
}

/** From the worst to the best, as they are said. */
const SATISFACTION = ["1", "2", "3", "4", "5"] as const;

/** The questions of the callback: domain.md §5.2. */
function callback(locale: Locale, fields: Fields): Html {
  const { labels, names } = wordsIn(locale);
  const words = labels.steps.answer_callback;
  return html`${radios("contacted", words.contacted, fields["contacted"], [
    ["yes", words.yes],
    ["no", words.no],
  ])}
  ${radios(
    "solved",
    words.solved,
    fields["solved"],
    SOLVED_ANSWERS.map((one) => [one, names.solved[one]]),
  )}
  ${radios(
    "satisfaction",
    words.satisfaction,
    fields["satisfaction"],
    SATISFACTION.map((one) => [one, names.satisfaction[one]]),
  )}
  ${MARKED.map((mark) =>
    radios(
      mark,
      words[mark],
      fields[mark],
      SATISFACTION.map((one) => [one, names[mark][one]]),
    ),
  )}
  ${textField("said", words.text, 3, MATTER_LIMITS.noteLength, fields["text"])}
  ${tick("mayContact", words.may, fields)}`;
}

function reopen(locale: Locale, fields: Fields, { reopenUntil }: FollowedMatter): Html {
  const { labels } = wordsIn(locale);
  const words = labels.steps.reopen;
  return html`${
      reopenUntil === null
        ? null
        : html`<p>${fill(words.until, { day: day(reopenUntil - 1, locale) })}</p>`
    }
    <label for="reason">${words.reason}</label>
    <select id="reason" name="reason">
      <option value="">—</option>
      ${options(
        fields["reason"],
        RESIDENT_REOPEN_REASONS.map((one) => [one, labels.reopen[one]] as const),
      )}
    </select>
    ${textField("wrong", words.text, 4, MATTER_LIMITS.reasonLength, fields["text"])}`;
}

function withdraw(locale: Locale, fields: Fields): Html {
  return tick("sure", wordsIn(locale).labels.steps.withdraw.sure, fields);
}
