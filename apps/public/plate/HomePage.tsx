import { lazy, Suspense, useState, type SubmitEvent } from "react";
import { fill, useLocale, useWords } from "../shell/language.ts";
import { Complaint, PageLink, Section, useTitle, VisitPromise } from "./parts.tsx";
import { paperForm, plateAddress } from "./view-model.ts";

/** Comes after the page that most want. */
const AddressForm = lazy(async () => ({
  default: (await import("./AddressForm.tsx")).AddressForm,
}));

export function HomePage() {
  const words = useWords();
  const locale = useLocale();
  useTitle(words.home.title);
  return (
    <>
      <h1>{words.home.title}</h1>
      <p className="site-lead">{words.home.lead}</p>
      <VisitPromise />
      <Section title={words.home.verify}>
        <ol>
          <li>{fill(words.home.steps.domain, { host: location.host })}</li>
          <li>{words.home.steps.serial}</li>
          <li>{words.home.steps.never}</li>
        </ol>
      </Section>
      <Section title={words.home.enter}>
        <SerialForm />
      </Section>
      <Section title={words.address.title}>
        <Suspense fallback={<p role="status">{words.opening}</p>}>
          <AddressForm />
        </Suspense>
      </Section>
      <Section title={words.home.say}>
        <p>{words.home.say_plate}</p>
        <ul className="site-links">
          <PageLink to="/tip" text={words.home.tip} />
          <PageLink to="/complaint" text={words.home.complain} />
          <PageLink to="/receipt" text={words.home.receipt} />
          <PageLink to="/board" text={words.home.board} />
          <PageLink to="/listed" text={words.home.listed} />
          <PageLink to={paperForm(locale)} text={words.home.paper} />
        </ul>
      </Section>
      <Complaint />
    </>
  );
}

export function SerialForm() {
  const words = useWords();
  const [typed, setTyped] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (typed.trim() === "") setMissing(true);
    else location.assign(plateAddress(typed));
  };
  return (
    <form className="site-lookup" onSubmit={submit} noValidate>
      <label htmlFor="serial">{words.home.enter}</label>
      <p id="serial-hint" className="site-hint">
        {words.home.enter_hint}
      </p>
      {missing && (
        <p id="serial-problem" className="site-problem" role="alert">
          {words.home.empty}
        </p>
      )}
      <input
        id="serial"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setMissing(false);
        }}
        aria-describedby={missing ? "serial-problem serial-hint" : "serial-hint"}
        aria-invalid={missing}
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
      />
      <button type="submit" className="site-button">
        {words.home.open}
      </button>
    </form>
  );
}
