import { dayText, momentText, timeText } from "@wanjia/ui/language/dates";
import type { Locale } from "@wanjia/ui/language/language";
import type { LadderSaid } from "./come-again.ts";

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** The ladder in a sentence: 来过 2 次没人应，都在白天；今天 18:00 后再来。 */
export function ladderText(said: LadderSaid, t: Translate, locale: Locale): string {
  const { attempts, tried, next, day } = said;
  if (next.kind === "appointment") {
    const time = momentText(next.from, locale);
    return next.asked
      ? t("door.asked", { from: time, to: timeText(next.to) })
      : t("door.appointment", { time });
  }
  const parts: string[] = [];
  if (attempts > 0) {
    const names = tried.map((band) => t(`ladder.band.${band}`)).join(t("ladder.joiner"));
    const bands = t(tried.length === 1 ? "ladder.only" : "ladder.several", {
      band: names,
      bands: names,
    });
    parts.push(t("ladder.tried", { count: attempts, bands }));
  }
  if (next.kind === "knock") {
    if (attempts === 0) return t("door.never");
    parts.push(
      t(`ladder.next.${day}`, {
        band: t(`ladder.band.${next.band}`),
        time: timeText(next.from),
        day: dayText(next.from, locale),
      }),
    );
  }
  const sentence = parts.join(t("ladder.separator"));
  return sentence.endsWith("。") || sentence.endsWith(".") ? sentence : sentence + t("ladder.stop");
}
