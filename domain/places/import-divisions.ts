/** Reading a list of divisions, as the statistical bureau or the civil-affairs register give it out. */
import { bareCode, parentCode, tierOf } from "./divisions.ts";
import { isLocalDate } from "../shared/instant.ts";
import type { ImportProblem } from "./import.ts";
import type { DivisionLevel, UrbanRuralClass } from "./terms.ts";
import { DIVISION_LEVELS, URBAN_RURAL_CLASSES } from "./terms.ts";

export const DIVISION_FIELDS = [
  "code",
  "name",
  "level",
  "parentCode",
  "urbanRuralClass",
  "validFrom",
  "validTo",
  "successors",
] as const;
export type DivisionField = (typeof DIVISION_FIELDS)[number];
export type DivisionMapping = Partial<Record<DivisionField, number>>;

const headers: Record<DivisionField, readonly string[]> = {
  code: ["code", "代码", "区划代码", "统计用区划代码", "行政区划代码", "divisioncode"],
  name: ["name", "名称", "区划名称", "单位名称"],
  level: ["level", "层级", "级别"],
  parentCode: ["parentcode", "上级代码", "areacode", "父级代码"],
  urbanRuralClass: ["urbanruralclass", "城乡分类代码", "城乡分类"],
  validFrom: ["validfrom", "启用日期", "生效日期"],
  validTo: ["validto", "停用日期", "失效日期", "撤销日期"],
  successors: ["successors", "接替代码", "并入代码", "新代码"],
};

const levelWords: Record<string, DivisionLevel> = {
  省: "province",
  地市: "city",
  市: "city",
  县: "county",
  区县: "county",
  县区: "county",
  乡: "township",
  乡级: "township",
  乡镇: "township",
  街道: "township",
  乡镇街道: "township",
  村: "community",
  村级: "community",
  社区: "community",
  村居: "community",
};

export function guessDivisionMapping(header: readonly string[]): DivisionMapping {
  const squeezed = header.map((name) =>
    name
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, ""),
  );
  const mapping: DivisionMapping = {};
  for (const field of DIVISION_FIELDS) {
    for (const word of headers[field]) {
      const index = squeezed.indexOf(word);
      if (index >= 0) {
        mapping[field] = index;
        break;
      }
    }
  }
  return mapping;
}

export type ReadDivision = {
  code: string;
  name: string;
  level: DivisionLevel;
  parentCode: string | null;
  urbanRuralClass: UrbanRuralClass | null;
  validFrom: string | null;
  validTo: string | null;
  successors: string[];
};

/**
 * One row of a list. The tier is what the row says; a list without that column is read by the
 * length of its codes. Whether a township is a street, a town or a farm is never read from a digit.
 */
export function readDivision(
  mapping: DivisionMapping,
  cells: readonly string[],
): { division: ReadDivision | null; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const cell = (field: DivisionField): string => {
    const index = mapping[field];
    return index === undefined ? "" : (cells[index] ?? "").trim();
  };
  const code = bareCode(cell("code"));
  if (!code.ok) problems.push({ field: "code", code: "bad-code" });
  const name = cell("name");
  if (name === "") problems.push({ field: "name", code: "name-empty" });
  if (name.length > 200) problems.push({ field: "name", code: "cell-too-long" });
  const levelText = cell("level");
  const level = (DIVISION_LEVELS as readonly string[]).includes(levelText)
    ? (levelText as DivisionLevel)
    : levelText === "" && code.ok
      ? tierOf(code.value)
      : levelWords[levelText];
  if (level === undefined && code.ok) problems.push({ field: "level", code: "unknown-level" });
  const parent = cell("parentCode") === "" ? null : bareCode(cell("parentCode"));
  if (parent !== null && !parent.ok) problems.push({ field: "parentCode", code: "bad-code" });
  const urbanRural = cell("urbanRuralClass");
  if (urbanRural !== "" && !(URBAN_RURAL_CLASSES as readonly string[]).includes(urbanRural)) {
    problems.push({ field: "urbanRuralClass", code: "bad-code" });
  }
  for (const field of ["validFrom", "validTo"] as const) {
    if (cell(field) !== "" && !isLocalDate(cell(field))) problems.push({ field, code: "bad-date" });
  }
  const from = cell("validFrom");
  const to = cell("validTo");
  if (from !== "" && to !== "" && to <= from) problems.push({ field: "validTo", code: "bad-date" });
  const successors: string[] = [];
  for (const text of cell("successors").split(/[,;、；，\s]+/u)) {
    if (text === "") continue;
    const successor = bareCode(text);
    if (successor.ok) successors.push(successor.value);
    else problems.push({ field: "successors", code: "bad-code" });
  }
  if (problems.length > 0 || !code.ok || level === undefined) return { division: null, problems };
  return {
    division: {
      code: code.value,
      name,
      level,
      parentCode: parent !== null && parent.ok ? parent.value : parentCode(code.value),
      urbanRuralClass: urbanRural === "" ? null : (urbanRural as UrbanRuralClass),
      validFrom: from === "" ? null : from,
      validTo: to === "" ? null : to,
      successors,
    },
    problems,
  };
}
