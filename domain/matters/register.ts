/** How a matter comes in: what a draft must hold, and the first events. */
import type { WorkCalendar } from "../shared/calendar.ts";
import type { Id } from "../shared/id.ts";
import { type Instant, localDate } from "../shared/instant.ts";
import { isPhone } from "../shared/phone.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { dueDate } from "./clocks.ts";
import { type MatterActor, mayRaise } from "./policy.ts";
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

/** Whether a matter can be noted like this. A matter without any contact is valid. */
export function checkDraft(draft: MatterDraft): Result<MatterDraft, MatterRefusal> {
  const subtypes: readonly string[] = MATTER_SUBTYPES[draft.kind];
  if (!subtypes.includes(draft.subtype)) return refuse("unknown-subtype");
  const text = checkText(draft.text, MATTER_LIMITS.textLength);
  if (!text.ok) return text;
  if (draft.contact !== undefined) {
    if (draft.anonymous === true) return refuse("contact-of-anonymous");
    const { phone } = draft.contact;
    if (phone !== undefined && !isPhone(phone)) return refuse("phone-invalid");
    const salutation = checkText(draft.contact.salutation ?? "-", MATTER_LIMITS.salutationLength);
    if (!salutation.ok) return salutation;
  }
  if ((draft.stopSigns?.length ?? 0) > 0 && draft.kind !== "dispute") {
    return refuse("of-other-kind", { kind: draft.kind });
  }
  return accept({ ...draft, text: text.value });
}

/** An officer notes a matter that he heard or saw outside of a visit. */
export function raise(
  draft: MatterDraft,
  registration: Registration,
  actor: MatterActor,
  now: Instant,
  calendar: WorkCalendar,
): Result<readonly MatterChange[], MatterRefusal> {
  if (actor.role === "auxiliary") return refuse("sworn-officer-needed");
  if (!mayRaise(actor.role)) return refuse("not-permitted");
  const checked = checkDraft(draft);
  return checked.ok ? accept(register(checked.value, registration, now, calendar)) : checked;
}

/** The first events of a matter. The draft is one that `checkDraft` accepts. */
export function register(
  draft: MatterDraft,
  registration: Registration,
  now: Instant,
  calendar: WorkCalendar,
): readonly MatterChange[] {
  const due = dueDate(draft.kind, localDate(now), calendar);
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
    dueOn: due?.dueOn ?? null,
    clock: due?.clock ?? null,
  };
  const stopSigns = draft.stopSigns ?? [];
  if (stopSigns.length === 0) return [registered];
  return [registered, { type: "screened", stopSigns, way: wayFor(stopSigns) }];
}
