import { useQuery } from "@tanstack/react-query";
import { mayAppoint } from "@wanjia/domain/appointments/policy";
import { mayPlanFor } from "@wanjia/domain/campaigns/policy";
import { mayArrangeWork } from "@wanjia/domain/planning/policy";
import { clockText } from "@wanjia/domain/planning/settling";
import { addDays } from "@wanjia/domain/shared/instant";
import { Button, Segmented, Select } from "antd";
import { useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { today as now, useUnits } from "../organisation/data.ts";
import { api, client } from "../shell/api.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { RosterDrawer } from "./RosterDrawer.tsx";
import { byTeam, lastHeard } from "./view-model.ts";
import { WalkCard } from "./WalkCard.tsx";
import { WalksMap } from "./WalksMap.tsx";
import { usePlanningLabels, usePlanningWords } from "./words.ts";
import "./planning.css";

type Day = Awaited<ReturnType<typeof client.planning.day>>;
type Campaign = Awaited<ReturnType<typeof client.campaigns.get>>;

/** Until a plan that was asked for is there. */
const ASK_AGAIN_MS = 1500;
/** Until one that broke off was made after all. */
const BROKE_OFF_ASK_MS = 15_000;

/** A campaign's walks of a day, station by station. */
export function DayScreen() {
  const { id = "" } = useParams();
  const campaign = useQuery(api.campaigns.get.queryOptions({ input: { id } }));
  return <Loaded query={campaign}>{(found) => <StationDay campaign={found} />}</Loaded>;
}

function StationDay({ campaign }: { campaign: Campaign }) {
  const words = usePlanningWords();
  const session = useSession();
  const units = useUnits();
  const locale = currentLocale();
  const [params, setParams] = useSearchParams();
  const [roster, setRoster] = useState(false);
  const [askedAfter, setAskedAfter] = useState<number | null>(null);
  const [error, setError] = useState<unknown>();
  const [today] = useState(now);
  const own = session.stations.map(({ id }) => id);
  const stations = campaign.stationIds.filter((one) => own.length === 0 || own.includes(one));
  const stationId = params.get("station") ?? stations[0] ?? campaign.stationIds[0] ?? "";
  const day = params.get("day") ?? addDays(today, 1);
  const view = params.get("view") === "map" ? "map" : "list";
  const input = { campaignId: campaign.id, stationId, day };
  const plan = useQuery({
    ...api.planning.day.queryOptions({ input }),
    refetchInterval: ({ state }) =>
      askedAfter !== null && lastHeard(state.data) <= askedAfter
        ? ASK_AGAIN_MS
        : state.data?.failedAt == null
          ? false
          : BROKE_OFF_ASK_MS,
  });
  const who = { role: session.role, stationIds: own };
  const mayArrange = mayArrangeWork(session.role) && mayPlanFor(who, [stationId]);
  const choose = (name: string, value: string): void => {
    const next = new URLSearchParams(params);
    next.set(name, value);
    setParams(next);
  };
  const ask = async (): Promise<void> => {
    setError(undefined);
    try {
      await client.planning.planDay(input);
      setAskedAfter(lastHeard(plan.data));
    } catch (caught) {
      setError(caught);
    }
  };
  const isWaiting = askedAfter !== null && lastHeard(plan.data) <= askedAfter;
  return (
    <Page
      title={words("title")}
      back={{
        to: `/campaigns/${campaign.id}`,
        label: locale === "en" && campaign.nameEn ? campaign.nameEn : campaign.name,
      }}
      lead={formatDay(day, locale)}
      actions={
        <>
          <Button onClick={() => setRoster(true)}>{words("roster.action")}</Button>
          {mayArrange && (
            <Button type="primary" loading={isWaiting} onClick={() => void ask()}>
              {words(plan.data?.madeAt == null ? "plan" : "again")}
            </Button>
          )}
        </>
      }
    >
      <div className="desk-actions">
        {stations.length > 1 && (
          <Select
            aria-label={words("station")}
            value={stationId}
            onChange={(value: string) => choose("station", value)}
            options={stations.map((value) => ({ value, label: units.stationName(value) }))}
          />
        )}
        <Segmented
          aria-label={words("day")}
          value={day}
          onChange={(value) => choose("day", value)}
          options={[
            { value: today, label: words("today") },
            { value: addDays(today, 1), label: words("tomorrow") },
          ]}
        />
        <Segmented
          aria-label={words("view.label")}
          value={view}
          onChange={(value) => choose("view", value)}
          options={[
            { value: "list", label: words("view.list") },
            { value: "map", label: words("view.map") },
          ]}
        />
      </div>
      <FormProblem error={error} />
      {isWaiting && <p role="status">{words("queued")}</p>}
      <Loaded query={plan}>
        {(found) => <Walks day={found} view={view} onChanged={() => plan.refetch()} />}
      </Loaded>
      {roster && (
        <RosterDrawer
          campaignId={campaign.id}
          stationId={stationId}
          mayChange={mayArrange}
          onClose={() => setRoster(false)}
        />
      )}
    </Page>
  );
}

function Walks({
  day,
  view,
  onChanged,
}: {
  day: Day;
  view: "list" | "map";
  onChanged: () => Promise<unknown>;
}) {
  const words = usePlanningWords();
  const labels = usePlanningLabels();
  const locale = currentLocale();
  const begins = [...new Set(day.walks.map((walk) => walk.begins))];
  if (day.madeAt === null) {
    return (
      <>
        <BrokeOff day={day} />
        <Card>
          <p>{words("not_made")}</p>
          <p className="desk-lead">{words("not_made_hint")}</p>
        </Card>
      </>
    );
  }
  return (
    <>
      <BrokeOff day={day} />
      <p className="desk-lead">
        {words("made", {
          at: formatInstant(day.madeAt, locale),
          seconds: ((day.tookMs ?? 0) / 1000).toFixed(1),
        })}
      </p>
      <Unplanned day={day} />
      {begins.map((one) => (
        <p key={one} className="desk-lead">
          {labels(`begins.${one}`)}
        </p>
      ))}
      {view === "map" ? (
        <WalksMap walks={day.walks} />
      ) : (
        byTeam(day.walks).map(({ teamId, teamName, walks }) => (
          <Card key={teamId} title={teamName}>
            <div className="day-team">
              {walks.map((walk) => (
                <WalkCard
                  key={`${walk.id} ${walk.version}`}
                  walk={walk}
                  walks={day.walks}
                  onChanged={onChanged}
                />
              ))}
            </div>
          </Card>
        ))
      )}
    </>
  );
}

function BrokeOff({ day: { madeAt, failedAt } }: { day: Day }) {
  const words = usePlanningWords();
  if (failedAt === null) return null;
  return (
    <div className="desk-problem" role="alert">
      <p className="desk-problem-title">
        {words("broke_off", { at: formatInstant(failedAt, currentLocale()) })}
      </p>
      <p>{words(madeAt === null ? "broke_off_none" : "broke_off_stands")}</p>
    </div>
  );
}

/** What people have to see to: teams without a plan, appointments that nobody gets to. */
function Unplanned({ day: { day, failures, conflicts } }: { day: Day }) {
  const { role } = useSession();
  const words = usePlanningWords();
  const labels = usePlanningLabels();
  return (
    <>
      {failures.length > 0 && (
        <Card title={words("failures")}>
          <ul>
            {failures.map(({ team, faults }) => (
              <li key={team}>
                {words("failure", {
                  team,
                  why: faults.map((fault) => labels(`refusals.${fault}`)).join(" "),
                })}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {conflicts.length > 0 && (
        <Card title={words("conflicts")}>
          <ul>
            {conflicts.map(({ name, from, to }) => (
              <li key={`${name} ${from}`}>
                {words("conflict", { name, from: clockText(from), to: clockText(to) })}
              </li>
            ))}
          </ul>
          {mayAppoint(role, "list") && (
            <Link to={`/appointments?from=${day}&state=confirmed&to=${addDays(day, 1)}`}>
              {words("conflicts_link")}
            </Link>
          )}
        </Card>
      )}
    </>
  );
}
