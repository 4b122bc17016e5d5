import { useMemo } from "react";
import { client } from "../shell/api.ts";
import type { Column } from "../shell/DataTable.tsx";
import { currentLocale } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { loadUnits, useUnits, type Station } from "./data.ts";
import { TextField } from "./fields.tsx";
import { UnitList } from "./UnitList.tsx";
import { useOrganisationWords } from "./words.ts";

const source = localSource<Station>(["organisation", "stations"], {
  load: async () => (await loadUnits()).stations,
  text: (station) => `${station.name} ${station.nameEn} ${station.code}`,
  sorts: {
    name: (station) => station.name,
    code: (station) => station.code,
  },
});

/** 113.8126, 34.0217 */
const POINT = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,2}(?:\.\d+)?)\s*$/u;

type StationValues = Omit<Station, "id" | "point"> & { readonly where?: string };

function whereText(point: Station["point"]): string {
  return point === null ? "" : `${point.lon}, ${point.lat}`;
}

function pointOf(where = ""): Station["point"] {
  const [, lon, lat] = POINT.exec(where) ?? [];
  return lon === undefined || lat === undefined ? null : { lon: Number(lon), lat: Number(lat) };
}

export function StationsScreen() {
  const words = useOrganisationWords();
  const units = useUnits();
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
  return (
    <UnitList<Station, StationValues>
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
      says={{
        add: words("station.add"),
        edit: words("station.edit"),
        empty: words("station.empty"),
        emptyHint: words("station.empty_hint"),
        saved: words("station.added"),
      }}
      initial={(station) =>
        station === null || station === undefined
          ? { address: "" }
          : { ...station, where: whereText(station.point) }
      }
      save={({ where, ...values }, id) =>
        client.organisation.saveStation({ ...values, point: pointOf(where), id })
      }
    >
      <TextField name="code" hint={words("station.code_hint")} pattern={/^[0-9A-Z]{12}$/} />
      <TextField name="name" />
      <TextField name="nameEn" label="name_en" />
      <TextField name="shortName" label="short_name" />
      <TextField name="dutyPhone" label="duty_phone" />
      <TextField name="address" optional />
      <TextField name="where" optional hint={words("station.where_hint")} pattern={POINT} />
    </UnitList>
  );
}
