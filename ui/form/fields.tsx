import { useId, type InputHTMLAttributes, type ReactNode } from "react";
import { Icon } from "../icons/Icon.tsx";
import "./form.css";

type Frame = {
  label: string;
  /** Why it is asked, or how to answer. */
  hint?: string | undefined;
  error?: string | undefined;
  /** Worth a second look, but no obstacle. */
  warning?: string | undefined;
  required?: boolean | undefined;
};

function Notes({ id, hint, error, warning }: { id: string } & Omit<Frame, "label">) {
  return (
    <>
      {hint && (
        <span id={`${id}-hint`} className="w-field-hint">
          {hint}
        </span>
      )}
      <span id={`${id}-said`} className="w-field-said" aria-live="polite">
        {error && (
          <span data-tone="alarm">
            <Icon name="alarm" size={1} /> {error}
          </span>
        )}
        {warning && (
          <span data-tone="again">
            <Icon name="info" size={1} /> {warning}
          </span>
        )}
      </span>
    </>
  );
}

/** A line or a box of text. */
export function TextField({
  label,
  hint,
  error,
  warning,
  required,
  value,
  onValue,
  lines = 1,
  maxLength,
  ...input
}: Frame & {
  value: string;
  onValue: (value: string) => void;
  lines?: number;
  maxLength?: number | undefined;
} & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    "type" | "inputMode" | "autoComplete" | "name" | "disabled" | "min" | "max" | "placeholder"
  >) {
  const id = useId();
  const common = {
    id,
    value,
    maxLength,
    "aria-describedby": `${id}-hint ${id}-said`,
    "aria-invalid": error !== undefined,
    "aria-required": required || undefined,
  };
  return (
    <div className="w-field">
      <label className="w-field-label" htmlFor={id}>
        {label}
      </label>
      {lines > 1 ? (
        <textarea
          {...common}
          rows={lines}
          name={input.name}
          disabled={input.disabled}
          onChange={(event) => onValue(event.target.value)}
        />
      ) : (
        <input {...common} {...input} onChange={(event) => onValue(event.target.value)} />
      )}
      <Notes id={id} hint={hint} error={error} warning={warning} />
    </div>
  );
}

export type Option = { readonly value: string; readonly label: string };

/** One of a few, or several of a few: each a button large enough for a thumb. */
export function ChoiceField({
  label,
  hint,
  error,
  required,
  options,
  value,
  multiple = false,
  onValue,
}: Omit<Frame, "warning"> & {
  options: readonly Option[];
  value: readonly string[];
  multiple?: boolean;
  onValue: (value: readonly string[]) => void;
}) {
  const id = useId();
  const choose = (chosen: string) => {
    const had = value.includes(chosen);
    if (multiple) onValue(had ? value.filter((v) => v !== chosen) : [...value, chosen]);
    else onValue(had && !required ? [] : [chosen]);
  };
  return (
    <fieldset className="w-field" aria-describedby={`${id}-hint ${id}-said`}>
      <legend className="w-field-label">{label}</legend>
      <div className="w-choices">
        {options.map((option) => {
          const on = value.includes(option.value);
          return (
            <button
              key={option.value}
              type="button"
              className="w-choice"
              aria-pressed={on}
              data-value={option.value}
              onClick={() => choose(option.value)}
            >
              {on && <Icon name="met" size={1} />}
              <span>{option.label}</span>
            </button>
          );
        })}
      </div>
      <Notes id={id} hint={hint} error={error} />
    </fieldset>
  );
}

/** A statement that holds or doesn't. */
export function CheckField({
  label,
  hint,
  checked,
  onChecked,
}: {
  label: ReactNode;
  hint?: string | undefined;
  checked: boolean;
  onChecked: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="w-field">
      <label className="w-check" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={checked}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChecked(event.target.checked)}
        />
        <span className="w-check-box" aria-hidden="true">
          <Icon name="met" size={1} />
        </span>
        <span>{label}</span>
      </label>
      {hint && (
        <span id={`${id}-hint`} className="w-field-hint">
          {hint}
        </span>
      )}
    </div>
  );
}

/** A small number, raised and lowered by the thumb. */
export function CountField({
  label,
  hint,
  warning,
  value,
  max = 99,
  less,
  more,
  onValue,
}: Omit<Frame, "required" | "error"> & {
  value: number;
  max?: number;
  /** What the two buttons are called. */
  less: string;
  more: string;
  onValue: (value: number) => void;
}) {
  const id = useId();
  return (
    <div className="w-field w-count" role="group" aria-labelledby={id}>
      <span id={id} className="w-count-label">
        {label}
      </span>
      <span className="w-count-row">
        <button
          type="button"
          className="w-count-step"
          aria-label={less}
          disabled={value <= 0}
          onClick={() => onValue(value - 1)}
        >
          <Icon name="remove" />
        </button>
        <output className="w-count-value">{value}</output>
        <button
          type="button"
          className="w-count-step"
          aria-label={more}
          disabled={value >= max}
          onClick={() => onValue(value + 1)}
        >
          <Icon name="add" />
        </button>
      </span>
      <Notes id={id} hint={hint} warning={warning} />
    </div>
  );
}
