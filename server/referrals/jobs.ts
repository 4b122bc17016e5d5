/** What bodies outside of the police get to see follows the matter, in the same transaction. */
import { nextDeadline } from "@wanjia/domain/matters/running";
import { isPending, type ReferralState } from "@wanjia/domain/matters/referral";
import type { Matter, MatterEvent, MatterFact, WordsErased } from "@wanjia/domain/matters/terms";
import type { Listener } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { type EndedReferral, endReferrals, forgetWordsOf, saveReferrals } from "./queries.ts";

type Changed = MatterFact & { readonly before: Matter };

/** Whether a referral was sent, moved on, ended, or got another date. */
function concernsBody({ before, after }: MatterFact): boolean {
  if (before === null) return false;
  return (
    before.referral !== after.referral ||
    (after.referral !== null && before.clocks !== after.clocks && after.disposition === null)
  );
}

function stateOf(matter: Matter) {
  if (matter.referral?.answeredAt != null) return "answered" as const;
  return isPending(matter.referral) ? ("sent" as const) : ("accepted" as const);
}

/** What is due from the body: its word that it takes it over, or what came of it. */
function dueAt(matter: Matter): number | null {
  if (matter.referral === null || matter.referral.answeredAt !== null) return null;
  const purpose = isPending(matter.referral) ? "take_over" : "other_result";
  return nextDeadline(matter.clocks.filter((clock) => clock.purpose === purpose))?.dueAt ?? null;
}

function saidIn(events: readonly MatterEvent[]): { returned: boolean; said: string } {
  const last = events.findLast(({ change }) =>
    ["assignment_returned", "recalled", "resolved"].includes(change.type),
  )?.change;
  if (last?.type === "assignment_returned") return { returned: true, said: last.reason };
  if (last?.type === "recalled" || last?.type === "resolved") {
    return { returned: false, said: last.text };
  }
  return { returned: false, said: "" };
}

const follow: Listener = async (tx, facts) => {
  const changed = facts
    .map(({ payload }) => payload as MatterFact)
    .filter((fact): fact is Changed => fact.before !== null && concernsBody(fact));
  if (changed.length > 0) await asHouse(tx, (house) => writeDown(house, changed));
};

/** The referral that this change brought to its end; null where none. */
function endOf({ before, after, at, happened }: Changed): EndedReferral | null {
  const { returned, said } = saidIn(happened);
  const ended = (seq: number, state: ReferralState) => ({
    matterId: after.id,
    seq,
    state,
    endedAt: at,
    said,
  });
  const was = before.referral;
  if (was !== null && was.seq !== after.referral?.seq) {
    return ended(was.seq, returned ? "returned" : "recalled");
  }
  const answeredNow = after.referral?.answeredAt != null && was?.answeredAt == null;
  return after.referral !== null && answeredNow ? ended(after.referral.seq, "answered") : null;
}

async function writeDown(tx: Tx, changed: readonly Changed[]): Promise<void> {
  const kept = changed.filter(({ after }) => after.referral !== null);
  if (kept.length > 0) {
    await saveReferrals(
      tx,
      kept.map(({ after }) => ({
        id: newId(tx.now),
        matter: after,
        state: stateOf(after),
        dueAt: dueAt(after),
      })),
    );
  }
  const ended = changed.flatMap((fact) => endOf(fact) ?? []);
  if (ended.length > 0) await endReferrals(tx, ended);
}

/** That it was passed on, to whom and when, is kept (网络数据安全管理条例 12); what was said is not. */
const letGo: Listener = async (tx, facts) => {
  const ids = facts.flatMap(({ payload }) => (payload as WordsErased).matterIds);
  await asHouse(tx, (house) => forgetWordsOf(house, ids));
};

export const listeners = { "matter.changed": follow, "matter.words_erased": letGo };
