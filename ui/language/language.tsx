import i18next, { type i18n, type Resource } from "i18next";
import { I18nextProvider, initReactI18next, useTranslation } from "react-i18next";

export { I18nextProvider, useTranslation };

export type Locale = "zh-CN" | "en";
export const locales: readonly Locale[] = ["zh-CN", "en"];

/** Each language in its own words, for the switch between them. */
export const localeNames: Readonly<Record<Locale, string>> = { "zh-CN": "中文", en: "English" };

/** One subject's words in one language; nested, with `{{name}}` where a value goes. */
export type Messages = { readonly [key: string]: string | Messages };

export function localeOf(tag: string | null | undefined): Locale {
  return tag?.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

/**
 * Starts the words of an app. `messages[locale][subject]` is a message file; a text is asked for as
 * `t('visits:outcome.no_answer')`. zh-CN is the first language and the one to fall back on.
 */
export function startLanguage(
  messages: Readonly<Record<Locale, Readonly<Record<string, Messages>>>>,
  locale: Locale,
): i18n {
  const language = i18next.createInstance();
  void language.use(initReactI18next).init({
    resources: messages as Resource,
    ns: Object.keys(messages["zh-CN"]),
    lng: locale,
    fallbackLng: "zh-CN",
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const mark = (tag: string) => {
    document.documentElement.lang = tag;
  };
  mark(locale);
  language.on("languageChanged", mark);
  return language;
}
