/** What several families of steps share. */
import { refuse, type Refusal } from "../shared/result.ts";
import type { Matter, MatterChange, MatterRefusal, MatterState } from "./terms.ts";

/** Where work is going on. A suspended matter is taken up again first. */
export const OPEN: readonly MatterState[] = ["registered", "accepted", "in_progress"];

export function wrongState(matter: Matter): {
  readonly ok: false;
  readonly refusal: Refusal<MatterRefusal>;
} {
  return refuse("wrong-state", { state: matter.state });
}

/** The steps that lie before a claim or a refusal, so that what is done at once is one order. */
export function stepsBefore(matter: Matter): readonly MatterChange[] {
  if (matter.state === "registered") return [{ type: "accepted" }, { type: "started" }];
  return matter.state === "accepted" ? [{ type: "started" }] : [];
}

/** Back to work, with whoever did it: what was claimed no longer stands. */
export function workAgain(matter: Matter): Matter {
  const { referral } = matter;
  return {
    ...matter,
    state: referral === null ? "in_progress" : "referred",
    referral: referral === null ? null : { ...referral, answeredAt: null },
    outcome: null,
    reason: null,
    resolvedAt: null,
    clearedAt: null,
    callbacks: [],
    waiver: null,
    closedAt: null,
    disposition: null,
  };
}
