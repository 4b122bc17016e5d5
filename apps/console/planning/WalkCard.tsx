import type { WalkView } from "@wanjia/contract/planning";
import { mayChangeWalk } from "@wanjia/domain/planning/policy";
import { beginsAt, buildingsOf, clockText, swappable } from "@wanjia/domain/planning/settling";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import { useState } from "react";
import { client } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale, listComma } from "../shell/language.ts";
import { FormProblem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { RefuseDrawer, ReorderDrawer, SwapDrawer } from "./WalkForms.tsx";
import { unkeptOf } from "./view-model.ts";
import { usePlanningLabels, usePlanningWords } from "./words.ts";

type Form = "refuse" | "reorder" | "swap";

/** One stretch of work: who goes where when, why, and what people may change. */
export function WalkCard({
  walk,
  walks,
  onChanged,
}: {
  walk: WalkView;
  walks: readonly WalkView[];
  onChanged: () => Promise<unknown>;
}) {
  const words = usePlanningWords();
  const labels = usePlanningLabels();
  const { role, memberId } = useWho();
  const [form, setForm] = useState<Form | null>(null);
  const [error, setError] = useState<unknown>();
  const begins = beginsAt(walk.from, walk.choices[0]?.at);
  const hours = words("hours", { from: clockText(begins), to: clockText(walk.to) });
  const tone = walk.state === "planned" ? "met" : "ended";
  const mayChange = mayChangeWalk(
    { role, memberId },
    walk.crew.map(({ id }) => id),
  );
  const act = async (step: () => Promise<unknown>): Promise<void> => {
    setError(undefined);
    try {
      await step();
    } catch (caught) {
      setError(caught);
    }
    await onChanged();
  };
  const { id, version } = walk;
  const said = useChangeText();
  const unkept = unkeptOf(walk);
  const close = () => setForm(null);
  return (
    <article className="day-walk" aria-label={`${walk.teamName} ${hours}`}>
      <div className="day-walk-head">
        <strong>{hours}</strong>
        <StatusChip tone={tone}>{words(`state.${walk.state}`)}</StatusChip>
        {walk.pinned && <StatusChip tone="primary">{words("pinned")}</StatusChip>}
        <span>{walk.crew.map(({ name }) => name).join(listComma())}</span>
        {walk.state === "planned" && (
          <span className="desk-lead">
            {words("doors", { count: walk.doors })} ·{" "}
            {walk.contacts === null ? words("few") : words("expects", { count: walk.contacts })}
          </span>
        )}
      </div>
      {walk.reason !== null && <p className="desk-lead">{labels(`left.${walk.reason}`)}</p>}
      {begins > walk.from && walk.choices[0]?.reason !== "appointment" && (
        <p className="desk-lead">{words("later", { from: clockText(walk.from) })}</p>
      )}
      {unkept !== null && (
        <p className="desk-notice" data-tone="again">
          {said(unkept)}
        </p>
      )}
      {walk.state === "planned" && <Why walk={walk} />}
      <FormProblem error={error} />
      {mayChange && (
        <div className="desk-actions">
          {walk.state === "refused" && (
            <Button onClick={() => void act(() => client.planning.restore({ id, version }))}>
              {words("restore")}
            </Button>
          )}
          {walk.state === "planned" && (
            <>
              <Button
                aria-pressed={walk.pinned}
                onClick={() =>
                  void act(() => client.planning.pin({ id, version, pinned: !walk.pinned }))
                }
              >
                {words(walk.pinned ? "unpin" : "pin")}
              </Button>
              {buildingsOf(walk).length > 1 && (
                <Button onClick={() => setForm("reorder")}>{words("reorder.action")}</Button>
              )}
              {swappable(walk, walks).length > 0 && (
                <Button onClick={() => setForm("swap")}>{words("swap.action")}</Button>
              )}
              <Button onClick={() => setForm("refuse")}>{words("refuse.action")}</Button>
            </>
          )}
        </div>
      )}
      {walk.changes.length > 0 && <History walk={walk} />}
      {form === "refuse" && <RefuseDrawer walk={walk} onClose={close} onChanged={onChanged} />}
      {form === "reorder" && <ReorderDrawer walk={walk} onClose={close} onChanged={onChanged} />}
      {form === "swap" && (
        <SwapDrawer walk={walk} walks={walks} onClose={close} onChanged={onChanged} />
      )}
    </article>
  );
}

function useWho() {
  const session = useSession();
  return { role: session.role, memberId: session.member.id };
}

function Why({ walk }: { walk: WalkView }) {
  const words = usePlanningWords();
  const labels = usePlanningLabels();
  return (
    <ul className="day-why" aria-label={words("why")}>
      {walk.choices.map((choice) => {
        const { building, name, at, doors, reason, slot, level, percent, window } = choice;
        const time = labels(`slot.${slot}`);
        const when =
          window === null
            ? clockText(at)
            : words("hours", { from: clockText(window.from), to: clockText(window.to) });
        return (
          <li key={`${building} ${at}`}>
            <span>{clockText(at)}</span>
            <div>
              <strong>{name}</strong>
              <p>{labels(`choice.${reason}`, { when, count: doors, slot: time })}</p>
              {reason !== "appointment" && (
                <p className="desk-lead">{labels(`level.${level}`, { slot: time, percent })}</p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** A change in words; what couldn't be kept, with the rules in its way. */
function useChangeText() {
  const labels = usePlanningLabels();
  return ({ change, faults }: WalkView["changes"][number]): string =>
    labels(`change.${change}`, {
      why: faults.map((fault) => labels(`refusals.${fault}`)).join(" "),
    });
}

function History({ walk }: { walk: WalkView }) {
  const words = usePlanningWords();
  const said = useChangeText();
  const locale = currentLocale();
  return (
    <ul className="day-history" aria-label={words("history")}>
      {walk.changes.map((one) => (
        <li key={`${one.at} ${one.change}`}>
          {words("change_line", {
            at: formatInstant(one.at, locale),
            by: one.by?.name ?? words("system"),
            change: said(one),
          })}
        </li>
      ))}
    </ul>
  );
}
