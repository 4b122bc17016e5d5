/**
 * The built phone app and the fake server of its tests behind one real port, for measuring in a
 * browser: what is measured is the phone, so the server answers from memory.
 */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { FakeServer } from "../apps/field/shell/testing.ts";
import { RequestFailed } from "../apps/field/shell/transport.ts";

const DIST = fileURLToPath(new URL("../apps/field/dist/", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

export async function servePhone(fake: FakeServer): Promise<{ address: string; close(): void }> {
  const transport = fake.transport();
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (!url.pathname.startsWith("/api/v1/")) {
      const file = join(DIST, normalize(url.pathname.replace(/^\/field\//, "/")));
      const found = existsSync(file) && statSync(file).isFile() ? file : join(DIST, "index.html");
      response.setHeader("content-type", TYPES[extname(found)] ?? "application/octet-stream");
      createReadStream(found).pipe(response);
      return;
    }
    void answer(request, url).then(
      (body) => {
        response.setHeader("content-type", "application/json");
        response.end(typeof body === "string" ? body : JSON.stringify(body ?? {}));
      },
      (error: unknown) => {
        const failed = error instanceof RequestFailed ? error : new RequestFailed(500, "fault", "");
        response.statusCode = failed.status === 0 ? 503 : failed.status;
        response.setHeader("content-type", "application/problem+json");
        response.end(JSON.stringify({ code: failed.code, detail: failed.detail }));
      },
    );
  });

  async function answer(request: IncomingMessage, url: URL): Promise<unknown> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const body = text === "" ? null : JSON.parse(text);
    const route = `${request.method} ${url.pathname.slice("/api/v1".length)}`;
    const query = (name: string) => url.searchParams.get(name);
    switch (route) {
      case "POST /session":
        return transport.signIn(body.login, body.password, body.deviceId);
      case "GET /session":
        return transport.session();
      case "DELETE /session":
        return transport.signOut();
      case "POST /sync/devices":
        return transport.registerDevice(body.id, body.name, body.protocol);
      case "POST /sync/push":
        return transport.push(body);
      case "POST /sync/reconcile":
        return transport.reconcile(body);
      case "GET /sync/keys":
        return { keys: await transport.keys() };
      case "GET /sync/context":
        return transport.context(query("have"));
      case "GET /sync/pull": {
        const lines: string[] = [];
        await transport.pull(query("device") ?? "", query("beat") ?? "", query("cursor"), {
          head: (head) => void lines.push(JSON.stringify(head)),
          page: async (records, mark) => {
            for (const record of records) lines.push(JSON.stringify(record));
            lines.push(JSON.stringify(mark));
          },
        });
        return `${lines.join("\n")}\n`;
      }
      default:
        throw new RequestFailed(404, "unknown-path", "");
    }
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    address: `http://localhost:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
