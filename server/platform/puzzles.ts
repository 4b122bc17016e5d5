import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Instant } from "@wanjia/domain/shared/instant";
import { MINUTE_MS } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { isSolved } from "@wanjia/sync/puzzle";
import { AskingLimit, networkOf } from "./asking-limit.ts";
import type { Context } from "./http.ts";

/** A second or two on a phone of five years ago. */
const LEAST_BITS = 17;
/** Half a minute there, when somebody floods: still open to one who is in earnest. */
const MOST_BITS = 21;
/** Solutions in a minute that a city sends in earnest; each doubling beyond asks for one bit more. */
const USUAL_IN_A_MINUTE = 30;
/** Likewise from one network: many homes of a city may stand behind one address of their provider. */
const USUAL_FROM_ONE = 10;
const VALID_MINUTES = 30;

type PuzzleRefusal = "puzzle-unsolved" | "puzzle-expired" | "puzzle-used";

interface Puzzle {
  readonly challenge: string;
  readonly bits: number;
}

/**
 * Puzzles for whoever has no account (`sync/puzzle.ts`). A challenge carries its own proof, so that
 * none is stored; those that were used are remembered until they would have expired, in memory.
 */
export class Puzzles {
  /** Of each network, in this minute and the one before. */
  #solvedBy = new Map<string, number>();
  #solvedByBefore = new Map<string, number>();
  readonly #key: Buffer;
  readonly #leastBits: number;
  readonly #used = new Map<string, Instant>();
  #minute = 0;
  #solved = 0;
  #solvedBefore = 0;

  constructor(secret: string, leastBits = LEAST_BITS) {
    this.#key = createHmac("sha256", secret).update("puzzles").digest();
    this.#leastBits = leastBits;
  }

  /** Where a network floods, its own puzzles grow harder first: who shares it waits, and is let in. */
  give(now: Instant, address: string): Puzzle {
    const bits = this.#bits(now, networkOf(address));
    const head = `${bits}.${now + VALID_MINUTES * MINUTE_MS}.${randomBytes(9).toString("base64url")}`;
    return { challenge: `${head}.${this.#sign(head)}`, bits };
  }

  /** Takes an answer once. */
  take(
    challenge: string,
    answer: number,
    now: Instant,
    address: string,
  ): Result<null, PuzzleRefusal> {
    const [bits = "", until = "", chance = "", mark = ""] = challenge.split(".");
    const own = this.#sign(`${bits}.${until}.${chance}`);
    if (own.length !== mark.length || !timingSafeEqual(Buffer.from(own), Buffer.from(mark))) {
      return refuse("puzzle-unsolved");
    }
    if (Number(until) <= now) return refuse("puzzle-expired");
    if (!isSolved(challenge, answer, Number(bits))) return refuse("puzzle-unsolved");
    if (this.#used.has(challenge)) return refuse("puzzle-used");
    for (const [old, end] of this.#used) {
      if (end > now) break;
      this.#used.delete(old);
    }
    this.#used.set(challenge, Number(until));
    this.#turn(now);
    this.#solved += 1;
    const network = networkOf(address);
    this.#solvedBy.set(network, (this.#solvedBy.get(network) ?? 0) + 1);
    return accept(null);
  }

  #bits(now: Instant, network: string): number {
    this.#turn(now);
    const own = Math.max(this.#solvedBy.get(network) ?? 0, this.#solvedByBefore.get(network) ?? 0);
    const all = Math.max(this.#solved, this.#solvedBefore);
    const pressure = Math.max(all / USUAL_IN_A_MINUTE, own / USUAL_FROM_ONE);
    return Math.min(MOST_BITS, this.#leastBits + Math.ceil(Math.log2(Math.max(1, pressure))));
  }

  #turn(now: Instant): void {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute === this.#minute) return;
    const next = minute === this.#minute + 1;
    this.#solvedBefore = next ? this.#solved : 0;
    this.#solvedByBefore = next ? this.#solvedBy : new Map();
    this.#solved = 0;
    this.#solvedBy = new Map();
    this.#minute = minute;
  }

  #sign(head: string): string {
    return createHmac("sha256", this.#key).update(head).digest("base64url").slice(0, 22);
  }
}

/**
 * What one network may send and ask in a minute. No family does half of it; but whole quarters stand
 * behind one address of a provider, so that a flood there is slowed by its puzzles before it is stopped.
 * A receipt is one of 10^30: no number of guesses a minute finds one, these spare the database.
 */
const SENT_PER_MINUTE = 20;
const ASKED_PER_MINUTE = 60;
const sending = new AskingLimit(SENT_PER_MINUTE);
const asking = new AskingLimit(ASKED_PER_MINUTE);

interface Stranger {
  readonly puzzles: Puzzles;
  /** Looked at for a minute, in memory; no row, no log. */
  readonly address: string;
  readonly now: Instant;
}

export function strangerOf(context: Context): Stranger {
  const { services, request } = context;
  return { puzzles: services.puzzles, address: request.ip, now: context.now() };
}

/**
 * Lets in what somebody without an account sends, once its puzzle is solved. What comes without work
 * is refused before it counts: it costs next to nothing here, and shuts nobody out who shares the address.
 */
export function admit(
  { puzzles, address, now }: Stranger,
  solved: { readonly challenge: string; readonly answer: number },
): Result<null, PuzzleRefusal | "too-many-requests"> {
  const taken = puzzles.take(solved.challenge, solved.answer, now, address);
  if (!taken.ok) return taken;
  const seconds = sending.ask(address, now);
  return seconds > 0 ? refuse("too-many-requests", { seconds }) : taken;
}

/** Lets somebody ask by a receipt. */
export function admitAsking({ address, now }: Stranger): Result<null, "too-many-requests"> {
  const seconds = asking.ask(address, now);
  return seconds > 0 ? refuse("too-many-requests", { seconds }) : accept(null);
}
