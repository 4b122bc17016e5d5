import { mayManageOrganisation } from "@wanjia/domain/organisation/policy";
import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { client } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { newId } from "../shell/new-id.ts";
import { useSession } from "../shell/session.tsx";
import { loadUnits, organisationChanged, useUnits, type Beat } from "./data.ts";
import { SelectField, TextField } from "./fields.tsx";
import { OrganisationPage } from "./OrganisationPage.tsx";
import { useOrganisationWords } from "./words.ts";

const source = localSource<Beat>(["organisation", "beats"], {
  load: async () => (await loadUnits()).beats,
  text: (beat) => `${beat.name} ${beat.nameEn} ${beat.code}`,
  filters: { stationId: (beat, value) => beat.stationId === value },
  sorts: { name: (beat) => beat.name, code: (beat) => beat.code },
});

type Values = Pick<Beat, "stationId" | "code" | "name" | "nameEn">;

export function BeatsScreen() {
  const words = useOrganisationWords();
  const { message } = App.useApp();
  const units = useUnits();
  const manages = mayManageOrganisation(useSession().role);
  const [editing, setEditing] = useState<Beat | "new">();
  const english = currentLocale() === "en";
  const columns = useMemo<Column<Beat>[]>(
    () => [
      {
        key: "name",
        title: words("field.name"),
        sortable: true,
        phone: "title",
        render: (beat) => (english ? beat.nameEn : beat.name),
      },
      { key: "code", title: words("field.code"), sortable: true, render: (beat) => beat.code },
      {
        key: "stationId",
        title: words("field.station"),
        render: (beat) => units.stationName(beat.stationId),
      },
      {
        key: "communities",
        title: words("field.communities"),
        render: (beat) =>
          units.communities
            .filter((community) => community.beatId === beat.id)
            .map((community) => community.name)
            .join("、"),
      },
      {
        key: "outline",
        title: words("outline.field"),
        width: 130,
        render: (beat) => {
          const said = words(beat.outline === null ? "outline.not_drawn" : "outline.drawn");
          return manages ? <Link to={`/organisation/beats/${beat.id}/outline`}>{said}</Link> : said;
        },
      },
    ],
    [words, english, units, manages],
  );
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {words("beat.add")}
    </Button>
  );
  return (
    <OrganisationPage actions={manages && add}>
      <DataTable
        label={words("tabs.beats")}
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
            name: "stationId",
            label: words("field.station"),
            options: units.stationOptions,
          },
        ]}
        source={source}
        rowKey={(beat) => beat.id}
        {...(manages ? { onOpen: setEditing } : {})}
        empty={{
          title: words("beat.empty"),
          hint: words("beat.empty_hint"),
          action: manages && add,
        }}
      />
      {editing && (
        <FormDrawer<Values>
          title={words(editing === "new" ? "beat.add" : "beat.edit")}
          submit={words(editing === "new" ? "beat.add" : "beat.edit")}
          {...(editing === "new" ? {} : { initial: editing })}
          onClose={() => setEditing(undefined)}
          onSubmit={async (values) => {
            await client.organisation.saveBeat({
              ...values,
              id: editing === "new" ? newId() : editing.id,
              // The outline is drawn on a screen of its own and goes through here unchanged.
              outline: editing === "new" ? null : editing.outline,
            });
            await organisationChanged();
            message.success(words("form.saved"));
          }}
        >
          <SelectField name="stationId" label="station" options={units.stationOptions} />
          <TextField name="code" />
          <TextField name="name" />
          <TextField name="nameEn" label="name_en" />
        </FormDrawer>
      )}
    </OrganisationPage>
  );
}
