/**
 * Transactions that come at the same time share one.
 *
 * A commit waits for the disk, and each word to the database wakes up another process: a hundred
 * phones that push one visit each would spend the machine on that. So whatever arrives while others
 * are under way waits for the next shared transaction. Each member speaks under its own row-level
 * security; if one fails, nothing of any is saved, and each is done alone.
 */
import { availableParallelism } from "node:os";
import type pg from "pg";
import type { Actor } from "./access.ts";
import type { Clock } from "./clock.ts";
import type { OpenTx, Tx } from "./database.ts";
import { type Asking, asking, askingOf, beginning, inOnePacket } from "./opening.ts";
import { sendLater } from "./sql.ts";

/** Shared transactions at a time. */
const LANES = Math.max(2, availableParallelism());
/** What one of them takes on, beyond its first member. */
const MEMBERS = 32;
const WEIGHT = 100;

type Work<T> = (tx: Tx) => Promise<T>;
type Alone = <T>(actor: Actor, work: Work<T>) => Promise<T>;

interface Member {
  readonly actor: Actor;
  readonly weight: number;
  readonly work: Work<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class Together {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #alone: Alone;
  readonly #waiting: Member[] = [];
  #running = 0;
  /** How much the transaction that began last took on. */
  #lastWeight = 0;
  #soon = false;

  constructor(pool: pg.Pool, clock: Clock, alone: Alone) {
    this.#pool = pool;
    this.#clock = clock;
    this.#alone = alone;
  }

  run<T>(actor: Actor, weight: number, work: Work<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const done = resolve as (value: unknown) => void;
    this.#waiting.push({ actor, weight, work, resolve: done, reject });
    this.#startSoon();
    return promise;
  }

  /** Requests that were read from the network in one turn come one right after the other. */
  #startSoon(): void {
    if (this.#soon) return;
    this.#soon = true;
    setImmediate(() => {
      this.#soon = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#running < LANES && this.#waiting.length > 0) {
      // Another transaction beside one under way is worth it for a crowd half as large.
      if (this.#running > 0 && this.#weightWaiting() * 2 < this.#lastWeight) return;
      this.#running += 1;
      const members = this.#take();
      this.#lastWeight = members.reduce((sum, { weight }) => sum + weight, 0);
      void this.#finish(members).then(() => {
        this.#running -= 1;
        this.#startSoon();
      });
    }
  }

  #weightWaiting(): number {
    return this.#waiting.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** The longest-waiting one and whoever of his bureau fits in; bureaus never share a transaction. */
  #take(): Member[] {
    const bureau = this.#waiting[0]?.actor.bureauId;
    const taken: Member[] = [];
    const left: Member[] = [];
    let weight = 0;
    for (const member of this.#waiting.splice(0)) {
      const fits = taken.length < MEMBERS && weight + member.weight <= WEIGHT;
      if (taken.length === 0 || (fits && member.actor.bureauId === bureau)) {
        taken.push(member);
        weight += member.weight;
      } else left.push(member);
    }
    this.#waiting.push(...left);
    return taken;
  }

  async #finish(members: readonly Member[]): Promise<void> {
    if (members.length > 1) {
      try {
        const values = await this.#share(members);
        members.forEach(({ resolve }, i) => resolve(values[i]));
        return;
      } catch {
        // Whose fault it was shows when each is done alone.
      }
    }
    await Promise.all(
      members.map(({ actor, work, resolve, reject }) =>
        this.#alone(actor, work).then(resolve, reject),
      ),
    );
  }

  async #share(members: readonly Member[]): Promise<unknown[]> {
    const client = await this.#pool.connect();
    const session = new SharedSession(client);
    let broken: Error | undefined;
    try {
      const begun = session.say(beginning("by-key"));
      const now = this.#clock.now();
      const txs = members.map(({ actor }): OpenTx => {
        return {
          actor,
          client: session.speaking(actor),
          speaking: (other: Actor) => session.speaking(other),
          now,
          pipelines: true,
          sent: [begun],
          later: [],
        } as unknown as OpenTx;
      });
      const outcomes = await Promise.allSettled(
        members.map(async ({ work }, i) => {
          const tx = txs[i] as OpenTx;
          const value = await work(tx);
          await sendLater(tx);
          return value;
        }),
      );
      const values = outcomes.map((outcome) => {
        if (outcome.status === "rejected") throw outcome.reason;
        return outcome.value;
      });
      await Promise.all([...txs.flatMap(({ sent }) => sent), session.end("commit")]);
      return values;
    } catch (error) {
      await session.end("rollback").catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

interface Said {
  readonly words: string | pg.QueryConfig;
  /** Null: whoever asks. */
  readonly who: Asking | null;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One session that several actors speak through: before each statement it is said who asks. What is
 * said while the database still answers waits for the end of it, and goes out in one packet.
 */
class SharedSession {
  readonly #client: pg.ClientBase;
  #asking: Asking = {};
  #waiting: Said[] = [];
  #unanswered = 0;
  #soon = false;
  #ended = false;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  /** The session as one actor sees it: whatever others say in between, he is who asks. */
  speaking(actor: Actor): pg.ClientBase {
    const who = askingOf(actor);
    const query = (words: string | pg.QueryConfig, values?: unknown[]): Promise<unknown> =>
      this.say(typeof words === "string" && values ? { text: words, values } : words, who);
    return { query } as unknown as pg.ClientBase;
  }

  /** Says the last words, behind all that was said before; nothing is said after them. */
  end(words: "commit" | "rollback"): Promise<unknown> {
    const answer = this.say(words);
    this.#ended = true;
    return answer;
  }

  say(words: string | pg.QueryConfig, who: Asking | null = null): Promise<unknown> {
    if (this.#ended && words !== "rollback") return Promise.reject(new Error("the end was said"));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    promise.catch(() => {});
    this.#waiting.push({ words, who, resolve, reject });
    this.#sendSoon();
    return promise;
  }

  #sendSoon(): void {
    if (this.#soon || this.#unanswered > 0 || this.#waiting.length === 0) return;
    this.#soon = true;
    // After all those who have their answers by now have gone on.
    setImmediate(() => {
      this.#soon = false;
      this.#send();
    });
  }

  #send(): void {
    const said = this.#waiting;
    this.#waiting = [];
    this.#unanswered = said.length;
    inOnePacket(this.#client);
    const answered = (): void => {
      this.#unanswered -= 1;
      this.#sendSoon();
    };
    for (const { words, who, resolve, reject } of said) {
      if (who !== null) this.#introduce(who);
      const answer = this.#client.query(words as pg.QueryConfig);
      answer.then(resolve, reject);
      answer.then(answered, answered);
    }
  }

  #introduce(who: Asking): void {
    const introduction = asking(who, this.#asking);
    this.#asking = who;
    // Should it fail, so does the statement behind it: the transaction is broken.
    if (introduction !== "") this.#client.query(introduction).catch(() => {});
  }
}
