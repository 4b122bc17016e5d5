import { useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useTranslation } from "@wanjia/ui/language/language";
import { HAZARD_GRADES, MATTER_LIMITS, MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { Sheet } from "../shell/Sheet.tsx";
import type { DraftMatter } from "./draft.ts";
import { useDoubts } from "./doubts.tsx";

/** One thing that was raised: which kind, in which words, and whether an answer is wanted. */
export function MatterSheet({
  matter,
  known,
  mayBeInside,
  onClose,
  onKeep,
  onDrop,
}: {
  matter: DraftMatter;
  known: boolean;
  mayBeInside: boolean;
  onClose: () => void;
  onKeep: (matter: DraftMatter) => void;
  onDrop: () => void;
}) {
  const { t } = useTranslation("visits");
  const [draft, setDraft] = useState(matter);
  const set = (change: Partial<DraftMatter>) => setDraft((before) => ({ ...before, ...change }));
  const { kind } = draft;
  return (
    <Sheet title={t(`form.matterTitle.${kind}`)} onClose={onClose}>
      <ChoiceField
        label={t("form.matterType")}
        required
        options={MATTER_SUBTYPES[kind].map((subtype) => ({
          value: subtype,
          label: t(`said:matters.subtype.${kind}.${subtype}`),
        }))}
        value={draft.subtype ? [draft.subtype] : []}
        onValue={([subtype]) => set({ subtype: subtype ?? "" })}
      />
      <TextField
        label={t("form.matterText")}
        hint={t(`form.matterHint.${kind}`)}
        warning={useDoubts(draft.text)}
        required
        lines={3}
        maxLength={MATTER_LIMITS.textLength}
        value={draft.text}
        onValue={(text) => set({ text })}
      />
      {kind === "hazard" && (
        <ChoiceField
          label={t("said:matters.column.grade")}
          hint={
            draft.grade === "major_candidate"
              ? t(`said:matters.gradeHint.${draft.grade}`)
              : undefined
          }
          required
          options={HAZARD_GRADES.map((grade) => ({
            value: grade,
            label: t(`said:matters.grade.${grade}`),
          }))}
          value={[draft.grade]}
          onValue={([chosen]) =>
            set({ grade: HAZARD_GRADES.find((grade) => grade === chosen) ?? "ordinary" })
          }
        />
      )}
      {kind === "hazard" && mayBeInside && (
        <ChoiceField
          label={t("form.matterPlace")}
          required
          options={(["common", "here"] as const).map((where) => ({
            value: where,
            label: t(`form.matterPlaces.${where}`),
          }))}
          value={[draft.common ? "common" : "here"]}
          onValue={([where]) => set({ common: where === "common" })}
        />
      )}
      <CheckField
        label={t("form.wantsAnswer")}
        checked={draft.wantsAnswer}
        onChecked={(wantsAnswer) => set({ wantsAnswer })}
      />
      {known && (
        <Button look="danger" block onClick={onDrop}>
          {t("form.dropMatter")}
        </Button>
      )}
      <div className="sheet-foot">
        <Button
          look="main"
          block
          disabled={draft.subtype === "" || draft.text.trim() === ""}
          onClick={() => onKeep(draft)}
        >
          {t("form.keepMatter")}
        </Button>
      </div>
    </Sheet>
  );
}
