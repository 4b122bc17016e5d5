import { Icon } from "@wanjia/ui/icons/Icon";
import { fill, useWords } from "../shell/language.ts";
import { SerialForm } from "./HomePage.tsx";
import { Call, Complaint, Section, useTitle, VisitPromise } from "./parts.tsx";

function Warning({ title, text }: { title: string; text: string }) {
  useTitle(title);
  return (
    <section className="site-warning" role="alert">
      <h1>
        <Icon name="alarm" />
        {title}
      </h1>
      <p>{text}</p>
    </section>
  );
}

/** A plate that nobody issued. */
export function UnknownPage() {
  const words = useWords();
  return (
    <>
      <Warning title={words.unknown.title} text={words.unknown.text} />
      <Section title={words.unknown.do_title}>
        <ol>
          <li>{words.unknown.do.nothing}</li>
          <li>{words.unknown.do.call}</li>
          <li>{words.unknown.do.photo}</li>
        </ol>
        <Call main label={words.call.emergency} number="110" />
      </Section>
      <Section title={words.unknown.again}>
        <SerialForm />
      </Section>
      <VisitPromise />
    </>
  );
}

/** A plate that was issued once and holds no longer: who can say what holds now. */
export function WithdrawnPage({ station, phone }: { station: string; phone: string }) {
  const words = useWords();
  return (
    <>
      <Warning title={words.withdrawn.title} text={words.withdrawn.text} />
      <Section title={fill(words.withdrawn.ask, { station })}>
        <p>{words.withdrawn.ask_text}</p>
        <Call main label={words.call.duty} number={phone} />
      </Section>
      <VisitPromise />
    </>
  );
}

export function MisreadPage() {
  const words = useWords();
  useTitle(words.unknown.misread_title);
  return (
    <>
      <h1>{words.unknown.misread_title}</h1>
      <p className="site-lead">{words.unknown.misread_text}</p>
      <Section title={words.unknown.again}>
        <SerialForm />
      </Section>
      <VisitPromise />
    </>
  );
}

export function FailedPage({ busy, onRetry }: { busy: boolean; onRetry: () => void }) {
  const words = useWords();
  useTitle(words.failed.title);
  return (
    <>
      <h1>{words.failed.title}</h1>
      <p className="site-lead" role="alert">
        {busy ? words.failed.busy : words.failed.text}
      </p>
      <button type="button" className="site-button" onClick={onRetry}>
        {words.failed.retry}
      </button>
      <VisitPromise />
      <Call label={words.call.emergency} number="110" />
      <Complaint />
    </>
  );
}

export function MissingPage() {
  const words = useWords();
  useTitle(words.missing.title);
  return (
    <>
      <h1>{words.missing.title}</h1>
      <p className="site-lead">{words.missing.text}</p>
      <p>
        <a href="/">{words.missing.home}</a>
      </p>
      <VisitPromise />
    </>
  );
}
