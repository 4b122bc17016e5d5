import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { localeOf, useTranslation, type Locale } from "@wanjia/ui/language/language";
import type { Session, Work } from "./session.ts";
import type { Store } from "./store.ts";
import type { Status } from "./driver-terms.ts";

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
  const given = useMemo(() => ({ ...work, session }), [work, session]);
  return <WorkContext.Provider value={given}>{children}</WorkContext.Provider>;
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

/** What the store holds in memory; renders again when just this changes. */
export function useFromStore<T>(read: (store: Store) => T): T {
  const { store } = useWork();
  return useSyncExternalStore(store.subscribe, () => read(store));
}

/**
 * Something read from the store, read again when the store changes. Undefined while it is read for
 * the first time; afterwards the last value stays until another is there, so nothing flickers, and
 * what stayed the same is not drawn again.
 */
export function useStored<T>(
  read: (work: Given) => Promise<T>,
  keys: readonly unknown[],
): T | undefined {
  const work = useWork();
  const [value, setValue] = useState<{ of: string; is: T }>();
  const of = JSON.stringify(keys);
  useEffect(() => {
    let latest = 0;
    const again = async () => {
      const turn = (latest += 1);
      const is = await read(work);
      if (turn !== latest) return;
      setValue((before) => (before?.of === of && alike(before.is, is) ? before : { of, is }));
    };
    void again();
    const stop = work.store.subscribe(() => void again());
    return () => {
      latest = -1;
      stop();
    };
    // `read` is told apart by its keys.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [work, of]);
  return value?.of === of ? value.is : undefined;
}

/** The same value, or made of the same parts. */
function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return (
    left.length === Object.keys(b).length &&
    left.every(([name, part]) => Object.is(part, right[name]))
  );
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
