/** What can be known of the phone without its PIN, and how it is erased. */
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant } from "@wanjia/domain/shared/instant";
import { TABLES, type FieldDatabase } from "./database.ts";
import type { Attempts, VaultRecord } from "./vault.ts";

/** Records of a beat are erased after this long without contact (domain.md §8.4). */
const KEPT_DAYS = 7;

/** Who the phone belongs to, as far as it may be told before it is unlocked. */
export type Owner = { readonly memberId: Id; readonly name: string; readonly login: string };

export type Sight = {
  readonly owner: Owner | null;
  readonly vault: VaultRecord | null;
  readonly attempts: Attempts;
  readonly device: Id | null;
  readonly lastSync: Instant | null;
  /** The desk switched this phone off. */
  readonly revoked: boolean;
  /** Held, queued and refused work. */
  readonly unsent: number;
  /** Sealed tips that wait for a network; no file holds them. */
  readonly tips: number;
  /** A file of the unsent work was made after the last change to it. */
  readonly exported: boolean;
};

export function look(db: FieldDatabase): Promise<Sight> {
  return db.read(["meta", "held", "outbox", "tips"], async (from) => {
    const [
      owner,
      vault,
      attempts,
      device,
      lastSync,
      revoked,
      exportedAt,
      changedAt,
      held,
      outbox,
      tips,
    ] = await Promise.all([
      from.note<Owner>("owner"),
      from.note<VaultRecord>("vault"),
      from.note<Attempts>("attempts"),
      from.note<Id>("device"),
      from.note<Instant>("lastSync"),
      from.note<boolean>("revoked"),
      from.note<number>("exportedAt"),
      from.note<number>("workChangedAt"),
      from.count("held"),
      from.count("outbox"),
      from.count("tips"),
    ]);
    return {
      owner: owner ?? null,
      vault: vault ?? null,
      attempts: attempts ?? { wrong: 0, last: 0 },
      device: device ?? null,
      lastSync: lastSync ?? null,
      revoked: revoked ?? false,
      unsent: held + outbox,
      tips,
      exported: exportedAt !== undefined && exportedAt >= (changedAt ?? 0),
    };
  });
}

/** Whether what was pulled has to go: no contact for seven days. A clock set back does not prolong. */
export function isExpired(lastSync: Instant | null, now: Instant): boolean {
  return lastSync !== null && now - lastSync > KEPT_DAYS * DAY_MS;
}

/** Erases what was pulled; own unsent work stays until it is sent, exported or given up. */
export function erasePulled(db: FieldDatabase): Promise<void> {
  return db.change(["packs", "docs", "mine", "meta"], (to) => {
    to.clear("packs");
    to.clear("docs");
    to.clear("mine");
    to.delete("meta", "lastSync");
    to.delete("meta", "behind");
  });
}

/** Erases everything and forgets the key; `notes` are all that is written down afterwards. */
export function eraseAll(
  db: FieldDatabase,
  notes: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return db.change(TABLES, (to) => {
    for (const table of TABLES) to.clear(table);
    for (const [name, value] of Object.entries(notes)) to.note(name, value);
  });
}
