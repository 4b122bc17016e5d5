import { mayAsk } from "@wanjia/domain/oversight/policy";
import { Link, useSearchParams } from "react-router";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { DoorsCard } from "./DoorsCard.tsx";
import { FindingsCard } from "./FindingsCard.tsx";
import { useOversightWords } from "./words.ts";
import { WeeksCard } from "./WeeksCard.tsx";

/** Only what waits for whoever looks, as the list of the day opens it. */
export interface Waiting {
  readonly todo?: "true";
}

/** Who asks sees doors and no visit; who is concerned sees visits that differ, and no door before. */
export function RechecksScreen() {
  const words = useOversightWords();
  const { role } = useSession();
  const [params] = useSearchParams();
  const waiting: Waiting = params.get("todo") === "true" ? { todo: "true" } : {};
  return (
    <Page title={words("title")} lead={words("lead")}>
      {waiting.todo && (
        <p>
          {words("waiting")} <Link to="/rechecks">{words("all")}</Link>
        </p>
      )}
      {mayAsk(role) ? <DoorsCard waiting={waiting} /> : <FindingsCard waiting={waiting} />}
      <WeeksCard />
    </Page>
  );
}
