import type { FindingDetail } from "@wanjia/contract/oversight";
import {
  EXPLANATIONS,
  type FindingCommandType,
  RECHECK_LIMITS,
  VERDICTS,
} from "@wanjia/domain/oversight/terms";
import { Form, Radio, Select } from "antd";
import { FreeText } from "../privacy/FreeText.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { useMust, useMustSay } from "../shell/form-fields.tsx";
import { useOversightLabels, useOversightWords } from "./words.ts";

/** What one step asks for; the server takes it as it is. */
export type StepValues = Readonly<Record<string, unknown>>;

export function StepForm({
  step,
  finding,
  onSubmit,
  onClose,
}: {
  step: FindingCommandType;
  finding: FindingDetail;
  onSubmit: (values: StepValues) => Promise<unknown>;
  onClose: () => void;
}) {
  const words = useOversightWords();
  const labels = useOversightLabels();
  const title = labels(`command.${step}`);
  const must = useMust();
  const mustSay = useMustSay();
  return (
    <FormDrawer<StepValues>
      title={title}
      hint={words(`form.hint.${step}`)}
      submit={title}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      {step === "explain" && (
        <Form.Item name="why" label={words("form.why")} rules={must(words("form.why"), "choose")}>
          <Radio.Group
            vertical
            options={EXPLANATIONS.map((value) => ({ value, label: labels(`why.${value}`) }))}
          />
        </Form.Item>
      )}
      {step === "decide" && (
        <>
          <Form.Item
            name="verdict"
            label={words("form.verdict")}
            rules={must(words("form.verdict"), "choose")}
          >
            <Radio.Group
              vertical
              options={VERDICTS.map((value) => ({ value, label: labels(`verdict.${value}`) }))}
            />
          </Form.Item>
          <Form.Item
            name="peerId"
            label={words("form.peer")}
            rules={must(words("form.peer"), "choose")}
          >
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={finding.peers.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        </>
      )}
      <Form.Item name="text" label={words("form.text")} rules={mustSay(words("form.text"))}>
        <FreeText
          autoSize={{ minRows: 5, maxRows: 14 }}
          maxLength={RECHECK_LIMITS.textLength}
          showCount
        />
      </Form.Item>
    </FormDrawer>
  );
}
