import { implement } from "@orpc/server";
import { residentsContract } from "@wanjia/contract/residents";
import { mayIssueReceipt, mayRead } from "@wanjia/domain/matters/policy";
import type { Matter } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import { admit, admitAsking, strangerOf } from "../platform/puzzles.ts";
import { holdMatter } from "./commands.ts";
import { stepOnPaper } from "./on-paper.ts";
import { revealPhotos } from "./photos.ts";
import * as residents from "./residents.ts";

const open = implement(residentsContract).$context<Context>();
const os = open.use(signedIn);

async function hold(tx: Tx, principal: Principal, id: Id): Promise<Matter> {
  const matter = orNotFound(await holdMatter(tx, id));
  return orNotFound(mayRead(principal, matter) ? matter : undefined);
}

export const residentRoutes = open.router({
  // -- anyone -------------------------------------------------------------------------------------
  around: open.around.handler(async ({ context, input, errors }) => {
    orRefuse(admitAsking(strangerOf(context)), errors);
    const around = orRefuse(await residents.surroundingsAt(context.services, input.code), errors);
    return { ...around, entrances: [...around.entrances], floors: [...around.floors] };
  }),

  say: open.say.handler(async ({ context, input, errors }) => {
    const { puzzle, ...said } = input;
    orRefuse(admit(strangerOf(context), puzzle), errors);
    return orRefuse(
      await residents.sayAtPlate(context.services, said, {
        source: "page",
        address: context.request.ip,
      }),
      errors,
    );
  }),

  follow: open.follow.handler(async ({ context, input, errors }) => {
    orRefuse(admitAsking(strangerOf(context)), errors);
    const found = await residents.followByReceipt(context.services, input.look);
    if (found === undefined) throw errors["receipt-unknown"]();
    return found;
  }),

  answerCallback: open.answerCallback.handler(async ({ context, input, errors }) => {
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const { look, puzzle: _puzzle, photos = [], ...said } = input;
    const step = { type: "answer_callback", ...said, photos: photos.length } as const;
    const taken = await residents.stepByReceipt(context.services, look, step, photos);
    if (taken === undefined) throw errors["receipt-unknown"]();
    return orRefuse(taken, errors);
  }),

  reopen: open.reopen.handler(async ({ context, input, errors }) => {
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const { reason, text } = input;
    const taken = await residents.stepByReceipt(context.services, input.look, {
      type: "reopen",
      reason,
      text,
    });
    if (taken === undefined) throw errors["receipt-unknown"]();
    return orRefuse(taken, errors);
  }),

  withdraw: open.withdraw.handler(async ({ context, input, errors }) => {
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const taken = await residents.stepByReceipt(context.services, input.look, {
      type: "withdraw",
      text: input.text,
    });
    if (taken === undefined) throw errors["receipt-unknown"]();
    return orRefuse(taken, errors);
  }),

  // -- at the desk --------------------------------------------------------------------------------
  issueReceipt: os.issueReceipt.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayIssueReceipt(principal.role));
    return context.transact(async (tx) => {
      const matter = await hold(tx, principal, input.id);
      allow(matter.reporter === "resident");
      orRefuse(await residents.issueReceipt(tx, principal, matter, input.look), errors);
      return { done: true as const };
    });
  }),

  onPaper: os.onPaper.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayIssueReceipt(principal.role));
    const { named, step } = input;
    return context.transact(async (tx) =>
      orRefuse(await stepOnPaper(tx, principal, named, step), errors),
    );
  }),

  photos: os.photos.handler(({ context, input }) => {
    const { principal, services } = context;
    return context.transact(async (tx) => {
      const matter = await hold(tx, principal, input.id);
      return { photos: await revealPhotos(tx, services.secrets.fieldKey, matter) };
    });
  }),
});
