import { useState } from "react";
import { changeOf } from "@wanjia/domain/planning/settle";
import { Button } from "@wanjia/ui/form/Button";
import { momentText } from "@wanjia/ui/language/dates";
import { useTranslation } from "@wanjia/ui/language/language";
import { go } from "../shell/navigation.tsx";
import { Page } from "../shell/Page.tsx";
import { Sheet } from "../shell/Sheet.tsx";
import { isSettleCommand } from "../planning/settling.ts";
import { useLocale, useStatus, useStored, useWork } from "../shell/work.tsx";
import { useRefusalText } from "./recording.tsx";
import { isVisitCommand, visitOf } from "./view-model.ts";

/** What the server said no to: why, and the way to mend it. Nothing is dropped without being asked. */
export function RefusedScreen() {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const { driver, store } = useWork();
  const status = useStatus();
  const refusalText = useRefusalText();
  const [dropping, setDropping] = useState<string | null>(null);
  const refused = driver
    .entries()
    .filter(({ state, repairedBy, setAside }) => state === "refused" && !repairedBy && !setAside);
  const labels = useStored(async () => {
    const found = await Promise.all(
      refused.map(async ({ command }) => [command.id, await store.findMine(command.id)] as const),
    );
    return new Map(found);
  }, ["refused", status.refused]);
  return (
    <Page title={t("refused.title")} backTo={[]}>
      {refused.length === 0 && <p className="empty">{t("refused.empty")}</p>}
      <ul className="stack">
        {refused.map(({ command, refusal }) => {
          const mine = labels?.get(command.id);
          return (
            <li key={command.id} className="card">
              <h2>
                {mine?.label}{" "}
                {isVisitCommand(command)
                  ? t(`said:visits.outcome.${visitOf(command).outcome}`)
                  : isSettleCommand(command)
                    ? t(`said:planning.change.${changeOf(command.body.step)}`)
                    : t("note.title")}
              </h2>
              <p className="muted small">
                {t("refused.when", { time: momentText(command.at, locale) })}
              </p>
              {refusal && <p className="problem">{refusalText(refusal)}</p>}
              <div className="row spread">
                <Button look="quiet" onClick={() => setDropping(command.id)}>
                  {t("shell:status.discard")}
                </Button>
                {mine && isVisitCommand(command) && (
                  <Button
                    look="main"
                    onClick={() => go(["visit", mine.block, mine.placeId], { repairs: command.id })}
                  >
                    {t("shell:status.repair")}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {dropping && (
        <Sheet title={t("shell:status.discard")} onClose={() => setDropping(null)}>
          <p>{t("refused.discardSure")}</p>
          <Button
            look="danger"
            block
            onClick={() => {
              void driver.setAside(dropping);
              setDropping(null);
            }}
          >
            {t("shell:status.discard")}
          </Button>
        </Sheet>
      )}
    </Page>
  );
}
