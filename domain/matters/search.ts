/**
 * Finding matters by words: how a text is written down to be searched, and what a question becomes.
 * Chinese has no gaps between words, so that every pair of neighbouring signs is a key; Latin words
 * and numbers are keys as wholes. What the keys find is then looked for in the text itself.
 */
import type { Finding } from "../privacy/terms.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { parseNumber } from "./number.ts";

/** Chosen with an address and two things in mind; each word makes the search slower. */
const MOST_WORDS = 6;
const MOST_SIGNS = 60;

export type SearchRefusal =
  /** A single sign stands in too many texts. */
  | "search-too-short"
  | "search-too-long"
  /** A phone, an identity number, a name or a sort of people: nobody is looked up here. */
  | "search-personal";

/** The note detector (privacy/inspect.ts): what in a text should not stand there. */
type Inspect = (text: string) => readonly Finding[];

/** What is looked for. */
export interface Search {
  /** As `written`: each of them stands in the text. */
  readonly words: readonly string[];
  /** Of all words. */
  readonly keys: readonly number[];
}

const HAN = String.raw`\p{Script=Han}〇`;
const UNIT = new RegExp(`[${HAN}]|[\\p{L}\\p{N}]+?(?=[${HAN}]|[^\\p{L}\\p{N}]|$)`, "gu");
const RUN = new RegExp(`[${HAN}\\p{L}\\p{N}]+`, "gu");
const isHan = new RegExp(`^[${HAN}]$`, "u");

/** Full width, compatibility signs and capitals are written in one way. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** The signs and the whole Latin words or numbers of a text without gaps. */
function unitsOf(run: string): readonly string[] {
  return run.match(UNIT) ?? [];
}

function writeRun(run: string): string {
  return unitsOf(run)
    .map((unit) => (isHan.test(unit) ? unit : ` ${unit} `))
    .join("");
}

/** A text as it is searched: `/路灯/ 12 号楼/`. What stands between spaces is found only as a whole. */
export function written(text: string): string {
  const runs = plain(text).match(RUN) ?? [];
  return runs.length === 0 ? "" : `/${runs.map(writeRun).join("/")}/`;
}

/** FNV-1a. Two keys may share a number: then the text itself tells them apart. */
function keyOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}

/** A property that is looked for together with words, so that few of the many have to be read. */
export function markKey(mark: "station" | "beat" | "kind", value: string): number {
  return keyOf(`${mark}:${value}`);
}

function keysOfRun(run: string): readonly number[] {
  const units = unitsOf(run);
  return units.flatMap((unit, i) => {
    const next = units[i + 1];
    return [
      ...(isHan.test(unit) ? [] : [keyOf(unit)]),
      ...(next === undefined ? [] : [keyOf(`${unit} ${next}`)]),
    ];
  });
}

/** The keys under which a text is found. */
export function keysOf(text: string): readonly number[] {
  return [...new Set((plain(text).match(RUN) ?? []).flatMap(keysOfRun))];
}

/** Who is called this is a person, not a place: 王先生, 李阿姨. */
const PERSON =
  /^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤](?:先生|女士|小姐|太太|阿姨|大爷|大妈|大姐|大哥|师傅|老师|叔叔|奶奶|爷爷|某|某某)$/u;
/** As long as a phone's number without its area, or longer. */
const LONG_NUMBER = /\d{7,}/;

function isPersonal(asked: string, inspect: Inspect): boolean {
  return (
    LONG_NUMBER.test(asked) ||
    inspect(asked).length > 0 ||
    asked.split(/\s+/u).some((word) => PERSON.test(word))
  );
}

/**
 * What somebody typed, as a search. Words apart may stand anywhere in the text, each of them must.
 * Refuses a single sign, too much at once, and whatever looks for a person.
 */
export function searchFor(typed: string, inspect: Inspect): Result<Search, SearchRefusal> {
  const asked = typed.normalize("NFKC").trim();
  const number = parseNumber(asked);
  if (number !== null) return accept(searchOf([number.toLowerCase()]));
  if (isPersonal(asked, inspect)) return refuse("search-personal");
  const words = [...new Set(asked.toLowerCase().match(RUN) ?? [])];
  if (words.length === 0 || words.some((word) => keysOfRun(word).length === 0)) {
    return refuse("search-too-short");
  }
  if (words.length > MOST_WORDS || asked.length > MOST_SIGNS) {
    return refuse("search-too-long", { words: MOST_WORDS, signs: MOST_SIGNS });
  }
  return accept(searchOf(words));
}

function searchOf(words: readonly string[]): Search {
  return { words: words.map(writeRun), keys: [...new Set(words.flatMap(keysOfRun))] };
}

/** Where in a text the words stand, sign by sign; null where its plain form is of another length. */
function placesOf(text: string, typed: string): ReadonlySet<number> | null {
  const words = plain(typed).match(RUN) ?? [];
  const whole = text.split("").map(plain).join("");
  if (whole.length !== text.length) return null;
  const found = new Set<number>();
  for (const word of words) {
    for (let at = whole.indexOf(word); at !== -1; at = whole.indexOf(word, at + 1)) {
      for (let i = at; i < at + word.length; i += 1) found.add(i);
    }
  }
  return found;
}

/** The parts of a text as it is shown, those that were looked for marked. */
export function marked(
  text: string,
  typed: string,
): readonly { readonly text: string; readonly found: boolean }[] {
  const found = placesOf(text, typed);
  if (found === null || found.size === 0) return [{ text, found: false }];
  const parts: { text: string; found: boolean }[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const last = parts.at(-1);
    if (last?.found === found.has(i)) last.text += text.charAt(i);
    else parts.push({ text: text.charAt(i), found: found.has(i) });
  }
  return parts;
}

/** Signs that are shown before what was found. */
const LEAD = 20;

/** As much of a text as a list shows, from where it becomes interesting. */
export function excerpt(text: string, typed: string, length: number): string {
  if (text.length <= length) return text;
  const first = Math.min(...(placesOf(text, typed) ?? []));
  if (!Number.isFinite(first) || first < length - LEAD) return text.slice(0, length);
  return `…${text.slice(first - LEAD, first - LEAD + length)}`;
}
