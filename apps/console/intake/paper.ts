/** A resident's paper form, as the desk types it in. */
import { parseNumber } from "@wanjia/domain/matters/number";
import type { RESIDENT_REOPEN_REASONS } from "@wanjia/domain/matters/resident";
import type { SolvedAnswer } from "@wanjia/domain/matters/terms";
import type { DataRequestKind } from "@wanjia/domain/privacy/terms";
import { readReceiptCode } from "@wanjia/domain/shared/receipt-code";
import { instantOf } from "../property/view-model.ts";
import { contactOf, type ContactValues } from "./contact.ts";

/** Each errand of the paper form but what is said anew (a matter) and what is sealed (complaints, tips). */
export const ERRANDS = [
  "visit",
  "no_visits",
  "callback",
  "reopen",
  "withdraw",
  "consent",
  "data_request",
] as const;
export type Errand = (typeof ERRANDS)[number];

/** About something said before: the resident has its receipt, and is given none. */
export function isEarlier(errand: Errand): boolean {
  return ["callback", "reopen", "withdraw", "consent"].includes(errand);
}

/** As the fields hold it; what isn't asked for this errand may still stand there. */
export interface PaperValues extends ContactValues {
  readonly origin: "paper" | "desk";
  readonly errand: Errand;
  readonly placeId: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  /** Of a request about one's data. */
  readonly kind: DataRequestKind;
  readonly text?: string | undefined;
  readonly number?: string | undefined;
  /** A receipt or a number, as it was copied. */
  readonly named: string;
  readonly contacted: boolean;
  readonly solved: SolvedAnswer;
  readonly satisfaction: number;
  readonly respectful?: number | undefined;
  readonly informed?: number | undefined;
  readonly mayContact: boolean;
  readonly reason: (typeof RESIDENT_REOPEN_REASONS)[number];
}

type NamedBy =
  | { readonly ok: true; readonly by: "receipt" | "number"; readonly value: string }
  /** `group`: the first group of a receipt that can't be right. */
  | { readonly ok: false; readonly group?: number };

/** What was copied: six groups of digits are a receipt, eight signs a number. */
export function namedBy(text: string): NamedBy {
  const number = parseNumber(text);
  if (number !== null) return { ok: true, by: "number", value: number };
  const code = readReceiptCode(text);
  if (code.ok) return { ok: true, by: "receipt", value: code.value };
  const group = code.refusal.params?.["group"];
  return typeof group === "number" ? { ok: false, group } : { ok: false };
}

/** What the resident wants done with the earlier matter. */
export function stepOf(values: PaperValues) {
  const text = values.text?.trim() ?? "";
  if (values.errand === "callback") {
    const { contacted, solved, satisfaction, respectful, informed, mayContact } = values;
    return {
      type: "answer_callback" as const,
      contacted,
      solved,
      satisfaction,
      ...(respectful === undefined ? {} : { respectful }),
      ...(informed === undefined ? {} : { informed }),
      mayContact,
      text,
    };
  }
  return values.errand === "reopen"
    ? { type: "reopen" as const, reason: values.reason, text }
    : { type: "withdraw" as const, text };
}

export function wishOf(values: PaperValues) {
  if (values.errand === "no_visits") return { kind: "no_visits" as const };
  const { day, from, to } = values;
  const window = { from: instantOf(day, from), to: instantOf(day, to) };
  return { kind: "visit" as const, window, ...contactOf(values) };
}
