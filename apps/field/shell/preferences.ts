/** How the officer likes the app to look and speak; in the open, since it tells nothing. */
import { localeOf, startLanguage, type Locale } from "@wanjia/ui/language/language";
import { applyAppearance, onSystemThemeChange, type Appearance } from "@wanjia/ui/theme/Theme";
import { messages } from "./all-messages.ts";

const KEY = "wanjia-field-preferences";

export type Preferences = Appearance & { readonly locale: Locale };

function stored(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>;
  } catch {
    return {};
  }
}

const usual: Preferences = {
  mode: "system",
  textScale: 1,
  // Chinese first: English only for whoever has chosen it for the whole phone.
  locale: localeOf(globalThis.navigator?.language),
};

let preferences: Preferences = { ...usual, ...stored() };
const listeners = new Set<() => void>();

export const language = startLanguage(messages, preferences.locale);

export function currentPreferences(): Preferences {
  return preferences;
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setAppearance(): void {
  applyAppearance(preferences);
}

export function prefer(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  localStorage.setItem(KEY, JSON.stringify(preferences));
  applyAppearance(preferences);
  if (change.locale) void language.changeLanguage(change.locale);
  for (const listener of listeners) listener();
}

onSystemThemeChange(setAppearance);
