/** Passkeys of this phone (WebAuthn with the extension `prf`): a finger or a face instead of the PIN. */
import { utf8 } from "@wanjia/sync/bytes";
import type { Owner } from "./sight.ts";
import type { PasskeyWrap } from "./vault.ts";

type Passkey = Omit<PasskeyWrap, "sealed">;

/**
 * The secret of a passkey never leaves the phone's own key store; what comes out is a function of it
 * and of a salt. No server takes part, so it works in a basement.
 */
export type Passkeys = {
  /** Whether this phone can be asked for a finger or a face. The extension shows itself on trying. */
  supported(): Promise<boolean>;
  /** Null when it was not given, or can compute no secret. */
  create(owner: Owner): Promise<(Passkey & { readonly secret: BufferSource }) | null>;
  ask(passkey: Passkey): Promise<BufferSource | null>;
};

const PATIENCE_MS = 60_000;

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

function secretOf(credential: Credential | null): BufferSource | null {
  if (!(credential instanceof PublicKeyCredential)) return null;
  return credential.getClientExtensionResults().prf?.results?.first ?? null;
}

async function ask({ credential, salt }: Passkey): Promise<BufferSource | null> {
  try {
    const given = await navigator.credentials.get({
      publicKey: {
        // Nobody checks the answer: what opens the store is the secret.
        challenge: random(32),
        allowCredentials: [{ type: "public-key", id: credential }],
        userVerification: "required",
        timeout: PATIENCE_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    });
    return secretOf(given);
  } catch {
    return null; // turned down, timed out, or taken away from the phone
  }
}

export const passkeys: Passkeys = {
  async supported() {
    return (
      (await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.().catch(
        () => false,
      )) ?? false
    );
  },
  async create(owner) {
    const salt = random(32);
    let made: Credential | null;
    try {
      made = await navigator.credentials.create({
        publicKey: {
          challenge: random(32),
          rp: { name: "万家走访" },
          user: { id: utf8(owner.memberId), name: owner.login, displayName: owner.name },
          pubKeyCredParams: [
            { type: "public-key", alg: -7 },
            { type: "public-key", alg: -257 },
          ],
          authenticatorSelection: {
            authenticatorAttachment: "platform",
            residentKey: "preferred",
            userVerification: "required",
          },
          timeout: PATIENCE_MS,
          extensions: { prf: { eval: { first: salt } } },
        },
      });
    } catch {
      return null;
    }
    if (!(made instanceof PublicKeyCredential)) return null;
    const passkey = { credential: new Uint8Array(made.rawId), salt };
    // Some phones compute the secret only when the passkey is used.
    const secret = secretOf(made) ?? (await ask(passkey));
    return secret && { ...passkey, secret };
  },
  ask,
};
