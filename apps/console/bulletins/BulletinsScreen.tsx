import { useQuery } from "@tanstack/react-query";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Select } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { periodsOf } from "../insight/view-model.ts";
import { api } from "../shell/api.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Page } from "../shell/Page.tsx";
import { TONES } from "./view-model.ts";
import { useBulletinLabels, useBulletinWords } from "./words.ts";
import "../insight/insight.css";
import { useUnits } from "../organisation/data.ts";

/** Which community's board of a month is written, read and published. */
export function BulletinsScreen() {
  const words = useBulletinWords();
  const units = useUnits();
  const labels = useBulletinLabels();
  const [params, setParams] = useSearchParams();
  const [now] = useState(() => Date.now());
  // The present month isn't over and has no board.
  const months = periodsOf("month", now).slice(1, 14);
  const month = months.find((one) => one === params.get("month")) ?? months[0] ?? "";
  const found = useQuery(api.bulletins.list.queryOptions({ input: { month } }));
  return (
    <Page
      title={words("title")}
      lead={words("lead")}
      actions={
        <Select
          aria-label={words("month")}
          className="figure-beat"
          value={month}
          onChange={(key: string) => setParams({ month: key })}
          options={months.map((key) => ({
            value: key,
            label: words("month_of", { year: key.slice(0, 4), n: Number(key.slice(5)) }),
          }))}
        />
      }
    >
      <Card>
        <Loaded query={found}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="figure-empty">{words("none")}</p>
            ) : (
              <div className="figure-scroll">
                <table className="figure-table">
                  <thead>
                    <tr>
                      <th scope="col">{words("community")}</th>
                      <th scope="col">{words("station")}</th>
                      <th scope="col">{words("state")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map(({ communityId, community, station, state, edition }) => (
                      <tr key={communityId}>
                        <th scope="row">
                          <Link to={`/bulletins/${communityId}/${month}`}>{community}</Link>
                        </th>
                        <td>{units.said(station)}</td>
                        <td>
                          <StatusChip tone={TONES[state]}>{labels(`state.${state}`)}</StatusChip>
                          {edition > 1 && ` ${words("edition", { n: edition })}`}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}
