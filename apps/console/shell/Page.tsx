import { Icon } from "@wanjia/ui/icons/Icon";
import { useEffect, type ReactNode } from "react";
import { Link } from "react-router";
import { useShellWords } from "./words.ts";

/** A screen of the desk: its name, where it hangs, its one main action, its content. */
export function Page({
  title,
  back,
  lead,
  actions,
  children,
}: {
  title: string;
  /** The list this came from. */
  back?: { readonly to: string; readonly label: string };
  /** One line under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const words = useShellWords();
  const name = `${words("app.name")} · ${words("app.desk")}`;
  useEffect(() => {
    document.title = `${title} - ${name}`;
  }, [title, name]);
  return (
    <div className="desk-page">
      <header className="desk-page-head">
        <div>
          {back && (
            <Link className="desk-back" to={back.to}>
              <Icon name="back" size={1} />
              {back.label}
            </Link>
          )}
          <h1 tabIndex={-1} id="desk-title">
            {title}
          </h1>
          {lead && <div className="desk-lead">{lead}</div>}
        </div>
        {actions && <div className="desk-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
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
  children,
}: {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="desk-panel" {...(title ? { "aria-label": title } : {})}>
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
