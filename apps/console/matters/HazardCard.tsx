import { papersOf } from "@wanjia/contract/hazard-documents";
import type { MatterDetail } from "@wanjia/contract/matters";
import { printNumber } from "@wanjia/domain/matters/number";
import type { Instant } from "@wanjia/domain/shared/instant";
import { localDate } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Link } from "react-router";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card, Facts } from "../shell/Page.tsx";
import { labelKey, useMatterLabels } from "./labels.ts";
import { useMatterWords } from "./words.ts";

/** Who puts it right by when, who else was told, who looked, and the papers of it. */
export function HazardCard({ matter, now }: { matter: MatterDetail; now: Instant }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const locale = currentLocale();
  const { hazard, grade } = matter;
  if (hazard === null) return null;
  const { advice, transfer, recheck, confirmedAt, lot, earlier } = hazard;
  const late =
    advice !== null &&
    matter.resolvedAt === null &&
    advice.fixBy < localDate(now) &&
    !ended(matter);
  const papers = papersOf(matter);
  return (
    <Card title={words("hazard.title")}>
      <Facts
        items={[
          ...(grade === null
            ? []
            : [{ label: words("form.grade"), value: labels(labelKey("grade", grade)) }]),
          {
            label: words("form.party"),
            value: advice === null ? "—" : labels(labelKey("responsibleParty", advice.party)),
          },
          ...(advice === null
            ? []
            : [
                {
                  label: words("form.fix_by"),
                  value: (
                    <>
                      {formatDay(advice.fixBy, locale)}{" "}
                      {late && <StatusChip tone="alarm">{words("hazard.late")}</StatusChip>}
                    </>
                  ),
                },
              ]),
          ...(advice?.notice == null
            ? []
            : [
                {
                  label: words("form.notice_number"),
                  value: `${labels(labelKey("competentBody", advice.notice.body))} ${advice.notice.number}`,
                },
              ]),
          ...(transfer === null
            ? []
            : [
                {
                  label: words("hazard.transferred"),
                  value: [
                    labels(labelKey("competentBody", transfer.to)),
                    formatInstant(transfer.at, locale, now),
                    transfer.answeredAt === null
                      ? words("hazard.unanswered")
                      : (transfer.number ?? words("hazard.answered")),
                  ].join(" · "),
                },
              ]),
          ...(recheck === null
            ? []
            : [
                {
                  label: words("hazard.recheck"),
                  value: `${words(recheck.cleared ? "form.cleared_yes" : "form.cleared_no")} · ${formatInstant(recheck.at, locale, now)}`,
                },
              ]),
          ...(confirmedAt === undefined
            ? []
            : [
                {
                  label: words("hazard.confirmed"),
                  value: formatInstant(confirmedAt, locale, now),
                },
              ]),
          ...(lot === null
            ? []
            : [
                {
                  label: words("hazard.lot"),
                  value: words(
                    lot.stands === null
                      ? "hazard.lot_open"
                      : lot.stands
                        ? "form.stands_yes"
                        : "form.stands_no",
                  ),
                },
              ]),
          ...(earlier === null
            ? []
            : [
                {
                  label: words("hazard.earlier"),
                  value: <Link to={`/matters/${earlier.id}`}>{printNumber(earlier.number)}</Link>,
                },
              ]),
        ]}
      />
      {papers.length > 0 && (
        <ul className="matter-papers" aria-label={words("hazard.papers")}>
          {papers.map((kind) => (
            <li key={kind}>
              <Link to={`/matters/${matter.id}/papers/${kind}`}>
                {labels(labelKey("hazardPaper", kind))}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function ended({ disposition }: Pick<MatterDetail, "disposition">): boolean {
  return disposition !== null;
}
