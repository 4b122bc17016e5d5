/**
 * Everything that answers without a sign-in, asked what nobody asks: the endpoints of the document, with
 * one thing of a valid request put wrong at a time, and the pages without JavaScript. Whatever comes, it
 * is refused in words: nothing breaks, nothing typed becomes markup, nothing becomes a header.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { plateCode } from "@wanjia/domain/places/plate";
import { MATTER_KINDS } from "@wanjia/domain/matters/terms";
import { seededRandom } from "@wanjia/domain/shared/random";
import { RECEIPT_RANDOM_BYTES, receiptCode } from "@wanjia/domain/shared/receipt-code";
import { tryToSolve } from "@wanjia/sync/puzzle";
import { newId } from "./platform/crypto.ts";
import { testApp } from "./testing.ts";

const app = await testApp();
after(() => app.close());
const officer = await app.as("officer");
const plate: string = (await officer.post(`/places/${app.city.door("east", 1, 1)}/plates`)).body.id;

/** The same walk each time; another with another seed. */
const SEED = process.env["WANJIA_FUZZ_SEED"] ?? "1";
const chance = seededRandom(`public ${SEED}`);
const randomInt = (below: number): number => Math.floor(chance() * below);
const randomBytes = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => randomInt(256)));

const MARK = "zz9";
/** What has broken programs before; each would be seen if it came back as it went. */
const HOSTILE: readonly string[] = [
  "",
  " ",
  "\0",
  `<${MARK} onload=alert(1)>`,
  `"><script>${MARK}</script>`,
  `' or 1=1; drop table matter; -- ${MARK}`,
  `%0d%0aX-${MARK}: 1`,
  `\r\nX-${MARK}: 1`,
  "../../../../etc/passwd",
  "${7*7}{{7*7}}",
  "\uD800",
  "\u202Eحتى\u0000",
  "𠮷".repeat(3000),
  "9".repeat(400),
  "-1",
  "1e999",
  "NaN",
  "null",
  "__proto__",
  "constructor",
  "2026-02-30",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "%",
  "%zz",
  "%c0%ae",
  "{{limit}}",
];
const ODD: readonly unknown[] = [
  ...HOSTILE,
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 60,
  1e308,
  [],
  [[]],
  ["a", null, {}],
  {},
  { toString: "x" },
  { __proto__: null, constructor: { prototype: 1 } },
];

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly $ref?: string;
}
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { name: string; in: string; schema?: Schema }[];
  readonly body: Schema | undefined;
}

const { body: document } = await app.stranger.get("//openapi.json");
const operations: readonly Operation[] = Object.entries(
  document.paths as Record<string, Record<string, any>>,
)
  .filter(([path]) => path.startsWith("/public/"))
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      method: method.toUpperCase(),
      path,
      parameters: one.parameters ?? [],
      body: one.requestBody?.content?.["application/json"]?.schema as Schema | undefined,
    })),
  );

function pick<T>(all: readonly T[]): T {
  const [first] = all;
  if (first === undefined) throw new Error("nothing to pick from");
  return all[randomInt(all.length)] ?? first;
}

function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = schema.$ref
    .slice(2)
    .split("/")
    .reduce((at: any, key) => at?.[key], document);
  return resolved(found as Schema);
}

/** Something that a schema takes, as far as its shape goes. */
function sample(given: Schema, name = ""): unknown {
  const schema = resolved(given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return sample(pick(choices), name);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((one) => sample(one, name)));
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => schema.required?.includes(key) === true || randomInt(2) === 0)
          .map(([key, one]) => [key, sample(one, key)]),
      );
    case "array":
      return Array.from({ length: randomInt(3) }, () => sample(schema.items ?? {}, name));
    case "integer":
    case "number":
      return (schema.minimum ?? 0) + randomInt(4);
    case "boolean":
      return randomInt(2) === 0;
    case "null":
      return null;
    default:
      return word(schema, name);
  }
}

function word({ format }: Schema, name: string): string {
  if (name === "look") return randomBytes(32).toString("base64url");
  if (name === "plate" || name === "code") return plate;
  if (name === "bureauId") return app.city.bureau;
  if (name === "phone") return "12012345678";
  if (name === "spot") return "building";
  if (format === "uuid") return pick([app.city.stations.first, app.city.buildings.east]);
  if (format === "date") return "2026-11-10";
  return pick(["希望多来走走", "a", "1", "路灯坏了"]);
}

/** Puts one thing of it wrong, wherever that is. */
function spoiled(value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && randomInt(3) > 0) {
    return value.with(randomInt(value.length), spoiled(pick(value)));
  }
  if (typeof value === "object" && value !== null && randomInt(8) > 0) {
    const keys = Object.keys(value);
    if (keys.length > 0) {
      const key = pick(keys);
      return { ...value, [key]: spoiled((value as Record<string, unknown>)[key]) };
    }
  }
  return pick(ODD);
}

/** Nobody is kept waiting here: each asks from another network. */
const somewhere = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

interface Reply {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
}

async function ask(method: string, url: string, payload?: string, type?: string): Promise<Reply> {
  return app.app.inject({
    method: method as "GET",
    url,
    remoteAddress: somewhere(),
    headers: {
      "x-wanjia-csrf": "1",
      "accept-language": pick(["zh-CN", "en", `${MARK};q=9`, "*", "\tx,,;q=", "x".repeat(2000)]),
      ...(type === undefined ? {} : { "content-type": type }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
}

function hold(reply: Reply, asked: string): void {
  const what = `seed ${SEED}\n${asked}`;
  assert.ok(reply.statusCode < 500, `${reply.statusCode} ${reply.body}\n${what}`);
  assert.ok(!Object.keys(reply.headers).some((name) => name.includes(MARK)), what);
  for (const name of ["location", "set-cookie", "content-disposition", "link"]) {
    assert.ok(!String(reply.headers[name] ?? "").includes(MARK), `${name}\n${what}`);
  }
  const type = String(reply.headers["content-type"] ?? "");
  if (type.includes("text/html")) {
    assert.ok(!new RegExp(`<(${MARK}|script>${MARK})`, "i").test(reply.body), `markup\n${what}`);
    assert.match(String(reply.headers["content-security-policy"]), /default-src 'none'/, what);
    assert.match(String(reply.headers["cache-control"]), /no-store/, what);
  } else {
    assert.match(type, /json|^$/, what);
    assert.equal(reply.headers["x-content-type-options"], "nosniff", what);
  }
}

async function puzzleSolved(): Promise<object> {
  const { challenge, bits } = JSON.parse((await ask("GET", "/api/v1/public/puzzle")).body);
  return { challenge, answer: tryToSolve(challenge, bits, 0, 2 ** 26) };
}

function address({ path, parameters }: Operation, wrong: boolean): string {
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = wrong && randomInt(2) === 0 ? pick(HOSTILE) : String(sample({}, name));
    return encodeURIComponent(value.toWellFormed()).slice(0, 2000) || "-";
  });
  const asked = parameters
    .filter((one) => one.in === "query" && (!wrong || randomInt(4) > 0))
    .map(({ name, schema }) => {
      const value =
        wrong && randomInt(2) === 0 ? pick(HOSTILE) : String(sample(schema ?? {}, name));
      return [name, value.toWellFormed().slice(0, 2000)];
    });
  const query = new URLSearchParams(asked).toString();
  // Escapes that are none, beside those that are.
  const torn =
    wrong && randomInt(6) === 0 ? `&${pick(["%", "%zz=%c0", "a[b]=1", "code=1&code=2"])}` : "";
  return `/api/v1${target}?${query}${torn}`;
}

const ROUNDS = 60;

test("the endpoints that anyone may ask take whatever comes, and refuse it in words", async () => {
  assert.ok(operations.length > 25, String(operations.length));
  const met = new Map<string, Set<number>>();
  for (const operation of operations) {
    const { method, path, body } = operation;
    for (let round = 0; round < ROUNDS; round += 1) {
      // At first as it should be, so that what is spoiled comes far into it.
      const wrong = round > 3;
      let made = body === undefined ? undefined : sample(body);
      if (wrong && made !== undefined) made = spoiled(made);
      if (typeof made === "object" && made !== null && "puzzle" in made && randomInt(5) > 0) {
        made = { ...made, puzzle: await puzzleSolved() };
      }
      const text = made === undefined ? undefined : JSON.stringify(made);
      const torn = wrong && text !== undefined && randomInt(12) === 0;
      const sent = torn ? text.slice(0, randomInt(text.length + 1)) : text;
      const url = address(operation, wrong);
      const type = sent === undefined ? undefined : "application/json";
      const reply = await ask(method, url, sent, type);
      hold(reply, `${method} ${url}\n${sent?.slice(0, 3000) ?? ""}`);
      met.set(path, (met.get(path) ?? new Set()).add(reply.statusCode));
    }
  }
  // A fuzz that is refused at the door proves nothing.
  for (const path of ["/public/tips/follow", "/public/matters/follow", "/public/data"]) {
    assert.ok(met.get(path)?.has(404) === true, `${path} ${[...(met.get(path) ?? [])].join(" ")}`);
  }
  assert.ok([...(met.get("/public/matters") ?? [])].some((status) => status !== 400));
});

test("other bodies than JSON, and JSON that goes too deep, are refused as well", async () => {
  const deep = "[".repeat(50_000);
  for (const { method, path } of operations.filter(({ body }) => body !== undefined)) {
    for (const [type, payload] of [
      ["text/plain", "x"],
      ["text/html", `<${MARK}>`],
      ["multipart/form-data; boundary=x", "--x\r\n\r\n--x--"],
      ["application/json", deep],
      ["application/json; charset=utf-7", "{}"],
      ["application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"],
    ] as const) {
      const reply = await ask(method, `/api/v1${path}`, payload, type);
      hold(reply, `${method} ${path} ${type}`);
      assert.ok(reply.statusCode >= 400, `${path} ${type}`);
      assert.ok(!reply.body.includes("root:"), path);
    }
  }
});

/** The one-time link of a body without an account. */
async function linkOfBody(): Promise<string> {
  const matter = newId(app.clock.now());
  const raised = await officer.post("/matters", {
    id: matter,
    kind: "service_request",
    subtype: "minor_repair",
    text: "楼道灯坏了",
    placeId: app.city.door("east", 3, 1),
    reporter: "resident",
    feedback: "none",
  });
  assert.equal(raised.status, 200, raised.text);
  const referred = await officer.post(`/matters/${matter}/steps`, {
    version: (await officer.get(`/matters/${matter}`)).body.version,
    step: {
      type: "refer",
      to: app.city.propertyCompany,
      basis: "duty",
      law: "物业管理条例 45",
      text: "三楼楼道灯不亮",
    },
  });
  assert.equal(referred.status, 200, referred.text);
  return (await officer.post(`/referrals/${referred.body.referral.id}/link`)).body.path;
}

test("pages without JavaScript take whatever is typed into them", async () => {
  const link = await linkOfBody();
  const form = "application/x-www-form-urlencoded";
  const TORN = ["%", "%zz=1", "text=%c0%ae", "a=&=&&", "receipt[]=1"];
  const FIELDS = [
    "receipt",
    "subtype",
    "spot",
    "text",
    "feedback",
    "phone",
    "consent",
    "solved",
    "contacted",
    "satisfaction",
    "respectful",
    "informed",
    "mayContact",
    "reason",
    "sure",
    "type",
    "outcome",
    "__proto__",
  ];
  const right: Readonly<Record<string, () => string>> = {
    receipt: () => receiptCode(randomBytes(RECEIPT_RANDOM_BYTES)),
    subtype: () => "patrol",
    spot: () => "building",
    text: () => "路灯坏了",
    feedback: () => "page",
    consent: () => "yes",
    sure: () => "yes",
    type: () => pick(["accept", "resolve", "return_assignment"]),
    outcome: () => "delivered",
    reason: () => "not_solved",
    satisfaction: () => "3",
    solved: () => "yes",
    contacted: () => "yes",
  };
  const typed = (): string => {
    // Some with a single thing wrong, so that it comes as far as the database; some with most.
    const most = randomInt(3) === 0;
    const one = pick(FIELDS);
    const fields = FIELDS.flatMap((name) => {
      const known = Object.hasOwn(right, name) ? right[name]?.() : undefined;
      const wrong = name === one || (most && randomInt(2) === 0);
      if (!wrong && known === undefined) return [];
      return [[name, (wrong || known === undefined ? pick(HOSTILE) : known).toWellFormed()]];
    });
    const torn = randomInt(12) === 0 ? `&${pick(TORN)}` : "";
    return `${new URLSearchParams(fields).toString()}${torn}`;
  };
  const part = (value: string): string =>
    encodeURIComponent((randomInt(5) === 0 ? pick(HOSTILE) : value).toWellFormed()).slice(0, 500) ||
    "-";
  const lang = (): string => `lang=${encodeURIComponent(pick(["zh-CN", "en", `<${MARK}>`, "x"]))}`;
  const reads: readonly (() => string)[] = [
    () => "/plain/",
    () => "/plain/receipt",
    () => "/plain/form",
    () => `/plain/p/${part(plate)}`,
    () => `/plain/p/${part(plateCode(randomBytes(16)))}`,
    () => `/plain/p/${part(plate)}/say`,
    () => `/plain/p/${part(plate)}/say/${part(pick(MATTER_KINDS))}`,
    () => `/referral/${part("x")}`,
    () => link,
  ];
  const met = new Set<number>();
  for (let round = 0; round < 500; round += 1) {
    const named = new URLSearchParams([
      ["name", pick(HOSTILE).toWellFormed().slice(0, 500)],
      [
        "number",
        pick([...HOSTILE, "1"])
          .toWellFormed()
          .slice(0, 500),
      ],
      [
        "code",
        pick([...HOSTILE, plate])
          .toWellFormed()
          .slice(0, 500),
      ],
      ["size", pick(HOSTILE).toWellFormed().slice(0, 500)],
    ]).toString();
    const url =
      randomInt(3) === 0
        ? `/plain/${pick(["place", "plate", "form"])}?${lang()}&${named}`
        : `${pick(reads)()}?${lang()}`;
    hold(await ask("GET", url), url);
    const to = pick([
      () =>
        `/plain/p/${part(plate)}/say/${part(randomInt(2) === 0 ? "opinion" : pick(MATTER_KINDS))}`,
      () => "/plain/receipt",
      () => "/plain/receipt/callback",
      () => "/plain/receipt/reopen",
      () => "/plain/receipt/withdraw",
      () => `/referral/${part("x")}`,
      () => link,
    ])();
    const fields = typed();
    const reply = await ask("POST", `${to}?${lang()}`, fields, form);
    met.add(reply.statusCode);
    hold(reply, `POST ${to}\n${fields.slice(0, 3000)}`);
  }
  for (const status of [200, 404, 422]) assert.ok(met.has(status), [...met].join(" "));
});
