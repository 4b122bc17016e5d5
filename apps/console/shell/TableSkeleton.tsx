import type { Column } from "./table.ts";

/** The shape of what comes. */
export function TableSkeleton<Row>({
  columns,
  narrow,
  label,
}: {
  columns: readonly Column<Row>[];
  narrow: boolean;
  label: string;
}) {
  return (
    <div className="desk-table-frame" role="status" aria-label={label}>
      <div aria-hidden="true">
        {Array.from({ length: narrow ? 4 : 9 }, (_, row) => (
          <div key={row} className="desk-skeleton-row">
            {columns.slice(0, narrow ? 1 : undefined).map((column) => (
              <span
                key={column.key}
                className="desk-skeleton"
                style={column.width ? { width: column.width - 24 } : { flex: 1 }}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
