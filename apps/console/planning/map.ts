import type { Palette } from "@wanjia/ui/theme/tokens";
import { type GeoJSONSourceSpecification, Marker } from "maplibre-gl";
import { openMap, type Point, pointsOf } from "../shell/base-map.ts";

export interface MapWalk {
  /** As the legend numbers it. */
  readonly number: number;
  /** Its buildings in order. */
  readonly points: readonly Point[];
}

/** Pixels between ways that lie beside each other, and between their signs. */
const WAY_APART = 4;
/** So many lie beside each other; more would lie beside their own buildings. */
const WAYS_BESIDE = 3;
const SIGN_APART = 22;
/** Of each walk in turn. */
const DASHES: readonly (readonly number[])[] = [[1], [3, 1.5], [1, 1.5], [5, 1.5, 1, 1.5]];

type Data = GeoJSONSourceSpecification["data"];

function collection(features: readonly object[]): { type: "geojson"; data: Data } {
  return {
    type: "geojson",
    data: { type: "FeatureCollection", features } as unknown as Data,
  };
}

/** Draws walks over the beats' outlines; throws where the browser has no WebGL. */
export function draw(
  element: HTMLElement,
  walks: readonly MapWalk[],
  outlines: readonly Readonly<Record<string, unknown>>[],
  palette: Palette,
): () => void {
  const map = openMap(element, {
    points: [
      ...walks.flatMap(({ points }) => points),
      ...outlines.flatMap(({ coordinates }) => pointsOf(coordinates)),
    ],
    palette,
    sources: {
      beats: collection(
        outlines.map((geometry) => ({ type: "Feature", geometry, properties: {} })),
      ),
      walks: collection(
        walks.map(({ number, points }) => ({
          type: "Feature",
          geometry: { type: "LineString", coordinates: points },
          properties: { number },
        })),
      ),
      stops: collection(
        walks.flatMap(({ points }) =>
          points.map((point) => ({
            type: "Feature",
            geometry: { type: "Point", coordinates: point },
            properties: {},
          })),
        ),
      ),
    },
    layers: [
      {
        id: "edge",
        type: "line",
        source: "beats",
        paint: { "line-color": palette.ended, "line-width": 1 },
      },
      // Walks that go the same way lie beside each other, each with dashes of its own.
      ...walks.map(({ number }, i) => ({
        id: `way ${number}`,
        type: "line" as const,
        source: "walks",
        filter: ["==", ["get", "number"], number] as ["==", ["get", string], number],
        paint: {
          "line-color": palette.primary,
          "line-width": 2.5,
          "line-offset": WAY_APART * ((i % WAYS_BESIDE) - (WAYS_BESIDE - 1) / 2),
          "line-dasharray": [...(DASHES[i % DASHES.length] ?? [1])],
        },
      })),
      {
        id: "stop",
        type: "circle",
        source: "stops",
        paint: { "circle-color": palette.primary, "circle-radius": 5 },
      },
    ],
  });
  const begun: string[] = [];
  const markers = walks.flatMap(({ number, points: [first] }) => {
    if (first === undefined) return [];
    // Walks that begin at one building stand beside each other.
    const beside = begun.filter((one) => one === first.join()).length;
    begun.push(first.join());
    const sign = document.createElement("span");
    sign.className = "day-map-label";
    sign.textContent = String(number);
    return [
      new Marker({ element: sign, offset: [beside * SIGN_APART, -SIGN_APART] })
        .setLngLat(first)
        .addTo(map),
    ];
  });
  return () => {
    for (const marker of markers) marker.remove();
    map.remove();
  };
}
