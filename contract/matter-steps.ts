import { CLOCK_PURPOSES, PAUSE_REASONS } from "@wanjia/domain/matters/clock-terms";
import type { PhotoRefusal } from "@wanjia/domain/matters/photo";
import { CONTACT_CONSENTS, REFERRAL_BASES } from "@wanjia/domain/matters/referral";
import {
  ANSWER_MODES,
  CALLBACK_MODES,
  CALLBACK_WAIVERS,
  DECLINE_REASONS,
  FEEDBACK_WISHES,
  HAZARD_GRADES,
  MATTER_COMMANDS,
  MATTER_KINDS,
  type MatterRefusal,
  OTHER_WAYS,
  OUTCOMES,
  REOPEN_REASONS,
  REPORTERS,
  SOLVED_ANSWERS,
  STOP_SIGNS,
  UNSOLVED_REASONS,
} from "@wanjia/domain/matters/terms";
import { MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { z } from "zod";
import { hazardSteps } from "./hazards.ts";
import { PHOTO_STATUS } from "./photos.ts";
import { idSchema, stepsOf } from "./shared.ts";

/** Room for any text; the rules know the limits and say them in their refusals. */
export const words = z.string().max(4000);
export const subtypeSchema = z.enum([
  ...new Set(MATTER_KINDS.flatMap((kind) => [...MATTER_SUBTYPES[kind]])),
]);
/** What a callback asks to be marked, from the worst to the best. */
export const mark = z.int().min(1).max(5);
const gradeSchema = z.enum(HAZARD_GRADES);
export const outcomeSchema = z.enum([
  ...new Set([...MATTER_KINDS.flatMap((kind) => [...OUTCOMES[kind]]), "declined" as const]),
]);
export const reasonSchema = z.enum([...new Set([...UNSOLVED_REASONS, ...DECLINE_REASONS])]);

/** Body of `matters.raise`. */
export const matterDraftSchema = z.object({
  id: idSchema,
  kind: z.enum(MATTER_KINDS),
  subtype: subtypeSchema,
  text: words,
  placeId: idSchema,
  reporter: z.enum(REPORTERS),
  feedback: z.enum(FEEDBACK_WISHES),
  anonymous: z.boolean().optional(),
  contact: z
    .object({
      phone: z.string().max(20).optional(),
      salutation: z.string().max(40).optional(),
      consent: z.boolean().meta({ description: "Without it nothing of the contact is kept" }),
    })
    .optional(),
  stopSigns: z.array(z.enum(STOP_SIGNS)).max(STOP_SIGNS.length).optional(),
  grade: gradeSchema.optional(),
});

/** Body of `matters.note`. */
export const matterNoteSchema = z.object({ matterId: idSchema, text: words });

const step = stepsOf<(typeof MATTER_COMMANDS)[number]>();

export const matterStepSchema = z.discriminatedUnion("type", [
  step("assign", { to: idSchema }),
  step("return_assignment", { reason: words }),
  step("refer", {
    to: idSchema,
    basis: z.enum(REFERRAL_BASES),
    law: words.optional(),
    text: words.meta({ description: "The place goes along by itself; nobody’s name" }),
    contact: z
      .enum(CONTACT_CONSENTS)
      .optional()
      .meta({ description: "How the resident agreed that the body may have his number" }),
  }),
  step("relay", { said: z.enum(["accepted", "returned"]), text: words }),
  step("recall", { text: words }),
  step("accept", {}),
  step("screen", {
    stopSigns: z.array(z.enum(STOP_SIGNS)).max(STOP_SIGNS.length),
    way: z.enum(OTHER_WAYS).optional(),
  }),
  step("start", {}),
  step("note", { text: words }),
  step("correct", {
    subtype: subtypeSchema.optional(),
    grade: gradeSchema.optional(),
    text: words.optional(),
    why: words,
  }),
  step("resolve", {
    outcome: outcomeSchema,
    reason: z.enum(UNSOLVED_REASONS).optional(),
    text: words,
  }),
  step("perform", {}),
  step("recheck", { cleared: z.boolean(), text: words }),
  step("decline", { reason: z.enum(DECLINE_REASONS), text: words }),
  step("answer", { mode: z.enum(ANSWER_MODES), text: words }),
  step("call_back", {
    mode: z.enum(CALLBACK_MODES),
    reached: z.boolean(),
    solved: z.enum(SOLVED_ANSWERS).optional(),
    satisfaction: mark.optional(),
    respectful: mark.optional(),
    informed: mark.optional(),
    wantsReopen: z.boolean().optional(),
    text: words,
  }),
  step("close", { waiver: z.enum(CALLBACK_WAIVERS).optional(), lesson: words.optional() }),
  step("reopen", { reason: z.enum(REOPEN_REASONS), text: words }),
  step("withdraw", { text: words }),
  step("hand_to_110", { text: words.meta({ description: "What 110 was told, and its number" }) }),
  step("inform", { mode: z.enum(ANSWER_MODES), text: words }),
  step("suspend", { reason: z.enum(PAUSE_REASONS), text: words }),
  step("resume", {}),
  step("extend", {
    purpose: z.enum(CLOCK_PURPOSES),
    amount: z.int(),
    why: words,
    told: z.enum(ANSWER_MODES).optional(),
  }),
  step("supervise", { text: words }),
  step("merge", { into: idSchema }),
  step("unmerge", { text: words }),
  step("advise", hazardSteps.advise),
  step("hear_body", hazardSteps.hear_body),
  step("verify", hazardSteps.verify),
  step("show_place", hazardSteps.show_place),
]);

/** How each refusal of the rules is answered. */
export const MATTER_STATUS = {
  "not-permitted": 403,
  "sworn-officer-needed": 403,
  "not-assigned-to-you": 403,
  "not-responsible": 403,
  "arbiter-decides": 403,
  "handler-cannot-close": 403,
  "handler-cannot-call-back": 403,
  "handler-cannot-withdraw": 403,
  "handler-cannot-suspend": 403,
  "handler-cannot-extend": 403,
  "finder-cannot-recheck": 403,
  "wrong-state": 409,
  "home-advice-only": 422,
  "fix-day": 422,
  "notice-number-missing": 422,
  "not-transferred": 409,
  "grade-decided": 409,
  "not-drawn": 409,
  "photo-out-of-place": 409,
  ...PHOTO_STATUS,
  "already-responsible": 409,
  "already-asked": 409,
  "stale-version": 409,
  "mediation-runs": 409,
  "place-unknown": 422,
  "unknown-subtype": 422,
  "text-missing": 422,
  "text-too-long": 422,
  "text-forbidden": 422,
  "text-coaches": 422,
  "phone-invalid": 422,
  "contact-without-consent": 422,
  "contact-without-purpose": 422,
  "contact-of-anonymous": 422,
  "assignee-out-of-scope": 422,
  "body-unknown": 422,
  "screening-needed": 422,
  "mediation-stopped": 422,
  "of-other-kind": 422,
  "reason-needed": 422,
  "recheck-needed": 422,
  "feedback-needed": 422,
  "callback-needed": 422,
  "waiver-unlawful": 422,
  "resident-contradicts": 422,
  "callback-incomplete": 422,
  "reopen-too-late": 409,
  "receipt-from-handler": 403,
  "nothing-to-correct": 422,
  "pause-unlawful": 422,
  "extension-unlawful": 422,
  "extension-too-long": 422,
  "tell-resident": 422,
  "no-task": 409,
  "merge-unknown": 422,
  "merge-other-kind": 422,
  "merge-ended": 409,
  "merge-has-reporters": 409,
  "merge-stopped": 422,
} as const satisfies Record<MatterRefusal | Exclude<PhotoRefusal, "photo-unwanted">, number>;
