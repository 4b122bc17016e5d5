import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { mayOpenRecords, maySeeLevel } from "@wanjia/domain/insight/policy";
import { Button, Segmented, Select } from "antd";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { unitsQuery } from "../organisation/data.ts";
import { api, API_URL } from "../shell/api.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card, Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { currentPalette } from "../shell/theme.ts";
import { BeatMap } from "./BeatMap.tsx";
import { Chart } from "./Chart.tsx";
import { coverageChart, daysChart } from "./charts.ts";
import { FigureTile } from "./FigureTile.tsx";
import { nameOf, PartsTable } from "./PartsTable.tsx";
import { RecordsDrawer, type RecordsOf } from "./RecordsDrawer.tsx";
import {
  type Board,
  type By,
  cellOf,
  HEADLINES,
  languageOf,
  MATTER_HEADLINES,
  type Part,
} from "./view-model.ts";
import { useInsightWords } from "./words.ts";
import "./insight.css";

const LEVELS: readonly By[] = ["station", "beat", "building"];
type View = "table" | "chart" | "map";

/** How far a campaign has come: the whole, its parts, its days. What is chosen lives in the address. */
export function BoardScreen() {
  const words = useInsightWords();
  const [params, setParams] = useSearchParams();
  const campaigns = useQuery(api.campaigns.list.queryOptions({ input: { size: 200 } }));
  const opened = (campaigns.data?.items ?? []).filter(({ state }) => state !== "draft");
  const chosen = params.get("campaign") ?? opened[0]?.id;
  const english = currentLocale() === "en";
  const choose = (changes: Readonly<Record<string, string | null>>): void => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    setParams(next);
  };
  if (campaigns.error) {
    return (
      <Page title={words("board.title")}>
        <Problem error={campaigns.error} onRetry={() => void campaigns.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={words("board.title")}
      actions={
        opened.length > 0 && (
          <Select
            aria-label={words("board.campaign")}
            className="figure-campaign"
            value={chosen ?? null}
            onChange={(id: string) => choose({ campaign: id, station: null, beat: null })}
            options={opened.map(({ id, name, nameEn }) => ({
              value: id,
              label: english ? nameEn : name,
            }))}
          />
        )
      }
    >
      {chosen === undefined ? (
        campaigns.data && (
          <div className="figure-empty">
            <p>{words("board.none")}</p>
            <p>{words("board.none_hint")}</p>
          </div>
        )
      ) : (
        <CampaignBoard key={chosen} id={chosen} params={params} choose={choose} />
      )}
    </Page>
  );
}

function CampaignBoard({
  id,
  params,
  choose,
}: {
  id: string;
  params: URLSearchParams;
  choose: (changes: Readonly<Record<string, string | null>>) => void;
}) {
  const words = useInsightWords();
  const session = useSession();
  const locale = currentLocale();
  const levels = LEVELS.filter(
    (level) =>
      maySeeLevel(session.role, level) && (level !== "station" || session.scope !== "beat"),
  );
  const by = levels.find((level) => level === params.get("by")) ?? levels[0] ?? "station";
  const beatId = params.get("beat") ?? undefined;
  const stationId = params.get("station") ?? undefined;
  const [records, setRecords] = useState<RecordsOf | null>(null);
  const waiting = by === "building" && beatId === undefined;
  const board = useQuery({
    ...api.insight.board.queryOptions({
      input: {
        id,
        by: waiting ? "beat" : by,
        ...(stationId === undefined ? {} : { stationId }),
        ...(beatId === undefined || by !== "building" ? {} : { beatId }),
      },
    }),
    placeholderData: keepPreviousData,
  });
  if (board.error) return <Problem error={board.error} onRetry={() => void board.refetch()} />;
  if (board.data === undefined) return <p className="desk-waiting">…</p>;
  const { totals, campaign, stamp } = board.data;
  const open = mayOpenRecords(session.role)
    ? (indicator: string) =>
        setRecords({
          indicator: indicator as RecordsOf["indicator"],
          campaignId: id,
          ...(stationId === undefined ? {} : { stationId }),
          ...(beatId === undefined || by !== "building" ? {} : { beatId }),
        })
    : undefined;
  return (
    <>
      <p className="figure-scope">
        {words("board.of", {
          from: formatDay(campaign.startsOn, locale),
          to: formatDay(campaign.endsOn, locale),
        })}
        {" · "}
        {words("board.as_of", { at: formatInstant(stamp.dataAsOf, locale) })}
      </p>
      {[HEADLINES, MATTER_HEADLINES].map((ids) => (
        <div className="figure-tiles" key={ids[0]}>
          {ids.map((one) => {
            const cell = cellOf(totals, one);
            return cell && <FigureTile key={one} cell={cell} onOpen={open && (() => open(one))} />;
          })}
        </div>
      ))}
      <Parts
        board={board.data}
        by={by}
        levels={levels}
        waiting={waiting}
        beatId={beatId}
        view={params.get("view") as View | null}
        choose={choose}
        exportQuery={`by=${waiting ? "beat" : by}${stationId === undefined ? "" : `&stationId=${stationId}`}${beatId === undefined || by !== "building" ? "" : `&beatId=${beatId}`}`}
      />
      <Days board={board.data} />
      <p className="figure-scope">{words("figure.legend")}</p>
      <RecordsDrawer of={records} onClose={() => setRecords(null)} />
    </>
  );
}

function Parts({
  board,
  by,
  levels,
  waiting,
  beatId,
  view: asked,
  choose,
  exportQuery,
}: {
  board: Board;
  by: By;
  levels: readonly By[];
  /** Buildings are asked for, and no beat is chosen yet. */
  waiting: boolean;
  beatId: string | undefined;
  view: View | null;
  choose: (changes: Readonly<Record<string, string | null>>) => void;
  exportQuery: string;
}) {
  const words = useInsightWords();
  const language = languageOf(currentLocale());
  const palette = currentPalette();
  const units = useQuery({ ...unitsQuery(), enabled: by !== "station" });
  const views: readonly View[] = by === "beat" ? ["table", "chart", "map"] : ["table", "chart"];
  const view = views.find((one) => one === asked) ?? "table";
  const label = words(`board.${by}`);
  const { rows } = board;
  const noBeat = words("board.no_beat");
  const chart = useMemo(
    () =>
      coverageChart(
        rows,
        rows.map((row) => nameOf(row, language) || noBeat),
        palette,
      ),
    [rows, language, noBeat, palette],
  );
  const down =
    by === "building"
      ? undefined
      : (row: Part) =>
          by === "station"
            ? choose({ by: "beat", station: row.id, beat: null })
            : levels.includes("building")
              ? choose({ by: "building", beat: row.id, view: null })
              : undefined;
  return (
    <Card
      title={words("board.parts")}
      actions={
        <div className="figure-switches">
          <Segmented
            aria-label={words("board.part")}
            value={by}
            onChange={(level) => choose({ by: level, station: null })}
            options={levels.map((level) => ({ value: level, label: words(`board.${level}`) }))}
          />
          {by === "building" && (
            <Select
              aria-label={words("board.choose_beat")}
              placeholder={words("board.choose_beat")}
              className="figure-beat"
              showSearch={{ optionFilterProp: "label" }}
              value={beatId ?? null}
              onChange={(id: string) => choose({ beat: id })}
              options={(units.data?.beats ?? []).map(({ id, name, nameEn }) => ({
                value: id,
                label: language === "en" ? nameEn : name,
              }))}
            />
          )}
          <Segmented
            value={view}
            onChange={(one) => choose({ view: one })}
            options={views.map((one) => ({ value: one, label: words(`board.${one}`) }))}
          />
          <Button
            href={`${API_URL}/insight/campaigns/${board.campaign.id}/export?format=csv&${exportQuery}`}
          >
            {words("board.export_csv")}
          </Button>
          <Button
            href={`${API_URL}/insight/campaigns/${board.campaign.id}/export?format=xlsx&${exportQuery}`}
          >
            {words("board.export_xlsx")}
          </Button>
        </div>
      }
    >
      {waiting ? (
        <p className="figure-empty">{words("board.choose_beat_hint")}</p>
      ) : rows.length === 0 ? (
        <div className="figure-empty">
          <p>{words("board.no_rows")}</p>
          <p>{words("board.no_rows_hint")}</p>
        </div>
      ) : view === "table" ? (
        <PartsTable label={label} rows={rows} onOpenPart={down} />
      ) : view === "chart" ? (
        <>
          <h3>{words("chart.coverage", { part: label })}</h3>
          <Chart option={chart.option} height={chart.height} />
          <p className="figure-scope">{words("chart.order")}</p>
          <details>
            <summary>{words("board.table")}</summary>
            <PartsTable label={label} rows={rows} />
          </details>
        </>
      ) : (
        <>
          <BeatMap rows={rows} beats={units.data?.beats ?? []} palette={palette} />
          <details>
            <summary>{words("board.table")}</summary>
            <PartsTable label={label} rows={rows} />
          </details>
        </>
      )}
    </Card>
  );
}

function Days({ board }: { board: Board }) {
  const words = useInsightWords();
  const palette = currentPalette();
  const locale = currentLocale();
  const { days } = board;
  const attempts = words("board.days_attempts");
  const visits = words("board.days_visits");
  const option = useMemo(
    () => daysChart(days, { attempts, visits }, palette),
    [days, attempts, visits, palette],
  );
  if (days.length === 0) return null;
  return (
    <Card title={words("board.days")}>
      <Chart option={option} height={220} />
      <details>
        <summary>{words("board.table")}</summary>
        <div className="figure-scroll">
          <table className="figure-table">
            <thead>
              <tr>
                <th>{words("records.when")}</th>
                <th className="figure-number">{attempts}</th>
                <th className="figure-number">{visits}</th>
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={day.day}>
                  <th scope="row">{formatDay(day.day, locale)}</th>
                  <td className="figure-number">{day.attempts}</td>
                  <td className="figure-number">{day.householdVisits ?? "•"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Card>
  );
}
