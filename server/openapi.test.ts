import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { subscribe } from "node:diagnostics_channel";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { seededRandom } from "@wanjia/domain/shared/random";
import { plateCode } from "@wanjia/domain/places/plate";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import type { FastifyInstance } from "fastify";
import { API } from "./platform/http.ts";
import { type Client, testApp } from "./testing.ts";
import { newReceiptCode, solvedPuzzle } from "./testing-intake.ts";

/** Every route that the server registers, whoever registers it: `GET /plain/p/:code`. */
const routes: string[] = [];
subscribe("fastify.initialization", (message) => {
  (message as { fastify: FastifyInstance }).fastify.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`);
  });
});

const app = await testApp({ jobs: true });
after(() => app.close());
const { city } = app;
const officer = await app.as("officer");
const plate = (await officer.post(`/places/${city.door("east", 1, 1)}/plates`)).body.id as string;
const unknownPlate = plateCode(new Uint8Array(16).fill(7));

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

/** A content type, and a body that isn't what an endpoint waits for. */
const OTHER_BODIES = [
  ["text/plain", "{}"],
  ["text/xml", "<a/>"],
  ["application/x-www-form-urlencoded", "a=1&a=2&__proto__=3"],
  ["multipart/form-data", "--x\r\n\r\n--x--"],
  ["multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data\r\n\r\n\u0000"],
  ["application/octet-stream", "\u0000\u0001PK"],
  ["application/json; charset=utf-16", "{}"],
  ["application/json", "{"],
  ["application/json", "\ufeff{}"],
  ["application/zip", "PK\u0003\u0004"],
  ["x", "{}"],
] as const;

test("a body of another kind is refused by every endpoint, files and sign-in too, and breaks none", async () => {
  const clients = [app.stranger, await app.as("office"), await app.as("admin")];
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, { requestBody }] of Object.entries(operations)) {
      if (method !== "post" && method !== "put") continue;
      const target = path.replaceAll(/\{\w+\}/g, () => pick(KNOWN_IDS));
      for (const client of clients) {
        for (const [type, body] of OTHER_BODIES) {
          const answer: Awaited<ReturnType<Client["post"]>> = await client[method](target, body, {
            "content-type": type,
          });
          const what: string = `${method} ${target} ${type}: ${answer.status} ${answer.text}`;
          assert.ok(answer.status < 500, what);
          // Where nothing is waited for, nothing is refused.
          if (requestBody !== undefined) assert.ok(answer.status >= 400, what);
          if (answer.status >= 400) assert.equal(typeof answer.body?.code, "string", what);
        }
      }
    }
  }
});

// -- what anyone may ask, without an account ------------------------------------------------------

let askers = 0;
/** Each asks from an address of his own: what is tried here is what lies behind the limits. */
async function ask(
  method: string,
  url: string,
  body?: string,
  type = "application/json",
): Promise<{ status: number; text: string; type: string }> {
  askers += 1;
  const answer = await app.app.inject({
    method: method as "GET",
    url,
    remoteAddress: `10.${askers >> 16}.${(askers >> 8) & 255}.${askers & 255}`,
    headers: { "x-wanjia-csrf": "1", ...(body === undefined ? {} : { "content-type": type }) },
    ...(body === undefined ? {} : { payload: body }),
  });
  const { statusCode, payload, headers } = answer;
  return { status: statusCode, text: payload, type: String(headers["content-type"]) };
}

/** No answer is a fault of ours, and none tells how we are built. */
function sound(what: string, { status, text }: { status: number; text: string }): void {
  assert.ok(status < 500, `${what}: ${status} ${text.slice(0, 500)}`);
  assert.equal(/\.ts:\d+|node_modules|\bat \w+ \(|select .* from /.test(text), false, what);
}

interface Recipe {
  /** Good values for what the path names, so that bad ones elsewhere get past it. */
  readonly path?: Readonly<Record<string, readonly string[]>>;
  readonly query?: readonly string[];
  readonly fields?: readonly string[];
}

const SAID = ["text", "subtype", "spot", "feedback", "phone", "consent", "violence_at_home"];
const codes = { code: [plate, unknownPlate, `${plate.slice(0, -1)}0`] };
const spoken = { ...codes, kind: ["opinion", "service_request", "hazard", "dispute", "tip"] };

/** What Fastify answers to anyone beside the contract's own endpoints. A new one needs a line here. */
const OPEN: Readonly<Record<string, Recipe>> = {
  "GET /healthz": {},
  "GET /readyz": {},
  "GET /metrics": {},
  "GET /openapi.json": {},
  "GET /plain/": { query: ["lang"] },
  "GET /plain/form": { query: ["lang", "size"] },
  "GET /plain/plate": { query: ["lang", "code"] },
  "GET /plain/place": { query: ["lang", "name", "number"] },
  "GET /plain/p/:code": { path: codes, query: ["lang"] },
  "GET /plain/p/:code/say": { path: codes, query: ["lang"] },
  "GET /plain/p/:code/say/:kind": { path: spoken, query: ["lang"] },
  "POST /plain/p/:code/say/:kind": { path: spoken, query: ["lang"], fields: SAID },
  "GET /plain/receipt": { query: ["lang"] },
  "POST /plain/receipt": { query: ["lang"], fields: ["receipt"] },
  "POST /plain/receipt/callback": {
    fields: [
      "receipt",
      "contacted",
      "solved",
      "satisfaction",
      "respectful",
      "informed",
      "mayContact",
      "text",
    ],
  },
  "POST /plain/receipt/reopen": { fields: ["receipt", "reason", "text"] },
  "POST /plain/receipt/withdraw": { fields: ["receipt", "sure"] },
  "GET /referral/:secret": {},
  "POST /referral/:secret": { fields: ["type", "reason", "outcome", "text"] },
  [`GET ${API}/planning/calendar/:link`]: {
    path: { link: [`${city.bureau}.${"x".repeat(43)}.ics`] },
  },
};

const GOOD_FIELDS: Readonly<Record<string, readonly string[]>> = {
  lang: ["en", "zh-CN"],
  spot: ["building", "door", "floor:2"],
  subtype: ["patrol", "blocked_exit", "family"],
  feedback: ["page", "phone"],
  type: ["accept", "resolve", "return_assignment"],
};

const DAMAGED = ["%", "%00", "%FF%FE", "&&&=", "=".repeat(500), "a[b][]=1&__proto__=2"];

function inPath(one: unknown): string {
  return encodeURIComponent(typeof one === "string" ? one : JSON.stringify(one));
}

function filled(names: readonly string[], receipt: string): string {
  const form = new URLSearchParams();
  for (const name of names) {
    const good = name === "receipt" ? [receipt] : (GOOD_FIELDS[name] ?? ["yes", "楼道灯坏了"]);
    const one = random() < 0.5 ? pick(good) : pick(NASTY);
    if (random() < 0.9) form.set(name, typeof one === "string" ? one : JSON.stringify(one));
  }
  return random() < 0.1 ? `${form.toString()}&${pick(DAMAGED)}` : form.toString();
}

test("every route that isn't the contract's is signed in for, or tried with bad values", async () => {
  const own = [...new Set(routes)].filter(
    (route) => !/^(HEAD|OPTIONS) /.test(route) && !route.endsWith(` ${API}/*`),
  );
  const receipt = newReceiptCode();
  for (const route of own) {
    const [method = "", url = ""] = route.split(" ");
    const recipe = OPEN[route];
    if (recipe === undefined) {
      const { status } = await ask(method, url.replaceAll(/:\w+/g, city.bureau));
      assert.equal(status, 401, `${route} answers strangers, and nothing here tries it`);
      continue;
    }
    for (let i = 0; i < 3 * TRIES; i += 1) {
      const path = url.replaceAll(/:(\w+)/g, (_, name: string) => {
        const one = random() < 0.6 ? pick(recipe.path?.[name] ?? ["x".repeat(43)]) : pick(NASTY);
        return inPath(one);
      });
      const query = filled(recipe.query ?? ["lang"], receipt);
      const form = method === "POST" ? filled(recipe.fields ?? [], receipt) : undefined;
      const type = random() < 0.9 ? "application/x-www-form-urlencoded" : "application/json";
      const answer = await ask(method, `${path}?${query}`, form, type);
      sound(`${method} ${path}?${query} ${form ?? ""}`, answer);
    }
  }
  assert.deepEqual(
    Object.keys(OPEN).filter((route) => !own.includes(route)),
    [],
    "routes that are gone",
  );
});

test("what the contract lets anyone ask takes bad values with a puzzle solved", async () => {
  const answering: string[] = [];
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (!path.startsWith("/public/")) {
        if (path === "/session" || path.includes("{") || method !== "get") continue;
        // Whatever isn't below /public asks who it is before it looks at anything.
        const { status } = await ask("GET", `${API}${path}`);
        if (status !== 401) answering.push(path);
        continue;
      }
      const schema = operation.requestBody?.content["application/json"]?.schema;
      for (let i = 0; i < TRIES; i += 1) {
        const url = path.replaceAll(/\{\w+\}/g, () =>
          inPath(pick([plate, unknownPlate, ...NASTY, ...KNOWN_IDS])),
        );
        const body = schema === undefined ? undefined : value(schema);
        if (typeof body === "object" && body !== null && schema?.properties?.["puzzle"]) {
          if (random() < 0.9) Object.assign(body, { puzzle: await solvedPuzzle(officer) });
          if (random() < 0.5) Object.assign(body, { plate, look: await newLook() });
        }
        const text = body === undefined ? undefined : JSON.stringify(body);
        const answer = await ask(method.toUpperCase(), `${API}${url}`, text);
        sound(`${method} ${url} ${text ?? ""}`, answer);
      }
    }
  }
  // The keys by which anybody checks a receipt's signature.
  assert.deepEqual(answering, ["/sync/keys"], "answer strangers, and aren't below /public");
});

async function newLook(code = newReceiptCode()): Promise<string> {
  return toBase64Url(await lookOf(code));
}

test("what isn't there and what isn't yours are answered alike", async () => {
  const puzzle = () => solvedPuzzle(officer);
  const send = async (path: string, body: object) =>
    ask("POST", `${API}/public/${path}`, JSON.stringify({ ...body, puzzle: await puzzle() }));
  const looks = { matters: await newLook(), complaints: await newLook() };
  const said = await send("matters", {
    plate,
    spot: "building",
    kind: "opinion",
    subtype: "patrol",
    text: "希望晚上多来走走",
    feedback: "page",
    look: looks.matters,
  });
  assert.equal(said.status, 200, said.text);
  const complained = await send("complaints", {
    bureauId: city.bureau,
    about: "station",
    stationId: city.stations.first,
    kind: "delay",
    text: "来得太晚",
    look: looks.complaints,
  });
  assert.equal(complained.status, 200, complained.text);
  const acts: readonly (readonly [path: string, mine: keyof typeof looks | null, body: object])[] =
    [
      ["matters/follow", "matters", {}],
      ["matters/reopen", "matters", { reason: "not_solved", text: "没有" }],
      ["matters/withdraw", "matters", { text: "" }],
      ["complaints/follow", "complaints", {}],
      ["complaints/review", "complaints", { text: "不同意" }],
      ["complaints/withdraw", "complaints", {}],
      ["wishes/follow", null, {}],
      ["wishes/take-back", null, {}],
      ["tips/follow", null, {}],
    ];
  for (const [path, mine, body] of acts) {
    const never = await send(path, { ...body, look: await newLook() });
    assert.equal(never.status, 404, `${path} ${never.text}`);
    for (const [kind, look] of Object.entries(looks)) {
      if (kind === mine) continue;
      const other = await send(path, { ...body, look });
      assert.deepEqual([other.status, other.text], [never.status, never.text], path);
    }
  }
  const same = async (method: string, urls: readonly string[]) => {
    const answers = await Promise.all(urls.map((url) => ask(method, url)));
    for (const { status, text } of answers) {
      assert.deepEqual([status, text], [404, answers[0]?.text], urls.join(" "));
    }
  };
  const secret = "y".repeat(43);
  const calendar = `${API}/planning/calendar/`;
  await same("GET", [
    `${calendar}${city.bureau}.${secret}.ics`,
    `${calendar}${city.foreignBureau}.${secret}.ics`,
    `${calendar}01990000-0000-7000-8000-00ffffffffff.${secret}.ics`,
    `${calendar}nothing`,
  ]);
  await same("GET", [`/referral/${secret}`, "/referral/1"]);
  await same("GET", [`${API}/public/plates/${unknownPlate}`]);
});
