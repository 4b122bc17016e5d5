import { useSyncExternalStore } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { useWork } from "../shell/work.tsx";

/** How many sealed tips wait, and how many no unit takes any more. */
export function TipsWaiting() {
  const { t } = useTranslation("tips");
  const { tips } = useWork();
  const { waiting, refused } = useSyncExternalStore(tips.subscribe, tips.counts);
  return (
    <>
      {waiting > 0 && <p className="muted small">{t("waiting", { count: waiting })}</p>}
      {refused > 0 && (
        <div className="notice" role="alert">
          <p>{t("refused", { count: refused })}</p>
          <Button look="quiet" onClick={() => void tips.dropRefused()}>
            {t("dropRefused")}
          </Button>
        </div>
      )}
    </>
  );
}
