import { randomBytes } from "node:crypto";
import { LINK_DAYS } from "@wanjia/domain/matters/referral";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { record } from "../platform/audit.ts";
import { sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { setLink } from "./queries.ts";

/** 192 bits: nobody guesses one. */
const SECRET_BYTES = 24;

async function note(tx: Tx, id: Id, action: "made" | "ended"): Promise<void> {
  await record(tx, [{ action: `referral-link.${action}`, subjectKind: "referral", subjectId: id }]);
}

/** A link that opens an open referral without an account; only its hash stays. */
export async function makeLink(
  tx: Tx,
  id: Id,
): Promise<Result<{ secret: string; until: Instant }, "wrong-state">> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const until = tx.now + LINK_DAYS * DAY_MS;
  if (!(await setLink(tx, id, { hash: sha256(secret), until }))) return refuse("wrong-state");
  await note(tx, id, "made");
  return accept({ secret, until });
}

export async function endLink(tx: Tx, id: Id): Promise<void> {
  if (await setLink(tx, id, null)) await note(tx, id, "ended");
}
