import { createContext, use } from "react";
import { zhCN } from "../plate/messages.zh-CN.ts";

/**
 * Two languages and a few dozen sentences: a table does. i18next would cost a fifth of the 80 KiB
 * that this page may weigh.
 */
export type Locale = "zh-CN" | "en";
export type Words = { readonly [K in keyof typeof zhCN]: SameKeys<(typeof zhCN)[K]> };
type SameKeys<T> = T extends string ? string : { readonly [K in keyof T]: SameKeys<T[K]> };

/** Most who come read Chinese; the other language is fetched by who asks for it. */
let english: Words | undefined;
const STORAGE_KEY = "wanjia.language";

/** What the reader chose before, else what the browser asks for. */
function firstLocale(kept: string | null, browser: string): Locale {
  if (kept === "en" || kept === "zh-CN") return kept;
  return /^zh\b/i.test(browser) || browser === "" ? "zh-CN" : "en";
}

/** To be waited for before anything is shown in this language. Without a network it stays Chinese. */
export async function loadWords(locale: Locale): Promise<void> {
  if (locale === "zh-CN" || english !== undefined) return;
  try {
    english = (await import("../plate/messages.en.ts")).en;
  } catch {
    // The page then speaks as it did before.
  }
}

export function rememberedLocale(): Locale {
  return firstLocale(readSetting(STORAGE_KEY), navigator.language);
}

export function rememberLocale(locale: Locale): void {
  writeSetting(STORAGE_KEY, locale);
}

/** Private windows may refuse storage; the page then simply starts in its first language. */
export function readSetting(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeSetting(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the choice lasts as long as the page.
  }
}

const LocaleContext = createContext<Locale>("zh-CN");
export const LocaleProvider = LocaleContext.Provider;

export function useLocale(): Locale {
  return use(LocaleContext);
}

export function useWords(): Words {
  return (use(LocaleContext) === "en" ? english : undefined) ?? zhCN;
}

/** A subject's own texts, which travel with its page and not with the first one. */
export function pageWords<const T extends object>(
  zh: T,
  english: { readonly [K in keyof T]: SameKeys<T[K]> },
): () => { readonly [K in keyof T]: SameKeys<T[K]> } {
  return () => (use(LocaleContext) === "en" ? english : (zh as typeof english));
}

/** Puts values into `{{name}}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? "");
}
