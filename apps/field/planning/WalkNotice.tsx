import { useEffect, useState } from "react";
import { clockText } from "@wanjia/domain/planning/settling";
import { localDate } from "@wanjia/domain/shared/instant";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { replace } from "../shell/navigation.tsx";
import { useFromStore, useNow, useStored, useWork } from "../shell/work.tsx";
import { newsOf, type Told, toldOf, type WalkNews } from "./news.ts";
import { planOf } from "./plan-section.ts";

const TOLD = "walk-news";
const BUZZ = [60, 80, 60];

/** On every screen, until it is read: somebody else changed where this officer goes. */
export function WalkNotice() {
  const { t } = useTranslation("planning");
  const { store, owner } = useWork();
  const { walks } = planOf(useFromStore(({ context }) => context));
  const now = useNow();
  const [turn, setTurn] = useState(0);
  const told = useStored(async () => (await store.doc<Told>(TOLD)) ?? {}, ["told", turn]);
  const news = told === undefined ? [] : newsOf(walks, told, owner.memberId, now);
  const latest = news.map(({ id, changed }) => `${id} ${changed.at}`).join();
  useEffect(() => {
    if (latest !== "") navigator.vibrate?.(BUZZ);
  }, [latest]);
  if (news.length === 0) return null;
  const read = async (): Promise<void> => {
    await store.putDoc(TOLD, toldOf(walks));
    setTurn(turn + 1);
  };
  return (
    <section className="walk-news" role="alert">
      <strong>{t("news.title")}</strong>
      {news.map((one) => (
        <p key={one.id}>
          <News news={one} isToday={one.day === localDate(now)} />
        </p>
      ))}
      <div className="row spread">
        <Button
          onClick={() => {
            replace([]);
            void read();
          }}
        >
          {t("news.look")}
        </Button>
        <Button onClick={() => void read()}>{t("news.seen")}</Button>
      </div>
    </section>
  );
}

function News({ news: { begins, to, changed }, isToday }: { news: WalkNews; isToday: boolean }) {
  const { t } = useTranslation("planning");
  const hours = t("hours", { from: clockText(begins), to: clockText(to) });
  const what =
    changed.change === "unkept" ? t("unkept") : t(`said:planning.change.${changed.change}`);
  return t("news.line", {
    hours: isToday ? hours : `${t("tomorrow")} ${hours}`,
    by: changed.by ?? t("byPlan"),
    what,
  });
}
