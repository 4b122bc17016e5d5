/** The last step before the job: the file is claimed once, with the mapping that was agreed on. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Tx } from "../platform/database.ts";
import { claimImport, updateImport } from "./import-queries.ts";

export const claim: (tx: Tx, id: Id) => Promise<boolean> = claimImport;

export function changeMapping(
  tx: Tx,
  id: Id,
  mapping: Readonly<Record<string, number | undefined>>,
): Promise<void> {
  return updateImport(tx, id, { mapping });
}
