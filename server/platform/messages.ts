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

/** The one of our two languages that the reader wants more; zh-CN where he wants neither. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? "").split(",").map((range) => {
    const [, tag = "", weight = "1"] = /^\s*([a-z*]+)[^;]*(?:;\s*q=([\d.]+))?/i.exec(range) ?? [];
    return { tag: tag.toLowerCase(), weight: Number(weight) || 0 };
  });
  // Equal weights are in the order of the list: browsers without weights mean the first.
  const [best] = wanted
    .filter(({ tag, weight }) => (tag === "zh" || tag === "en") && weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return best?.tag === "en" ? "en" : "zh-CN";
}
