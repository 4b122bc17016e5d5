import { useEffect, useId, useRef, type ReactNode } from "react";
import { Icon } from "@wanjia/ui/icons/Icon";
import { useTranslation } from "@wanjia/ui/language/language";

/**
 * A sheet at the bottom edge, where the thumb is. It is the browser's own dialog: the focus stays in
 * it, Escape and a tap beside it close it, and the rest of the page is out of reach.
 */
export function Sheet({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation("shell");
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const sheet = dialog.current;
    if (sheet && !sheet.open) sheet.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="sheet-inside">
        <div className="sheet-head">
          <h2 id={id} tabIndex={-1} data-parts={title.includes(" ") || undefined}>
            {title}
          </h2>
          <button type="button" className="icon-button" aria-label={t("close")} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
