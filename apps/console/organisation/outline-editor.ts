import {
  checkOutline,
  ringOf,
  type Outline,
  type Point,
} from "@wanjia/domain/organisation/outline";

/** Corners in the order in which they were set; the last is joined with the first. */
export type Corners = readonly Point[];

/** A tenth of a metre: finer than any map that an outline is drawn by. */
const DECIMALS = 6;
const EARTH_RADIUS_KM = 6371;

function rounded([lon, lat]: Point): Point {
  return [Number(lon.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];
}

export function cornersOf(outline: Outline | null): Corners {
  return outline?.coordinates[0]?.slice(0, -1) ?? [];
}

/** The outline with new corners; holes that it had stay. Without corners there is none. */
export function outlineOf(corners: Corners, before: Outline | null): Outline | null {
  if (corners.length === 0) return null;
  return {
    type: "Polygon",
    coordinates: [ringOf(corners), ...(before?.coordinates.slice(1) ?? [])],
  };
}

/** What keeps the corners from being saved. */
export function problemOf(corners: Corners) {
  const outline = outlineOf(corners, null);
  const checked = outline === null ? null : checkOutline(outline);
  return checked === null || checked.ok ? undefined : checked.refusal.code;
}

export function withCorner(corners: Corners, after: number, point: Point): Corners {
  return corners.toSpliced(after + 1, 0, rounded(point));
}

export function withoutCorner(corners: Corners, index: number): Corners {
  return corners.toSpliced(index, 1);
}

export function movedCorner(corners: Corners, index: number, point: Point): Corners {
  return corners.with(index, rounded(point));
}

export function writeCorners(corners: Corners): string {
  return corners.map(([lon, lat]) => `${lon}, ${lat}`).join("\n");
}

/** One corner a line, longitude first. `null` where a line says anything else. */
export function readCorners(text: string): Corners | null {
  const corners: Point[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const numbers = line
      .trim()
      .split(/[\s,，;；]+/)
      .map(Number);
    const [lon, lat] = numbers;
    if (numbers.length !== 2 || lon === undefined || lat === undefined) return null;
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return null;
    corners.push(rounded([lon, lat]));
  }
  return corners;
}

/** Ground inside the corners, on a globe that is flat nearby: good to a percent for a beat. */
export function squareKilometres(corners: Corners): number {
  const radians = Math.PI / 180;
  const middle = corners.reduce((sum, [, lat]) => sum + lat, 0) / Math.max(1, corners.length);
  const scale = Math.cos(middle * radians) * (EARTH_RADIUS_KM * radians) ** 2;
  const ring = ringOf(corners);
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[i + 1]!];
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return (Math.abs(twice) / 2) * scale;
}
