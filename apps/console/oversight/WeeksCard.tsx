import { useQuery } from "@tanstack/react-query";
import type { RecheckRound } from "@wanjia/contract/oversight";
import { maySeeResults } from "@wanjia/domain/oversight/policy";
import { RESULTS } from "@wanjia/domain/oversight/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button } from "antd";
import { useState } from "react";
import "../insight/insight.css";
import { useUnits } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { formatPeriod } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { useOversightLabels, useOversightWords } from "./words.ts";
import "./oversight.css";

/** Each week's lot, so that nobody has to take it on trust. */
export function WeeksCard() {
  const words = useOversightWords();
  const rounds = useQuery(api.oversight.rounds.queryOptions());
  return (
    <Card title={words("weeks.title")}>
      <p className="desk-lead">{words("weeks.lead")}</p>
      <Loaded query={rounds}>
        {({ items }) =>
          items.length === 0 ? (
            <p role="status">{words("weeks.empty")}</p>
          ) : (
            <ol className="oversight-weeks">
              {items.map((round) => (
                <Week key={round.id} round={round} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  );
}

function Week({ round }: { round: RecheckRound }) {
  const words = useOversightWords();
  const { role } = useSession();
  const [locking, setLocking] = useState(false);
  const { week, commitment, seed, frame, asking, drawnAt, lockedAt } = round;
  const days = formatPeriod(week, addDays(week, 6), currentLocale());
  const state = lockedAt !== null ? "closed" : drawnAt !== null ? "asking" : "open";
  const hash = (text: string) => <code className="oversight-hash">{text}</code>;
  return (
    <li>
      <h3>
        {days}{" "}
        <StatusChip tone={state === "closed" ? "ended" : "primary"}>
          {words(`weeks.${state}`)}
        </StatusChip>
      </h3>
      <Facts
        items={[
          { label: words("weeks.commitment"), value: hash(commitment) },
          {
            label: words("weeks.seed"),
            value: seed === null ? words("weeks.not_yet") : hash(seed),
          },
          ...(frame === null ? [] : [{ label: words("weeks.frame"), value: frame }]),
          ...(asking === null || drawnAt === null
            ? []
            : [{ label: words("weeks.asked"), value: words("weeks.of", asking) }]),
        ]}
      />
      {state === "closed" && maySeeResults(role) && <Results round={round} days={days} />}
      {state === "asking" && asking !== null && (
        <div className="desk-actions">
          <Button onClick={() => setLocking(true)}>{words("weeks.lock")}</Button>
        </div>
      )}
      {locking && <LockForm id={round.id} days={days} onClose={() => setLocking(false)} />}
    </li>
  );
}

function LockForm({ id, days, onClose }: { id: Id; days: string; onClose: () => void }) {
  const words = useOversightWords();
  const { message } = App.useApp();
  return (
    <FormDrawer
      title={words("weeks.lock")}
      hint={words("weeks.lock_hint", { days })}
      submit={words("weeks.lock")}
      onClose={onClose}
      onSubmit={async () => {
        const { findings } = await client.oversight.lock({ id });
        await queryClient.invalidateQueries({ queryKey: api.oversight.key() });
        message.success(words("weeks.locked", { count: findings }));
      }}
    />
  );
}

/** Stations in the order of their codes: places in a table, no ranks. */
function Results({ round, days }: { round: RecheckRound; days: string }) {
  const words = useOversightWords();
  const labels = useOversightLabels();
  const units = useUnits();
  if (round.stations.length === 0) return <p>{words("weeks.none")}</p>;
  return (
    <div className="figure-scroll" role="region" aria-label={days} tabIndex={0}>
      <table className="figure-table">
        <thead>
          <tr>
            <th scope="col">{words("weeks.station")}</th>
            {RESULTS.map((result) => (
              <th key={result} scope="col" className="figure-number">
                {labels(`result.${result}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {round.stations.map(({ stationName, results }) => (
            <tr key={stationName}>
              <th scope="row">{units.said(stationName)}</th>
              {RESULTS.map((result) => (
                <td key={result} className="figure-number">
                  {results[result]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
