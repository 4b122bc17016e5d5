import { UNITS } from "@wanjia/domain/insight/terms";
import { currentLocale } from "../shell/language.ts";
import { FigureNote } from "./FigureTile.tsx";
import { bareText, columnsOf, languageOf, type Part } from "./view-model.ts";
import { useInsightWords } from "./words.ts";

/** Figures by station, beat or building: units in the head, numbers to the right. */
export function PartsTable({
  label,
  rows,
  onOpenPart,
}: {
  label: string;
  rows: readonly Part[];
  /** Leads one level down. */
  onOpenPart?: ((row: Part) => void) | undefined;
}) {
  const words = useInsightWords();
  const language = languageOf(currentLocale());
  const columns = columnsOf(rows);
  return (
    <div className="figure-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="figure-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className="figure-number"
                title={column.formula[language]}
              >
                {column.label[language]}
                <span className="figure-unit">
                  {words("figure.unit", { unit: UNITS[column.unit][language] })}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.id}${row.parentId}`}>
              <th scope="row">
                {onOpenPart !== undefined && row.id !== null ? (
                  <button type="button" className="figure-link" onClick={() => onOpenPart(row)}>
                    {nameOf(row, language)}
                  </button>
                ) : (
                  nameOf(row, language) || words("board.no_beat")
                )}
              </th>
              {row.cells.map((cell) => (
                <td key={cell.id} className="figure-number">
                  {bareText(cell, language)}
                  {cell.id === "K06" && <FigureNote cell={cell} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function nameOf(row: Part, language: "zh" | "en"): string {
  return language === "en" ? row.nameEn || row.name : row.name;
}
