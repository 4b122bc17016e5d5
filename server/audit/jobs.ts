import { retentionEnd } from "@wanjia/domain/privacy/retention";
import { uuidv7 } from "@wanjia/domain/shared/id";
import { bureauIds } from "../organisation/read-model.ts";
import { record } from "../platform/audit.ts";
import type { Database, Tx } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { deleteBefore } from "./queries.ts";

/** Rows that go in one transaction: a night after a long pause is many short ones. */
const PORTION = 5000;
const NOTHING = new Uint8Array(10);

/**
 * Deletes the oldest of the trail, once it was kept for its term (domain.md §8.5; at least six months by
 * 网络安全法); true when none is left. That it was done, and how much, is itself a row of the trail.
 */
export async function forgetTrail(tx: Tx): Promise<boolean> {
  const before = retentionEnd("audit_log", tx.now);
  // Ids are made in order of time: the trail's own key finds what is old.
  const rows = await deleteBefore(tx, before, uuidv7(before, NOTHING), PORTION);
  const { bureauId } = tx.actor;
  if (rows === 0 || bureauId === null) return true;
  await record(tx, [
    {
      action: "audit.forgotten",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { rows },
    },
  ]);
  return rows < PORTION;
}

export function auditJobs(database: Database): JobDefinitions {
  return {
    "audit.forget": {
      every: "15 4 * * *",
      async run(_data, { signal }) {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          let done = false;
          while (!done && !signal.aborted) done = await database.asSystem(bureauId, forgetTrail);
        }
      },
    },
  };
}
