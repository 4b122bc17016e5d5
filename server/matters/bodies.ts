/** What a body outside of the police does with a matter that was referred to it. */
import { implement } from "@orpc/server";
import { type BodyRefusal, referralsContract } from "@wanjia/contract/referrals";
import { decide } from "@wanjia/domain/matters/decide";
import { eventsOf } from "@wanjia/domain/matters/evolve";
import type { MatterCommand, MatterRefusal } from "@wanjia/domain/matters/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { isForbidden } from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { presentReferral, type ReferralOfBody, referralById } from "../referrals/read-model.ts";
import { clockwork } from "./clock-commands.ts";
import { holdMatter, saveSteps } from "./commands.ts";

type BodyOrder = Extract<MatterCommand, { type: "accept" | "return_assignment" | "resolve" }>;

/**
 * Takes a body's step with the matter, which the body itself cannot see. `memberId` is who acted for
 * it; by a link it is the body.
 */
export async function stepOfBody(
  tx: Tx,
  { id, matterId, seq, partnerId }: ReferralOfBody,
  memberId: Id,
  order: BodyOrder,
): Promise<Result<null, BodyRefusal>> {
  const said = order.type === "accept" ? "" : "text" in order ? order.text : order.reason;
  if (inspectText(said).some(isForbidden)) return refuse("text-forbidden");
  const taken = await asHouse(tx, async (house): Promise<Result<null, MatterRefusal>> => {
    const matter = await holdMatter(house, matterId);
    if (matter === undefined || matter.referral?.seq !== seq) return refuse("wrong-state");
    const work = await clockwork(house);
    const actor = { memberId, role: "partner", partnerId } as const;
    const decision = decide(matter, order, actor, work);
    if (!decision.ok) return decision;
    const events = eventsOf(decision.value, matter.version, memberId, house.now);
    await saveSteps(house, [{ before: matter, events }], work, "partner");
    return accept(null);
  });
  if (!taken.ok) return taken as Result<null, BodyRefusal>;
  const detail = { partnerId, step: order.type, byLink: memberId === partnerId };
  await record(tx, [{ action: "referral.step", subjectKind: "referral", subjectId: id, detail }]);
  return accept(null);
}

const os = implement(referralsContract).$context<Context>().use(signedIn);

export const bodySteps = {
  step: os.step.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(principal.role === "partner");
    return context.transact(async (tx) => {
      const referral = orNotFound(await referralById(tx, input.id));
      orRefuse(await stepOfBody(tx, referral, principal.memberId, input.step), errors);
      return presentReferral(orNotFound(await referralById(tx, input.id)));
    });
  }),
};
