/** The pages for residents whose browser runs no scripts: drawn here, nothing fetched, nothing remembered. */
import {
  MATTER_KINDS,
  MATTER_LIMITS,
  MATTER_SUBTYPES,
  type MatterKind,
} from "@wanjia/domain/matters/terms";
import { spotsFor, STOP_SIGNS_ON_PAGE, type Surroundings } from "@wanjia/domain/matters/web";
import type { Locale } from "../platform/access.ts";
import { html } from "../platform/html.ts";
import { PLAIN } from "../platform/http.ts";
import { type Fields, fill, options, problemLine } from "../platform/page.ts";
import { call, page, to, wordsIn } from "./plain-parts.ts";

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

/** A building that an address led to. */
export interface NamedFace {
  readonly code: string;
  readonly community: string | null;
  readonly station: string;
  readonly stationEn: string;
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
        <li><a href="${to("form", locale)}">${plain.form_link}</a></li>
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
