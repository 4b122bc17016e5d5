import { HAZARD_GRADES, MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { VISIT_MATTER_KINDS } from "@wanjia/domain/visits/terms";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Button, Checkbox, Input, Select } from "antd";
import { removeAt, replaceAt } from "../campaigns/view-model.ts";
import { subtypeKey, useMatterLabels } from "../matters/labels.ts";
import { FreeText } from "../privacy/FreeText.tsx";
import { Field } from "../shell/Field.tsx";
import { newId } from "../shell/new-id.ts";
import { Card } from "../shell/Page.tsx";
import type { PaperMatter, PaperProps } from "./paper.ts";
import { useVisitWords } from "./words.ts";

export function PaperMatters({ paper, change }: PaperProps) {
  const words = useVisitWords();
  const labels = useMatterLabels();
  const set = (at: number, part: Partial<PaperMatter>) => {
    const matter = paper.matters[at];
    if (matter) change({ matters: replaceAt(paper.matters, at, { ...matter, ...part }) });
  };
  return (
    <Card title={words("paper.matters")}>
      <div className="desk-stack">
        <p className="desk-lead">{words("paper.matters_hint")}</p>
        {paper.matters.map((matter, at) => (
          <fieldset key={matter.id} className="paper-matter">
            <legend>{words("paper.matter", { at: at + 1 })}</legend>
            <div className="desk-field-row">
              <Field label={words("paper.kind")}>
                {(id) => (
                  <Select
                    id={id}
                    value={matter.kind}
                    options={VISIT_MATTER_KINDS.map((kind) => ({
                      value: kind,
                      label: labels(`kind.${kind}`),
                    }))}
                    onChange={(kind) => set(at, { kind, subtype: "" })}
                  />
                )}
              </Field>
              <Field label={words("paper.subtype")}>
                {(id) => (
                  <Select
                    id={id}
                    showSearch={{ optionFilterProp: "label" }}
                    value={matter.subtype || null}
                    options={MATTER_SUBTYPES[matter.kind].map((subtype) => ({
                      value: subtype as string,
                      label: labels(subtypeKey(matter.kind, subtype)),
                    }))}
                    onChange={(subtype) => set(at, { subtype: subtype ?? "" })}
                  />
                )}
              </Field>
              {matter.kind === "hazard" && (
                <Field label={labels("column.grade")}>
                  {(id) => (
                    <Select
                      id={id}
                      value={matter.grade}
                      options={HAZARD_GRADES.map((grade) => ({
                        value: grade,
                        label: labels(`grade.${grade}`),
                      }))}
                      onChange={(grade) => set(at, { grade })}
                    />
                  )}
                </Field>
              )}
            </div>
            <Field label={words("paper.text")}>
              {(id) => (
                <FreeText
                  id={id}
                  value={matter.text}
                  maxLength={1000}
                  autoSize={{ minRows: 2, maxRows: 8 }}
                  onChange={(event) => set(at, { text: event.target.value })}
                />
              )}
            </Field>
            <Checkbox
              checked={matter.wantsAnswer}
              onChange={(event) => set(at, { wantsAnswer: event.target.checked })}
            >
              {words("paper.wants_answer")}
            </Checkbox>
            {matter.wantsAnswer && (
              <div className="desk-field-row">
                <Field label={words("paper.contact")}>
                  {(id) => (
                    <Input
                      id={id}
                      inputMode="tel"
                      autoComplete="off"
                      value={matter.phone}
                      maxLength={30}
                      onChange={(event) => set(at, { phone: event.target.value })}
                    />
                  )}
                </Field>
                <Checkbox
                  checked={matter.consent}
                  onChange={(event) => set(at, { consent: event.target.checked })}
                >
                  {words("paper.contact_consent")}
                </Checkbox>
              </div>
            )}
            <Button
              onClick={() => change({ matters: removeAt(paper.matters, at) })}
              aria-label={`${words("paper.remove_matter")} ${words("paper.matter", { at: at + 1 })}`}
            >
              {words("paper.remove_matter")}
            </Button>
          </fieldset>
        ))}
        <Button
          icon={<Icon name="add" size={1} />}
          onClick={() =>
            change({
              matters: [
                ...paper.matters,
                {
                  id: newId(),
                  kind: "opinion",
                  subtype: "",
                  grade: "ordinary",
                  text: "",
                  wantsAnswer: false,
                  phone: "",
                  consent: false,
                },
              ],
            })
          }
        >
          {words("paper.add_matter")}
        </Button>
      </div>
    </Card>
  );
}
