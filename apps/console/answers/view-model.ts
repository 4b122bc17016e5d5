import type { AnswerOutlook, MessageRow } from "@wanjia/contract/answers";
import { answerText, type ToAnswer } from "@wanjia/contract/answer-texts";
import type { MatterDetail } from "@wanjia/contract/matters";
import { type AnswerGap, gapsIn } from "@wanjia/domain/answers/content";
import { piecesOf } from "@wanjia/domain/answers/sms";
import { CHANNELS, type HoldReason } from "@wanjia/domain/answers/terms";
import { type AnswerMode, MATTER_LIMITS } from "@wanjia/domain/matters/terms";
import { coaching } from "@wanjia/domain/shared/coaching";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tone } from "@wanjia/ui/theme/tokens";

export function messageTone({ state }: Pick<MessageRow, "state">): Tone {
  switch (state) {
    case "delivered":
    case "shown":
      return "met";
    case "sent":
    case "sending":
      return "primary";
    case "queued":
      return "open";
    case "held":
      return "again";
    case "failed":
      return "alarm";
    case "cancelled":
      return "ended";
  }
}

/** What a template needs to know of a matter; while it goes on, its answer is how it stands. */
function toAnswer(matter: MatterDetail): ToAnswer {
  const done = matter.timeline.findLast(({ type }) => type === "resolved" || type === "declined")
    ?.body["text"];
  return { ...matter, done: typeof done === "string" ? done : null };
}

export function firstDraft(matter: MatterDetail, mode: AnswerMode): string {
  return answerText(toAnswer(matter), mode);
}

/** When an answer would reach the resident, as the writer should know before he sends it. */
export type When =
  | { readonly kind: "soon" | "no_gateway" | "paper" | "aloud" | "page" }
  | { readonly kind: "later"; readonly at: Instant }
  | { readonly kind: "held"; readonly reason: HoldReason };

export function whenOf(mode: AnswerMode, outlook: AnswerOutlook): When {
  const channel = CHANNELS.find((one) => one === mode);
  if (channel === undefined) return { kind: mode === "page" ? "page" : "aloud" };
  const { reason, notBefore } = outlook.answers[channel];
  if (reason !== null) return { kind: "held", reason };
  if (channel !== "sms") return { kind: "paper" };
  if (outlook.gateway === "none") return { kind: "no_gateway" };
  return notBefore > outlook.now ? { kind: "later", at: notBefore } : { kind: "soon" };
}

export interface Reading {
  readonly signs: number;
  readonly pieces: number;
  readonly tooLong: boolean;
  readonly gaps: readonly AnswerGap[];
  /** Words that tell the resident what to say. */
  readonly coaching: string | null;
}

/** An answer as its reader gets it, and what it lacks. */
export function read(text: string, mode: AnswerMode, matter: MatterDetail): Reading {
  const signs = text.length;
  return {
    signs,
    pieces: piecesOf(text).length,
    tooLong: mode === "sms" && signs > MATTER_LIMITS.smsLength,
    gaps: gapsIn(text, matter),
    coaching: coaching(text),
  };
}
