/** What becomes of the dispute: its record follows its mediation, by the orders that matters know. */
import type { MatterCommand, MatterCommandType, MatterState } from "../matters/terms.ts";
import { nextToCall } from "./policy.ts";
import type { Mediation, MediationFact, SideCall } from "./terms.ts";

/** Orders on a dispute that nobody gives by hand while its mediation runs. */
const BY_MEDIATION: readonly MatterCommandType[] = [
  "screen",
  "resolve",
  "perform",
  "decline",
  "call_back",
  "close",
  "reopen",
  "withdraw",
  "merge",
];

export function followsMediation(command: MatterCommandType): boolean {
  return BY_MEDIATION.includes(command);
}

/** The sentences that the matter's record keeps. */
export type OutcomeTexts = Readonly<
  Record<"agreed" | "failed" | "breached" | "relapsed" | "stopped" | "called", string>
>;

const OPEN: readonly MatterState[] = ["registered", "accepted", "in_progress", "suspended"];

/**
 * The orders that follow for the dispute, the first first. Given in the name of whoever answers for it;
 * a call back in that of who made the calls.
 */
export function ordersAfter(
  { before, after, events }: MediationFact,
  matter: MatterState,
  texts: OutcomeTexts,
): readonly MatterCommand[] {
  const has = (type: MediationFact["events"][number]): boolean => events.includes(type);
  const again = (reason: "agreement_breached" | "came_back", text: string): MatterCommand[] =>
    OPEN.includes(matter) ? [] : [{ type: "reopen", reason, text }];
  if (has("stopped")) {
    return [
      { type: "screen", stopSigns: after.stopSigns },
      { type: "resolve", outcome: "not_suitable", text: texts.stopped },
    ];
  }
  if (has("agreed")) return [{ type: "resolve", outcome: "agreement_reached", text: texts.agreed }];
  if (has("performed")) return [{ type: "perform" }];
  if (has("ended") && after.ending === "failed") {
    const reason = after.failure === "side_refuses" ? "party_refuses" : "no_agreement";
    return [{ type: "resolve", outcome: "failed", reason, text: texts.failed }];
  }
  if (has("ended") && after.ending === "breached") {
    return [
      ...again("agreement_breached", texts.breached),
      { type: "resolve", outcome: "failed", reason: "party_refuses", text: texts.breached },
    ];
  }
  if (has("ended") && after.ending === "relapsed") return again("came_back", texts.relapsed);
  if (has("side_called") && before !== null) return calledBack(after, texts.called);
  return [];
}

/** From the worst answer to the best: what one side calls unsolved is not solved. */
const WORST_FIRST: readonly SideCall["solved"][] = ["no", "partly", "do_not_know", "yes"];

/** Once each side was called, or tried often enough, the matter was called back. */
function calledBack({ sides, callOrder }: Mediation, text: string): readonly MatterCommand[] {
  if (nextToCall({ sides, callOrder }) !== undefined) return [];
  const said = sides.flatMap(({ call }) => (call === null ? [] : [call]));
  const common = { type: "call_back", mode: "phone", text } as const;
  // Nobody was reached, and each was tried twice: so was the matter.
  if (said.length === 0) {
    return [
      { ...common, reached: false },
      { ...common, reached: false },
    ];
  }
  const solved = WORST_FIRST.find((one) => said.some((call) => call.solved === one));
  const marks = said.flatMap(({ satisfaction }) => satisfaction ?? []);
  return [
    {
      ...common,
      reached: true,
      solved,
      ...(marks.length === 0 ? {} : { satisfaction: Math.min(...marks) }),
    },
  ];
}
