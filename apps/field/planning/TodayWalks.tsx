import { useState } from "react";
import { Icon } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { useTranslation } from "@wanjia/ui/language/language";
import { localDate } from "@wanjia/domain/shared/instant";
import { clockText } from "@wanjia/domain/planning/settling";
import { Button } from "@wanjia/ui/form/Button";
import { momentText } from "@wanjia/ui/language/dates";
import { go } from "../shell/navigation.tsx";
import { useLocale, useNow } from "../shell/work.tsx";
import type { WalkChanged } from "./plan-section.ts";
import type { WalkNow, WalkPart } from "./rest-of-day.ts";
import { useWalks } from "./walks.ts";
import { WalkSheet } from "./WalkSheet.tsx";

/** The day's walks, in order; of the one under way the rest, as the doors left it. */
export function TodayWalks() {
  const { t } = useTranslation("planning");
  const now = useNow();
  const walks = useWalks();
  if (walks.length === 0) return null;
  const today = localDate(now);
  return (
    <section className="stack" aria-label={t("title")}>
      <h2>{t("title")}</h2>
      {walks.map((walk) => (
        <WalkOfDay key={walk.id} walk={walk} isToday={walk.day === today} />
      ))}
    </section>
  );
}

const TONES = { ahead: "open", under_way: "primary", over: "ended", refused: "ended" } as const;

function WalkOfDay({ walk, isToday }: { walk: WalkNow; isToday: boolean }) {
  const { t } = useTranslation("planning");
  const [changing, setChanging] = useState(false);
  const { state, settled, parts } = walk;
  const hours = t("hours", { from: clockText(walk.begins), to: clockText(walk.to) });
  const isRefused = state === "refused";
  return (
    <article className="card walk" data-state={state}>
      <p className="walk-head">
        <strong>{isToday ? hours : `${t("tomorrow")} ${hours}`}</strong>
        {(isToday || isRefused) && (
          <StatusChip tone={TONES[state]}>{t(`state.${state}`)}</StatusChip>
        )}
        {settled.pinned && !isRefused && <StatusChip tone="primary">{t("pinned")}</StatusChip>}
        {walk.done > 0 && <span className="muted small">{t("done", { count: walk.done })}</span>}
      </p>
      {isRefused && (
        <p className="muted">{t(`said:planning.left.${settled.reason ?? "refused"}`)}</p>
      )}
      {settled.changed !== null && <Changed changed={settled.changed} />}
      {walk.begins > walk.from && state === "ahead" && (
        <p className="muted small">{t("later", { from: clockText(walk.from) })}</p>
      )}
      {walk.isReplanned && (
        <>
          <p className="muted small">{t("replanned")}</p>
          {walk.beyond > 0 && <p className="muted small">{t("beyond", { count: walk.beyond })}</p>}
        </>
      )}
      {parts.length === 0 && isToday && !isRefused && (
        <p className="muted small">{t(state === "over" ? "overNow" : "all")}</p>
      )}
      <ol className="walk-parts">
        {parts.map((part) => (
          <li key={`${part.building} ${part.at}`}>
            <Part part={part} />
          </li>
        ))}
      </ol>
      {settled.mayChange && state !== "over" && (
        <Button look="quiet" onClick={() => setChanging(true)}>
          {t("change.open")}
        </Button>
      )}
      {changing && <WalkSheet walk={walk} onClose={() => setChanging(false)} />}
    </article>
  );
}

/** Who settled the walk last, for everybody who goes it. */
function Changed({ changed: { at, by, change, unsent } }: { changed: WalkChanged }) {
  const { t } = useTranslation("planning");
  const locale = useLocale();
  const what = change === "unkept" ? t("unkept") : t(`said:planning.change.${change}`);
  return (
    <p className="walk-changed small">
      {t("changed", { at: momentText(at, locale), by: by ?? t("byPlan"), what })}
      {unsent && <StatusChip tone="again">{t("unsent")}</StatusChip>}
    </p>
  );
}

function Part({ part }: { part: WalkPart }) {
  const { t } = useTranslation("planning");
  const { name, at, doorIds, reason, window, pack } = part;
  return (
    <button type="button" className="walk-part" onClick={() => go(["building", pack])}>
      <span className="walk-at">{clockText(at)}</span>
      <span className="walk-where">
        <span>{name}</span>
        <span className="muted small">
          {reason === "appointment" ? "" : t("doors", { count: doorIds.length })}{" "}
          {t(`said:planning.short.${reason}`)}
        </span>
        {window !== null && (
          <StatusChip tone="appointment">
            {t("window", { from: clockText(window.from), to: clockText(window.to) })}
          </StatusChip>
        )}
      </span>
      <Icon name="forward" />
    </button>
  );
}
