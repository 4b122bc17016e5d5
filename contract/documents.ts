/** What papers are made of: drawn by `server/platform/docx.ts` and by the desk's printed page. */
import { z } from "zod";
import { type Instant, type LocalDate, localDate, localTime } from "@wanjia/domain/shared/instant";

/** What a document is made of; paper and page draw the same blocks. */
export type Block =
  | { readonly kind: "title"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  /** To whom a letter goes: at the margin, with a colon. */
  | { readonly kind: "addressee"; readonly text: string }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  /** A table of labels and values; null is room to write. */
  | { readonly kind: "fields"; readonly rows: readonly (readonly [string, string | null])[] }
  /** A text, or ruled lines where there is none. */
  | {
      readonly kind: "lines";
      readonly label: string;
      readonly text: string | null;
      readonly lines: number;
    }
  | {
      readonly kind: "checks";
      readonly label: string;
      readonly options: readonly (readonly [string, boolean])[];
    }
  | { readonly kind: "signatures"; readonly of: readonly string[] }
  /** The body that seals: its name and under it the day, at the right, where the seal covers both. */
  | { readonly kind: "seal"; readonly of: string; readonly on?: LocalDate | undefined };

/** Query of a paper's file. */
export const paperQuery = z.object({
  large: z.enum(["true", "false"]).optional().meta({ description: "Large print" }),
});

export const BLANK_DAY = "　　　　年　　月　　日";

export function day(date: LocalDate | null | undefined): string {
  if (date === null || date === undefined) return BLANK_DAY;
  const [year = "", month = "", dayOfMonth = ""] = date.split("-");
  return `${year}年${Number(month)}月${Number(dayOfMonth)}日`;
}

export function moment(instant: Instant): string {
  const { hour, minute } = localTime(instant);
  return `${day(localDate(instant))}${hour}时${String(minute).padStart(2, "0")}分`;
}
