/**
 * Receipts: proof that the server took a command, which anybody with the public key can check.
 *
 * The accepted commands of one push are the leaves of a Merkle tree; the server signs its root
 * once. A receipt is one leaf, its path to the root and that signature, so it stands alone.
 * The tree is that of RFC 6962 §2.1: leaves and nodes are hashed under different first bytes, so
 * that no node can be passed off as a leaf.
 */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import {
  type Bytes,
  type Digest,
  fromBase64Url,
  idBytes,
  join,
  sameBytes,
  toBase64Url,
  uint64,
  utf8,
} from "./bytes.ts";
import type { Answer, SignedBatch } from "./protocol.ts";

/** Verifies an Ed25519 signature with the named key; `null`: the key is not known. */
export type Verify = (
  keyId: string,
  statement: Bytes,
  signature: Uint8Array,
) => boolean | null | Promise<boolean | null>;

const LEAF_DOMAIN = utf8("\0wanjia.receipt.1\n");
const NODE_DOMAIN = Uint8Array.of(1);
const BATCH_DOMAIN = utf8("wanjia.batch.1\n");
const HASH_BYTES = 32;

export interface Taken {
  readonly id: Id;
  /** SHA-256 of the command's content, base64url. */
  readonly hash: string;
  readonly seq: number;
  readonly time: Instant;
}

/** What a leaf commits to; hashed it is the leaf itself. */
export function leafContent({ id, hash, seq, time }: Taken): Bytes {
  return join(
    LEAF_DOMAIN,
    idBytes(id),
    fromBase64Url(hash) ?? new Uint8Array(0),
    uint64(seq),
    uint64(time),
  );
}

async function levels(leaves: readonly Uint8Array[], digest: Digest): Promise<Uint8Array[][]> {
  let level = [...leaves];
  const all = [level];
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Uint8Array;
      const right = level[i + 1];
      // An odd one out rises unhashed; this gives the very tree of RFC 6962.
      above.push(right === undefined ? left : await digest(join(NODE_DOMAIN, left, right)));
    }
    all.push(above);
    level = above;
  }
  return all;
}

/** The root of at least one leaf. */
export async function merkleRoot(
  leaves: readonly Uint8Array[],
  digest: Digest,
): Promise<Uint8Array> {
  const root = (await levels(leaves, digest)).at(-1)?.[0];
  if (root === undefined) throw new RangeError("a tree has at least one leaf");
  return root;
}

function pathOf(tree: readonly Uint8Array[][], index: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let at = index;
  for (const level of tree.slice(0, -1)) {
    const sibling = level[at ^ 1];
    if (sibling !== undefined) path.push(sibling);
    at >>= 1;
  }
  return path;
}

async function rootFromPath(
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
  digest: Digest,
): Promise<Uint8Array | null> {
  let hash = leaf;
  let at = index;
  let last = count - 1;
  let next = 0;
  if (index < 0 || index > last) return null;
  while (last > 0) {
    const hasSibling = at % 2 === 1 || at < last;
    if (hasSibling) {
      const sibling = path[next];
      if (sibling === undefined) return null;
      next += 1;
      hash = await digest(
        at % 2 === 1 ? join(NODE_DOMAIN, sibling, hash) : join(NODE_DOMAIN, hash, sibling),
      );
    }
    at >>= 1;
    last >>= 1;
  }
  return next === path.length ? hash : null;
}

/** What the server signs for a batch. */
export function batchStatement(batch: {
  readonly id: Id;
  readonly count: number;
  readonly root: Uint8Array;
  readonly time: Instant;
}): Bytes {
  return join(BATCH_DOMAIN, idBytes(batch.id), uint64(batch.count), batch.root, uint64(batch.time));
}

/** A receipt that stands alone. */
export interface Receipt extends Taken {
  readonly batch: Id;
  readonly leaf: number;
  readonly count: number;
  readonly path: readonly string[];
  readonly keyId: string;
  readonly signature: string;
}

export type ReceiptFault =
  /** The receipt is for other content than ours. */
  | "content-differs"
  /** The path does not lead to a root. */
  | "not-in-batch"
  | "unknown-key"
  | "bad-signature";

/** Null when the receipt proves that the holder of the key took exactly this content. */
export async function receiptFault(
  receipt: Receipt,
  hash: string,
  digest: Digest,
  verify: Verify,
): Promise<ReceiptFault | null> {
  if (receipt.hash !== hash) return "content-differs";
  const path: Uint8Array[] = [];
  for (const text of receipt.path) {
    const node = fromBase64Url(text);
    if (node === null || node.length !== HASH_BYTES) return "not-in-batch";
    path.push(node);
  }
  const leaf = await digest(leafContent(receipt));
  const root = await rootFromPath(leaf, receipt.leaf, receipt.count, path, digest);
  if (root === null) return "not-in-batch";
  const { batch: id, count, time } = receipt;
  return signatureFault(
    receipt.keyId,
    receipt.signature,
    batchStatement({ id, count, root, time }),
    verify,
  );
}

async function signatureFault(
  keyId: string,
  signature: string,
  statement: Bytes,
  verify: Verify,
): Promise<"unknown-key" | "bad-signature" | null> {
  const bytes = fromBase64Url(signature);
  const good = bytes === null ? false : await verify(keyId, statement, bytes);
  if (good === null) return "unknown-key";
  return good ? null : "bad-signature";
}

function splitLeaves(text: string): Uint8Array[] | null {
  const bytes = fromBase64Url(text);
  if (bytes === null || bytes.length === 0 || bytes.length % HASH_BYTES !== 0) return null;
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += HASH_BYTES)
    leaves.push(bytes.subarray(at, at + HASH_BYTES));
  return leaves;
}

export interface Proved {
  readonly receipts: ReadonlyMap<Id, Receipt>;
  /** Answers that claim to have a command but do not prove it. */
  readonly faults: ReadonlyMap<Id, ReceiptFault>;
}

/**
 * Turns the answers and batches of one reply into receipts, each checked against the content that
 * the phone sent. One signature is verified for each batch, not for each command.
 */
export async function proveAnswers(
  answers: readonly Answer[],
  batches: readonly SignedBatch[],
  hashOf: (id: Id) => string | undefined,
  digest: Digest,
  verify: Verify,
): Promise<Proved> {
  const trees = new Map<Id, { batch: SignedBatch; tree: Uint8Array[][] } | ReceiptFault>();
  for (const batch of batches) {
    const leaves = splitLeaves(batch.leaves);
    if (leaves === null) {
      trees.set(batch.id, "not-in-batch");
      continue;
    }
    const tree = await levels(leaves, digest);
    const root = tree.at(-1)?.[0] as Uint8Array;
    const { id, time, keyId, signature } = batch;
    const statement = batchStatement({ id, count: leaves.length, root, time });
    const fault = await signatureFault(keyId, signature, statement, verify);
    trees.set(id, fault ?? { batch, tree });
  }
  const receipts = new Map<Id, Receipt>();
  const faults = new Map<Id, ReceiptFault>();
  for (const answer of answers) {
    if (answer.status !== "accepted" && answer.status !== "had") continue;
    const hash = hashOf(answer.id);
    if (hash === undefined) continue; // not ours, nothing to prove
    const proof = trees.get(answer.batch) ?? "not-in-batch";
    if (typeof proof === "string") {
      faults.set(answer.id, proof);
      continue;
    }
    const { batch, tree } = proof;
    const { id, seq, leaf: index } = answer;
    const taken = { id, hash, seq, time: batch.time };
    const leaf = tree[0]?.[index];
    if (leaf === undefined) faults.set(id, "not-in-batch");
    else if (!sameBytes(leaf, await digest(leafContent(taken)))) faults.set(id, "content-differs");
    else
      receipts.set(id, {
        ...taken,
        batch: batch.id,
        leaf: index,
        count: tree[0]?.length ?? 0,
        path: pathOf(tree, index).map(toBase64Url),
        keyId: batch.keyId,
        signature: batch.signature,
      });
  }
  return { receipts, faults };
}
