/** What has to happen next in a mediation, and by which day. */
import { addDays, localDate, type LocalDate } from "../shared/instant.ts";
import { callsDue } from "./policy.ts";
import { FOLLOW_UP_DAYS, type FollowUpDay, type Mediation } from "./terms.ts";

export const DUE_STEPS = [
  "ask_sides",
  "book_session",
  "hold_session",
  "write_agreement",
  "check_performance",
  "seek_confirmation",
  "urge",
  "follow_up",
  "call_back",
  "notify",
] as const;
export type DueStep = (typeof DUE_STEPS)[number];

export interface Due {
  readonly step: DueStep;
  readonly on: LocalDate;
}

/** The follow-up that is next, and its day; null before performance and after the last. */
export function nextFollowUp({
  performedOn,
  followUps,
}: Pick<Mediation, "performedOn" | "followUps">): {
  readonly days: FollowUpDay;
  readonly on: LocalDate;
} | null {
  const days = FOLLOW_UP_DAYS.find((one) => !followUps.includes(one));
  return performedOn === null || days === undefined
    ? null
    : { days, on: addDays(performedOn, days) };
}

/** The day by which the sides ask the court together, or say that they won't; null where none is open. */
export function confirmationDue(mediation: Mediation): LocalDate | null {
  const { agreement, confirmation, confirmBy, confirmationWaived, endedAt } = mediation;
  const open = agreement !== null && confirmation === null && !confirmationWaived;
  return open && endedAt === null ? confirmBy : null;
}

function sooner(due: Due | null, confirmBy: LocalDate | null): Due | null {
  if (confirmBy === null || (due !== null && due.on <= confirmBy)) return due;
  return { step: "seek_confirmation", on: confirmBy };
}

/** Days that the sides are given to answer, and that a session or a signature may take; promises of ours. */
const OWN_LIMIT_DAYS = { ask_sides: 3, book_session: 7, write_agreement: 3, notify: 3 } as const;

function earlier(day: LocalDate, limit: LocalDate | null): LocalDate {
  return limit !== null && limit < day ? limit : day;
}

/**
 * The next step and its day; null after the end. `since` is when the mediation came to where it stands.
 *
 * Where people's mediation has a limit, nothing before the agreement is due later than it.
 */
export function nextDue(mediation: Mediation, since: LocalDate): Due | null {
  const { state, limitOn, agreement } = mediation;
  switch (state) {
    case "asking":
      return { step: "ask_sides", on: addDays(since, OWN_LIMIT_DAYS.ask_sides) };
    case "consented":
      return {
        step: "book_session",
        on: earlier(addDays(since, OWN_LIMIT_DAYS.book_session), limitOn),
      };
    case "scheduled": {
      const booked = mediation.sessions.find((session) => session.state === "booked");
      return { step: "hold_session", on: booked === undefined ? since : localDate(booked.from) };
    }
    case "reached":
      return { step: "write_agreement", on: addDays(since, OWN_LIMIT_DAYS.write_agreement) };
    case "performing":
      return sooner(
        { step: "check_performance", on: agreement?.performBy ?? since },
        confirmationDue(mediation),
      );
    case "breached":
      return { step: "urge", on: since };
    case "performed": {
      const followUp = nextFollowUp(mediation);
      const calls = callsDue(mediation);
      if (calls && (followUp === null || since <= followUp.on)) {
        return { step: "call_back", on: since };
      }
      return sooner(
        followUp === null ? null : { step: "follow_up", on: followUp.on },
        confirmationDue(mediation),
      );
    }
    case "failed":
      return { step: "notify", on: addDays(since, OWN_LIMIT_DAYS.notify) };
    case "stopped":
    case "ended":
      return null;
  }
}
