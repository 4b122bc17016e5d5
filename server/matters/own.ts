/** Matters of somebody who has no station and no beat: those in his hands. */
import { seesOnlyOwn } from "@wanjia/domain/matters/policy";
import type { Id } from "@wanjia/domain/shared/id";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { acrossBureau } from "../platform/on-behalf.ts";
import { ownMatters } from "./read-model.ts";

/**
 * Works with matters as far as the caller reaches. For whoever sees only his own, `ids` are those that
 * row-level security shows him, and what stands beside them is read across the bureau.
 */
export async function amongOwn<T>(
  tx: Tx,
  principal: Principal,
  work: (seeing: Tx, ids: readonly Id[] | undefined) => Promise<T>,
): Promise<T> {
  if (!seesOnlyOwn(principal.role)) return work(tx, undefined);
  const ids = await ownMatters(tx);
  return acrossBureau(tx, principal, (wide) => work(wide, ids));
}
