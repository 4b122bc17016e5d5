/** What is next: the buttons of a matter's page. */
import { decide, waiverHolds } from "./decide.ts";
import type { MatterActor } from "./policy.ts";
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
function probes(matter: Matter, actor: MatterActor): readonly MatterCommand[] {
  const outcome = matter.suitable === false ? "not_suitable" : OUTCOMES[matter.kind][0];
  const subtype = MATTER_SUBTYPES[matter.kind].find((one) => one !== matter.subtype);
  const text = "-";
  return [
    { type: "accept" },
    { type: "return_assignment", reason: text },
    { type: "screen", stopSigns: [] },
    { type: "start" },
    { type: "resolve", outcome, text },
    { type: "recheck", cleared: true, text },
    { type: "call_back", mode: "in_person", reached: false, text: "" },
    { type: "close", waiver: lawfulWaivers(matter, actor)[0] },
    { type: "answer", mode: "in_person", text },
    { type: "perform" },
    { type: "reopen", reason: "not_solved", text },
    { type: "assign", to: "" },
    { type: "decline", reason: "other", text },
    { type: "withdraw", text },
    { type: "correct", subtype, why: text },
    { type: "note", text },
  ];
}

/** What this person may do with this matter now, the likeliest first: the buttons of its page. */
export function openSteps(matter: Matter, actor: MatterActor): readonly MatterCommandType[] {
  return probes(matter, actor)
    .filter((command) => decide(matter, command, actor).ok)
    .map((command) => command.type);
}

/** The waivers that would hold for this matter and this person, for the closing form. */
export function lawfulWaivers(matter: Matter, actor: MatterActor): readonly CallbackWaiver[] {
  return CALLBACK_WAIVERS.filter((waiver) => waiverHolds(matter, waiver, actor));
}
