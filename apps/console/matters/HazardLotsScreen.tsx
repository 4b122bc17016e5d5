import { useQuery } from "@tanstack/react-query";
import type { HazardLot } from "@wanjia/contract/hazards";
import { printNumber } from "@wanjia/domain/matters/number";
import { addDays } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Link } from "react-router";
import { api } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Page } from "../shell/Page.tsx";
import { subtypeKey, useMatterLabels } from "./labels.ts";
import { useMatterWords } from "./words.ts";
import "./matters.css";
import { useUnits } from "../organisation/data.ts";

/** What the weekly lot fell on: somebody who had no part in it looks once more. */
export function HazardLotsScreen() {
  const words = useMatterWords();
  const lots = useQuery(api.hazards.lots.queryOptions());
  return (
    <Page
      title={words("lots.title")}
      back={{ to: "/matters", label: words("title") }}
      lead={words("lots.lead")}
    >
      <Loaded query={lots}>
        {({ items }) =>
          items.length === 0 ? (
            <div className="desk-empty" role="status">
              <p>{words("lots.empty")}</p>
            </div>
          ) : (
            items.map((lot) => <Lot key={lot.id} lot={lot} />)
          )
        }
      </Loaded>
    </Page>
  );
}

function Lot({ lot }: { lot: HazardLot }) {
  const words = useMatterWords();
  const units = useUnits();
  const labels = useMatterLabels();
  const locale = currentLocale();
  const { week, cleared, drawn, items } = lot;
  return (
    <Card
      title={words("lots.week", {
        from: formatDay(week, locale),
        to: formatDay(addDays(week, 6), locale),
      })}
    >
      <p className="desk-lead">{words("lots.drawn", { cleared, drawn })}</p>
      {items.length === 0 ? (
        <p>{words("lots.none_here")}</p>
      ) : (
        <ul className="matter-papers">
          {items.map((item) => (
            <li key={item.matterId}>
              <Link to={`/matters/${item.matterId}`}>
                {printNumber(item.number)} · {labels(subtypeKey("hazard", item.subtype))}
              </Link>
              <span>
                {[units.said(item.stationName), item.place]
                  .filter((one) => one !== null)
                  .join(" · ")}
              </span>
              <StatusChip tone={item.stands === null ? "again" : item.stands ? "met" : "alarm"}>
                {words(
                  item.stands === null
                    ? "hazard.lot_open"
                    : item.stands
                      ? "form.stands_yes"
                      : "form.stands_no",
                )}
              </StatusChip>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
