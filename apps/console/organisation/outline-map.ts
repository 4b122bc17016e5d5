import type { Outline, Point } from "@wanjia/domain/organisation/outline";
import type { Palette } from "@wanjia/ui/theme/tokens";
import { type GeoJSONSource, type GeoJSONSourceSpecification, Marker } from "maplibre-gl";
import { openMap, pointsOf } from "../shell/base-map.ts";
import { cornersOf, outlineOf, type Corners } from "./outline-editor.ts";

export interface OutlineActions {
  readonly add: (point: Point) => void;
  readonly select: (index: number) => void;
  readonly move: (index: number, point: Point) => void;
  readonly remove: (index: number) => void;
}

export interface OutlineMap {
  readonly show: (corners: Corners, selected: number) => void;
  readonly remove: () => void;
}

/** Where nothing is drawn yet there is nothing to go by: the middle of the country. */
const NOWHERE: readonly Point[] = [
  [104, 30],
  [104.2, 30.2],
];
const STEP_PIXELS = 4;
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Data = Exclude<GeoJSONSourceSpecification["data"], string>;

function shapes(outlines: readonly (Outline | null)[]): Data {
  return {
    type: "FeatureCollection",
    features: outlines.flatMap((geometry) =>
      geometry === null ? [] : [{ type: "Feature", geometry, properties: {} }],
    ),
  } as Data;
}

/**
 * A map on which corners are set, dragged and taken away. Each corner is a button: the arrow keys
 * move it, Delete takes it away. Throws where the browser has no WebGL.
 */
export function openOutlineMap(
  element: HTMLElement,
  options: {
    readonly outline: Outline | null;
    readonly others: readonly Outline[];
    readonly palette: Palette;
    readonly label: (number: number) => string;
    /** Read anew at each use, since what they do changes with what is drawn. */
    readonly actions: () => OutlineActions;
  },
): OutlineMap {
  const { outline, others, palette, actions } = options;
  const own = pointsOf(outline?.coordinates);
  const near = others.flatMap(({ coordinates }) => pointsOf(coordinates));
  const map = openMap(element, {
    points: own.length > 0 ? own : near.length > 0 ? near : NOWHERE,
    palette,
    sources: {
      others: { type: "geojson", data: shapes(others) },
      own: { type: "geojson", data: shapes([outline]) },
    },
    layers: [
      {
        id: "others",
        type: "line",
        source: "others",
        paint: { "line-color": palette.ended, "line-width": 1 },
      },
      {
        id: "own",
        type: "fill",
        source: "own",
        paint: { "fill-color": palette.primary, "fill-opacity": 0.15 },
      },
      {
        id: "edge",
        type: "line",
        source: "own",
        paint: { "line-color": palette.primary, "line-width": 2 },
      },
    ],
  });
  map.getCanvas().tabIndex = -1;
  map.on("click", ({ lngLat, originalEvent }) => {
    if (originalEvent.target === map.getCanvas()) actions().add([lngLat.lng, lngLat.lat]);
  });
  let markers: Marker[] = [];
  let drawn = shapes([outline]);
  // Before the map has loaded there is no source yet; then this is done once more.
  const draw = () => void map.getSource<GeoJSONSource>("own")?.setData(drawn);
  const nudge = (index: number, [x, y]: Point, far: boolean) => {
    const marker = markers[index];
    if (!marker) return;
    const from = map.project(marker.getLngLat());
    const step = STEP_PIXELS * (far ? 5 : 1);
    const to = map.unproject([from.x + x * step, from.y + y * step]);
    actions().move(index, [to.lng, to.lat]);
  };
  const corner = (index: number): Marker => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "outline-corner";
    button.setAttribute("aria-label", options.label(index + 1));
    button.addEventListener("click", () => actions().select(index));
    button.addEventListener("focus", () => actions().select(index));
    button.addEventListener("keydown", (event) => {
      const way = ARROWS[event.key];
      if (way) nudge(index, way, event.shiftKey);
      else if (event.key === "Delete" || event.key === "Backspace") actions().remove(index);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const marker = new Marker({ element: button, draggable: true });
    marker.on("dragend", () => {
      const { lng, lat } = marker.getLngLat();
      actions().move(index, [lng, lat]);
    });
    return marker;
  };
  const show = (corners: Corners, selected: number) => {
    for (const extra of markers.slice(corners.length)) extra.remove();
    markers = corners.map((point, index) => {
      const known = markers[index];
      const marker = (known ?? corner(index)).setLngLat(point);
      if (!known) marker.addTo(map);
      marker.getElement().setAttribute("aria-pressed", String(index === selected));
      return marker;
    });
    drawn = shapes([outlineOf(corners, outline)]);
    draw();
  };
  map.once("load", draw);
  show(cornersOf(outline), -1);
  return {
    show,
    remove: () => {
      for (const marker of markers) marker.remove();
      map.remove();
    },
  };
}
