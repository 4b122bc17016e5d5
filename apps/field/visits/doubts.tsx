import { useTranslation } from "@wanjia/ui/language/language";
import { doubts } from "./draft.ts";

/** The warning under a free text, if there is reason for one. */
export function useDoubts(text: string): string | undefined {
  const { t } = useTranslation("said");
  const found = doubts(text);
  return found.length === 0
    ? undefined
    : found.map((kind) => t(`privacy.finding.${kind}`)).join(" ");
}
