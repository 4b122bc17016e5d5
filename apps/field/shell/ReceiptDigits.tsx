import { printedReceiptCode } from "@wanjia/domain/shared/receipt-code";

/** A receipt in groups, large, to be copied by hand. */
export function ReceiptDigits({ code }: { code: string }) {
  return (
    <ol className="receipt-code" data-testid="receipt-code">
      {printedReceiptCode(code)
        .split(" ")
        .map((group, at) => (
          <li key={at}>{group}</li>
        ))}
    </ol>
  );
}
