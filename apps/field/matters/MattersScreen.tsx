import { useState } from "react";
import { ChoiceField } from "@wanjia/ui/form/fields";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { dayText } from "@wanjia/ui/language/dates";
import { useTranslation } from "@wanjia/ui/language/language";
import { MATTER_KINDS } from "@wanjia/domain/matters/terms";
import { startOfLocalDay } from "@wanjia/domain/shared/instant";
import { Button } from "@wanjia/ui/form/Button";
import { go } from "../shell/navigation.tsx";
import { Page } from "../shell/Page.tsx";
import { useLocale, useNow, useStored } from "../shell/work.tsx";
import { TipButton } from "../tips/TipButton.tsx";
import { TipsWaiting } from "../tips/TipsWaiting.tsx";
import { GradeChip } from "./GradeChip.tsx";
import { isEnded, matterList, nextOf, phoneMatters, type PhoneMatter } from "./view-model.ts";

const FIRST_SHOWN = 40;

export function MattersScreen() {
  const { t } = useTranslation("matters");
  const [kind, setKind] = useState<string>("");
  const [shown, setShown] = useState(FIRST_SHOWN);
  const matters = useStored(async ({ store }) => phoneMatters(await store.matters()), ["matters"]);
  const list = matters && matterList(matters, MATTER_KINDS.find((one) => one === kind) ?? null);
  const open = matters?.filter((matter) => !isEnded(matter)).length ?? 0;
  return (
    <Page title={t("title")} subtitle={matters && t("count", { count: open })}>
      <div className="stack">
        <TipButton />
        <TipsWaiting />
        {matters && matters.length > 0 && (
          <ChoiceField
            label={t("kinds")}
            required
            options={[
              { value: "", label: t("all") },
              ...MATTER_KINDS.map((one) => ({ value: one, label: t(`said:matters.kind.${one}`) })),
            ]}
            value={[kind]}
            onValue={([chosen]) => setKind(chosen ?? "")}
          />
        )}
        {list?.length === 0 && (
          <div className="empty">
            <p>{t("empty")}</p>
            <p className="muted">{t("emptyNext")}</p>
          </div>
        )}
        <ul className="blocks">
          {list?.slice(0, shown).map((matter) => (
            <li key={matter.id}>
              <MatterCard matter={matter} />
            </li>
          ))}
        </ul>
        {list && list.length > shown && (
          <Button block onClick={() => setShown(shown + 100)}>
            {t("visits:today.more", { count: list.length - shown })}
          </Button>
        )}
      </div>
    </Page>
  );
}

function MatterCard({ matter }: { matter: PhoneMatter }) {
  const { t } = useTranslation("matters");
  return (
    <button type="button" className="block" onClick={() => go(["matters", matter.id])}>
      <span className="block-head">
        <StatusChip tone="primary" icon={matter.kind}>
          {t(`said:matters.subtype.${matter.kind}.${matter.subtype}`)}
        </StatusChip>
        <span className="muted small">{matter.number}</span>
      </span>
      <span className="clip">{matter.text || t("sealedText")}</span>
      <MatterState matter={matter} />
    </button>
  );
}

/** Where it stands, and what has to be done by when: the alarm colour for what is overdue only. */
export function MatterState({ matter }: { matter: PhoneMatter }) {
  const { t } = useTranslation("matters");
  const now = useNow();
  const next = isEnded(matter) ? null : nextOf(matter, now);
  return (
    <span className="block-said">
      <StatusChip
        tone={isEnded(matter) ? "ended" : matter.state === "registered" ? "open" : "primary"}
        icon={isEnded(matter) ? "met" : matter.state === "registered" ? "open" : "forward"}
      >
        {t(`said:matters.state.${matter.state}`)}
      </StatusChip>
      <GradeChip grade={matter.grade} />
      {next && <NextDeadline next={next} matter={matter} />}
    </span>
  );
}

function NextDeadline({
  next,
  matter,
}: {
  next: NonNullable<ReturnType<typeof nextOf>>;
  matter: PhoneMatter;
}) {
  const { t } = useTranslation("matters");
  const locale = useLocale();
  const { purpose, day, kind } = next;
  const what = t(`said:matters.clock.${purpose}`);
  if (kind === "paused") {
    const why = matter.pauseReason ? t(`said:matters.pause.${matter.pauseReason}`) : "";
    return <StatusChip tone="ended">{t("paused", { why })}</StatusChip>;
  }
  const text =
    day === null
      ? t("noDate", { what })
      : t(kind, { what, day: dayText(startOfLocalDay(day), locale) });
  if (kind === "overdue") return <StatusChip tone="alarm">{text}</StatusChip>;
  if (kind === "today") return <StatusChip tone="again">{text}</StatusChip>;
  return <span className="muted small">{text}</span>;
}
