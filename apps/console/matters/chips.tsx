import type { MatterRow } from "@wanjia/contract/matters";
import type { Instant } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { labelKey, useMatterLabels } from "./labels.ts";
import { type Due, dueTone, leftOf, stateTone } from "./view-model.ts";
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

/** What is left of a deadline: the colour of alarm for what is overdue only. */
export function LeftChip({ left }: { left: Due }) {
  const words = useMatterWords();
  if (left.kind === "none") return words("due.none");
  return (
    <StatusChip tone={dueTone(left)}>
      {words(`due.${left.kind}`, { ...left, count: "days" in left ? left.days : 0 })}
    </StatusChip>
  );
}

/** The next deadline of a matter, and what it is for; the day itself where nothing runs any more. */
export function NextDeadline({ matter, now }: { matter: MatterRow; now: Instant }) {
  const labels = useMatterLabels();
  const { next, dueOn } = matter;
  if (next === null) return dueOn === null ? "—" : formatDay(dueOn, currentLocale());
  return (
    <span className="matter-deadline">
      <LeftChip left={leftOf(next, now)} />
      <span className="desk-lead">
        {labels(`clock.${next.purpose}`)}
        {next.task !== null && ` · ${labels("command.supervise")}`}
      </span>
    </span>
  );
}
