import { Icon } from "@wanjia/ui/icons/Icon";
import { useEffect, useId, type ReactNode } from "react";
import { useWords } from "../shell/language.ts";
import { telephone } from "./view-model.ts";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** As a `ref`: where reading goes on once this is there. The same function each time, so it acts once. */
export function focusWhenShown(element: HTMLElement | null): void {
  element?.focus();
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section className="site-section" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {children}
    </section>
  );
}

/** The way to another page, as one of a list. */
export function PageLink({ to, text }: { to: string; text: string }) {
  return (
    <li>
      <a href={to}>
        {text} <Icon name="forward" size={1} />
      </a>
    </li>
  );
}

/** The promise stands first on every page. */
export function VisitPromise() {
  const words = useWords();
  return (
    <section className="site-promise" aria-label={words.promise.title}>
      <h2>
        <Icon name="met" />
        {words.promise.title}
      </h2>
      <p>{words.promise.text}</p>
      <p>{words.promise.never}</p>
    </section>
  );
}

/** A number to dial: one press on a phone, readable everywhere. */
export function Call({
  label,
  number,
  main = false,
}: {
  label: string;
  number: string;
  main?: boolean;
}) {
  const target = telephone(number);
  if (!target) return null;
  return (
    <a className="site-call" data-main={main || undefined} href={target}>
      <span>{label}</span>
      {!label.endsWith(number) && <strong className="site-phone">{number}</strong>}
    </a>
  );
}

/** What can't wait goes by telephone, before any form. */
export function CallFirst({
  text,
  label,
  number,
}: {
  text: string;
  label: string;
  number: string;
}) {
  return (
    <section className="site-warning" aria-label={label}>
      <p>{text}</p>
      <Call label={label} number={number} />
    </section>
  );
}

export function Complaint() {
  const words = useWords();
  return (
    <Section title={words.call.complaint}>
      <p>{words.call.complaint_text}</p>
      <Call label={words.call.complaint_call} number="12389" />
      <a href="/complaint">{words.call.complaint_write}</a>
    </Section>
  );
}
