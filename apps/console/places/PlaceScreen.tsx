import { useQuery } from "@tanstack/react-query";
import { printedPlateCode } from "@wanjia/domain/places/plate";
import { mayWithPlaces } from "@wanjia/domain/places/policy";
import { ALIAS_KINDS, BUILDING_TYPES, ACCESS_KINDS } from "@wanjia/domain/places/terms";
import { mayVisit } from "@wanjia/domain/visits/policy";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button, Form, Input, Select } from "antd";
import { Fragment, useState, type ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { today, useUnits } from "../organisation/data.ts";
import { api, API_URL, client, queryClient } from "../shell/api.ts";
import { DataTable } from "../shell/DataTable.tsx";
import { formatDay, formatInstant } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { Problem, useFailureSentence } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { useShellWords } from "../shell/words.ts";
import { usePlaceColumns } from "./PlacesScreen.tsx";
import { PlaceSelect } from "./PlaceSelect.tsx";
import { elementFields, elementsOf, statusTone, type ElementField } from "./view-model.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";

type Place = Awaited<ReturnType<typeof client.places.get>>;

async function placesChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.places.key() });
}

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
      actions={<Actions place={place} />}
    >
      <Register place={place} />
      <Aliases place={place} />
      <Plates place={place} />
      {place.below > 0 && <Below place={place} />}
    </Page>
  );
}

function Actions({ place }: { place: Place }) {
  const words = usePlaceWords();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const sentence = useFailureSentence();
  const { role } = useSession();
  const [open, setOpen] = useState<"rename" | "cancel" | "merge">();
  const living = place.status === "created" || place.status === "confirmed";
  const confirm = async () => {
    try {
      await client.places.confirm({ id: place.id });
      await placesChanged();
      message.success(words("one.confirmed"));
    } catch (error) {
      message.error(sentence(error));
    }
  };
  return (
    <>
      {place.buildingId !== null && mayVisit(role, "see_doors") && (
        <Button onClick={() => void navigate(`/buildings/${place.buildingId}`)}>
          {words("one.doors")}
        </Button>
      )}
      {mayVisit(role, "list") && (
        <Button
          onClick={() =>
            void navigate(
              place.kind === "building"
                ? `/visits?buildingId=${place.id}`
                : `/visits?placeId=${place.id}`,
            )
          }
        >
          {words("one.visits")}
        </Button>
      )}
      {living && place.status === "created" && mayWithPlaces(role, "confirm") && (
        <Button onClick={() => void confirm()}>{words("one.confirm")}</Button>
      )}
      {living && mayWithPlaces(role, "rename") && (
        <Button onClick={() => setOpen("rename")}>{words("one.rename")}</Button>
      )}
      {living && mayWithPlaces(role, "end") && (
        <>
          <Button onClick={() => setOpen("merge")}>{words("one.merge")}</Button>
          <Button danger onClick={() => setOpen("cancel")}>
            {words("one.cancel")}
          </Button>
        </>
      )}
      {open === "rename" && <RenameForm place={place} onClose={() => setOpen(undefined)} />}
      {open === "cancel" && <CancelForm place={place} onClose={() => setOpen(undefined)} />}
      {open === "merge" && <MergeForm place={place} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function RenameForm({ place, onClose }: { place: Place; onClose: () => void }) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  return (
    <FormDrawer<Partial<Record<ElementField, string>>>
      title={words("one.rename")}
      hint={words("one.rename_hint")}
      submit={words("one.rename")}
      initial={elementsOf(place)}
      onClose={onClose}
      onSubmit={async (values) => {
        await client.places.rename({ id: place.id, elements: elementsOf(values) });
        await placesChanged();
        message.success(words("one.renamed"));
      }}
    >
      {elementFields.map((field) => (
        <Form.Item key={field} name={field} label={words(`field.kinds.${field}`)}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      ))}
    </FormDrawer>
  );
}

function DayField() {
  const words = usePlaceWords();
  return (
    <Form.Item
      name="on"
      label={words("field.on")}
      rules={[{ required: true, message: words("field.on") }]}
    >
      <Input type="date" />
    </Form.Item>
  );
}

function CancelForm({ place, onClose }: { place: Place; onClose: () => void }) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  return (
    <FormDrawer<{ on: string }>
      title={words("one.cancel_title")}
      hint={words("one.cancel_text")}
      submit={words("one.cancel")}
      danger
      initial={{ on: today() }}
      onClose={onClose}
      onSubmit={async ({ on }) => {
        await client.places.cancel({ id: place.id, on });
        await placesChanged();
        message.success(words("one.cancelled"));
      }}
    >
      <DayField />
    </FormDrawer>
  );
}

function MergeForm({ place, onClose }: { place: Place; onClose: () => void }) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  const [into, setInto] = useState<string>();
  return (
    <FormDrawer<{ on: string; into: string }>
      title={words("one.merge_title")}
      hint={words("one.merge_text")}
      submit={words("one.merge")}
      danger
      initial={{ on: today() }}
      onClose={onClose}
      onSubmit={async ({ on }) => {
        if (into === undefined) return;
        await client.places.merge({ id: place.id, into, on });
        await placesChanged();
        message.success(words("one.merged"));
      }}
    >
      <Form.Item label={words("field.into")} htmlFor="merge-into" required>
        <PlaceSelect id="merge-into" value={into} onChange={setInto} />
      </Form.Item>
      <DayField />
    </FormDrawer>
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

function Plates({ place }: { place: Place }) {
  const words = usePlaceWords();
  const { message, modal } = App.useApp();
  const sentence = useFailureSentence();
  const { role } = useSession();
  const locale = currentLocale();
  const [busy, setBusy] = useState(false);
  const may = mayWithPlaces(role, "issuePlate");
  const living = place.status === "created" || place.status === "confirmed";
  const issue = async () => {
    setBusy(true);
    try {
      await client.places.issuePlate({ id: place.id });
      await placesChanged();
      message.success(words("one.issued"));
    } catch (error) {
      message.error(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  const withdraw = (code: string) =>
    modal.confirm({
      title: words("one.withdraw_title"),
      content: words("one.withdraw_text"),
      okText: words("one.withdraw"),
      okButtonProps: { danger: true },
      onOk: async () => {
        await client.places.withdrawPlate({ code });
        await placesChanged();
        message.success(words("one.withdraw_done"));
      },
    });
  return (
    <Card
      title={words("one.plates")}
      actions={
        may && (
          <div className="desk-actions">
            <Button href={`${API_URL}/places/${place.id}/plate-sheet`} target="_blank">
              {words("one.sheet")}
            </Button>
            {living && (
              <Button type="primary" loading={busy} onClick={() => void issue()}>
                {words("one.issue")}
              </Button>
            )}
          </div>
        )
      }
    >
      {place.plates.length === 0 ? (
        <p className="desk-lead">{words("one.no_plate")}</p>
      ) : (
        <ul className="desk-rows">
          {place.plates.map((plate) => (
            <li key={plate.id}>
              <code>{printedPlateCode(plate.id)}</code>
              <span>{words("one.issued_at", { at: formatInstant(plate.issuedAt, locale) })}</span>
              {plate.withdrawnAt !== null ? (
                <StatusChip tone="ended">{words("one.withdrawn")}</StatusChip>
              ) : (
                <a
                  href={`${API_URL}/places/plates/${plate.id}/qr.svg`}
                  target="_blank"
                  rel="noreferrer"
                >
                  {words("one.qr")}
                </a>
              )}
              {may && plate.withdrawnAt === null ? (
                <Button onClick={() => withdraw(plate.id)}>{words("one.withdraw")}</Button>
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
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
