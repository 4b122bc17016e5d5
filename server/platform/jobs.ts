import { PgBoss } from "pg-boss";
import type { Database, OpenTx, Tx } from "./database.ts";

/** A subject's background work: what to do for each job of a name, and when it runs by itself. */
interface JobDefinition {
  /** `signal` ends long work early when the server stops. */
  run(
    data: never,
    job: {
      readonly id: string;
      readonly signal: AbortSignal;
      /** Of what broke and was dealt with: the job goes on. */
      readonly log?: (error: unknown) => void;
    },
  ): Promise<void>;
  /** Cron expression in Asia/Shanghai. */
  readonly every?: string;
  readonly retryLimit?: number;
  /** Seconds before the first retry; every further one waits twice as long. At once when left out. */
  readonly retryDelay?: number;
  readonly expireInSeconds?: number;
}

export type JobDefinitions = Readonly<Record<string, JobDefinition>>;

let boss: PgBoss | null = null;

/**
 * Starts the queue and its workers. Jobs survive a restart; a worker that dies is replaced. `log` hears
 * of every attempt that failed, with the job's name, and of the queue's own faults.
 */
export async function startJobs(
  database: Database,
  definitions: JobDefinitions,
  log: (error: unknown, job?: string) => void,
): Promise<{ stop(): Promise<void> }> {
  const queue = new PgBoss({
    db: {
      // The driver's own answer: several statements at once give several results.
      executeSql: (text, values) => database.plain.query(text, values),
    },
    schema: "pgboss",
  });
  queue.on("error", (error) => log(error));
  await queue.start();
  // A transaction of a request may add a job; see `enqueue`.
  await database.pool.query(
    `grant usage on schema pgboss to wanjia_app;
     grant select, insert, update on all tables in schema pgboss to wanjia_app;
     grant execute on all functions in schema pgboss to wanjia_app;
     alter default privileges in schema pgboss grant select, insert, update on tables to wanjia_app`,
  );
  const stopping = new AbortController();
  for (const [name, definition] of Object.entries(definitions)) {
    const options = {
      retryLimit: definition.retryLimit ?? 2,
      retryDelay: definition.retryDelay ?? 0,
      retryBackoff: definition.retryDelay !== undefined,
      expireInSeconds: definition.expireInSeconds ?? 3600,
    };
    await queue.createQueue(name, options);
    // A queue that an older server made keeps what it was made with.
    await queue.updateQueue(name, options);
    // What somebody asked for is waited for; what comes by the clock is not, and looking costs.
    const pollingIntervalSeconds = definition.every === undefined ? 1 : 10;
    await queue.work<never>(name, { pollingIntervalSeconds }, async ([job]) => {
      if (job === undefined) return;
      const signal = AbortSignal.any([job.signal, stopping.signal]);
      try {
        await definition.run(job.data, {
          id: job.id,
          signal,
          log: (error) => log(error, name),
        });
      } catch (error) {
        log(error, name);
        throw error;
      }
    });
    if (definition.every !== undefined) {
      await queue.schedule(name, definition.every, {}, { tz: "Asia/Shanghai" });
    }
  }
  // What an older server did at night, under a name that is gone, would only pile up.
  for (const { name, key } of await queue.getSchedules()) {
    if (definitions[name]?.every === undefined) await queue.unschedule(name, key);
  }
  boss = queue;
  return {
    async stop() {
      boss = null;
      stopping.abort();
      await queue.stop({ graceful: true, close: false, timeout: 20_000 });
    },
  };
}

interface Asked {
  /** Not before so long from now. */
  readonly afterSeconds?: number;
  /** What is asked for again within so many seconds is done once more, after them, however often it is asked. */
  readonly once?: { readonly key: string; readonly seconds: number };
}

/** Adds a job in the transaction of the change that asks for it: both are saved, or neither. */
export async function enqueue(
  tx: Tx,
  name: string,
  data: object,
  { afterSeconds = 0, once }: Asked = {},
): Promise<void> {
  if (boss === null) throw new Error("jobs are not running");
  const { client } = tx as OpenTx;
  await boss.send(name, data, {
    startAfter: afterSeconds,
    ...(once && {
      singletonKey: once.key,
      singletonSeconds: once.seconds,
      singletonNextSlot: true,
    }),
    db: {
      executeSql: (text, values) => client.query(text, values as unknown[]),
    },
  });
}
