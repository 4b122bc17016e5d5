import {
  createContext,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { localeOf, useTranslation, type Locale } from "@wanjia/ui/language/language";
import type { Session, Work } from "./session.ts";
import type { Status } from "./sync-driver.ts";

type Given = Work & { readonly session: Session };
const WorkContext = createContext<Given | null>(null);

export function WorkProvider({
  session,
  work,
  children,
}: {
  session: Session;
  work: Work;
  children: ReactNode;
}) {
  return <WorkContext.Provider value={{ ...work, session }}>{children}</WorkContext.Provider>;
}

/** What the screens of an unlocked phone work with. */
export function useWork(): Given {
  const work = useContext(WorkContext);
  if (!work) throw new Error("this screen is shown to an unlocked phone only");
  return work;
}

export function useStatus(): Status {
  const { driver } = useWork();
  return useSyncExternalStore(driver.subscribe, driver.status);
}

/** Renders again with each change of the store; the number says which change. */
export function useStoreVersion(): number {
  const { store } = useWork();
  return useSyncExternalStore(store.subscribe, store.version);
}

/**
 * Something read from the store, read again when the store changes. Undefined while it is read for
 * the first time; afterwards the last value stays until the next is there, so nothing flickers.
 */
export function useStored<T>(
  read: (work: Given) => Promise<T>,
  keys: readonly unknown[],
): T | undefined {
  const work = useWork();
  const version = useStoreVersion();
  const [value, setValue] = useState<{ of: string; is: T }>();
  const of = JSON.stringify(keys);
  useEffect(() => {
    let current = true;
    void read(work).then((is) => {
      if (current) setValue({ of, is });
    });
    return () => {
      current = false;
    };
    // `read` is told apart by its keys.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [work.store, version, of]);
  return value?.of === of ? value.is : undefined;
}

export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return localeOf(i18n.language);
}

/** The time, renewed each minute: "this evening" must not stay on the screen until tomorrow. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The time at this very moment, for what is recorded rather than shown. */
export function clock(): number {
  return Date.now();
}
