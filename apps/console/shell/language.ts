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

export async function changeLocale(locale: Locale): Promise<void> {
  localStorage.setItem(STORAGE_KEY, locale);
  await language.changeLanguage(locale);
}
