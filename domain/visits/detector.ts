/**
 * Finds what has no place in free text: numbers that identify a person, and words that put a person
 * into a kind that this product does not keep (domain.md §9.2). It warns; only an identity number is
 * refused. It cannot tell meaning, so the officer decides.
 */
import type { Suspicion } from "./terms.ts";

const PATTERNS: readonly (readonly [Suspicion, RegExp])[] = [
  ["phone", /(?<!\d)(?:\+?86[- ]?)?1[2-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/],
  ["phone", /(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)/],
  [
    "bank_card",
    /(?<!\d)(?:62|4\d|5[1-5])\d{2}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{1,3})?(?!\d)/,
  ],
  [
    "vehicle_plate",
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])/,
  ],
  [
    "ethnicity",
    /(?:维吾尔|藏|回|蒙古|壮|彝|苗|满|哈萨克|朝鲜|少数民)族(?!自治|小学|中学|大道|路|街)|民族成分/,
  ],
  ["religion", /信教|教徒|基督徒|穆斯林|佛教|伊斯兰|天主教|信仰|邪教|法轮/],
  ["politics", /党员|政治面貌|上访(?:户|人员|专业户)|信访(?:户|人员|重点)|维权人士|敏感人员/],
  [
    "health",
    /精神病|精神障碍|抑郁|艾滋|HIV|癌症|肿瘤|残疾(?!人联合会|人专用|人坡道)|病史|患有|肝炎|结核|老年痴呆|孕妇/i,
  ],
  ["criminal_record", /前科|刑满|释放人员|吸毒|涉毒|戒毒|社区矫正|缓刑|劳改|坐过牢|犯罪记录/],
  ["person_label", /重点人(?:员|口)|高危人员|可疑人员|涉稳|涉恐|涉黑|不稳定因素|风险等级|黑名单/],
];

const ID_CANDIDATE =
  /(?<![0-9])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9X](?![0-9X])/i;
/** The fifteen-digit numbers that were issued until 1999. */
const OLD_ID_CANDIDATE =
  /(?<![0-9])[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9X])/i;

/** Full-width digits and letters as plain ones, and digits parted by blanks joined. */
function plain(text: string): string {
  return text
    .replaceAll(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll("\u3000", " ");
}

/** The kinds of doubtful content in a text, each once. */
export function suspicionsIn(text: string): Suspicion[] {
  const read = plain(text);
  const found = new Set<Suspicion>();
  const withoutBlanks = read.replaceAll(/(?<=\d)[ -](?=[\dXx])/g, "");
  const isIdNumber = ID_CANDIDATE.test(withoutBlanks) || OLD_ID_CANDIDATE.test(withoutBlanks);
  if (isIdNumber) found.add("id_number");
  for (const [kind, pattern] of PATTERNS) {
    if (isIdNumber && kind === "bank_card") continue;
    if (pattern.test(read)) found.add(kind);
  }
  return [...found];
}

/** Identity numbers are never taken at a door: such a text is refused, not only warned of. */
export function isForbiddenText(text: string): boolean {
  return suspicionsIn(text).includes("id_number");
}
