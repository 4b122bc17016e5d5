import type { MediationRow } from "@wanjia/contract/mediation";
import { printNumber } from "@wanjia/domain/matters/number";
import { DUE_STEPS } from "@wanjia/domain/mediation/due";
import { maySeeRooms } from "@wanjia/domain/mediation/policy";
import { MEDIATION_FORMS, MEDIATION_STATES } from "@wanjia/domain/mediation/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { useMatterLabels, subtypeKey } from "../matters/labels.ts";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { DueChip, StateChip } from "./chips.tsx";
import { labelKey, useMediationLabels } from "./labels.ts";
import { useMediationWords } from "./words.ts";

export function MediationsScreen() {
  const words = useMediationWords();
  const session = useSession();
  return (
    <Page
      title={words("title")}
      lead={words("lead")}
      {...(maySeeRooms(session.role)
        ? { actions: <Link to="/mediations/rooms">{words("rooms.title")}</Link> }
        : {})}
    >
      <DataTable
        label={words("title")}
        columns={useColumns()}
        filters={useFilters()}
        source={api.mediation.list}
        rowKey={(row) => row.id}
        rowHref={(row) => `/mediations/${row.id}`}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
    </Page>
  );
}

function useColumns(): readonly Column<MediationRow>[] {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const matters = useMatterLabels();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  return useMemo(() => {
    const today = localDate(now);
    return [
      {
        key: "number",
        title: words("column.number"),
        width: 120,
        phone: "line",
        render: (row) => (row.matterNumber === null ? "—" : printNumber(row.matterNumber)),
      },
      {
        key: "subtype",
        title: words("column.subtype"),
        phone: "title",
        render: (row) =>
          row.subtype === null
            ? labels(labelKey("form", row.form))
            : matters(subtypeKey("dispute", row.subtype)),
      },
      {
        key: "form",
        title: words("column.form"),
        width: 110,
        phone: "hidden",
        render: (row) => labels(labelKey("form", row.form)),
      },
      {
        key: "state",
        title: words("column.state"),
        width: 190,
        render: (row) => <StateChip mediation={row} />,
      },
      {
        key: "step",
        title: words("column.next"),
        width: 140,
        render: (row) => (row.nextStep === null ? "—" : labels(labelKey("nextStep", row.nextStep))),
      },
      {
        key: "next",
        title: words("column.due"),
        width: 160,
        sortable: true,
        render: (row) => <DueChip on={row.nextOn} today={today} />,
      },
      {
        key: "opened",
        title: words("column.opened"),
        width: 140,
        sortable: true,
        phone: "hidden",
        render: (row) => formatDay(localDate(row.openedAt), locale, now),
      },
    ] satisfies Column<MediationRow>[];
  }, [words, labels, matters, locale, now]);
}

function useFilters(): readonly Filter[] {
  const words = useMediationWords();
  const labels = useMediationLabels();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "progress",
        label: words("filter.progress"),
        options: (["open", "ended"] as const).map((value) => ({
          value,
          label: words(`filter.${value}`),
        })),
      },
      {
        kind: "choice",
        name: "next",
        label: words("column.next"),
        options: DUE_STEPS.map((value) => ({ value, label: labels(labelKey("nextStep", value)) })),
      },
      {
        kind: "choice",
        name: "due",
        label: words("filter.due"),
        options: (["overdue", "today", "soon"] as const).map((value) => ({
          value,
          label: words(`filter.${value}`),
        })),
      },
      {
        kind: "choice",
        name: "state",
        label: words("column.state"),
        options: MEDIATION_STATES.map((value) => ({
          value,
          label: labels(labelKey("state", value)),
        })),
      },
      {
        kind: "choice",
        name: "form",
        label: words("column.form"),
        options: MEDIATION_FORMS.map((value) => ({
          value,
          label: labels(labelKey("form", value)),
        })),
      },
    ],
    [words, labels],
  );
}
