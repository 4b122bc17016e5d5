import { useQuery } from "@tanstack/react-query";
import { mayVisit } from "@wanjia/domain/visits/policy";
import { DOOR_STATUSES, type DoorStatus } from "@wanjia/domain/visits/terms";
import { BuildingGrid, type Floor } from "@wanjia/ui/grid/BuildingGrid";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button, Drawer, Select } from "antd";
import { useMemo, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { api, type client } from "../shell/api.ts";
import { Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { useNarrow } from "../shell/use-media.ts";
import { useShellWords } from "../shell/words.ts";
import { useCampaignOptions } from "./VisitsScreen.tsx";
import { buildingGrid, countDoors, doorLabel, stillToVisit } from "./view-model.ts";
import { useVisitLabels, useVisitWords } from "./words.ts";

type Door = Awaited<ReturnType<typeof client.visits.doors>>["items"][number];

const NO_DOORS: readonly Door[] = [];

/** One building as officers see it, as of one campaign. */
export function BuildingScreen() {
  const { id = "" } = useParams();
  const words = useVisitWords();
  const labels = useVisitLabels();
  const shell = useShellWords();
  const [params, setParams] = useSearchParams();
  const campaigns = useCampaignOptions();
  const [open, setOpen] = useState<Door>();
  const campaignId = params.get("campaignId") ?? undefined;
  const onlyOpen = params.get("still") === "yes";
  const found = useQuery(
    api.visits.doors.queryOptions({ input: { id, ...(campaignId ? { campaignId } : {}) } }),
  );
  const place = useQuery(api.places.get.queryOptions({ input: { id } }));
  const doors = found.data?.items ?? NO_DOORS;
  const shown = useMemo(() => (onlyOpen ? doors.filter(stillToVisit) : doors), [doors, onlyOpen]);
  const grid = useMemo(() => buildingGrid(shown), [shown]);
  const counts = countDoors(doors);
  const floors = grid.floors.map<Floor>(({ floor, byEntrance }) => ({
    id: floor,
    label: floor === "" ? words("doors.no_floor") : words("doors.floor", { floor }),
    byEntrance: byEntrance.map((row) =>
      row.map((door) => ({
        id: door.placeId,
        label: doorLabel(door),
        tone: door.status,
        icon: door.status,
        word: labels(`status.${door.status}`),
        spoken: words("doors.spoken", {
          door: doorLabel(door),
          status: labels(`status.${door.status}`),
        }),
      })),
    ),
  }));
  const set = (name: string, value: string | undefined) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (value === undefined) next.delete(name);
      else next.set(name, value);
      return next;
    });
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <Page
      title={place.data?.fullText ?? words("doors.title")}
      back={{ to: `/places/${id}`, label: words("one.place") }}
      lead={found.data && words("doors.progress", counts)}
    >
      <div className="desk-tools">
        <Select
          className="desk-filter"
          aria-label={words("doors.campaign")}
          placeholder={words("doors.campaign")}
          allowClear
          popupMatchSelectWidth={false}
          value={campaignId ?? null}
          options={campaigns}
          onChange={(value: string | null | undefined) => set("campaignId", value ?? undefined)}
        />
        <Button aria-pressed={onlyOpen} onClick={() => set("still", onlyOpen ? undefined : "yes")}>
          {words(onlyOpen ? "doors.all" : "doors.filter")}
        </Button>
        <div className="desk-tools-end">
          <Legend />
        </div>
      </div>
      {!found.data ? (
        <p className="desk-waiting" role="status">
          {shell("list.loading")}
        </p>
      ) : doors.length === 0 ? (
        <div className="desk-empty" role="status">
          <p className="desk-empty-title">{words("doors.empty")}</p>
          <p>{words("doors.empty_hint")}</p>
        </div>
      ) : (
        <div className="desk-panel">
          <BuildingGrid
            label={words("doors.title")}
            entrances={grid.entrances.map((entrance) =>
              entrance === "" ? words("doors.no_entrance") : words("doors.entrance", { entrance }),
            )}
            floors={floors}
            onOpen={(placeId) => setOpen(doors.find((door) => door.placeId === placeId))}
          />
        </div>
      )}
      {open && <DoorDrawer door={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function Legend() {
  const words = useVisitWords();
  return (
    <ul className="desk-chips" aria-label={words("doors.legend")}>
      {DOOR_STATUSES.map((status) => (
        <li key={status}>
          <DoorChip status={status} />
        </li>
      ))}
    </ul>
  );
}

function DoorChip({ status }: { status: DoorStatus }) {
  const labels = useVisitLabels();
  return <StatusChip tone={status}>{labels(`status.${status}`)}</StatusChip>;
}

function DoorDrawer({ door, onClose }: { door: Door; onClose: () => void }) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const { role } = useSession();
  return (
    <Drawer open title={door.place} size={narrow ? "100%" : 400} onClose={onClose}>
      <div className="desk-stack">
        <div>
          <DoorChip status={door.status} />
        </div>
        {door.nextBand && <p>{words("doors.band", { band: labels(`band.${door.nextBand}`) })}</p>}
        <Button onClick={() => void navigate(`/visits?placeId=${door.placeId}`)}>
          {words("doors.visits")}
        </Button>
        {mayVisit(role, "record") && (
          <Button
            type="primary"
            onClick={() => void navigate(`/visits/new?placeId=${door.placeId}`)}
          >
            {words("doors.enter")}
          </Button>
        )}
      </div>
    </Drawer>
  );
}
