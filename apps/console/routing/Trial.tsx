import type { RoutingTrial } from "@wanjia/contract/routing";
import { printNumber } from "@wanjia/domain/matters/number";
import { Checkbox } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { natureOf, useMatterLabels } from "../matters/labels.ts";
import { Card } from "../shell/Page.tsx";
import { useTally, useTarget } from "./sayings.ts";
import { trialRows } from "./view-model.ts";
import { useRoutingWords } from "./words.ts";

/** Where each of the newest matters would go, and where it went. */
export function Trial({ trial }: { trial: RoutingTrial }) {
  const words = useRoutingWords();
  const labels = useMatterLabels();
  const target = useTarget();
  const tallied = useTally();
  const [onlyOther, setOnlyOther] = useState(false);
  const { rows, tally } = trial;
  return (
    <Card title={words("trial.title")}>
      <p>{rows.length === 0 ? words("trial.empty") : tallied(tally)}</p>
      <p className="desk-lead">{words("trial.lead", { count: rows.length })}</p>
      <Checkbox checked={onlyOther} onChange={({ target: box }) => setOnlyOther(box.checked)}>
        {words("trial.only_other")}
      </Checkbox>
      <div
        className="desk-table-frame routing-trial"
        tabIndex={0}
        role="region"
        aria-label={words("trial.matter")}
      >
        <table className="desk-table">
          <thead>
            <tr>
              <th scope="col">{words("trial.matter")}</th>
              <th scope="col">{words("trial.would")}</th>
              <th scope="col">{words("trial.went")}</th>
            </tr>
          </thead>
          <tbody>
            {trialRows(rows, onlyOther).map((row) => (
              <tr key={row.id} data-verdict={row.verdict}>
                <td>
                  <Link to={`/matters/${row.id}`}>{printNumber(row.number)}</Link>
                  <span className="routing-what">
                    {natureOf(labels, row)}
                    {row.place !== null && ` · ${row.place}`}
                  </span>
                </td>
                <td>
                  {row.would === null || row.rule === null ? (
                    <strong>{words("trial.uncovered")}</strong>
                  ) : (
                    <>
                      {target(row.would)}
                      <span className="routing-what">{words("number", { number: row.rule })}</span>
                    </>
                  )}
                </td>
                <td>
                  {row.went === null ? words("trial.undecided") : target(row.went)}
                  <span className="routing-what">{words(`verdict.${row.verdict}`)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
