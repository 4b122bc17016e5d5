import { useMemo } from "react";
import { client } from "../shell/api.ts";
import { DataTable, type Column, type Filter } from "../shell/DataTable.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale, listComma } from "../shell/language.ts";
import { localPage } from "../shell/local-source.ts";
import type { ListInput } from "../shell/url-state.ts";
import { PlacesPage } from "./PlacesScreen.tsx";
import { usePlaceLabels, usePlaceWords } from "./words.ts";

type Division = Awaited<ReturnType<typeof client.places.divisions>>["items"][number];

const source = {
  call: async (input: ListInput) => {
    const { on, parent } = input;
    const { items } = await client.places.divisions({
      ...(typeof on === "string" ? { on } : {}),
      ...(typeof parent === "string" ? { parent } : {}),
    });
    return localPage(items, input, {
      text: (division) => `${division.name} ${division.code}`,
      sorts: { code: (division) => division.code, name: (division) => division.name },
    });
  },
  queryKey: ({ input }: { input: ListInput }) => [["places", "division-list"], { input }],
};

export function DivisionsScreen() {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const locale = currentLocale();
  const filters = useMemo<Filter[]>(
    () => [
      {
        kind: "text",
        name: "q",
        label: words("divisions.name"),
        placeholder: words("divisions.name"),
      },
      { kind: "date", name: "on", label: words("divisions.on") },
      {
        kind: "link",
        name: "parent",
        label: words("field.parent"),
        say: (code) => code,
      },
    ],
    [words],
  );
  const columns = useMemo<Column<Division>[]>(
    () => [
      {
        key: "name",
        title: words("divisions.name"),
        sortable: true,
        phone: "title",
        render: (row) => row.name,
      },
      { key: "code", title: words("divisions.code"), sortable: true, render: (row) => row.code },
      {
        key: "level",
        title: words("divisions.level"),
        render: (row) => labels(`divisionLevel.${row.level}`),
      },
      {
        key: "class",
        title: words("divisions.class"),
        phone: "hidden",
        render: (row) => row.urbanRuralClass ?? "",
      },
      {
        key: "from",
        title: words("divisions.from"),
        render: (row) => formatDay(row.validFrom, locale),
      },
      {
        key: "to",
        title: words("divisions.to"),
        render: (row) => (row.validTo === null ? "" : formatDay(row.validTo, locale)),
      },
      {
        key: "successors",
        title: words("divisions.successors"),
        render: (row) => row.successors.join(listComma()),
      },
    ],
    [words, labels, locale],
  );
  return (
    <PlacesPage>
      <p className="desk-lead">{words("divisions.lead")}</p>
      <DataTable
        label={words("tabs.divisions")}
        columns={columns}
        filters={filters}
        source={source}
        rowKey={(row) => `${row.code} ${row.validFrom}`}
        rowHref={(row) => `/places/divisions?parent=${row.code}`}
        empty={{ title: words("divisions.empty"), hint: words("divisions.empty_hint") }}
      />
    </PlacesPage>
  );
}
