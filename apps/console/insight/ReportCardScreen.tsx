import { useQuery } from "@tanstack/react-query";
import { indicatorById } from "@wanjia/domain/insight/dictionary";
import { mayOpenRecords, maySeePeriod } from "@wanjia/domain/insight/policy";
import { Button, Segmented, Select } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { FigureNote } from "./FigureTile.tsx";
import { RecordsDrawer, type RecordsOf } from "./RecordsDrawer.tsx";
import {
  type Card,
  cellOf,
  grainOf,
  GRAINS,
  languageOf,
  opens,
  type PeriodGrain,
  periodsOf,
  SECTIONS,
  textOf,
} from "./view-model.ts";
import { AgeingCard } from "./AgeingCard.tsx";
import { useInsightWords } from "./words.ts";
import "./insight.css";

/** Stands in the address for the bureau as a whole. */
const WHOLE = "bureau";

/** A station's or the bureau's work in a month, quarter or year, on one sheet that can be printed. */
export function ReportCardScreen() {
  const words = useInsightWords();
  const session = useSession();
  const units = useUnits();
  const [params, setParams] = useSearchParams();
  const [now] = useState(() => Date.now());
  const own = session.stations.map(({ id }) => id);
  const options =
    session.scope === "station"
      ? units.stationOptions.filter(({ value }) => own.includes(value))
      : units.stationOptions;
  const wide = session.scope === "bureau" || session.scope === "none";
  const chosen = params.get("station") ?? (wide ? WHOLE : options[0]?.value);
  const whole = chosen === WHOLE;
  const grains = GRAINS.filter((grain) => maySeePeriod(session.role, grain));
  const period = params.get("period") ?? periodsOf(grains[0] ?? "year", now)[0] ?? "";
  const choose = (changes: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    setParams(next);
  };
  const grain = grainOf(period);
  const station = useQuery({
    ...api.insight.card.queryOptions({ input: { id: chosen ?? "", period } }),
    enabled: chosen !== undefined && !whole,
  });
  const bureau = useQuery({
    ...api.insight.bureauCard.queryOptions({ input: { period } }),
    enabled: whole,
  });
  const card = whole ? bureau : station;
  return (
    <Page
      title={words("card.title")}
      lead={words("card.lead")}
      actions={
        <>
          <Select
            aria-label={words("card.station")}
            className="figure-campaign"
            showSearch={{ optionFilterProp: "label" }}
            value={chosen ?? null}
            onChange={(id: string) => choose({ station: id })}
            options={wide ? [{ value: WHOLE, label: words("card.whole") }, ...options] : options}
          />
          <Segmented
            aria-label={words("card.period")}
            value={grain}
            onChange={(one: PeriodGrain) => choose({ period: periodsOf(one, now)[0] ?? "" })}
            options={grains.map((one) => ({ value: one, label: words(`card.${one}`) }))}
          />
          <Select
            aria-label={words("card.period")}
            className="figure-beat"
            value={period}
            onChange={(key: string) => choose({ period: key })}
            options={periodsOf(grain, now).map((key) => ({
              value: key,
              label: periodName(key, words),
            }))}
          />
          <Button type="primary" onClick={() => window.print()}>
            {words("card.print")}
          </Button>
        </>
      }
    >
      {card.error && <Problem error={card.error} onRetry={() => void card.refetch()} />}
      {card.data === undefined ? (
        !card.error && <p className="desk-waiting">…</p>
      ) : (
        <Sheet card={card.data} />
      )}
    </Page>
  );
}

function periodName(key: string, words: ReturnType<typeof useInsightWords>): string {
  const year = key.slice(0, 4);
  switch (grainOf(key)) {
    case "month":
      return words("card.month_of", { year, n: Number(key.slice(5)) });
    case "quarter":
      return words("card.quarter_of", { year, n: key.slice(-1) });
    case "year":
      return words("card.year_of", { year });
  }
}

const SHOWN = ["visits", "matters", "pace", "apart"] as const;

function Sheet({ card }: { card: Card }) {
  const words = useInsightWords();
  const session = useSession();
  const locale = currentLocale();
  const language = languageOf(locale);
  const english = language === "en";
  const [records, setRecords] = useState<RecordsOf | null>(null);
  const { bureau, station, period, stamp, figures } = card;
  const unit = station ?? bureau;
  const name = english ? unit.nameEn : unit.name;
  return (
    <article className="card-sheet">
      <header>
        <p className="figure-scope">{english ? bureau.nameEn : bureau.name}</p>
        <h2>{words("card.heading", { station: name })}</h2>
        <p>
          <strong>{periodName(period.key, words)}</strong>
        </p>
        <p className="figure-scope">
          {words("card.scope", {
            from: period.from,
            to: period.to,
            whole: words(station === null ? "card.whole" : "card.whole_station"),
          })}
        </p>
      </header>
      {SHOWN.filter((section) => SECTIONS[section].some((id) => cellOf(figures, id))).map(
        (section) => (
          <section key={section}>
            <h3>{words(`card.${section}`)}</h3>
            <table className="figure-table card-table">
              <thead>
                <tr>
                  <th scope="col">{words("card.indicator")}</th>
                  <th scope="col" className="figure-number">
                    {words("card.value")}
                  </th>
                  <th scope="col">{words("card.counts")}</th>
                </tr>
              </thead>
              <tbody>
                {SECTIONS[section].map((id) => {
                  const cell = cellOf(figures, id);
                  const indicator = indicatorById(id);
                  if (cell === undefined || indicator === null) return null;
                  const text = textOf(cell, language);
                  return (
                    <tr key={id}>
                      <th scope="row">
                        {indicator.label[language]}
                        <span className="card-id">{id}</span>
                      </th>
                      <td className="figure-number">
                        {mayOpenRecords(session.role) && opens(cell) ? (
                          <button
                            type="button"
                            className="figure-link card-value"
                            onClick={() =>
                              setRecords({
                                indicator: id as RecordsOf["indicator"],
                                period: period.key,
                                ...(station === null ? {} : { stationId: station.id }),
                              })
                            }
                          >
                            {text}
                          </button>
                        ) : (
                          <span className="card-value">{text}</span>
                        )}
                        <FigureNote cell={cell} />
                      </td>
                      <td>
                        {indicator.formula[language]}
                        {indicator.guard !== null && (
                          <span className="card-guard">
                            {words("card.guard", { guard: indicator.guard[language] })}
                          </span>
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        ),
      )}
      <AgeingCard stationId={station?.id ?? null} period={period.key} />
      <footer className="figure-scope">
        {words("card.stamp", {
          at: formatInstant(stamp.dataAsOf, locale),
          hash: stamp.queryHash,
          division:
            stamp.divisionVersion === "none" ? words("card.no_divisions") : stamp.divisionVersion,
          suppression: stamp.suppressionVersion,
        })}
        {" · "}
        {words("figure.legend")}
      </footer>
      <RecordsDrawer of={records} onClose={() => setRecords(null)} />
    </article>
  );
}
