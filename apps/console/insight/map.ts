import type { Palette } from "@wanjia/ui/theme/tokens";
import { type GeoJSONSourceSpecification, Marker } from "maplibre-gl";
import { openMap, pointsOf } from "../shell/base-map.ts";
import { coverageStep } from "./view-model.ts";

export interface MapBeat {
  /** GeoJSON geometry, WGS 84. */
  readonly outline: Readonly<Record<string, unknown>>;
  readonly share: number | null;
  readonly label: string;
}

/** Opacity of the one colour "met" by step of coverage; without a figure there is no colour. */
const OPACITY = [0.08, 0.25, 0.42, 0.6, 0.8] as const;

/** Draws the beats; throws where the browser has no WebGL. Answers what takes the map away. */
export function draw(
  element: HTMLElement,
  beats: readonly MapBeat[],
  palette: Palette,
): () => void {
  const map = openMap(element, {
    points: beats.flatMap(({ outline }) => pointsOf(outline["coordinates"])),
    palette,
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
  });
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
