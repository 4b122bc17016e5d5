import { useSyncExternalStore } from "react";

function mediaHook(condition: string): () => boolean {
  const query = globalThis.matchMedia?.(condition);
  const subscribe = (changed: () => void) => {
    query?.addEventListener("change", changed);
    return () => query?.removeEventListener("change", changed);
  };
  return () => useSyncExternalStore(subscribe, () => query?.matches ?? false);
}

/** Below this a row becomes a card and the navigation a drawer. */
export const useNarrow = mediaHook("(max-width: 47.99rem)");

/** Room for what a list can also do without. */
export const useRoomy = mediaHook("(min-width: 100rem)");

/** The reader asked his system for nothing that slides or fades. */
export const useStill = mediaHook("(prefers-reduced-motion: reduce)");
