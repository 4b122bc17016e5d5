import { mayManageOrganisation } from "@wanjia/domain/organisation/policy";
import { useMemo } from "react";
import { Link } from "react-router";
import { client } from "../shell/api.ts";
import type { Column } from "../shell/DataTable.tsx";
import { currentLocale, listComma } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { useSession } from "../shell/session.tsx";
import { loadUnits, useUnits, type Beat } from "./data.ts";
import { SelectField, TextField } from "./fields.tsx";
import { UnitList } from "./UnitList.tsx";
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
  const units = useUnits();
  const manages = mayManageOrganisation(useSession().role);
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
            .join(listComma()),
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
  return (
    <UnitList<Beat, Values>
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
      says={{
        add: words("beat.add"),
        edit: words("beat.edit"),
        empty: words("beat.empty"),
        emptyHint: words("beat.empty_hint"),
        saved: words("form.saved"),
      }}
      initial={(beat) => beat ?? {}}
      save={(values, id, before) =>
        // The outline is drawn on a screen of its own and goes through here unchanged.
        client.organisation.saveBeat({ ...values, id, outline: before?.outline ?? null })
      }
    >
      <SelectField name="stationId" label="station" options={units.stationOptions} />
      <TextField name="code" />
      <TextField name="name" />
      <TextField name="nameEn" label="name_en" />
    </UnitList>
  );
}
