import type { Bytes } from "@wanjia/sync/bytes";
import { useCallback, useRef, useState } from "react";
import type { Opening } from "./view-model.ts";

/** A unit's key while two keepers hold it open: in this page's memory, and nowhere else. */
export interface OpenedKey {
  readonly openingId: string;
  readonly key: Bytes;
  readonly expiresAt: number;
}

export function useOpened() {
  const sessions = useRef(new Map<string, Bytes>());
  const [opened, setOpened] = useState<ReadonlyMap<string, OpenedKey>>(new Map());
  return {
    /** Remembers the page's own half of an opening that was asked for here. */
    asked: useCallback((openingId: string, session: Bytes) => {
      sessions.current.set(openingId, session);
    }, []),
    sessionOf: useCallback((openingId: string) => sessions.current.get(openingId), []),
    unlock: useCallback(({ id, keyId, expiresAt }: Opening, key: Bytes) => {
      setOpened((before) => new Map(before).set(keyId, { openingId: id, key, expiresAt }));
    }, []),
    keyFor: (keyId: string) => opened.get(keyId),
  };
}

export type Opened = ReturnType<typeof useOpened>;
