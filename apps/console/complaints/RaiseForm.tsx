import "./complaints.css";
import {
  COMPLAINT_ABOUT,
  COMPLAINT_KINDS,
  COMPLAINT_LIMITS,
  type ComplaintAbout,
  type ComplaintKind,
} from "@wanjia/domain/complaints/terms";
import { Form, Input, Radio, Select } from "antd";
import { contactOf, type ContactValues } from "../intake/contact.ts";
import { BlankForm } from "../intake/PaperForm.tsx";
import { ContactFields, SlipForm } from "../intake/parts.tsx";
import { FreeText } from "../privacy/FreeText.tsx";
import { useMust, useMustSay } from "../shell/form-fields.tsx";
import { useUnits } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { useComplaintLabels, useComplaintWords } from "./words.ts";

interface Values extends ContactValues {
  readonly origin: "letter" | "phone" | "visit";
  readonly about: ComplaintAbout;
  readonly stationId?: string;
  readonly kind: ComplaintKind;
  readonly text: string;
  readonly happenedOn?: string;
}

/**
 * A letter, a call or the sealed slip of the paper form, typed in by who handles complaints and nobody
 * else: it gets a receipt like any other.
 */
export function RaiseForm({ onClose }: { onClose: () => void }) {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const must = useMust();
  const mustSay = useMustSay();
  const { stationOptions } = useUnits();
  return (
    <SlipForm<Values>
      title={words("raise.title")}
      hint={
        <>
          {words("raise.hint")} <BlankForm />
        </>
      }
      submit={words("raise.submit")}
      initial={{ origin: "phone" }}
      about={() => words("raise.receipt_about")}
      onSend={async (values, look) => {
        const { origin, about, stationId, kind, text, happenedOn = "" } = values;
        await client.complaints.raise({
          origin,
          about,
          stationId: about === "station" ? (stationId ?? null) : null,
          kind,
          text,
          ...(happenedOn === "" ? {} : { happenedOn }),
          ...contactOf(values),
          look,
        });
        await queryClient.invalidateQueries({ queryKey: api.complaints.key() });
      }}
      onClose={onClose}
    >
      <Form.Item
        name="origin"
        label={words("raise.origin")}
        rules={must(words("raise.origin"), "choose")}
      >
        <Radio.Group
          options={(["phone", "letter", "visit"] as const).map((value) => ({
            value,
            label: labels(`origin.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="about"
        label={words("raise.about")}
        rules={must(words("raise.about"), "choose")}
      >
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
              rules={must(words("raise.station"), "choose")}
            >
              <Select options={stationOptions} showSearch={{ optionFilterProp: "label" }} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item
        name="kind"
        label={words("raise.kind")}
        rules={must(words("raise.kind"), "choose")}
      >
        <Select
          options={COMPLAINT_KINDS.map((value) => ({ value, label: labels(`kind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="happenedOn" label={words("raise.happened")}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="text" label={words("raise.text")} rules={mustSay(words("raise.text"))}>
        <FreeText
          autoSize={{ minRows: 6, maxRows: 16 }}
          maxLength={COMPLAINT_LIMITS.textLength}
          showCount
        />
      </Form.Item>
      <ContactFields hint={words("raise.contact_hint")} />
    </SlipForm>
  );
}
