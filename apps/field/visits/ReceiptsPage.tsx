import { QrNow } from "@wanjia/ui/figures/QrNow";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { Page } from "../shell/Page.tsx";
import { ReceiptDigits } from "../shell/ReceiptDigits.tsx";
import type { DoorReceipt } from "./receipts.ts";

/** Held out to the resident: a square for his camera and digits to copy. Gone when the page is left. */
export function ReceiptsPage({
  receipts,
  onDone,
}: {
  receipts: readonly DoorReceipt[];
  onDone: () => void;
}) {
  const { t } = useTranslation("visits");
  const { host, origin } = location;
  return (
    <Page
      title={t("receipt.title")}
      foot={
        <Button look="main" block onClick={onDone}>
          {t("receipt.done")}
        </Button>
      }
      backTo={[]}
    >
      <div className="stack">
        <p>{t("receipt.lead", { host })}</p>
        {receipts.map(({ matterId, kind, subtype, code }) => (
          <section key={matterId} className="card receipt">
            <h2>{t(`said:matters.subtype.${kind}.${subtype}`)}</h2>
            <QrNow text={`${origin}/receipt#${code}`} label={t("receipt.qr")} />
            <ReceiptDigits code={code} />
          </section>
        ))}
        <p className="muted small">{t("receipt.kept")}</p>
      </div>
    </Page>
  );
}
