import { memo, useRef, type KeyboardEvent } from "react";
import { Icon, type IconName } from "../icons/Icon.tsx";
import type { Tone } from "../theme/tokens.ts";
import "./building-grid.css";

export type Tile = {
  readonly id: string;
  /** What is written on the door: 1203. */
  readonly label: string;
  readonly tone: Tone;
  readonly icon: IconName;
  /** The state in a word, seen under the number. */
  readonly word: string;
  /** What a screen reader says instead of label and word. */
  readonly spoken: string;
  /** Place in today's walk, when the door is one of the next. */
  readonly order?: number | undefined;
  /** A small sign that something of this door isn't sent yet. */
  readonly pending?: boolean;
};

/** One floor, its doors grouped by entrance in the order of `entrances`. */
export type Floor = {
  readonly id: string;
  readonly label: string;
  readonly byEntrance: readonly (readonly Tile[])[];
};

/**
 * A building as people see it from the street: floors from top to bottom, doors from left to right by
 * entrance. The floor's name and the entrance's name stay in sight while the grid moves under them.
 */
export function BuildingGrid({
  label,
  entrances,
  floors,
  onOpen,
}: {
  label: string;
  entrances: readonly string[];
  floors: readonly Floor[];
  onOpen: (id: string) => void;
}) {
  const grid = useRef<HTMLDivElement>(null);
  const widths = entrances.map((_, at) =>
    Math.max(1, ...floors.map((floor) => floor.byEntrance[at]?.length ?? 0)),
  );
  const columns = widths.reduce((sum, width) => sum + width, 0);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = grid.current && neighbour(grid.current, event.target as HTMLElement, event.key);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };
  return (
    <div className="w-grid" role="region" aria-label={label} tabIndex={-1}>
      <div
        ref={grid}
        className="w-grid-body"
        style={{ gridTemplateColumns: `auto repeat(${columns}, minmax(3.5rem, 1fr))` }}
        onKeyDown={onKeyDown}
      >
        {entrances.length > 1 && (
          <>
            <span className="w-grid-corner" />
            {entrances.map((name, at) => (
              <span
                key={name}
                className="w-grid-entrance"
                style={{ gridColumn: `span ${widths[at]}` }}
              >
                {name}
              </span>
            ))}
          </>
        )}
        {floors.map((floor) => (
          <div className="w-grid-floor" role="group" aria-label={floor.label} key={floor.id}>
            <span className="w-grid-label" aria-hidden="true">
              {floor.label}
            </span>
            {entrances.map((name, at) => {
              const tiles = floor.byEntrance[at] ?? [];
              const width = widths[at] ?? 1;
              return tiles
                .map((tile) => <TileButton key={tile.id} tile={tile} onOpen={onOpen} />)
                .concat(
                  Array.from({ length: width - tiles.length }, (_, gap) => (
                    <span key={`${name} ${gap}`} className="w-grid-gap" />
                  )),
                );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

type TileProps = { readonly tile: Tile; readonly onOpen: (id: string) => void };

/** Of a whole building one or two doors change at a time: the others are not drawn again. */
const TileButton = memo(function TileButton({ tile, onOpen }: TileProps) {
  return (
    <button
      type="button"
      className="w-tile"
      data-tone={tile.tone}
      data-next={tile.order === undefined ? undefined : ""}
      data-door={tile.id}
      onClick={() => onOpen(tile.id)}
    >
      <span className="w-hidden">{tile.spoken}</span>
      <span className="w-tile-label" aria-hidden="true">
        {tile.label}
      </span>
      <span className="w-tile-state" aria-hidden="true">
        <Icon name={tile.icon} size={0.875} />
        <span>{tile.word}</span>
      </span>
      {tile.order !== undefined && (
        <span className="w-tile-order" aria-hidden="true">
          {tile.order}
        </span>
      )}
      {tile.pending && <span className="w-tile-pending" />}
    </button>
  );
}, looksAlike);

function looksAlike(before: TileProps, after: TileProps): boolean {
  const { id, label, tone, icon, word, spoken, order, pending } = before.tile;
  const { tile, onOpen } = after;
  return (
    before.onOpen === onOpen &&
    id === tile.id &&
    label === tile.label &&
    tone === tile.tone &&
    icon === tile.icon &&
    word === tile.word &&
    spoken === tile.spoken &&
    order === tile.order &&
    pending === tile.pending
  );
}

/** The tile that an arrow key leads to, by where the tiles are on the screen. */
function neighbour(grid: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!step || !from.matches(".w-tile")) return undefined;
  const [dx, dy] = step as [number, number];
  const here = from.getBoundingClientRect();
  let best: HTMLElement | undefined;
  let bestAway = Number.POSITIVE_INFINITY;
  for (const tile of grid.querySelectorAll<HTMLElement>(".w-tile")) {
    const there = tile.getBoundingClientRect();
    const across = there.left - here.left;
    const along = there.top - here.top;
    const ahead = dx ? across * dx : along * dy;
    const aside = Math.abs(dx ? along : across);
    if (ahead <= 1 || (dx && aside > 1)) continue;
    const away = ahead + aside * 2;
    if (away < bestAway) {
      best = tile;
      bestAway = away;
    }
  }
  return best;
}
