import { implement } from "@orpc/server";
import { type TipDeskUnit, tipsContract } from "@wanjia/contract/tips";
import { tipFigures } from "@wanjia/domain/tips/figures";
import { mayKeepTips, mayManageTipUnits, maySeeTipFigures } from "@wanjia/domain/tips/policy";
import type { TipRefusal } from "@wanjia/domain/tips/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS } from "@wanjia/domain/shared/instant";
import type { Result } from "@wanjia/domain/shared/result";
import { bureauIds } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import { admit, admitAsking, strangerOf } from "../platform/puzzles.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const open = implement(tipsContract).$context<Context>();
const os = open.use(signedIn);

const YEAR_DAYS = 365;
const DONE = { done: true } as const;

function text(bytes: Buffer): string {
  return bytes.toString("base64url");
}

function textOrNull(bytes: Buffer | null): string | null {
  return bytes === null ? null : text(bytes);
}

/** What a keeper of somebody else's unit asks for doesn't exist for him. */
function found<T>(answer: Result<T, TipRefusal | "not-found">): Result<T, TipRefusal> {
  if (!answer.ok && answer.refusal.code === "not-found") orNotFound(undefined);
  return answer as Result<T, TipRefusal>;
}

async function unitsOf(tx: Tx, { memberId }: Principal): Promise<TipDeskUnit[]> {
  const units = await readModel.listUnits(tx, memberId);
  const keepers = Map.groupBy(await readModel.listKeepers(tx), ({ unitId }) => unitId);
  const keys = Map.groupBy(await readModel.listKeys(tx), ({ unitId }) => unitId);
  const shares = Map.groupBy(await readModel.listShares(tx), ({ keyId }) => keyId);
  const openings = Map.groupBy(await readModel.listOpenings(tx), ({ unitId }) => unitId);
  return units.map(({ id, name, nameEn }) => {
    const people = keepers.get(id) ?? [];
    const me = people.find((one) => one.memberId === memberId);
    return {
      id,
      name,
      nameEn,
      keepers: people.map((one) => ({
        memberId: one.memberId,
        name: one.name,
        publicKey: textOrNull(one.publicKey),
      })),
      own:
        me === undefined || me.salt === null || me.wrapped === null
          ? null
          : { salt: text(me.salt), rounds: me.rounds ?? 0, wrapped: text(me.wrapped) },
      keys: (keys.get(id) ?? []).map(({ unitId: _unit, ...key }) => {
        const held = shares.get(key.id) ?? [];
        const own = held.find((share) => share.memberId === memberId);
        return {
          ...key,
          publicKey: text(key.publicKey),
          holders: held.map((share) => share.memberId),
          ownShare: own === undefined ? null : text(own.sealed),
        };
      }),
      openings: (openings.get(id) ?? []).map(({ unitId: _unit, ...opening }) => ({
        ...opening,
        sessionKey: text(opening.sessionKey),
        sealedShare: opening.askedBy === memberId ? textOrNull(opening.sealedShare) : null,
      })),
    };
  });
}

export const tipRoutes = open.router({
  // -- anyone -------------------------------------------------------------------------------------
  publicUnits: open.publicUnits.handler(async ({ context }) => {
    const { database } = context.services;
    const bureaus = await database.asSystem(null, bureauIds);
    const units = [];
    for (const id of bureaus) units.push(...(await database.asSystem(id, readModel.openUnits)));
    return { items: units.map((unit) => ({ ...unit, publicKey: text(unit.publicKey) })) };
  }),

  send: open.send.handler(async ({ context, input, errors }) => {
    const { database } = context.services;
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const kept = await database.asSystem(input.bureauId, (tx) => commands.keepTip(tx, input));
    return orRefuse(kept, errors);
  }),

  follow: open.follow.handler(async ({ context, input, errors }) => {
    orRefuse(admitAsking(strangerOf(context)), errors);
    const { database } = context.services;
    const hash = sha256(Buffer.from(input.look, "base64url"));
    for (const id of await database.asSystem(null, bureauIds)) {
      const tip = await database.asSystem(id, (tx) => readModel.follow(tx, hash));
      if (tip !== undefined) return { ...tip, sealedAnswer: textOrNull(tip.sealedAnswer) };
    }
    throw errors["receipt-unknown"]();
  }),

  // -- the receiving unit -------------------------------------------------------------------------
  desk: os.desk.handler(({ context }) => {
    allow(mayKeepTips(context.principal.role));
    return context.transact(async (tx) => ({ units: await unitsOf(tx, context.principal) }));
  }),

  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayKeepTips(principal.role));
    return context.transact(async (tx) => {
      const units = await readModel.unitsKeptBy(tx, principal.memberId);
      const page = await keysetPage<readModel.TipListRow>(
        tx,
        readModel.tipList(principal.bureauId, units, input),
        input,
      );
      const items = page.items.map((row) => ({ ...row, replyKey: text(row.replyKey) }));
      return { ...page, items };
    });
  }),

  get: os.get.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayKeepTips(principal.role));
    return context.transact(async (tx) => {
      const units = await readModel.unitsKeptBy(tx, principal.memberId);
      const row = orNotFound(await readModel.findTip(tx, units, input.id));
      return { ...row, replyKey: text(row.replyKey) };
    });
  }),

  figures: os.figures.handler(({ context }) => {
    const { role, bureauId } = context.principal;
    allow(maySeeTipFigures(role));
    const since = context.now() - YEAR_DAYS * DAY_MS;
    return context.services.database.asSystem(bureauId, async (tx) =>
      tipFigures(await readModel.countedSince(tx, since)),
    );
  }),

  enrol: os.enrol.handler(async ({ context, input, errors }) => {
    orRefuse(
      found(await context.transact((tx) => commands.enrol(tx, context.principal, input))),
      errors,
    );
    return DONE;
  }),

  makeKey: os.makeKey.handler(async ({ context, input, errors }) => {
    const made = await context.transact((tx) => commands.makeUnitKey(tx, context.principal, input));
    orRefuse(found(made), errors);
    return DONE;
  }),

  ask: os.ask.handler(async ({ context, input, errors }) =>
    orRefuse(
      found(await context.transact((tx) => commands.ask(tx, context.principal, input))),
      errors,
    ),
  ),

  grant: os.grant.handler(async ({ context, input, errors }) => {
    orRefuse(
      found(await context.transact((tx) => commands.grant(tx, context.principal, input))),
      errors,
    );
    return DONE;
  }),

  read: os.read.handler(async ({ context, input, errors }) =>
    orRefuse(
      found(await context.transact((tx) => commands.read(tx, context.principal, input))),
      errors,
    ),
  ),

  takeOver: os.takeOver.handler(async ({ context, input, errors }) => {
    const taken = await context.transact((tx) =>
      commands.takeTipOver(tx, context.principal, input),
    );
    orRefuse(found(taken), errors);
    return DONE;
  }),

  answer: os.answer.handler(async ({ context, input, errors }) => {
    const answered = await context.transact((tx) =>
      commands.answerTip(tx, context.principal, input),
    );
    orRefuse(found(answered), errors);
    return DONE;
  }),

  // -- who sets it up -----------------------------------------------------------------------------
  units: os.units.handler(({ context }) => {
    allow(mayManageTipUnits(context.principal.role));
    return context.transact(async (tx) => {
      const keepers = Map.groupBy(await readModel.listKeepers(tx), ({ unitId }) => unitId);
      const enrolledOf = (unitId: Id) =>
        (keepers.get(unitId) ?? []).map(({ memberId, name, publicKey }) => ({
          memberId,
          name,
          enrolled: publicKey !== null,
        }));
      const units = await readModel.listUnits(tx, null);
      return {
        items: units.map((unit) => ({ ...unit, keepers: enrolledOf(unit.id) })),
        candidates: await commands.candidates(tx),
      };
    });
  }),

  saveUnit: os.saveUnit.handler(async ({ context, input, errors }) => {
    allow(mayManageTipUnits(context.principal.role));
    orRefuse(await context.transact((tx) => commands.saveUnit(tx, input)), errors);
    return DONE;
  }),
});
