import { useEffect, useRef, type RefObject } from "react";

/** A key pressed in a field is a letter, not a command. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/** A letter alone, pressed on the page itself: in no field, and in no drawer or dialog above it. */
function isCommand(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (isTyping(target) || !(target instanceof HTMLElement)) return false;
  return target === document.body || target.closest("#desk-main") !== null;
}

/** What a page does with a key. The newest listener is the one of the page that is shown. */
export function usePageKeys(onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isCommand(event)) latest.current(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

/** Whether this is the page's first part of its kind: the one that its keys are for. */
export function isFirst(part: RefObject<HTMLElement | null>, kind: string): boolean {
  return part.current !== null && document.querySelector(kind) === part.current;
}
