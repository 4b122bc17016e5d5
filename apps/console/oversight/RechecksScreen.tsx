import { mayAsk } from "@wanjia/domain/oversight/policy";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { DoorsCard } from "./DoorsCard.tsx";
import { FindingsCard } from "./FindingsCard.tsx";
import { useOversightWords } from "./words.ts";
import { WeeksCard } from "./WeeksCard.tsx";

/** Who asks sees doors and no visit; who is concerned sees visits that differ, and no door before. */
export function RechecksScreen() {
  const words = useOversightWords();
  const { role } = useSession();
  return (
    <Page title={words("title")} lead={words("lead")}>
      {mayAsk(role) ? <DoorsCard /> : <FindingsCard />}
      <WeeksCard />
    </Page>
  );
}
