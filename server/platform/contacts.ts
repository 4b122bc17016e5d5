import { createHmac } from "node:crypto";
import { CONTACT_LOOKS_PER_HOUR } from "@wanjia/domain/matters/policy";
import type { ContactDraft, ContactPurpose } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { type Fact, record } from "./audit.ts";
import { open, seal } from "./crypto.ts";
import type { Tx } from "./database.ts";
import { at, run, sql } from "./sql.ts";

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
export function sealContact(
  owner: string,
  contact: Pick<ContactDraft, "phone" | "salutation">,
): SealedContact | null {
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

/**
 * Under what a number is known where the number itself must not stand: nobody without the key can
 * tell whose it is, or try all numbers until one fits.
 */
export function hashNumber(phone: string): Buffer {
  return createHmac("sha256", fieldKey())
    .update(`number/${plainNumber(phone)}`)
    .digest();
}

/** Only its digits, without the country: `+86 138-1234-1234` → `13812341234`. */
export function plainNumber(phone: string): string {
  return phone.replaceAll(/\D/g, "").replace(/^(?:00)?86(?=1\d{10}$)/, "");
}

/** Words to a resident, encrypted and bound to their message. */
export function sealWords(messageId: Id, text: string): Buffer {
  return seal(fieldKey(), `${messageId}/words`, text);
}

export function openWords(messageId: Id, sealed: Buffer): string {
  return open(fieldKey(), `${messageId}/words`, sealed);
}

/** `13812341234` → `138****1234`; shorter numbers keep their last four digits only. */
function maskPhone(phone: string): string {
  const digits = phone.replaceAll("-", "");
  return digits.length === 11 && digits.startsWith("1")
    ? `${digits.slice(0, 3)}****${digits.slice(-4)}`
    : `****${digits.slice(-4)}`;
}

/**
 * Keeps that somebody looks at a contact, and what for. Refuses `too-many-looks`, which is kept as
 * well: the transaction must be saved either way.
 */
export async function keepLook(
  tx: Tx,
  memberId: Id,
  fact: Omit<Fact, "action"> & { readonly purpose: ContactPurpose },
): Promise<Result<null, "too-many-looks">> {
  if (!(await countLook(tx, memberId, CONTACT_LOOKS_PER_HOUR))) {
    await record(tx, [{ action: "contact.withheld", ...fact }]);
    const minutes = 60 - Math.floor((tx.now % HOUR_MS) / MINUTE_MS);
    return refuse("too-many-looks", { limit: CONTACT_LOOKS_PER_HOUR, minutes });
  }
  await record(tx, [{ action: "contact.revealed", ...fact }]);
  return accept(null);
}

/** Keeps how many contacts went because their time was over. */
export async function keepForgotten(tx: Tx, contacts: number): Promise<void> {
  const { bureauId } = tx.actor;
  if (contacts === 0 || bureauId === null) return;
  await record(tx, [
    {
      action: "contact.forgotten",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { contacts },
    },
  ]);
}

/** Counts a look of this hour; false, and nothing counted, when the member has had as many as allowed. */
async function countLook(tx: Tx, memberId: Id, limit: number): Promise<boolean> {
  const counted = await run(
    tx,
    sql`insert into contact_looks as l (bureau_id, member_id, hour, looks)
      values (${tx.actor.bureauId}, ${memberId}, date_trunc('hour', ${at(tx.now)}::timestamptz), 1)
      on conflict (bureau_id, member_id) do update
        set looks = case when l.hour = excluded.hour then l.looks + 1 else 1 end, hour = excluded.hour
        where l.hour <> excluded.hour or l.looks < ${limit}`,
  );
  return counted === 1;
}
