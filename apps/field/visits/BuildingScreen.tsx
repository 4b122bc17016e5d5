import { memo, useCallback, useMemo, useState } from "react";
import { BuildingGrid, type Floor, type Tile } from "@wanjia/ui/grid/BuildingGrid";
import { Button } from "@wanjia/ui/form/Button";
import { Progress } from "@wanjia/ui/figures/Figure";
import { Icon, type IconName } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { useTranslation } from "@wanjia/ui/language/language";
import { DOOR_STATUSES, type DoorStatus } from "@wanjia/domain/visits/terms";
import type { PlaceKind } from "@wanjia/domain/places/terms";
import { back, go } from "../shell/navigation.tsx";
import { Page } from "../shell/Page.tsx";
import type { Mine, Pack } from "../shell/records.ts";
import { Sheet } from "../shell/Sheet.tsx";
import { useFromStore, useNow, useStored, useWork } from "../shell/work.tsx";
import { DoorSheet } from "./DoorSheet.tsx";
import { endOfToday } from "./building-list.ts";
import { buildingView, type BuildingView } from "./building-view.ts";
import { plannedDoors } from "../planning/rest-of-day.ts";
import { useWalks } from "../planning/walks.ts";
import { doorLabel } from "./names.ts";
import { seeDoors, surroundings, type SeenDoor } from "./view-model.ts";
import { nextAttempt } from "@wanjia/domain/visits/door";

export type BlockContent = { readonly pack: Pack; readonly mine: readonly Mine[] };

/** A building's doors with what this phone recorded on top; null when it isn't here. */
export function useBlock(key: string): BlockContent | null | undefined {
  return useStored(
    async ({ store }) => {
      const pack = await store.pack(key);
      return pack ? { pack, mine: await store.mine(key) } : null;
    },
    ["block", key],
  );
}

export function BuildingScreen({ blockKey, doorId }: { blockKey: string; doorId: string | null }) {
  const { t } = useTranslation("visits");
  const { store } = useWork();
  const now = useNow();
  const [onlyToMeet, setOnlyToMeet] = useState(false);
  const [legend, setLegend] = useState(false);
  const content = useBlock(blockKey);
  const { title, subtitle } = store.titleOf(blockKey);
  const context = useFromStore(({ context: current }) => current);
  const doors = useMemo(
    () => (content ? seeDoors(content.pack, content.mine, surroundings(context), now) : []),
    [content, context, now],
  );
  const walks = useWalks();
  const planned = useMemo(() => plannedDoors(walks, blockKey, now), [walks, blockKey, now]);
  const view = useMemo(
    () => buildingView(doors, now, onlyToMeet, planned),
    [doors, now, onlyToMeet, planned],
  );
  const onOpen = useCallback((id: string) => go(["building", blockKey], { door: id }), [blockKey]);
  if (content === undefined) {
    return (
      <Page title={title} backTo={[]}>
        <div className="grid-shape" aria-busy="true" />
      </Page>
    );
  }
  if (content === null) {
    return (
      <Page title={title} backTo={[]}>
        <p className="empty">{t("grid.missing")}</p>
      </Page>
    );
  }
  const open = doors.find(({ place }) => place.id === doorId);
  return (
    <Page
      title={title}
      subtitle={subtitle}
      backTo={[]}
      wide
      foot={
        <div className="row spread">
          <Button aria-pressed={onlyToMeet} onClick={() => setOnlyToMeet(!onlyToMeet)}>
            {onlyToMeet ? t("grid.all") : t("grid.onlyToMeet")}
          </Button>
          <Button look="quiet" icon="info" onClick={() => setLegend(true)}>
            {t("grid.legend")}
          </Button>
        </div>
      }
    >
      <GridProgress title={title} view={view} doors={doors} now={now} />
      {planned.length > 0 && <NextDoor doors={doors} planned={planned} onOpen={onOpen} />}
      {view.floors.length > 0 && <Grid title={title} view={view} onOpen={onOpen} />}
      {view.rows.length > 0 && (
        <ul className="rows">
          {view.rows.map((door) => (
            <li key={door.place.id}>
              <RowButton door={door} view={view} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      )}
      {view.floors.length + view.rows.length === 0 && (
        <p className="empty">{t("grid.nothingToMeet")}</p>
      )}
      {legend && (
        <Sheet title={t("grid.legend")} onClose={() => setLegend(false)}>
          <ul className="legend">
            {DOOR_STATUSES.map((status) => (
              <li key={status}>
                <StatusChip tone={status}>{t(`status.${status}`)}</StatusChip>
                <span>{t(`statusLong.${status}`)}</span>
              </li>
            ))}
            <li>{t(planned.length > 0 ? "grid.nextPlanned" : "grid.next")}</li>
            <li>{t("grid.pending")}</li>
          </ul>
        </Sheet>
      )}
      {open && (
        <DoorSheet
          key={open.place.id}
          content={content}
          door={open}
          onClose={() => back(["building", blockKey])}
        />
      )}
    </Page>
  );
}

/** The walk's next door, by name and one tap away. */
function NextDoor({
  doors,
  planned: [first],
  onOpen,
}: {
  doors: readonly SeenDoor[];
  planned: readonly string[];
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation("visits");
  const next = doors.find(({ place }) => place.id === first);
  if (next === undefined) return null;
  return (
    <Button block icon="forward" onClick={() => onOpen(next.place.id)}>
      {t("grid.goNext", { door: doorLabel(next.place) })}
    </Button>
  );
}

type Translate = ReturnType<typeof useTranslation>["t"];

/** Drawn again only when a door is another; opening one of them leaves the grid as it is. */
const Grid = memo(function Grid({
  title,
  view,
  onOpen,
}: {
  title: string;
  view: BuildingView;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation("visits");
  const words = statusWords(t);
  return (
    <BuildingGrid
      label={t("grid.label", { title })}
      entrances={view.entrances.map((entrance) =>
        entrance ? t("grid.entrance", { entrance }) : "",
      )}
      floors={view.floors.map(({ id, floor, byEntrance }): Floor => ({
        id,
        label: t("grid.floor", { floor }),
        byEntrance: byEntrance.map((doors) => doors.map((door) => tileOf(door, view, words, t))),
      }))}
      onOpen={onOpen}
    />
  );
});

/** Looked up once for all doors: a lookup costs more than the rest of a tile. */
function statusWords(t: Translate): Readonly<Record<DoorStatus, string>> {
  const words = { open: "", met: "", again: "", appointment: "", ended: "" };
  for (const status of DOOR_STATUSES) words[status] = t(`status.${status}`);
  return words;
}

function tileOf(
  door: SeenDoor,
  view: BuildingView,
  words: Readonly<Record<DoorStatus, string>>,
  t: Translate,
): Tile {
  const { place, status, pending } = door;
  const at = view.next.indexOf(place.id);
  const label = doorLabel(place);
  const word = words[status];
  const spoken = t("grid.spoken", { door: label, state: word });
  return {
    id: place.id,
    label,
    tone: status,
    icon: status,
    word,
    pending,
    spoken: at < 0 ? spoken : spoken + t("grid.spokenNext", { order: at + 1 }),
    order: at < 0 ? undefined : at + 1,
  };
}

function iconOf(kind: PlaceKind): IconName {
  switch (kind) {
    case "shop":
      return "shop";
    case "organisation":
      return "organisation";
    case "site":
      return "site";
    case "rural_house":
      return "house";
    case "dwelling_unit":
    case "building":
    case "compound":
    case "entrance":
    case "estate":
    case "floor":
      return "building";
  }
}

/** A house or a shop that stands by itself: a row, as on a street. */
function RowButton({
  door,
  view,
  onOpen,
}: {
  door: SeenDoor;
  view: BuildingView;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation("visits");
  const { place, status, pending } = door;
  const order = view.next.indexOf(place.id);
  const name = [doorLabel(place), place.unitNo ? "" : place.name]
    .filter((part, at, all) => part && all.indexOf(part) === at)
    .join(" ");
  return (
    <button
      type="button"
      className="house"
      data-tone={status}
      data-next={order >= 0 || undefined}
      data-door={place.id}
      onClick={() => onOpen(place.id)}
    >
      <Icon name={iconOf(place.kind)} />
      <span className="house-name">
        {order >= 0 && <span className="house-order">{order + 1}</span>}
        {name}
      </span>
      <StatusChip tone={status}>{t(`status.${status}`)}</StatusChip>
      {pending && <span className="w-tile-pending" />}
    </button>
  );
}

function GridProgress({
  title,
  view,
  doors,
  now,
}: {
  title: string;
  view: BuildingView;
  doors: readonly SeenDoor[];
  now: number;
}) {
  const { t } = useTranslation("visits");
  const { counts, total } = view;
  const due = doors.filter(({ status, state, campaignId }) => {
    if (status !== "again") return false;
    const next = nextAttempt(state, campaignId, now);
    return next.kind === "knock" && next.from > now && next.from < endOfToday(now);
  }).length;
  const parts = [
    t("grid.progress", { met: counts.met, total, count: total }),
    due > 0 && t("grid.eveningAgain", { count: due }),
    due === 0 && counts.again > 0 && t("grid.again", { count: counts.again }),
    counts.appointment > 0 && t("grid.appointments", { count: counts.appointment }),
    counts.ended > 0 && t("grid.ended", { count: counts.ended }),
  ].filter((part) => part !== false);
  return (
    <div className="grid-progress">
      <Progress done={counts.met} ended={counts.ended} total={total} label={title}>
        <span className="parts">
          {parts.map((part, at) => (
            <span key={part}>
              {part}
              {at < parts.length - 1 && " · "}
            </span>
          ))}
        </span>
      </Progress>
    </div>
  );
}
