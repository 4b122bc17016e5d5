/** A resident's reply to a text is a callback like any other, in the same transaction. */
import { saidBy } from "@wanjia/domain/answers/sending";
import type { ReplyFact } from "@wanjia/domain/answers/terms";
import { decide } from "@wanjia/domain/matters/decide";
import { eventsOf } from "@wanjia/domain/matters/evolve";
import type { Tx } from "../platform/database.ts";
import { clockwork } from "./clock-commands.ts";
import { holdMatter, saveSteps } from "./commands.ts";

/** Notes what was replied, as the one who asked. What the matter's rules refuse by now is left out. */
export async function followReply(tx: Tx, { matterId, by, reply }: ReplyFact): Promise<void> {
  const said = saidBy(reply);
  const matter = said === null ? undefined : await holdMatter(tx, matterId);
  if (said === null || matter === undefined) return;
  const work = await clockwork(tx);
  const decision = decide(
    matter,
    { type: "call_back", mode: "sms", reached: true, text: "", ...said },
    { memberId: by, role: "feedback_centre" },
    work,
  );
  if (!decision.ok) return;
  const events = eventsOf(decision.value, matter.version, by, tx.now);
  await saveSteps(tx, [{ before: matter, events }], work);
}
