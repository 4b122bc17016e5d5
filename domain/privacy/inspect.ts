/** The detector that reads a note before it is saved, on the phone and on the server alike. */
import { FORBIDDEN_TERMS } from "./forbidden-terms.ts";
import type { Finding } from "./terms.ts";

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkDigits = "10X98765432";

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}

/** The check digit of GB 11643 for the first 17 digits of an identity number. */
export function idCheckDigit(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(first17[i]) * weights[i]!;
  return checkDigits[sum % 11]!;
}

/**
 * Whether 18 or 15 signs are a citizen's identity number: a birth date where it must stand and, for
 * 18, either the right check digit or a date so ordinary that a slip of the finger is likelier than
 * an accident (of random 18-digit codes 4 in 10,000 pass).
 */
export function looksLikeIdNumber(signs: string): boolean {
  if (/^[1-9]\d{16}[\dX]$/.test(signs)) {
    const year = Number(signs.slice(6, 10));
    return (
      year >= 1900 &&
      year <= 2099 &&
      isDate(year, Number(signs.slice(10, 12)), Number(signs.slice(12, 14)))
    );
  }
  if (/^[1-9]\d{14}$/.test(signs)) {
    // The short form ended with the births of 1999; below 20 it is rather a code of a place.
    const year = Number(signs.slice(6, 8));
    return (
      year >= 20 && isDate(1900 + year, Number(signs.slice(8, 10)), Number(signs.slice(10, 12)))
    );
  }
  return false;
}

/** Sure enough to refuse a file for: 18 signs, a real date and the right check digit. */
export function isIdNumber(signs: string): boolean {
  return (
    /^[1-9]\d{16}[\dX]$/.test(signs) &&
    looksLikeIdNumber(signs) &&
    idCheckDigit(signs.slice(0, 17)) === signs[17]
  );
}

/** Full-width digits and letters to half-width, unit for unit, so that positions hold. */
function halfWidth(text: string): string {
  return text.replaceAll(/[！-～]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

const idPattern = /(?<![\dA-Za-z])\d(?:[ -]?\d){13,16}[ -]?[\dXx](?![\dA-Za-z])/g;
const phonePatterns = [
  // Mobile numbers, with or without country code, spaces or dashes; also runs said in threes and fours.
  /(?<!\d)(?:\+?86[ -]?)?1[2-9]\d(?:[ -]?\d{4}){2}(?!\d)/g,
  /(?<!\d)(?:\+?86[ -]?)?1[2-9](?:[ -]?\d){9}(?!\d)/g,
  // Land lines with area code. Public service numbers (110, 12345, 400-…) belong to nobody.
  /(?<!\d)0[1-9]\d{1,2}[ -]?[2-8]\d{6,7}(?!\d)/g,
];

const surnames =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const thirdParty = [
  new RegExp(
    `(?:名叫|名字叫|叫做|真名|姓名[是为:： ]+)(?<name>[${surnames}][一-龥]{1,2}?)(?=[的,，。；;、！!？?\\s]|$|和|住|在|经常|是|有|每|把|说|今|常|又|也|从|天)`,
    "gu",
  ),
  new RegExp(
    `(?:邻居|房东|租客|儿子|女儿|丈夫|妻子|老公|老婆|室友|女婿|儿媳|户主|老板|楼上|楼下|对门|隔壁)(?:的)?叫(?<name>[${surnames}][一-龥]{1,2}?)(?=[的,，。；;、！!？?\\s]|$|和|住|在|经常|是|有|每|把|说|今|常|又|也|从|天)`,
    "gu",
  ),
];

/** Most notes hold nothing of the kind: one quick look at each pattern, the places only where it fits. */
const forbidden = FORBIDDEN_TERMS.flatMap(({ category, spoken }) =>
  spoken.map((once) => ({ category, once, all: new RegExp(once, `${once.flags}g`) })),
);

/**
 * What a free text holds that should not be written down: identity numbers, phones, words of
 * forbidden kinds, names of third parties. Findings do not overlap and come in order.
 * A warning for the writer: the examples with measured precision and recall are in
 * `inspect-examples.ts` and `privacy.test.ts`.
 */
export function inspectText(text: string): Finding[] {
  const plain = halfWidth(text);
  const found: Finding[] = [];
  const add = (finding: Finding): void => {
    if (!found.some((other) => finding.start < other.end && other.start < finding.end))
      found.push(finding);
  };
  if (/\d/.test(plain)) findNumbers(plain, add);
  for (const { category, once, all } of forbidden) {
    if (!once.test(plain)) continue;
    for (const match of plain.matchAll(all)) {
      add({
        kind: "forbidden_word",
        category,
        start: match.index,
        end: match.index + match[0].length,
      });
    }
  }
  for (const pattern of thirdParty) {
    for (const match of plain.matchAll(pattern)) {
      const name = match.groups?.["name"] ?? "";
      const start = match.index + match[0].lastIndexOf(name);
      add({ kind: "third_party_name", start, end: start + name.length });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function findNumbers(plain: string, add: (finding: Finding) => void): void {
  for (const match of plain.matchAll(idPattern)) {
    const signs = match[0].replaceAll(/[ -]/g, "").toUpperCase();
    if (looksLikeIdNumber(signs))
      add({ kind: "id_number", start: match.index, end: match.index + match[0].length });
  }
  for (const pattern of phonePatterns) {
    for (const match of plain.matchAll(pattern)) {
      add({ kind: "phone", start: match.index, end: match.index + match[0].length });
    }
  }
}
