/** What this person may do with this mediation now, the likeliest first: the buttons of its page. */
import { DAY_MS, HOUR_MS, localDate } from "../shared/instant.ts";
import { decide, type MediationContext } from "./decide.ts";
import { type MediationActor, nextToCall } from "./policy.ts";
import {
  type Attendance,
  type Mediation,
  type MediationCommand,
  type MediationCommandType,
  type SideKey,
} from "./terms.ts";

/** One order of each type that is right in itself: refused only for the state, the day or the person. */
function probes(mediation: Mediation, { now }: MediationContext): readonly MediationCommand[] {
  const { sides, panel, limitOn, agreement } = mediation;
  const first: SideKey = sides[0]?.key ?? "a";
  const today = localDate(now);
  const session = mediation.sessions.findLast(({ state }) => state !== "cancelled");
  const reachedOn = session === undefined ? today : localDate(session.from);
  const owing = agreement?.obliged.find((key) => !mediation.performed.includes(key)) ?? first;
  const attendance: Partial<Record<SideKey, Attendance>> = {};
  for (const { key } of sides) attendance[key] = "present";
  return [
    { type: "call_back", side: nextToCall(mediation)?.key ?? first, alone: true, reached: false },
    { type: "answer_of_side", side: first, agrees: true, mode: "phone" },
    { type: "hold", attendance, result: "continued" },
    {
      type: "agree",
      form: "oral",
      number: "1",
      effectiveOn: reachedOn,
      performBy: reachedOn,
      obliged: [first],
      amount: "none",
    },
    { type: "perform", side: owing, on: agreement?.effectiveOn ?? today },
    { type: "follow_up", result: "kept" },
    { type: "urge" },
    {
      type: "book",
      sessionId: "-",
      roomId: "-",
      from: now + 1,
      to: now + HOUR_MS,
      open: true,
    },
    {
      type: "notify",
      side: sides.find(({ notified }) => !notified)?.key ?? first,
      mode: "phone",
    },
    {
      type: "set_panel",
      officers: panel.officers,
      mediatorId: panel.mediatorId ?? undefined,
      committeeId: panel.committeeId ?? "-",
    },
    { type: "seek_confirmation", on: agreement?.effectiveOn ?? today, together: true },
    { type: "decide_confirmation", granted: true },
    { type: "waive_confirmation" },
    { type: "give_up_urging" },
    { type: "report_breach", side: owing },
    {
      type: "extend",
      until: limitOn === null ? today : localDate(now + 400 * DAY_MS),
      allAgree: true,
    },
    { type: "object", side: first, memberId: panel.mediatorId ?? panel.officers.at(-1) ?? "-" },
    { type: "cancel" },
    { type: "fail", reason: "no_agreement" },
    { type: "stop", stopSigns: ["party_in_fear"] },
  ];
}

/** Steps whose refusal depends on what is typed in, not on where the mediation stands. */
const TYPED = ["past-limit", "room-taken", "person-taken", "room-unknown", "second-too-late"];

export function openSteps(
  mediation: Mediation,
  actor: MediationActor,
  context: MediationContext,
): readonly MediationCommandType[] {
  return probes(mediation, context)
    .filter((command) => {
      const decision = decide(mediation, command, actor, context);
      return decision.ok || (command.type === "book" && TYPED.includes(decision.refusal.code));
    })
    .map(({ type }) => type);
}
