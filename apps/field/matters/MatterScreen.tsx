import { useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { TextField } from "@wanjia/ui/form/fields";
import { dayText, momentText } from "@wanjia/ui/language/dates";
import { useTranslation } from "@wanjia/ui/language/language";
import { MATTER_LIMITS } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { startOfLocalDay } from "@wanjia/domain/shared/instant";
import { isStorageFull } from "../shell/database.ts";
import { Page } from "../shell/Page.tsx";
import type { BlockKey } from "@wanjia/domain/places/walk-block";
import type { Mine } from "../shell/records.ts";
import { UNDO_MS } from "../shell/sync-driver.ts";
import { offerUndo } from "../shell/undo.ts";
import { useLocale, useStored, useWork } from "../shell/work.tsx";
import { newCommandId } from "../visits/recording.tsx";
import { doorName } from "../visits/names.ts";
import { useDoubts } from "../visits/doubts.tsx";
import { MatterState } from "./MattersScreen.tsx";
import { phoneMatters } from "./view-model.ts";

/** One matter to read, and a note to add: what is decided about it is decided at a desk. */
export function MatterScreen({ id }: { id: Id }) {
  const { t } = useTranslation("matters");
  const locale = useLocale();
  const { driver } = useWork();
  const [note, setNote] = useState("");
  const [full, setFull] = useState(false);
  const doubts = useDoubts(note);
  const found = useStored(
    async ({ store }) => {
      const matter = phoneMatters(await store.matters()).find((one) => one.id === id);
      if (!matter) return null;
      const where = await store.doc<Readonly<Record<Id, BlockKey>>>(`where/${matter.beatId}`);
      const block = where?.[matter.placeId] ?? "";
      const place = (await store.pack(block))?.places[matter.placeId];
      const notes = (await store.mine(`matter ${id}`)).map(({ command }) => command.id);
      const unsent = new Set((await store.outbox.entries()).map(({ command }) => command.id));
      const held = (await store.held()).map(({ mine }) => mine.command.id);
      return {
        matter,
        place,
        pending: notes.filter((one) => unsent.has(one) || held.includes(one)).length,
      };
    },
    ["matter", id],
  );
  if (!found) {
    return (
      <Page title={t("title")} backTo={["matters"]}>
        {found === null && <p className="empty">{t("missing")}</p>}
      </Page>
    );
  }
  const { matter, place, pending } = found;
  const save = async () => {
    const command = {
      id: newCommandId(),
      type: "matters.note",
      at: Date.now(),
      base: null,
      body: { matterId: id, text: note.trim() },
    };
    const mine: Mine = {
      command,
      block: `matter ${id}`,
      placeId: matter.placeId,
      label: matter.number,
    };
    try {
      await driver.record({ mine });
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      setFull(true);
      return;
    }
    setNote("");
    navigator.vibrate?.(30);
    const text = t("noted", { number: matter.number });
    offerUndo({ id: command.id, text, until: Date.now() + UNDO_MS });
  };
  return (
    <Page
      title={t(`said:matters.subtype.${matter.kind}.${matter.subtype}`)}
      subtitle={t("number", { number: matter.number })}
      backTo={["matters"]}
      foot={
        <Button look="main" block disabled={note.trim() === ""} onClick={() => void save()}>
          {t("addNote")}
        </Button>
      }
    >
      <div className="stack">
        <section className="card">
          <MatterState matter={matter} />
          <p className="lines">{matter.text || t("sealedText")}</p>
          <dl className="facts">
            {place && (
              <>
                <dt>{t("place")}</dt>
                <dd>{place.fullText ?? doorName(place)}</dd>
              </>
            )}
            {matter.grade && (
              <>
                <dt>{t("said:matters.column.grade")}</dt>
                <dd>{t(`said:matters.grade.${matter.grade}`)}</dd>
              </>
            )}
            <dt>{t("state")}</dt>
            <dd>{t("registered", { time: momentText(matter.registeredAt, locale) })}</dd>
          </dl>
        </section>
        {matter.kind === "hazard" && (
          <section className="card">
            <h2>{t("adviceTitle")}</h2>
            <p className="lines">
              {t("advice", {
                what: t(`said:matters.subtype.hazard.${matter.subtype}`),
                day: matter.dueOn
                  ? dayText(startOfLocalDay(matter.dueOn), locale)
                  : t("adviceSoon"),
              })}
            </p>
          </section>
        )}
        <section className="card">
          <TextField
            label={t("note")}
            hint={t("noteHint")}
            warning={doubts}
            lines={3}
            maxLength={MATTER_LIMITS.noteLength}
            value={note}
            onValue={setNote}
          />
          {pending > 0 && <p className="muted small">{t("pendingNotes", { count: pending })}</p>}
          {full && <p className="problem">{t("visits:notSaved")}</p>}
        </section>
        <p className="muted small">{t("readOnly")}</p>
      </div>
    </Page>
  );
}
