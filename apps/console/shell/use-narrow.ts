import { useSyncExternalStore } from "react";

/** Below this a row becomes a card and the navigation a drawer. */
const query = globalThis.matchMedia?.("(max-width: 47.99rem)");

function subscribe(changed: () => void): () => void {
  query?.addEventListener("change", changed);
  return () => query?.removeEventListener("change", changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query?.matches ?? false);
}
