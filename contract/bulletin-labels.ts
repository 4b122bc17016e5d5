/** How the counts of a community board are called, on the page and at the desk. */
interface MatterWords {
  readonly kind: Readonly<Record<string, string>>;
  readonly subtype: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly outcome: Readonly<Record<string, string>>;
  readonly reason: Readonly<Record<string, string>>;
}

/** `opinion.patrol` → 意见建议 · 巡逻防范; `reason.no_means` → its reason, within a sentence. */
export function cellLabel(
  key: string,
  words: MatterWords,
  unsolved: (reason: string) => string,
): string {
  const [kind = "", rest = ""] = key.split(".");
  if (kind === "reason") return unsolved(words.reason[rest] ?? rest);
  return `${words.kind[kind] ?? kind} · ${words.subtype[kind]?.[rest] ?? words.outcome[rest] ?? rest}`;
}
