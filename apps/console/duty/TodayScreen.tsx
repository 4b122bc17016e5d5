import { useQuery } from "@tanstack/react-query";
import { type TodayList, todayOf } from "@wanjia/domain/duty/today";
import { Link } from "react-router";
import { api } from "../shell/api.ts";
import { areas } from "../shell/areas.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { useDutyWords } from "./words.ts";
import "./duty.css";

/** What is mine today: each list with how much there is of it, which opens onto exactly that. */
export function TodayScreen() {
  const words = useDutyWords();
  const { role } = useSession();
  const counted = useQuery(api.duty.today.queryOptions());
  return (
    <Page title={words("today.title")} lead={words("today.lead")}>
      <Loaded query={counted}>
        {({ lists }) => {
          const totals = new Map(lists.map(({ key, total }) => [key, total]));
          const found = todayOf(role).map((list) => ({
            list,
            total: totals.get(list.key) ?? { count: 0, more: false },
          }));
          const some = found.filter(({ total }) => total.count > 0);
          const none = found.filter(({ total }) => total.count === 0);
          return (
            <>
              {some.length === 0 ? (
                <div className="desk-empty" role="status">
                  <p className="desk-empty-title">{words("today.none")}</p>
                  <p>{words("today.none_hint")}</p>
                </div>
              ) : (
                <nav aria-label={words("today.some")}>
                  <ul className="today-lists">
                    {some.map(({ list, total }) => (
                      <li key={list.key}>
                        <Link to={addressOf(list)} data-late={list.late}>
                          <strong>
                            {words(total.more ? "today.more" : "today.count", {
                              count: total.count,
                            })}
                          </strong>
                          <span className="today-name">{words(`today.list.${list.key}`)}</span>
                          <span className="desk-lead">{words(`today.hint.${list.key}`)}</span>
                        </Link>
                      </li>
                    ))}
                  </ul>
                </nav>
              )}
              {none.length > 0 && (
                <section className="today-none" aria-label={words("today.empty")}>
                  <h2>{words("today.empty")}</h2>
                  <ul>
                    {none.map(({ list }) => (
                      <li key={list.key}>
                        <Link to={addressOf(list)}>{words(`today.list.${list.key}`)}</Link>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function addressOf({ screen, filter }: TodayList): string {
  const path = areas.find(({ key }) => key === screen)?.path ?? "/";
  return `${path}?${new URLSearchParams(filter)}`;
}
