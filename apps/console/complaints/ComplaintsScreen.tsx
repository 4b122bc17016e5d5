import type { ComplaintRow } from "@wanjia/contract/complaints";
import { COMPLAINT_KINDS, COMPLAINT_STATES } from "@wanjia/domain/complaints/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { Icon } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { UnitsCard } from "./UnitsCard.tsx";
import { RaiseForm } from "./RaiseForm.tsx";
import { useComplaintLabels, useComplaintWords } from "./words.ts";
import { useUnits } from "../organisation/data.ts";

/** What somebody has to do next stands first. */
export function ComplaintsScreen() {
  const words = useComplaintWords();
  const [raising, setRaising] = useState(false);
  const columns = useColumns();
  const filters = useFilters();
  return (
    <Page
      title={words("title")}
      lead={words("lead")}
      actions={
        <Button type="primary" icon={<Icon name="add" size={1} />} onClick={() => setRaising(true)}>
          {words("raise.title")}
        </Button>
      }
    >
      <DataTable
        label={words("title")}
        columns={columns}
        filters={filters}
        source={api.complaints.list}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/complaints/${id}`}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
      <UnitsCard />
      {raising && <RaiseForm onClose={() => setRaising(false)} />}
    </Page>
  );
}

/** When the next step is due, and that it is late. */
export function Due({ row }: { row: Pick<ComplaintRow, "dueAt" | "state"> }) {
  const words = useComplaintWords();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  // While the complainant may still ask for a review, nobody is late.
  if (row.dueAt === null || row.state === "answered") return words("none");
  const time = formatInstant(row.dueAt, locale, now);
  if (row.dueAt >= now) return time;
  return <StatusChip tone="alarm">{words("overdue", { time })}</StatusChip>;
}

function useColumns(): readonly Column<ComplaintRow>[] {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const units = useUnits();
  const locale = currentLocale();
  return useMemo(
    () => [
      {
        key: "kind",
        title: words("column.kind"),
        phone: "title",
        render: (row) => labels(`kind.${row.kind}`),
      },
      {
        key: "about",
        title: words("column.about"),
        render: (row) => units.said(row.stationName) ?? labels(`about.${row.about}`),
      },
      {
        key: "state",
        title: words("column.state"),
        render: (row) => (
          <StatusChip tone={row.state === "closed" ? "ended" : "primary"}>
            {labels(`state.${row.state}`)}
          </StatusChip>
        ),
      },
      {
        key: "due",
        title: words("column.due"),
        sortable: true,
        render: (row) => <Due row={row} />,
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
        render: (row) => labels(`origin.${row.origin}`),
      },
    ],
    [words, labels, units, locale],
  );
}

function useFilters(): readonly Filter[] {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "progress",
        label: words("filter.progress"),
        options: (["open", "overdue", "ended"] as const).map((value) => ({
          value,
          label: words(`filter.${value}`),
        })),
      },
      {
        kind: "choice",
        name: "state",
        label: words("filter.state"),
        options: COMPLAINT_STATES.map((value) => ({ value, label: labels(`state.${value}`) })),
      },
      {
        kind: "choice",
        name: "kind",
        label: words("filter.kind"),
        options: COMPLAINT_KINDS.map((value) => ({ value, label: labels(`kind.${value}`) })),
      },
    ],
    [words, labels],
  );
}
