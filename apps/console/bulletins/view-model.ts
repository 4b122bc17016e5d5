import type { BulletinRow, EntryInput } from "@wanjia/contract/bulletins";
import { BULLETIN_LIMITS } from "@wanjia/domain/bulletins/terms";
import type { Tone } from "@wanjia/ui/theme/tokens";

export const TONES: Readonly<Record<BulletinRow["state"], Tone>> = {
  none: "open",
  draft: "again",
  released: "appointment",
  published: "met",
};

export const EMPTY_ENTRY: EntryInput = { said: "", did: "", result: "done", reason: null };

export function mayAdd(entries: readonly EntryInput[]): boolean {
  return entries.length < BULLETIN_LIMITS.entries;
}

/** An entry after one of its fields was changed; all done needs no reason. */
export function changed(entry: EntryInput, change: Partial<EntryInput>): EntryInput {
  const next = { ...entry, ...change };
  return next.result === "done" || next.result === "under_way" ? { ...next, reason: null } : next;
}
