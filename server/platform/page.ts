/** Pages that the server draws itself: one frame, one policy, one way to read their forms. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Locale } from "./access.ts";
import { Html, html } from "./html.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** Nothing is loaded, run or framed; forms lead here alone. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export interface DrawnPage {
  readonly locale: Locale;
  readonly title: string;
  /** On paper a page may look otherwise. */
  readonly style?: string | undefined;
  readonly body: Html;
}

export function drawPage({ locale, title, style = PAGE_STYLE, body }: DrawnPage): string {
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.text;
}

/** Answers with a page that nobody keeps: not the browser, not a proxy. */
export function showPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .status(status)
    .headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "cache-control": "no-store",
    })
    .send(page);
}

/** What a form holds, by the names of its fields. */
export type Fields = Readonly<Record<string, string>>;

/** Larger than any of our forms. */
const FORM_LIMIT_BYTES = 20_000;

/** Takes forms of pages without scripts as `Fields`. */
export function readForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES },
    (_request, body, done) => {
      // A byte that no text in the database can carry, and no keyboard types.
      const typed = (body as string).replaceAll("%00", "").replaceAll("\0", "");
      done(null, Object.fromEntries(new URLSearchParams(typed)));
    },
  );
}

/** Puts values into `{{name}}`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** The choices of a list, with the one that was chosen. */
export function options(
  chosen: string | undefined,
  all: readonly (readonly [value: string, label: string])[],
): Html[] {
  return all.map(
    ([value, label]) =>
      html`<option value="${value}" ${chosen === value ? html` selected` : null}>${label}</option>`,
  );
}

/** What is wrong with what was sent. */
export function problemLine(problem: string | null): Html | null {
  return problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`;
}

export function doneLine(done: string | null): Html | null {
  return done === null ? null : html`<p class="done" role="status">${done}</p>`;
}
