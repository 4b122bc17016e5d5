import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card } from "../shell/Page.tsx";
import { StateChip } from "./StateChip.tsx";
import type { Waiting } from "./RechecksScreen.tsx";
import { useOversightLabels, useOversightWords } from "./words.ts";
import "./oversight.css";

/** Named by its door, never by its officer. */
export function FindingsCard({ waiting }: { waiting: Waiting }) {
  const words = useOversightWords();
  const labels = useOversightLabels();
  const units = useUnits();
  const locale = currentLocale();
  const findings = useQuery(api.oversight.findings.queryOptions({ input: waiting }));
  return (
    <Card title={words("findings.title")}>
      <p className="desk-lead">{words("findings.lead")}</p>
      <Loaded query={findings}>
        {({ items }) =>
          items.length === 0 ? (
            <p role="status">{words("findings.empty")}</p>
          ) : (
            <ul className="oversight-list">
              {items.map(({ id, place, stationName, visitedAt, result, state }) => (
                <li key={id}>
                  <div>
                    <Link to={`/rechecks/${id}`}>{place}</Link>
                    <span className="desk-lead">
                      {[
                        units.said(stationName),
                        formatInstant(visitedAt, locale),
                        labels(`result.${result}`),
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </div>
                  <StateChip state={state} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
