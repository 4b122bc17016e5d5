/** What can happen in a demo city. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { RecordVisit } from "@wanjia/domain/visits/terms";
import type { Command } from "@wanjia/sync/protocol";
import type { PlannedCampaign } from "./campaigns.ts";
import type { Errand } from "./errands.ts";
import type { MediationEvent } from "./mediations.ts";
import type { Step } from "./timeline.ts";

export type VisitCommand = Command<"visits.record", RecordVisit>;

/** What one phone sends at once. */
export interface Push {
  readonly kind: "push";
  readonly at: Instant;
  readonly author: Id;
  readonly commands: readonly VisitCommand[];
}

export type DemoEvent =
  | Push
  | { readonly kind: "open"; readonly at: Instant; readonly campaign: PlannedCampaign }
  | { readonly kind: "close"; readonly at: Instant; readonly campaign: PlannedCampaign }
  | { readonly kind: "step"; readonly at: Instant; readonly step: Step }
  | MediationEvent
  | Errand;
