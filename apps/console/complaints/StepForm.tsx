import type { ComplaintDetail } from "@wanjia/contract/complaints";
import {
  CHECK_RESULTS,
  COMPLAINT_LIMITS,
  type ComplaintStep,
} from "@wanjia/domain/complaints/terms";
import { useQuery } from "@tanstack/react-query";
import { Form, Radio, Select } from "antd";
import { loadMembers } from "../organisation/data.ts";
import { FreeText } from "../privacy/FreeText.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { useMust, useMustSay } from "../shell/form-fields.tsx";
import { stepKey, useComplaintLabels, useComplaintWords } from "./words.ts";

const DECIDED = ["substantiated", "partly", "unsubstantiated"] as const;

/** What one step asks for; the server takes it as it is. */
export type StepValues = Readonly<Record<string, unknown>>;

export function StepForm({
  step,
  complaint,
  onSubmit,
  onClose,
}: {
  step: ComplaintStep;
  complaint: ComplaintDetail;
  onSubmit: (values: StepValues) => Promise<unknown>;
  onClose: () => void;
}) {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const title = labels(stepKey(step));
  const must = useMust();
  const mustSay = useMustSay();
  const finding = (
    <Form.Item
      name="finding"
      label={words("form.finding")}
      rules={must(words("form.finding"), "choose")}
    >
      <Radio.Group
        vertical
        options={DECIDED.map((value) => ({ value, label: labels(`finding.${value}`) }))}
      />
    </Form.Item>
  );
  return (
    <FormDrawer<StepValues>
      title={title}
      hint={words(`form.hint.${step}`)}
      submit={title}
      initial={{ memberIds: complaint.concerned.map(({ id }) => id) }}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      {step === "name" && <Concerned />}
      {step === "check" && (
        <Form.Item
          name="result"
          label={words("form.result")}
          rules={must(words("form.result"), "choose")}
        >
          <Radio.Group
            vertical
            options={CHECK_RESULTS.map((value) => ({ value, label: words(`form.${value}`) }))}
          />
        </Form.Item>
      )}
      {step === "find" && finding}
      {step === "decide_review" && (
        <>
          <Form.Item
            name="result"
            label={words("form.review")}
            rules={must(words("form.review"), "choose")}
          >
            <Radio.Group
              options={(["upheld", "changed"] as const).map((value) => ({
                value,
                label: words(`form.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={["result"]}>
            {({ getFieldValue }) => getFieldValue("result") === "changed" && finding}
          </Form.Item>
        </>
      )}
      {step !== "receipt" && step !== "name" && (
        <Form.Item
          name="text"
          label={words(`form.text_for.${step}`)}
          rules={mustSay(words(`form.text_for.${step}`))}
        >
          <FreeText
            autoSize={{ minRows: 5, maxRows: 14 }}
            maxLength={COMPLAINT_LIMITS.reasonLength}
            showCount
          />
        </Form.Item>
      )}
      {step === "find" && (
        <Form.Item name="remedy" label={words("form.remedy")}>
          <FreeText
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={COMPLAINT_LIMITS.reasonLength}
          />
        </Form.Item>
      )}
    </FormDrawer>
  );
}

function Concerned() {
  const words = useComplaintWords();
  const members = useQuery({ queryKey: ["complaint-members"], queryFn: loadMembers });
  return (
    <Form.Item name="memberIds" label={words("form.members")}>
      <Select
        mode="multiple"
        optionFilterProp="label"
        options={(members.data ?? []).map(({ id, name, number }) => ({
          value: id,
          label: `${name} ${number}`,
        }))}
      />
    </Form.Item>
  );
}
