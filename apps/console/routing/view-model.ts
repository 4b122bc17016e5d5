import type { RoutingRuleRow, RoutingTrial } from "@wanjia/contract/routing";
import type { RoutingConditions } from "@wanjia/domain/routing/terms";
import type { client } from "../shell/api.ts";

/** What the form holds: an empty choice is undefined. */
export interface RuleValues {
  readonly kind?: RoutingConditions["kind"];
  readonly subtype?: RoutingConditions["subtype"];
  readonly grade?: RoutingConditions["grade"];
  readonly placeKind?: RoutingConditions["placeKind"];
  readonly stationId?: string | null;
  readonly communityId?: string | null;
  readonly to: "station" | "unit" | "partner";
  readonly id?: string | null;
  readonly basis?: string;
}

export type RuleInput = Parameters<typeof client.routing.saveRule>[0];

export function ruleValues({ when, target, basis }: RoutingRuleRow): RuleValues {
  const chosen = Object.fromEntries(Object.entries(when).filter(([, value]) => value !== null));
  return { ...chosen, to: target.to, ...(target.id === null ? {} : { id: target.id }), basis };
}

/** What is chosen and asked for; what no longer fits what was chosen above it is left out. */
export function ruleInput(number: number | null, values: RuleValues): RuleInput {
  const kind = values.kind ?? null;
  return {
    number,
    when: {
      kind,
      subtype: kind === null ? null : (values.subtype ?? null),
      grade: kind === "hazard" ? (values.grade ?? null) : null,
      placeKind: values.placeKind ?? null,
      stationId: values.stationId ?? null,
      communityId: values.communityId ?? null,
    },
    target: { to: values.to, id: values.to === "station" ? null : (values.id ?? null) },
    basis: values.basis ?? "",
  };
}

type TrialRow = RoutingTrial["rows"][number];
const WORTH_A_LOOK: readonly TrialRow["verdict"][] = ["other", "uncovered"];

/** What goes elsewhere or nowhere comes first: it is what a trial is for. */
export function trialRows(rows: readonly TrialRow[], onlyOther: boolean): readonly TrialRow[] {
  const looked = rows.filter(({ verdict }) => WORTH_A_LOOK.includes(verdict));
  if (onlyOther) return looked;
  return [...looked, ...rows.filter(({ verdict }) => !WORTH_A_LOOK.includes(verdict))];
}
