import type { FindingState } from "@wanjia/domain/oversight/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { useOversightLabels } from "./words.ts";

export function StateChip({ state }: { state: FindingState }) {
  const labels = useOversightLabels();
  const ended = state === "accepted" || state === "upheld";
  return <StatusChip tone={ended ? "ended" : "again"}>{labels(`state.${state}`)}</StatusChip>;
}
