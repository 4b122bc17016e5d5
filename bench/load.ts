/**
 * Load from a process of its own: keeps `clients` connections busy with requests made beforehand,
 * so that what it costs to make them is not measured. Runs as a child of a benchmark.
 */
import { Agent, request } from "node:http";

export interface LoadOrder {
  readonly address: string;
  readonly path: string;
  readonly clients: number;
  readonly cookies: readonly string[];
  readonly bodies: readonly string[];
}

export interface LoadReport {
  readonly seconds: number;
  readonly answered: number;
  readonly failed: number;
  readonly milliseconds: readonly number[];
  /** The status of each command, counted over all answers. */
  readonly statuses: Readonly<Record<string, number>>;
}

async function load(order: LoadOrder): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.clients });
  const url = new URL(order.path, order.address);
  const milliseconds: number[] = [];
  const statuses: Record<string, number> = {};
  let failed = 0;
  let next = 0;
  const post = (body: string, cookie: string): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "x-wanjia-csrf": "1",
        cookie,
      };
      const outgoing = request(url, { method: "POST", agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode !== 200 && failed === 0) console.error(answer.statusCode, text);
          resolve(answer.statusCode === 200 ? text : null);
        });
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  const began = performance.now();
  const client = async (): Promise<void> => {
    for (;;) {
      const i = next;
      next += 1;
      const body = order.bodies[i];
      if (body === undefined) return;
      const start = performance.now();
      const text = await post(body, order.cookies[i % order.cookies.length] ?? "");
      milliseconds.push(performance.now() - start);
      if (text === null) failed += 1;
      else
        for (const [, status] of text.matchAll(/"status":"(\w+)"/g))
          statuses[status as string] = (statuses[status as string] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: order.clients }, client));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { seconds, answered: milliseconds.length, failed, milliseconds, statuses };
}

process.on("message", (order: LoadOrder) => {
  void load(order).then((report) => process.send?.(report));
});
