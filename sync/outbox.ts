/**
 * The phone's outbox: commands on their way to the server, as a pure state machine.
 *
 *     queued -> in flight -> acknowledged (with a proved receipt; it moves to the ledger)
 *        ^          |     -> refused (stays, readable; a repair is a new command that replaces it)
 *        +- lost ---+     -> failed (the server's fault; queued again for later)
 *
 * `advance` answers the next state and what the phone has to do, in order: first `keep` and
 * `acknowledge` in one transaction of its store, and only then `post`. Nothing leaves the outbox
 * but by `acknowledge`, so nothing can be lost by forgetting to save.
 */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Refusal } from "@wanjia/domain/shared/result";
import { type Answer, type Command, PUSH_LIMITS } from "./protocol.ts";
import type { Receipt } from "./receipts.ts";

export interface Entry {
  readonly command: Command;
  /** SHA-256 of the content, base64url; the receipt must be for exactly this. */
  readonly hash: string;
  /** Size on the wire. */
  readonly bytes: number;
  readonly state: "queued" | "in_flight" | "refused";
  /** How often the server failed to decide it. */
  readonly failures: number;
  /** Not sent again before. */
  readonly notBefore: Instant;
  readonly refusal?: Refusal;
  /**
   * The command that repairs this one: refused work, or work that the server fails on. Whichever of
   * the two arrives first counts, and the server refuses the other.
   */
  readonly repairedBy?: Id;
  /** The officer read the refusal and lets it be; it stays, but no longer asks for attention. */
  readonly setAside?: true;
}

/**
 * A line of the phone's ledger. The command itself is kept until a reconciliation has confirmed
 * that the server still has it; id, hash and receipt stay.
 */
export interface LedgerEntry {
  readonly id: Id;
  readonly hash: string;
  readonly receipt: Receipt;
  readonly command?: Command;
}

/** Why the outbox does not send, although it has something to send. */
export type Hold =
  /** Nobody is signed in, or the session has ended. */
  | "signed-out"
  /** This device may not send any more. */
  | "device-revoked"
  /** The server speaks no protocol of ours: the app must be updated. */
  | "app-too-old";

export interface Outbox {
  /** In the order in which they were made. */
  readonly entries: readonly Entry[];
  /** The push that is under way. */
  readonly flight: number | null;
  readonly nextFlight: number;
  /** Pushes lost in a row. */
  readonly losses: number;
  /** No push before. */
  readonly notBefore: Instant;
  /** Halved when a server or a proxy says that a push is too large. */
  readonly batchSize: number;
  readonly hold: Hold | null;
}

export const emptyOutbox: Outbox = {
  entries: [],
  flight: null,
  nextFlight: 1,
  losses: 0,
  notBefore: 0,
  batchSize: PUSH_LIMITS.commands,
  hold: null,
};

export type OutboxEvent =
  /** The officer confirmed, and the ten seconds for undoing are over. */
  | {
      readonly kind: "queue";
      readonly command: Command;
      readonly hash: string;
      readonly bytes: number;
    }
  | { readonly kind: "set_aside"; readonly id: Id }
  /** Time passed, or the network came: send if there is something to send. */
  | { readonly kind: "tick"; readonly now: Instant }
  /** An answer came, even a late one of a push given up. Receipts were proved before. */
  | {
      readonly kind: "answered";
      readonly flight: number;
      readonly answers: readonly Answer[];
      readonly receipts: ReadonlyMap<Id, Receipt>;
      readonly now: Instant;
      readonly chance: number;
    }
  /** No answer: the network, a 5xx, a time-out. */
  | {
      readonly kind: "lost";
      readonly flight: number;
      readonly now: Instant;
      readonly chance: number;
    }
  | { readonly kind: "too_large"; readonly flight: number }
  | { readonly kind: "held"; readonly flight: number | null; readonly hold: Hold }
  /** Signed in again, or the app was updated. */
  | { readonly kind: "released" }
  /** The app starts: whatever was in flight may or may not have arrived. */
  | { readonly kind: "started" }
  /** A reconciliation named commands that the server lacks; these lines still have their content. */
  | { readonly kind: "lacking"; readonly lines: readonly LedgerEntry[] };

export type OutboxEffect =
  | { readonly kind: "keep"; readonly entry: Entry }
  | { readonly kind: "acknowledge"; readonly line: LedgerEntry }
  | { readonly kind: "post"; readonly flight: number; readonly commands: readonly Command[] }
  /** A tick is due then. */
  | { readonly kind: "wake"; readonly at: Instant };

export interface Advanced {
  readonly outbox: Outbox;
  readonly effects: readonly OutboxEffect[];
}

/** First wait after a lost push; doubles with each loss up to the longest. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * How long to wait after the n-th loss in a row (from 1). Half is fixed, half is chance, so that
 * the phones of a basement that comes back on line do not all knock in the same second.
 */
export function backOff(losses: number, chance: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(losses - 1, 20));
  return Math.round(whole / 2 + (whole / 2) * chance);
}

export function advance(outbox: Outbox, event: OutboxEvent): Advanced {
  switch (event.kind) {
    case "queue":
      return queue(outbox, event);
    case "set_aside":
      return change(outbox, (entry) =>
        entry.command.id === event.id && entry.state === "refused"
          ? { ...entry, setAside: true }
          : entry,
      );
    case "tick":
      return send(outbox, event.now);
    case "answered":
      return settle(outbox, event);
    case "lost": {
      if (event.flight !== outbox.flight) return unchanged(outbox);
      const losses = outbox.losses + 1;
      const notBefore = event.now + backOff(losses, event.chance);
      const landed = land(outbox);
      return {
        outbox: { ...landed.outbox, losses, notBefore },
        effects: [...landed.effects, { kind: "wake", at: notBefore }],
      };
    }
    case "too_large": {
      if (event.flight !== outbox.flight) return unchanged(outbox);
      const landed = land(outbox);
      const batchSize = Math.max(1, Math.floor(outbox.batchSize / 2));
      return { ...landed, outbox: { ...landed.outbox, batchSize } };
    }
    case "held": {
      if (event.flight !== null && event.flight !== outbox.flight) return unchanged(outbox);
      const landed = land(outbox);
      return { ...landed, outbox: { ...landed.outbox, hold: event.hold } };
    }
    case "released":
      return unchanged({ ...outbox, hold: null, losses: 0, notBefore: 0 });
    case "started": {
      const landed = land(outbox);
      return { ...landed, outbox: { ...landed.outbox, losses: 0, notBefore: 0 } };
    }
    case "lacking":
      return sendAgain(outbox, event.lines);
  }
}

function unchanged(outbox: Outbox): Advanced {
  return { outbox, effects: [] };
}

function change(outbox: Outbox, edit: (entry: Entry) => Entry): Advanced {
  const effects: OutboxEffect[] = [];
  const entries = outbox.entries.map((entry) => {
    const edited = edit(entry);
    if (edited !== entry) effects.push({ kind: "keep", entry: edited });
    return edited;
  });
  return effects.length === 0 ? unchanged(outbox) : { outbox: { ...outbox, entries }, effects };
}

function queue(
  outbox: Outbox,
  { command, hash, bytes }: { command: Command; hash: string; bytes: number },
): Advanced {
  if (outbox.entries.some((entry) => entry.command.id === command.id)) return unchanged(outbox);
  const entry: Entry = { command, hash, bytes, state: "queued", failures: 0, notBefore: 0 };
  const repaired = change(outbox, (other) =>
    other.command.id === command.replaces ? { ...other, repairedBy: command.id } : other,
  );
  return {
    outbox: { ...repaired.outbox, entries: [...repaired.outbox.entries, entry] },
    effects: [...repaired.effects, { kind: "keep", entry }],
  };
}

/** What was in flight is queued again; the server will say `had` if it had arrived. */
function land(outbox: Outbox): Advanced {
  return change({ ...outbox, flight: null }, (entry) =>
    entry.state === "in_flight" ? { ...entry, state: "queued" } : entry,
  );
}

function send(outbox: Outbox, now: Instant): Advanced {
  if (outbox.flight !== null || outbox.hold !== null) return unchanged(outbox);
  const queued = outbox.entries.filter((entry) => entry.state === "queued");
  if (queued.length === 0) return unchanged(outbox);
  // A clock that was set back must not silence the phone for longer than the longest wait.
  if (now < outbox.notBefore && outbox.notBefore - now <= LONGEST_WAIT_MS)
    return { outbox, effects: [{ kind: "wake", at: outbox.notBefore }] };
  const batch: Entry[] = [];
  let bytes = 0;
  let earliest = Number.POSITIVE_INFINITY;
  for (const entry of queued) {
    if (now < entry.notBefore && entry.notBefore - now <= LONGEST_WAIT_MS) {
      earliest = Math.min(earliest, entry.notBefore);
      continue;
    }
    if (batch.length >= outbox.batchSize) break;
    // One that is larger than the limit goes alone, so that it is refused alone.
    if (batch.length > 0 && bytes + entry.bytes > PUSH_LIMITS.bytes) break;
    batch.push(entry);
    bytes += entry.bytes;
  }
  if (batch.length === 0) return { outbox, effects: [{ kind: "wake", at: earliest }] };
  const chosen = new Set(batch);
  const sent = change(outbox, (entry) =>
    chosen.has(entry) ? { ...entry, state: "in_flight" } : entry,
  );
  const flight = outbox.nextFlight;
  return {
    outbox: { ...sent.outbox, flight, nextFlight: flight + 1 },
    effects: [
      ...sent.effects,
      { kind: "post", flight, commands: batch.map((entry) => entry.command) },
    ],
  };
}

function settle(
  outbox: Outbox,
  event: Extract<OutboxEvent, { readonly kind: "answered" }>,
): Advanced {
  const answers = new Map(event.answers.map((answer) => [answer.id, answer]));
  const current = event.flight === outbox.flight;
  const effects: OutboxEffect[] = [];
  const entries: Entry[] = [];
  let wake = Number.POSITIVE_INFINITY;
  for (const entry of outbox.entries) {
    const { id } = entry.command;
    const answer = answers.get(id);
    const receipt = event.receipts.get(id);
    if (receipt !== undefined) {
      const line = { id, hash: entry.hash, receipt, command: entry.command };
      effects.push({ kind: "acknowledge", line });
      continue;
    }
    let next = entry;
    if (answer?.status === "refused" && entry.state !== "refused")
      next = { ...entry, state: "refused", refusal: answer.refusal };
    else if (entry.state === "in_flight" && current) {
      // Failed, or not answered, or answered without proof: it waits and is sent again, behind the
      // others, so that one bad command never blocks the rest.
      const failures = entry.failures + 1;
      const notBefore = event.now + backOff(failures, event.chance);
      wake = Math.min(wake, notBefore);
      next = { ...entry, state: "queued", failures, notBefore };
    }
    if (next !== entry) effects.push({ kind: "keep", entry: next });
    entries.push(next);
  }
  if (wake !== Number.POSITIVE_INFINITY) effects.push({ kind: "wake", at: wake });
  return {
    outbox: current
      ? { ...outbox, entries, flight: null, losses: 0, notBefore: 0, batchSize: grow(outbox) }
      : { ...outbox, entries },
    effects,
  };
}

function grow({ batchSize }: Outbox): number {
  return Math.min(PUSH_LIMITS.commands, batchSize * 2);
}

function sendAgain(outbox: Outbox, lines: readonly LedgerEntry[]): Advanced {
  const known = new Set(outbox.entries.map((entry) => entry.command.id));
  const again: Entry[] = [];
  for (const { command, hash } of lines) {
    if (command === undefined || known.has(command.id)) continue;
    known.add(command.id);
    const bytes = 0; // unknown and small: it was in a batch before
    again.push({ command, hash, bytes, state: "queued", failures: 0, notBefore: 0 });
  }
  return {
    outbox: { ...outbox, entries: [...outbox.entries, ...again] },
    effects: again.map((entry) => ({ kind: "keep", entry })),
  };
}

export interface OutboxCounts {
  readonly unsent: number;
  /** Refused, neither repaired nor set aside. */
  readonly refused: number;
  /** Of the unsent: those that the server failed to decide at least three times. */
  readonly stuck: number;
}

/** For the status line, which is always true. */
export function countsOf(outbox: Outbox): OutboxCounts {
  let unsent = 0;
  let refused = 0;
  let stuck = 0;
  for (const entry of outbox.entries) {
    if (entry.state !== "refused") {
      unsent += 1;
      if (entry.failures >= 3) stuck += 1;
    } else if (entry.repairedBy === undefined && entry.setAside === undefined) refused += 1;
  }
  return { unsent, refused, stuck };
}
