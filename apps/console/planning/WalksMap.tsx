import type { WalkView } from "@wanjia/contract/planning";
import { clockText } from "@wanjia/domain/planning/settling";
import { useEffect, useMemo, useRef, useState } from "react";
import { useUnits } from "../organisation/data.ts";
import { currentPalette } from "../shell/theme.ts";
import type { MapWalk } from "./map.ts";
import { withoutPoint } from "./view-model.ts";
import { usePlanningWords } from "./words.ts";

/** Where the teams go: their buildings joined in order, over the outlines of the beats. */
export function WalksMap({ walks }: { walks: readonly WalkView[] }) {
  const words = usePlanningWords();
  const { beats } = useUnits();
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const drawn = useMemo(
    () =>
      walks
        .map(({ id, teamName, from, to, choices }) => ({
          id,
          label: `${teamName} ${clockText(from)} – ${clockText(to)}`,
          points: choices.flatMap(({ point }) =>
            point === null ? [] : [[point.lon, point.lat] as [number, number]],
          ),
        }))
        .filter(({ points }) => points.length > 0)
        .map((walk, i): MapWalk & { id: string; label: string } => ({ ...walk, number: i + 1 })),
    [walks],
  );
  const outlines = useMemo(() => {
    const own = new Set(walks.map(({ beatId }) => beatId));
    return beats.flatMap(({ id, outline }) =>
      own.has(id) && outline !== null ? [outline as Readonly<Record<string, unknown>>] : [],
    );
  }, [beats, walks]);
  useEffect(() => {
    const element = box.current;
    if (element === null || drawn.length === 0) return undefined;
    let remove = (): void => {};
    let gone = false;
    import("./map.ts")
      .then(({ draw }) => {
        if (!gone) remove = draw(element, drawn, outlines, currentPalette());
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      remove();
    };
  }, [drawn, outlines]);
  const missing = withoutPoint(walks);
  if (drawn.length === 0) return <p className="desk-lead">{words("map.none")}</p>;
  if (failed) return <p className="desk-lead">{words("map.failed")}</p>;
  return (
    <>
      <div ref={box} className="day-map" role="img" aria-label={words("map.label")} />
      <ol className="day-map-legend" aria-label={words("map.legend")}>
        {drawn.map(({ id, label, number }) => (
          <li key={id}>
            <span className="day-map-label">{number}</span>
            <span>{label}</span>
          </li>
        ))}
      </ol>
      {outlines.length > 0 && <p className="desk-lead">{words("map.outline")}</p>}
      {missing.length > 0 && (
        <p className="desk-lead">
          {words("map.missing", { names: missing.join(words("roster.and")) })}
        </p>
      )}
    </>
  );
}
