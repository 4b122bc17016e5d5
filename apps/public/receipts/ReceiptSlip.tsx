import { printedReceiptCode } from "@wanjia/domain/shared/receipt-code";
import { Button } from "@wanjia/ui/form/Button";
import { useState, type ReactNode } from "react";
import { focusWhenShown, Section, useTitle } from "../plate/parts.tsx";
import { fill } from "../shell/language.ts";
import { useReceiptWords } from "./words.ts";

/** What the sender takes along: large, in groups, to be copied by hand, printed or kept. */
export function ReceiptSlip({
  title,
  code,
  picture,
  children,
}: {
  title: string;
  code: string;
  /** The same for cameras, where a receipt may be scanned. */
  picture?: ReactNode;
  /** What happens next. */
  children: ReactNode;
}) {
  const words = useReceiptWords();
  const [copied, setCopied] = useState(false);
  useTitle(title);
  const printed = printedReceiptCode(code);
  return (
    <>
      <h1 tabIndex={-1} ref={focusWhenShown}>
        {title}
      </h1>
      <Section title={words.slip.title}>
        <p>{words.slip.keep}</p>
        <ol className="site-code" aria-label={words.slip.title} data-testid="receipt-code">
          {printed.split(" ").map((group, index) => (
            <li key={index}>{group}</li>
          ))}
        </ol>
        {picture}
        <p className="site-hint">{fill(words.slip.where, { host: location.host })}</p>
        <Button
          look="main"
          block
          onClick={() => {
            void navigator.clipboard?.writeText(printed).then(() => setCopied(true));
          }}
        >
          {copied ? words.slip.copied : words.slip.copy}
        </Button>
        <Button block onClick={() => print()}>
          {words.slip.print}
        </Button>
      </Section>
      {children}
    </>
  );
}
