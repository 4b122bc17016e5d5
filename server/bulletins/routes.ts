import { implement } from "@orpc/server";
import { type BulletinDetail, bulletinsContract } from "@wanjia/contract/bulletins";
import { maySeeBulletins, mayCommand } from "@wanjia/domain/bulletins/policy";
import { isOver } from "@wanjia/domain/bulletins/rules";
import { type Bulletin, BULLETIN_COMMANDS } from "@wanjia/domain/bulletins/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { bureauIds } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { AskingLimit } from "../platform/asking-limit.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const open = implement(bulletinsContract).$context<Context>();
const os = open.use(signedIn);

/** What hangs may be read as often as somebody turns its pages. */
const READ_PER_MINUTE = 60;
const reading = new AskingLimit(READ_PER_MINUTE);

function secondsToWait(context: Context): number {
  return reading.ask(context.request.ip, context.now());
}

interface Sight {
  readonly community: readModel.CommunityOf;
  readonly board: commands.Board;
}

/** A community that the caller writes for or reads; any other isn't there. */
async function sightOf(
  tx: Tx,
  { scope, stationIds }: Principal,
  { communityId, month }: { communityId: Id; month: string },
): Promise<Sight> {
  const community = orNotFound(await readModel.communityOf(tx, communityId, month));
  const inSight = scope === "bureau" || stationIds.includes(community.stationId);
  orNotFound(inSight ? community : undefined);
  return { community, board: { stationId: community.stationId, communityId, month } };
}

async function present(
  tx: Tx,
  { role, memberId }: Principal,
  { community, board }: Sight,
  bulletin: Bulletin,
): Promise<BulletinDetail> {
  const over = isOver(board.month, tx.now);
  const { state, writers } = bulletin;
  const fits = { draft: ["write", "release"], released: ["send_back", "publish"], published: [] };
  const steps = BULLETIN_COMMANDS.filter(
    (command) =>
      over &&
      mayCommand(role, command) &&
      (fits[state] as readonly string[]).includes(command) &&
      (command !== "release" || bulletin.version > 0) &&
      (command !== "publish" || !writers.includes(memberId)),
  );
  return {
    communityId: board.communityId,
    community: community.community,
    station: community.station,
    month: board.month,
    over,
    edition: bulletin.edition,
    version: bulletin.version,
    state,
    entries: [...bulletin.entries],
    correction: bulletin.correction,
    returned: bulletin.returned,
    figures: bulletin.figures ?? (await commands.countMonth(tx, board)),
    writers: await readModel.namesOf(tx, writers),
    publishedAt: bulletin.publishedAt,
    hangs: community.hangs,
    steps: state === "published" && mayCommand(role, "write") ? ["correct"] : steps,
  };
}

export const bulletinRoutes = open.router({
  // -- anyone -------------------------------------------------------------------------------------
  publicBoards: open.publicBoards.handler(async ({ context, errors }) => {
    const seconds = secondsToWait(context);
    if (seconds > 0) throw errors["too-many-requests"]({ data: { params: { seconds } } });
    const { database } = context.services;
    const items: readModel.PublicBoardRow[] = [];
    for (const id of await database.asSystem(null, bureauIds)) {
      items.push(...(await database.asSystem(id, readModel.hangingBoards)));
    }
    return { items };
  }),

  publicBoard: open.publicBoard.handler(async ({ context, input, errors }) => {
    const seconds = secondsToWait(context);
    if (seconds > 0) throw errors["too-many-requests"]({ data: { params: { seconds } } });
    const { database } = context.services;
    for (const id of await database.asSystem(null, bureauIds)) {
      const found = await database.asSystem(id, (tx) =>
        readModel.hangingBulletin(tx, input.communityId, input.month ?? null),
      );
      if (found !== undefined) return found;
    }
    throw errors["bulletin-unknown"]();
  }),

  // -- the desk -----------------------------------------------------------------------------------
  list: os.list.handler(({ context, input }) => {
    const { role, scope, stationIds } = context.principal;
    allow(maySeeBulletins(role));
    return context.transact(async (tx) => ({
      items: await readModel.boardsOf(tx, scope === "bureau" ? null : stationIds, input.month),
    }));
  }),

  get: os.get.handler(({ context, input }) => {
    const { principal } = context;
    allow(maySeeBulletins(principal.role));
    return context.transact(async (tx) => {
      const sight = await sightOf(tx, principal, input);
      return present(tx, principal, sight, await commands.newestOf(tx, sight.board));
    });
  }),

  step: os.step.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(maySeeBulletins(principal.role));
    return context.transact(async (tx) => {
      const sight = await sightOf(tx, principal, input);
      const { step, version } = input;
      const taken = await commands.takeStep(tx, principal, sight.board, step, version);
      const bulletin = orRefuse(taken, errors);
      return present(tx, principal, await sightOf(tx, principal, input), bulletin);
    });
  }),
});
