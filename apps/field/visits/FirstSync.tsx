import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { Page } from "../shell/Page.tsx";
import { useStatus, useWork } from "../shell/work.tsx";

/** The first load of a beat: what comes is drawn in its shape, with a count that moves. */
export function FirstSync() {
  const { t } = useTranslation("shell");
  const { driver } = useWork();
  const { phase, pulled } = useStatus();
  const waiting = phase === "offline" || phase === "signed_out";
  return (
    <Page title={t("first.title")}>
      <div className="stack" role="status">
        <p className="muted">
          {waiting ? t(`status.phase.${phase}`) : t("first.done", { count: pulled })}
        </p>
        {!waiting && <p className="muted small">{t("first.wait")}</p>}
        {waiting ? (
          <Button look="main" block onClick={() => void driver.resume()}>
            {t("first.again")}
          </Button>
        ) : (
          <>
            <div className="block-shape" />
            <div className="block-shape" />
            <div className="block-shape" />
          </>
        )}
      </div>
    </Page>
  );
}
