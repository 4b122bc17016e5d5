import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "@wanjia/ui/language/language";

/** How far the thumb has to pull, px; the page follows at half the way. */
const PULL_PX = 120;
/** The answer stays readable for this long. */
const SAID_MS = 800;

/** A list that asks for news when it is pulled down from its top. */
export function PullToRefresh({
  onRefresh,
  children,
}: {
  onRefresh: () => Promise<void>;
  children: ReactNode;
}) {
  const { t } = useTranslation("shell");
  const list = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState<"pull" | "release" | "working" | "done" | null>(null);
  const refresh = useRef(onRefresh);
  useEffect(() => {
    refresh.current = onRefresh;
  });
  useEffect(() => {
    const scrolled = list.current?.closest("main");
    if (!scrolled) return undefined;
    let from: number | null = null;
    let far = false;
    const begin = (event: TouchEvent) => {
      from = scrolled.scrollTop <= 0 ? (event.touches[0]?.clientY ?? null) : null;
      far = false;
    };
    const move = (event: TouchEvent) => {
      const pulled = from === null ? 0 : (event.touches[0]?.clientY ?? 0) - from;
      far = pulled > PULL_PX;
      setSaid(pulled > PULL_PX / 4 ? (far ? "release" : "pull") : null);
    };
    const end = () => {
      if (from === null) return;
      from = null;
      if (!far) {
        setSaid(null);
        return;
      }
      setSaid("working");
      void refresh.current().finally(() => {
        setSaid("done");
        setTimeout(() => setSaid(null), SAID_MS);
      });
    };
    // Passive: the page keeps scrolling as the system does it.
    const passive = { passive: true };
    scrolled.addEventListener("touchstart", begin, passive);
    scrolled.addEventListener("touchmove", move, passive);
    scrolled.addEventListener("touchend", end, passive);
    scrolled.addEventListener("touchcancel", end, passive);
    return () => {
      scrolled.removeEventListener("touchstart", begin);
      scrolled.removeEventListener("touchmove", move);
      scrolled.removeEventListener("touchend", end);
      scrolled.removeEventListener("touchcancel", end);
    };
  }, []);
  return (
    <div ref={list}>
      <p className="refresh" role="status" data-open={said !== null || undefined}>
        {said && t(`refresh.${said}`)}
      </p>
      {children}
    </div>
  );
}
