import type { MediationRow } from "@wanjia/contract/mediation";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { labelKey, useMediationLabels } from "./labels.ts";
import { dueTone, stateTone } from "./view-model.ts";

export function StateChip({ mediation }: { mediation: Pick<MediationRow, "state" | "ending"> }) {
  const labels = useMediationLabels();
  const { state, ending } = mediation;
  return (
    <StatusChip tone={stateTone(mediation)}>
      {ending === null ? labels(labelKey("state", state)) : labels(labelKey("ending", ending))}
    </StatusChip>
  );
}

/** The day of the next step, loud when it has passed. */
export function DueChip({ on, today }: { on: LocalDate | null; today: LocalDate }) {
  if (on === null) return "—";
  return <StatusChip tone={dueTone(on, today)}>{formatDay(on, currentLocale())}</StatusChip>;
}
