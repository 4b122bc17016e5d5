import { useEffect, useState } from "react";
import type { WalkView } from "@wanjia/contract/planning";
import {
  buildingsOf,
  clockText,
  moved,
  REFUSE_REASONS,
  swappable,
} from "@wanjia/domain/planning/settling";
import { Button } from "@wanjia/ui/form/Button";
import { ChoiceField } from "@wanjia/ui/form/fields";
import { useTranslation } from "@wanjia/ui/language/language";
import { Sheet } from "../shell/Sheet.tsx";
import { useLocale, useWork } from "../shell/work.tsx";
import { askPlanning } from "./planning-api.ts";
import type { WalkNow } from "./rest-of-day.ts";

type Step = "refuse" | "restore" | "reorder" | "swap" | "pin";
type Stage = "all" | Extract<Step, "refuse" | "reorder" | "swap">;
type Settle = (step: Step, body: object) => Promise<void>;

/**
 * An officer settles his own walk: not to go, another order, somebody else's instead, or as it is.
 * The server judges it by the rules of every plan, so this needs the network.
 */
export function WalkSheet({ walk, onClose }: { walk: WalkNow; onClose: () => void }) {
  const { t } = useTranslation("planning");
  const { driver } = useWork();
  const locale = useLocale();
  const { id, day, settled } = walk;
  const { campaignId, stationId } = settled;
  const [walks, setWalks] = useState<readonly WalkView[]>();
  const [stage, setStage] = useState<Stage>("all");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const asked = new URLSearchParams({ campaignId, stationId, day });
    void askPlanning<{ walks: WalkView[] }>(locale, "GET", `/day?${asked}`).then((answer) => {
      if (answer.ok) setWalks(answer.value.walks);
      else setProblem(answer.said ?? t("change.offline"));
    });
  }, [campaignId, stationId, day, locale, t]);
  const own = walks?.find((one) => one.id === id);
  const settle: Settle = async (step, body) => {
    setBusy(true);
    setProblem(undefined);
    const version = own?.version;
    const answer = await askPlanning(locale, "POST", `/walks/${id}/${step}`, { ...body, version });
    if (!answer.ok) {
      setBusy(false);
      setProblem(answer.said ?? t("change.offline"));
      return;
    }
    await driver.sync();
    onClose();
  };
  const hours = t("hours", { from: clockText(walk.from), to: clockText(walk.to) });
  return (
    <Sheet title={t("change.title", { hours })} onClose={onClose}>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {walks === undefined && problem === undefined && <p role="status">{t("change.loading")}</p>}
      {walks !== undefined && own === undefined && <p>{t("change.gone")}</p>}
      {own !== undefined && (
        <fieldset className="stack walk-change" disabled={busy}>
          {stage === "all" && (
            <Steps
              own={own}
              canSwap={swappable(own, walks ?? []).length > 0}
              onStage={setStage}
              settle={settle}
            />
          )}
          {stage === "refuse" && <Refuse settle={settle} />}
          {stage === "reorder" && <Reorder own={own} settle={settle} />}
          {stage === "swap" && <Swap others={swappable(own, walks ?? [])} settle={settle} />}
        </fieldset>
      )}
    </Sheet>
  );
}

function Steps({
  own,
  canSwap,
  onStage,
  settle,
}: {
  own: WalkView;
  canSwap: boolean;
  onStage: (stage: Stage) => void;
  settle: Settle;
}) {
  const { t } = useTranslation("planning");
  if (own.state === "refused") {
    return (
      <>
        <p className="muted">{t("change.restoreHint")}</p>
        <Button look="main" block onClick={() => void settle("restore", {})}>
          {t("change.restore")}
        </Button>
      </>
    );
  }
  return (
    <>
      <p className="muted">{t("change.hint")}</p>
      <Button block onClick={() => void settle("pin", { pinned: !own.pinned })}>
        {t(own.pinned ? "change.unpin" : "change.pin")}
      </Button>
      {buildingsOf(own).length > 1 && (
        <Button block onClick={() => onStage("reorder")}>
          {t("change.reorder")}
        </Button>
      )}
      {canSwap && (
        <Button block onClick={() => onStage("swap")}>
          {t("change.swap")}
        </Button>
      )}
      <Button block onClick={() => onStage("refuse")}>
        {t("change.refuse")}
      </Button>
    </>
  );
}

function Refuse({ settle }: { settle: Settle }) {
  const { t } = useTranslation("planning");
  const [reason, setReason] = useState<string>("other_duty");
  return (
    <>
      <ChoiceField
        label={t("change.reason")}
        hint={t("change.refuseHint")}
        required
        options={REFUSE_REASONS.map((value) => ({
          value,
          label: t(`said:planning.reason.${value}`),
        }))}
        value={[reason]}
        onValue={([value = reason]) => setReason(value)}
      />
      <Button look="main" block onClick={() => void settle("refuse", { reason })}>
        {t("change.refuse")}
      </Button>
    </>
  );
}

function Reorder({ own, settle }: { own: WalkView; settle: Settle }) {
  const { t } = useTranslation("planning");
  const [order, setOrder] = useState(() => buildingsOf(own));
  const buildings = order.map(({ building }) => building);
  return (
    <>
      <p className="muted">{t("change.reorderHint")}</p>
      <ol className="walk-order">
        {order.map(({ building, name }, i) => (
          <li key={building}>
            <span>{name}</span>
            {i > 0 && (
              <Button
                aria-label={t("change.up", { name })}
                onClick={() => setOrder(moved(order, i, i - 1))}
              >
                ↑
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Button look="main" block onClick={() => void settle("reorder", { buildings })}>
        {t("change.reorderSave")}
      </Button>
    </>
  );
}

function Swap({ others, settle }: { others: readonly WalkView[]; settle: Settle }) {
  const { t } = useTranslation("planning");
  const [withId, setWithId] = useState(others[0]?.id ?? "");
  return (
    <>
      <ChoiceField
        label={t("change.with")}
        hint={t("change.swapHint")}
        required
        options={others.map(({ id, teamName, from, to }) => ({
          value: id,
          label: `${teamName} ${t("hours", { from: clockText(from), to: clockText(to) })}`,
        }))}
        value={[withId]}
        onValue={([value = withId]) => setWithId(value)}
      />
      <Button look="main" block onClick={() => void settle("swap", { withId })}>
        {t("change.swapSave")}
      </Button>
    </>
  );
}
