import { CountField } from "@wanjia/ui/form/fields";
import { useTranslation } from "@wanjia/ui/language/language";
import { MANY_LEAFLETS, MAX_LEAFLETS } from "@wanjia/domain/visits/terms";
import type { askedSections, VisitDraft } from "./draft.ts";
import { QuestionField } from "./QuestionField.tsx";

/** How many of a leaflet were given. */
export function LeafletCount({
  names,
  quantity,
  onQuantity,
}: {
  names: { readonly name: string; readonly nameEn: string };
  quantity: number;
  onQuantity: (quantity: number) => void;
}) {
  const { t, i18n } = useTranslation("visits");
  const name = i18n.language === "en" ? names.nameEn : names.name;
  return (
    <CountField
      label={name}
      value={quantity}
      max={MAX_LEAFLETS}
      less={t("form.less", { name })}
      more={t("form.more", { name })}
      warning={quantity > MANY_LEAFLETS ? t("form.manyLeaflets") : undefined}
      onValue={onQuantity}
    />
  );
}

/** Questions of a form that belong together. */
export function FormSection({
  section,
  draft,
  onValue,
}: {
  section: ReturnType<typeof askedSections>[number];
  draft: VisitDraft;
  onValue: (key: string, value: VisitDraft["values"][string] | undefined) => void;
}) {
  const { i18n } = useTranslation();
  const locale = i18n.language === "en" ? "en" : "zh-CN";
  return (
    <section className="card">
      <h2>{section.title[locale]}</h2>
      {section.questions.map((question) => (
        <QuestionField
          key={question.key}
          question={question}
          value={draft.values[question.key]}
          onValue={(value) => onValue(question.key, value)}
        />
      ))}
    </section>
  );
}
