import { memo, startTransition, useEffect, useMemo, useState } from "react";
import { CheckField, TextField } from "@wanjia/ui/form/fields";
import { Button } from "@wanjia/ui/form/Button";
import { Progress } from "@wanjia/ui/figures/Figure";
import { Icon } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { dayText, timeText } from "@wanjia/ui/language/dates";
import { useTranslation } from "@wanjia/ui/language/language";
import { MAX_TEAM } from "@wanjia/domain/visits/terms";
import { go } from "../shell/navigation.tsx";
import { Page } from "../shell/Page.tsx";
import { PullToRefresh } from "../shell/PullToRefresh.tsx";
import { Sheet } from "../shell/Sheet.tsx";
import { useFromStore, useLocale, useNow, useStatus, useWork } from "../shell/work.tsx";
import { TodayWalks } from "../planning/TodayWalks.tsx";
import { FirstSync } from "./FirstSync.tsx";
import { useTeam } from "./recording.tsx";
import { todayList, type TodayBlock } from "./building-list.ts";
import { surroundings } from "./view-model.ts";

/** From here on a field to search in helps more than it takes away. */
const MANY_BLOCKS = 12;
/** Drawn at first, more than fills the screen; soon after that what a thumb scrolls over. */
const FIRST_SHOWN = 8;
const SOON_SHOWN = 40;

export function TodayScreen() {
  const { t } = useTranslation("visits");
  const { store, driver, notice } = useWork();
  const locale = useLocale();
  const now = useNow();
  const { lastSync } = useStatus();
  const [sought, setSought] = useState("");
  const [shown, setShown] = useState(FIRST_SHOWN);
  const { blocks } = useFromStore(({ index }) => index);
  const basis = store.basis(now);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setShown(SOON_SHOWN)), 100);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    void store.refreshIndex(Date.now());
  }, [store, basis]);
  const list = useMemo(() => todayList(blocks, now), [blocks, now]);
  const found = list.filter(({ summary }) =>
    `${summary.title} ${summary.subtitle}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  if (store.context === null || (blocks.length === 0 && lastSync === null)) {
    return <FirstSync />;
  }
  const campaigns = surroundings(store.context).campaigns;
  return (
    <Page title={t("today.title")} subtitle={dayText(now, locale)}>
      <PullToRefresh onRefresh={() => driver.resume()}>
        <div className="stack">
          {notice && <p className="notice">{t(`shell:gone.${notice}`)}</p>}
          {campaigns.length === 0 && <p className="notice">{t("today.noCampaign")}</p>}
          <TeamLine />
          <TodayWalks />
          {blocks.length > MANY_BLOCKS && (
            <TextField label={t("today.search")} type="search" value={sought} onValue={setSought} />
          )}
          {blocks.length === 0 ? (
            <div className="empty">
              <p>{t("today.empty")}</p>
              <p className="muted">{t("today.emptyNext")}</p>
            </div>
          ) : (
            <ul className="blocks">
              {found.slice(0, shown).map((block) => (
                <li key={block.summary.key}>
                  <BlockCard block={block} />
                </li>
              ))}
            </ul>
          )}
          {found.length > shown && (
            <Button block onClick={() => setShown(shown + 100)}>
              {t("today.more", { count: found.length - shown })}
            </Button>
          )}
        </div>
      </PullToRefresh>
    </Page>
  );
}

const BlockCard = memo(function BlockCard({ block }: { block: TodayBlock }) {
  const { t } = useTranslation("visits");
  const { summary, reason, due, dueIn, appointment } = block;
  const { title, subtitle, doors, met, ended } = summary;
  return (
    <button type="button" className="block" onClick={() => go(["building", summary.key])}>
      <span className="block-head">
        <Icon name={summary.looksLike === "building" ? "building" : "house"} />
        <span className="block-title">
          {title}
          {subtitle && <span className="muted small"> {subtitle}</span>}
        </span>
        <Icon name="forward" />
      </span>
      <Progress done={met} ended={ended} total={doors} label={title}>
        <span className="block-said">
          <span>{t("today.progress", { met, total: doors, count: doors })}</span>
          {appointment !== null && (
            <StatusChip tone="appointment">
              {t("today.appointment", { time: timeText(appointment) })}
            </StatusChip>
          )}
          {due > 0 && (
            <StatusChip tone="again">{t(`today.due.${dueIn}`, { count: due })}</StatusChip>
          )}
          {reason === "done" && <StatusChip tone="met">{t("today.all")}</StatusChip>}
          {reason === "open" && <span className="muted">{t("today.untouched")}</span>}
        </span>
      </Progress>
    </button>
  );
});

function TeamLine() {
  const { t } = useTranslation("visits");
  const { store, owner } = useWork();
  const team = useTeam();
  const [open, setOpen] = useState(false);
  const { members } = surroundings(store.context);
  const names = team
    .filter((id) => id !== owner.memberId)
    .map((id) => members.find((member) => member.id === id)?.name ?? "");
  return (
    <p className="team-line">
      <Icon name="person" />
      <span>
        {t("today.team", {
          names: names.length > 0 ? names.join(t("today.teamJoiner")) : t("today.teamAlone"),
        })}
      </span>
      <Button look="quiet" onClick={() => setOpen(true)}>
        {t("today.changeTeam")}
      </Button>
      {open && <TeamSheet team={team} onClose={() => setOpen(false)} />}
    </p>
  );
}

function TeamSheet({ team, onClose }: { team: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation("visits");
  const { store, owner } = useWork();
  const [chosen, setChosen] = useState(team);
  const { members } = surroundings(store.context);
  const save = async () => {
    await store.setTeam(chosen);
    onClose();
  };
  return (
    <Sheet title={t("today.teamTitle")} onClose={onClose}>
      <p className="muted">{t("today.teamHint")}</p>
      <div className="sheet-list">
        {members
          .filter(({ id }) => id !== owner.memberId)
          .map(({ id, name, sworn }) => (
            <CheckField
              key={id}
              label={
                <>
                  {name} <span className="muted small">{sworn ? t("today.sworn") : ""}</span>
                </>
              }
              checked={chosen.includes(id)}
              onChecked={(on) =>
                setChosen(
                  on ? [...chosen, id].slice(0, MAX_TEAM) : chosen.filter((one) => one !== id),
                )
              }
            />
          ))}
      </div>
      <Button look="main" block onClick={() => void save()}>
        {t("today.teamSave")}
      </Button>
    </Sheet>
  );
}
