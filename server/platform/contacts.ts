import type { ContactDraft } from "@wanjia/domain/matters/terms";
import { open, seal } from "./crypto.ts";

let key: Buffer | null = null;

/** Sets the key that contacts are kept with; `server/app.ts` calls it once. */
export function keepContactsWith(fieldKey: Buffer): void {
  key = fieldKey;
}

function fieldKey(): Buffer {
  if (key === null) throw new Error("no key for contacts: keepContactsWith() was not called");
  return key;
}

export interface SealedContact {
  readonly phoneCipher: Buffer | null;
  readonly phoneMasked: string | null;
  readonly salutationCipher: Buffer | null;
}

/** Ciphers are bound to what they belong to and their field: moved to another row they don't open. */
export function sealContact(owner: string, contact: ContactDraft): SealedContact | null {
  const phone = contact.phone ?? "";
  const salutation = contact.salutation?.trim() ?? "";
  if (phone === "" && salutation === "") return null;
  return {
    phoneCipher: phone === "" ? null : seal(fieldKey(), `${owner}/phone`, phone),
    phoneMasked: phone === "" ? null : maskPhone(phone),
    salutationCipher:
      salutation === "" ? null : seal(fieldKey(), `${owner}/salutation`, salutation),
  };
}

export function openContact(
  owner: string,
  sealed: { readonly phoneCipher: Buffer | null; readonly salutationCipher: Buffer | null },
): { phone: string | null; salutation: string | null } {
  const { phoneCipher, salutationCipher } = sealed;
  return {
    phone: phoneCipher === null ? null : open(fieldKey(), `${owner}/phone`, phoneCipher),
    salutation:
      salutationCipher === null ? null : open(fieldKey(), `${owner}/salutation`, salutationCipher),
  };
}

/** `13812341234` → `138****1234`; shorter numbers keep their last four digits only. */
function maskPhone(phone: string): string {
  const digits = phone.replaceAll("-", "");
  return digits.length === 11 && digits.startsWith("1")
    ? `${digits.slice(0, 3)}****${digits.slice(-4)}`
    : `****${digits.slice(-4)}`;
}
