import { localeOf, startLanguage, type Locale } from "@wanjia/ui/language/language";

const STORAGE_KEY = "wanjia.language";

/** Started before any subject registers its texts; they come with each subject's chunk. */
export const language = startLanguage(
  { "zh-CN": {}, en: {} },
  localeOf(globalThis.localStorage?.getItem(STORAGE_KEY)),
);

export function currentLocale(): Locale {
  return localeOf(language.language);
}

/** Between the things of a list. */
export function listComma(): string {
  return currentLocale() === "en" ? ", " : "、";
}

/** Between things that hold commas themselves. */
export function listBreak(): string {
  return currentLocale() === "en" ? "; " : "；";
}

/** A word and what is said beside it: 件数（件）, Items (pieces). */
export function withNote(text: string, note: string): string {
  return currentLocale() === "en" ? `${text} (${note})` : `${text}（${note}）`;
}

/** A name and what is said of it: 面积：不是数字, Area: not a number. */
export function withName(name: string, said: string): string {
  return currentLocale() === "en" ? `${name}: ${said}` : `${name}：${said}`;
}

export async function changeLocale(locale: Locale): Promise<void> {
  localStorage.setItem(STORAGE_KEY, locale);
  await language.changeLanguage(locale);
}
