import { DATA_REQUEST_KINDS, REQUEST_LIMITS } from "@wanjia/domain/privacy/terms";
import { Checkbox, Form, Input, Radio } from "antd";
import { useRef, useState } from "react";
import { PlaceField } from "../places/PlaceSelect.tsx";
import { usePrivacyLabels } from "../privacy/words.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { ERRANDS, type Errand, lacksConsent, type PaperValues, wishOf } from "./paper.ts";
import { newReceipt, ReceiptSlip } from "./receipt.tsx";
import { useIntakeWords } from "./words.ts";

/** What a resident wrote on paper or said by telephone: one form for all errands, with a receipt. */
export function PaperForm({ errand, onClose }: { errand: Errand; onClose: () => void }) {
  const words = useIntakeWords();
  const saved = useRef(false);
  const [given, setGiven] = useState<{ code: string; errand: Errand }>();
  if (given !== undefined) {
    return (
      <ReceiptSlip code={given.code} about={words(`errands.${given.errand}`)} onClose={onClose} />
    );
  }
  return (
    <FormDrawer<PaperValues>
      title={words("title")}
      hint={
        <>
          {words("hint")} <BlankForm />
        </>
      }
      submit={words("submit")}
      initial={{ origin: "paper", errand, from: "19:00", to: "21:00" }}
      onClose={() => {
        // Saved: the slip takes its place.
        if (!saved.current) onClose();
      }}
      onSubmit={async (values) => {
        const { code, look } = await newReceipt();
        await send(values, look);
        saved.current = true;
        setGiven({ code, errand: values.errand });
      }}
    >
      <What />
    </FormDrawer>
  );
}

/** The form as residents get it, in their language, to print and lay out. */
export function BlankForm() {
  const words = useIntakeWords();
  return (
    <a
      href={currentLocale() === "en" ? "/plain/form?lang=en" : "/plain/form"}
      target="_blank"
      rel="noopener"
    >
      {words("blank")}
    </a>
  );
}

async function send(values: PaperValues, look: string): Promise<void> {
  const { placeId, origin, kind, text, number = "" } = values;
  if (values.errand === "data_request") {
    const named = number.trim() === "" ? {} : { number: number.trim() };
    await client.dataRequests.type({ origin, kind, text, look, ...named });
    await queryClient.invalidateQueries({ queryKey: api.dataRequests.key() });
    return;
  }
  await client.appointments.take({ placeId, origin, look, wish: wishOf(values) });
  await queryClient.invalidateQueries({ queryKey: api.appointments.key() });
}

function What() {
  const words = useIntakeWords();
  const form = Form.useFormInstance<PaperValues>();
  const errand = Form.useWatch<Errand | undefined>("errand", form) ?? "visit";
  const must = (field: string) => [{ required: true, message: words("required", { field }) }];
  return (
    <>
      <Form.Item name="origin" label={words("origin")} rules={must(words("origin"))}>
        <Radio.Group
          options={(["paper", "desk"] as const).map((value) => ({
            value,
            label: words(`origins.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="errand" label={words("errand")} rules={must(words("errand"))}>
        <Radio.Group
          vertical
          options={ERRANDS.map((value) => ({ value, label: words(`errands.${value}`) }))}
        />
      </Form.Item>
      {errand !== "data_request" && (
        <Form.Item name="placeId" label={words("place")} rules={must(words("place"))}>
          <PlaceField doorsOnly />
        </Form.Item>
      )}
      {errand === "data_request" && <AboutData />}
      {errand === "visit" && <Visit />}
      {errand === "no_visits" && <p className="desk-lead">{words("no_visits_text")}</p>}
    </>
  );
}

function AboutData() {
  const words = useIntakeWords();
  const labels = usePrivacyLabels();
  const must = (field: string) => [{ required: true, message: words("required", { field }) }];
  return (
    <>
      <Form.Item name="kind" label={words("kind")} rules={must(words("kind"))}>
        <Radio.Group
          vertical
          options={DATA_REQUEST_KINDS.map((value) => ({
            value,
            label: labels(`request.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="text" label={words("text")} rules={must(words("text"))}>
        <Input.TextArea autoSize={{ minRows: 4 }} maxLength={REQUEST_LIMITS.textLength} showCount />
      </Form.Item>
      <Form.Item name="number" label={words("number")}>
        <Input autoComplete="off" maxLength={12} />
      </Form.Item>
    </>
  );
}

function Visit() {
  const words = useIntakeWords();
  const must = (field: string) => [{ required: true, message: words("required", { field }) }];
  return (
    <>
      <Form.Item name="day" label={words("day")} rules={must(words("day"))}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="from" label={words("from")} rules={must(words("from"))}>
        <Input type="time" />
      </Form.Item>
      <Form.Item name="to" label={words("to")} rules={must(words("to"))}>
        <Input type="time" />
      </Form.Item>
      <Contact />
    </>
  );
}

function Contact() {
  const words = useIntakeWords();
  const form = Form.useFormInstance<PaperValues>();
  return (
    <>
      <Form.Item name="phone" label={words("phone")}>
        <Input inputMode="tel" autoComplete="off" maxLength={20} />
      </Form.Item>
      <Form.Item name="salutation" label={words("salutation")}>
        <Input autoComplete="off" maxLength={10} />
      </Form.Item>
      <Form.Item
        name="consent"
        valuePropName="checked"
        rules={[
          {
            validator: async () => {
              if (lacksConsent(form.getFieldsValue())) throw new Error(words("consent_needed"));
            },
          },
        ]}
      >
        <Checkbox>{words("consent")}</Checkbox>
      </Form.Item>
    </>
  );
}
