import { useMutation } from "@tanstack/react-query";
import { Button, Drawer, Form, type FormInstance } from "antd";
import type { ReactNode } from "react";
import { FormProblem } from "./Problem.tsx";
import { useNarrow } from "./use-media.ts";
import { useShellWords } from "./words.ts";

/**
 * One thing to fill in, beside the list it belongs to. Stays open with the server's sentence when
 * it is refused; what was typed stays too.
 */
export function FormDrawer<Values extends object>({
  title,
  hint,
  initial,
  submit,
  danger = false,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  hint?: ReactNode;
  initial?: Partial<Values>;
  /** The verb on the button; it may depend on what is filled in. */
  submit: string | ((values: Partial<Values>) => string);
  danger?: boolean;
  /** Resolves when it is saved; the drawer then closes. */
  onSubmit: (values: Values) => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}) {
  const words = useShellWords();
  const narrow = useNarrow();
  const [form] = Form.useForm<Values>();
  const saving = useMutation({ mutationFn: onSubmit, onSuccess: onClose });
  return (
    <Drawer
      open
      title={title}
      size={narrow ? "100%" : 440}
      onClose={onClose}
      destroyOnHidden
      footer={
        <div className="desk-actions">
          <Button
            type="primary"
            danger={danger}
            loading={saving.isPending}
            onClick={() => form.submit()}
          >
            {typeof submit === "string" ? submit : <Verb form={form} of={submit} />}
          </Button>
          <Button onClick={onClose}>{words("common.cancel")}</Button>
        </div>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        {...(initial ? { initialValues: initial } : {})}
        onFinish={(values) => saving.mutate(values)}
        className="desk-form"
      >
        {hint && <p className="desk-lead">{hint}</p>}
        <FormProblem error={saving.error} />
        {children}
        {/* Enter in a field submits: the visible button lives in the drawer's foot. */}
        <button type="submit" hidden />
      </Form>
    </Drawer>
  );
}

function Verb<Values extends object>({
  form,
  of,
}: {
  form: FormInstance<Values>;
  of: (values: Partial<Values>) => string;
}) {
  return of((Form.useWatch([], form) as Partial<Values> | undefined) ?? {});
}
