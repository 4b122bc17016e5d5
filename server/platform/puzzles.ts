import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Instant } from "@wanjia/domain/shared/instant";
import { MINUTE_MS } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { isSolved } from "@wanjia/sync/puzzle";
import { AskingLimit } from "./asking-limit.ts";
import type { Context } from "./http.ts";

/** A second or two on a phone of five years ago. */
const LEAST_BITS = 17;
/** Half a minute there, when somebody floods: still open to one who is in earnest. */
const MOST_BITS = 21;
/** Solutions in a minute that a city sends in earnest; each doubling beyond asks for one bit more. */
const USUAL_IN_A_MINUTE = 30;
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

  give(now: Instant): Puzzle {
    const bits = this.#bits(now);
    const head = `${bits}.${now + VALID_MINUTES * MINUTE_MS}.${randomBytes(9).toString("base64url")}`;
    return { challenge: `${head}.${this.#sign(head)}`, bits };
  }

  /** Takes an answer once. */
  take(challenge: string, answer: number, now: Instant): Result<null, PuzzleRefusal> {
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
    return accept(null);
  }

  #bits(now: Instant): number {
    this.#turn(now);
    const pressure = Math.max(this.#solved, this.#solvedBefore) / USUAL_IN_A_MINUTE;
    return Math.min(MOST_BITS, this.#leastBits + Math.ceil(Math.log2(Math.max(1, pressure))));
  }

  #turn(now: Instant): void {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#solvedBefore = minute === this.#minute + 1 ? this.#solved : 0;
    this.#solved = 0;
    this.#minute = minute;
  }

  #sign(head: string): string {
    return createHmac("sha256", this.#key).update(head).digest("base64url").slice(0, 22);
  }
}

/** A family behind one address writes and asks no more often than this. */
const SENT_PER_MINUTE = 10;
const ASKED_PER_MINUTE = 20;
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

/** Lets in what somebody without an account sends, once its puzzle is solved. */
export function admit(
  { puzzles, address, now }: Stranger,
  solved: { readonly challenge: string; readonly answer: number },
): Result<null, PuzzleRefusal | "too-many-requests"> {
  const seconds = sending.ask(address, now);
  if (seconds > 0) return refuse("too-many-requests", { seconds });
  return puzzles.take(solved.challenge, solved.answer, now);
}

/** Lets somebody ask by a receipt: seldom enough that guessing ten thousand takes a day. */
export function admitAsking({ address, now }: Stranger): Result<null, "too-many-requests"> {
  const seconds = asking.ask(address, now);
  return seconds > 0 ? refuse("too-many-requests", { seconds }) : accept(null);
}
