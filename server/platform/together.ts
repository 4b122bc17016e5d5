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
import { asking, beginning, inOnePacket } from "./opening.ts";
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

  constructor(pool: pg.Pool, clock: Clock, alone: Alone) {
    this.#pool = pool;
    this.#clock = clock;
    this.#alone = alone;
  }

  run<T>(actor: Actor, weight: number, work: Work<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const done = resolve as (value: unknown) => void;
    this.#waiting.push({ actor, weight, work, resolve: done, reject });
    this.#start();
    return promise;
  }

  #start(): void {
    while (this.#running < LANES && this.#waiting.length > 0) {
      this.#running += 1;
      void this.#finish(this.#take()).then(() => {
        this.#running -= 1;
        this.#start();
      });
    }
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
    let broken: Error | undefined;
    try {
      const session = new SharedSession(client);
      const begun = session.say(beginning("by-key"));
      const now = this.#clock.now();
      const txs = members.map(({ actor }): OpenTx => {
        const own = {
          query: (...words: Parameters<pg.ClientBase["query"]>) => session.ask(actor, words),
        };
        return {
          actor,
          now,
          client: own,
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
      await Promise.all([...txs.flatMap(({ sent }) => sent), session.say("commit")]);
      return values;
    } catch (error) {
      await client.query("rollback").catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** One session that several actors speak through: before each statement it is said who asks. */
class SharedSession {
  readonly #client: pg.ClientBase;
  #asking: Actor | null = null;
  #turn = false;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  say(text: string): Promise<unknown> {
    this.#inOnePacket();
    const answer = this.#client.query(text);
    answer.catch(() => {});
    return answer;
  }

  ask(actor: Actor, words: Parameters<pg.ClientBase["query"]>): unknown {
    this.#inOnePacket();
    if (this.#asking !== actor) {
      this.#asking = actor;
      // Should it fail, so does the statement behind it: the transaction is broken.
      void this.say(asking(actor));
    }
    return this.#client.query(...words);
  }

  #inOnePacket(): void {
    if (this.#turn) return;
    this.#turn = true;
    inOnePacket(this.#client);
    process.nextTick(() => {
      this.#turn = false;
    });
  }
}
