/** What the forms have in common in which the desk writes down what a resident said. */
import { MATTER_LIMITS } from "@wanjia/domain/matters/terms";
import { Checkbox, Form, Input } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { type ContactValues, lacksConsent } from "./contact.ts";
import { newReceipt, ReceiptSlip } from "./receipt.tsx";
import { useIntakeWords } from "./words.ts";

/** A way to be reached, never without consent. `consent`: what for, where it is more than this once. */
export function ContactFields({ hint, consent }: { hint?: string; consent?: string }) {
  const words = useIntakeWords();
  const form = Form.useFormInstance<ContactValues>();
  return (
    <>
      {hint !== undefined && <p className="desk-lead">{hint}</p>}
      <Form.Item name="salutation" label={words("salutation")}>
        <Input autoComplete="off" maxLength={MATTER_LIMITS.salutationLength} />
      </Form.Item>
      <Form.Item name="phone" label={words("phone")}>
        <Input inputMode="tel" autoComplete="off" maxLength={20} />
      </Form.Item>
      <Form.Item
        name="consent"
        valuePropName="checked"
        dependencies={["phone", "salutation"]}
        rules={[
          {
            validator: async () => {
              if (lacksConsent(form.getFieldsValue())) throw new Error(words("consent_needed"));
            },
          },
        ]}
      >
        <Checkbox>{consent ?? words("consent")}</Checkbox>
      </Form.Item>
    </>
  );
}

/**
 * A form that ends with a receipt to hand over: it is made with the sending, and its slip takes the
 * form's place. `about`: what the slip is for; null where the resident has a receipt already.
 */
export function SlipForm<Values extends object>({
  about,
  onSend,
  onClose,
  ...drawer
}: {
  about: (values: Values) => string | null;
  onSend: (values: Values, look: string) => Promise<unknown>;
  onClose: () => void;
  title: string;
  hint?: ReactNode;
  submit: string | ((values: Partial<Values>) => string);
  initial?: Partial<Values>;
  children: ReactNode;
}) {
  const handing = useRef(false);
  const [slip, setSlip] = useState<{ code: string; about: string }>();
  if (slip !== undefined) return <ReceiptSlip {...slip} onClose={onClose} />;
  return (
    <FormDrawer<Values>
      {...drawer}
      onClose={() => {
        // Saved: the slip takes its place.
        if (!handing.current) onClose();
      }}
      onSubmit={async (values) => {
        const { code, look } = await newReceipt();
        await onSend(values, look);
        const said = about(values);
        if (said === null) return;
        handing.current = true;
        setSlip({ code, about: said });
      }}
    />
  );
}
