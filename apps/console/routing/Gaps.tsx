import type { RoutingRuleRow } from "@wanjia/contract/routing";
import { gapsOf } from "@wanjia/domain/routing/rules";
import { MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { labelKey, subtypeKey, useMatterLabels } from "../matters/labels.ts";
import { Card } from "../shell/Page.tsx";
import { useRoutingWords } from "./words.ts";

/** The kinds of matters for which no rule says everywhere whose they are. */
export function Gaps({ rules }: { rules: readonly RoutingRuleRow[] }) {
  const words = useRoutingWords();
  const labels = useMatterLabels();
  const gaps = gapsOf(rules);
  if (gaps.length === 0) return <p>{words("gaps.none")}</p>;
  return (
    <Card title={words("gaps.title")}>
      <p className="desk-lead">{words("gaps.hint")}</p>
      <ul className="routing-gaps">
        {gaps.map(({ kind, subtypes }) => (
          <li key={kind}>
            {subtypes.length === MATTER_SUBTYPES[kind].length
              ? words("gaps.whole", { kind: labels(labelKey("kind", kind)) })
              : words("gaps.some", {
                  kind: labels(labelKey("kind", kind)),
                  subtypes: subtypes.map((one) => labels(subtypeKey(kind, one))).join("、"),
                })}
          </li>
        ))}
      </ul>
    </Card>
  );
}
