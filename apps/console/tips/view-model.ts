/** The keeper's half of a sealed tip: all of it happens in this browser. */
import type { TipDeskUnit, TipRow } from "@wanjia/contract/tips";
import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "@wanjia/sync/bytes";
import {
  openWith,
  padded,
  publicKeyOf,
  sealTo,
  SEED_BYTES,
  unpadded,
  unwrapSeed,
  wrapSeed,
} from "@wanjia/sync/hpke";
import { combine, split } from "@wanjia/sync/shares";
import { TIP_PURPOSES } from "@wanjia/sync/tips";

export type DeskKey = TipDeskUnit["keys"][number];
export type Opening = TipDeskUnit["openings"][number];

const SALT_BYTES = 16;
/** Long enough that guessing it at 600,000 rounds a try is hopeless. */
export const PASSPHRASE_LENGTH = 12;

function chance(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

function bytesOf(text: string): Bytes {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new Error("not base64url");
  return bytes;
}

/** A keeper's own key, closed by his passphrase. */
export async function ownKey(passphrase: string) {
  const seed = chance(SEED_BYTES);
  const { salt, rounds, sealed } = await wrapSeed(passphrase, chance(SALT_BYTES), seed);
  return {
    publicKey: toBase64Url(await publicKeyOf(seed)),
    salt: toBase64Url(salt),
    rounds,
    wrapped: toBase64Url(sealed),
  };
}

/** A unit's new key in shares, one for each keeper who has a key of his own. The whole of it is dropped here. */
export async function unitKey(keepers: TipDeskUnit["keepers"]) {
  const enrolled = keepers.flatMap(({ memberId, publicKey }) =>
    publicKey === null ? [] : [{ memberId, publicKey }],
  );
  const seed = chance(SEED_BYTES);
  const parts = split(seed, chance(SEED_BYTES), enrolled.length);
  const shares = await Promise.all(
    enrolled.map(async ({ memberId, publicKey }, index) => {
      const part = parts[index] ?? chance(0);
      const sealed = await sealTo(bytesOf(publicKey), TIP_PURPOSES.share, part);
      return { memberId, sealed: toBase64Url(sealed) };
    }),
  );
  return { publicKey: toBase64Url(await publicKeyOf(seed)), shares };
}

/** One's own share of a key; null with a wrong passphrase. */
async function ownShare(unit: TipDeskUnit, keyId: string, passphrase: string) {
  const sealed = unit.keys.find(({ id }) => id === keyId)?.ownShare;
  if (unit.own === null || sealed === null || sealed === undefined) return null;
  const { salt, rounds, wrapped } = unit.own;
  const seed = await unwrapSeed(passphrase, {
    salt: bytesOf(salt),
    rounds,
    sealed: bytesOf(wrapped),
  });
  return seed === null ? null : openWith(seed, TIP_PURPOSES.share, bytesOf(sealed));
}

/** A second keeper agrees: his share, sealed to the page that asked. Null with a wrong passphrase. */
export async function handedOver(unit: TipDeskUnit, opening: Opening, passphrase: string) {
  const share = await ownShare(unit, opening.keyId, passphrase);
  if (share === null) return null;
  const sealed = await sealTo(bytesOf(opening.sessionKey), TIP_PURPOSES.handover, share);
  return toBase64Url(sealed);
}

/** A key of this page alone, for what another keeper hands over. */
export async function newSession(): Promise<{ seed: Bytes; publicKey: string }> {
  const seed = chance(SEED_BYTES);
  return { seed, publicKey: toBase64Url(await publicKeyOf(seed)) };
}

/** The key itself, out of two shares; null with a wrong passphrase. */
export async function keyOf(
  unit: TipDeskUnit,
  opening: Opening,
  session: Bytes,
  passphrase: string,
): Promise<Bytes | null> {
  if (opening.sealedShare === null) return null;
  const own = await ownShare(unit, opening.keyId, passphrase);
  const theirs = await openWith(session, TIP_PURPOSES.handover, bytesOf(opening.sealedShare));
  return own === null || theirs === null ? null : combine(own, theirs);
}

/** The words; null when they were sealed to another key. */
export async function textOf(key: Bytes, sealed: string): Promise<string | null> {
  const opened = await openWith(key, TIP_PURPOSES.text, bytesOf(sealed));
  const text = opened === null ? null : unpadded(opened);
  return text === null ? null : fromUtf8(text);
}

/** An answer that the receipt alone opens. */
export async function sealedAnswer({ replyKey }: TipRow, text: string): Promise<string> {
  const sealed = await sealTo(bytesOf(replyKey), TIP_PURPOSES.answer, padded(utf8(text.trim())));
  return toBase64Url(sealed);
}

/** What a unit's keeping needs next. */
export type Keeping = "enrol" | "wait_for_keepers" | "make_key" | "renew_key" | "ready";

export function keepingOf(unit: TipDeskUnit): Keeping {
  if (unit.own === null) return "enrol";
  const enrolled = unit.keepers.filter(({ publicKey }) => publicKey !== null);
  if (enrolled.length < 2) return "wait_for_keepers";
  const key = unit.keys.find(({ retired }) => !retired);
  if (key === undefined) return "make_key";
  const same =
    key.holders.length === enrolled.length &&
    enrolled.every(({ memberId }) => key.holders.includes(memberId));
  return same ? "ready" : "renew_key";
}
