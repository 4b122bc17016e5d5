import type { DataRequestRow } from "@wanjia/contract/data-requests";
import { mayTypeRequest } from "@wanjia/domain/privacy/requests";
import { DATA_REQUEST_KINDS } from "@wanjia/domain/privacy/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { Icon } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { PaperForm } from "../intake/PaperForm.tsx";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { usePrivacyLabels, useRequestWords } from "./words.ts";

/** What is asked about one's own data; what is due first stands first. */
export function RequestsScreen() {
  const words = useRequestWords();
  const { role } = useSession();
  const [typing, setTyping] = useState(false);
  return (
    <Page
      title={words("title")}
      lead={words("lead")}
      actions={
        mayTypeRequest(role) && (
          <Button
            type="primary"
            icon={<Icon name="edit" size={1} />}
            onClick={() => setTyping(true)}
          >
            {words("paper")}
          </Button>
        )
      }
    >
      <DataTable
        label={words("title")}
        columns={useColumns()}
        filters={useFilters()}
        source={api.dataRequests.list}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/data-requests/${id}`}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
      {typing && <PaperForm errand="data_request" onClose={() => setTyping(false)} />}
    </Page>
  );
}

/** Where a request stands: answered, waiting with its last day, or late. */
export function RequestState({ row }: { row: Pick<DataRequestRow, "decision" | "dueAt"> }) {
  const words = useRequestWords();
  const labels = usePrivacyLabels();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  if (row.decision !== null) {
    return <StatusChip tone="met">{labels(`decision.${row.decision}`)}</StatusChip>;
  }
  if (row.dueAt !== null && row.dueAt <= now) {
    const day = formatDay(localDate(row.dueAt - 1), locale);
    return <StatusChip tone="alarm">{words("overdue", { day })}</StatusChip>;
  }
  return <StatusChip tone="again">{words("open")}</StatusChip>;
}

function useColumns(): readonly Column<DataRequestRow>[] {
  const words = useRequestWords();
  const labels = usePrivacyLabels();
  const locale = currentLocale();
  return useMemo(
    () => [
      {
        key: "kind",
        title: words("column.kind"),
        phone: "title",
        render: (row) => labels(`request.${row.kind}`),
      },
      {
        key: "subject",
        title: words("column.subject"),
        render: (row) => labels(`subject.${row.subjectKind}`),
      },
      {
        key: "state",
        title: words("column.state"),
        render: (row) => <RequestState row={row} />,
      },
      {
        key: "due",
        title: words("column.due"),
        sortable: true,
        render: (row) =>
          row.dueAt === null ? words("none") : formatDay(localDate(row.dueAt - 1), locale),
      },
      {
        key: "received",
        title: words("column.received"),
        sortable: true,
        render: (row) => formatDay(localDate(row.receivedAt), locale),
      },
      {
        key: "origin",
        title: words("column.origin"),
        phone: "hidden",
        render: (row) => labels(`requestOrigin.${row.origin}`),
      },
    ],
    [words, labels, locale],
  );
}

function useFilters(): readonly Filter[] {
  const words = useRequestWords();
  const labels = usePrivacyLabels();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "progress",
        label: words("filter.progress"),
        options: (["open", "overdue", "decided"] as const).map((value) => ({
          value,
          label: words(`filter.${value}`),
        })),
      },
      {
        kind: "choice",
        name: "kind",
        label: words("filter.kind"),
        options: DATA_REQUEST_KINDS.map((value) => ({ value, label: labels(`request.${value}`) })),
      },
    ],
    [words, labels],
  );
}
