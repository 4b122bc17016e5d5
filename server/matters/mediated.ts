/** A dispute follows its mediation, in the same transaction. */
import { mediation as texts } from "@wanjia/contract/messages/mediation.zh-CN";
import { decide } from "@wanjia/domain/matters/decide";
import { eventsOf, evolve } from "@wanjia/domain/matters/evolve";
import type { MatterActor } from "@wanjia/domain/matters/policy";
import type { Matter, MatterEvent } from "@wanjia/domain/matters/terms";
import { ordersAfter } from "@wanjia/domain/mediation/outcome";
import type { MediationFact } from "@wanjia/domain/mediation/terms";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { clockwork } from "./clock-commands.ts";
import { holdMatter, saveSteps } from "./commands.ts";

/**
 * Gives the dispute the orders that its mediation came to. They are the responsible officer's to
 * give, and done by whoever sat with the sides, who may not see the matter; an order that the matter's
 * own rules refuse is left out.
 */
export async function followMediation(tx: Tx, fact: MediationFact): Promise<void> {
  await asHouse(tx, async (house) => {
    const matter = await holdMatter(house, fact.matterId);
    if (matter === undefined) return;
    const work = await clockwork(house);
    const events: MatterEvent[] = [];
    let state: Matter = matter;
    const orders = ordersAfter(fact, matter.state, texts.matter);
    // What the mediation came to ends the waiting too.
    const waited = matter.state === "suspended" && orders.length > 0;
    for (const command of waited ? [{ type: "resume" } as const, ...orders] : orders) {
      const actor: MatterActor =
        command.type === "call_back"
          ? { memberId: fact.by, role: "feedback_centre" }
          : { memberId: state.responsibleId, role: "community_officer" };
      const decision = decide(state, command, actor, work);
      if (!decision.ok) continue;
      const more = eventsOf(decision.value, state.version, fact.by, tx.now);
      events.push(...more);
      state = more.reduce(evolve, state);
    }
    if (events.length > 0) await saveSteps(house, [{ before: matter, events }], work);
  });
}
