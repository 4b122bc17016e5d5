import { useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { TextField } from "@wanjia/ui/form/fields";
import { useTranslation } from "@wanjia/ui/language/language";
import { MAX_HINT } from "@wanjia/domain/visits/note";
import type { NoteDoor } from "@wanjia/domain/visits/terms";
import { useDoubts } from "./doubts.tsx";

type Note = Omit<NoteDoor, "placeId">;

/** What is worth knowing of a door before anybody knocks: how to get in, and the wish for no visits. */
export function NoteStage({
  hint: known,
  wished,
  onSave,
}: {
  hint: string;
  wished: boolean;
  onSave: (note: Note) => void;
}) {
  const { t } = useTranslation("visits");
  const [hint, setHint] = useState(known);
  const [sure, setSure] = useState(false);
  const written = hint.trim();
  return (
    <div className="actions">
      <TextField
        label={t("note.hint")}
        hint={t("note.hintHelp")}
        value={hint}
        onValue={setHint}
        maxLength={MAX_HINT}
        warning={useDoubts(hint)}
      />
      <Button
        look="main"
        block
        disabled={written === known.trim()}
        onClick={() => onSave({ accessHint: written === "" ? null : written })}
      >
        {t("note.save")}
      </Button>
      {sure ? (
        <>
          <p>{t(wished ? "note.backSure" : "note.wishSure")}</p>
          <Button block onClick={() => onSave({ doNotVisit: !wished })}>
            {t(wished ? "note.backSave" : "note.wishSave")}
          </Button>
        </>
      ) : (
        <Button look="quiet" block icon="ended" onClick={() => setSure(true)}>
          {t(wished ? "note.back" : "note.wish")}
        </Button>
      )}
    </div>
  );
}
