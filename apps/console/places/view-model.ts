import type { PlaceKind, PlaceStatus } from "@wanjia/domain/places/terms";
import type { Tone } from "@wanjia/ui/theme/tokens";

export function statusTone(status: PlaceStatus): Tone {
  switch (status) {
    case "confirmed":
      return "met";
    case "created":
      return "open";
    case "merged":
    case "split":
    case "cancelled":
      return "ended";
  }
}

export type ImportStep = "mapping" | "progress" | "done" | "refused" | "failed";

/** Which step of the wizard an import stands at. */
export function importStep(
  state:
    | "uploading"
    | "uploaded"
    | "queued"
    | "running"
    | "applying"
    | "done"
    | "refused"
    | "failed",
): ImportStep {
  switch (state) {
    case "uploaded":
      return "mapping";
    case "uploading":
    case "queued":
    case "running":
    case "applying":
      return "progress";
    case "done":
    case "refused":
    case "failed":
      return state;
  }
}

/**
 * How far an import is, 0 to 100. Reading is told by bytes; saving comes after it, in one stroke,
 * and so the bar stops short of the end until it is done.
 */
export function importPercent(found: {
  readonly state: string;
  readonly bytes: number;
  readonly bytesRead: number;
}): number {
  if (found.state === "done") return 100;
  if (found.state === "applying") return 95;
  if (found.bytes === 0) return 0;
  return Math.min(90, Math.floor((found.bytesRead / found.bytes) * 90));
}

export type Mapping = Readonly<Partial<Record<string, number>>>;

export interface FileColumn {
  readonly index: number;
  readonly header: string;
  readonly samples: readonly string[];
  /** The field it holds. */
  readonly field: string | undefined;
}

const SAMPLES_SHOWN = 3;

/** The file's columns with what they hold under a mapping. */
export function fileColumns(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  mapping: Mapping,
): FileColumn[] {
  const fields = new Map(Object.entries(mapping).map(([field, index]) => [index, field]));
  return header.map((name, index) => ({
    index,
    header: name,
    samples: sample
      .slice(0, SAMPLES_SHOWN)
      .map((row) => row[index] ?? "")
      .filter((cell) => cell !== ""),
    field: fields.get(index),
  }));
}

/** A column given another field. The column that held it before is left out from now on. */
export function withColumn(mapping: Mapping, index: number, field: string | undefined): Mapping {
  const next: Partial<Record<string, number>> = {};
  for (const [name, at] of Object.entries(mapping)) {
    if (at !== index && name !== field && at !== undefined) next[name] = at;
  }
  if (field !== undefined) next[field] = index;
  return next;
}

/** 12.4 MB, as a person says a file's size. */
export function fileSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ""}`;
}

export interface PreviewRow {
  readonly row: number;
  readonly fullText: string;
  readonly problems: readonly { readonly field: string; readonly code: string }[];
}

export function rowsWithProblems(rows: readonly PreviewRow[]): number {
  return rows.filter((row) => row.problems.length > 0).length;
}

const ELEMENTS = [
  "street",
  "doorNo",
  "estateName",
  "buildingNo",
  "entranceNo",
  "floorNo",
  "unitNo",
  "name",
] as const;
export type ElementField = (typeof ELEMENTS)[number];
export const elementFields: readonly ElementField[] = ELEMENTS;

/** The parts of an address as a form sends them: what is empty is absent. */
export function elementsOf(
  values: Readonly<Partial<Record<ElementField, string | null | undefined>>>,
): Partial<Record<ElementField, string>> {
  return Object.fromEntries(
    ELEMENTS.flatMap((field) => {
      const text = values[field]?.trim();
      return text ? [[field, text]] : [];
    }),
  );
}

/** The parts of its address that a place of a kind has of its own, the telling one last. */
const OWN_PARTS: Readonly<Record<PlaceKind, readonly ElementField[]>> = {
  estate: ["street", "doorNo", "estateName"],
  compound: ["street", "doorNo", "estateName"],
  building: ["street", "doorNo", "estateName", "buildingNo"],
  entrance: ["entranceNo"],
  floor: ["entranceNo", "floorNo"],
  dwelling_unit: ["entranceNo", "floorNo", "unitNo"],
  shop: ["street", "doorNo", "unitNo", "name"],
  site: ["street", "doorNo", "name"],
  rural_house: ["street", "doorNo"],
  organisation: ["street", "doorNo", "unitNo", "name"],
};

/** What is asked of a new place: what it has of its own and its parent doesn't say already. */
export function partsBelow(
  kind: PlaceKind,
  parent: Readonly<Partial<Record<ElementField, string | null>>> | undefined,
): readonly ElementField[] {
  return OWN_PARTS[kind].filter((field) => !parent?.[field]);
}

/** What tells the parts of a split place from each other; the rest of the address stays. */
export function splitFields(kind: PlaceKind): readonly ElementField[] {
  return OWN_PARTS[kind].slice(OWN_PARTS[kind].at(-1) === "name" ? -2 : -1);
}
