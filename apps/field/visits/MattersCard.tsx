import { useState, type ReactNode } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { Icon } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { useTranslation } from "@wanjia/ui/language/language";
import type { FormDefinition } from "@wanjia/domain/visits/form-definition";
import { GradeChip } from "../matters/GradeChip.tsx";
import { TipButton } from "../tips/TipButton.tsx";
import { matterKinds, type DraftMatter } from "./draft.ts";
import { MatterSheet } from "./MatterSheet.tsx";
import { newCommandId } from "./recording.tsx";

/** What was raised at the door. A tip is no part of the visit: it only begins here. */
export function MattersCard({
  form,
  matters,
  mayBeInside,
  onMatters,
  children,
}: {
  form: FormDefinition | null;
  matters: readonly DraftMatter[];
  mayBeInside: boolean;
  onMatters: (matters: readonly DraftMatter[]) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation("visits");
  const [matter, setMatter] = useState<DraftMatter | null>(null);
  const others = matters.filter(({ id }) => id !== matter?.id);
  return (
    <section className="card">
      <h2>{t("form.matters")}</h2>
      <div className="pairs">
        {matterKinds(form).map((kind) => (
          <Button
            key={kind}
            icon={kind}
            onClick={() =>
              setMatter({
                id: newCommandId(),
                kind,
                subtype: "",
                text: "",
                common: kind === "hazard",
                grade: "ordinary",
                wantsAnswer: kind !== "hazard",
              })
            }
          >
            {t(`form.addMatter.${kind}`)}
          </Button>
        ))}
      </div>
      <TipButton />
      {matters.map((one) => (
        <button key={one.id} type="button" className="matter-row" onClick={() => setMatter(one)}>
          <StatusChip tone="primary" icon={one.kind}>
            {t(`said:matters.subtype.${one.kind}.${one.subtype}`)}
          </StatusChip>
          <GradeChip grade={one.grade} />
          <span className="clip">{one.text}</span>
          <Icon name="edit" />
        </button>
      ))}
      {children}
      {matter && (
        <MatterSheet
          matter={matter}
          known={others.length < matters.length}
          mayBeInside={mayBeInside}
          onClose={() => setMatter(null)}
          onDrop={() => {
            onMatters(others);
            setMatter(null);
          }}
          onKeep={(changed) => {
            onMatters([...others, changed]);
            setMatter(null);
          }}
        />
      )}
    </section>
  );
}
