import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { toBase64Url } from "./bytes.ts";
import { type Answer, type SignedBatch } from "./protocol.ts";
import {
  batchStatement,
  leafContent,
  merkleRoot,
  proveAnswers,
  type Receipt,
  receiptFault,
} from "./receipts.ts";
import { hashOf, sha256, verifier } from "./webcrypto.ts";
import { NOW, bytes, anId, aCommand } from "./testing.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const raw = new Uint8Array(
  Buffer.from(publicKey.export({ format: "jwk" }).x as string, "base64url"),
);
const verify = verifier(new Map([["k1", raw]]));

async function aBatch(count: number) {
  const commands = Array.from({ length: count }, () => aCommand());
  const hashes = new Map<string, string>();
  const leaves: Uint8Array[] = [];
  for (const [i, command] of commands.entries()) {
    const hash = await hashOf(command);
    hashes.set(command.id, hash);
    leaves.push(await sha256(leafContent({ id: command.id, hash, seq: 100 + i, time: NOW })));
  }
  const id = anId();
  const root = await merkleRoot(leaves, sha256);
  const statement = batchStatement({ id, count, root, time: NOW });
  const batch: SignedBatch = {
    id,
    time: NOW,
    leaves: toBase64Url(Buffer.concat(leaves)),
    keyId: "k1",
    signature: toBase64Url(sign(null, statement, privateKey)),
  };
  const answers: Answer[] = commands.map((command, leaf) => ({
    id: command.id,
    status: "accepted",
    seq: 100 + leaf,
    batch: id,
    leaf,
  }));
  return { commands, hashes, batch, answers };
}

test("every record of a batch of any size proves itself alone", async () => {
  for (const count of [1, 2, 3, 4, 5, 7, 8, 9, 50, 100]) {
    const { answers, batch, hashes } = await aBatch(count);
    const proved = await proveAnswers(answers, [batch], (id) => hashes.get(id), sha256, verify);
    assert.equal(proved.receipts.size, count);
    assert.equal(proved.faults.size, 0);
    for (const receipt of proved.receipts.values())
      assert.equal(await receiptFault(receipt, hashes.get(receipt.id) ?? "", sha256, verify), null);
  }
});

test("a receipt changed in any field is no receipt", async () => {
  const { answers, batch, hashes } = await aBatch(5);
  const { receipts } = await proveAnswers(answers, [batch], (id) => hashes.get(id), sha256, verify);
  const receipt = receipts.get(answers[2]?.id ?? "") as Receipt;
  const hash = receipt.hash;
  const other = await hashOf(aCommand());
  const changed: Partial<Receipt>[] = [
    { id: anId() },
    { seq: receipt.seq + 1 },
    { time: receipt.time + 1 },
    { batch: anId() },
    { leaf: 3 },
    { leaf: -1 },
    { leaf: 99 },
    { count: 4 },
    { count: 6 },
    { path: receipt.path.slice(1) },
    { path: [...receipt.path, other] },
    { path: receipt.path.map(() => other) },
    { path: ["?"] },
    { signature: toBase64Url(bytes(64)) },
    { signature: "?" },
  ];
  for (const change of changed)
    assert.notEqual(
      await receiptFault({ ...receipt, ...change }, hash, sha256, verify),
      null,
      JSON.stringify(change),
    );
  assert.equal(await receiptFault(receipt, other, sha256, verify), "content-differs");
  assert.equal(
    await receiptFault({ ...receipt, keyId: "k2" }, hash, sha256, verify),
    "unknown-key",
  );
});

test("a server that signs other content than ours is found out", async () => {
  const { answers, batch, hashes } = await aBatch(3);
  const [first] = answers;
  hashes.set(first?.id ?? "", await hashOf(aCommand()));
  const proved = await proveAnswers(answers, [batch], (id) => hashes.get(id), sha256, verify);
  assert.equal(proved.faults.get(first?.id ?? ""), "content-differs");
  assert.equal(proved.receipts.size, 2);
  const forged = { ...batch, signature: toBase64Url(bytes(64)) };
  const none = await proveAnswers(answers, [forged], (id) => hashes.get(id), sha256, verify);
  assert.equal(none.receipts.size, 0);
  assert.deepEqual(new Set(none.faults.values()), new Set(["bad-signature"]));
  const absent = await proveAnswers(answers, [], (id) => hashes.get(id), sha256, verify);
  assert.deepEqual(new Set(absent.faults.values()), new Set(["not-in-batch"]));
  const empty = { ...batch, leaves: "" };
  const nothing = await proveAnswers(answers, [empty], (id) => hashes.get(id), sha256, verify);
  assert.equal(nothing.receipts.size, 0);
});

test("a node of the tree cannot be passed off as a leaf", async () => {
  const leaves = [bytes(32), bytes(32)];
  const root = await merkleRoot(leaves, sha256);
  assert.notDeepEqual(root, await sha256(new Uint8Array(Buffer.concat(leaves))));
  await assert.rejects(merkleRoot([], sha256), RangeError);
});
