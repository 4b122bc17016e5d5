/** The map of 云汀市: beats as bands of a coast, parted by a river, that tile without gap or overlap. */
import { Chance } from "./chance.ts";

export type Ring = readonly (readonly [lon: number, lat: number])[];

export interface Outline {
  readonly type: "Polygon";
  readonly coordinates: readonly [Ring];
}

/** Off every coast: no real place lies under the map of a city that does not exist. */
const WEST = 123.6;
const SOUTH = 29.4;
/** One beat is about this many degrees wide and high (some 2 km). */
const CELL = 0.02;
const STEPS_A_CELL = 8;
/** The river runs between the first row of beats and the second. */
const RIVER = 0.004;

export interface BeatShape {
  readonly outline: Outline;
  /** A point of the beat, for `across` and `up` in (0, 1). */
  point(across: number, up: number): { lon: number; lat: number };
}

/** The shapes of beats that lie in rows from the coast to the hills, `rows[i]` of them in row i. */
export function shapesOf(rows: readonly number[], seed: string): BeatShape[] {
  const chance = new Chance(`${seed}/map`);
  const widest = Math.max(...rows);
  const steps = widest * STEPS_A_CELL;
  const width = widest * CELL;
  const lines = Array.from({ length: rows.length + 1 }, (_, line) => {
    const isCoast = line === 0;
    const waves = Array.from({ length: 4 }, (_wave, wave) => ({
      height: (CELL * (isCoast ? 0.14 : 0.08)) / (wave + 1),
      length: chance.between(0.7, 1.6) * (wave + 1),
      shift: chance.between(0, 2 * Math.PI),
    }));
    return (x: number): number =>
      SOUTH +
      CELL * (rows.length - line) +
      waves.reduce(
        (sum, { height, length, shift }) =>
          sum + height * Math.sin(length * ((x - WEST) / CELL) + shift),
        0,
      );
  });
  const top = (row: number, x: number): number =>
    (lines[row]?.(x) ?? 0) - (row === 1 ? RIVER / 2 : 0);
  const bottom = (row: number, x: number): number =>
    (lines[row + 1]?.(x) ?? 0) + (row === 0 && rows.length > 1 ? RIVER / 2 : 0);
  const gridX = (step: number): number => WEST + (width * step) / steps;

  return rows.flatMap((count, row) => {
    // Borders lie on the common grid of steps, so that neighbours above and below share their points.
    const borders = Array.from({ length: count + 1 }, (_, k) => {
      const even = (steps * k) / count;
      const isEdge = k === 0 || k === count;
      return Math.round(isEdge ? even : even + chance.between(-0.2, 0.2) * STEPS_A_CELL);
    });
    const sways = borders.map(() => chance.between(-0.12, 0.12) * CELL);
    const side = (k: number): [number, number][] =>
      Array.from({ length: STEPS_A_CELL + 1 }, (_, i) => {
        const t = i / STEPS_A_CELL;
        const x = gridX(borders[k] ?? 0);
        const sway = (sways[k] ?? 0) * Math.sin(Math.PI * t);
        return [x + sway, bottom(row, x) * (1 - t) + top(row, x) * t];
      });
    return Array.from({ length: count }, (_, k): BeatShape => {
      const from = borders[k] ?? 0;
      const to = borders[k + 1] ?? steps;
      const inner = Array.from({ length: Math.max(0, to - from - 1) }, (_s, i) =>
        gridX(from + 1 + i),
      );
      const ring = [
        ...side(k).toReversed(),
        ...inner.map((x): [number, number] => [x, bottom(row, x)]),
        ...side(k + 1),
        ...inner.toReversed().map((x): [number, number] => [x, top(row, x)]),
      ].map(([lon, lat]) => [rounded(lon), rounded(lat)] as const);
      const closed = [...ring, ring[0] ?? [0, 0]] as const;
      return {
        outline: { type: "Polygon", coordinates: [closed] },
        point(across, up) {
          const x = gridX(from) + (gridX(to) - gridX(from)) * (0.2 + 0.6 * across);
          const t = 0.12 + 0.76 * up;
          const lat = bottom(row, x) * (1 - t) + top(row, x) * t;
          return { lon: rounded(x), lat: rounded(lat) };
        },
      };
    });
  });
}

/** Half a metre is finer than any sign on a wall. */
function rounded(degrees: number): number {
  return Math.round(degrees * 200_000) / 200_000;
}
