/**
 * Taking commands from phones so that it can be proved that none was lost.
 *
 * One push is one transaction and one commit: the ledger says which commands are new, the subjects'
 * handlers run the domain rules on them, a batch at a time, and the decisions are saved with one
 * signature. A command is decided once; sent again it gets the same answer and the same receipt.
 */
import { hash as digestOf, sign } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Refusal, Result } from "@wanjia/domain/shared/result";
import {
  correctedTime,
  idsToLookUp,
  type Incoming,
  type Run,
  runsOf,
  triage,
} from "@wanjia/sync/decisions";
import {
  type Answer,
  contentOf,
  type FailureReason,
  PROTOCOL,
  type PushReply,
  type PushRequest,
  type SignedBatch,
} from "@wanjia/sync/protocol";
import { batchStatement, leafContent, merkleRoot } from "@wanjia/sync/receipts";
import type { Principal } from "./access.ts";
import { newId } from "./crypto.ts";
import { raced, type Tx } from "./database.ts";
import type { Services } from "./http.ts";
import { attempt } from "./sql.ts";
import * as ledger from "./sync-ledger.ts";

// -- what subjects bring --------------------------------------------------------------------------

export interface SyncContext {
  readonly principal: Principal;
  /** The server's clock when the push arrived. */
  readonly receivedAt: Instant;
  /** The work came by an exported file. */
  readonly viaDesk: boolean;
}

export interface SyncItem<Body> {
  readonly id: Id;
  readonly body: Body;
  /** The version it was based on. */
  readonly base: number | null;
  /** The device's clock. */
  readonly at: Instant;
  /** When it happened by the server's clock, as well as that can be known. */
  readonly correctedAt: Instant;
  readonly receivedAt: Instant;
  readonly deviceId: Id;
  /** The server's order. */
  readonly seq: number;
}

export type SyncDecision =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * How a subject takes one type of command. `run` gets neighbouring commands together and answers
 * each, in their order; it saves what it accepts and nothing of what it refuses. Throwing means a
 * fault: then the commands are tried one by one, and only the bad one is left out.
 */
export interface SyncCommand<Body> {
  parse(body: unknown): Result<Body>;
  run(
    tx: Tx,
    context: SyncContext,
    items: readonly SyncItem<Body>[],
  ): Promise<readonly SyncDecision[]>;
}

// Handlers of many body types stand in one table; `parse` and `run` of one entry always agree.
// oxlint-disable-next-line typescript/no-explicit-any
export type SyncCommands = Readonly<Record<string, SyncCommand<any>>>;

const handlers = new Map<string, SyncCommand<unknown>>();

/** Wires a subject's commands; `server/app.ts` calls it once for each subject. */
export function takeCommands(commands: SyncCommands): void {
  for (const [type, command] of Object.entries(commands)) handlers.set(type, command);
}

// -- one push -------------------------------------------------------------------------------------

export type PushRefusal = "device-unknown" | "device-revoked";

const sha256 = (data: string | Uint8Array): Buffer => digestOf("sha256", data, "buffer");

interface Decided {
  readonly accepted: readonly { readonly item: Incoming; readonly seq: number }[];
  readonly refused: readonly {
    readonly id: Id;
    readonly hash: string;
    readonly seq: number;
    readonly refusal: Refusal;
  }[];
  readonly failed: ReadonlyMap<Id, FailureReason>;
}

const TOGETHER_ATTEMPTS = 4;
const ALL_ATTEMPTS = 12;

/** Takes a push. Throws only when the machinery fails; then nothing was saved and nothing answered. */
export async function takePush(
  services: Services,
  principal: Principal,
  request: PushRequest,
  options: { readonly viaDesk: boolean; readonly onFault: (error: unknown, id: Id) => void },
): Promise<Result<PushReply, PushRefusal>> {
  const incoming = request.commands.map((command) => ({
    command,
    hash: sha256(contentOf(command)).toString("base64url"),
  }));
  const push: Push = { services, principal, request, incoming, ...options };
  let runner = runTogether;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const work = (tx: Tx) => settle(tx, push, runner);
      const { database } = services;
      return runner === runTogether
        ? await database.together(principal, incoming.length, work)
        : await database.transact(principal, work, "by-key");
    } catch (error) {
      // Another push of the same commands was quicker: next time round the ledger has the answer.
      const again = raced(error);
      if (!again && runner === runSingly) throw error;
      if (attempt >= ALL_ATTEMPTS) throw error;
      if (!again || attempt >= TOGETHER_ATTEMPTS) runner = runSingly;
      if (again) await setTimeout(Math.random() * 5 * attempt);
    }
  }
}

interface Push {
  readonly services: Services;
  readonly principal: Principal;
  readonly request: PushRequest;
  readonly incoming: readonly Incoming[];
  readonly viaDesk: boolean;
  readonly onFault: (error: unknown, id: Id) => void;
}

type Runner = (
  tx: Tx,
  push: Push,
  handler: SyncCommand<unknown>,
  items: readonly SyncItem<unknown>[],
) => Promise<readonly (SyncDecision | "fault")[]>;

async function settle(tx: Tx, push: Push, runner: Runner): Promise<Result<PushReply, PushRefusal>> {
  const { principal, request, incoming } = push;
  const { bureauId, memberId } = principal;
  const known = await ledger.lookUp(tx, bureauId, request.device, idsToLookUp(incoming));
  if (known.device === null || known.device.member_id !== memberId)
    return { ok: false, refusal: { code: "device-unknown" } };
  if (known.device.revoked) return { ok: false, refusal: { code: "device-revoked" } };

  const sorted = triage(incoming, known.ledger);
  const seqs = known.seqs.values();
  const nextSeq = (): number => seqs.next().value as number;
  const decided = await decide(tx, push, runner, runsOf(sorted.fresh), nextSeq);
  const hashes = new Map(incoming.map(({ command, hash }) => [command.id, hash]));
  const refused = [...decided.refused];
  for (const [id, refusal] of sorted.rejected)
    refused.push({ id, hash: hashes.get(id) ?? "", seq: nextSeq(), refusal });
  for (const id of sorted.buried)
    if (!sorted.rejected.has(id))
      refused.push({ id, hash: "", seq: nextSeq(), refusal: { code: "replaced" } });

  const settled = new Map<Id, Answer>(sorted.settled);
  for (const { id, refusal } of refused) settled.set(id, { id, status: "refused", refusal });
  for (const [id, reason] of decided.failed) settled.set(id, { id, status: "failed", reason });
  const batches = [...known.batches];
  if (decided.accepted.length + refused.length > 0) {
    const batch = await sealBatch(tx, push, decided.accepted);
    decided.accepted.forEach(({ item: { command }, seq }, leaf) => {
      settled.set(command.id, { id: command.id, status: "accepted", seq, batch: batch.id, leaf });
    });
    if (batch.signed !== null) batches.push(batch.signed);
    ledger.save(
      tx,
      bureauId,
      memberId,
      { id: request.device, seen: known.device.seen },
      batch.row,
      [
        ...decided.accepted.map(({ item, seq }, leaf) => ({
          id: item.command.id,
          hash: Buffer.from(item.hash, "base64url"),
          seq,
          leaf,
          refusal: null,
        })),
        ...refused.map(({ id, hash, seq, refusal }) => ({
          id,
          hash: Buffer.from(hash, "base64url"),
          seq,
          leaf: null,
          refusal,
        })),
      ],
    );
  }
  const answers = incoming.map(({ command }) => settled.get(command.id) as Answer);
  return {
    ok: true,
    value: { protocol: PROTOCOL, serverNow: tx.now, answers, batches },
  };
}

async function decide(
  tx: Tx,
  push: Push,
  runner: Runner,
  runs: readonly Run<Incoming>[],
  nextSeq: () => number,
): Promise<Decided> {
  const { request } = push;
  const accepted: { item: Incoming; seq: number }[] = [];
  const refused: { id: Id; hash: string; seq: number; refusal: Refusal }[] = [];
  const failed = new Map<Id, FailureReason>();
  for (const { type, items } of runs) {
    const handler = handlers.get(type);
    if (handler === undefined) {
      for (const { command } of items) failed.set(command.id, "unknown-command");
      continue;
    }
    const parsed: { item: Incoming; seq: number; sync: SyncItem<unknown> }[] = [];
    for (const item of items) {
      const { id, at, base, body } = item.command;
      const shape = handler.parse(body);
      const seq = nextSeq();
      if (!shape.ok) {
        const refusal = { ...shape.refusal, code: "malformed-command" };
        refused.push({ id, hash: item.hash, seq, refusal });
        continue;
      }
      const correctedAt = correctedTime(at, request.deviceNow, tx.now);
      const sync: SyncItem<unknown> = {
        id,
        body: shape.value,
        base,
        at,
        correctedAt,
        receivedAt: tx.now,
        deviceId: request.device,
        seq,
      };
      parsed.push({ item, seq, sync });
    }
    if (parsed.length === 0) continue;
    const decisions = await runner(
      tx,
      push,
      handler,
      parsed.map(({ sync }) => sync),
    );
    if (decisions.length !== parsed.length)
      throw new Error(`${type}: ${decisions.length} decisions for ${parsed.length} commands`);
    parsed.forEach(({ item, seq }, i) => {
      const decision = decisions[i] as SyncDecision | "fault";
      const { id } = item.command;
      if (decision === "fault") failed.set(id, "server-fault");
      else if (decision.ok) accepted.push({ item, seq });
      else refused.push({ id, hash: item.hash, seq, refusal: decision.refusal });
    });
  }
  return { accepted, refused, failed };
}

function contextOf(tx: Tx, { principal, viaDesk }: Push): SyncContext {
  return { principal, receivedAt: tx.now, viaDesk };
}

const runTogether: Runner = (tx, push, handler, items) =>
  handler.run(tx, contextOf(tx, push), items);

const runSingly: Runner = async (tx, push, handler, items) => {
  const decisions: (SyncDecision | "fault")[] = [];
  for (const item of items) {
    const context = contextOf(tx, push);
    try {
      const [decision] = await attempt(tx, () => handler.run(tx, context, [item]));
      decisions.push(decision ?? "fault");
    } catch (error) {
      push.onFault(error, item.id);
      decisions.push("fault");
    }
  }
  return decisions;
};

interface Sealed {
  readonly id: Id;
  readonly row: ledger.NewBatch;
  readonly signed: SignedBatch | null;
}

/** Signs what one push got accepted: one signature, however many commands. */
async function sealBatch(tx: Tx, push: Push, accepted: Decided["accepted"]): Promise<Sealed> {
  const id = newId(tx.now);
  const time = tx.now;
  const row = {
    id,
    receivedAt: time,
    clockErrorMs: push.request.deviceNow - time,
    viaDesk: push.viaDesk,
  };
  if (accepted.length === 0) return { id, row: { ...row, signed: null }, signed: null };
  const leafHashes = accepted.map(({ item, seq }) =>
    sha256(leafContent({ id: item.command.id, hash: item.hash, seq, time })),
  );
  const root = Buffer.from(await merkleRoot(leafHashes, sha256));
  const { id: keyId, privateKey } = push.services.secrets.signingKey;
  const signature = sign(
    null,
    batchStatement({ id, count: leafHashes.length, root, time }),
    privateKey,
  );
  const leaves = Buffer.concat(leafHashes);
  return {
    id,
    row: { ...row, signed: { leaves, root, keyId, signature } },
    signed: {
      id,
      time,
      leaves: leaves.toString("base64url"),
      keyId,
      signature: signature.toString("base64url"),
    },
  };
}
