import "./complaints.css";
import {
  COMPLAINT_ABOUT,
  COMPLAINT_KINDS,
  COMPLAINT_LIMITS,
  type ComplaintAbout,
  type ComplaintKind,
} from "@wanjia/domain/complaints/terms";
import { Form, Input, Radio, Select } from "antd";
import { useRef, useState } from "react";
import { newReceipt, ReceiptSlip } from "../intake/receipt.tsx";
import { useUnits } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { useComplaintLabels, useComplaintWords } from "./words.ts";

interface Values {
  readonly origin: "letter" | "phone" | "visit";
  readonly about: ComplaintAbout;
  readonly stationId?: string;
  readonly kind: ComplaintKind;
  readonly text: string;
}

/** A letter or a call, typed in: it gets a receipt like any other. */
export function RaiseForm({ onClose }: { onClose: () => void }) {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const saved = useRef(false);
  const [code, setCode] = useState<string>();
  const { stationOptions } = useUnits();
  const must = (field: string) => [{ required: true, message: words("form.required", { field }) }];
  if (code !== undefined) {
    return <ReceiptSlip code={code} about={words("raise.receipt_about")} onClose={onClose} />;
  }
  return (
    <FormDrawer<Values>
      title={words("raise.title")}
      submit={words("raise.submit")}
      initial={{ origin: "phone" }}
      onClose={() => {
        // Saved: the slip takes its place.
        if (!saved.current) onClose();
      }}
      onSubmit={async ({ origin, about, stationId, kind, text }) => {
        const receipt = await newReceipt();
        await client.complaints.raise({
          origin,
          about,
          stationId: about === "station" ? (stationId ?? null) : null,
          kind,
          text,
          look: receipt.look,
        });
        await queryClient.invalidateQueries({ queryKey: api.complaints.key() });
        saved.current = true;
        setCode(receipt.code);
      }}
    >
      <Form.Item name="origin" label={words("raise.origin")} rules={must(words("raise.origin"))}>
        <Radio.Group
          options={(["phone", "letter", "visit"] as const).map((value) => ({
            value,
            label: labels(`origin.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="about" label={words("raise.about")} rules={must(words("raise.about"))}>
        <Radio.Group
          vertical
          options={COMPLAINT_ABOUT.map((value) => ({ value, label: labels(`about.${value}`) }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["about"]}>
        {({ getFieldValue }) =>
          getFieldValue("about") === "station" && (
            <Form.Item
              name="stationId"
              label={words("raise.station")}
              rules={must(words("raise.station"))}
            >
              <Select options={stationOptions} showSearch={{ optionFilterProp: "label" }} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="kind" label={words("raise.kind")} rules={must(words("raise.kind"))}>
        <Select
          options={COMPLAINT_KINDS.map((value) => ({ value, label: labels(`kind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="text" label={words("raise.text")} rules={must(words("raise.text"))}>
        <Input.TextArea
          autoSize={{ minRows: 6, maxRows: 16 }}
          maxLength={COMPLAINT_LIMITS.textLength}
          showCount
        />
      </Form.Item>
    </FormDrawer>
  );
}
