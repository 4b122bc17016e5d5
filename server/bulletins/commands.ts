import { figuresOf } from "@wanjia/domain/bulletins/figures";
import type { BulletinActor } from "@wanjia/domain/bulletins/policy";
import { begin, type BulletinContext, decide } from "@wanjia/domain/bulletins/rules";
import type {
  Bulletin,
  BulletinCommand,
  BulletinFigures,
  BulletinRefusal,
} from "@wanjia/domain/bulletins/terms";
import { parsePeriod } from "@wanjia/domain/insight/periods";
import { SOLVED } from "@wanjia/domain/matters/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { isForbidden } from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import * as queries from "./queries.ts";

/** A resident's words of so many days before the month may still be quoted in it. */
const WORDS_BEFORE_DAYS = 31;

/** Where a bulletin stands: in one community of one station, for one month. */
export interface Board {
  readonly stationId: Id;
  readonly communityId: Id;
  readonly month: string;
}

/** The newest edition as somebody finds it; an empty first one where nobody has written. */
export async function newestOf(tx: Tx, board: Board): Promise<Bulletin> {
  const found = await queries.holdNewest(tx, board.communityId, board.month);
  return found ?? begin(newId(tx.now), board, null);
}

/** The counts as they would hang now: of the whole community, whatever the caller sees of it. */
export async function countMonth(tx: Tx, { communityId, month }: Board): Promise<BulletinFigures> {
  const { from, to } = edges(month);
  const [heard, ended] = await asHouse(tx, async (house) => [
    await queries.countHeard(house, communityId, from, to),
    await queries.countEnded(house, communityId, SOLVED, from, to),
  ]);
  const counted = (some: readonly { key: string; n: number }[] = []) =>
    Object.fromEntries(some.map(({ key, n }) => [key, n]));
  return figuresOf(counted(heard), counted(ended));
}

function edges(month: string): { from: number; to: number } {
  const period = parsePeriod(month);
  if (!period.ok) throw new RangeError(`no month: ${month}`);
  return { from: startOfLocalDay(period.value.from), to: startOfLocalDay(period.value.to) };
}

async function contextOf(
  tx: Tx,
  actor: BulletinActor,
  board: Board,
  bulletin: Bulletin,
): Promise<BulletinContext> {
  const { to } = edges(board.month);
  const period = parsePeriod(board.month);
  const first = period.ok ? startOfLocalDay(addDays(period.value.from, -WORDS_BEFORE_DAYS)) : to;
  return {
    actor,
    now: tx.now,
    figures: bulletin.figures ?? (await countMonth(tx, board)),
    residentsWords: await asHouse(tx, (house) =>
      queries.wordsHeard(house, board.communityId, first, to),
    ),
    forbidden: (text) => inspectText(text).some(isForbidden),
  };
}

/** One step of the newest edition; writing on one that hangs begins the next. */
export async function takeStep(
  tx: Tx,
  principal: Principal,
  board: Board,
  command: BulletinCommand,
  version: number,
): Promise<Result<Bulletin, BulletinRefusal>> {
  const newest = await newestOf(tx, board);
  if (newest.version !== version) return refuse("stale-version");
  const corrects = command.type === "write" && newest.state === "published";
  const before = corrects ? begin(newId(tx.now), board, newest) : newest;
  const decided = decide(before, command, await contextOf(tx, principal, board, before));
  if (!decided.ok) return decided;
  const after = decided.value;
  const kept =
    before.version === 0
      ? await queries.insertBulletin(tx, after)
      : await queries.saveBulletin(tx, after, principal.memberId);
  if (!kept) return refuse("stale-version");
  await record(tx, [
    {
      action: "bulletin.changed",
      subjectKind: "bulletin",
      subjectId: after.id,
      stationId: after.stationId,
      detail: {
        step: command.type,
        month: after.month,
        edition: after.edition,
        to: after.state,
      },
    },
  ]);
  return accept(after);
}
