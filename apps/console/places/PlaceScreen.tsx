import { useQuery } from "@tanstack/react-query";
import { mayWithPlaces } from "@wanjia/domain/places/policy";
import { ALIAS_KINDS, BUILDING_TYPES, ACCESS_KINDS } from "@wanjia/domain/places/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button, Form, Input, Select } from "antd";
import { Fragment, useState, type ReactNode } from "react";
import { Link, useParams } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api, client } from "../shell/api.ts";
import { DataTable } from "../shell/DataTable.tsx";
import { formatDay } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { useShellWords } from "../shell/words.ts";
import { usePlaceColumns } from "./PlacesScreen.tsx";
import { placesChanged, type Place } from "./data.ts";
import { PlaceActions } from "./PlaceActions.tsx";
import { PlacePlates } from "./PlacePlates.tsx";
import { statusTone } from "./view-model.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";

export function PlaceScreen() {
  const { id = "" } = useParams();
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const shell = useShellWords();
  const found = useQuery(api.places.get.queryOptions({ input: { id } }));
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  const place = found.data;
  const up = place.above.at(-1);
  return (
    <Page
      title={place.fullText}
      back={
        up
          ? { to: `/places/${up.id}`, label: up.fullText }
          : { to: "/places", label: words("title") }
      }
      lead={
        <span className="desk-actions">
          <span>{labels(`kind.${place.kind}`)}</span>
          <StatusChip tone={statusTone(place.status)}>
            {labels(`status.${place.status}`)}
          </StatusChip>
        </span>
      }
      actions={<PlaceActions place={place} />}
    >
      <Register place={place} />
      <Aliases place={place} />
      <PlacePlates place={place} />
      {place.below > 0 && <Below place={place} />}
    </Page>
  );
}

function Register({ place }: { place: Place }) {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const units = useUnits();
  const locale = currentLocale();
  const { buildingType, access, hasElevator, accessibleEntrance } = place.attributes;
  const items: { label: string; value: ReactNode }[] = [
    {
      label: words("one.above"),
      value:
        place.above.length === 0
          ? "—"
          : place.above.map((one, at) => (
              <Fragment key={one.id}>
                {at > 0 && " › "}
                <Link to={`/places/${one.id}`}>{one.fullText}</Link>
              </Fragment>
            )),
    },
    { label: words("field.station"), value: units.stationName(place.stationId) },
    { label: words("field.beat"), value: units.beatName(place.beatId) || "—" },
    { label: words("field.community"), value: units.communityName(place.communityId) || "—" },
    { label: words("field.grid"), value: units.gridName(place.gridId) || "—" },
    { label: words("field.use"), value: place.use ? labels(`use.${place.use}`) : "—" },
    { label: words("field.std_code"), value: place.stdCode ?? "—" },
    { label: words("field.valid_from"), value: formatDay(place.validFrom, locale) },
  ];
  const type = BUILDING_TYPES.find((known) => known === buildingType);
  const way = ACCESS_KINDS.find((known) => known === access);
  if (type)
    items.push({ label: words("field.building_type"), value: words(`building_type.${type}`) });
  if (way) items.push({ label: words("field.access"), value: words(`access.${way}`) });
  if (typeof hasElevator === "boolean") {
    items.push({ label: words("field.elevator"), value: words(hasElevator ? "yes" : "no") });
  }
  if (typeof accessibleEntrance === "boolean") {
    items.push({
      label: words("field.accessible"),
      value: words(accessibleEntrance ? "yes" : "no"),
    });
  }
  if (place.validTo !== null) {
    items.push({ label: words("field.valid_to"), value: formatDay(place.validTo, locale) });
  }
  if (place.replacedBy.length > 0) {
    items.push({
      label: words("field.replaced_by"),
      value: place.replacedBy.map((id, at) => (
        <Fragment key={id}>
          {at > 0 && "、"}
          <PlaceLink id={id} />
        </Fragment>
      )),
    });
  }
  return (
    <Card title={words("one.history")}>
      <Facts items={items} />
    </Card>
  );
}

function PlaceLink({ id }: { id: string }) {
  const found = useQuery(api.places.get.queryOptions({ input: { id } }));
  return <Link to={`/places/${id}`}>{found.data?.fullText ?? "…"}</Link>;
}

function Aliases({ place }: { place: Place }) {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const { message } = App.useApp();
  const { role } = useSession();
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title={words("one.aliases")}
      actions={
        mayWithPlaces(role, "rename") && (
          <Button onClick={() => setAdding(true)}>{words("one.add_alias")}</Button>
        )
      }
    >
      {place.aliases.length === 0 ? (
        <p className="desk-lead">{words("one.no_alias")}</p>
      ) : (
        <Facts
          items={place.aliases.map((alias) => ({
            label: labels(`aliasKind.${alias.kind}`),
            value: alias.text,
          }))}
        />
      )}
      {adding && (
        <FormDrawer<{ text: string; kind: (typeof ALIAS_KINDS)[number] }>
          title={words("one.add_alias")}
          submit={words("one.add_alias")}
          initial={{ kind: "colloquial" }}
          onClose={() => setAdding(false)}
          onSubmit={async (values) => {
            await client.places.addAlias({ ...values, id: place.id });
            await placesChanged();
            message.success(words("one.alias_added"));
          }}
        >
          <Form.Item
            name="text"
            label={words("field.alias")}
            rules={[{ required: true, whitespace: true, message: words("field.alias") }]}
          >
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="kind" label={words("field.alias_kind")}>
            <Select
              options={ALIAS_KINDS.map((kind) => ({
                value: kind,
                label: labels(`aliasKind.${kind}`),
              }))}
            />
          </Form.Item>
        </FormDrawer>
      )}
    </Card>
  );
}

function Below({ place }: { place: Place }) {
  const words = usePlaceWords();
  const columns = usePlaceColumns();
  return (
    <Card title={words("one.below")}>
      <DataTable
        label={`${words("one.below")} ${place.fullText}`}
        columns={columns}
        source={api.places.list}
        fixed={{ parentId: place.id }}
        rowKey={(row) => row.id}
        rowHref={(row) => `/places/${row.id}`}
        empty={{ title: words("one.below_empty"), hint: words("one.below_empty_hint") }}
      />
    </Card>
  );
}
