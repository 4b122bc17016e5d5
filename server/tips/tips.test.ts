import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test } from "node:test";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { RETIRED_KEY_DAYS } from "@wanjia/domain/tips/rules";
import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "@wanjia/sync/bytes";
import {
  openWith,
  padded,
  publicKeyOf,
  sealTo,
  unpadded,
  unwrapSeed,
  wrapSeed,
} from "@wanjia/sync/hpke";
import { isSolved } from "@wanjia/sync/puzzle";
import { lookOf, replySeedOf } from "@wanjia/sync/receipt-keys";
import { combine, split } from "@wanjia/sync/shares";
import { sealTip, type TipAddress, TIP_PURPOSES } from "@wanjia/sync/tips";
import { type Client, testApp } from "../testing.ts";
import { dumpAll, tracesOf } from "../testing-dump.ts";
import { newReceiptCode, solvedPuzzle } from "../testing-intake.ts";
import { forgetTips } from "./commands.ts";

const app = await testApp();
after(() => app.close());
const { city } = app;

const UNIT = "01990000-0000-7000-8000-001000000001";
const FEWEST_ROUNDS = 100_000;
const TEXT = "三号楼后面的仓库夜里有人卸没有牌子的汽油桶";
const ANSWER = "已经查封，谢谢您。请注意安全。";
const HOME = "203.0.113.77";

let retired: TipAddress | undefined;

const admin = await app.as("admin");
const keepers = {
  detective: await app.as("detective"),
  detectivePartner: await app.as("detectivePartner"),
};
type Keeper = keyof typeof keepers;

const chance = (length: number): Bytes => Uint8Array.from(randomBytes(length));
const bytes = (text: string): Bytes => fromBase64Url(text) ?? chance(0);

async function desk(keeper: Keeper) {
  const { body } = await keepers[keeper].get("/tips/desk");
  return body.units[0];
}

async function enrol(keeper: Keeper, passphrase: string): Promise<void> {
  const seed = chance(32);
  const { salt, rounds, sealed } = await wrapSeed(passphrase, chance(16), seed, FEWEST_ROUNDS);
  const answer = await keepers[keeper].post(`/tips/units/${UNIT}/enrol`, {
    publicKey: toBase64Url(await publicKeyOf(seed)),
    salt: toBase64Url(salt),
    rounds,
    wrapped: toBase64Url(sealed),
  });
  assert.equal(answer.status, 200, answer.text);
}

/** Makes a key as a keeper's browser does: split, each share sealed to its keeper's own key. */
async function makeKey(keeper: Keeper): Promise<void> {
  const seed = chance(32);
  const enrolled = (await desk(keeper)).keepers.filter(
    (one: { publicKey: string | null }) => one.publicKey !== null,
  );
  const parts = split(seed, chance(32), enrolled.length);
  const shares = [];
  for (const [index, { memberId, publicKey }] of enrolled.entries()) {
    const sealed = await sealTo(bytes(publicKey), TIP_PURPOSES.share, parts[index] ?? chance(0));
    shares.push({ memberId, sealed: toBase64Url(sealed) });
  }
  const answer = await keepers[keeper].post(`/tips/units/${UNIT}/keys`, {
    publicKey: toBase64Url(await publicKeyOf(seed)),
    shares,
  });
  assert.equal(answer.status, 200, answer.text);
}

async function ownShare(keeper: Keeper, passphrase: string, keyId: string): Promise<Bytes> {
  const { own, keys } = await desk(keeper);
  const seed = await unwrapSeed(passphrase, {
    salt: bytes(own.salt),
    rounds: own.rounds,
    sealed: bytes(own.wrapped),
  });
  const { ownShare: sealed } = keys.find((key: { id: string }) => key.id === keyId);
  return (await openWith(seed ?? chance(32), TIP_PURPOSES.share, bytes(sealed))) ?? chance(0);
}

async function send(
  client: Client,
  code: string,
  changes: { puzzle?: object; unit?: TipAddress } = {},
) {
  const { body } = await client.get("/public/tips/units");
  const unit: TipAddress = changes.unit ?? body.items[0];
  const tip = { text: TEXT, category: "dangerous_goods", wantsAnswer: true } as const;
  const puzzle = changes.puzzle ?? (await solvedPuzzle(client));
  return client.post(
    "/public/tips",
    { ...(await sealTip(unit, tip, code)), puzzle },
    { "x-forwarded-for": HOME, "user-agent": "a phone of its own" },
  );
}

const follow = async (code: string) =>
  app.stranger.post("/public/tips/follow", { look: toBase64Url(await lookOf(code)) });

/** Asks as one keeper and agrees as the other; answers what opens the key's texts. */
/** Tips to open and to answer, as the keeper's day counts them and as the list shows them. */
async function todo(keeper: Keeper): Promise<number[]> {
  const { lists } = (await keepers[keeper].get("/duty/today")).body;
  const counted = new Map(lists.map(({ key, total }: any) => [key, total.count]));
  return Promise.all(
    ["open", "answer"].map(async (what) => {
      const { items } = (await keepers[keeper].get(`/tips?todo=${what}`)).body;
      assert.equal(counted.get(`tips_to_${what}`), items.length);
      return items.length;
    }),
  );
}

async function openTogether(keyId: string): Promise<{ openingId: string; seed: Bytes }> {
  const session = chance(32);
  const asked = await keepers.detective.post("/tips/openings", {
    keyId,
    sessionKey: toBase64Url(await publicKeyOf(session)),
  });
  assert.equal(asked.status, 200, asked.text);
  const [opening] = (await desk("detectivePartner")).openings;
  assert.equal(opening.id, asked.body.id);
  assert.equal(opening.sealedShare, null, "a share is for the one who asked alone");
  const sealedShare = await sealTo(
    bytes(opening.sessionKey),
    TIP_PURPOSES.handover,
    await ownShare("detectivePartner", "月光 如 水", keyId),
  );
  const grant = { sealedShare: toBase64Url(sealedShare) };
  const alone = await keepers.detective.post(`/tips/openings/${opening.id}/grant`, grant);
  assert.deepEqual([alone.status, alone.body.code], [403, "second-person-needed"]);
  const granted = await keepers.detectivePartner.post(`/tips/openings/${opening.id}/grant`, grant);
  assert.equal(granted.status, 200, granted.text);
  const [mine] = (await desk("detective")).openings;
  const theirs = await openWith(session, TIP_PURPOSES.handover, bytes(mine.sealedShare));
  const seed = combine(await ownShare("detective", "春风 十里", keyId), theirs ?? chance(0));
  return { openingId: opening.id, seed: seed ?? chance(32) };
}

test("an administrator names a unit and its keepers, who must handle cases", async () => {
  const unit = { id: UNIT, name: "刑侦大队", nameEn: "Criminal Investigation", active: true };
  const { detective, detectivePartner, officer } = city.members;
  const unfit = await admin.post("/tips/units", { ...unit, keepers: [officer.id] });
  assert.deepEqual([unfit.status, unfit.body.code], [422, "keeper-unfit"]);
  const saved = await admin.post("/tips/units", {
    ...unit,
    keepers: [detective.id, detectivePartner.id],
  });
  assert.equal(saved.status, 200, saved.text);
  assert.deepEqual((await app.stranger.get("/public/tips/units")).body.items, [], "no key yet");
});

test("a tip goes from a stranger's browser to two keepers, and leaves no trace", async () => {
  await enrol("detective", "春风 十里");
  const early = await keepers.detective.post(`/tips/units/${UNIT}/keys`, {
    publicKey: toBase64Url(await publicKeyOf(chance(32))),
    shares: [],
  });
  assert.equal(early.body.code, "keepers-too-few");
  await enrol("detectivePartner", "月光 如 水");
  await makeKey("detective");

  const code = newReceiptCode();
  app.clock.advance(17 * MINUTE_MS);
  const sent = await send(app.stranger, code);
  assert.equal(sent.status, 200, sent.text);
  assert.equal(sent.body.receivedAt % HOUR_MS, 0);

  const dump = await dumpAll(app.database);
  const look = Buffer.from(await lookOf(code));
  const secrets = [TEXT, HOME, "a phone of its own", code, look.toString("base64url")];
  for (const secret of secrets) {
    for (const trace of tracesOf(secret)) assert.equal(dump.includes(trace), false, trace);
  }
  assert.equal(dump.includes(look.toString("hex")), false, "the receipt's hash alone is kept");
  const { rows: times } = await app.database.pool.query(
    "select id, received_at from tip union all select id, at from audit where action = 'tip.received'",
  );
  assert.equal(times.length, 1, "the row is all that is written of its coming");
  assert.equal(Number.parseInt(times[0].id.replace("-", "").slice(0, 12), 16) % HOUR_MS, 0);

  assert.deepEqual(await todo("detective"), [1, 0], "it waits among what is a keeper's today");
  const { items } = (await keepers.detective.get("/tips")).body;
  assert.deepEqual(Object.keys(items[0]).includes("text"), false);
  const [tip] = items;
  const { openingId, seed } = await openTogether(tip.keyId);
  const stolen = await keepers.detectivePartner.post(`/tips/${tip.id}/read`, { openingId });
  assert.equal(stolen.body.code, "second-person-needed", "leave is for the one who asked");
  const read = await keepers.detective.post(`/tips/${tip.id}/read`, { openingId });
  const plain = await openWith(seed, TIP_PURPOSES.text, bytes(read.body.sealed));
  assert.equal(fromUtf8(unpadded(plain ?? chance(0)) ?? chance(0)), TEXT);

  const taken = await keepers.detective.post(`/tips/${tip.id}/take-over`, { openingId });
  assert.equal(taken.status, 200, taken.text);
  const gone = await keepers.detective.post(`/tips/${tip.id}/read`, { openingId });
  assert.equal(gone.body.code, "tip-wrong-state");
  assert.equal(
    (await dumpAll(app.database)).includes(Buffer.from(bytes(read.body.sealed)).toString("hex")),
    false,
  );

  assert.deepEqual(await todo("detectivePartner"), [0, 1], "taken over, it waits for its answer");
  const sealedAnswer = await sealTo(bytes(tip.replyKey), TIP_PURPOSES.answer, padded(utf8(ANSWER)));
  const answered = await keepers.detectivePartner.post(`/tips/${tip.id}/answer`, {
    sealedAnswer: toBase64Url(sealedAnswer),
  });
  assert.equal(answered.status, 200, answered.text);
  assert.deepEqual(await todo("detective"), [0, 0]);
  const { body: followed } = await follow(code);
  assert.equal(followed.state, "answered");
  assert.equal(followed.unit, "刑侦大队");
  const opened = await openWith(
    await replySeedOf(code),
    TIP_PURPOSES.answer,
    bytes(followed.sealedAnswer),
  );
  assert.equal(fromUtf8(unpadded(opened ?? chance(0)) ?? chance(0)), ANSWER);
  for (const trace of tracesOf(ANSWER)) {
    assert.equal((await dumpAll(app.database)).includes(trace), false);
  }
  assert.equal((await follow(newReceiptCode())).body.code, "receipt-unknown");
});

test("nobody but a unit's keepers sees that there is a tip", async () => {
  const [tip] = (await keepers.detective.get("/tips")).body.items;
  const [key] = (await desk("detective")).keys;
  for (const member of [
    "officer",
    "auxiliary",
    "leader",
    "office",
    "feedback",
    "inspector",
    "legal",
    "dpo",
    "admin",
    "auditor",
    "observer",
  ] as const) {
    const client = await app.as(member);
    assert.equal((await client.get("/tips")).status, 403, member);
    assert.equal((await client.get("/tips/desk")).status, 403, member);
    const opening = { openingId: UNIT };
    assert.equal((await client.post(`/tips/${tip.id}/read`, opening)).status, 404, member);
    assert.equal((await client.post(`/tips/${tip.id}/take-over`, opening)).status, 404, member);
    const ask = { keyId: key.id, sessionKey: key.publicKey };
    assert.equal((await client.post("/tips/openings", ask)).status, 404, member);
  }
  const figures = await (await app.as("legal")).get("/tips/figures");
  assert.deepEqual(figures.body, {
    received: null,
    routed: null,
    medianHoursToRoute: null,
    feedbackRate: null,
  });
});

test("a new key retires the old one, which still opens what was sealed to it", async () => {
  const code = newReceiptCode();
  const old = (await app.stranger.get("/public/tips/units")).body.items[0];
  assert.equal((await send(app.stranger, code)).status, 200);
  await makeKey("detectivePartner");
  const fresh = (await app.stranger.get("/public/tips/units")).body.items[0];
  assert.notEqual(fresh.publicKey, old.publicKey);

  const tip = (await keepers.detective.get("/tips?state=received")).body.items[0];
  const { openingId, seed } = await openTogether(old.keyId);
  const read = await keepers.detective.post(`/tips/${tip.id}/read`, { openingId });
  assert.notEqual(await openWith(seed, TIP_PURPOSES.text, bytes(read.body.sealed)), null);
  app.clock.advance(31 * MINUTE_MS);
  const expired = await keepers.detective.post(`/tips/${tip.id}/take-over`, { openingId });
  assert.equal(expired.body.code, "opening-expired");
  const again = await openTogether(old.keyId);
  const taken = await keepers.detective.post(`/tips/${tip.id}/take-over`, again);
  assert.equal(taken.status, 200, taken.text);
  retired = old;
});

test("a phone without a network sealed to the old key: taken for a fortnight, once", async () => {
  const unit = retired;
  assert.ok(unit !== undefined);
  const waiting = async () =>
    (await keepers.detective.get("/tips?state=received")).body.items.filter(
      ({ keyId }: { keyId: string }) => keyId === unit.keyId,
    ).length;
  const code = newReceiptCode();
  app.clock.advance((RETIRED_KEY_DAYS - 1) * DAY_MS);
  await app.database.asSystem(city.bureau, forgetTips);
  for (const time of ["first", "again, as no answer came"]) {
    assert.equal((await send(app.stranger, code, { unit })).status, 200, time);
  }
  assert.equal(await waiting(), 1);
  app.clock.advance(DAY_MS);
  const late = await send(app.stranger, newReceiptCode(), { unit });
  assert.deepEqual([late.status, late.body.code], [409, "tip-key-retired"]);
});

test("a keeper who leaves takes nothing with him", async () => {
  const { detective } = city.members;
  const unit = { id: UNIT, name: "刑侦大队", nameEn: "Criminal Investigation", active: true };
  await admin.post("/tips/units", { ...unit, keepers: [detective.id] });
  assert.deepEqual((await keepers.detectivePartner.get("/tips/desk")).body.units, []);
  assert.deepEqual((await keepers.detectivePartner.get("/tips")).body.items, []);
  const { rows } = await app.database.pool.query("select 1 from tip_share where member_id = $1", [
    city.members.detectivePartner.id,
  ]);
  assert.equal(rows.length, 0);

  const { items: offered } = (await app.stranger.get("/public/tips/units")).body;
  assert.deepEqual(offered, [], "nobody is offered a key that one keeper alone can't open");
  await admin.post("/tips/units", {
    ...unit,
    keepers: [detective.id, city.members.detectivePartner.id],
  });
  await enrol("detectivePartner", "月光 如 水");
  await makeKey("detective");
});

test("without work, with old work or with somebody else's nothing is taken", async () => {
  const code = newReceiptCode();
  const puzzle = await solvedPuzzle(app.stranger);
  let answer = 0;
  while (isSolved(puzzle.challenge, answer, Number.parseInt(puzzle.challenge, 10))) answer += 1;
  const wrong = await send(app.stranger, code, { puzzle: { ...puzzle, answer } });
  assert.equal(wrong.body.code, "puzzle-unsolved");
  const forged = { ...puzzle, challenge: puzzle.challenge.replace(/^\d+/, "1") };
  assert.equal((await send(app.stranger, code, { puzzle: forged })).body.code, "puzzle-unsolved");
  assert.equal((await send(app.stranger, code, { puzzle })).status, 200);
  assert.equal((await send(app.stranger, code, { puzzle })).body.code, "puzzle-used");
  const stale = await solvedPuzzle(app.stranger);
  app.clock.advance(HOUR_MS);
  assert.equal((await send(app.stranger, code, { puzzle: stale })).body.code, "puzzle-expired");
});

test("one address that floods has to wait; junk without work counts for nothing", async () => {
  app.clock.advance(HOUR_MS);
  const codes: string[] = [];
  for (let i = 0; i < 30; i += 1) {
    const answer = await send(app.stranger, newReceiptCode(), {
      puzzle: { challenge: "x", answer: 1 },
    });
    codes.push(answer.body.code);
  }
  assert.deepEqual([...new Set(codes)], ["puzzle-unsolved"]);
  let busy = 0;
  for (let i = 0; i < 22; i += 1) {
    const answer = await send(app.stranger, newReceiptCode());
    if (answer.status === 429) busy += 1;
  }
  assert.equal(busy, 2);
});

test("twelve months after it was handed on, nothing of a tip is left", async () => {
  const forget = () => app.database.asSystem(city.bureau, forgetTips);
  const count = async () =>
    (await app.database.pool.query("select 1 from tip where state <> 'received'")).rows.length;
  await forget();
  assert.equal(await count(), 2);
  app.clock.advance(366 * DAY_MS);
  await forget();
  assert.equal(await count(), 0);
});
