import { Icon } from "@wanjia/ui/icons/Icon";
import { Button } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { Link, useNavigate } from "react-router";
import { formatInstant } from "./format.ts";
import { usePageKeys } from "./keyboard.ts";
import { currentLocale } from "./language.ts";
import { asLeft } from "./list-memory.ts";
import { useTitleTakesFocus } from "./new-page.ts";
import { useSession } from "./session.tsx";
import { useShellWords } from "./words.ts";

/** A screen of the desk: its name, where it hangs, its one main action, its content. */
export function Page({
  title,
  back,
  lead,
  actions,
  printable = false,
  children,
}: {
  title: string;
  /** The list this came from. */
  back?: { readonly to: string; readonly label: string };
  /** One line under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** Worth a sheet of paper: its button, and on the paper by whom and when. */
  printable?: boolean;
  children: ReactNode;
}) {
  const words = useShellWords();
  const name = `${words("app.name")} · ${words("app.desk")}`;
  useEffect(() => {
    document.title = `${title} - ${name}`;
  }, [title, name]);
  useTitleTakesFocus();
  const navigate = useNavigate();
  usePageKeys((event) => {
    if (event.key !== "u" || back === undefined) return;
    event.preventDefault();
    void navigate(asLeft(back.to));
  });
  return (
    <div className="desk-page">
      <header className="desk-page-head">
        <div>
          {back && (
            <Link className="desk-back" to={asLeft(back.to)} aria-keyshortcuts="u">
              <Icon name="back" size={1} />
              {back.label}
            </Link>
          )}
          <h1 tabIndex={-1} id="desk-title">
            {title}
          </h1>
          {lead && <div className="desk-lead">{lead}</div>}
        </div>
        {(actions || printable) && (
          <div className="desk-actions">
            {printable && <Button onClick={() => window.print()}>{words("paper.print")}</Button>}
            {actions}
          </div>
        )}
      </header>
      {children}
      {printable && <Printed />}
    </div>
  );
}

/** At the foot of the paper: whose it is, since it leaves the desk. */
function Printed() {
  const words = useShellWords();
  const { member } = useSession();
  const [at, setAt] = useState(() => Date.now());
  useEffect(() => {
    const note = () => flushSync(() => setAt(Date.now()));
    window.addEventListener("beforeprint", note);
    return () => window.removeEventListener("beforeprint", note);
  }, []);
  const when = formatInstant(at, currentLocale());
  return <p className="desk-printed">{words("paper.printed", { when, name: member.name })}</p>;
}

/** Names and values of one thing. */
export function Facts({
  items,
}: {
  items: readonly { readonly label: string; readonly value: ReactNode }[];
}) {
  return (
    <dl className="desk-facts">
      {items.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Card({
  title,
  actions,
  screenOnly = false,
  children,
}: {
  title?: string;
  actions?: ReactNode;
  /** Not for paper. */
  screenOnly?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      className="desk-panel"
      data-screen-only={screenOnly || undefined}
      {...(title ? { "aria-label": title } : {})}
    >
      {(title || actions) && (
        <div className="desk-panel-head">
          {title && <h2>{title}</h2>}
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
