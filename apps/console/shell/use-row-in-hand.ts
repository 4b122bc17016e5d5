import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { rowInHand, scrollToRow, type Hand } from "./row-window.ts";

/**
 * The one row that Tab reaches and keys move from. It is known by what it shows: when the list is
 * read anew, sorted or filtered while somebody works in it, the same row stays in hand wherever it
 * stands then; when it is gone, the one in its place, or the first of another page.
 */
export function useRowInHand({
  keys,
  page,
  start,
  onTake,
  scroller,
  rowHeight,
  headHeight,
}: {
  keys: readonly string[];
  /** Says which page of which list is shown. */
  page: string;
  /** Key of the row to begin with. */
  start: string;
  /** Told of each row that is taken in hand. */
  onTake: (key: string) => void;
  scroller: RefObject<HTMLElement | null>;
  rowHeight: number;
  headHeight: number;
}) {
  const [hand, setHand] = useState<Hand>({ key: start, index: 0 });
  const [shownPage, setShownPage] = useState(page);
  if (shownPage !== page) {
    setShownPage(page);
    setHand({ key: hand.key, index: 0 });
  }
  const current = rowInHand(keys, hand);
  const [isFocused, setFocused] = useState(false);
  const isMoving = useRef(false);
  const settledPage = useRef(page);

  const bringIntoSight = (row: number) => {
    const frame = scroller.current;
    if (!frame) return;
    const top = scrollToRow(row, rowHeight, frame.scrollTop, frame.clientHeight, headHeight);
    if (top !== undefined) frame.scrollTo({ top });
  };

  useLayoutEffect(() => {
    const frame = scroller.current;
    if (!frame) return;
    if (settledPage.current !== shownPage) {
      settledPage.current = shownPage;
      if (isFocused) bringIntoSight(current);
      else frame.scrollTo({ top: 0 });
    }
    // A row that goes takes the focus with it, and the next key would reach nobody.
    const isLost = isFocused && document.activeElement === document.body;
    if (!isMoving.current && !isLost) return;
    isMoving.current = false;
    frame.querySelector<HTMLElement>(`tr[data-row="${current}"]`)?.focus({ preventScroll: true });
  });

  return {
    current,
    isFocused,
    take: (index: number) => {
      setHand({ key: keys[index] ?? "", index });
      onTake(keys[index] ?? "");
    },
    /** Takes the row and puts the focus on it. */
    moveTo: (index: number) => {
      isMoving.current = true;
      bringIntoSight(index);
      setHand({ key: keys[index] ?? "", index });
    },
    /** For the body of the table: nothing is told when the focused row is taken out of it. */
    watch: {
      onFocus: () => {
        setFocused(true);
      },
      onBlur: () => {
        setFocused(false);
      },
    },
  };
}
