import { COUNTER_LABELS } from "@wanjia/domain/insight/dictionary";
import { matters as en } from "./messages/matters.en.ts";
import { matters as zh } from "./messages/matters.zh-CN.ts";

/** How a count that stands beside a figure is called; reasons have the words they have elsewhere. */
export function counterLabel(name: string, language: "zh" | "en"): string {
  const labels: Readonly<Record<string, { zh: string; en: string } | undefined>> = COUNTER_LABELS;
  const [, code] = /^reason_(.+)$/.exec(name) ?? [];
  const reasons: Readonly<Record<string, string>> = (language === "en" ? en : zh).reason;
  return (code === undefined ? labels[name]?.[language] : reasons[code]) ?? name;
}
