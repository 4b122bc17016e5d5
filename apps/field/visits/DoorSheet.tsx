import { useRef, useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { Icon, type IconName } from "@wanjia/ui/icons/Icon";
import { dayText, momentText, timeText } from "@wanjia/ui/language/dates";
import { useTranslation } from "@wanjia/ui/language/language";
import { HOUR_MS } from "@wanjia/domain/shared/instant";
import type { Refusal } from "@wanjia/domain/shared/result";
import {
  NOTICES,
  OUTCOME_MEANING,
  type NoticeGiven,
  type Outcome,
  type RecordVisit,
} from "@wanjia/domain/visits/terms";
import type { Tone } from "@wanjia/ui/theme/tokens";
import { go, replace } from "../shell/navigation.tsx";
import { Sheet } from "../shell/Sheet.tsx";
import { planOf } from "../planning/plan-section.ts";
import { plannedTimes } from "../planning/rest-of-day.ts";
import { useLocale, useNow, useWork } from "../shell/work.tsx";
import type { BlockContent } from "./BuildingScreen.tsx";
import { Expected } from "./Expected.tsx";
import { ladderText } from "./ladder-text.ts";
import { NoteStage } from "./NoteStage.tsx";
import { useNote, useRecord, useRefusalText, useTeam } from "./recording.tsx";
import { ScriptSheet } from "./ScriptSheet.tsx";
import { isWished, ladder, slots, type Slot } from "./come-again.ts";
import { doorName } from "./names.ts";
import { correctable, noAnswer, visitOf, type SeenDoor } from "./view-model.ts";

type Stage = "main" | "doorstep" | "declined" | "again" | "more" | "note";

const moreOutcomes = [
  "vacant_observed",
  "inaccessible",
  "asked_not_to_visit",
  "not_residential",
  "wrong_address",
  "unsafe",
  "phone_only",
] as const satisfies readonly Outcome[];

/** One door: what is known of it, and the commonest results as large buttons under the thumb. */
export function DoorSheet({
  content,
  door,
  onClose,
}: {
  content: BlockContent;
  door: SeenDoor;
  onClose: () => void;
}) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const now = useNow();
  const { store } = useWork();
  const team = useTeam();
  const record = useRecord();
  const noteDoor = useNote();
  const refusalText = useRefusalText();
  const [stage, setStage] = useState<Stage>("main");
  const [cardLeft, setCardLeft] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [script, setScript] = useState(false);
  const busy = useRef(false);
  const { place, status } = door;
  const said = ladder(door, now);
  const ended = status === "ended";
  const last = said.next.kind === "knock" && said.next.mayBeLast;

  const save = (body: RecordVisit) => once(() => record({ pack: content.pack, door, body }));
  const once = async (work: () => Promise<Refusal | null>) => {
    if (busy.current) return;
    busy.current = true;
    const refused = await work();
    busy.current = false;
    if (refused) setRefusal(refused);
    else onClose();
  };
  const saveOutcome = (outcome: Outcome, more: Partial<RecordVisit> = {}) => {
    const at = Date.now();
    const body = { placeId: place.id, outcome, startedAt: at, endedAt: at, team: team };
    return save({ ...body, ...(cardLeft ? { cardLeft } : {}), ...more });
  };
  const openForm = (query: Record<string, string> = {}) => {
    replace(["building", content.pack.key]);
    go(["visit", content.pack.key, place.id], query);
  };

  return (
    <Sheet title={doorName(place)} onClose={onClose}>
      <DoorSaid door={door} text={doorText()} />
      {refusal && (
        <p className="problem" role="alert">
          {refusalText(refusal)}
        </p>
      )}
      {stage === "main" && (
        <>
          <Expected
            door={door}
            next={said.next}
            onAgree={(appointment) =>
              void once(() =>
                noteDoor({ pack: content.pack, door, body: { placeId: place.id, appointment } }),
              )
            }
          />
          {ended ? (
            <Button look="main" block onClick={() => openForm({ arranged: "resident_request" })}>
              {t("door.residentAsked")}
            </Button>
          ) : (
            <>
              <div className="quick">
                <Quick
                  tone="again"
                  icon="again"
                  label={t("quick.no_answer")}
                  onClick={() =>
                    void save(noAnswer(place.id, team, Date.now(), { cardLeft, last: false }))
                  }
                />
                <Quick
                  tone="met"
                  icon="met"
                  label={t("quick.completed_doorstep")}
                  onClick={() => setStage("doorstep")}
                />
                <Quick
                  tone="ended"
                  icon="ended"
                  label={t("quick.refused")}
                  onClick={() => setStage("declined")}
                />
                <Quick
                  tone="appointment"
                  icon="appointment"
                  label={t("quick.rescheduled")}
                  onClick={() => setStage("again")}
                />
              </div>
              {last && (
                <>
                  <p className="muted small">{t("ladder.mayBeLast")}</p>
                  <Button
                    block
                    icon="ended"
                    onClick={() =>
                      void save(
                        noAnswer(place.id, team, Date.now(), { cardLeft: true, last: true }),
                      )
                    }
                  >
                    {t("quick.no_answer_last")}
                  </Button>
                </>
              )}
              <CheckField label={t("door.cardLeft")} checked={cardLeft} onChecked={setCardLeft} />
              <Button look="main" block onClick={() => openForm()}>
                {t("door.visit")}
              </Button>
            </>
          )}
          <div className="row spread">
            <Button look="quiet" icon="talk" onClick={() => setScript(true)}>
              {t("door.script")}
            </Button>
            {!ended && (
              <Button look="quiet" onClick={() => setStage("more")}>
                {t("door.more")}
              </Button>
            )}
          </div>
          <Button look="quiet" block icon="edit" onClick={() => setStage("note")}>
            {t("note.open")}
          </Button>
          <MyVisits content={content} door={door} onCorrect={(id) => openForm({ corrects: id })} />
        </>
      )}
      {stage === "doorstep" && (
        <DoorstepStage
          onSave={(noticeGiven) =>
            void saveOutcome("completed_doorstep", { idShown: true, noticeGiven })
          }
        />
      )}
      {stage === "declined" && (
        <>
          <p>{t("quick.refusedSay")}</p>
          <NoticeButtons
            onChoose={(noticeGiven) =>
              void saveOutcome("refused", {
                noticeGiven,
                ...(noticeGiven === "oral_and_card" || noticeGiven === "card_only"
                  ? { cardLeft: true }
                  : {}),
              })
            }
          />
        </>
      )}
      {stage === "again" && (
        <AgainStage
          offered={slots(now, plannedTimes(planOf(store.context), place.id, now + HOUR_MS))}
          onSave={(noticeGiven, slot) =>
            void saveOutcome("rescheduled", {
              noticeGiven,
              ...(slot ? { appointment: slot } : {}),
            })
          }
        />
      )}
      {stage === "more" && (
        <MoreStage
          onSave={(outcome, noticeGiven) =>
            void saveOutcome(outcome, noticeGiven ? { noticeGiven } : {})
          }
        />
      )}
      {stage === "note" && (
        <NoteStage
          hint={door.state.accessHint?.value ?? ""}
          wished={isWished(door, now)}
          onSave={(note) =>
            void once(() =>
              noteDoor({ pack: content.pack, door, body: { placeId: place.id, ...note } }),
            )
          }
        />
      )}
      {stage !== "main" && (
        <Button look="quiet" block icon="back" onClick={() => setStage("main")}>
          {t("door.back")}
        </Button>
      )}
      {script && <ScriptSheet onClose={() => setScript(false)} />}
    </Sheet>
  );

  function doorText(): string {
    if (isWished(door, now)) return t("door.wished");
    if (ended) return t("door.ended");
    if (status === "met") {
      const on = door.state.attempts.findLast(({ trace }) => trace === "met")?.at;
      return t("door.met", { date: on === undefined ? "" : dayText(on, locale) });
    }
    return ladderText(said, (key, values) => t(key, values ?? {}), locale);
  }
}

function DoorSaid({ door, text }: { door: SeenDoor; text: string }) {
  const { t } = useTranslation("visits");
  const hint = door.state.accessHint;
  const hints = [hint?.value, ...(hint?.others ?? [])].filter((one) => one);
  return (
    <>
      <p className="lead">{text}</p>
      {hints.map((one) => (
        <p key={one} className="muted">
          {t("door.hint", { text: one })}
        </p>
      ))}
    </>
  );
}

function Quick({
  tone,
  icon,
  label,
  onClick,
}: {
  tone: Tone;
  icon: IconName;
  label: string;
  onClick: () => void;
}) {
  return (
    <button type="button" className="quick-button" data-tone={tone} onClick={onClick}>
      <Icon name={icon} size={1.5} />
      <span>{label}</span>
    </button>
  );
}

function NoticeButtons({ onChoose }: { onChoose: (notice: NoticeGiven) => void }) {
  const { t } = useTranslation("visits");
  return (
    <div className="actions" role="group" aria-label={t("quick.notice")}>
      <p className="w-field-label">{t("quick.notice")}</p>
      <div className="pairs">
        {NOTICES.map((notice) => (
          <Button key={notice} block onClick={() => onChoose(notice)}>
            {t(`quick.notices.${notice}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** Met at the door: identification shown and how it was told, then it is saved. */
function DoorstepStage({ onSave }: { onSave: (notice: NoticeGiven) => void }) {
  const { t } = useTranslation("visits");
  const [shown, setShown] = useState(false);
  const [notice, setNotice] = useState<readonly string[]>([]);
  const chosen = NOTICES.find((one) => one === notice[0]);
  return (
    <div className="actions">
      <CheckField label={t("quick.idShown")} checked={shown} onChecked={setShown} />
      <ChoiceField
        label={t("quick.notice")}
        required
        options={NOTICES.map((one) => ({ value: one, label: t(`quick.notices.${one}`) }))}
        value={notice}
        onValue={setNotice}
      />
      <Button
        look="main"
        block
        disabled={!shown || !chosen}
        onClick={() => chosen && onSave(chosen)}
      >
        {t("quick.record")}
      </Button>
    </div>
  );
}

function AgainStage({
  offered,
  onSave,
}: {
  offered: readonly Slot[];
  onSave: (notice: NoticeGiven, slot: Slot | null) => void;
}) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const [notice, setNotice] = useState<readonly string[]>([]);
  const [when, setWhen] = useState<readonly string[]>([]);
  const [own, setOwn] = useState({ day: "", from: "18:30" });
  const chosen = NOTICES.find((one) => one === notice[0]);
  const slot = slotOf();
  const ready = chosen && (when[0] === "none" || slot !== null);
  function slotOf(): Slot | null {
    if (when[0] === "other") {
      const from = Date.parse(`${own.day}T${own.from}:00+08:00`);
      return Number.isNaN(from) ? null : { from, to: from + 3_600_000 };
    }
    return offered.find(({ from }) => String(from) === when[0]) ?? null;
  }
  return (
    <div className="actions">
      <ChoiceField
        label={t("quick.when")}
        required
        options={[
          ...offered.map(({ from, to }) => ({
            value: String(from),
            label: `${dayText(from, locale)} ${timeText(from)}–${timeText(to)}`,
          })),
          { value: "other", label: t("quick.otherTime") },
          { value: "none", label: t("quick.noTime") },
        ]}
        value={when}
        onValue={setWhen}
      />
      {when[0] === "other" && (
        <div className="row">
          <TextField
            label={t("quick.otherTime")}
            type="date"
            value={own.day}
            onValue={(day) => setOwn({ ...own, day })}
          />
          <TextField
            label={t("quick.from")}
            type="time"
            value={own.from}
            onValue={(from) => setOwn({ ...own, from })}
          />
        </div>
      )}
      <ChoiceField
        label={t("quick.notice")}
        required
        options={NOTICES.map((one) => ({ value: one, label: t(`quick.notices.${one}`) }))}
        value={notice}
        onValue={setNotice}
      />
      <div className="sheet-foot">
        <Button look="main" block disabled={!ready} onClick={() => chosen && onSave(chosen, slot)}>
          {t("quick.record")}
        </Button>
      </div>
    </div>
  );
}

function MoreStage({ onSave }: { onSave: (outcome: Outcome, notice: NoticeGiven | null) => void }) {
  const { t } = useTranslation("visits");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  if (outcome) {
    return (
      <>
        <p className="lead">{t(`quick.more.${outcome}`)}</p>
        {outcome === "asked_not_to_visit" && (
          <p className="muted">{t("quick.moreHint.asked_not_to_visit")}</p>
        )}
        <NoticeButtons onChoose={(notice) => onSave(outcome, notice)} />
      </>
    );
  }
  return (
    <div className="actions">
      {moreOutcomes.map((one) => (
        <Button
          key={one}
          block
          onClick={() => (OUTCOME_MEANING[one].spoke ? setOutcome(one) : onSave(one, null))}
        >
          {t(`quick.more.${one}`)}
        </Button>
      ))}
    </div>
  );
}

function MyVisits({
  content,
  door,
  onCorrect,
}: {
  content: BlockContent;
  door: SeenDoor;
  onCorrect: (id: string) => void;
}) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const mine = correctable(content.mine, door.place.id, useNow()).slice(0, 3);
  if (mine.length === 0) return null;
  return (
    <section className="mine">
      <h3 className="muted">{t("door.mine")}</h3>
      {mine.map(({ command }) => (
        <div key={command.id} className="mine-row">
          <span>
            {t(`said:visits.outcome.${visitOf(command).outcome}`)}{" "}
            <span className="muted small">{momentText(command.at, locale)}</span>
          </span>
          <Button look="quiet" icon="edit" onClick={() => onCorrect(command.id)}>
            {t("door.correct")}
          </Button>
        </div>
      ))}
    </section>
  );
}
