import { useEffect, useRef, useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useTranslation } from "@wanjia/ui/language/language";
import type { Refusal } from "@wanjia/domain/shared/result";
import type { FormDefinition } from "@wanjia/domain/visits/form-definition";
import {
  ACCESS_NEEDS,
  ARRANGED,
  COMPANIONS,
  MAX_NOTE,
  MAX_TEAM,
  NOTICES,
  type RecordVisit,
} from "@wanjia/domain/visits/terms";
import { replace, back } from "../shell/navigation.tsx";
import { Page } from "../shell/Page.tsx";
import { clock, useNow, useStored, useWork } from "../shell/work.tsx";
import { useBlock, type BlockContent } from "./BuildingScreen.tsx";
import {
  askedSections,
  commandBody,
  contactQuestions,
  draftOf,
  newDraft,
  type VisitDraft,
} from "./draft.ts";
import { MattersCard } from "./MattersCard.tsx";
import { QuestionField } from "./QuestionField.tsx";
import type { Command } from "@wanjia/sync/protocol";
import { type DoorReceipt, withReceipts } from "./receipts.ts";
import { ReceiptsPage } from "./ReceiptsPage.tsx";
import { useRecord, useRefusalText, useTeam } from "./recording.tsx";
import { useDoubts } from "./doubts.tsx";
import { ScriptSheet } from "./ScriptSheet.tsx";
import { FormSection, LeafletCount } from "./visit-parts.tsx";
import { doorName } from "./names.ts";
import {
  formFor,
  isVisitCommand,
  seeDoors,
  surroundings,
  visitOf,
  type SeenDoor,
} from "./view-model.ts";

/** Typing settles for this long before the draft is kept. */
const KEEP_DRAFT_MS = 400;
const meetings = ["completed_doorstep", "completed_inside", "completed_elsewhere"] as const;

type Purpose = {
  readonly corrects: string | null;
  readonly repairs: string | null;
  readonly arranged: string | null;
};

type Loaded = {
  readonly content: BlockContent;
  readonly door: SeenDoor;
  readonly form: FormDefinition | null;
  readonly draft: VisitDraft;
  readonly draftName: string;
};

export function VisitScreen({
  blockKey,
  placeId,
  purpose,
}: {
  blockKey: string;
  placeId: string;
  purpose: Purpose;
}) {
  const { t } = useTranslation("visits");
  const { store, driver } = useWork();
  const content = useBlock(blockKey);
  const team = useTeam();
  const now = useNow();
  const draftName = `draft/${placeId}/${purpose.corrects ?? purpose.repairs ?? "new"}`;
  const kept = useStored(
    async ({ store: s }) => (await s.doc<VisitDraft>(draftName)) ?? null,
    ["draft", draftName],
  );
  const title = purpose.corrects
    ? t("form.correcting")
    : purpose.repairs
      ? t("form.repairing")
      : t("form.title");
  if (content === null) {
    return (
      <Page title={title} backTo={[]}>
        <p className="empty">{t("grid.missing")}</p>
      </Page>
    );
  }
  const around = surroundings(store.context);
  const door =
    content &&
    seeDoors(content.pack, content.mine, around, now).find(({ place }) => place.id === placeId);
  if (!door || !content || kept === undefined) {
    return (
      <Page title={title} backTo={["building", blockKey]}>
        <div className="grid-shape" aria-busy="true" />
      </Page>
    );
  }
  const form = formFor(door.place, door.campaignId, around, now);
  const source = purpose.corrects ?? purpose.repairs;
  const original =
    driver.entries().find(({ command }) => command.id === source)?.command ??
    content.mine.find(({ command }) => command.id === source)?.command;
  const draft = kept ?? firstDraft(placeId, team, form, purpose, original, now);
  return (
    <VisitForm
      title={title}
      blockKey={blockKey}
      loaded={{ content, door, form, draft, draftName }}
    />
  );
}

/** What the form starts from: nothing, or the record that is to be corrected or mended. */
function firstDraft(
  placeId: string,
  team: readonly string[],
  form: FormDefinition | null,
  purpose: Purpose,
  original: Command | undefined,
  now: number,
): VisitDraft {
  if (original && isVisitCommand(original)) {
    const correction = original.type === "visits.correct" ? original.body : null;
    return {
      ...draftOf(visitOf(original), form),
      corrects: purpose.corrects ?? correction?.corrects ?? null,
      reason: (purpose.repairs && correction?.reason) || "",
      replaces: purpose.repairs,
    };
  }
  const arranged = ARRANGED.find((one) => one === purpose.arranged);
  return { ...newDraft(placeId, team, now), ...(arranged ? { arranged } : {}) };
}

function VisitForm({
  title,
  blockKey,
  loaded,
}: {
  title: string;
  blockKey: string;
  loaded: Loaded;
}) {
  const { t } = useTranslation("visits");
  const { store } = useWork();
  const { content, door, form, draftName } = loaded;
  const record = useRecord();
  const refusalText = useRefusalText();
  // The draft that the form began with; the store's copy follows it and never leads.
  const [first] = useState(loaded.draft);
  const [draft, setDraft] = useState(first);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [script, setScript] = useState(false);
  const [busy, setBusy] = useState(false);
  const [receipts, setReceipts] = useState<readonly DoorReceipt[]>([]);
  const done = useRef(false);
  const holding = useRef(false);
  const around = surroundings(store.context);
  const campaign = around.campaigns.find(({ id }) => id === door.campaignId);
  const samplingPlan = campaign?.samplingPlan ?? false;
  const completed = draft.outcome.startsWith("completed_");
  const contact = form ? contactQuestions(form, draft) : [];
  const sections = form ? askedSections(form, draft, samplingPlan) : [];

  useEffect(() => {
    if (draft === first) return undefined;
    const timer = setTimeout(() => {
      if (!done.current) void store.putDoc(draftName, draft).catch(() => undefined);
    }, KEEP_DRAFT_MS);
    return () => clearTimeout(timer);
  }, [draft, draftName, first, store]);

  const noteDoubts = useDoubts(draft.note);
  const set = (change: Partial<VisitDraft>) => setDraft((before) => ({ ...before, ...change }));
  const leave = () => {
    done.current = true;
    void store.dropDoc(draftName);
    back(["building", blockKey]);
  };
  const save = async () => {
    if (busy) return;
    setBusy(true);
    const building = door.place.buildingId ?? null;
    const filled: RecordVisit = commandBody(draft, form, samplingPlan, building, clock());
    const { body, receipts: made } = await withReceipts(filled);
    const refused = await record({
      pack: content.pack,
      door,
      body,
      replaces: draft.replaces,
      corrects: draft.corrects ? { id: draft.corrects, reason: draft.reason } : null,
      drops: draftName,
      // A receipt of what was taken back would open nothing: it is not held out any longer.
      onUndone: () => {
        if (holding.current) leaveReceipts();
      },
    });
    setBusy(false);
    setRefusal(refused);
    if (refused) return;
    done.current = true;
    if (made.length > 0) {
      holding.current = true;
      setReceipts(made);
    } else replace(["building", blockKey]);
  };
  const leaveReceipts = () => {
    holding.current = false;
    replace(["building", blockKey]);
  };
  if (receipts.length > 0) return <ReceiptsPage receipts={receipts} onDone={leaveReceipts} />;

  return (
    <Page
      title={title}
      subtitle={doorName(door.place)}
      backTo={["building", blockKey]}
      foot={
        <>
          {refusal && (
            <p className="problem" role="alert">
              {refusalText(refusal)}
            </p>
          )}
          <div className="row">
            <Button look="quiet" onClick={leave}>
              {t("form.drop")}
            </Button>
            <div className="grow">
              <Button look="main" block disabled={busy} onClick={() => void save()}>
                {draft.corrects ? t("form.saveCorrection") : t("form.save")}
              </Button>
            </div>
          </div>
        </>
      }
    >
      <div className="stack">
        {draft.corrects && (
          <section className="card">
            <TextField
              label={t("form.reason")}
              required
              lines={2}
              maxLength={200}
              value={draft.reason}
              onValue={(reason) => set({ reason })}
            />
          </section>
        )}
        <section className="card">
          <div className="row spread">
            <h2>{t("form.door")}</h2>
            <Button look="quiet" icon="talk" onClick={() => setScript(true)}>
              {t("door.script")}
            </Button>
          </div>
          {completed ? (
            <ChoiceField
              label={t("form.where")}
              required
              options={meetings.map((one) => ({ value: one, label: t(`form.outcomes.${one}`) }))}
              value={[draft.outcome]}
              onValue={([chosen]) => {
                const outcome = meetings.find((one) => one === chosen);
                if (outcome) set({ outcome });
              }}
            />
          ) : (
            <p className="lead">{t(`said:visits.outcome.${draft.outcome}`)}</p>
          )}
          {draft.outcome === "completed_inside" && (
            <CheckField
              label={t("form.entryConsent")}
              checked={draft.entryConsent}
              onChecked={(entryConsent) => set({ entryConsent })}
            />
          )}
          {completed && (
            <CheckField
              label={t("form.idShown")}
              checked={draft.idShown}
              onChecked={(idShown) => set({ idShown })}
            />
          )}
          <ChoiceField
            label={t("quick.notice")}
            options={NOTICES.map((one) => ({ value: one, label: t(`quick.notices.${one}`) }))}
            value={draft.noticeGiven ? [draft.noticeGiven] : []}
            onValue={([chosen]) =>
              set({ noticeGiven: NOTICES.find((one) => one === chosen) ?? null })
            }
          />
          <CheckField
            label={t("door.cardLeft")}
            checked={draft.cardLeft}
            onChecked={(cardLeft) => set({ cardLeft })}
          />
        </section>

        {completed && (
          <>
            <MattersCard
              form={form}
              matters={draft.matters}
              mayBeInside={door.place.kind === "dwelling_unit"}
              onMatters={(matters) => set({ matters })}
            >
              {contact.length > 0 && (
                <fieldset className="contact">
                  <legend>{t("form.contact")}</legend>
                  {contact.map((question) => (
                    <QuestionField
                      key={question.key}
                      question={question}
                      value={draft.values[question.key]}
                      onValue={(value) => setValue(question.key, value)}
                    />
                  ))}
                  <CheckField
                    label={t("form.consent")}
                    checked={draft.consent}
                    onChecked={(consent) => set({ consent })}
                  />
                </fieldset>
              )}
            </MattersCard>
            {sections.map((section) => (
              <FormSection key={section.key} section={section} draft={draft} onValue={setValue} />
            ))}
          </>
        )}

        {campaign && campaign.leaflets.length > 0 && (
          <section className="card">
            <h2>{t("form.leaflets")}</h2>
            {campaign.leaflets.map((leaflet) => (
              <LeafletCount
                key={leaflet.code}
                names={leaflet}
                quantity={draft.leaflets[leaflet.code] ?? 0}
                onQuantity={(quantity) =>
                  set({ leaflets: { ...draft.leaflets, [leaflet.code]: quantity } })
                }
              />
            ))}
          </section>
        )}

        <section className="card">
          <ChoiceField
            label={t("form.team")}
            multiple
            options={around.members.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.team}
            onValue={(team) => set({ team: team.slice(0, MAX_TEAM) })}
          />
          <ChoiceField
            label={t("form.companions")}
            multiple
            options={COMPANIONS.map((one) => ({ value: one, label: t(`form.companion.${one}`) }))}
            value={draft.companions}
            onValue={(chosen) =>
              set({ companions: COMPANIONS.filter((one) => chosen.includes(one)) })
            }
          />
          <ChoiceField
            label={t("form.arranged")}
            required
            options={ARRANGED.map((one) => ({ value: one, label: t(`form.arrangements.${one}`) }))}
            value={[draft.arranged]}
            onValue={([chosen]) =>
              set({ arranged: ARRANGED.find((one) => one === chosen) ?? "none" })
            }
          />
          {completed && (
            <ChoiceField
              label={t("form.accessNeeds")}
              multiple
              options={ACCESS_NEEDS.map((one) => ({
                value: one,
                label: t(`form.accessNeed.${one}`),
              }))}
              value={draft.accessNeeds}
              onValue={(chosen) =>
                set({ accessNeeds: ACCESS_NEEDS.filter((one) => chosen.includes(one)) })
              }
            />
          )}
          <TextField
            label={t("form.note")}
            hint={t("form.noteHint")}
            warning={noteDoubts}
            lines={3}
            maxLength={MAX_NOTE}
            value={draft.note}
            onValue={(note) => set({ note })}
          />
        </section>
        {draft !== first && <p className="muted small">{t("form.draft")}</p>}
      </div>
      {script && <ScriptSheet onClose={() => setScript(false)} />}
    </Page>
  );

  function setValue(key: string, value: VisitDraft["values"][string] | undefined): void {
    setDraft((before) => {
      const { [key]: _, ...values } = before.values;
      return { ...before, values: value === undefined ? values : { ...values, [key]: value } };
    });
  }
}
