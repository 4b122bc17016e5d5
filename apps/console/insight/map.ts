import type { Palette } from "@wanjia/ui/theme/tokens";
import {
  type GeoJSONSourceSpecification,
  Map as OutlineMap,
  Marker,
  NavigationControl,
  setWorkerUrl,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { coverageStep } from "./view-model.ts";

// From this very server: the content policy lets no worker come from elsewhere.
setWorkerUrl(workerUrl);

export interface MapBeat {
  /** GeoJSON geometry, WGS 84. */
  readonly outline: Readonly<Record<string, unknown>>;
  readonly share: number | null;
  readonly label: string;
}

type Point = [number, number];

/** Every point of a geometry, however deep its rings lie. */
function pointsOf(coordinates: unknown): Point[] {
  if (!Array.isArray(coordinates)) return [];
  const [x, y] = coordinates as unknown[];
  if (typeof x === "number" && typeof y === "number") return [[x, y]];
  return coordinates.flatMap(pointsOf);
}

/** Opacity of the one colour "met" by step of coverage; without a figure there is no colour. */
const OPACITY = [0.08, 0.25, 0.42, 0.6, 0.8] as const;

/** Draws the beats; throws where the browser has no WebGL. Answers what takes the map away. */
export function draw(
  element: HTMLElement,
  beats: readonly MapBeat[],
  palette: Palette,
): () => void {
  const points = beats.flatMap(({ outline }) => pointsOf(outline["coordinates"]));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const map = new OutlineMap({
    container: element,
    style: {
      version: 8,
      sources: {
        beats: {
          type: "geojson",
          data: {
            type: "FeatureCollection",
            features: beats.map(({ outline, share }) => ({
              type: "Feature",
              geometry: outline,
              properties: { opacity: OPACITY[coverageStep(share) ?? -1] ?? 0 },
            })),
          } as unknown as GeoJSONSourceSpecification["data"],
        },
      },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": palette.page } },
        {
          id: "fill",
          type: "fill",
          source: "beats",
          paint: { "fill-color": palette.met, "fill-opacity": ["get", "opacity"] },
        },
        {
          id: "edge",
          type: "line",
          source: "beats",
          paint: { "line-color": palette.ended, "line-width": 1 },
        },
      ],
    },
    bounds: [
      [Math.min(...xs), Math.min(...ys)],
      [Math.max(...xs), Math.max(...ys)],
    ],
    fitBoundsOptions: { padding: 32 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  // Labels as elements of the page: fonts and sizes are the page's, and no glyph files are fetched.
  const markers = beats.map(({ outline, label }) => {
    const own = pointsOf(outline["coordinates"]);
    const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
    const sign = document.createElement("span");
    sign.className = "figure-map-label";
    sign.textContent = label;
    return new Marker({ element: sign })
      .setLngLat([middle(own.map(([x]) => x)), middle(own.map(([, y]) => y))])
      .addTo(map);
  });
  return () => {
    for (const marker of markers) marker.remove();
    map.remove();
  };
}
