/** What is next: the buttons of a matter's page. */
import { type ClockPurpose, PAUSE_REASONS, type PauseReason } from "./clock-terms.ts";
import type { Clockwork } from "./clocks.ts";
import { localDate } from "../shared/instant.ts";
import { anyMain } from "./decide-merge.ts";
import { judge, waiverHolds } from "./decide.ts";
import type { MatterActor } from "./policy.ts";
import { canPause, extensionLeft } from "./running.ts";
import {
  CALLBACK_WAIVERS,
  type CallbackWaiver,
  MATTER_SUBTYPES,
  type Matter,
  type MatterCommand,
  type MatterCommandType,
  OUTCOMES,
} from "./terms.ts";

/** One order of each type that is right in itself: refused only for the state or the person. */
function probes(matter: Matter, actor: MatterActor, work: Clockwork): readonly MatterCommand[] {
  const outcome = matter.suitable === false ? "not_suitable" : OUTCOMES[matter.kind][0];
  const subtype = MATTER_SUBTYPES[matter.kind].find((one) => one !== matter.subtype);
  const text = "-";
  return [
    { type: "accept" },
    { type: "return_assignment", reason: text },
    { type: "screen", stopSigns: [] },
    { type: "start" },
    { type: "resolve", outcome, text },
    { type: "verify", stands: true, text },
    { type: "recheck", cleared: true, text },
    { type: "advise", party: "owner", fixBy: localDate(work.now), text, atHome: false },
    { type: "show_place", photos: 1, atHome: false },
    { type: "hear_body", text },
    { type: "call_back", mode: "in_person", reached: false, text: "" },
    { type: "close", waiver: lawfulWaivers(matter, actor, work)[0] },
    { type: "answer", mode: "in_person", text },
    { type: "perform" },
    { type: "supervise", text },
    { type: "resume" },
    { type: "inform", mode: "phone", text },
    { type: "reopen", reason: "not_solved", text },
    { type: "relay", said: "accepted", text },
    { type: "recall", text },
    { type: "assign", to: "" },
    { type: "refer", to: "", basis: "duty", text },
    { type: "decline", reason: "other", text },
    { type: "withdraw", text },
    { type: "hand_to_110", text },
    { type: "correct", subtype, why: text },
    { type: "note", text },
    { type: "merge", into: "", main: anyMain(matter) },
    { type: "unmerge", text },
    ...extendable(matter, work).map(
      ({ purpose }) => ({ type: "extend", purpose, amount: 1, why: text, told: "phone" }) as const,
    ),
    ...pausable(matter, work).map((reason) => ({ type: "suspend", reason, text }) as const),
  ];
}

/** What this person may do with this matter now, the likeliest first: the buttons of its page. */
export function openSteps(
  matter: Matter,
  actor: MatterActor,
  work: Clockwork,
): readonly MatterCommandType[] {
  const open = probes(matter, actor, work)
    .filter((command) => judge(matter, command, actor, work).ok)
    .map((command) => command.type);
  return [...new Set(open)];
}

/** The limits that may still be extended, and by how much at most. */
export function extendable(
  matter: Matter,
  work: Clockwork,
): readonly { readonly purpose: ClockPurpose; readonly most: number }[] {
  return matter.clocks
    .map((clock) => ({ purpose: clock.purpose, most: extensionLeft(clock, work) }))
    .filter(({ most }) => most > 0);
}

/** The reasons for which a clock of this matter may stand still. */
export function pausable(matter: Matter, work: Clockwork): readonly PauseReason[] {
  return PAUSE_REASONS.filter((reason) =>
    matter.clocks.some((clock) => canPause(clock, reason, work)),
  );
}

/** The waivers that would hold for this matter and this person, for the closing form. */
export function lawfulWaivers(
  matter: Matter,
  actor: MatterActor,
  work: Pick<Clockwork, "now">,
): readonly CallbackWaiver[] {
  return CALLBACK_WAIVERS.filter((waiver) => waiverHolds(matter, waiver, actor, work));
}
