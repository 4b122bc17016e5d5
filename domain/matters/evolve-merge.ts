/** What merging makes of a matter. */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import type { MergeHappening } from "./merge-terms.ts";
import type { Matter } from "./terms.ts";
import { workAgain } from "./working.ts";

function together(some: readonly Id[], more: readonly Id[]): readonly Id[] {
  return [...new Set([...some, ...more])];
}

export function mergeAfter(matter: Matter, change: MergeHappening, at: Instant): Matter {
  switch (change.type) {
    case "merged": {
      const { into, number } = change;
      const merged = { into, number, from: matter.state };
      return { ...matter, state: "merged", assigneeId: null, arbitrated: false, merged };
    }
    case "unmerged":
      return { ...workAgain(matter), state: matter.merged?.from ?? "registered", merged: null };
    case "followed": {
      const { outcome, reason } = change;
      const handlers = together(matter.handlers, change.handlers);
      if (outcome === null) return { ...workAgain(matter), state: "merged", handlers };
      const told = {
        ...matter,
        handlers,
        outcome,
        reason,
        clearedAt: outcome === "cleared" ? (matter.clearedAt ?? at) : null,
      };
      if (matter.state !== "merged") return told;
      return { ...told, state: outcome === "declined" ? "declined" : "resolved", resolvedAt: at };
    }
  }
}
