/** The sealed box of a demo city: made, filled and opened as browsers do it, away from any server. */
import { RECEIPT_RANDOM_BYTES, receiptCode } from "@wanjia/domain/shared/receipt-code";
import type { Id } from "@wanjia/domain/shared/id";
import type { Result } from "@wanjia/domain/shared/result";
import type { TipCategory } from "@wanjia/domain/tips/terms";
import { type Bytes, toBase64Url, utf8 } from "@wanjia/sync/bytes";
import { openWith, padded, publicKeyOf, sealTo, SEED_BYTES, wrapSeed } from "@wanjia/sync/hpke";
import { lookOf, replyKeyOf } from "@wanjia/sync/receipt-keys";
import { split } from "@wanjia/sync/shares";
import { TIP_PURPOSES } from "@wanjia/sync/tips";
import type { Principal } from "../server/platform/access.ts";
import type { Tx } from "../server/platform/database.ts";
import type { Services } from "../server/platform/http.ts";
import * as tips from "../server/tips/commands.ts";
import { openUnits } from "../server/tips/read-model.ts";
import { Chance } from "./chance.ts";
import { newestTip } from "./queries.ts";

export type TipStep =
  | { readonly type: "unit"; readonly id: Id; readonly keepers: readonly Id[] }
  | { readonly type: "enrol"; readonly passphrase: string }
  | { readonly type: "make_key" }
  | { readonly type: "send"; readonly category: TipCategory; readonly text: string }
  | { readonly type: "ask" }
  | { readonly type: "grant" }
  | { readonly type: "answer"; readonly text: string };

/** The least that the page takes; guessing a word that everybody is told needs no defence. */
const ROUNDS = 100_000;

/** What lies in the browsers of keepers and of who wrote. */
class Box {
  readonly chance = new Chance("tips");
  readonly seeds = new Map<Id, Bytes>();
  readonly shares = new Map<Id, Bytes>();
  unitId: Id = "";
  openingId: Id = "";
  session: Bytes = new Uint8Array();
  replyKey: Bytes = new Uint8Array();

  bytes(length: number): Bytes {
    return Uint8Array.from(this.chance.bytes(length));
  }
}

const boxes = new WeakMap<Services, Box>();

/** Lets one step happen as whoever does it; who sends a tip is nobody. */
export async function tipStep(
  services: Services,
  principal: Principal,
  step: TipStep,
): Promise<void> {
  const box = boxes.get(services) ?? new Box();
  boxes.set(services, box);
  const { database } = services;
  if (step.type === "send") {
    return database.asSystem(principal.bureauId, (tx) => send(tx, box, step));
  }
  await database.transact(principal, (tx) => keep(tx, box, principal, step));
}

async function send(
  tx: Tx,
  box: Box,
  { category, text }: TipStep & { type: "send" },
): Promise<void> {
  const unit = (await openUnits(tx)).find(({ unitId }) => unitId === box.unitId);
  if (unit === undefined) throw new Error("nobody receives tips");
  const code = receiptCode(box.bytes(RECEIPT_RANDOM_BYTES));
  box.replyKey = await replyKeyOf(code);
  const publicKey = Uint8Array.from(unit.publicKey);
  const sealed = await sealTo(publicKey, TIP_PURPOSES.text, padded(utf8(text)));
  const { unitId, keyId } = unit;
  const sent = {
    unitId,
    keyId,
    category,
    wantsAnswer: true,
    look: toBase64Url(await lookOf(code)),
    replyKey: toBase64Url(box.replyKey),
    sealed: toBase64Url(sealed),
  };
  told(await tips.keepTip(tx, sent));
}

async function keep(
  tx: Tx,
  box: Box,
  principal: Principal,
  order: Exclude<TipStep, { type: "send" }>,
): Promise<void> {
  const { unitId } = box;
  const own = box.seeds.get(principal.memberId) ?? box.bytes(SEED_BYTES);
  switch (order.type) {
    case "unit": {
      box.unitId = order.id;
      const unit = { name: "刑侦大队", nameEn: "Detectives", active: true };
      return told(await tips.saveUnit(tx, { id: order.id, keepers: order.keepers, ...unit }));
    }
    case "enrol": {
      box.seeds.set(principal.memberId, own);
      const { passphrase } = order;
      const { salt, rounds, sealed } = await wrapSeed(passphrase, box.bytes(16), own, ROUNDS);
      const publicKey = toBase64Url(await publicKeyOf(own));
      const wrapped = { salt: toBase64Url(salt), rounds, wrapped: toBase64Url(sealed) };
      return told(await tips.enrol(tx, principal, { unitId, publicKey, ...wrapped }));
    }
    case "make_key": {
      const seed = box.bytes(SEED_BYTES);
      const keepers = [...box.seeds];
      const parts = split(seed, box.bytes(SEED_BYTES), keepers.length);
      const shares = [];
      for (const [index, [memberId, theirs]] of keepers.entries()) {
        const part = parts[index] ?? new Uint8Array();
        const sealed = await sealTo(await publicKeyOf(theirs), TIP_PURPOSES.share, part);
        box.shares.set(memberId, sealed);
        shares.push({ memberId, sealed: toBase64Url(sealed) });
      }
      const publicKey = toBase64Url(await publicKeyOf(seed));
      return told(await tips.makeUnitKey(tx, principal, { unitId, publicKey, shares }));
    }
    case "ask": {
      const unit = (await openUnits(tx)).find((one) => one.unitId === unitId);
      box.session = box.bytes(SEED_BYTES);
      const sessionKey = toBase64Url(await publicKeyOf(box.session));
      const asked = await tips.ask(tx, principal, { keyId: unit?.keyId ?? "", sessionKey });
      told(asked);
      if (asked.ok) box.openingId = asked.value.id;
      return;
    }
    case "grant": {
      const sealed = box.shares.get(principal.memberId) ?? new Uint8Array();
      const part = (await openWith(own, TIP_PURPOSES.share, sealed)) ?? new Uint8Array();
      const sessionKey = await publicKeyOf(box.session);
      const share = toBase64Url(await sealTo(sessionKey, TIP_PURPOSES.handover, part));
      return told(await tips.grant(tx, principal, { id: box.openingId, sealedShare: share }));
    }
    case "answer": {
      const id = (await newestTip(tx)) ?? "";
      const opened = { id, openingId: box.openingId };
      told(await tips.read(tx, principal, opened));
      told(await tips.takeTipOver(tx, principal, opened));
      const sealed = await sealTo(box.replyKey, TIP_PURPOSES.answer, padded(utf8(order.text)));
      const sealedAnswer = toBase64Url(sealed);
      return told(await tips.answerTip(tx, principal, { id, sealedAnswer }));
    }
  }
}

function told(answer: Result<unknown, string>): void {
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
}
