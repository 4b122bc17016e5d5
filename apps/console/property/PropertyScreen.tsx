import { useQuery } from "@tanstack/react-query";
import type { PropertyRow } from "@wanjia/contract/property";
import { renderCount } from "@wanjia/domain/insight/rendering";
import { amountOf, CLASS_UNIT } from "@wanjia/domain/property/figures";
import { mayArrange } from "@wanjia/domain/property/policy";
import { ITEM_CLASSES, PROPERTY_STATES } from "@wanjia/domain/property/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatCount, formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { PropertyPage, StateChip, useItemName } from "./parts.tsx";
import { labelKey, usePropertyLabels, usePropertyWords } from "./words.ts";

export function PropertyScreen() {
  const words = usePropertyWords();
  const { role } = useSession();
  return (
    <PropertyPage
      lead={words("lead")}
      actions={mayArrange(role) && <Link to="/property/import">{words("import.open")}</Link>}
    >
      <ThisYear />
      <DataTable
        label={words("title")}
        columns={useColumns()}
        filters={useFilters()}
        source={api.property.list}
        rowKey={(row) => row.id}
        rowHref={(row) => `/property/${row.id}`}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
    </PropertyPage>
  );
}

function ThisYear() {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  const locale = currentLocale();
  const [today] = useState(() => localDate(Date.now()));
  const from = `${today.slice(0, 4)}-01-01`;
  const found = useQuery(api.property.figures.queryOptions({ input: { from, to: today } }));
  return (
    <Card title={words("figures.title")}>
      <p className="desk-lead">{words("figures.lead", { from: formatDay(from, locale) })}</p>
      <Loaded query={found}>
        {({ returned, byClass, medianDays, unclaimed }) => (
          <Facts
            items={[
              { label: words("figures.items"), value: formatCount(returned.items, locale) },
              { label: words("figures.value"), value: formatCount(returned.valueYuan, locale) },
              ...byClass.map((row) => ({
                label: labels(`itemClass.${row.itemClass}`),
                value: renderCount(
                  amountOf(row),
                  CLASS_UNIT[row.itemClass],
                  locale === "en" ? "en" : "zh",
                ),
              })),
              { label: words("figures.meetings"), value: formatCount(returned.meetings, locale) },
              { label: words("figures.days"), value: medianDays ?? "—" },
              {
                label: words("figures.unclaimed"),
                value: unclaimed.of === 0 ? "—" : words("figures.share", unclaimed),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

function useColumns(): readonly Column<PropertyRow>[] {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  const nameOf = useItemName();
  const locale = currentLocale();
  return useMemo(
    () => [
      {
        key: "number",
        title: words("column.number"),
        sortable: true,
        phone: "title",
        render: (row) => row.registerNo,
      },
      { key: "class", title: words("column.class"), width: 150, render: nameOf },
      {
        key: "band",
        title: words("column.band"),
        width: 140,
        render: (row) => labels(labelKey("band", row.band)),
      },
      {
        key: "state",
        title: words("column.state"),
        width: 150,
        render: (row) => <StateChip state={row.state} />,
      },
      {
        key: "due",
        title: words("column.due"),
        width: 150,
        sortable: true,
        render: (row) => (row.collectBy === null ? "—" : formatDay(row.collectBy, locale)),
      },
      {
        key: "slot",
        title: words("column.slot"),
        width: 190,
        render: (row) => (row.slotAt === null ? "—" : formatInstant(row.slotAt, locale)),
      },
      {
        key: "imported",
        title: words("column.imported"),
        width: 150,
        sortable: true,
        phone: "hidden",
        render: (row) => formatDay(localDate(row.importedAt), locale),
      },
    ],
    [words, labels, nameOf, locale],
  );
}

function useFilters(): readonly Filter[] {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  return useMemo(() => {
    const of = (group: "state" | "itemClass", values: readonly string[]) =>
      values.map((value) => ({ value, label: labels(labelKey(group, value)) }));
    return [
      {
        kind: "text",
        name: "number",
        label: words("filter.number"),
        placeholder: words("filter.number_hint"),
      },
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
        name: "due",
        label: words("filter.due"),
        options: (["overdue", "soon"] as const).map((value) => ({
          value,
          label: words(`filter.${value}`),
        })),
      },
      {
        kind: "choice",
        name: "state",
        label: words("column.state"),
        options: of("state", PROPERTY_STATES),
      },
      {
        kind: "choice",
        name: "itemClass",
        label: words("column.class"),
        options: of("itemClass", ITEM_CLASSES),
      },
    ];
  }, [words, labels]);
}
