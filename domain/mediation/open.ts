/** Opening a mediation of a dispute. */
import { contactRefusal } from "../shared/contact.ts";
import type { Id } from "../shared/id.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { mayOpen, type MediationActor } from "./policy.ts";
import {
  MEDIATION_LIMITS,
  type MediationChange,
  type MediationForm,
  type MediationRefusal,
  SIDE_KEYS,
  type SidePart,
} from "./terms.ts";

/** The dispute as far as opening a mediation needs to know it. */
export interface DisputeToMediate {
  readonly id: Id;
  readonly kind: string;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly responsibleId: Id;
  readonly ended: boolean;
  /** Null before screening. */
  readonly suitable: boolean | null;
}

export interface SideDraft {
  readonly part: SidePart;
  /** How the side may be reached for this mediation. */
  readonly contact?:
    | {
        readonly phone?: string | undefined;
        readonly salutation?: string | undefined;
        readonly consent: boolean;
      }
    | undefined;
}

export interface MediationDraft {
  readonly id: Id;
  readonly form: MediationForm;
  /** 甲方 first. */
  readonly sides: readonly SideDraft[];
  /** The mediation whose dispute has come back. */
  readonly earlierId?: Id | undefined;
}

/** Longest salutation (`李女士`), as with matters. */
const SALUTATION_LENGTH = 10;

/**
 * Opens a mediation by whoever answers for the dispute.
 *
 * Refuses what is no dispute, what was not screened (`screening-needed`), what a stop sign keeps from
 * mediation (`mediation-stopped`), and a second one beside one that runs (`mediation-runs`).
 * Source: 人民调解法 3, 17; domain.md §4.4.
 */
export function open(
  draft: MediationDraft,
  dispute: DisputeToMediate,
  context: {
    readonly actor: MediationActor;
    readonly running: boolean;
    readonly earlierId: Id | null;
    readonly forbidden: (text: string) => boolean;
  },
): Result<readonly MediationChange[], MediationRefusal> {
  const { actor } = context;
  if (!mayOpen(actor.role)) return refuse("not-permitted");
  if (dispute.kind !== "dispute") return refuse("of-other-kind", { kind: dispute.kind });
  if (dispute.responsibleId !== actor.memberId) return refuse("not-responsible");
  if (dispute.suitable === null) return refuse("screening-needed");
  if (!dispute.suitable) return refuse("mediation-stopped");
  if (dispute.ended) return refuse("wrong-state", { state: "ended" });
  if (context.running) return refuse("mediation-runs");
  const { sides, form } = draft;
  if (sides.length < 2 || sides.length > MEDIATION_LIMITS.sides) return refuse("sides-malformed");
  for (const { contact } of sides) {
    if (contact === undefined) continue;
    const refusal = contactRefusal(contact, true);
    if (refusal !== null) return refuse(refusal);
    const salutation = contact.salutation ?? "";
    if (salutation.length > SALUTATION_LENGTH) {
      return refuse("text-too-long", { limit: SALUTATION_LENGTH });
    }
    if (context.forbidden(salutation)) return refuse("text-forbidden");
  }
  const { id: matterId, stationId, beatId } = dispute;
  return accept([
    {
      type: "opened",
      id: draft.id,
      matterId,
      stationId,
      beatId,
      earlierId: draft.earlierId ?? context.earlierId,
      form,
      sides: sides.flatMap(({ part }, index) => {
        const key = SIDE_KEYS[index];
        return key === undefined ? [] : [{ key, part }];
      }),
      officerId: actor.memberId,
    },
  ]);
}
