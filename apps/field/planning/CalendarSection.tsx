import { useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { dayText } from "@wanjia/ui/language/dates";
import { useLocale, useStored } from "../shell/work.tsx";
import { askPlanning } from "./planning-api.ts";

const LINKS = "/calendars";

interface Link {
  readonly id: string;
  readonly madeAt: number;
}

/** A secret link to one's own walks, for the phone's calendar. Shown once; needs a network. */
export function CalendarSection() {
  const { t } = useTranslation("planning");
  const locale = useLocale();
  const [turn, setTurn] = useState(0);
  const [path, setPath] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [copied, setCopied] = useState(false);
  const links = useStored(
    () => askPlanning<{ items: Link[] }>(locale, "GET", LINKS),
    ["calendars", turn],
  );
  const link = links?.ok ? links.value.items[0] : undefined;
  const make = async (): Promise<void> => {
    const made = await askPlanning<{ path: string }>(locale, "POST", LINKS);
    setFailed(!made.ok);
    setPath(made.ok ? made.value.path : null);
    setCopied(false);
    setTurn(turn + 1);
  };
  const end = async (id: string): Promise<void> => {
    const ended = await askPlanning(locale, "DELETE", `${LINKS}/${id}`);
    setFailed(!ended.ok);
    if (ended.ok) setPath(null);
    setTurn(turn + 1);
  };
  const address = path === null ? "" : `${location.origin}${path}`;
  return (
    <section className="card stack">
      <h2>{t("calendar.title")}</h2>
      <p className="muted small">{t("calendar.lead")}</p>
      {failed && (
        <p className="problem" role="alert">
          {t("calendar.offline")}
        </p>
      )}
      {link && <p>{t("calendar.on", { date: dayText(link.madeAt, locale) })}</p>}
      {path !== null && (
        <>
          <p>{t("calendar.shown")}</p>
          <p className="calendar-link" aria-label={t("calendar.link")}>
            {address}
          </p>
          <Button
            onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
          >
            {t(copied ? "calendar.copied" : "calendar.copy")}
          </Button>
        </>
      )}
      <Button block onClick={() => void make()}>
        {t(link ? "calendar.again" : "calendar.make")}
      </Button>
      {link && (
        <Button look="quiet" block onClick={() => void end(link.id)}>
          {t("calendar.end")}
        </Button>
      )}
    </section>
  );
}
