import { Icon } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { useTranslation } from "@wanjia/ui/language/language";
import { localDate } from "@wanjia/domain/shared/instant";
import type { Minutes } from "@wanjia/domain/planning/terms";
import { go } from "../shell/navigation.tsx";
import { useNow } from "../shell/work.tsx";
import type { WalkNow, WalkPart } from "./rest-of-day.ts";
import { useWalks } from "./walks.ts";

function clockText(minutes: Minutes): string {
  const whole = Math.round(minutes);
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`;
}

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

function WalkOfDay({ walk, isToday }: { walk: WalkNow; isToday: boolean }) {
  const { t } = useTranslation("planning");
  const tone = walk.state === "under_way" ? "primary" : walk.state === "over" ? "ended" : "open";
  const hours = t("hours", { from: clockText(walk.from), to: clockText(walk.to) });
  return (
    <article className="card walk" data-state={walk.state}>
      <p className="walk-head">
        <strong>{isToday ? hours : `${t("tomorrow")} ${hours}`}</strong>
        {isToday && <StatusChip tone={tone}>{t(`state.${walk.state}`)}</StatusChip>}
        {walk.done > 0 && <span className="muted small">{t("done", { count: walk.done })}</span>}
      </p>
      {walk.isReplanned && <p className="muted small">{t("replanned")}</p>}
      {walk.parts.length === 0 && isToday && <p className="muted">{t("all")}</p>}
      <ol className="walk-parts">
        {walk.parts.map((part) => (
          <li key={`${part.building} ${part.at}`}>
            <Part part={part} />
          </li>
        ))}
      </ol>
    </article>
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
