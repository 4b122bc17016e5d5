import { useEffect, useState } from "react";
import type { WalkView } from "@wanjia/contract/planning";
import type { SettleStep } from "@wanjia/domain/planning/settle";
import { clockText, moved, REFUSE_REASONS, swappable } from "@wanjia/domain/planning/settling";
import { Button } from "@wanjia/ui/form/Button";
import { ChoiceField } from "@wanjia/ui/form/fields";
import { useTranslation } from "@wanjia/ui/language/language";
import { isStorageFull } from "../shell/database.ts";
import type { Mine } from "../shell/records.ts";
import { Sheet } from "../shell/Sheet.tsx";
import { UNDO_MS } from "../shell/sync-driver.ts";
import { offerUndo } from "../shell/undo.ts";
import { clock, useLocale, useWork } from "../shell/work.tsx";
import { useRefusalText } from "../visits/recording.tsx";
import { askPlanning } from "./planning-api.ts";
import type { WalkNow } from "./rest-of-day.ts";
import { blockOfWalk, settleHere } from "./settling.ts";
import { readWalks } from "./walks.ts";

type Stage = "all" | "refuse" | "reorder" | "swap";
type Settle = (step: SettleStep) => Promise<void>;

/**
 * An officer settles his own walk: not to go, another order, as it is; judged by the rules of every plan,
 * without a network too. Somebody else's walk instead needs one: two phones would have to agree.
 */
export function WalkSheet({ walk, onClose }: { walk: WalkNow; onClose: () => void }) {
  const { t } = useTranslation("planning");
  const work = useWork();
  const refusalText = useRefusalText();
  const [stage, setStage] = useState<Stage>("all");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const hours = t("hours", { from: clockText(walk.begins), to: clockText(walk.to) });
  const settle: Settle = async (step) => {
    setBusy(true);
    setProblem(undefined);
    const { section, doors } = await readWalks(work, [walk.id]);
    const stamp = { id: work.session.newId(), at: clock() };
    const settled = settleHere(section, doors, walk.id, step, stamp);
    if (!settled.ok) {
      setBusy(false);
      setProblem(refusalText(settled.refusal));
      return;
    }
    const command = settled.value;
    const mine: Mine = {
      command,
      block: blockOfWalk(walk.id),
      placeId: walk.id,
      label: t("change.label", { hours }),
    };
    try {
      await work.driver.record({ mine });
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      setBusy(false);
      setProblem(refusalText({ code: "storage-full" }));
      return;
    }
    navigator.vibrate?.(30);
    const text = t(`change.did.${step.kind === "pin" && !step.pinned ? "unpin" : step.kind}`);
    offerUndo({ id: command.id, text, until: clock() + UNDO_MS });
    onClose();
  };
  return (
    <Sheet title={t("change.title", { hours })} onClose={onClose}>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {stage === "swap" ? (
        <Swap walk={walk} onClose={onClose} />
      ) : (
        <fieldset className="stack walk-change" disabled={busy}>
          {stage === "all" && <Steps walk={walk} onStage={setStage} settle={settle} />}
          {stage === "refuse" && <Refuse settle={settle} />}
          {stage === "reorder" && <Reorder walk={walk} settle={settle} />}
        </fieldset>
      )}
    </Sheet>
  );
}

function Steps({
  walk: { state, settled, buildings },
  onStage,
  settle,
}: {
  walk: WalkNow;
  onStage: (stage: Stage) => void;
  settle: Settle;
}) {
  const { t } = useTranslation("planning");
  if (state === "refused") {
    return (
      <>
        <p className="muted">{t("change.restoreHint")}</p>
        <Button look="main" block onClick={() => void settle({ kind: "restore" })}>
          {t("change.restore")}
        </Button>
      </>
    );
  }
  return (
    <>
      <p className="muted">{t("change.hint")}</p>
      <Button block onClick={() => void settle({ kind: "pin", pinned: !settled.pinned })}>
        {t(settled.pinned ? "change.unpin" : "change.pin")}
      </Button>
      {buildings.length > 1 && (
        <Button block onClick={() => onStage("reorder")}>
          {t("change.reorder")}
        </Button>
      )}
      <Button block onClick={() => onStage("swap")}>
        {t("change.swap")}
      </Button>
      <Button block onClick={() => onStage("refuse")}>
        {t("change.refuse")}
      </Button>
    </>
  );
}

function Refuse({ settle }: { settle: Settle }) {
  const { t } = useTranslation("planning");
  const [reason, setReason] = useState<(typeof REFUSE_REASONS)[number]>("other_duty");
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
        onValue={([value]) => setReason(REFUSE_REASONS.find((one) => one === value) ?? reason)}
      />
      <Button look="main" block onClick={() => void settle({ kind: "refuse", reason })}>
        {t("change.refuse")}
      </Button>
    </>
  );
}

function Reorder({ walk, settle }: { walk: WalkNow; settle: Settle }) {
  const { t } = useTranslation("planning");
  const [order, setOrder] = useState(walk.buildings);
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
      <Button look="main" block onClick={() => void settle({ kind: "reorder", buildings })}>
        {t("change.reorderSave")}
      </Button>
    </>
  );
}

/** Both walks are judged together, against the hours of everybody in them: only the server knows all that. */
function Swap({ walk, onClose }: { walk: WalkNow; onClose: () => void }) {
  const { t } = useTranslation("planning");
  const { driver } = useWork();
  const locale = useLocale();
  const { id, day, settled } = walk;
  const { campaignId, stationId } = settled;
  const [walks, setWalks] = useState<readonly WalkView[]>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    const asked = new URLSearchParams({ campaignId, stationId, day });
    void askPlanning<{ walks: WalkView[] }>(locale, "GET", `/day?${asked}`).then((answer) => {
      if (answer.ok) setWalks(answer.value.walks);
      else setProblem(answer.said ?? t("change.swapOffline"));
    });
  }, [campaignId, stationId, day, locale, t]);
  const own = walks?.find((one) => one.id === id);
  const others = own === undefined ? [] : swappable(own, walks ?? []);
  const withId = chosen ?? others[0]?.id;
  const swap = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    // What was settled on this phone goes first: the swap stands on it.
    await driver.releaseHeld();
    const body = { withId, version: own?.version };
    const answer = await askPlanning(locale, "POST", `/walks/${id}/swap`, body);
    if (!answer.ok) {
      setBusy(false);
      setProblem(answer.said ?? t("change.swapOffline"));
      return;
    }
    await driver.sync();
    onClose();
  };
  return (
    <div className="stack walk-change">
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {walks === undefined && problem === undefined && <p role="status">{t("change.loading")}</p>}
      {walks !== undefined && own === undefined && <p>{t("change.gone")}</p>}
      {own !== undefined && others.length === 0 && <p className="empty">{t("change.nobody")}</p>}
      {withId !== undefined && (
        <fieldset className="stack walk-change" disabled={busy}>
          <ChoiceField
            label={t("change.with")}
            hint={t("change.swapHint")}
            required
            options={others.map((other) => ({
              value: other.id,
              label: `${other.teamName} ${t("hours", { from: clockText(other.from), to: clockText(other.to) })}`,
            }))}
            value={[withId]}
            onValue={([value = withId]) => setChosen(value)}
          />
          <Button look="main" block onClick={() => void swap()}>
            {t("change.swapSave")}
          </Button>
        </fieldset>
      )}
    </div>
  );
}
