import { useQuery } from "@tanstack/react-query";
import type { MediationRoom } from "@wanjia/contract/mediation";
import { mayManageRooms } from "@wanjia/domain/mediation/policy";
import { localTime, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { newId } from "../shell/new-id.ts";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { Pick, Tick, Typed } from "./fields.tsx";
import { takenOn, weekOf } from "./view-model.ts";
import { useMediationWords } from "./words.ts";
import "./mediation.css";

/** A week of the station's rooms: what is free can be booked on a mediation's page. */
export function RoomsScreen() {
  const words = useMediationWords();
  const session = useSession();
  const [today] = useState(() => localDate(Date.now()));
  const [weeks, setWeeks] = useState(0);
  const [editing, setEditing] = useState<Partial<MediationRoom>>();
  const days = weekOf(today, weeks);
  const from = days[0] ?? today;
  const calendar = useQuery(api.mediation.rooms.queryOptions({ input: { from, days: 7 } }));
  return (
    <Page
      title={words("rooms.title")}
      lead={words("rooms.lead")}
      back={{ to: "/mediations", label: words("title") }}
      actions={
        <>
          <Button onClick={() => setWeeks(weeks - 1)}>{words("rooms.previous")}</Button>
          <Button onClick={() => setWeeks(weeks + 1)}>{words("rooms.following")}</Button>
          {mayManageRooms(session.role) && (
            <Button
              type="primary"
              onClick={() => setEditing({ active: true, seats: 8, ...ownStation(session) })}
            >
              {words("rooms.add")}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={calendar}>
        {(found) =>
          found.rooms.length === 0 ? (
            <p className="desk-lead">{words("rooms.none")}</p>
          ) : (
            <Week
              days={days}
              {...found}
              {...(mayManageRooms(session.role) ? { onEdit: setEditing } : {})}
            />
          )
        }
      </Loaded>
      {editing !== undefined && <RoomForm room={editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}

function ownStation({ stations }: ReturnType<typeof useSession>): { stationId?: string } {
  const [first] = stations;
  return first === undefined ? {} : { stationId: first.id };
}

function Week({
  days,
  rooms,
  taken,
  onEdit,
}: {
  days: readonly LocalDate[];
  rooms: readonly MediationRoom[];
  taken: readonly { roomId: string; from: number; to: number; mediationId: string | null }[];
  onEdit?: (room: MediationRoom) => void;
}) {
  const words = useMediationWords();
  const locale = currentLocale();
  return (
    <div className="rooms-scroll" role="region" aria-label={words("rooms.title")} tabIndex={0}>
      <table className="rooms">
        <caption>{words("rooms.week", { from: formatDay(days[0] ?? "", locale) })}</caption>
        <thead>
          <tr>
            <th scope="col">{words("rooms.room")}</th>
            {days.map((day) => (
              <th key={day} scope="col">
                {formatDay(day, locale)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <tr key={room.id}>
              <th scope="row">
                {room.name}
                {!room.active && <span className="desk-lead"> {words("rooms.inactive")}</span>}
                {onEdit !== undefined && (
                  <Button type="link" size="small" onClick={() => onEdit(room)}>
                    {words("rooms.seats")} {room.seats}
                  </Button>
                )}
              </th>
              {days.map((day) => {
                const here = takenOn(taken, room.id, day);
                return (
                  <td key={day}>
                    {here.length === 0 ? (
                      <span className="rooms-free">{words("rooms.free")}</span>
                    ) : (
                      here.map((one) => (
                        <div key={one.from} className="rooms-taken">
                          {clock(one.from)}–{clock(one.to)}
                          <br />
                          {one.mediationId === null ? (
                            words("rooms.taken")
                          ) : (
                            <Link to={`/mediations/${one.mediationId}`}>{words("rooms.mine")}</Link>
                          )}
                        </div>
                      ))
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function clock(instant: number): string {
  const { hour, minute } = localTime(instant);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function RoomForm({ room, onClose }: { room: Partial<MediationRoom>; onClose: () => void }) {
  const words = useMediationWords();
  const session = useSession();
  const units = useUnits();
  const own = session.stations.map(({ id }) => id);
  return (
    <FormDrawer<Partial<MediationRoom>>
      title={room.name ?? words("rooms.add")}
      submit={words("rooms.add")}
      initial={room}
      onClose={onClose}
      onSubmit={async ({ stationId = "", name = "", seats, active = false }) => {
        await client.mediation.saveRoom({
          id: room.id ?? newId(),
          stationId,
          name,
          seats: Number(seats),
          active,
        });
        await queryClient.invalidateQueries({ queryKey: api.mediation.rooms.key() });
      }}
    >
      <Pick
        name="stationId"
        label="rooms.station"
        options={units.stationOptions.filter(({ value }) => own.includes(value))}
      />
      <Typed name="name" label="rooms.name" limit={40} />
      <Typed name="seats" label="rooms.seats" type="number" />
      <Tick name="active" label="rooms.active" />
    </FormDrawer>
  );
}
