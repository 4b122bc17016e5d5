import { useSyncExternalStore } from "react";

/**
 * Where the officer is, kept in the address behind `#`: the phone's own back button then does what
 * it says, a sheet included, and a reload returns to the same door.
 */
export type Place = {
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
};

function parsePlace(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  return {
    path: path.split("/").filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

function address(path: readonly string[], query: Readonly<Record<string, string>> = {}) {
  const search = new URLSearchParams(query).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${search && `?${search}`}`;
}

let current = parsePlace(location.hash);
let steps = 0;
const listeners = new Set<() => void>();

globalThis.addEventListener("hashchange", () => {
  current = parsePlace(location.hash);
  for (const listener of listeners) listener();
});

export function go(path: readonly string[], query?: Readonly<Record<string, string>>): void {
  steps += 1;
  location.hash = address(path, query);
}

/** Stays at the same step of the way back. */
export function replace(path: readonly string[], query?: Readonly<Record<string, string>>): void {
  history.replaceState(null, "", address(path, query));
  current = parsePlace(location.hash);
  for (const listener of listeners) listener();
}

/** One step back; from a page that was opened directly, to `otherwise`. */
export function back(otherwise: readonly string[] = []): void {
  if (steps > 0) {
    steps -= 1;
    history.back();
  } else {
    replace(otherwise);
  }
}

export function usePlace(): Place {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
