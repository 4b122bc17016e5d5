import { settleWalkSchema } from "@wanjia/contract/planning";
import type { SettleWalk } from "@wanjia/domain/planning/settle";
import { accept, refuse } from "@wanjia/domain/shared/result";
import type { SyncCommand, SyncCommands, SyncDecision } from "../platform/sync.ts";
import { settleFromPhone } from "./changes.ts";

/** Walks that officers settled on their phones, one after the other: each stands on the one before. */
const settleCommand: SyncCommand<SettleWalk> = {
  parse(body) {
    const parsed = settleWalkSchema.safeParse(body);
    return parsed.success ? accept(parsed.data) : refuse("malformed-command");
  },
  async run(tx, { principal }, items) {
    const decisions: SyncDecision[] = [];
    for (const { body, base, correctedAt } of items) {
      const settled = await settleFromPhone(tx, principal, body, base, correctedAt);
      decisions.push(settled.ok ? { ok: true } : settled);
    }
    return decisions;
  },
};

export const syncCommands: SyncCommands = { "planning.settle": settleCommand };
