/** What residents write on paper about an earlier matter, typed in at a desk. */
import type { Named } from "@wanjia/contract/intake";
import type { ResidentStepRefusal } from "@wanjia/contract/residents";
import { eventsOf } from "@wanjia/domain/matters/evolve";
import { parseNumber } from "@wanjia/domain/matters/number";
import { mayRead } from "@wanjia/domain/matters/policy";
import {
  decideByResident,
  isGuarded,
  type ResidentCommand,
  residentOf,
} from "@wanjia/domain/matters/resident";
import type { Matter, MatterState } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { clockwork } from "./clock-commands.ts";
import { inMediation, saveSteps } from "./commands.ts";
import { holdMatter } from "./queries.ts";
import { receiptByLook } from "./receipt-queries.ts";
import { idsByNumber } from "./read-model.ts";

interface Found {
  readonly matter: Matter;
  /** The member who gave the receipt; null where it is the resident's own, or none was shown. */
  readonly issuedBy: Id | null;
}

/**
 * The matter that is named: whoever holds its receipt may hand in paper at any station; by the number
 * alone, which is a name and no secret, only what the caller sees anyway.
 */
async function find(
  tx: Tx,
  principal: Principal,
  named: Named,
): Promise<Result<Found, "named-unknown" | "named-twice">> {
  if ("look" in named) {
    const hash = sha256(Buffer.from(named.look, "base64url"));
    return asHouse(tx, async (house) => {
      const receipt = await receiptByLook(house, hash);
      const matter = receipt && (await holdMatter(house, receipt.matterId));
      return matter === undefined
        ? refuse("named-unknown")
        : accept({ matter, issuedBy: receipt?.issuedBy ?? null });
    });
  }
  const number = parseNumber(named.number);
  const [id, another] = number === null ? [] : await idsByNumber(tx, number);
  if (another !== undefined) return refuse("named-twice");
  const matter = id === undefined ? undefined : await holdMatter(tx, id);
  return matter === undefined || !mayRead(principal, matter)
    ? refuse("named-unknown")
    : accept({ matter, issuedBy: null });
}

/**
 * Takes the step that a resident asks for on paper, as he would himself on the page of his receipt. The
 * trail says who typed it in. Refuses like `decideByResident`.
 */
export async function stepOnPaper(
  tx: Tx,
  principal: Principal,
  named: Named,
  command: ResidentCommand,
): Promise<
  Result<
    { readonly number: string; readonly state: MatterState | null },
    "named-unknown" | "named-twice" | ResidentStepRefusal
  >
> {
  const found = await find(tx, principal, named);
  if (!found.ok) return found;
  const { matter: before, issuedBy } = found.value;
  const taken = await asHouse(tx, async (house): Promise<Result<Matter, ResidentStepRefusal>> => {
    if (await inMediation(house, before)) return refuse("mediation-runs");
    const work = await clockwork(house);
    const decision = decideByResident(before, command, issuedBy, work, principal.memberId);
    if (!decision.ok) return decision as Result<never, ResidentStepRefusal>;
    const events = eventsOf(decision.value, before.version, residentOf(before), house.now);
    const [outcome] = await saveSteps(house, [{ before, events }], work);
    return accept(outcome?.after ?? before);
  });
  if (!taken.ok) return taken;
  await record(tx, [
    {
      action: "matter.typed_from_paper",
      subjectKind: "matter",
      subjectId: before.id,
      stationId: before.stationId,
      detail: { step: command.type },
    },
  ]);
  const { number, state } = taken.value;
  return accept({ number, state: isGuarded(taken.value) ? null : state });
}
