import { App } from "antd";
import { useEffect, useRef } from "react";
import { useBlocker } from "react-router";
import { useShellWords } from "./words.ts";

/**
 * Asks before work that was not saved is left: by a link, the back key, or the tab's end. Answers
 * how to say that it was saved.
 */
export function useUnsaved(unsaved: boolean): () => void {
  const words = useShellWords();
  const { modal } = App.useApp();
  const saved = useRef(false);
  const { state, proceed, reset } = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved && !saved.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (state !== "blocked") return undefined;
    const question = modal.confirm({
      title: words("unsaved.title"),
      content: words("unsaved.text"),
      okText: words("unsaved.leave"),
      okButtonProps: { danger: true },
      cancelText: words("unsaved.stay"),
      onOk: () => proceed(),
      onCancel: () => reset(),
    });
    return () => question.destroy();
  }, [state, proceed, reset, modal, words]);
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsaved]);
  return () => {
    saved.current = true;
  };
}
