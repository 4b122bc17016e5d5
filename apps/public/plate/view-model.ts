import { printedPlateCode, readPlateCode } from "@wanjia/domain/places/plate";

export type Screen =
  | { readonly kind: "home" }
  | { readonly kind: "plate" | "visit" | "say"; readonly code: string }
  /** Not a plate's number at all: no need to ask the server. */
  | { readonly kind: "misread" }
  | { readonly kind: "missing" }
  | {
      readonly kind: "board";
      readonly communityId: string | undefined;
      readonly month: string | undefined;
    }
  | { readonly kind: Errand };

/** Pages that need no plate. */
const ERRANDS = ["tip", "complaint", "receipt", "listed"] as const;
type Errand = (typeof ERRANDS)[number];

/** What an address opens. Plates are looked up by a number that is checked before it is sent. */
export function screenOf(pathname: string): Screen {
  if (pathname === "/" || pathname === "/index.html") return { kind: "home" };
  const errand = ERRANDS.find((one) => pathname === `/${one}` || pathname === `/${one}/`);
  if (errand !== undefined) return { kind: errand };
  const board = /^\/board(?:\/([\w-]+)(?:\/(\d{4}-\d{2}))?)?\/?$/.exec(pathname);
  if (board) return { kind: "board", communityId: board[1], month: board[2] };
  const match = /^\/p\/([^/]+)(?:\/(visit|say))?\/?$/.exec(pathname);
  if (!match) return { kind: "missing" };
  const read = readPlateCode(decode(match[1] ?? ""));
  const kind = (match[2] ?? "plate") as "plate" | "visit" | "say";
  return read.ok ? { kind, code: read.value } : { kind: "misread" };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where a number that was typed leads. */
export function plateAddress(typed: string): string {
  const read = readPlateCode(typed);
  return `/p/${encodeURIComponent(read.ok ? read.value : typed.trim())}`;
}

export function printedSerial(code: string): string {
  return printedPlateCode(code);
}

export interface NoticeLine {
  /** 为什么 — the word before the first colon; absent for a line without one. */
  readonly heading: string | undefined;
  readonly text: string;
}

/** The notice's first line is its title; each further line is a heading, a colon and a text. */
export function readNotice(card: string): { title: string; lines: NoticeLine[] } {
  const [title = "", ...rest] = card.split("\n").map((line) => line.trim());
  return {
    title,
    lines: rest
      .filter((line) => line !== "")
      .map((line) => {
        const colon = /^([^：:。.]{1,20})(?:：|: )/.exec(line);
        return colon
          ? { heading: colon[1], text: line.slice(colon[0].length) }
          : { heading: undefined, text: line };
      }),
  };
}

/** `0592-110 1234` dialled: digits and a leading plus. Nothing when there is nothing to dial. */
export function telephone(shown: string): string | undefined {
  const digits = shown.replaceAll(/[^\d+]/g, "");
  return digits.length >= 3 ? `tel:${digits}` : undefined;
}

export type LookUpFailure = "unknown" | "misread" | "busy" | "failed";

/** What a refusal of the server means to a resident. */
export function failureOf(status: number, code: string | undefined): LookUpFailure {
  if (code === "plate-unknown") return "unknown";
  if (code === "plate-malformed" || code === "plate-check-failed") return "misread";
  return status === 429 ? "busy" : "failed";
}

/** The empty form on A4, which needs no script; it remembers no language, so the address says it. */
export function paperForm(locale: string): string {
  return `/plain/form?lang=${locale}`;
}
