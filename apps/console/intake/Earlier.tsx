/** The part of the paper form that is about what was said before. */
import { RESIDENT_REOPEN_REASONS } from "@wanjia/domain/matters/resident";
import { MARKED, MATTER_LIMITS, SOLVED_ANSWERS } from "@wanjia/domain/matters/terms";
import { Form, Input, Radio, Select } from "antd";
import { useMatterLabels } from "../matters/labels.ts";
import { FreeText } from "../privacy/FreeText.tsx";
import type { Errand } from "./paper.ts";
import { namedBy } from "./paper.ts";
import { useMust } from "../shell/form-fields.tsx";
import { useIntakeWords } from "./words.ts";

const MARKS = ["5", "4", "3", "2", "1"] as const;

/** Which matter: by the receipt that the resident copied, or by its number. */
export function Named() {
  const words = useIntakeWords();
  const must = useMust();
  return (
    <Form.Item
      name="named"
      label={words("named")}
      extra={words("named_hint")}
      rules={[
        ...must(words("named")),
        {
          validator: async (_rule, text: unknown) => {
            const named = namedBy(typeof text === "string" ? text : "");
            if (named.ok || text === undefined || text === "") return;
            const { group } = named;
            throw new Error(
              group === undefined ? words("named_malformed") : words("named_misread", { group }),
            );
          },
        },
      ]}
    >
      <Input autoComplete="off" inputMode="text" maxLength={60} />
    </Form.Item>
  );
}

export function Earlier({ errand }: { errand: Errand }) {
  const words = useIntakeWords();
  const labels = useMatterLabels();
  const must = useMust();
  return (
    <>
      <Named />
      {errand === "callback" && <Callback />}
      {errand === "reopen" && (
        <Form.Item name="reason" label={words("reason")} rules={must(words("reason"), "choose")}>
          <Radio.Group
            vertical
            options={RESIDENT_REOPEN_REASONS.map((value) => ({
              value,
              label: labels(`reopen.${value}`),
            }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name="text"
        label={words(errand === "reopen" ? "text" : "text_optional")}
        rules={errand === "reopen" ? must(words("text")) : []}
      >
        <FreeText autoSize={{ minRows: 3 }} maxLength={MATTER_LIMITS.noteLength} showCount />
      </Form.Item>
    </>
  );
}

/** Every question that the page of the receipt asks. */
function Callback() {
  const words = useIntakeWords();
  const labels = useMatterLabels();
  const must = useMust();
  const yesOrNo = (name: "contacted" | "mayContact") => (
    <Form.Item name={name} label={words(name)} rules={must(words(name), "choose")}>
      <Radio.Group
        options={([true, false] as const).map((value) => ({
          value,
          label: words(`${name}_is.${value ? "yes" : "no"}`),
        }))}
      />
    </Form.Item>
  );
  return (
    <>
      {yesOrNo("contacted")}
      <Form.Item name="solved" label={words("solved")} rules={must(words("solved"), "choose")}>
        <Radio.Group
          options={SOLVED_ANSWERS.map((value) => ({ value, label: labels(`solved.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="satisfaction"
        label={words("satisfaction")}
        rules={must(words("satisfaction"), "choose")}
      >
        <Select
          options={MARKS.map((value) => ({
            value: Number(value),
            label: labels(`satisfaction.${value}`),
          }))}
        />
      </Form.Item>
      {MARKED.map((name) => (
        <Form.Item key={name} name={name} label={words(name)}>
          <Select
            allowClear
            options={MARKS.map((value) => ({
              value: Number(value),
              label: labels(`${name}.${value}`),
            }))}
          />
        </Form.Item>
      ))}
      {yesOrNo("mayContact")}
    </>
  );
}
