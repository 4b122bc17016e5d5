import { join } from "node:path";

/** `npm run demo`: one command from a fresh checkout to a running city. */

/** The Node that package.json brings along. */
const NODE_MAJOR = 26;
const running = Number(process.versions.node.split(".", 1)[0]);
if (running !== NODE_MAJOR) {
  console.error(
    `需要随项目安装的 Node ${NODE_MAJOR}，现在运行的是 ${process.versions.node}。请先 npm ci，再 npm run demo。\n` +
      `This needs the Node ${NODE_MAJOR} that npm ci installs; running is ${process.versions.node}. Run npm ci, then npm run demo.`,
  );
  process.exit(1);
}
// Only now: an older Node could not even load the rest. Compiled code is kept, as by the server.
const { enableCompileCache } = await import("node:module");
enableCompileCache(join(import.meta.dirname, "../.cache/compiled"));
const { runDemo } = await import("./start.ts");
await runDemo();
