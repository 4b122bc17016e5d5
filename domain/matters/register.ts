/** How a matter comes in: what a draft must hold, and the first events. */
import type { Id } from "../shared/id.ts";
import { contactRefusal } from "../shared/contact.ts";
import { type Finding, isForbidden } from "../privacy/terms.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { Clockwork } from "./clocks.ts";
import { type MatterActor, mayRaise } from "./policy.ts";
import { withClocks } from "./running.ts";
import { wayFor } from "./screening.ts";
import {
  MATTER_LIMITS,
  MATTER_SUBTYPES,
  type MatterChange,
  type MatterDraft,
  type MatterOrigin,
  type MatterRefusal,
} from "./terms.ts";
import { checkText } from "./text.ts";

/** Where and through whom a matter came in. */
export interface Registration {
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly communityId: Id | null;
  readonly visitId: Id | null;
  readonly campaignIds: readonly Id[];
  readonly origin: MatterOrigin;
  readonly recipientId: Id;
  readonly finders: readonly Id[];
}

/** All that the rules need to know beside the draft. Pure: the caller brings it. */
export interface RaisingContext extends Clockwork {
  readonly actor: MatterActor;
  /** The note detector (privacy/inspect.ts): what in a text should not stand there. */
  inspect(text: string): readonly Finding[];
}

/**
 * Whether a matter can be noted like this. A matter without any contact is valid; one with is held
 * to the same rule as at the door.
 */
export function checkDraft(
  draft: MatterDraft,
  inspect: (text: string) => readonly Finding[],
): Result<MatterDraft, MatterRefusal> {
  const subtypes: readonly string[] = MATTER_SUBTYPES[draft.kind];
  if (!subtypes.includes(draft.subtype)) return refuse("unknown-subtype");
  const text = checkText(draft.text, MATTER_LIMITS.textLength);
  if (!text.ok) return text;
  const { contact, kind } = draft;
  if (contact !== undefined) {
    if (draft.anonymous === true) return refuse("contact-of-anonymous");
    const wantsAnswer = draft.reporter === "resident" && draft.feedback !== "none";
    const refusal = contactRefusal(contact, wantsAnswer);
    if (refusal !== null) return refuse(refusal);
    const salutation = checkText(contact.salutation ?? "-", MATTER_LIMITS.salutationLength);
    if (!salutation.ok) return salutation;
  }
  const texts = [text.value, contact?.salutation ?? ""];
  if (texts.flatMap((one) => inspect(one)).some(isForbidden)) return refuse("text-forbidden");
  const ofOther =
    ((draft.stopSigns?.length ?? 0) > 0 && kind !== "dispute") ||
    (draft.grade !== undefined && kind !== "hazard");
  if (ofOther) return refuse("of-other-kind", { kind });
  return accept({ ...draft, text: text.value });
}

/** An officer notes a matter that he heard or saw outside of a visit. */
export function raise(
  draft: MatterDraft,
  registration: Registration,
  context: RaisingContext,
): Result<readonly MatterChange[], MatterRefusal> {
  const { actor } = context;
  if (actor.role === "auxiliary") return refuse("sworn-officer-needed");
  if (!mayRaise(actor.role)) return refuse("not-permitted");
  const checked = checkDraft(draft, (text) => context.inspect(text));
  return checked.ok ? accept(register(checked.value, registration, context)) : checked;
}

/** The first events of a matter. The draft is one that `checkDraft` accepts. */
export function register(
  draft: MatterDraft,
  registration: Registration,
  work: Clockwork,
): readonly MatterChange[] {
  const registered: MatterChange = {
    type: "registered",
    id: draft.id,
    kind: draft.kind,
    subtype: draft.subtype,
    text: draft.text,
    placeId: draft.placeId,
    reporter: draft.reporter,
    feedback: draft.reporter === "officer" ? "none" : draft.feedback,
    anonymous: draft.anonymous === true,
    ...registration,
    grade: draft.kind === "hazard" ? (draft.grade ?? "ordinary") : null,
  };
  const stopSigns = draft.stopSigns ?? [];
  const changes: readonly MatterChange[] =
    stopSigns.length === 0
      ? [registered]
      : [registered, { type: "screened", stopSigns, way: wayFor(stopSigns) }];
  return withClocks(null, changes, registration.recipientId, work);
}
