import type { Palette } from "@wanjia/ui/theme/tokens";
import {
  Map as BaseMap,
  NavigationControl,
  setWorkerUrl,
  type LayerSpecification,
  type SourceSpecification,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

// From this very server: the content policy lets no worker come from elsewhere.
setWorkerUrl(workerUrl);

export type Point = [lon: number, lat: number];

/** Every point of a geometry, however deep its rings lie. */
export function pointsOf(coordinates: unknown): Point[] {
  if (!Array.isArray(coordinates)) return [];
  const [x, y] = coordinates as unknown[];
  if (typeof x === "number" && typeof y === "number") return [[x, y]];
  return coordinates.flatMap(pointsOf);
}

/**
 * A map of what the bureau drew itself, on plain ground: no tiles and no other host. Throws where
 * the browser has no WebGL.
 */
export function openMap(
  element: HTMLElement,
  {
    points,
    sources,
    layers,
    palette,
  }: {
    /** What must be in sight. */
    points: readonly Point[];
    sources: Record<string, SourceSpecification>;
    layers: LayerSpecification[];
    palette: Palette;
  },
): BaseMap {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const map = new BaseMap({
    container: element,
    style: {
      version: 8,
      sources,
      layers: [
        { id: "ground", type: "background", paint: { "background-color": palette.page } },
        ...layers,
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
  return map;
}
