import type { MeetingRow } from "@wanjia/contract/property";
import { mayArrange } from "@wanjia/domain/property/policy";
import { PROPERTY_LIMITS } from "@wanjia/domain/property/terms";
import { addDays, localDate } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { api, client, queryClient } from "../shell/api.ts";
import { type Column, DataTable } from "../shell/DataTable.tsx";
import { formatInstant } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { newId } from "../shell/new-id.ts";
import { useSession } from "../shell/session.tsx";
import { Pick, Typed } from "./fields.tsx";
import { PropertyPage } from "./parts.tsx";
import { instantOf } from "./view-model.ts";
import { usePropertyWords } from "./words.ts";

export function MeetingsScreen() {
  const words = usePropertyWords();
  const { role } = useSession();
  const [arranging, setArranging] = useState(false);
  return (
    <PropertyPage
      lead={words("meetings.lead")}
      actions={
        mayArrange(role) && (
          <Button type="primary" onClick={() => setArranging(true)}>
            {words("meetings.arrange")}
          </Button>
        )
      }
    >
      <DataTable
        label={words("tabs.meetings")}
        columns={useColumns()}
        filters={[]}
        source={api.property.meetings}
        rowKey={(row) => row.id}
        rowHref={(row) => `/property/meetings/${row.id}`}
        empty={{ title: words("meetings.empty"), hint: words("meetings.empty_hint") }}
      />
      {arranging && <ArrangeForm onClose={() => setArranging(false)} />}
    </PropertyPage>
  );
}

export function MeetingChip({ cancelled }: Pick<MeetingRow, "cancelled">) {
  const words = usePropertyWords();
  return (
    <StatusChip tone={cancelled ? "ended" : "appointment"}>
      {words(cancelled ? "meetings.called_off" : "meetings.planned")}
    </StatusChip>
  );
}

function useColumns(): readonly Column<MeetingRow>[] {
  const words = usePropertyWords();
  const locale = currentLocale();
  return useMemo(
    () => [
      {
        key: "from",
        title: words("meetings.from"),
        sortable: true,
        phone: "title",
        render: (row) => formatInstant(row.from, locale),
      },
      { key: "venue", title: words("meetings.venue"), render: (row) => row.venue },
      {
        key: "state",
        title: words("meetings.state"),
        width: 140,
        render: (row) => <MeetingChip cancelled={row.cancelled} />,
      },
      {
        key: "booked",
        title: words("meetings.booked"),
        width: 100,
        align: "right",
        render: (row) => row.booked,
      },
      {
        key: "returned",
        title: words("meetings.returned"),
        width: 100,
        align: "right",
        render: (row) => row.returned,
      },
    ],
    [words, locale],
  );
}

interface Values {
  readonly stationId: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly venue: string;
  readonly slotMinutes: string;
  readonly seats: string;
}

function ArrangeForm({ onClose }: { onClose: () => void }) {
  const words = usePropertyWords();
  const { stations } = useSession();
  const [id] = useState(newId);
  const [today] = useState(() => localDate(Date.now()));
  return (
    <FormDrawer<Values>
      title={words("meetings.arrange")}
      submit={words("meetings.arrange")}
      initial={{
        stationId: stations[0]?.id ?? "",
        day: addDays(today, 7),
        from: "09:00",
        to: "11:30",
        slotMinutes: "30",
        seats: "2",
      }}
      onClose={onClose}
      onSubmit={async ({ stationId, day, from, to, venue, slotMinutes, seats }) => {
        await client.property.arrange({
          id,
          stationId,
          venue,
          from: instantOf(day, from),
          to: instantOf(day, to),
          slotMinutes: Number(slotMinutes),
          seats: Number(seats),
        });
        await queryClient.invalidateQueries({ queryKey: api.property.meetings.key() });
      }}
    >
      <Pick
        name="stationId"
        label="import.station"
        options={stations.map((one) => ({
          value: one.id,
          label: currentLocale() === "en" ? one.nameEn : one.name,
        }))}
      />
      <Typed name="day" label="meetings.day" type="date" />
      <Typed name="from" label="meetings.from" type="time" />
      <Typed name="to" label="meetings.to" type="time" />
      <Typed name="venue" label="meetings.venue" limit={PROPERTY_LIMITS.venueLength} />
      <Typed name="slotMinutes" label="meetings.minutes" type="number" />
      <Typed name="seats" label="meetings.seats" type="number" />
    </FormDrawer>
  );
}
