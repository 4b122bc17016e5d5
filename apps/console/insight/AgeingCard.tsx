import { useQuery } from "@tanstack/react-query";
import { renderDays, renderInterval } from "@wanjia/domain/insight/rendering";
import { formatPercent } from "@wanjia/domain/shared/rounding";
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useMatterLabels } from "../matters/labels.ts";
import { api } from "../shell/api.ts";
import { currentLocale } from "../shell/language.ts";
import { Problem } from "../shell/Problem.tsx";
import { currentPalette } from "../shell/theme.ts";
import { ageingChart } from "./charts.ts";
import { Chart } from "./Chart.tsx";
import { type Ageing, languageOf } from "./view-model.ts";
import { useInsightWords } from "./words.ts";

/** How long matters take to their end: a curve for one kind at a time, a table for all. */
export function AgeingCard({ stationId, period }: { stationId: string | null; period: string }) {
  const words = useInsightWords();
  const ageing = useQuery(
    api.insight.ageing.queryOptions({
      input: { period, ...(stationId === null ? {} : { stationId }) },
    }),
  );
  return (
    <section>
      <h3>{words("ageing.title")}</h3>
      <p className="figure-scope">{words("ageing.lead")}</p>
      {ageing.error && <Problem error={ageing.error} onRetry={() => void ageing.refetch()} />}
      {ageing.data && <Curves kinds={ageing.data.kinds} />}
    </section>
  );
}

function Curves({ kinds }: { kinds: Ageing["kinds"] }) {
  const words = useInsightWords();
  const labels = useMatterLabels();
  const language = languageOf(currentLocale());
  const drawn = kinds.filter(({ curve }) => curve.length > 0);
  const [chosen, setChosen] = useState(drawn[0]?.kind);
  const shown = drawn.find(({ kind }) => kind === chosen) ?? drawn[0];
  return (
    <>
      {shown === undefined ? (
        <p className="figure-empty">{words("ageing.none")}</p>
      ) : (
        <>
          {drawn.length > 1 && (
            <Segmented
              aria-label={words("ageing.kind")}
              className="figure-screen"
              value={shown.kind}
              onChange={setChosen}
              options={drawn.map(({ kind }) => ({ value: kind, label: labels(`kind.${kind}`) }))}
            />
          )}
          <Curve of={shown} />
        </>
      )}
      <table className="figure-table card-table">
        <thead>
          <tr>
            <th scope="col">{words("ageing.kind")}</th>
            {(["n", "open", "median", "p90"] as const).map((column) => (
              <th key={column} scope="col" className="figure-number">
                {words(`ageing.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, n, open, median, p90 }) => (
            <tr key={kind}>
              <th scope="row">{labels(`kind.${kind}`)}</th>
              <td className="figure-number">{n ?? "•"}</td>
              <td className="figure-number">{open ?? "•"}</td>
              {[median, p90].map((estimate, i) => (
                <td key={i === 0 ? "median" : "p90"} className="figure-number">
                  {estimate === null || n === 0 ? "—" : renderDays(estimate.days, language)}
                  {estimate !== null && n !== 0 && (
                    <span className="figure-note">{renderInterval(estimate, language)}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown && (
        <details className="figure-screen">
          <summary>{`${words("ageing.curve")} · ${labels(`kind.${shown.kind}`)}`}</summary>
          <div className="figure-scroll">
            <table className="figure-table">
              <thead>
                <tr>
                  {(["day", "in_hand", "share", "low", "high"] as const).map((column) => (
                    <th key={column} scope="col" className="figure-number">
                      {words(`ageing.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.curve.map(({ day, inHand, open, low, high }) => (
                  <tr key={day}>
                    <th scope="row" className="figure-number">
                      {day}
                    </th>
                    <td className="figure-number">{inHand}</td>
                    {[open, low, high].map((share, i) => (
                      <td key={["open", "low", "high"][i]} className="figure-number">
                        {formatPercent(Math.round(share * 1000), 1000)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </>
  );
}

function Curve({ of }: { of: Ageing["kinds"][number] }) {
  const words = useInsightWords();
  const labels = useMatterLabels();
  const palette = currentPalette();
  const days = words("ageing.days");
  const open = words("ageing.still_open", { kind: labels(`kind.${of.kind}`) });
  const option = useMemo(
    () => ageingChart(of.curve, { days, open }, palette),
    [of, days, open, palette],
  );
  return <Chart option={option} height={260} />;
}
