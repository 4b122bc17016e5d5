import { useQuery } from "@tanstack/react-query";
import type { RecheckDoor } from "@wanjia/contract/oversight";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import { useState } from "react";
import { useUnits } from "../organisation/data.ts";
import { api } from "../shell/api.ts";
import { formatPeriod } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card } from "../shell/Page.tsx";
import { AnswerForm } from "./AnswerForm.tsx";
import type { Waiting } from "./RechecksScreen.tsx";
import { useOversightLabels, useOversightWords } from "./words.ts";
import "./oversight.css";

export function DoorsCard({ waiting }: { waiting: Waiting }) {
  const words = useOversightWords();
  const doors = useQuery(api.oversight.doors.queryOptions({ input: waiting }));
  const [asking, setAsking] = useState<RecheckDoor>();
  return (
    <Card title={words("doors.title")}>
      <p className="desk-lead">{words("doors.lead")}</p>
      <Loaded query={doors}>
        {({ items }) =>
          items.length === 0 ? (
            <p role="status">{words("doors.empty")}</p>
          ) : (
            <ul className="oversight-list">
              {items.map((door) => (
                <Door key={door.id} door={door} onAsk={() => setAsking(door)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asking && <AnswerForm door={asking} onClose={() => setAsking(undefined)} />}
    </Card>
  );
}

function Door({ door, onAsk }: { door: RecheckDoor; onAsk: () => void }) {
  const words = useOversightWords();
  const labels = useOversightLabels();
  const units = useUnits();
  const { answer, place, from, to } = door;
  const heard =
    answer && (answer.came ? labels(`came.${answer.came}`) : labels(`found.${answer.found}`));
  return (
    <li>
      <div>
        <strong>{place}</strong>
        <span className="desk-lead">
          {[units.said(door.stationName), formatPeriod(from, to, currentLocale())]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      <StatusChip tone={heard ? "met" : "again"}>{heard ?? words("doors.waiting")}</StatusChip>
      <Button
        type={heard ? "default" : "primary"}
        aria-label={`${words(heard ? "doors.change" : "doors.ask")}: ${place}`}
        onClick={onAsk}
      >
        {words(heard ? "doors.change" : "doors.ask")}
      </Button>
    </li>
  );
}
