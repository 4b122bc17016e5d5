import { REFERRAL_PROGRESS, type ReferralRow } from "@wanjia/contract/referrals";
import { printNumber } from "@wanjia/domain/matters/number";
import { localDate } from "@wanjia/domain/shared/instant";
import { useMemo, useState } from "react";
import { labelKey, subtypeKey, useMatterLabels } from "../matters/labels.ts";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { ReferralDue, ReferralState } from "./chips.tsx";
import { useReferralLabels } from "./labels.ts";
import { useReferralWords } from "./words.ts";

/** A partner's list of work. */
export function ReferralsScreen() {
  const words = useReferralWords();
  return (
    <Page title={words("title")} lead={words("lead")}>
      <DataTable
        label={words("title")}
        columns={useColumns()}
        filters={useFilters()}
        source={api.referrals.list}
        rowKey={(row) => row.id}
        rowHref={(row) => `/referrals/${row.id}`}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
    </Page>
  );
}

function useColumns(): readonly Column<ReferralRow>[] {
  const words = useReferralWords();
  const labels = useReferralLabels();
  const matters = useMatterLabels();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  return useMemo(
    () =>
      [
        {
          key: "number",
          title: words("number"),
          width: 110,
          phone: "line",
          render: (row) => printNumber(row.number),
        },
        {
          key: "kind",
          title: words("kind"),
          phone: "title",
          render: (row) =>
            `${matters(labelKey("kind", row.kind))} · ${matters(subtypeKey(row.kind, row.subtype))}`,
        },
        { key: "place", title: labels("place"), render: (row) => row.place },
        {
          key: "state",
          title: words("state"),
          width: 130,
          render: (row) => <ReferralState state={row.state} />,
        },
        {
          key: "due",
          title: labels("due"),
          width: 230,
          render: (row) => <ReferralDue referral={row} now={now} />,
        },
        {
          key: "sent",
          title: labels("sent"),
          width: 130,
          sortable: true,
          phone: "hidden",
          render: (row) => formatDay(localDate(row.sentAt), locale, now),
        },
      ] satisfies Column<ReferralRow>[],
    [words, labels, matters, locale, now],
  );
}

function useFilters(): readonly Filter[] {
  const words = useReferralWords();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "progress",
        label: words("progress"),
        options: REFERRAL_PROGRESS.map((value) => ({ value, label: words(value) })),
      },
    ],
    [words],
  );
}
