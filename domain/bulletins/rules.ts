/** From a draft to what hangs on the board. */
import type { Id } from "../shared/id.ts";
import { type Instant, localDate, monthOf } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { showsAnything } from "./figures.ts";
import { type BulletinActor, mayCommand } from "./policy.ts";
import {
  type Bulletin,
  BULLETIN_LIMITS,
  type BulletinCommand,
  type BulletinEntry,
  type BulletinFigures,
  type BulletinRefusal,
} from "./terms.ts";

export interface BulletinContext {
  readonly actor: BulletinActor;
  readonly now: Instant;
  /** What residents of the community wrote in that month and the one before. */
  readonly residentsWords: readonly string[];
  /** The counts as they would hang now. */
  readonly figures: BulletinFigures;
  readonly forbidden: (text: string) => boolean;
}

type Decision = Result<Bulletin, BulletinRefusal>;

/** Whether a month has ended, so that its counts stand. */
export function isOver(month: string, now: Instant): boolean {
  return month < monthOf(localDate(now));
}

/** An empty edition: the first, or the one that puts right what hangs. */
export function begin(
  id: Id,
  of: Pick<Bulletin, "stationId" | "communityId" | "month">,
  hangs: Bulletin | null,
): Bulletin {
  return {
    id,
    stationId: of.stationId,
    communityId: of.communityId,
    month: of.month,
    edition: (hangs?.edition ?? 0) + 1,
    version: 0,
    state: "draft",
    entries: hangs?.entries ?? [],
    correction: null,
    writers: [],
    returned: null,
    figures: hangs?.figures ?? null,
    releasedAt: null,
    publishedAt: null,
  };
}

/**
 * One step of an edition.
 *
 * Nobody publishes what he wrote, nothing of a month that isn't over hangs, and no sentence is a
 * resident's own (domain.md §6.6, 6). What hangs is never changed: `begin` makes the next edition,
 * which keeps the counts of the first, so that two of them side by side tell nothing.
 */
export function decide(
  bulletin: Bulletin,
  command: BulletinCommand,
  context: BulletinContext,
): Decision {
  const { actor, now } = context;
  if (!mayCommand(actor.role, command.type)) return refuse("not-permitted");
  const wanted = command.type === "write" || command.type === "release" ? "draft" : "released";
  if (bulletin.state !== wanted) return refuse("wrong-state", { state: bulletin.state });
  if (!isOver(bulletin.month, now)) return refuse("bulletin-month-open");
  const next: Bulletin = { ...bulletin, version: bulletin.version + 1 };
  switch (command.type) {
    case "write": {
      const refusal = refusalOf(bulletin, command, context);
      if (refusal !== null) return refusal;
      const { memberId } = actor;
      const { writers } = bulletin;
      return accept({
        ...next,
        entries: command.entries,
        correction: command.correction ?? null,
        writers: writers.includes(memberId) ? writers : [...writers, memberId],
      });
    }
    case "release":
      if (bulletin.entries.length === 0 && !showsAnything(context.figures)) {
        return refuse("bulletin-empty");
      }
      if (bulletin.edition > 1 && (bulletin.correction ?? "") === "") {
        return refuse("bulletin-correction-needed");
      }
      return accept({ ...next, state: "released", releasedAt: now, returned: null });
    case "send_back": {
      const bad = textRefusal(command.why, BULLETIN_LIMITS.whyLength, context);
      return bad ?? accept({ ...next, state: "draft", releasedAt: null, returned: command.why });
    }
    case "publish":
      if (bulletin.writers.includes(actor.memberId)) return refuse("bulletin-own-text");
      return accept({
        ...next,
        state: "published",
        publishedAt: now,
        figures: bulletin.figures ?? context.figures,
      });
  }
}

function refusalOf(
  { edition }: Bulletin,
  { entries, correction }: Extract<BulletinCommand, { type: "write" }>,
  context: BulletinContext,
): Result<never, BulletinRefusal> | null {
  const { entries: most, saidLength, didLength, correctionLength } = BULLETIN_LIMITS;
  if (entries.length > most) return refuse("bulletin-too-many", { limit: most });
  for (const entry of entries) {
    const bad =
      textRefusal(entry.said, saidLength, context) ?? textRefusal(entry.did, didLength, context);
    if (bad !== null) return bad;
    if (needsReason(entry) && entry.reason === null) return refuse("bulletin-reason-needed");
  }
  if (correction === undefined) return null;
  return edition === 1
    ? refuse("wrong-state", { state: "draft" })
    : textRefusal(correction, correctionLength, context);
}

export function needsReason({ result }: Pick<BulletinEntry, "result">): boolean {
  return result === "partly" || result === "cannot";
}

function textRefusal(
  text: string,
  limit: number,
  { forbidden, residentsWords }: BulletinContext,
): Result<never, BulletinRefusal> | null {
  if (text.trim() === "") return refuse("text-missing");
  if (text.length > limit) return refuse("text-too-long", { limit });
  if (forbidden(text)) return refuse("text-forbidden");
  const run = verbatimRun(text, residentsWords);
  return run === null ? null : refuse("bulletin-verbatim", { text: run });
}

/** The first ten signs in a row that a resident wrote just so; null where there are none. */
export function verbatimRun(text: string, sources: readonly string[]): string | null {
  const signs = bare(text);
  const others = sources.map(bare);
  const length = BULLETIN_LIMITS.verbatimRun;
  for (let at = 0; at + length <= signs.length; at += 1) {
    const run = signs.slice(at, at + length);
    if (others.some((other) => other.includes(run))) return run;
  }
  return null;
}

/** Without what a copy is easily disguised by: marks, spaces, case. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\p{P}\p{S}\s]/gu, "");
}
