/**
 * Reading a list of items that may go back: which column is what, and what a row says. The list has
 * these columns and no other; what a file must not hold at all is looked for before.
 */
import { contactRefusal } from "../shared/contact.ts";
import { isLocalDate, type LocalDate } from "../shared/instant.ts";
import { isNumber } from "./decide.ts";
import { ITEM_CLASSES, type ItemClass, PROPERTY_LIMITS, type ValueBand } from "./terms.ts";

export const PROPERTY_FIELDS = [
  "registerNo",
  "itemClass",
  "count",
  "valueYuan",
  "approvedOn",
  "salutation",
  "phone",
] as const;
export type PropertyField = (typeof PROPERTY_FIELDS)[number];

/** Headers as they occur, squeezed (no spaces, no signs, lower case). */
const HEADERS: Readonly<Record<PropertyField, readonly string[]>> = {
  registerNo: ["台账编号", "登记编号", "物品编号", "编号", "registerno", "ledgerno"],
  itemClass: ["物品类别", "类别", "itemclass", "class"],
  count: ["数量", "件数", "count"],
  valueYuan: ["估价元", "价值元", "估价", "价值", "valueyuan", "value"],
  approvedOn: ["批准返还日期", "批准日期", "approvedon"],
  salutation: ["物主称呼", "称呼", "salutation"],
  phone: ["物主电话", "电话", "phone"],
};

/** Without these there is no list. */
const NEEDED: readonly PropertyField[] = ["registerNo", "itemClass", "valueYuan", "approvedOn"];

const CLASS_NAMES: Readonly<Record<ItemClass, readonly string[]>> = {
  cash: ["现金"],
  car: ["汽车", "轿车"],
  motorcycle: ["摩托车"],
  e_bike: ["电动自行车", "电动车"],
  phone: ["手机"],
  laptop: ["笔记本电脑", "电脑"],
  livestock: ["牲畜", "家畜"],
  other: ["其他", "其它"],
};

/** Which column (from 0) holds which field. */
export type PropertyMapping = Partial<Record<PropertyField, number>>;

/** A column that is known, by its squeezed header; null for one that the list doesn't have. */
export function fieldOf(squeezed: string): PropertyField | null {
  return PROPERTY_FIELDS.find((field) => HEADERS[field].includes(squeezed)) ?? null;
}

export interface HeaderProblem {
  readonly code: "unknown-column" | "missing-column";
  readonly column: string;
}

/** Each column by its squeezed header; a column too many, twice, or too few refuses the file. */
export function readHeader(
  header: readonly string[],
  squeeze: (name: string) => string,
): { readonly mapping: PropertyMapping } | HeaderProblem {
  const mapping: PropertyMapping = {};
  for (const [index, name] of header.entries()) {
    const field = fieldOf(squeeze(name));
    if (field === null || mapping[field] !== undefined) {
      return { code: "unknown-column", column: name };
    }
    mapping[field] = index;
  }
  const missing = NEEDED.find((field) => mapping[field] === undefined);
  return missing === undefined
    ? { mapping }
    : { code: "missing-column", column: HEADERS[missing][0] ?? missing };
}

export interface ImportedItem {
  readonly registerNo: string;
  readonly itemClass: ItemClass;
  readonly count: number;
  readonly valueYuan: number;
  readonly approvedOn: LocalDate;
  /** How to reach the owner, where the ledger says so. */
  readonly contact: { readonly phone: string; readonly salutation: string } | null;
}

/** A row holds a value that the field can't have. */
export interface RowProblem {
  readonly field: PropertyField;
}

function whole(text: string, most: number): number | null {
  const plain = text.replaceAll(/[,，\s]|元$/gu, "");
  const value = /^\d{1,12}(?:\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain)) : -1;
  return value >= 0 && value <= most ? value : null;
}

function classOf(text: string): ItemClass | null {
  const found = ITEM_CLASSES.find((one) => one === text || CLASS_NAMES[one].includes(text));
  return found ?? null;
}

/** `2026-11-03`, `2026/11/3` and `2026年11月3日` alike. */
function dayOf(text: string): LocalDate | null {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (parts === null) return null;
  const [, year = "", month = "", day = ""] = parts;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isLocalDate(date) ? date : null;
}

/** One row: the item, or the fields that it can't be read from. */
export function readItem(
  mapping: PropertyMapping,
  cells: readonly string[],
  context: { readonly today: LocalDate; readonly forbidden: (text: string) => boolean },
): { readonly item: ImportedItem } | { readonly problems: readonly RowProblem[] } {
  const cell = (field: PropertyField): string => {
    const index = mapping[field];
    return index === undefined ? "" : (cells[index] ?? "").normalize("NFKC").trim();
  };
  const registerNo = cell("registerNo");
  const itemClass = classOf(cell("itemClass"));
  const count = cell("count") === "" ? 1 : whole(cell("count"), PROPERTY_LIMITS.count);
  const valueYuan = whole(cell("valueYuan"), PROPERTY_LIMITS.value);
  const approvedOn = dayOf(cell("approvedOn"));
  const [phone, salutation] = [cell("phone"), cell("salutation")];
  const problems: RowProblem[] = [];
  if (!isNumber(registerNo)) problems.push({ field: "registerNo" });
  if (itemClass === null) problems.push({ field: "itemClass" });
  if (count === null || count === 0) problems.push({ field: "count" });
  if (valueYuan === null) problems.push({ field: "valueYuan" });
  if (approvedOn === null || approvedOn > context.today) problems.push({ field: "approvedOn" });
  // The law asks that the owner is told; no consent is needed to ring him for it.
  if (phone !== "" && contactRefusal({ phone, consent: true }, true) !== null) {
    problems.push({ field: "phone" });
  }
  const plain =
    salutation.length <= PROPERTY_LIMITS.salutationLength &&
    !/\d/.test(salutation) &&
    !context.forbidden(salutation);
  if (!plain) problems.push({ field: "salutation" });
  if (
    problems.length > 0 ||
    itemClass === null ||
    count === null ||
    valueYuan === null ||
    approvedOn === null
  ) {
    return { problems };
  }
  const contact = phone === "" ? null : { phone, salutation };
  return { item: { registerNo, itemClass, count, valueYuan, approvedOn, contact } };
}

export function bandOf(valueYuan: number): ValueBand {
  if (valueYuan < 1000) return "under_1000";
  if (valueYuan < 10_000) return "under_10000";
  return valueYuan < 100_000 ? "under_100000" : "over_100000";
}
