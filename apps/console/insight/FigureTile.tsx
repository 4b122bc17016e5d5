import { counterLabel } from "@wanjia/contract/counter-labels";
import { indicatorById } from "@wanjia/domain/insight/dictionary";
import { renderInterval } from "@wanjia/domain/insight/rendering";
import { currentLocale } from "../shell/language.ts";
import { type Cell, languageOf, opens, shareText, textOf } from "./view-model.ts";
import { useInsightWords } from "./words.ts";

/** One figure: what it counts, its parts, and the way to its records. */
export function FigureTile({ cell, onOpen }: { cell: Cell; onOpen?: (() => void) | undefined }) {
  const words = useInsightWords();
  const language = languageOf(currentLocale());
  const indicator = indicatorById(cell.id);
  if (indicator === null) return null;
  const inside = (
    <>
      <span className="figure-label">{indicator.label[language]}</span>
      <span className="figure-value">{textOf(cell, language)}</span>
      <FigureNote cell={cell} />
      <span className="figure-formula">{indicator.formula[language]}</span>
    </>
  );
  return onOpen !== undefined && opens(cell) ? (
    <button
      type="button"
      className="figure-tile"
      onClick={onOpen}
      aria-label={`${indicator.label[language]} ${textOf(cell, language)}. ${words("figure.open")}`}
    >
      {inside}
    </button>
  ) : (
    <div className="figure-tile">{inside}</div>
  );
}

/** What must stand beside a figure: numerator and denominator, exclusions, why it is held back. */
export function FigureNote({ cell }: { cell: Cell }) {
  const words = useInsightWords();
  const language = languageOf(currentLocale());
  const { figure, showing, beside = [], variant } = cell;
  const lines: string[] = [];
  if (showing?.as === "withheld") lines.push(words("figure.withheld"));
  if (showing?.as === "small") lines.push(words("figure.small", { below: showing.below }));
  if (figure?.kind === "share" && figure.denominator > 0) lines.push(words("figure.over", figure));
  if (figure?.kind === "rounds") lines.push(words("figure.buildings", { n: figure.buildings }));
  if (figure?.kind === "duration") {
    lines.push(words("figure.matters", { n: figure.n }));
    const interval = renderInterval(figure, language);
    if (interval !== null) lines.push(words("figure.interval", { interval }));
  }
  const parts = beside
    .filter(({ value, showing: part }) => part?.as === "small" || (value ?? 0) > 0)
    .map(({ name, value, showing: part }) => {
      const label = counterLabel(name, language);
      return `${label} ${part?.as === "small" ? `<${part.below}` : value}`;
    });
  if (parts.length > 0) lines.push(parts.join(language === "en" ? ", " : "，"));
  if (variant?.figure != null) {
    const text = shareText({ ...cell, figure: variant.figure });
    if (text !== null) lines.push(`${words("figure.variant")} ${text}`);
  }
  if (lines.length === 0) return null;
  return (
    <span className="figure-note">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  );
}
