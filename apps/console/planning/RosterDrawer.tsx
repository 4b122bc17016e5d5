import { useQuery } from "@tanstack/react-query";
import { clockText } from "@wanjia/domain/planning/settling";
import { Button, Drawer } from "antd";
import { Fragment, useState } from "react";
import { api, client } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { useNarrow } from "../shell/use-media.ts";
import { weekRows } from "./view-model.ts";
import { WeekForm, WeekLoadText } from "./WeekForm.tsx";
import { usePlanningWords } from "./words.ts";

type Member = Awaited<ReturnType<typeof client.planning.roster>>["members"][number];

/** Who works when: the usual week, or one of their own. */
export function RosterDrawer({
  campaignId,
  stationId,
  mayChange,
  onClose,
}: {
  campaignId: string;
  stationId: string;
  mayChange: boolean;
  onClose: () => void;
}) {
  const words = usePlanningWords();
  const narrow = useNarrow();
  const locale = currentLocale();
  const [member, setMember] = useState<Member | null>(null);
  const roster = useQuery(api.planning.roster.queryOptions({ input: { campaignId, stationId } }));
  const dayText = (weekday: number): string =>
    words("roster.on", { day: words(`weekday.${weekday as 1}`) });
  return (
    <Drawer
      open
      title={words("roster.title")}
      size={narrow ? "100%" : 560}
      onClose={onClose}
      destroyOnHidden
    >
      <p className="desk-lead">{words("roster.hint")}</p>
      <Loaded query={roster}>
        {({ members, holidays, announcedThrough }) => (
          <>
            <p className="desk-lead">
              {words(holidays.length === 0 ? "roster.no_holidays" : "roster.holidays", {
                days: holidays.map((day) => formatDay(day, locale)).join(words("roster.and")),
                through: formatDay(announcedThrough, locale),
              })}
            </p>
            {members.length === 0 && <p>{words("roster.none")}</p>}
            <ul className="desk-stack roster-list">
              {members.map((one) => (
                <li key={one.id} className="day-walk">
                  <div className="day-walk-head">
                    <strong>{one.name}</strong>
                    <span>{one.teamName}</span>
                    <span className="desk-lead">
                      {words(one.usual ? "roster.usual" : "roster.own")}
                    </span>
                    {mayChange && (
                      <Button onClick={() => setMember(one)}>{words("roster.change")}</Button>
                    )}
                  </div>
                  <ul className="day-why roster-days">
                    {weekRows(one.week).map(({ first, last, hours }) => (
                      <li key={first}>
                        <span>
                          {first === last
                            ? dayText(first)
                            : words("roster.days", { first: dayText(first), last: dayText(last) })}
                        </span>
                        <span>
                          {hours.map(({ from, to }, i) => (
                            <Fragment key={from}>
                              <span className="roster-hours">
                                {words("stretch", { from: clockText(from), to: clockText(to) })}
                                {i < hours.length - 1 && words("roster.and")}
                              </span>
                              <wbr />
                            </Fragment>
                          ))}
                        </span>
                      </li>
                    ))}
                  </ul>
                  <p className="desk-lead">
                    <WeekLoadText week={one.week} />
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {member && (
        <WeekForm
          member={member}
          onSave={async (week) => {
            await client.planning.setWeek({ campaignId, memberId: member.id, week });
            await roster.refetch();
          }}
          onClose={() => setMember(null)}
        />
      )}
    </Drawer>
  );
}
