/** The list of divisions that a demo city's places are under, with one community merged into another. */
import type { ImportedDivision as Division } from "../server/places/import-queries.ts";
import { type City, SINCE } from "./terms.ts";
import { NAME_COUNT, placeName } from "./words.ts";

/** First day on which the merged community is no more. */
const MERGED_ON = "2026-07-01";
const MERGED_NUMBER = "190";

/**
 * City, districts, subdistricts and towns, communities and villages, by the codes of the city's
 * communities. The first community took another one in, whose code ended with it (domain.md §10.8,
 * story 14).
 */
export function divisionsOf({ communities, stations, bureau }: City): Division[] {
  const division = (
    row: Pick<Division, "code" | "name" | "level" | "parentCode"> & Partial<Division>,
  ): Division => ({
    urbanRuralClass: null,
    validFrom: SINCE,
    validTo: null,
    successors: [],
    ...row,
  });
  const padded = (code: string) => code.padEnd(12, "0");
  const found = new Map<string, Division>();
  const city = padded("9901");
  found.set(
    city,
    division({ code: city, name: cityOf(bureau.name), level: "city", parentCode: null }),
  );
  for (const { divisionCode, kind, name, stationId } of communities) {
    const county = padded(divisionCode.slice(0, 6));
    const township = padded(divisionCode.slice(0, 9));
    const village = kind === "village_committee";
    const stem = stations.find(({ id }) => id === stationId)?.shortName.replace(/所$/, "") ?? "";
    found.set(
      county,
      division({
        code: county,
        name: `${placeName(NAME_COUNT - Number(divisionCode.slice(4, 6))).zh}区`,
        level: "county",
        parentCode: city,
      }),
    );
    found.set(
      township,
      division({
        code: township,
        name: `${stem}${village ? "镇" : "街道"}`,
        level: "township",
        parentCode: county,
      }),
    );
    found.set(
      divisionCode,
      division({
        code: divisionCode,
        name,
        level: "community",
        parentCode: township,
        urbanRuralClass: village ? "220" : "111",
      }),
    );
  }
  const [heir] = communities;
  if (heir !== undefined) {
    const code = `${heir.divisionCode.slice(0, 9)}${MERGED_NUMBER}`;
    found.set(
      code,
      division({
        code,
        name: `${placeName(stations.length + communities.length).zh}社区`,
        level: "community",
        parentCode: padded(heir.divisionCode.slice(0, 9)),
        urbanRuralClass: "111",
        validTo: MERGED_ON,
        successors: [heir.divisionCode],
      }),
    );
  }
  return [...found.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function cityOf(bureau: string): string {
  return bureau.replace(/公安局$/, "");
}
