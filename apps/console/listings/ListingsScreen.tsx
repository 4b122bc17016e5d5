import { useQuery } from "@tanstack/react-query";
import type { EstateFigures, ListingRow } from "@wanjia/contract/listings";
import { mayImportCounts } from "@wanjia/domain/listings/policy";
import { COUNT_MEASURES, type CountMeasure } from "@wanjia/domain/listings/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "../shell/api.ts";
import { Field } from "../shell/Field.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { CountsForm } from "./CountsForm.tsx";
import { ProposeForm } from "./ProposeForm.tsx";
import { changeText, countText, stateTone } from "./view-model.ts";
import { labelKey, useListingLabels, useListingWords } from "./words.ts";
import "./listings.css";
import { useUnits } from "../organisation/data.ts";

/** Places that are put right in public, and the figures that propose them. */
export function ListingsScreen() {
  const words = useListingWords();
  const { role } = useSession();
  const [importing, setImporting] = useState(false);
  const listings = useQuery(api.listings.list.queryOptions());
  return (
    <Page
      title={words("title")}
      lead={words("lead")}
      actions={
        mayImportCounts(role) && (
          <Button type="primary" onClick={() => setImporting(true)}>
            {words("counts.open")}
          </Button>
        )
      }
    >
      <Card title={words("list.title")}>
        <Loaded query={listings}>
          {({ items, onTime }) => (
            <>
              {onTime.due > 0 && <p className="desk-lead">{words("list.on_time", onTime)}</p>}
              {items.length === 0 ? <p>{words("list.empty")}</p> : <Listings items={items} />}
            </>
          )}
        </Loaded>
      </Card>
      <Figures />
      {importing && <CountsForm onClose={() => setImporting(false)} />}
    </Page>
  );
}

function Listings({ items }: { items: readonly ListingRow[] }) {
  const words = useListingWords();
  const units = useUnits();
  const labels = useListingLabels();
  const locale = currentLocale();
  return (
    <div className="listing-scroll">
      <table className="listing-table" aria-label={words("list.title")}>
        <thead>
          <tr>
            <th scope="col">{words("column.estate")}</th>
            <th scope="col">{words("column.state")}</th>
            <th scope="col">{words("column.station")}</th>
            <th scope="col">{words("column.deadline")}</th>
            <th scope="col" className="listing-number">
              {words("column.measures")}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, estate, state, stationName, deadline, measures }) => (
            <tr key={id}>
              <th scope="row">
                <Link to={`/listings/${id}`}>{estate}</Link>
              </th>
              <td>
                <StatusChip tone={stateTone(state)}>{labels(labelKey("state", state))}</StatusChip>
              </td>
              <td>{units.said(stationName) ?? "—"}</td>
              <td>{deadline === null ? "—" : formatDay(deadline, locale)}</td>
              <td className="listing-number">
                {measures.done} / {measures.all}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figures() {
  const words = useListingWords();
  const labels = useListingLabels();
  const [measure, setMeasure] = useState<CountMeasure>("theft");
  const found = useQuery(api.listings.estates.queryOptions({ input: { measure } }));
  return (
    <Card title={words("figures.title")}>
      <p className="desk-lead">{words("figures.lead")}</p>
      <Field label={words("figures.measure")}>
        {(inputId) => (
          <Select
            id={inputId}
            className="listing-measure"
            value={measure}
            onChange={setMeasure}
            options={COUNT_MEASURES.map((value) => ({
              value,
              label: labels(labelKey("measure", value)),
            }))}
          />
        )}
      </Field>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? <p>{words("figures.empty")}</p> : <Estates items={items} />
        }
      </Loaded>
    </Card>
  );
}

function Estates({ items }: { items: readonly EstateFigures[] }) {
  const words = useListingWords();
  const units = useUnits();
  const locale = currentLocale();
  const [chosen, setChosen] = useState<EstateFigures>();
  const [first] = items;
  return (
    <div className="listing-scroll">
      <table className="listing-table" aria-label={words("figures.title")}>
        {first && (
          <caption>
            <span>
              {words("figures.days", {
                from: formatDay(first.from, locale),
                to: formatDay(first.to, locale),
                source: first.source,
              })}
            </span>
          </caption>
        )}
        <thead>
          <tr>
            <th scope="col">{words("column.estate")}</th>
            <th scope="col">{words("column.station")}</th>
            <th scope="col" className="listing-number">
              {words("column.count")}
            </th>
            <th scope="col" className="listing-number">
              {words("column.before")}
            </th>
            <th scope="col" className="listing-number">
              {words("column.change")}
            </th>
            <th scope="col" className="listing-number">
              {words("column.others")}
            </th>
            <th scope="col" className="listing-number">
              {words("column.households")}
            </th>
            <th scope="col">{words("column.next")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.estateId}>
              <th scope="row">{row.estate}</th>
              <td>{units.said(row.stationName) ?? "—"}</td>
              <td className="listing-number">{countText(row.count)}</td>
              <td className="listing-number">{countText(row.before)}</td>
              <td className="listing-number">{changeText(row.change)}</td>
              <td className="listing-number">
                {row.timesOthers === null ? "—" : row.timesOthers.toFixed(1)}
              </td>
              <td className="listing-number">{row.households}</td>
              <td>
                {row.proposable && (
                  <Button onClick={() => setChosen(row)}>
                    {words("propose.open", { estate: row.estate })}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen && <ProposeForm figures={chosen} onClose={() => setChosen(undefined)} />}
    </div>
  );
}
