/**
 * The words that phone and server exchange: commands go up with `push`, records come down with
 * `pull`, and `reconcile` compares the two ledgers. Everything here is plain data.
 */
import { canonicalJson } from "@wanjia/domain/shared/canonical";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Refusal } from "@wanjia/domain/shared/result";

/** A phone may lag one release behind: the server speaks the current version and the one before. */
export const PROTOCOL = 2;
export const PROTOCOL_BEFORE = 1;

/**
 * A phone puts no more than this in one push; a single command that is larger goes alone. The
 * server refuses more commands.
 */
export const PUSH_LIMITS = { commands: 100, bytes: 256 * 1024 } as const;

/**
 * An order made on a device. It is decided once: whatever the server answered first, it answers for
 * ever under this id.
 */
export interface Command<Type extends string = string, Body = unknown> {
  /** UUIDv7, made on the device. */
  readonly id: Id;
  /** `<subject>.<verb>`, such as `visits.record`. */
  readonly type: Type;
  /** The device's clock when the officer confirmed; may be years off. */
  readonly at: Instant;
  /** The version of the record that the officer was looking at; null when there was none. */
  readonly base: number | null;
  readonly body: Body;
  /** The refused command that this one repairs. The server never lets both count. */
  readonly replaces?: Id | undefined;
}

/** The text whose SHA-256 is the content hash of a command. */
export function contentOf(command: Command): string {
  const { id, type, at, base, body, replaces } = command;
  return canonicalJson(
    replaces === undefined ? { id, type, at, base, body } : { id, type, at, base, body, replaces },
  );
}

export interface PushRequest {
  readonly protocol: typeof PROTOCOL;
  readonly device: Id;
  /** The device's clock at sending; the server measures from it how wrong that clock is. */
  readonly deviceNow: Instant;
  readonly commands: readonly Command[];
}

/**
 * One signature for all commands that one push got accepted. `leaves` are the Merkle leaves, 32
 * bytes each, in base64url; from them the phone derives a receipt that stands alone
 * (`receipts.ts`), so the server sends each hash once and no proofs.
 */
export interface SignedBatch {
  readonly id: Id;
  readonly time: Instant;
  readonly leaves: string;
  readonly keyId: string;
  /** Ed25519 over `batchStatement`, base64url. */
  readonly signature: string;
}

/**
 * - `accepted`: saved now. `had`: saved before; the receipt is the very same.
 * - `refused`: a rule said no, for good. It stays on the phone, readable and repairable.
 * - `failed`: the server could not decide (a fault of ours); the phone keeps it and tries again.
 */
export type Answer =
  | {
      readonly id: Id;
      readonly status: "accepted" | "had";
      /** The server's order, the only order that counts. */
      readonly seq: number;
      /** Id of the signed batch, and the place in its leaves. */
      readonly batch: Id;
      readonly leaf: number;
    }
  | { readonly id: Id; readonly status: "refused"; readonly refusal: Refusal }
  | { readonly id: Id; readonly status: "failed"; readonly reason: FailureReason };

export type FailureReason =
  /** The server knows no command of this type yet: the phone is newer. */
  | "unknown-command"
  /** A fault in the server; it is logged there. */
  | "server-fault";

export interface PushReply {
  readonly protocol: typeof PROTOCOL;
  readonly serverNow: Instant;
  /** In the order of the commands. */
  readonly answers: Answer[];
  readonly batches: SignedBatch[];
}

/** Refusals that the sync layer itself gives; all others come from the rule of the command. */
export type SyncRefusal =
  /** The same id came before with other content. */
  | "content-differs"
  /** The body does not have the shape of its type. */
  | "malformed-command"
  /** A later command replaced this one before it arrived. */
  | "replaced"
  /** The command that this one replaces was accepted after all. */
  | "original-accepted";

/**
 * A pull answers lines of JSON (application/x-ndjson): one `PullHead`, then `PullRecord`s with a
 * `PullMark` after every page. When the stream ends with a mark that says `more`, or breaks off, the
 * phone asks again from its last mark.
 */
export interface PullHead {
  readonly protocol: number;
  readonly beat: Id;
  /** Grows when the borders of the beat change. */
  readonly epoch: number;
  /** True: this is everything, forget what you had of this beat. */
  readonly full: boolean;
  readonly serverNow: Instant;
}
/** `[kind, id, body]`: a compact line, since there are tens of thousands. */
export type PullRecord = readonly [kind: string, id: Id, body: unknown];
export interface PullMark {
  readonly cursor: string;
  readonly more: boolean;
}
export type PullLine = PullHead | PullRecord | PullMark;

/** What the phone works with beside the records of its beats; fetched again when `version` changes. */
export interface SyncContext {
  readonly version: string;
  readonly sections: Readonly<Record<string, unknown>>;
}

/** A public key of the server, valid for receipts from `from` on. */
export interface ReceiptKey {
  readonly id: string;
  readonly algorithm: "Ed25519";
  /** The 32 raw bytes, base64url. */
  readonly key: string;
}

// -- the version before ---------------------------------------------------------------------------

/** Protocol 1 had ISO times, no `base`, no `replaces`, and did not send its own clock. */
export interface CommandBefore {
  readonly id: Id;
  readonly type: string;
  readonly when: string;
  readonly body: unknown;
}
export interface PushRequestBefore {
  readonly protocol: typeof PROTOCOL_BEFORE;
  readonly device: Id;
  readonly commands: readonly CommandBefore[];
}
/** Protocol 1 knew no `had` and no `failed`: what we had was accepted, and what failed is absent. */
export interface PushReplyBefore {
  readonly protocol: typeof PROTOCOL_BEFORE;
  readonly accepted: { readonly id: Id; readonly seq: number; readonly batch: Id }[];
  readonly refused: { readonly id: Id; readonly code: string }[];
  readonly batches: SignedBatch[];
}

/** Reads a push of protocol 1 as one of today. `parseTime` turns an ISO text into an instant. */
export function fromBefore(
  request: PushRequestBefore,
  parseTime: (iso: string) => Instant,
  serverNow: Instant,
): PushRequest {
  return {
    protocol: PROTOCOL,
    device: request.device,
    // It never said what its clock showed, so nothing is known of its error.
    deviceNow: serverNow,
    commands: request.commands.map(({ id, type, when, body }) => ({
      id,
      type,
      at: parseTime(when),
      base: null,
      body,
    })),
  };
}

/** Words today's answer as protocol 1 expects it. */
export function toBefore(reply: PushReply): PushReplyBefore {
  const accepted: PushReplyBefore["accepted"][number][] = [];
  const refused: PushReplyBefore["refused"][number][] = [];
  for (const answer of reply.answers) {
    if (answer.status === "refused") refused.push({ id: answer.id, code: answer.refusal.code });
    else if (answer.status !== "failed")
      accepted.push({ id: answer.id, seq: answer.seq, batch: answer.batch });
  }
  return { protocol: PROTOCOL_BEFORE, accepted, refused, batches: reply.batches };
}
