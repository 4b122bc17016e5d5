/** What a receipt shows of a matter. */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import type { Clockwork } from "./clocks.ts";
import {
  isGuarded,
  nextForResident,
  reopenUntil,
  type ResidentStep,
  residentSteps,
} from "./resident.ts";
import type { Matter } from "./terms.ts";

/** Who handles it, as a resident may ring it up. */
interface HandlingUnit {
  readonly name: string;
  readonly nameEn: string;
  readonly dutyPhone: string;
}

/** An event as far as words in it are for the resident. */
interface Said {
  readonly type: string;
  readonly at: Instant;
  readonly text: unknown;
}

/** States in which the last answer is the word that holds. */
const ANSWERED: readonly Matter["state"][] = ["feedback_given", "called_back", "closed"];

/**
 * Where it stands, whose it is, what comes next and by when, the last answer, what may be done. Nobody's
 * name, no note, nothing that was said by others; where contact could harm, no more than whom to ring.
 * `held`: its outcome is a mediation's to say. Source: domain.md §4.1, invariant 5.
 */
export function followed(
  matter: Matter,
  unit: HandlingUnit,
  past: readonly Said[],
  issuedBy: Id | null,
  held: boolean,
  work: Clockwork,
) {
  const { number, registeredAt, reopened } = matter;
  if (isGuarded(matter)) {
    return {
      number,
      guarded: true,
      kind: null,
      subtype: null,
      state: null,
      outcome: null,
      reason: null,
      unit,
      registeredAt,
      next: null,
      pauseReason: null,
      informed: null,
      answer: null,
      reopened: 0,
      reopenUntil: null,
      steps: [] as ResidentStep[],
    };
  }
  const last = (type: "answered" | "informed") => {
    const event = past.findLast((one) => one.type === type);
    return event === undefined || typeof event.text !== "string"
      ? null
      : { text: event.text, at: event.at };
  };
  const { kind, subtype, state, outcome, reason, pauseReason } = matter;
  const answer = last("answered");
  const stands = ANSWERED.includes(state);
  return {
    number,
    guarded: false,
    kind,
    subtype,
    state,
    // What is claimed and not yet told is for the answer to say.
    outcome: stands ? outcome : null,
    reason: stands ? reason : null,
    unit,
    registeredAt,
    next: nextForResident(matter.clocks),
    pauseReason,
    informed: last("informed"),
    answer: answer === null ? null : { ...answer, stands },
    reopened,
    reopenUntil: reopenUntil(matter),
    steps: held ? [] : [...residentSteps(matter, issuedBy, work)],
  };
}
