import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

const { directory, socket, dump } = workerData as {
  directory: string | null;
  socket: string;
  dump?: Uint8Array<ArrayBuffer>;
};

const database = await PGlite.create({
  ...(directory === null ? {} : { dataDir: directory }),
  ...(dump === undefined ? {} : { loadDataDir: new Blob([dump]) }),
});
const server = new PGLiteSocketServer({ db: database, path: socket, maxConnections: 16 });
await server.start();

parentPort?.on("message", (message: "close" | "dump") => {
  if (message === "close") void close();
  else void dumpDatabase();
});
parentPort?.postMessage("ready");

async function close(): Promise<void> {
  await server.stop();
  await database.close();
  process.exit(0);
}

async function dumpDatabase(): Promise<void> {
  const bytes = await (await database.dumpDataDir("none")).bytes();
  parentPort?.postMessage(bytes);
}
