import type { ReactNode } from "react";
import { formatInstant } from "./format.ts";
import { currentLocale } from "./language.ts";
import { Card } from "./Page.tsx";
import "./timeline.css";

export interface TimelineEntry {
  readonly key: string | number;
  readonly what: string;
  readonly at: number;
  /** Who it was, by name or by part. */
  readonly by?: string | null;
  /** What was said or decided, a paragraph each. */
  readonly said: readonly ReactNode[];
}

/**
 * What happened to something, the latest first.
 *
 * `events`: in the order in which they happened.
 */
export function Timeline({
  title,
  empty,
  events,
}: {
  title: string;
  /** What stands there while nothing has happened. */
  empty?: string;
  events: readonly TimelineEntry[];
}) {
  const locale = currentLocale();
  return (
    <Card title={title}>
      {events.length === 0 && empty !== undefined && <p>{empty}</p>}
      <ol className="timeline">
        {events.toReversed().map(({ key, what, at, by, said }) => (
          <li key={key}>
            <div className="timeline-head">
              <strong>{what}</strong>
              <span className="desk-lead">{formatInstant(at, locale)}</span>
              {by && <span className="desk-lead">{by}</span>}
            </div>
            {said.map((line, index) => (
              <p key={index}>{line}</p>
            ))}
          </li>
        ))}
      </ol>
    </Card>
  );
}
