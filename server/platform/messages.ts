import type { Locale } from "./access.ts";

type Texts = Readonly<Record<string, string>>;

const texts: Record<Locale, Record<string, string>> = { "zh-CN": {}, en: {} };

/** Adds a subject's refusal sentences; `server/app.ts` calls it once for each subject. */
export function addRefusalTexts(locale: Locale, subject: Texts): void {
  Object.assign(texts[locale], subject);
}

/** A sentence for a code, with its `{{parameters}}` filled in; the code itself where none is known. */
export function sentence(
  locale: Locale,
  code: string,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const text = texts[locale][code] ?? code;
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ""));
}

/** zh-CN unless the reader asks for English first. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = /^\s*([a-z]+)/i.exec(acceptLanguage ?? "")?.[1]?.toLowerCase();
  return first === "en" ? "en" : "zh-CN";
}
