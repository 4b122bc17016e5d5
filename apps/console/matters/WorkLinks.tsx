import { useQuery } from "@tanstack/react-query";
import { WORK_LISTS } from "@wanjia/domain/matters/clock-terms";
import { supervisorOf } from "@wanjia/domain/matters/policy";
import { Link, useSearchParams } from "react-router";
import { api } from "../shell/api.ts";
import { useSession } from "../shell/session.tsx";
import { useMatterWords } from "./words.ts";

/** What has to be done by when, with how much there is of it: each is a filter of the list. */
export function WorkLinks() {
  const words = useMatterWords();
  const { role, member } = useSession();
  const [params] = useSearchParams();
  const mine = params.get("mine") === "true";
  const counted = useQuery(
    api.matters.work.queryOptions({ input: mine ? { handlerId: member.id } : {} }),
  );
  const lists = WORK_LISTS.filter((work) => work !== "tasks" || supervisorOf(role) !== null);
  return (
    <nav className="matter-work" aria-label={words("work.title")}>
      {lists.map((work) => {
        const total = counted.data?.lists[work];
        const here = params.get("work") === work;
        return (
          <Link
            key={work}
            to={`?${addressOf(here ? null : work, mine)}`}
            aria-current={here ? "true" : undefined}
          >
            <span>{words(`work.${work}`)}</span>
            <strong>
              {total === undefined
                ? "…"
                : words(total.more ? "work.more" : "work.count", { count: total.count })}
            </strong>
          </Link>
        );
      })}
    </nav>
  );
}

function addressOf(work: string | null, mine: boolean): string {
  return new URLSearchParams({
    ...(work === null ? {} : { work }),
    ...(mine ? { mine: "true" } : {}),
  }).toString();
}
