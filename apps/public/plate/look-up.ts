import type { placesContract } from "@wanjia/contract/places";
import type { Locale } from "../shell/language.ts";
import { failureOf, type LookUpFailure } from "./view-model.ts";

type OutputSchema = NonNullable<(typeof placesContract.publicPlate)["~orpc"]["outputSchema"]>;

/** What a plate shows to anyone: the contract's own type. */
export type PublicPlate = NonNullable<OutputSchema["~standard"]["types"]>["output"];

export type LookUp =
  | { readonly kind: "found"; readonly plate: PublicPlate }
  | { readonly kind: "withdrawn"; readonly station: string; readonly phone: string }
  | { readonly kind: LookUpFailure };

/** What the server says instead of a plate. */
interface Refusal {
  readonly code?: string;
  readonly params?: { readonly station: string; readonly phone: string };
}

/** Asks for a plate. Sends the number and the language, nothing else: no cookie, no referrer. */
export async function lookUp(code: string, locale: Locale): Promise<LookUp> {
  try {
    const response = await fetch(`/api/v1/public/plates/${encodeURIComponent(code)}`, {
      headers: { "accept-language": locale },
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const body: unknown = await response.json();
    if (response.ok) return { kind: "found", plate: body as PublicPlate };
    const { code: refusal, params } = body as Refusal;
    if (refusal === "plate-withdrawn" && params) return { kind: "withdrawn", ...params };
    return { kind: failureOf(response.status, refusal) };
  } catch {
    return { kind: "failed" };
  }
}
