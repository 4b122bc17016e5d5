/** What the rules of a visit are told beside the door and the command. Pure: the caller brings it. */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { Finding } from "../privacy/terms.ts";
import { LIVING_STATUSES, VISITABLE_KINDS, type VisitableKind } from "../places/terms.ts";
import type { FormDefinition } from "./form-definition.ts";
import type { VisitRefusal } from "./terms.ts";

/** A place as the rules need it. */
export interface VisitPlace {
  readonly id: Id;
  readonly kind: string;
  readonly status: string;
  readonly buildingId: Id;
  readonly communityId: Id | null;
  readonly stationId: Id;
  readonly beatId: Id | null;
}

/** All that the rules need to know beside the door and the command. Pure: the caller brings it. */
export interface VisitContext {
  /** Id of the command; the visit's id. */
  readonly id: Id;
  readonly now: Instant;
  /** The device's clock when the officer confirmed, and the same moment by the server's clock. */
  readonly at: Instant;
  readonly correctedAt: Instant;
  /** Entered at a desk: times are as written on the paper, the author need not have been there. */
  readonly atDesk: boolean;
  /** Version of the door that the officer was looking at, as last pulled from the server. */
  readonly base: number | null;
  readonly author: Id;
  /** Beats to which the author is posted; `all` when the posting is to a station or the bureau. */
  readonly beatIds: readonly Id[] | "all";
  readonly place: VisitPlace | undefined;
  /** A member of the bureau, or undefined. */
  member(id: Id): { readonly sworn: boolean } | undefined;
  /** Open campaigns that a visit to this place at this time counts for (campaigns/rules.ts). */
  campaignsAt(place: VisitPlace, at: Instant): readonly Id[];
  /** Campaigns that still take late visits. */
  readonly alive: ReadonlySet<Id>;
  /** Leaflets that open campaigns hand out; null where that isn't known. */
  readonly leafletCodes: ReadonlySet<string> | null;
  form(code: string, version: number): FormDefinition | undefined;
  /** The note detector (privacy/inspect.ts): what in a text should not stand there. */
  inspect(text: string): readonly Finding[];
  /** Whether one of the campaigns has an approved sampling plan. */
  samplingPlan(campaignIds: readonly Id[]): boolean;
}

export type Answer<T> = Result<T, VisitRefusal>;

/** A refusal, or null where nothing speaks against it. */
export type No = ReturnType<typeof refuse<VisitRefusal>> | null;

type VisitablePlace = VisitPlace & { readonly kind: VisitableKind };

export function visitablePlace(place: VisitPlace | undefined): Answer<VisitablePlace> {
  if (place === undefined) return refuse("place-unknown");
  if (!isVisitable(place)) return refuse("place-not-visitable");
  return LIVING_STATUSES.some((status) => status === place.status)
    ? accept(place)
    : refuse("place-cancelled");
}

function isVisitable(place: VisitPlace): place is VisitablePlace {
  return VISITABLE_KINDS.some((kind) => kind === place.kind);
}
