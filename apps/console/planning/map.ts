import type { Palette } from "@wanjia/ui/theme/tokens";
import { type GeoJSONSourceSpecification, Marker } from "maplibre-gl";
import { openMap, type Point, pointsOf } from "../shell/base-map.ts";

export interface MapWalk {
  readonly label: string;
  /** Its buildings in order. */
  readonly points: readonly Point[];
}

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
        walks.map(({ points }) => ({
          type: "Feature",
          geometry: { type: "LineString", coordinates: points },
          properties: {},
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
      {
        id: "way",
        type: "line",
        source: "walks",
        paint: { "line-color": palette.primary, "line-width": 2 },
      },
      {
        id: "stop",
        type: "circle",
        source: "stops",
        paint: { "circle-color": palette.primary, "circle-radius": 5 },
      },
    ],
  });
  const markers = walks.flatMap(({ label, points: [first] }) => {
    if (first === undefined) return [];
    const sign = document.createElement("span");
    sign.className = "day-map-label";
    sign.textContent = label;
    return [new Marker({ element: sign, anchor: "bottom" }).setLngLat(first).addTo(map)];
  });
  return () => {
    for (const marker of markers) marker.remove();
    map.remove();
  };
}
