import { inspect } from "node:util";
import type { TestEvent } from "node:test/reporters";

/** What is said of a file when its tests are done. */
export interface Outcome {
  readonly file: string;
  /** The names of what failed, and why. */
  readonly failures: readonly string[];
}

/** Tells whoever started this process of each file that is done. */
// oxlint-disable-next-line import/no-default-export -- so Node asks for it
export default async function* report(events: AsyncIterable<TestEvent>): AsyncIterable<string> {
  const path: string[] = [];
  const failures: string[] = [];
  for await (const { type, data } of events) {
    if (type === "test:start") path[data.nesting] = data.name;
    if (type === "test:diagnostic") yield `ℹ ${data.message}\n`;
    if (type === "test:fail") {
      const { error } = data.details;
      // A suite fails when one of its tests does: that one is told.
      if ((error as { failureType?: string }).failureType !== "subtestsFailed") {
        const name = [...path.slice(0, data.nesting), data.name].join(" › ");
        failures.push(`✖ ${name}\n${inspect(error.cause ?? error)}\n`);
      }
    }
    if ((type === "test:pass" || type === "test:fail") && data.nesting === 0) {
      process.send?.({ file: data.name, failures: failures.splice(0) } satisfies Outcome);
    }
  }
}
