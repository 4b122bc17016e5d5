import { Checkbox } from "antd";
import { useId, type ReactNode } from "react";
import "./field.css";

/** A control with its label, and a hint that is read out with it. */
export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string | undefined;
  children: (id: string, hintId: string | undefined) => ReactNode;
}) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="desk-field">
      <label htmlFor={id}>{label}</label>
      {children(id, hintId)}
      {hint !== undefined && (
        <p id={hintId} className="desk-lead">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Several checkboxes under one question; what is chosen comes in the order of the options. */
export function Choices<T extends string>({
  label,
  values,
  chosen,
  name,
  onChange,
}: {
  label: string;
  values: readonly T[];
  chosen: readonly T[];
  name: (value: T) => string;
  onChange: (chosen: readonly T[]) => void;
}) {
  return (
    <fieldset className="desk-field">
      <legend>{label}</legend>
      <Checkbox.Group
        value={[...chosen]}
        options={values.map((value) => ({ value, label: name(value) }))}
        onChange={(next) => onChange(values.filter((value) => next.includes(value)))}
      />
    </fieldset>
  );
}
