import type { HazardStanding } from "@wanjia/domain/matters/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { useTranslation } from "@wanjia/ui/language/language";

/** Stands beside a hazard that may be a major one; the ordinary need no word. */
export function GradeChip({ grade }: { grade: HazardStanding | null }) {
  const { t } = useTranslation("matters");
  if (grade === null || grade === "ordinary") return null;
  return (
    <StatusChip tone="again" icon="hazard">
      {t(`said:matters.grade.${grade}`)}
    </StatusChip>
  );
}
