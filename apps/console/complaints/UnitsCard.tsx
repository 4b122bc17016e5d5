import { useQuery } from "@tanstack/react-query";
import { localDate } from "@wanjia/domain/shared/instant";
import { formatPercent } from "@wanjia/domain/shared/rounding";
import { useState } from "react";
import { api } from "../shell/api.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card } from "../shell/Page.tsx";
import { useComplaintLabels, useComplaintWords } from "./words.ts";
import "../insight/insight.css";
import { useUnits } from "../organisation/data.ts";

/** K71-K73 of this year by the unit concerned: what one handles, and nothing of one's own unit. */
export function UnitsCard() {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const units = useUnits();
  const [year] = useState(() => localDate(Date.now()).slice(0, 4));
  const found = useQuery(api.complaints.units.queryOptions({ input: { year } }));
  const share = (n: number, of: number): string =>
    of === 0 ? "—" : `${formatPercent(n, of)} (${n}/${of})`;
  return (
    <Card title={words("units.title", { year })}>
      <p className="desk-lead">{words("units.lead")}</p>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{words("units.none")}</p>
          ) : (
            <div
              className="figure-scroll"
              role="region"
              aria-label={words("units.title", { year })}
              tabIndex={0}
            >
              <table className="figure-table">
                <thead>
                  <tr>
                    <th scope="col">{words("units.unit")}</th>
                    {(["received", "on_time", "substantiated"] as const).map((column) => (
                      <th key={column} scope="col" className="figure-number">
                        {words(`units.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((unit) => (
                    <tr key={`${unit.about} ${unit.stationName}`}>
                      <th scope="row">
                        {units.said(unit.stationName) ?? labels(`about.${unit.about}`)}
                      </th>
                      <td className="figure-number">{unit.complaints}</td>
                      <td className="figure-number">
                        {share(unit.complaints_answered_on_time, unit.complaints_answer_due)}
                      </td>
                      <td className="figure-number">
                        {share(unit.complaints_substantiated, unit.complaints_answered)}
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
  );
}
