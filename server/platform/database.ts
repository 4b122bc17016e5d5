import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import pg from "pg";
import type { Actor } from "./access.ts";
import type { Clock } from "./clock.ts";
import { type EmbeddedPostgres, startEmbedded } from "./embedded.ts";
import { asking, askingOf, beginning, inOnePacket, inTurn, type Planning } from "./opening.ts";
import { commit, send, type Sql } from "./sql.ts";
import { Together } from "./together.ts";

declare const opaque: unique symbol;

/**
 * One transaction under the row-level security of its actor. Subjects pass it on; only `sql.ts`
 * looks inside.
 */
export interface Tx {
  readonly [opaque]: true;
  readonly actor: Actor;
  readonly now: Instant;
}

export interface OpenTx extends Tx {
  readonly client: pg.ClientBase;
  /** Where others speak in the same session: the way to speak there as somebody else. */
  readonly speaking?: (actor: Actor) => pg.ClientBase;
  /**
   * PostgreSQL takes statements without waiting for the answers before, and knows prepared ones by
   * name. The embedded database has one session behind all connections: it does neither.
   */
  readonly pipelines: boolean;
  /** Statements on their way; the next one that is waited for waits for them too. */
  readonly sent: Promise<unknown>[];
  /** Changes that go out with the next statement, all as one (`runLater` in `sql.ts`). */
  readonly later: Sql[];
}

export interface DatabaseOptions {
  /** PostgreSQL's address; without it the embedded database is used. */
  readonly url?: string;
  /** Folder of the embedded database; `null` keeps it in memory. */
  readonly directory: string | null;
  /** A dump of the embedded database to start from (tests). */
  readonly dump?: Uint8Array;
  readonly clock: Clock;
  readonly poolSize?: number;
}

const RETRIES = 4;
/**
 * serialization_failure, deadlock_detected, and unique_violation: somebody was quicker. Tried again,
 * the whole transaction sees what he did, and answers by its own rules.
 */
const TRY_AGAIN = new Set(["40001", "40P01", "23505"]);

/** Whether a transaction failed because another was quicker, and may succeed when tried again. */
export function raced(error: unknown): boolean {
  return TRY_AGAIN.has((error as { code?: string }).code ?? "");
}

export class Database {
  readonly pool: pg.Pool;
  /** For libraries that bring their own SQL (sign-in, jobs): the driver's usual types. */
  readonly plain: PlainPool;
  readonly embedded: EmbeddedPostgres | null;
  readonly #clock: Clock;
  readonly #together: Together;

  private constructor(pool: pg.Pool, embedded: EmbeddedPostgres | null, clock: Clock) {
    this.pool = pool;
    this.plain = plainPool(pool);
    this.embedded = embedded;
    this.#clock = clock;
    this.#together = new Together(pool, clock, (actor, work) =>
      this.transact(actor, work, "by-key"),
    );
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    const embedded =
      options.url === undefined ? await startEmbedded(options.directory, options.dump) : null;
    const pool = openPool({
      ...(embedded?.connection ?? { connectionString: options.url }),
      // The embedded database has one session: two connections would mix up their messages.
      max: embedded === null ? (options.poolSize ?? 16) : 1,
      pipeline: embedded === null,
      types: { getTypeParser },
    });
    return new Database(pool, embedded, options.clock);
  }

  /** Runs `work` in one transaction as `actor`: all of it is saved, or nothing. */
  async transact<T>(
    actor: Actor,
    work: (tx: Tx) => Promise<T>,
    planning: Planning = "each",
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(actor, work, planning);
      } catch (error) {
        if (!raced(error) || attempt >= RETRIES) throw error;
      }
    }
  }

  /**
   * Like `transact`, for short work by keys of which much comes at the same time: then it shares a
   * commit with others, each under his own row-level security. `weight` says how much it writes.
   */
  together<T>(actor: Actor, weight: number, work: (tx: Tx) => Promise<T>): Promise<T> {
    // The embedded database has one session, and says one thing at a time.
    if (this.embedded !== null) return this.transact(actor, work, "by-key");
    return this.#together.run(actor, weight, work);
  }

  /** The server's own work: sees one whole bureau, or the few tables that belong to none. */
  asSystem<T>(bureauId: Id | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transact({ system: true, bureauId }, work);
  }

  async #once<T>(actor: Actor, work: (tx: Tx) => Promise<T>, planning: Planning): Promise<T> {
    const client = await this.pool.connect();
    // All goes through it, the end too: nothing is ever said behind the end of a transaction.
    const session = this.embedded === null ? client : inTurn(client);
    let broken: Error | undefined;
    try {
      const tx = {
        actor,
        now: this.#clock.now(),
        client: session,
        pipelines: this.embedded === null,
        sent: [],
        later: [],
      } as unknown as OpenTx;
      inOnePacket(client);
      await send(tx, beginning(planning) + asking(askingOf(actor)));
      const value = await work(tx);
      inOnePacket(client);
      await commit(tx);
      return value;
    } catch (error) {
      await session.query("rollback").catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.embedded?.close();
  }
}

type PlainQuery = <R extends pg.QueryResultRow>(
  text: string,
  values?: unknown[],
) => Promise<pg.QueryResult<R>>;

export interface PlainPool {
  readonly query: PlainQuery;
  connect(): Promise<{ readonly query: PlainQuery; release(): void }>;
  end(): Promise<void>;
}

/** The same connections, with timestamps as `Date` and the rest as the driver reads it. */
function plainPool(pool: pg.Pool): PlainPool {
  const plain = (text: string, values?: unknown[]): pg.QueryConfig => ({
    text,
    types: pg.types,
    ...(values === undefined ? {} : { values }),
  });
  return {
    query: (text, values) => pool.query(plain(text, values)),
    async connect() {
      const client = await pool.connect();
      return {
        query: (text, values) => client.query(plain(text, values)),
        release: () => client.release(),
      };
    },
    // Whoever borrowed the pool does not close it.
    end: async () => {},
  };
}

function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    application_name: "wanjia",
    // Our queries are short: starting helpers for one, or compiling it, takes longer than answering.
    onConnect: async (client) => {
      await client.query("set max_parallel_workers_per_gather = 0; set jit = off");
    },
  });
  pool.on("error", () => {
    // An idle connection broke (a restart of the database); the pool opens another one.
  });
  return pool;
}

/** What the wire says, in the types of the house: see `sql.ts`. */
const PARSERS: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.NUMERIC]: Number,
  [pg.types.builtins.DATE]: (text) => text,
  [pg.types.builtins.TIMESTAMPTZ]: instantOf,
};

/** `2026-10-01 12:30:00.5+00`. The engine's own reading of ISO 8601 is several times as fast as the driver's. */
function instantOf(text: string): number {
  const instant = Date.parse(`${text.slice(0, 10)}T${text.slice(11)}:00`);
  return Number.isNaN(instant)
    ? (pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ)(text) as Date).getTime()
    : instant;
}

function getTypeParser(oid: number, format?: "text" | "binary"): (text: string) => unknown {
  return (
    (format === "binary" ? undefined : PARSERS[oid]) ??
    (pg.types.getTypeParser(oid, format as "text") as (text: string) => unknown)
  );
}
