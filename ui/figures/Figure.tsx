import type { ReactNode } from "react";
import "./figure.css";

/**
 * One number and what it takes to trust it: what it counts, for which period, of whom, as of when.
 * With `onOpen` it leads to the records behind it.
 */
export function Figure({
  value,
  unit,
  sentence,
  scope,
  onOpen,
}: {
  value: string;
  unit?: string;
  /** What it counts, as a sentence. */
  sentence: string;
  /** Period, scope and date in one line. */
  scope?: string;
  onOpen?: () => void;
}) {
  const inside = (
    <>
      <span className="w-figure-value">
        {value}
        {unit && <span className="w-figure-unit">{unit}</span>}
      </span>
      <span className="w-figure-sentence">{sentence}</span>
      {scope && <span className="w-figure-scope">{scope}</span>}
    </>
  );
  return onOpen ? (
    <button type="button" className="w-figure" onClick={onOpen}>
      {inside}
    </button>
  ) : (
    <div className="w-figure">{inside}</div>
  );
}

/** How far along, as a bar with its own words beside it. */
export function Progress({
  done,
  ended = 0,
  total,
  label,
  children,
}: {
  done: number;
  /** Ended without a meeting: counted apart, in the neutral tone. */
  ended?: number;
  total: number;
  label: string;
  children?: ReactNode;
}) {
  const share = (part: number) => `${total === 0 ? 0 : Math.min(100, (part / total) * 100)}%`;
  return (
    <div className="w-progress">
      <div
        className="w-progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <span style={{ width: share(done), background: "var(--met)" }} />
        <span style={{ width: share(ended), background: "var(--ended)" }} />
      </div>
      {children}
    </div>
  );
}
