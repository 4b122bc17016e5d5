import { isPhone } from "./phone.ts";

/**
 * A number is kept only for an answer that is wanted, and only with consent. Null where nothing
 * speaks against it; the same at the door and at the desk.
 *
 * Source: domain.md §3.3, A2.
 */
export function contactRefusal(
  { phone, consent }: { readonly phone?: string | undefined; readonly consent: boolean },
  wantsAnswer: boolean,
): "contact-without-purpose" | "contact-without-consent" | "phone-invalid" | null {
  if (phone === undefined) return null;
  if (!wantsAnswer) return "contact-without-purpose";
  if (!consent) return "contact-without-consent";
  return isPhone(phone) ? null : "phone-invalid";
}
