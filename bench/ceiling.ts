/**
 * The ceiling of `ingest`: rows of all tables that visits write, as plain inserts from one JSON
 * array, over the same number of connections and from a process of its own.
 */
import pg from "pg";

export interface CeilingOrder {
  readonly url: string;
  readonly clients: number;
  /** One statement for each kind of commit, with one parameter: the JSON. */
  readonly statement: string;
  readonly bodies: readonly string[];
}

export interface CeilingReport {
  readonly seconds: number;
}

async function write(order: CeilingOrder): Promise<CeilingReport> {
  const clients = await Promise.all(
    Array.from({ length: order.clients }, async () => {
      const client = new pg.Client({ connectionString: order.url });
      await client.connect();
      return client;
    }),
  );
  let next = 0;
  const began = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (;;) {
        const body = order.bodies[next];
        next += 1;
        if (body === undefined) return;
        await client.query({ name: "ceiling", text: order.statement, values: [body] });
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const client of clients) await client.end();
  return { seconds };
}

process.on("message", (order: CeilingOrder) => {
  void write(order).then((report) => process.send?.(report));
});
