import { mayManageOrganisation } from "@wanjia/domain/organisation/policy";
import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { client } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { newId } from "../shell/new-id.ts";
import { useSession } from "../shell/session.tsx";
import { loadUnits, organisationChanged, useUnits, type Station } from "./data.ts";
import { TextField } from "./fields.tsx";
import { OrganisationPage } from "./OrganisationPage.tsx";
import { useOrganisationWords } from "./words.ts";

const source = localSource<Station>(["organisation", "stations"], {
  load: async () => (await loadUnits()).stations,
  text: (station) => `${station.name} ${station.nameEn} ${station.code}`,
  sorts: {
    name: (station) => station.name,
    code: (station) => station.code,
  },
});

export function StationsScreen() {
  const words = useOrganisationWords();
  const { message } = App.useApp();
  const units = useUnits();
  const manages = mayManageOrganisation(useSession().role);
  const [editing, setEditing] = useState<Station | "new">();
  const english = currentLocale() === "en";
  const columns = useMemo<Column<Station>[]>(
    () => [
      {
        key: "name",
        title: words("field.name"),
        sortable: true,
        phone: "title",
        render: (station) => (english ? station.nameEn : station.name),
      },
      { key: "code", title: words("field.code"), sortable: true, render: (row) => row.code },
      { key: "phone", title: words("field.duty_phone"), render: (row) => row.dutyPhone },
      { key: "address", title: words("field.address"), render: (row) => row.address },
      {
        key: "beats",
        title: words("field.beats"),
        align: "right",
        width: 110,
        render: (row) => units.beats.filter((beat) => beat.stationId === row.id).length,
      },
      {
        key: "communities",
        title: words("field.communities"),
        align: "right",
        width: 130,
        render: (row) =>
          units.communities.filter((community) => community.stationId === row.id).length,
      },
    ],
    [words, english, units],
  );
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {words("station.add")}
    </Button>
  );
  return (
    <OrganisationPage actions={manages && add}>
      <DataTable
        label={words("tabs.stations")}
        columns={columns}
        filters={[
          {
            kind: "text",
            name: "q",
            label: words("field.search_units"),
            placeholder: words("field.search_units"),
          },
        ]}
        source={source}
        rowKey={(row) => row.id}
        {...(manages ? { onOpen: setEditing } : {})}
        empty={{
          title: words("station.empty"),
          hint: words("station.empty_hint"),
          action: manages && add,
        }}
      />
      {editing && (
        <FormDrawer<Omit<Station, "id">>
          title={words(editing === "new" ? "station.add" : "station.edit")}
          submit={words(editing === "new" ? "station.add" : "station.edit")}
          initial={editing === "new" ? { address: "" } : editing}
          onClose={() => setEditing(undefined)}
          onSubmit={async (values) => {
            const id = editing === "new" ? newId() : editing.id;
            await client.organisation.saveStation({ ...values, id });
            await organisationChanged();
            message.success(words("station.added"));
          }}
        >
          <TextField name="code" hint={words("station.code_hint")} pattern={/^[0-9A-Z]{12}$/} />
          <TextField name="name" />
          <TextField name="nameEn" label="name_en" />
          <TextField name="shortName" label="short_name" />
          <TextField name="dutyPhone" label="duty_phone" />
          <TextField name="address" optional />
        </FormDrawer>
      )}
    </OrganisationPage>
  );
}
