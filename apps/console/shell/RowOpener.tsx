import type { ReactNode } from "react";
import { Link } from "react-router";

/** The name of a row as what opens it. In the table the row itself is the stop of the Tab key. */
export function RowOpener<Row>({
  row,
  href,
  open,
  inTable = false,
  children,
}: {
  row: Row;
  href: ((row: Row) => string) | undefined;
  open: ((row: Row) => void) | undefined;
  inTable?: boolean;
  children: ReactNode;
}) {
  const stop = inTable ? { tabIndex: -1 } : {};
  if (href) {
    return (
      <Link to={href(row)} {...stop}>
        {children}
      </Link>
    );
  }
  if (!open) return children;
  return (
    <button type="button" className="desk-opener" onClick={() => open(row)} {...stop}>
      {children}
    </button>
  );
}
