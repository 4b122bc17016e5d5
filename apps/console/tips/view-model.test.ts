import assert from "node:assert/strict";
import { test } from "node:test";
import type { TipDeskUnit, TipRow } from "@wanjia/contract/tips";
import { fromBase64Url, toBase64Url, utf8 } from "@wanjia/sync/bytes";
import { padded, sealTo } from "@wanjia/sync/hpke";
import { TIP_PURPOSES } from "@wanjia/sync/tips";
import {
  handedOver,
  keepingOf,
  keyOf,
  newSession,
  ownKey,
  sealedAnswer,
  textOf,
  unitKey,
} from "./view-model.ts";

const keeper = (memberId: string, publicKey: string | null) => ({
  memberId,
  name: memberId,
  publicKey,
});
const empty: TipDeskUnit = {
  id: "u",
  name: "刑侦大队",
  nameEn: "",
  keepers: [keeper("a", null), keeper("b", null)],
  own: null,
  keys: [],
  openings: [],
};

test("two keepers open together what one alone can't", async () => {
  const [a, b] = [await ownKey("春风又绿江南岸 1086"), await ownKey("明月何时照我还 1086")];
  const keepers = [keeper("a", a.publicKey), keeper("b", b.publicKey)];
  const { publicKey, shares } = await unitKey(keepers);
  const as = (memberId: string, own: typeof a): TipDeskUnit => ({
    ...empty,
    keepers,
    own,
    keys: [
      {
        id: "k",
        number: 1,
        publicKey,
        madeAt: 0,
        retired: false,
        waiting: 1,
        holders: ["a", "b"],
        ownShare: shares.find((share) => share.memberId === memberId)?.sealed ?? null,
      },
    ],
  });
  const session = await newSession();
  const asked = {
    id: "o",
    keyId: "k",
    askedBy: "a",
    askedByName: "a",
    askedAt: 0,
    expiresAt: 1,
    granted: false,
    sessionKey: session.publicKey,
    sealedShare: null,
  };
  assert.equal(await keyOf(as("a", a), asked, session.seed, "春风又绿江南岸 1086"), null);
  assert.equal(await handedOver(as("b", b), asked, "猜的口令"), null);
  const sealedShare = await handedOver(as("b", b), asked, "明月何时照我还 1086");
  const granted = { ...asked, granted: true, sealedShare };
  assert.equal(await keyOf(as("a", a), granted, session.seed, "猜的口令"), null);
  const key = await keyOf(as("a", a), granted, session.seed, "春风又绿江南岸 1086");
  assert.ok(key !== null);
  const sealed = await sealTo(
    fromBase64Url(publicKey) ?? utf8(""),
    TIP_PURPOSES.text,
    padded(utf8("仓库里有汽油桶")),
  );
  assert.equal(await textOf(key, toBase64Url(sealed)), "仓库里有汽油桶");
  const answer = await sealedAnswer({ replyKey: publicKey } as TipRow, "好");
  assert.equal(await textOf(key, answer), null, "an answer is not a text");
});

test("what a unit's keeping needs next", () => {
  const own = { salt: "", rounds: 1, wrapped: "" };
  assert.equal(keepingOf(empty), "enrol");
  const one = { ...empty, own, keepers: [keeper("a", "x"), keeper("b", null)] };
  assert.equal(keepingOf(one), "wait_for_keepers");
  const both = { ...empty, own, keepers: [keeper("a", "x"), keeper("b", "y")] };
  assert.equal(keepingOf(both), "make_key");
  const key = {
    id: "k",
    number: 1,
    publicKey: "",
    madeAt: 0,
    retired: false,
    waiting: 0,
    holders: ["a", "b"],
    ownShare: "",
  };
  assert.equal(keepingOf({ ...both, keys: [key] }), "ready");
  assert.equal(keepingOf({ ...both, keys: [{ ...key, holders: ["a", "c"] }] }), "renew_key");
  assert.equal(keepingOf({ ...both, keys: [{ ...key, retired: true }] }), "make_key");
});
