import { addDays, isLocalDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { ListInput } from "../shell/url-state.ts";

/**
 * Days in the address become instants for the server. `to` is the last day a reader wants to see,
 * so the server is asked for what lies before the next one. A day that doesn't exist is left out.
 */
export function auditInput(input: ListInput): ListInput {
  const { from, to, ...rest } = input;
  const asked: ListInput = rest;
  if (typeof from === "string" && isLocalDate(from)) asked["from"] = startOfLocalDay(from);
  if (typeof to === "string" && isLocalDate(to)) asked["to"] = startOfLocalDay(addDays(to, 1));
  return asked;
}

/** `{ role: "auxiliary", on: "2026-11-22" }` as lines of a small table. */
export function detailLines(
  detail: Readonly<Record<string, unknown>> | null,
): { name: string; value: string }[] {
  return Object.entries(detail ?? {}).map(([name, value]) => ({
    name,
    value: typeof value === "string" ? value : JSON.stringify(value),
  }));
}
