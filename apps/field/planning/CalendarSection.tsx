import { useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { dayText } from "@wanjia/ui/language/dates";
import { useLocale, useStored } from "../shell/work.tsx";

const LINKS = "/api/v1/planning/calendars";

interface Link {
  readonly id: string;
  readonly madeAt: number;
}

async function ask<T>(method: string, path = ""): Promise<T | null> {
  try {
    const reply = await fetch(`${LINKS}${path}`, { method, headers: { "x-wanjia-csrf": "1" } });
    return reply.ok ? ((await reply.json()) as T) : null;
  } catch {
    return null;
  }
}

/** A secret link to one's own walks, for the phone's calendar. Shown once; needs a network. */
export function CalendarSection() {
  const { t } = useTranslation("planning");
  const locale = useLocale();
  const [turn, setTurn] = useState(0);
  const [path, setPath] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [copied, setCopied] = useState(false);
  const links = useStored(() => ask<{ items: Link[] }>("GET"), ["calendars", turn]);
  const link = links?.items[0];
  const make = async (): Promise<void> => {
    const made = await ask<{ path: string }>("POST");
    setFailed(made === null);
    setPath(made?.path ?? null);
    setCopied(false);
    setTurn(turn + 1);
  };
  const end = async (id: string): Promise<void> => {
    const ended = await ask("DELETE", `/${id}`);
    setFailed(ended === null);
    if (ended !== null) setPath(null);
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
