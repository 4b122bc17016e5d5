import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { seededRandom } from "@wanjia/domain/shared/random";
import { type Client, testApp } from "./testing.ts";

const app = await testApp({ jobs: true });
after(() => app.close());

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  const?: unknown;
  format?: string;
  default?: unknown;
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: "query" | "path"; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

const { body: document } = (await app.stranger.get("//openapi.json")) as {
  body: { paths: Record<string, Record<string, Operation>> };
};

test("the document passes the OpenAPI linter", () => {
  const folder = mkdtempSync(join(tmpdir(), "wanjia-openapi-"));
  try {
    const file = join(folder, "openapi.json");
    writeFileSync(file, JSON.stringify(document));
    const cli = join(import.meta.dirname, "../node_modules/@redocly/cli/bin/cli.js");
    // Ends with another code than 0, and so throws, when a rule of the recommended set is broken.
    execFileSync(process.execPath, [cli, "lint", "--format", "summary", file], {
      cwd: folder,
      stdio: "pipe",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("whatever the server answers below /api/v1 is in the document: streams and files too", () => {
  const branches: string[] = [];
  const answered: string[] = [];
  for (const line of app.app.printRoutes({ commonPrefix: false }).split("\n")) {
    const found = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (found === null) continue;
    const [, indent = "", segment = "", methods = ""] = found;
    branches.length = indent.length / 4;
    branches.push(segment);
    const path = branches.join("").replaceAll(/:(\w+)/g, "{$1}");
    if (!path.startsWith("/api/v1/")) continue;
    const named = methods.split(", ").filter((method) => method !== "" && method !== "HEAD");
    for (const method of named) answered.push(`${method.toLowerCase()} ${path.slice(7)}`);
  }
  assert.ok(answered.includes("get /insight/bureau/export"), answered.join("\n"));
  assert.deepEqual(
    answered.filter((one) => {
      const [method = "", path = ""] = one.split(" ");
      return document.paths[path]?.[method] === undefined;
    }),
    [],
  );
});

/** Each database is tried with values of its own. */
const ENGINE = process.env["TEST_DATABASE_URL"] === undefined ? "embedded" : "postgres";
const random = seededRandom(process.env["FUZZ_SEED"] ?? ENGINE);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const NASTY: readonly unknown[] = [
  null,
  "",
  " ",
  "\u0000",
  "'; drop table visit; --",
  "../../etc/passwd",
  "𠮷野家㊣\u202e",
  "x".repeat(5000),
  -1,
  0,
  1e308,
  Number.MAX_SAFE_INTEGER,
  3.5,
  true,
  [],
  {},
  [[[[]]]],
  { __proto__: null, constructor: 1 },
  "2026-02-30",
  "9999999999999999",
  "01990000-0000-7000-8000-000000000000",
  "NaN",
];

/** Mostly a valid value of the schema, sometimes a nasty one: so that bad values get past the first check. */
function value(schema: Schema, depth = 0): unknown {
  if (random() < 0.25 || depth > 5) return pick(NASTY);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return value(pick(choices), depth);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => value(part, depth + 1)));
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(schema.enum);
  const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type;
  if (type === "object") {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([name]) =>
          (schema.required?.includes(name) ?? false) ? random() < 0.95 : random() < 0.5,
        )
        .map(([name, member]) => [name, value(member, depth + 1)]),
    );
  }
  if (type === "array") {
    return Array.from({ length: Math.floor(random() * 3) }, () =>
      value(schema.items ?? {}, depth + 1),
    );
  }
  if (type === "integer" || type === "number") return pick([0, 1, 2, 1_794_000_000_000, -5, 1e15]);
  if (type === "boolean") return random() < 0.5;
  if (schema.format === "uuid") return pick(KNOWN_IDS);
  if (schema.format === "date") return pick(["2026-11-10", "1900-01-01", "9999-12-31"]);
  return pick(["a", "东亭", "last", "-at", "990101001001", "12345678901234567890"]);
}

const { city } = app;
const KNOWN_IDS = [
  city.bureau,
  city.stations.first,
  city.beats.east,
  city.buildings.east,
  city.door("east", 1, 1),
  city.members.officer.id,
  city.foreignBureau,
  "01990000-0000-7000-8000-00ffffffffff",
];

const TRIES = 10;

async function tryOut(
  client: Client,
  path: string,
  method: string,
  operation: Operation,
): Promise<void> {
  for (let i = 0; i < TRIES; i += 1) {
    const query = new URLSearchParams();
    let url = path;
    for (const parameter of operation.parameters ?? []) {
      const filled = value(parameter.schema);
      const filler = typeof filled === "string" ? filled : JSON.stringify(filled);
      if (parameter.in === "path")
        url = url.replace(`{${parameter.name}}`, encodeURIComponent(filler));
      else if (random() < 0.6) query.set(parameter.name, filler);
    }
    const content = operation.requestBody?.content["application/json"];
    const body = content === undefined ? undefined : value(content.schema);
    const search = query.size === 0 ? "" : `?${query.toString()}`;
    const target = `${url}${search}`;
    const json = { "content-type": "application/json" };
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await {
      get: () => client.get(target),
      post: () => client.post(target, text, json),
      put: () => client.put(target, text, json),
      delete: () => client.delete(target),
    }[method as "get" | "post" | "put" | "delete"]();
    assert.equal(
      answer.status < 500,
      true,
      `${method.toUpperCase()} ${target} ${text ?? ""}: ${answer.text}`,
    );
    if (answer.status >= 400) assert.equal(typeof answer.body?.code, "string", answer.text);
  }
}

test("bad values never break an endpoint, whoever sends them", async () => {
  const clients = [
    app.stranger,
    await app.as("officer"),
    await app.as("leader"),
    await app.as("office"),
    await app.as("admin"),
    await app.as("auditor"),
  ];
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (path === "/session") continue;
      for (const client of clients) await tryOut(client, path, method, operation);
    }
  }
});
