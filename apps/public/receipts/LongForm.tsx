import { Button } from "@wanjia/ui/form/Button";
import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from "react";
import { fill } from "../shell/language.ts";
import { useLarge } from "../shell/large.ts";
import { useReceiptWords } from "./words.ts";

/** A part of a form: what is asked together. */
export interface FormPart {
  readonly key: string;
  /** Absent where its one question says what it is about. */
  readonly title?: string | undefined;
  /** Something in it is missing or wrong. */
  readonly wrong: boolean;
  readonly content: ReactNode;
}

/**
 * The frame of every form that is sent without an account: its parts below one another, or one a screen
 * in large text. `onTried` says that what is missing may be pointed at; `send` answers the sentence of a
 * refusal, or null.
 */
export function LongForm({
  parts,
  more = false,
  send,
  sending,
  onTried,
  onSend,
}: {
  parts: readonly FormPart[];
  /** What else is asked depends on an answer that is still missing. */
  more?: boolean;
  send: string;
  sending: string;
  onTried: (tried: boolean) => void;
  onSend: () => Promise<string | null>;
}) {
  const words = useReceiptWords().page;
  const large = useLarge();
  const [step, setStep] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const frame = useRef<HTMLFormElement>(null);
  const turned = useRef(false);
  const at = Math.min(step, parts.length - 1);
  const last = !large || (at === parts.length - 1 && !more);
  const shown = large ? parts.slice(at, at + 1) : parts;
  useEffect(() => {
    if (turned.current) frame.current?.scrollIntoView({ block: "start" });
    turned.current = true;
  }, [at]);

  const turnTo = (next: number) => {
    setProblem(null);
    onTried(false);
    setStep(next);
  };
  const submit = async () => {
    const wrong = shown.some((part) => part.wrong);
    if (!last && !wrong) return turnTo(at + 1);
    onTried(true);
    setProblem(null);
    const first = parts.findIndex((part) => part.wrong);
    if (first !== -1) return wrong ? undefined : setStep(first);
    setBusy(true);
    const refusal = await onSend();
    setBusy(false);
    return setProblem(refusal);
  };

  return (
    <form
      ref={frame}
      className="site-form"
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      {large && !more && (
        <p className="site-hint" role="status">
          {fill(words.step, { step: String(at + 1), steps: String(parts.length) })}
        </p>
      )}
      {shown.map(({ key, title, content }) => (
        <section key={key} className="site-section">
          {title !== undefined && <h2>{title}</h2>}
          {content}
        </section>
      ))}
      {problem !== null && (
        <p className="site-problem" role="alert">
          {problem}
        </p>
      )}
      <Button look="main" block type="submit" disabled={busy}>
        {busy ? sending : last ? send : words.next}
      </Button>
      {large && at > 0 && (
        <Button block onClick={() => turnTo(at - 1)}>
          {words.back}
        </Button>
      )}
    </form>
  );
}
