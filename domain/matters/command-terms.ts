/** The orders that a matter takes, and the reasons why it refuses them. */
import type { PartnerKind } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { ClockPurpose, PauseReason } from "./clock-terms.ts";
import { HAZARD_COMMANDS, type HazardCommand, type HazardRefusal } from "./hazard-terms.ts";
import type { HazardGrade, MatterOutcome, MatterSubtype, UnsolvedReason } from "./kind-terms.ts";
import { MERGE_COMMANDS, type MergeCommand, type MergeRefusal } from "./merge-terms.ts";
import type { ContactConsent, ReferralBasis } from "./referral.ts";
import type {
  AnswerMode,
  CallbackMode,
  CallbackWaiver,
  DeclineReason,
  OtherWay,
  ReopenReason,
  SolvedAnswer,
  StopSign,
} from "./terms.ts";

/** An order to do something with a matter. */
export type MatterCommand =
  | HazardCommand
  | MergeCommand
  | { readonly type: "assign"; readonly to: Id }
  | { readonly type: "return_assignment"; readonly reason: string }
  | {
      readonly type: "refer";
      readonly to: Id;
      /** What the register says of the body; the caller looks it up. */
      readonly bodyKind?: PartnerKind | undefined;
      readonly basis: ReferralBasis;
      readonly law?: string | undefined;
      readonly text: string;
      readonly contact?: ContactConsent | undefined;
    }
  /** What the body said by letter or telephone, where it has no account. */
  | { readonly type: "relay"; readonly said: "accepted" | "returned"; readonly text: string }
  | { readonly type: "recall"; readonly text: string }
  | { readonly type: "accept" }
  | {
      readonly type: "screen";
      readonly stopSigns: readonly StopSign[];
      readonly way?: OtherWay | undefined;
    }
  | { readonly type: "start" }
  | { readonly type: "note"; readonly text: string }
  | {
      readonly type: "correct";
      readonly subtype?: MatterSubtype | undefined;
      readonly grade?: HazardGrade | undefined;
      readonly text?: string | undefined;
      readonly why: string;
    }
  | {
      readonly type: "resolve";
      readonly outcome: MatterOutcome;
      readonly reason?: UnsolvedReason | undefined;
      readonly text: string;
    }
  | { readonly type: "perform" }
  | { readonly type: "recheck"; readonly cleared: boolean; readonly text: string }
  | { readonly type: "decline"; readonly reason: DeclineReason; readonly text: string }
  | { readonly type: "answer"; readonly mode: AnswerMode; readonly text: string }
  | {
      readonly type: "call_back";
      readonly mode: CallbackMode;
      readonly reached: boolean;
      readonly solved?: SolvedAnswer | undefined;
      readonly satisfaction?: number | undefined;
      readonly respectful?: number | undefined;
      readonly informed?: number | undefined;
      readonly wantsReopen?: boolean | undefined;
      readonly text: string;
    }
  | {
      readonly type: "close";
      readonly waiver?: CallbackWaiver | undefined;
      readonly lesson?: string | undefined;
    }
  | { readonly type: "reopen"; readonly reason: ReopenReason; readonly text: string }
  | { readonly type: "withdraw"; readonly text: string }
  | { readonly type: "hand_to_110"; readonly text: string }
  | { readonly type: "inform"; readonly mode: AnswerMode; readonly text: string }
  | { readonly type: "suspend"; readonly reason: PauseReason; readonly text: string }
  | { readonly type: "resume" }
  | {
      readonly type: "extend";
      readonly purpose: ClockPurpose;
      readonly amount: number;
      readonly why: string;
      readonly told?: AnswerMode | undefined;
    }
  | { readonly type: "supervise"; readonly text: string };

export const MATTER_COMMANDS = [
  "assign",
  "return_assignment",
  "refer",
  "relay",
  "recall",
  "accept",
  "screen",
  "start",
  "note",
  "correct",
  "resolve",
  "perform",
  "recheck",
  "decline",
  "answer",
  "call_back",
  "close",
  "reopen",
  "withdraw",
  "hand_to_110",
  "inform",
  "suspend",
  "resume",
  "extend",
  "supervise",
  ...HAZARD_COMMANDS,
  ...MERGE_COMMANDS,
] as const satisfies readonly MatterCommand["type"][];
export type MatterCommandType = (typeof MATTER_COMMANDS)[number];

export type MatterRefusal =
  | MergeRefusal
  | HazardRefusal
  /** The role may not do this to any matter. */
  | "not-permitted"
  /** The order does not fit the state; `state` says which. */
  | "wrong-state"
  | "place-unknown"
  | "unknown-subtype"
  | "text-missing"
  | "text-too-long"
  | "text-forbidden"
  /** It tells the resident what to say when somebody asks; `words` are those that do. */
  | "text-coaches"
  | "phone-invalid"
  | "contact-without-consent"
  | "contact-without-purpose"
  | "contact-of-anonymous"
  /** An auxiliary officer notes and assists; a sworn officer answers for it. */
  | "sworn-officer-needed"
  | "not-assigned-to-you"
  | "not-responsible"
  | "already-responsible"
  | "already-asked"
  /** No such body, or it takes nothing on any more. */
  | "body-unknown"
  /** The assignee has no posting that covers the place. */
  | "assignee-out-of-scope"
  /** After two returns the feedback centre decides who handles it. */
  | "arbiter-decides"
  | "screening-needed"
  | "mediation-stopped"
  /** Its mediation runs: the outcome follows from that. */
  | "mediation-runs"
  | "of-other-kind"
  | "reason-needed"
  | "handler-cannot-close"
  | "handler-cannot-call-back"
  | "handler-cannot-withdraw"
  | "finder-cannot-recheck"
  | "recheck-needed"
  | "feedback-needed"
  | "callback-needed"
  | "waiver-unlawful"
  /** The resident said that it is not solved: reopen it instead. */
  | "resident-contradicts"
  | "callback-incomplete"
  /** Its end lies longer back than a resident may have it taken up again; `days` says how long. */
  | "reopen-too-late"
  /** Whoever handles the matter gave this receipt: what is said by it can't count as independent. */
  | "receipt-from-handler"
  | "nothing-to-correct"
  /** No clock of this matter may stand still for that reason. */
  | "pause-unlawful"
  | "handler-cannot-suspend"
  | "handler-cannot-extend"
  /** There is no such clock, it was missed already, or it may not be extended. */
  | "extension-unlawful"
  /** Longer than the rule allows; `most` is what is left. */
  | "extension-too-long"
  | "tell-resident"
  /** Nothing waits for this level's word. */
  | "no-task"
  /** Somebody changed the matter since it was read. */
  | "stale-version";
