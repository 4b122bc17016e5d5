/** The plain fields that forms of the desk are made of, labelled in a subject's own words. */
import { Checkbox, Form, Input, Radio, Select } from "antd";
import type { MessageKey, Translate } from "./messages.ts";
import { useShellWords } from "./words.ts";

type Verb = "required" | "choose";
type Name = string | readonly (string | number)[];
interface Option {
  readonly value: string | number | boolean;
  readonly label: string;
}
interface FieldProps<Texts> {
  readonly name: Name;
  /** A text of the subject, or words said already. */
  readonly label: MessageKey<Texts> | { readonly said: string };
  /** Of the label's sentence. */
  readonly of?: Readonly<Record<string, string>>;
  readonly optional?: boolean;
}

/** One sentence for whatever was left out, in all forms. */
export function useMust() {
  const words = useShellWords();
  return (field: string, verb: Verb = "required") => [
    { required: true, message: words(`form.${verb}`, { field }) },
  ];
}

/** The same for a text: spaces alone don't fill it in. */
export function useMustSay() {
  const must = useMust();
  return (field: string) => must(field).map((rule) => ({ ...rule, whitespace: true }));
}

const pathOf = (name: Name) => (typeof name === "string" ? name : [...name]);

export function formFields<Texts>(useWords: () => Translate<Texts>) {
  function useLabel({ label, of = {} }: Omit<FieldProps<Texts>, "name">): string {
    const words = useWords();
    return typeof label === "object" ? label.said : words(label, of);
  }

  function useRequired(said: FieldProps<Texts>["label"], verb: Verb, optional = false) {
    const label = useLabel({ label: said });
    const must = useMust();
    return { label, rules: optional ? [] : must(label, verb) };
  }

  function useItem(field: FieldProps<Texts>, verb: Verb) {
    const label = useLabel(field);
    const must = useMust();
    return {
      name: pathOf(field.name),
      label,
      rules: field.optional === true ? [] : must(label, verb),
    };
  }

  function Choice({
    options,
    onChange,
    ...field
  }: FieldProps<Texts> & { options: readonly Option[]; onChange?: () => void }) {
    return (
      <Form.Item {...useItem(field, "choose")}>
        <Radio.Group vertical options={[...options]} {...(onChange ? { onChange } : {})} />
      </Form.Item>
    );
  }

  function Pick({
    options,
    many = false,
    ...field
  }: FieldProps<Texts> & { options: readonly Option[]; many?: boolean }) {
    return (
      <Form.Item {...useItem(field, "choose")}>
        <Select
          options={[...options]}
          allowClear={field.optional === true}
          {...(many ? { mode: "multiple" as const } : {})}
        />
      </Form.Item>
    );
  }

  function Ticks({ options, ...field }: FieldProps<Texts> & { options: readonly Option[] }) {
    return (
      <Form.Item {...useItem(field, "choose")}>
        <Checkbox.Group className="desk-choices" options={[...options]} />
      </Form.Item>
    );
  }

  function Typed({
    type = "text",
    limit,
    ...field
  }: FieldProps<Texts> & {
    type?: "text" | "date" | "time" | "tel" | "number";
    limit?: number;
  }) {
    const { rules, ...item } = useItem(field, "required");
    // Only of a text: the rule takes whatever else for wrong, a number too.
    const said = type === "text" ? rules.map((rule) => ({ ...rule, whitespace: true })) : rules;
    return (
      <Form.Item {...item} rules={said}>
        <Input type={type} {...(limit === undefined ? {} : { maxLength: limit })} />
      </Form.Item>
    );
  }

  function Tick(field: FieldProps<Texts>) {
    return (
      <Form.Item name={pathOf(field.name)} valuePropName="checked">
        <Checkbox>{useLabel(field)}</Checkbox>
      </Form.Item>
    );
  }

  return { useRequired, Choice, Pick, Ticks, Typed, Tick };
}
