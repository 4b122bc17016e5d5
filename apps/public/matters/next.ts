import { localDate } from "@wanjia/domain/shared/instant";
import { dayOf } from "../receipts/dates.ts";
import { fill, type Locale } from "../shell/language.ts";
import type { FollowedMatter } from "./view-model.ts";
import type { useResidentLabels } from "./words.ts";

/** What comes next and by when; a day beyond the holidays that are announced can't be told yet. */
export function nextSaid(
  { purpose, dueAt }: NonNullable<FollowedMatter["next"]>,
  { next, next_undated }: Pick<ReturnType<typeof useResidentLabels>, "next" | "next_undated">,
  locale: Locale,
): string {
  const what = next[purpose];
  return dueAt === null
    ? fill(next_undated, { what })
    : `${what} ${dayOf(localDate(dueAt - 1), locale)}`;
}
