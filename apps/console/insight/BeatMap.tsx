import type { Palette } from "@wanjia/ui/theme/tokens";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Beat } from "../organisation/data.ts";
import { currentLocale } from "../shell/language.ts";
import { cellOf, COVERAGE_STEPS, languageOf, type Part, shareOf, shareText } from "./view-model.ts";
import { nameOf } from "./PartsTable.tsx";
import { useInsightWords } from "./words.ts";
import type { MapBeat } from "./map.ts";

/** The beats as the bureau drew them, by coverage. No tiles and no other host: outlines alone. */
export function BeatMap({
  rows,
  beats,
  palette,
}: {
  rows: readonly Part[];
  beats: readonly Beat[];
  palette: Palette;
}) {
  const words = useInsightWords();
  const language = languageOf(currentLocale());
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const drawn = useMemo(
    () =>
      rows.flatMap((row): MapBeat[] => {
        const outline = beats.find(({ id }) => id === row.id)?.outline;
        if (outline == null) return [];
        const cell = cellOf(row.cells, "K06");
        return [
          {
            outline,
            share: shareOf(cell),
            label: `${nameOf(row, language)} ${shareText(cell) ?? words("map.no_figure")}`,
          },
        ];
      }),
    [rows, beats, language, words],
  );
  useEffect(() => {
    const element = box.current;
    if (element === null || drawn.length === 0) return undefined;
    let remove = (): void => {};
    let gone = false;
    import("./map.ts")
      .then(({ draw }) => {
        if (!gone) remove = draw(element, drawn, palette);
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      remove();
    };
  }, [drawn, palette]);
  if (drawn.length === 0) {
    return (
      <div className="figure-empty">
        <p>{words("map.none")}</p>
        <p>{words("map.none_hint")}</p>
      </div>
    );
  }
  if (failed) return <p className="figure-empty">{words("map.failed")}</p>;
  return (
    <>
      <div ref={box} className="figure-map" role="img" aria-label={words("map.label")} />
      <ul className="figure-legend">
        {COVERAGE_STEPS.map((from, step) => (
          <li key={from}>
            <span data-step={step} />
            {from}–{from + 20}%
          </li>
        ))}
        <li>
          <span data-step="none" />
          {words("map.no_figure")}
        </li>
      </ul>
    </>
  );
}
