/** How buildings and doors are called on the screen. */
import type { PlaceRecord } from "../shell/records.ts";

export function blockTitle(key: string, place: PlaceRecord): { title: string; subtitle: string } {
  const street = `${place.street ?? ""}${place.doorNo && place.kind === "building" ? numbered(place.doorNo, "号") : ""}`;
  if (key.startsWith("row "))
    return { title: place.street ?? place.estateName ?? "", subtitle: "" };
  const building = place.buildingNo ? numbered(place.buildingNo, "幢") : "";
  const title = `${place.estateName ?? ""}${building}` || place.name || street;
  return { title: title || place.fullText || "", subtitle: title === street ? "" : street };
}

/** `3` is 3幢; a name such as `A座` stays as it is. */
function numbered(no: string, word: string): string {
  return /^[0-9A-Za-z-]+$/.test(no) ? `${no}${word}` : no;
}

export function doorLabel({ unitNo, name, doorNo, fullText }: PlaceRecord): string {
  return unitNo ?? (doorNo ? numbered(doorNo, "号") : undefined) ?? name ?? fullText ?? "";
}

/** A door's name where its building isn't on the screen. */
export function doorName(place: PlaceRecord): string {
  const parts = [
    place.estateName ?? (place.unitNo ? "" : (place.street ?? "")),
    place.buildingNo ? numbered(place.buildingNo, "幢") : "",
    place.entranceNo ? `${place.entranceNo}单元` : "",
    doorLabel(place),
  ].filter(Boolean);
  return parts.join(" ");
}
