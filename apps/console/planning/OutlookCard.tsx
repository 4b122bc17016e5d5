import { useQuery } from "@tanstack/react-query";
import type { OutlookView } from "@wanjia/contract/planning";
import { mayArrangeWork } from "@wanjia/domain/planning/policy";
import { Button } from "antd";
import { useState } from "react";
import { Chart } from "../insight/Chart.tsx";
import { api, client } from "../shell/api.ts";
import { formatCount, formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card, Facts } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { currentPalette } from "../shell/theme.ts";
import { curveChart } from "./charts.ts";
import { adviceOf, curveRows, percent } from "./view-model.ts";
import { usePlanningWords } from "./words.ts";
import "./planning.css";

const ASK_AGAIN_MS = 1500;

/** Hours that a campaign needs against hours there are, before it opens and after. */
export function OutlookCard({ campaignId }: { campaignId: string }) {
  const words = usePlanningWords();
  const locale = currentLocale();
  const mayAsk = mayArrangeWork(useSession().role);
  const [error, setError] = useState<unknown>();
  const input = { id: campaignId };
  const found = useQuery({
    ...api.planning.outlook.queryOptions({ input }),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? ASK_AGAIN_MS : false),
  });
  const ask = async (): Promise<void> => {
    setError(undefined);
    try {
      await client.planning.askOutlook(input);
    } catch (caught) {
      setError(caught);
    }
    await found.refetch();
  };
  if (found.data === undefined || (!mayAsk && found.data.state === "none")) return null;
  const { state, madeAt, outlook } = found.data;
  return (
    <Card
      title={words("outlook.title")}
      actions={
        mayAsk && (
          <Button loading={state === "waiting"} onClick={() => void ask()}>
            {words(state === "none" ? "outlook.ask" : "outlook.again")}
          </Button>
        )
      }
    >
      <p className="desk-lead">{words("outlook.lead")}</p>
      <FormProblem error={error} />
      {state === "waiting" && <p role="status">{words("outlook.waiting")}</p>}
      {outlook && <Outlook outlook={outlook} />}
      {madeAt !== null && (
        <p className="desk-lead">{words("outlook.made", { at: formatInstant(madeAt, locale) })}</p>
      )}
    </Card>
  );
}

function Outlook({ outlook }: { outlook: OutlookView }) {
  const words = usePlanningWords();
  const locale = currentLocale();
  const { hoursNeeded, coverage } = outlook;
  const hours = (value: number): string => formatCount(Math.round(value), locale);
  const rows = curveRows(outlook);
  const advice = adviceOf(outlook);
  const option = curveChart(
    outlook,
    (layout) => words(`outlook.layout.${layout}`),
    currentPalette(),
    (day) => formatDay(day, locale),
  );
  return (
    <>
      <p className="outlook-verdict">{words(`outlook.verdict.${outlook.verdict}`)}</p>
      {advice !== null && <p className="desk-lead">{words(`outlook.advice.${advice}`)}</p>}
      <Facts
        items={[
          {
            label: words("outlook.there"),
            value: words("outlook.hours", { hours: hours(outlook.hoursThere) }),
          },
          {
            label: words("outlook.needed"),
            value: words("outlook.between", {
              middle: hours(hoursNeeded.middle),
              low: hours(hoursNeeded.low),
              high: hours(hoursNeeded.high),
            }),
          },
          {
            label: words("outlook.coverage"),
            value: words("outlook.share", {
              middle: percent(coverage.middle),
              low: percent(coverage.low),
              high: percent(coverage.high),
            }),
          },
          {
            label: words("outlook.promise"),
            value: words("outlook.promise_said", { share: percent(outlook.honestPromise) }),
          },
        ]}
      />
      <p className="desk-lead">
        {words("outlook.basis", {
          teams: outlook.teams,
          doors: formatCount(outlook.doors, locale),
        })}
      </p>
      <Chart option={option} height={280} />
      <div className="desk-table-frame">
        <table className="desk-table">
          <caption>{words("outlook.curve")}</caption>
          <thead>
            <tr>
              <th scope="col">{words("outlook.ends")}</th>
              {outlook.curves.map(({ layout }) => (
                <th key={layout} scope="col" data-align="right">
                  {words(`outlook.layout.${layout}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ endsOn, cells }) => (
              <tr key={endsOn}>
                <td>{formatDay(endsOn, locale)}</td>
                {cells.map(({ layout, point }) => (
                  <td key={layout} data-align="right">
                    {point &&
                      words("outlook.table", {
                        hours: hours(point.hours),
                        share: percent(point.coverage),
                      })}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
