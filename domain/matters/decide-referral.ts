/** Orders about handing a matter to a body outside of the police, and that body's own. */
import { accept, refuse, type Result } from "../shared/result.ts";
import { claim } from "./claim.ts";
import { answersFor, type MatterActor } from "./policy.ts";
import { isPending, REFERRAL_LIMITS, RETURNS } from "./referral.ts";
import {
  MATTER_LIMITS,
  type Matter,
  type MatterChange,
  type MatterCommand,
  type MatterCommandType,
  type MatterRefusal,
} from "./terms.ts";
import { checkText } from "./text.ts";
import { OPEN, wrongState } from "./working.ts";

type Decision = Result<readonly MatterChange[], MatterRefusal>;
type Of<T extends MatterCommandType> = Extract<MatterCommand, { type: T }>;

/** After two returns, of colleagues or bodies, nobody but the feedback centre asks once more. */
export function arbiterNeeded(matter: Matter, actor: MatterActor): boolean {
  return (matter.arbitrated || matter.returns >= RETURNS) && actor.role !== "feedback_centre";
}

function mayRefer(matter: Matter, actor: MatterActor): boolean {
  return actor.role === "feedback_centre" || answersFor(matter, actor);
}

/** Until the body accepts, the first recipient answers for it (首接负责). */
export function refer(matter: Matter, command: Of<"refer">, actor: MatterActor): Decision {
  if (!OPEN.includes(matter.state)) return wrongState(matter);
  if (arbiterNeeded(matter, actor)) return refuse("arbiter-decides");
  if (!mayRefer(matter, actor)) return refuse("not-responsible");
  // Who is in danger must not be found out by sending his trouble round.
  if (matter.kind === "dispute" && matter.suitable === null) return refuse("screening-needed");
  if (matter.referral?.partnerId === command.to) return refuse("already-responsible");
  if (command.contact !== undefined && matter.anonymous) return refuse("contact-of-anonymous");
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  const law = (command.law ?? "").trim();
  if (law.length > REFERRAL_LIMITS.lawLength) {
    return refuse("text-too-long", { limit: REFERRAL_LIMITS.lawLength });
  }
  const { to, bodyKind = null, basis, contact = null } = command;
  return accept([
    {
      type: "referred",
      to,
      bodyKind,
      basis,
      law: law === "" ? null : law,
      text: text.value,
      contact,
    },
  ]);
}

/** What a body without an account said on the telephone or by letter. */
export function relay(matter: Matter, command: Of<"relay">, actor: MatterActor): Decision {
  if (!isPending(matter.referral) || !OPEN.includes(matter.state)) return wrongState(matter);
  if (!answersFor(matter, actor)) return refuse("not-responsible");
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return command.said === "accepted"
    ? accept([{ type: "accepted_by_body", text: text.value }])
    : giveBack(matter, text.value);
}

/** Taken back from a body that hasn't answered: it is the first recipient's again. */
export function recall(matter: Matter, why: string, actor: MatterActor): Decision {
  const open = OPEN.includes(matter.state) || matter.state === "referred";
  if (matter.referral === null || !open) return wrongState(matter);
  // What the arbiter decided, the arbiter takes back.
  if (matter.arbitrated && actor.role !== "feedback_centre") return refuse("arbiter-decides");
  if (!mayRefer(matter, actor)) return refuse("not-responsible");
  const text = checkText(why, MATTER_LIMITS.reasonLength);
  return text.ok ? accept([{ type: "recalled", text: text.value }]) : text;
}

function giveBack(matter: Matter, reason: string): Decision {
  return matter.arbitrated
    ? refuse("arbiter-decides")
    : accept([{ type: "assignment_returned", reason }]);
}

/** The body's own word: it accepts, returns it with a reason, or says what came of it. */
export function ofBody(matter: Matter, command: MatterCommand, actor: MatterActor): Decision {
  const { referral } = matter;
  if (referral === null || referral.partnerId !== actor.partnerId) {
    return refuse("not-assigned-to-you");
  }
  if (command.type === "resolve") {
    return matter.state === "referred" ? claim(matter, command) : wrongState(matter);
  }
  if (!isPending(referral) || !OPEN.includes(matter.state)) return wrongState(matter);
  if (command.type === "accept") return accept([{ type: "accepted_by_body", text: "" }]);
  if (command.type !== "return_assignment") return refuse("not-permitted");
  const text = checkText(command.reason, MATTER_LIMITS.reasonLength);
  return text.ok ? giveBack(matter, text.value) : text;
}
