import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import test from "node:test";
import { uuidv7 } from "@wanjia/domain/shared/id";
import { MINUTE_MS } from "@wanjia/domain/shared/instant";
import { fromUtf8, fromBase64Url, toBase64Url, utf8, type Bytes } from "@wanjia/sync/bytes";
import { openWith, publicKeyOf, unpadded } from "@wanjia/sync/hpke";
import { sealTip, TIP_PURPOSES, type SealedTip } from "@wanjia/sync/tips";
import { TABLES, type FieldDatabase } from "../shell/database.ts";
import { look } from "../shell/sight.ts";
import type { Store } from "../shell/store.ts";
import { aPhone, settle } from "../shell/testing-phone.ts";
import type { Delivery, TipPost } from "./tip-box.ts";

const TEXT = "三号楼后面的仓库夜里有人卸没有牌子的汽油桶";
const CODE = "123456";
const seed: Bytes = crypto.getRandomValues(new Uint8Array(32));
const publicKey = toBase64Url(await publicKeyOf(seed));
const UNIT = uuidv7(1, new Uint8Array(10));

/** A unit that receives tips, at a server that can be out of reach or refuse. */
class Receiving implements TipPost {
  answer: Delivery = "taken";
  readonly got: SealedTip[] = [];
  bureauId = "";

  units = async () => {
    if (this.answer === "unreachable") return null;
    const unit = { unitId: UNIT, keyId: UNIT, publicKey, name: "刑侦大队", nameEn: "CID" };
    const other = uuidv7(2, new Uint8Array(10));
    return [this.bureauId, other].map((bureauId) => ({
      ...unit,
      bureauId,
      bureau: "",
      bureauEn: "",
    }));
  };
  send = async (tip: SealedTip) => {
    if (this.answer === "taken") this.got.push(tip);
    return this.answer;
  };
}

async function aPhoneWithKeys() {
  const post = new Receiving();
  const phone = await aPhone(undefined, undefined, post);
  post.bureauId = phone.store.session?.bureau.id ?? "";
  await phone.tips.send();
  const [unit] = await phone.tips.units();
  assert.ok(unit !== undefined);
  const tell = async () => {
    const tip = { text: TEXT, category: "dangerous_goods", wantsAnswer: true } as const;
    await phone.tips.keep(await sealTip(unit, tip, CODE));
    await settle();
  };
  return { ...phone, post, tell };
}

/** All that the disk holds, and all of it as a phone that was unlocked again reads it. */
async function everything(db: FieldDatabase, store: Store): Promise<string> {
  const rows = await db.read(TABLES, (from) => Promise.all(TABLES.map((table) => from.all(table))));
  const opened = [];
  for (const table of TABLES) {
    if (table !== "meta") opened.push(await store.sealed.readAll<unknown>(table));
  }
  return JSON.stringify([rows, opened], (_, value) =>
    value instanceof ArrayBuffer ? Buffer.from(value).toString("base64") : value,
  );
}

test("a tip told without a network waits sealed, and no later session of the phone reads it", async () => {
  const { db, store, tips, post, tell, world } = await aPhoneWithKeys();
  post.answer = "unreachable";
  await tell();
  assert.deepEqual(tips.counts(), { waiting: 1, refused: 0 });

  const disk = await everything(db, store);
  const base64 = Buffer.from(TEXT).toString("base64").slice(0, -4);
  for (const secret of [TEXT, base64, Buffer.from(TEXT).toString("hex"), CODE]) {
    assert.equal(disk.includes(secret), false, secret);
  }
  const [kept] = await store.sealed.readAll<object>("tips");
  assert.deepEqual(Object.keys((kept as { tip: SealedTip }).tip).toSorted(), [
    "bureauId",
    "category",
    "keyId",
    "look",
    "replyKey",
    "sealed",
    "unitId",
    "wantsAnswer",
  ]);

  post.answer = "taken";
  await world.pass(6 * MINUTE_MS);
  assert.deepEqual(tips.counts(), { waiting: 0, refused: 0 });
  assert.equal((await look(db)).tips, 0);
  const sealed = fromBase64Url(post.got[0]?.sealed ?? "");
  const plain = sealed && (await openWith(seed, TIP_PURPOSES.text, sealed));
  assert.equal(fromUtf8(unpadded(plain ?? utf8("")) ?? utf8("")), TEXT);
});

test("no row of a visit comes of it: the outbox and the ledger stay as they were", async () => {
  const { db, tell, server } = await aPhoneWithKeys();
  const before = await look(db);
  await tell();
  const after = await look(db);
  assert.deepEqual([after.unsent, server.ledger.size], [before.unsent, 0]);
});

test("what no unit takes any more is said, and goes when the officer has read it", async () => {
  const { tips, post, tell } = await aPhoneWithKeys();
  post.answer = "refused";
  await tell();
  assert.deepEqual(tips.counts(), { waiting: 0, refused: 1 });
  post.answer = "taken";
  await tips.send();
  assert.equal(post.got.length, 0);
  await tips.dropRefused();
  assert.deepEqual(tips.counts(), { waiting: 0, refused: 0 });
});

test("a phone with a tip that waits is not signed out", async () => {
  const { session, post, tell, db } = await aPhoneWithKeys();
  post.answer = "later";
  await tell();
  assert.equal((await look(db)).tips, 1);
  assert.equal(await session.signOut(), false);
});
