import type { MessageRow } from "@wanjia/contract/answers";
import { CHANNELS, MESSAGE_PURPOSES, MESSAGE_STATES } from "@wanjia/domain/answers/terms";
import { printNumber } from "@wanjia/domain/matters/number";
import { useMemo } from "react";
import { natureOf, useMatterLabels } from "../matters/labels.ts";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { MessageChip, useStanding } from "./parts.tsx";
import { labelKey, useAnswerLabels, useAnswerWords } from "./words.ts";
import "../matters/matters.css";
import { useUnits } from "../organisation/data.ts";

/** The outbox: everything that goes to residents, and what of it needs somebody. */
export function AnswersScreen() {
  const words = useAnswerWords();
  return (
    <Page title={words("title")} lead={words("lead")}>
      <DataTable
        label={words("title")}
        columns={useColumns()}
        filters={useFilters()}
        source={api.answers.list}
        rowKey={(row) => row.id}
        rowHref={(row) => `/answers/${row.id}`}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
    </Page>
  );
}

function useColumns(): readonly Column<MessageRow>[] {
  const words = useAnswerWords();
  const units = useUnits();
  const labels = useAnswerLabels();
  const matters = useMatterLabels();
  const standing = useStanding();
  const locale = currentLocale();
  return useMemo(
    () => [
      {
        key: "matter",
        title: words("column.matter"),
        phone: "title",
        render: (row) => `${printNumber(row.number)} ${natureOf(matters, { ...row, grade: null })}`,
      },
      {
        key: "purpose",
        title: words("column.purpose"),
        width: 110,
        render: (row) => labels(labelKey("purpose", row.purpose)),
      },
      {
        key: "channel",
        title: words("column.channel"),
        width: 90,
        render: (row) => labels(labelKey("channel", row.channel)),
      },
      {
        key: "state",
        title: words("column.state"),
        render: (row) => (
          <span className="matter-lead">
            <MessageChip message={row} />
            <span className="desk-lead">{standing(row)}</span>
          </span>
        ),
      },
      {
        key: "made",
        title: words("column.made"),
        width: 170,
        sortable: true,
        render: (row) => formatInstant(row.madeAt, locale),
      },
      {
        key: "station",
        title: words("column.station"),
        width: 120,
        phone: "hidden",
        render: (row) => units.said(row.stationName) ?? "—",
      },
    ],
    [words, labels, matters, units, standing, locale],
  );
}

function useFilters(): readonly Filter[] {
  const words = useAnswerWords();
  const labels = useAnswerLabels();
  return useMemo(() => {
    const of = (group: "state" | "channel" | "purpose", values: readonly string[]) =>
      values.map((value) => ({ value, label: labels(labelKey(group, value)) }));
    return [
      {
        kind: "choice",
        name: "todo",
        label: words("filter.todo"),
        options: [{ value: "true", label: words("filter.todo_only") }],
      },
      {
        kind: "choice",
        name: "state",
        label: words("column.state"),
        options: of("state", MESSAGE_STATES),
      },
      {
        kind: "choice",
        name: "channel",
        label: words("column.channel"),
        options: of("channel", CHANNELS),
      },
      {
        kind: "choice",
        name: "purpose",
        label: words("column.purpose"),
        options: of("purpose", MESSAGE_PURPOSES),
      },
    ];
  }, [words, labels]);
}
