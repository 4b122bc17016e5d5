import { accept, refuse, type Result } from "../shared/result.ts";
import type { MatterRefusal } from "./terms.ts";

/** Words that must be there and short enough. Refuses `text-missing` and `text-too-long`. */
export function checkText(text: string, limit: number): Result<string, MatterRefusal> {
  const trimmed = text.trim();
  if (trimmed === "") return refuse("text-missing");
  if (trimmed.length > limit) return refuse("text-too-long", { limit });
  return accept(trimmed);
}
