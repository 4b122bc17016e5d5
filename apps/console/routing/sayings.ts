import type { RoutingRuleRow, RoutingTargetRow } from "@wanjia/contract/routing";
import { ROUTING_VERDICTS, type RoutingTally } from "@wanjia/domain/routing/terms";
import { useCallback } from "react";
import { labelKey, subtypeKey, useMatterLabels } from "../matters/labels.ts";
import { usePlaceLabels } from "../places/words.ts";
import { useRoutingWords } from "./words.ts";
import { useUnits } from "../organisation/data.ts";
import { withNote } from "../shell/language.ts";

/** A rule's conditions in one line: 安全隐患 · 燃气异味 · 东亭社区. */
export function useConditions(): (rule: RoutingRuleRow) => string {
  const words = useRoutingWords();
  const units = useUnits();
  const labels = useMatterLabels();
  const places = usePlaceLabels();
  return useCallback(
    ({ when: { kind, subtype, grade, placeKind }, stationName, communityName }) => {
      const parts = [
        kind === null ? null : labels(labelKey("kind", kind)),
        kind === null || subtype === null ? null : labels(subtypeKey(kind, subtype)),
        grade === null ? null : labels(labelKey("grade", grade)),
        placeKind === null ? null : places(`kind.${placeKind}`),
        communityName ?? units.said(stationName),
      ].filter((part) => part !== null);
      return parts.length === 0 ? words("any") : parts.join(" · ");
    },
    [words, labels, places, units],
  );
}

export function useTarget(): (target: RoutingTargetRow) => string {
  const words = useRoutingWords();
  return useCallback(
    ({ to, name, gone }) => {
      if (to === "station") return words("station");
      return gone ? withNote(name ?? "—", words("gone")) : (name ?? "—");
    },
    [words],
  );
}

/** 去向一致 31 · 去向不同 4 · … */
export function useTally(): (tally: RoutingTally) => string {
  const words = useRoutingWords();
  return useCallback(
    (tally) =>
      ROUTING_VERDICTS.map((verdict) => `${words(`verdict.${verdict}`)} ${tally[verdict]}`).join(
        " · ",
      ),
    [words],
  );
}
