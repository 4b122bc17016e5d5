import { PLACE_KINDS, PLACE_STATUSES } from "@wanjia/domain/places/terms";
import { mayWithPlaces } from "@wanjia/domain/places/policy";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api } from "../shell/api.ts";
import { DataTable, type Column, type Filter } from "../shell/DataTable.tsx";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { TabLinks } from "../shell/TabLinks.tsx";
import { AddPlaceForm } from "./AddPlaceForm.tsx";
import type { PlaceRow } from "./data.ts";
import { ReassignForm } from "./ReassignForm.tsx";
import { statusTone } from "./view-model.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";

export function PlacesPage({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const words = usePlaceWords();
  return (
    <Page title={words("title")} lead={words("lead")} actions={actions}>
      <TabLinks
        label={words("tabs.label")}
        tabs={[
          { to: "/places", label: words("tabs.register"), end: true },
          { to: "/places/divisions", label: words("tabs.divisions") },
        ]}
      />
      {children}
    </Page>
  );
}

export function usePlaceColumns(): Column<PlaceRow>[] {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const units = useUnits();
  return useMemo(
    () => [
      {
        key: "address",
        title: words("field.address"),
        sortable: true,
        phone: "title",
        render: (place) => place.fullText,
      },
      {
        key: "kind",
        title: words("field.kind"),
        width: 110,
        render: (place) => labels(`kind.${place.kind}`),
      },
      {
        key: "status",
        title: words("field.status"),
        width: 120,
        render: (place) => (
          <StatusChip tone={statusTone(place.status)}>
            {labels(`status.${place.status}`)}
          </StatusChip>
        ),
      },
      {
        key: "beat",
        title: words("field.beat"),
        render: (place) => units.beatName(place.beatId) || units.stationName(place.stationId),
      },
      {
        key: "community",
        title: words("field.community"),
        phone: "hidden",
        render: (place) => units.communityName(place.communityId),
      },
    ],
    [words, labels, units],
  );
}

export function PlacesScreen() {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const navigate = useNavigate();
  const units = useUnits();
  const { role } = useSession();
  const columns = usePlaceColumns();
  const mayImport = mayWithPlaces(role, "import");
  const filters = useMemo<Filter[]>(
    () => [
      {
        kind: "text",
        name: "q",
        label: words("search"),
        placeholder: words("search_placeholder"),
      },
      {
        kind: "choice",
        name: "stationId",
        label: words("field.station"),
        options: units.stationOptions,
      },
      { kind: "choice", name: "beatId", label: words("field.beat"), options: units.beatOptions },
      {
        kind: "choice",
        name: "kind",
        label: words("field.kind"),
        options: PLACE_KINDS.map((kind) => ({ value: kind, label: labels(`kind.${kind}`) })),
      },
      {
        kind: "choice",
        name: "status",
        label: words("field.status"),
        options: PLACE_STATUSES.map((status) => ({
          value: status,
          label: labels(`status.${status}`),
        })),
      },
    ],
    [words, labels, units],
  );
  const [adding, setAdding] = useState(false);
  const [moving, setMoving] = useState<readonly PlaceRow[]>();
  const actions = (
    <>
      {mayWithPlaces(role, "add") && (
        <Button onClick={() => setAdding(true)}>{words("add.title")}</Button>
      )}
      {mayImport && (
        <Button type="primary" onClick={() => void navigate("/imports/new")}>
          {words("import")}
        </Button>
      )}
    </>
  );
  return (
    <PlacesPage actions={actions}>
      <DataTable
        label={words("title")}
        columns={columns}
        filters={filters}
        source={api.places.list}
        rowKey={(place) => place.id}
        rowHref={(place) => `/places/${place.id}`}
        {...(mayImport ? { exportPath: "/places/export" } : {})}
        empty={{
          title: words("empty"),
          hint: words("empty_hint"),
          action: <div className="desk-actions">{actions}</div>,
        }}
        {...(mayWithPlaces(role, "reassign")
          ? {
              bulk: (chosen: readonly PlaceRow[]) => (
                <Button onClick={() => setMoving(chosen)}>
                  {words("one.reassign_many", { count: chosen.length })}
                </Button>
              ),
            }
          : {})}
      />
      {adding && <AddPlaceForm onClose={() => setAdding(false)} />}
      {moving && <ReassignForm places={moving} onClose={() => setMoving(undefined)} />}
    </PlacesPage>
  );
}
