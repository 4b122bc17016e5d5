import type { MatterRow } from "@wanjia/contract/matters";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { labelKey, useMatterLabels } from "./labels.ts";
import { dueOf, dueTone, stateTone } from "./view-model.ts";
import { useMatterWords } from "./words.ts";
import "./matters.css";

export function StateChip({ matter }: { matter: Pick<MatterRow, "state" | "disposition"> }) {
  const labels = useMatterLabels();
  const { state, disposition } = matter;
  return (
    <StatusChip tone={stateTone(matter)}>
      {disposition === null
        ? labels(labelKey("state", state))
        : labels(labelKey("disposition", disposition))}
    </StatusChip>
  );
}

/** What is left of the limit; the day itself where nothing runs any more. */
export function DueChip({
  matter,
  today,
}: {
  matter: Pick<MatterRow, "dueOn" | "disposition">;
  today: LocalDate;
}) {
  const words = useMatterWords();
  const due = dueOf(matter, today);
  if (due === null) {
    return matter.dueOn === null ? "—" : formatDay(matter.dueOn, currentLocale());
  }
  if (due.kind === "none") return words("due.none");
  return (
    <StatusChip tone={dueTone(due)}>
      {due.kind === "today" ? words("due.today") : words(`due.${due.kind}`, { days: due.days })}
    </StatusChip>
  );
}
