import { useQuery } from "@tanstack/react-query";
import type { TipRow } from "@wanjia/contract/tips";
import { TIP_CATEGORIES, TIP_STATES, TIP_TODOS } from "@wanjia/domain/tips/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { useMemo, useState } from "react";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatCount, formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { KeepingCard } from "./KeepingCard.tsx";
import { OpeningCard } from "./OpeningCard.tsx";
import { useOpened } from "./opened.ts";
import { TipDrawer } from "./TipDrawer.tsx";
import { useTipLabels, useTipWords } from "./words.ts";
import "./tips.css";

/** How often the desk looks whether another keeper asked or agreed. */
const LOOK_MS = 3000;

/** Where a receiving unit's keepers open, take over and answer. */
export function TipDesk() {
  const words = useTipWords();
  const desk = useQuery(api.tips.desk.queryOptions({ refetchInterval: LOOK_MS, staleTime: 0 }));
  const opened = useOpened();
  const [looking, setLooking] = useState<string>();
  const columns = useColumns();
  const filters = useFilters();
  const units = desk.data?.units ?? [];
  return (
    <Page title={words("title")} lead={words("lead")}>
      <Loaded query={desk}>
        {() =>
          units.length === 0 ? (
            <div className="desk-empty" role="status">
              <p className="desk-empty-title">{words("no_unit")}</p>
              <p>{words("no_unit_hint")}</p>
            </div>
          ) : (
            <>
              {units.map((unit) => (
                <div key={unit.id} className="tip-unit">
                  <OpeningCard unit={unit} opened={opened} />
                  <KeepingCard unit={unit} />
                </div>
              ))}
              <DataTable
                label={words("list")}
                columns={columns}
                filters={filters}
                source={api.tips.list}
                rowKey={({ id }) => id}
                onOpen={(row) => setLooking(row.id)}
                empty={{ title: words("empty"), hint: words("empty_hint") }}
              />
              <Figures />
            </>
          )
        }
      </Loaded>
      {looking !== undefined && (
        <TipDrawer id={looking} opened={opened} onClose={() => setLooking(undefined)} />
      )}
    </Page>
  );
}

function useColumns(): readonly Column<TipRow>[] {
  const words = useTipWords();
  const labels = useTipLabels();
  const locale = currentLocale();
  return useMemo(
    () => [
      {
        key: "category",
        title: words("column.category"),
        phone: "title",
        render: (row) => labels(`category.${row.category}`),
      },
      {
        key: "received",
        title: words("column.received"),
        sortable: true,
        render: (row) => formatInstant(row.receivedAt, locale),
      },
      {
        key: "state",
        title: words("column.state"),
        render: (row) => (
          <StatusChip tone={row.state === "received" ? "again" : "met"}>
            {labels(`state.${row.state}`)}
          </StatusChip>
        ),
      },
      {
        key: "answer",
        title: words("column.answer"),
        render: (row) => words(row.wantsAnswer ? "yes" : "no"),
      },
      {
        key: "routed",
        title: words("column.routed"),
        render: (row) => (row.routedAt === null ? "—" : formatDay(localDate(row.routedAt), locale)),
      },
      {
        key: "key",
        title: words("column.key"),
        render: (row) => words("key_number", { number: row.keyNumber }),
      },
    ],
    [words, labels, locale],
  );
}

function useFilters(): readonly Filter[] {
  const words = useTipWords();
  const labels = useTipLabels();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "todo",
        label: words("filter.todo"),
        options: TIP_TODOS.map((value) => ({ value, label: words(`todo.${value}`) })),
      },
      {
        kind: "choice",
        name: "state",
        label: words("filter.state"),
        options: TIP_STATES.map((value) => ({ value, label: labels(`state.${value}`) })),
      },
      {
        kind: "choice",
        name: "category",
        label: words("filter.category"),
        options: TIP_CATEGORIES.map((value) => ({ value, label: labels(`category.${value}`) })),
      },
    ],
    [words, labels],
  );
}

function Figures() {
  const words = useTipWords();
  const locale = currentLocale();
  const { data } = useQuery(api.tips.figures.queryOptions());
  if (data === undefined) return null;
  const count = (value: number | null) =>
    value === null ? words("figures.few") : formatCount(value, locale);
  return (
    <Card title={words("figures.title")}>
      <Facts
        items={[
          { label: words("figures.received"), value: count(data.received) },
          { label: words("figures.routed"), value: count(data.routed) },
          { label: words("figures.hours"), value: count(data.medianHoursToRoute) },
          {
            label: words("figures.feedback"),
            value:
              data.feedbackRate === null
                ? words("figures.few")
                : `${Math.floor(data.feedbackRate * 100)}%`,
          },
        ]}
      />
    </Card>
  );
}
