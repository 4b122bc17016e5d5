/** Words go out of matters: because their resident had them deleted, or because time is over. */
import type { WordsErased } from "@wanjia/domain/matters/terms";
import { retentionEnd } from "@wanjia/domain/privacy/retention";
import type { Id } from "@wanjia/domain/shared/id";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { holdMatters } from "./queries.ts";
import * as queries from "./erase-queries.ts";
import { saveWords } from "./search-queries.ts";

/** Matters whose words go in one transaction. */
const PORTION = 200;

/** Lets the words of a matter go: now where it has ended, otherwise in the night after its end. */
export async function letWordsGo(tx: Tx, id: Id): Promise<void> {
  const found = await queries.isEnded(tx, id);
  if (found === undefined) return;
  if (found.ended) await erase(tx, [id], "asked");
  else await queries.markAsked(tx, id);
}

async function erase(tx: Tx, ids: readonly Id[], why: queries.WordsGo): Promise<void> {
  if (ids.length === 0) return;
  await queries.takeWords(tx, ids, why);
  if (why === "asked") {
    // Still found by its number and place; whoever searches for a word finds it no more.
    const matters = await holdMatters(tx, ids);
    await saveWords(
      tx,
      matters.map((after) => ({ before: null, after })),
    );
  }
  const { bureauId } = tx.actor;
  if (bureauId === null) throw new Error("matters belong to a bureau");
  const payload: WordsErased = { matterIds: ids };
  await record(tx, [
    {
      action: "matter.words_erased",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { matters: ids.length, why },
      payload,
    },
  ]);
}

/** Whose words waited for the end of their matter; true when none is left. */
export async function eraseAsked(tx: Tx): Promise<boolean> {
  const ids = await queries.endedAsked(tx, PORTION);
  await erase(tx, ids, "asked");
  return ids.length < PORTION;
}

/**
 * What has outlived its time: the words of matters that ended long ago. One portion, from where the
 * last one left off; null when none is left. What was done stays done, whenever it is interrupted.
 */
export async function eraseOutlived(
  tx: Tx,
  from: queries.EndedMatter | null,
): Promise<queries.EndedMatter | null> {
  const found = await queries.endedBefore(tx, retentionEnd("matter", tx.now), from, PORTION);
  await erase(
    tx,
    found.map(({ id }) => id),
    "term",
  );
  return found.length < PORTION ? null : (found.at(-1) ?? null);
}
