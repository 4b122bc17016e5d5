import { randomBytes } from "node:crypto";
import { drawRound } from "@wanjia/domain/oversight/draw";
import {
  checkAnswer,
  compare,
  decideFinding,
  type FindingContext,
  isFinding,
} from "@wanjia/domain/oversight/rules";
import {
  type AnswerRefusal,
  type Finding,
  type FindingCommand,
  type FindingRefusal,
  RECHECK_LIMITS,
  type RecheckAnswer,
  type RoundRefusal,
} from "@wanjia/domain/oversight/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { isForbidden } from "@wanjia/domain/privacy/terms";
import { addWorkingDays } from "@wanjia/domain/shared/calendar";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  DAY_MS,
  type LocalDate,
  localDate,
  localTime,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { timeLimits } from "../matters/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { newId, sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import * as queries from "./queries.ts";
import { peersOf } from "./read-model.ts";

export const { holdFinding } = queries;

const SEED_BYTES = 32;

function mondayOf(now: number): LocalDate {
  return addDays(localDate(now), 1 - localTime(now).weekday);
}

/**
 * What each day brings: this week's seed is made and its hash told before its visits; a week that
 * ended is drawn; one that nobody finished asking after is closed with what was heard.
 */
export async function tendRounds(tx: Tx): Promise<void> {
  for (const round of await queries.openRounds(tx)) {
    if (round.drawnAt !== null) {
      if (tx.now >= round.drawnAt + RECHECK_LIMITS.askDays * DAY_MS) await close(tx, round);
    } else if (tx.now >= startOfLocalDay(addDays(round.week, 7))) await draw(tx, round);
  }
  const [id, week] = [newId(tx.now), mondayOf(tx.now)];
  const seed = randomBytes(SEED_BYTES).toString("hex");
  const commitment = sha256(seed).toString("hex");
  if (!(await queries.insertRound(tx, { id, week, seed, commitment }))) return;
  await note(tx, "recheck.committed", id, { week, commitment });
}

async function draw(tx: Tx, { id, week, openedAt, seed }: queries.Round): Promise<void> {
  const from = Math.max(openedAt, startOfLocalDay(week));
  const frame = await queries.frameOf(tx, from, startOfLocalDay(addDays(week, 7)));
  const drawn = drawRound(frame, seed).map((one) => ({ ...one, itemId: newId(tx.now) }));
  await queries.insertItems(tx, id, drawn, frame.length);
  await note(tx, "recheck.drawn", id, { week, frame: frame.length, drawn: drawn.length });
}

/** Holds what was heard against the records, and shows the seed. */
async function close(tx: Tx, { id, week }: queries.Round): Promise<number> {
  const items = await queries.itemsOf(tx, id);
  const visits = await queries.visitsToCompare(
    tx,
    items.map(({ visitId }) => visitId),
  );
  const closed = items.map((item) => {
    const visit = visits.find((one) => one.id === item.visitId);
    // Its time was over and it is gone: nothing is left to compare.
    if (visit === undefined) return { id: item.id, result: "unknown" as const, finding: null };
    const { correctedAt, receivedAt } = visit;
    const mended =
      correctedAt !== null && correctedAt <= receivedAt + RECHECK_LIMITS.graceDays * DAY_MS;
    const result = mended ? ("self_corrected" as const) : compare(visit.outcome, item.answer);
    const finding: Finding | null = isFinding(result)
      ? {
          id: item.id,
          version: 1,
          visitId: item.visitId,
          stationId: item.stationId,
          team: visit.team,
          result,
          state: "open",
          explainUntil: tx.now + RECHECK_LIMITS.explainDays * DAY_MS,
          appealUntil: null,
          events: [],
        }
      : null;
    return { id: item.id, result, finding };
  });
  await queries.closeItems(tx, id, closed);
  const findings = closed.filter(({ finding }) => finding !== null).length;
  await note(tx, "recheck.closed", id, { week, asked: items.length, findings });
  return findings;
}

/** Which doors, and what was heard there, stands in no trail. */
async function note(tx: Tx, action: string, id: Id, detail: Record<string, unknown>) {
  await record(tx, [{ action, subjectKind: "recheck_round", subjectId: id, detail }]);
}

/** Closes a week's answers; undefined where there is no such round. */
export async function lockRound(tx: Tx, id: Id): Promise<Result<number, RoundRefusal> | undefined> {
  const round = await queries.holdRound(tx, id);
  if (round === undefined) return undefined;
  if (round.drawnAt === null) return refuse("round-not-drawn");
  if (round.lockedAt !== null) return refuse("round-locked");
  const missing = (await queries.itemsOf(tx, id)).filter(({ answer }) => answer === null).length;
  if (missing > 0) return refuse("answers-missing", { count: missing });
  // The records that it is held against are not for whoever asked.
  return accept(await asHouse(tx, (house) => close(house, round)));
}

export async function keepAnswer(
  tx: Tx,
  { memberId }: Principal,
  id: Id,
  answer: RecheckAnswer,
): Promise<Result<true, AnswerRefusal> | undefined> {
  const item = await queries.holdItem(tx, id);
  if (item === undefined) return undefined;
  const round = await queries.holdRound(tx, item.roundId);
  if (round === undefined || round.lockedAt !== null) return refuse("round-locked");
  const checked = checkAnswer(answer);
  if (!checked.ok) return checked;
  await queries.saveAnswer(tx, id, checked.value, memberId);
  await note(tx, "recheck.answered", item.roundId, {});
  return accept(true);
}

export async function contextOf(
  tx: Tx,
  { memberId, role }: Principal,
  finding: Finding,
): Promise<FindingContext> {
  const peers = new Set((await peersOf(tx, finding)).map(({ id }) => id));
  const today = localDate(tx.now);
  const { calendar } = await timeLimits(tx);
  const days = addWorkingDays(calendar, today, RECHECK_LIMITS.appealWorkingDays);
  return {
    actor: { memberId, role },
    now: tx.now,
    // Where next year's holidays aren't announced: two weeks.
    appealUntil: days.ok ? days.value : addDays(today, 14),
    isPeer: (id) => peers.has(id),
    // Of the household nothing is known here, and nothing is to be learnt from an explanation.
    forbidden: (text) => inspectText(text).some((one) => isForbidden(one) || one.kind === "phone"),
  };
}

/** Takes a step with a finding that the caller looked at in `version`. */
export async function takeStep(
  tx: Tx,
  principal: Principal,
  finding: Finding,
  command: FindingCommand,
  version: number,
): Promise<Result<Finding, FindingRefusal | "stale-version">> {
  if (version !== finding.version) return refuse("stale-version");
  const decided = decideFinding(finding, command, await contextOf(tx, principal, finding));
  if (!decided.ok) return decided;
  await queries.saveFinding(tx, decided.value);
  const { id, stationId, visitId, state } = decided.value;
  await record(tx, [
    {
      action: `recheck.${command.type}`,
      subjectKind: "recheck_finding",
      subjectId: id,
      stationId,
      detail: { visitId, from: finding.state, to: state },
    },
  ]);
  return decided;
}
