import { Form, Input } from "antd";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { PASSPHRASE_LENGTH } from "./view-model.ts";
import { useTipWords } from "./words.ts";

interface Values {
  readonly passphrase: string;
  readonly repeat?: string;
}

/** Asks for a passphrase; `setting` asks for a new one, twice. It stays in this page. */
export function PassphraseForm({
  title,
  hint,
  submit,
  setting = false,
  onSubmit,
  onClose,
}: {
  title: string;
  hint: string;
  submit: string;
  setting?: boolean;
  /** Answers false when it is not the right one. */
  onSubmit: (passphrase: string) => Promise<boolean>;
  onClose: () => void;
}) {
  const words = useTipWords();
  return (
    <FormDrawer<Values>
      title={title}
      hint={hint}
      submit={submit}
      onClose={onClose}
      onSubmit={async ({ passphrase }) => {
        if (await onSubmit(passphrase)) return;
        // In the shape of a refusal, so that the form shows it as one (shell/failure.ts).
        const refusal = { status: 422, code: "passphrase-wrong" };
        throw Object.assign(new Error(words("opening.wrong")), refusal);
      }}
    >
      <Form.Item
        name="passphrase"
        label={words("keeping.passphrase")}
        rules={[
          {
            required: true,
            min: setting ? PASSPHRASE_LENGTH : 1,
            message: words("keeping.short", { count: PASSPHRASE_LENGTH }),
          },
        ]}
      >
        <Input.Password autoComplete={setting ? "new-password" : "off"} maxLength={200} />
      </Form.Item>
      {setting && (
        <Form.Item
          name="repeat"
          label={words("keeping.repeat")}
          dependencies={["passphrase"]}
          rules={[
            ({ getFieldValue }) => ({
              validator: async (_rule, value) => {
                if (value !== getFieldValue("passphrase"))
                  throw new Error(words("keeping.differs"));
              },
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      )}
    </FormDrawer>
  );
}
