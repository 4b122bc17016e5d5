import { useMemo } from "react";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { localSource } from "../shell/local-source.ts";
import { loadUnits, useUnits, type Grid } from "./data.ts";
import { OrganisationPage } from "./OrganisationPage.tsx";
import { useOrganisationWords } from "./words.ts";

const source = localSource<Grid>(["organisation", "grids"], {
  load: async () => (await loadUnits()).grids,
  text: (grid) => `${grid.name} ${grid.code}`,
  filters: { beatId: (grid, value) => grid.beatId === value },
  sorts: { name: (grid) => grid.name, code: (grid) => grid.code },
});

export function GridsScreen() {
  const words = useOrganisationWords();
  const units = useUnits();
  const columns = useMemo<Column<Grid>[]>(
    () => [
      {
        key: "name",
        title: words("field.name"),
        sortable: true,
        phone: "title",
        render: (grid) => grid.name,
      },
      { key: "code", title: words("field.code"), sortable: true, render: (grid) => grid.code },
      {
        key: "communityId",
        title: words("field.community"),
        render: (grid) => units.communityName(grid.communityId),
      },
      { key: "beatId", title: words("field.beat"), render: (grid) => units.beatName(grid.beatId) },
    ],
    [words, units],
  );
  return (
    <OrganisationPage>
      <DataTable
        label={words("tabs.grids")}
        columns={columns}
        filters={[
          {
            kind: "text",
            name: "q",
            label: words("field.search_units"),
            placeholder: words("field.search_units"),
          },
          {
            kind: "choice",
            name: "beatId",
            label: words("field.beat"),
            options: units.beatOptions,
          },
        ]}
        source={source}
        rowKey={(grid) => grid.id}
        empty={{ title: words("grid.empty"), hint: words("grid.empty_hint") }}
      />
    </OrganisationPage>
  );
}
