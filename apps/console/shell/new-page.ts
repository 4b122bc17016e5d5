import { useEffect, useRef } from "react";

/** The first page of a visit is read out by the browser, from its very top. */
let hasMovedOn = false;

function focusTitle(): void {
  document.getElementById("desk-title")?.focus({ preventScroll: true });
}

/** A new page is read out from its title; a changed filter of the same page is not a new page. */
export function useFocusOnNewPage(pathname: string): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    hasMovedOn = true;
    window.scrollTo({ top: 0 });
    focusTitle();
  }, [pathname]);
}

/**
 * A page that waits for the server's answer has no title when it is opened. The row that opened it
 * is gone by then and the focus with it: the title takes it when it comes, unless somebody has
 * put it elsewhere in between.
 */
export function useTitleTakesFocus(): void {
  useEffect(() => {
    if (hasMovedOn && document.activeElement === document.body) focusTitle();
  }, []);
}
