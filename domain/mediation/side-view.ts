/** What one side may know: its own part, and what all sides have in common. */
import type { Instant, LocalDate } from "../shared/instant.ts";
import { nextFollowUp } from "./due.ts";
import type {
  Agreement,
  Attendance,
  Mediation,
  MediationForm,
  SideKey,
  SidePart,
} from "./terms.ts";

/** Where it stands, in words that give away nothing of another side's answer. */
export type SideStanding =
  | "being_asked"
  | "getting_ready"
  | "session_set"
  | "writing"
  | "performing"
  | "performed"
  | "over";

export interface SideView {
  readonly side: SideKey;
  readonly part: SidePart;
  readonly form: MediationForm;
  readonly standing: SideStanding;
  readonly agrees: boolean | null;
  readonly sessions: readonly {
    readonly from: Instant;
    readonly to: Instant;
    readonly venue: string;
    readonly open: boolean;
    readonly state: "booked" | "held" | "cancelled";
    readonly attendance: Attendance | null;
  }[];
  readonly limitOn: LocalDate | null;
  readonly agreement: Pick<Agreement, "form" | "number" | "effectiveOn" | "performBy"> | null;
  /** Null where this side owes nothing. */
  readonly performed: boolean | null;
  readonly nextFollowUpOn: LocalDate | null;
  /** Its ways after a failure were told to it. */
  readonly notified: boolean;
}

const STANDING: Record<Mediation["state"], SideStanding> = {
  asking: "being_asked",
  consented: "getting_ready",
  scheduled: "session_set",
  reached: "writing",
  performing: "performing",
  // Whose fault it is that nothing was done is not for this page.
  breached: "performing",
  performed: "performed",
  failed: "over",
  stopped: "over",
  ended: "over",
};

/** Undefined when the mediation has no such side. */
export function sideView(mediation: Mediation, key: SideKey): SideView | undefined {
  const side = mediation.sides.find((one) => one.key === key);
  if (side === undefined) return undefined;
  const { agreement, state } = mediation;
  return {
    side: key,
    part: side.part,
    form: mediation.form,
    standing: STANDING[state],
    agrees: side.agrees,
    sessions: mediation.sessions.map((session) => ({
      from: session.from,
      to: session.to,
      venue: session.venue,
      open: session.open,
      state: session.state,
      attendance: session.attendance[key] ?? null,
    })),
    limitOn: mediation.limitOn,
    agreement:
      agreement === null
        ? null
        : {
            form: agreement.form,
            number: agreement.number,
            effectiveOn: agreement.effectiveOn,
            performBy: agreement.performBy,
          },
    performed: agreement?.obliged.includes(key) === true ? mediation.performed.includes(key) : null,
    nextFollowUpOn: state === "performed" ? (nextFollowUp(mediation)?.on ?? null) : null,
    notified: side.notified,
  };
}
