import { createContext, use } from "react";

/** Elder mode: large text, high contrast, one thing a screen in long forms (domain.md §8.6). */
const LargeContext = createContext(false);
export const LargeProvider = LargeContext.Provider;

export function useLarge(): boolean {
  return use(LargeContext);
}
