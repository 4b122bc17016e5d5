import "./intake.css";
import {
  printedReceiptCode,
  RECEIPT_RANDOM_BYTES,
  receiptCode,
} from "@wanjia/domain/shared/receipt-code";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { Button, Modal } from "antd";
import { useIntakeWords } from "./words.ts";

interface NewReceipt {
  readonly code: string;
  /** What the server is shown of it. */
  readonly look: string;
}

/** Made here and known to nobody else until it is handed over. */
export async function newReceipt(): Promise<NewReceipt> {
  const code = receiptCode(crypto.getRandomValues(new Uint8Array(RECEIPT_RANDOM_BYTES)));
  return { code, look: toBase64Url(await lookOf(code)) };
}

/** The slip that the resident takes along: printed alone, in large figures. */
export function ReceiptSlip({
  code,
  about,
  onClose,
}: {
  code: string;
  /** What it is for. */
  about: string;
  onClose: () => void;
}) {
  const words = useIntakeWords();
  return (
    <Modal
      open
      title={words("receipt.title")}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <div className="desk-actions">
          <Button onClick={() => window.print()}>{words("receipt.print")}</Button>
          <Button type="primary" onClick={onClose}>
            {words("receipt.done")}
          </Button>
        </div>
      }
    >
      <div className="intake-slip">
        <p className="intake-about">{words("receipt.about")}</p>
        <p>{about}</p>
        <ol className="intake-code" data-testid="receipt-code">
          {printedReceiptCode(code)
            .split(" ")
            .map((group, index) => (
              <li key={index}>{group}</li>
            ))}
        </ol>
        <p>{words("receipt.where", { host: location.host })}</p>
      </div>
      <p className="desk-lead intake-hint">{words("receipt.hint")}</p>
    </Modal>
  );
}
