import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "@wanjia/ui/icons/Icon";
import { useTranslation } from "@wanjia/ui/language/language";
import { offerUndo, onUndoable, undoable, type Undoable } from "./undo.ts";
import { useWork } from "./work.tsx";

/** Says what was saved, and lets it be taken back for ten seconds. */
export function UndoBar() {
  const offered = useSyncExternalStore(onUndoable, undoable);
  return (
    <div role="status" className="undo-place">
      {offered && <Offer key={offered.id} offered={offered} />}
    </div>
  );
}

function Offer({ offered }: { offered: Undoable }) {
  const { t } = useTranslation("shell");
  const { driver } = useWork();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (Date.now() >= offered.until) offerUndo(null);
      else setNow(Date.now());
    }, 500);
    return () => clearInterval(timer);
  }, [offered]);
  const left = Math.max(0, Math.ceil((offered.until - now) / 1000));
  return (
    <div className="undo">
      <Icon name="met" />
      <span className="undo-text">{offered.text}</span>
      <button
        type="button"
        onClick={() => {
          offerUndo(null);
          void driver.undo(offered.id).then((undone) => undone && offered.onUndone?.());
        }}
      >
        {t("undo.action")}
        <span className="w-hidden">{offered.text}</span>
        <span aria-hidden="true" className="undo-left">
          {left}
        </span>
      </button>
    </div>
  );
}
