import { useQuery } from "@tanstack/react-query";
import { HOUR_MS } from "@wanjia/domain/shared/instant";
import { mayLoadWorkdays } from "@wanjia/domain/workdays/policy";
import { Link } from "react-router";
import { api } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { useSession } from "../shell/session.tsx";
import { useWorkdayWords } from "./words.ts";

/** Above every page of those who can load it: the announced days end soon. */
export function WorkdaysNotice() {
  const words = useWorkdayWords();
  const may = mayLoadWorkdays(useSession().role);
  const { data } = useQuery(
    api.workdays.standing.queryOptions({ enabled: may, staleTime: HOUR_MS }),
  );
  if (!may || data?.endsSoon !== true) return null;
  const day = formatDay(data.through, currentLocale());
  return (
    <p className="desk-notice" data-tone="again">
      {data.daysLeft > 0 ? words("soon", { day, days: data.daysLeft }) : words("over", { day })}{" "}
      <Link to="/clock-rules">{words("go")}</Link>
    </p>
  );
}
