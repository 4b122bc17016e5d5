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
  const [made, setMade] = useState<{ readonly id: string; readonly path: string } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const links = useStored(
    () => askPlanning<{ items: Link[] }>(locale, "GET", LINKS),
    ["calendars", turn],
  );
  // Without a network it stays as it was last told: a link doesn't end in a basement.
  const [known, setKnown] = useState<readonly Link[]>();
  if (links?.ok && links.value.items !== known) setKnown(links.value.items);
  const link = known?.[0];
  const make = async (): Promise<void> => {
    const answer = await askPlanning<{ id: string; path: string }>(locale, "POST", LINKS);
    setFailed(answer.ok ? null : (answer.said ?? t("calendar.offline")));
    if (!answer.ok) return;
    setMade(answer.value);
    setCopied(false);
    setTurn(turn + 1);
  };
  const end = async (id: string): Promise<void> => {
    const answer = await askPlanning(locale, "DELETE", `${LINKS}/${id}`);
    setFailed(answer.ok ? null : (answer.said ?? t("calendar.offline")));
    if (answer.ok) setTurn(turn + 1);
  };
  const address = made === null || made.id !== link?.id ? null : `${location.origin}${made.path}`;
  return (
    <section className="card stack">
      <h2>{t("calendar.title")}</h2>
      <p className="muted small">{t("calendar.lead")}</p>
      {failed !== null && (
        <p className="problem" role="alert">
          {failed}
        </p>
      )}
      {known === undefined && links?.ok === false && (
        <p className="muted small">{t("calendar.offline")}</p>
      )}
      {link && <p>{t("calendar.on", { date: dayText(link.madeAt, locale) })}</p>}
      {address !== null && (
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
      {link && <p className="muted small">{t("calendar.againHint")}</p>}
      {known !== undefined && (
        <Button block onClick={() => void make()}>
          {t(link ? "calendar.again" : "calendar.make")}
        </Button>
      )}
      {link && (
        <Button look="quiet" block onClick={() => void end(link.id)}>
          {t("calendar.end")}
        </Button>
      )}
    </section>
  );
}
