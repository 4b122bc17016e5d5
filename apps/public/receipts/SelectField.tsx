import { useId } from "react";

/** One of many, in the phone's own list. */
export function SelectField({
  label,
  error,
  choose,
  options,
  value,
  onValue,
}: {
  label: string;
  error?: string | undefined;
  /** Stands first, and is no choice. */
  choose: string;
  options: readonly { readonly value: string; readonly label: string }[];
  value: string;
  onValue: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="w-field">
      <label className="w-field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="site-select"
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-said`}
        onChange={(event) => onValue(event.target.value)}
      >
        <option value="">{choose}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <span id={`${id}-said`} className="site-problem" aria-live="polite">
        {error}
      </span>
    </div>
  );
}
