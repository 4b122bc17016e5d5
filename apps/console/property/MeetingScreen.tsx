import { useQuery } from "@tanstack/react-query";
import type { MeetingDetail } from "@wanjia/contract/property";
import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { api, client, queryClient } from "../shell/api.ts";
import { readFailure } from "../shell/failure.ts";
import { formatInstant } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { Card, Page } from "../shell/Page.tsx";
import { MeetingChip } from "./MeetingsScreen.tsx";
import { useItemName } from "./parts.tsx";
import { usePropertyWords } from "./words.ts";
import "./property.css";

export function MeetingScreen() {
  const { id = "" } = useParams();
  const meeting = useQuery(api.property.meeting.queryOptions({ input: { id } }));
  if (meeting.isError && !meeting.data) {
    const failure = readFailure(meeting.error);
    if (failure.kind === "refused" && failure.status === 404) return <NotFound />;
  }
  return <Loaded query={meeting}>{(found) => <Meeting meeting={found} />}</Loaded>;
}

function Meeting({ meeting }: { meeting: MeetingDetail }) {
  const words = usePropertyWords();
  const [leaving, setLeaving] = useState(false);
  return (
    <Page
      title={`${formatInstant(meeting.from, currentLocale())} ${meeting.venue}`}
      back={{ to: "/property/meetings", label: words("tabs.meetings") }}
      lead={<MeetingChip cancelled={meeting.cancelled} />}
      actions={
        <>
          <Link to={`/property/meetings/${meeting.id}/sheet`}>{words("meetings.print")}</Link>
          {meeting.mayCancel && (
            <Button danger onClick={() => setLeaving(true)}>
              {words("meetings.call_off")}
            </Button>
          )}
        </>
      }
    >
      <Card title={words("meetings.slots")}>
        <Slots meeting={meeting} />
      </Card>
      {leaving && (
        <FormDrawer
          title={words("meetings.call_off")}
          hint={words("meetings.call_off_hint", { count: meeting.booked })}
          submit={words("meetings.call_off")}
          danger
          onClose={() => setLeaving(false)}
          onSubmit={async () => {
            await client.property.callOff({ id: meeting.id });
            await queryClient.invalidateQueries({ queryKey: api.property.key() });
          }}
        />
      )}
    </Page>
  );
}

/** By number in the ledger: whose it is stands on no sheet that lies about. */
function Slots({ meeting }: { meeting: MeetingDetail }) {
  const words = usePropertyWords();
  const nameOf = useItemName();
  const locale = currentLocale();
  return (
    <div
      className="return-slots-scroll"
      role="region"
      aria-label={words("tabs.meetings")}
      tabIndex={0}
    >
      <table className="return-slots">
        <thead>
          <tr>
            <th scope="col">{words("form.slot")}</th>
            <th scope="col">{words("meetings.item")}</th>
            <th scope="col">{words("meetings.sign")}</th>
          </tr>
        </thead>
        {meeting.slots.map(({ at, items }) => (
          <tbody key={at}>
            {items.length === 0 && (
              <tr>
                <th scope="row">{formatInstant(at, locale)}</th>
                <td colSpan={2}>{words("meetings.free")}</td>
              </tr>
            )}
            {items.map((item) => (
              <tr key={item.id}>
                <th scope="row">{formatInstant(at, locale)}</th>
                <td>
                  <Link to={`/property/${item.id}`}>{item.registerNo}</Link> {nameOf(item)}
                </td>
                <td>{item.returned && words("meetings.done")}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
