/** The ground of a beat as it is drawn on a map. */
import { accept, refuse, type Result } from "../shared/result.ts";

/** Longitude and latitude, WGS 84. */
export type Point = [lon: number, lat: number];

/** GeoJSON: the edge first, holes after it; each ring ends where it began. */
export type Outline = { type: "Polygon"; coordinates: Point[][] };

export type OutlineRefusal =
  | "outline-too-small"
  | "outline-open"
  | "outline-crosses-itself"
  | "outline-off-the-globe";

const MIN_CORNERS = 3;

function same([ax, ay]: Point, [bx, by]: Point): boolean {
  return ax === bx && ay === by;
}

/** On which side of the line from a to b the point c lies: above zero to the left. */
function side(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/**
 * The two edges of a ring that cross, as the numbers of the corners where they begin. Edges that
 * only meet in a corner don't. Compares each with each: an outline has some hundred corners at most.
 */
export function crossing(ring: readonly Point[]): [number, number] | null {
  for (let i = 0; i + 1 < ring.length; i++) {
    for (let j = i + 2; j + 1 < ring.length; j++) {
      if (cross(ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!)) return [i, j];
    }
  }
  return null;
}

/** Corners in the order in which they were set, as the ring that an outline is made of. */
export function ringOf(corners: readonly Point[]): Point[] {
  const [first] = corners;
  return first === undefined ? [] : [...corners, first];
}

/**
 * An outline as it may be saved. Refuses `outline-open`, `outline-too-small` (fewer than three
 * corners), `outline-crosses-itself` and `outline-off-the-globe`.
 */
export function checkOutline(outline: Outline): Result<Outline, OutlineRefusal> {
  for (const ring of outline.coordinates) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (first === undefined || last === undefined) return refuse("outline-too-small");
    if (!same(first, last)) return refuse("outline-open");
    if (new Set(ring.map(String)).size < MIN_CORNERS) return refuse("outline-too-small");
    if (ring.some(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90)) {
      return refuse("outline-off-the-globe");
    }
    if (crossing(ring) !== null) return refuse("outline-crosses-itself");
  }
  return outline.coordinates.length === 0 ? refuse("outline-too-small") : accept(outline);
}
