/** A resident's paper form, as the desk types it in. */
import type { DataRequestKind } from "@wanjia/domain/privacy/terms";
import { lacksConsent } from "../matters/raise.ts";
import { instantOf } from "../property/view-model.ts";

export { lacksConsent };

export const ERRANDS = ["visit", "no_visits", "data_request"] as const;
export type Errand = (typeof ERRANDS)[number];

/** As the fields hold it; what isn't asked for this errand may still stand there. */
export interface PaperValues {
  readonly origin: "paper" | "desk";
  readonly errand: Errand;
  readonly placeId: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly phone?: string | undefined;
  readonly salutation?: string | undefined;
  readonly consent?: boolean | undefined;
  /** Of a request about one's data. */
  readonly kind: DataRequestKind;
  readonly text: string;
  readonly number?: string | undefined;
}

interface ContactGiven {
  readonly phone?: string;
  readonly salutation?: string;
  readonly consent: boolean;
}

type Wish =
  | {
      readonly kind: "visit";
      readonly window: { readonly from: number; readonly to: number };
      readonly contact?: ContactGiven;
    }
  | { readonly kind: "no_visits" };

export function wishOf(values: PaperValues): Wish {
  if (values.errand === "no_visits") return { kind: "no_visits" };
  const { day, from, to } = values;
  const contact = contactOf(values);
  const window = { from: instantOf(day, from), to: instantOf(day, to) };
  return { kind: "visit", window, ...(contact === null ? {} : { contact }) };
}

function contactOf({ phone, salutation, consent }: PaperValues): ContactGiven | null {
  const number = phone?.trim() ?? "";
  const name = salutation?.trim() ?? "";
  if (number === "" && name === "") return null;
  return {
    ...(number === "" ? {} : { phone: number }),
    ...(name === "" ? {} : { salutation: name }),
    consent: consent === true,
  };
}
