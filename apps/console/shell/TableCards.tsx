import { RowOpener } from "./RowOpener.tsx";
import type { Column } from "./table.ts";
import { withNote } from "./language.ts";

/** On a phone each row is a card. */
export function TableCards<Row>({
  columns,
  rows,
  rowKey,
  rowHref,
  open,
}: {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHref: ((row: Row) => string) | undefined;
  open: ((row: Row) => void) | undefined;
}) {
  const title = columns.find((column) => column.phone === "title") ?? columns[0];
  const lines = columns.filter((column) => column !== title && column.phone !== "hidden");
  return (
    <ul className="desk-cards">
      {rows.map((row) => (
        <li
          key={rowKey(row)}
          className="desk-card"
          onClick={(event) => {
            if (!(event.target as HTMLElement).closest("a,button")) open?.(row);
          }}
        >
          {title && (
            <div className="desk-card-title">
              <RowOpener row={row} href={rowHref} open={open}>
                {title.render(row)}
              </RowOpener>
            </div>
          )}
          <dl>
            {lines.map((column) => (
              <div key={column.key}>
                <dt>{column.unit ? withNote(column.title, column.unit) : column.title}</dt>
                <dd>{column.render(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
