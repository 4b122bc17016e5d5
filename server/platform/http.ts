import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { OpenAPIHandler } from "@orpc/openapi/fastify";
import { type AnyRouter, onError, ORPCError, os } from "@orpc/server";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Refusal, Result } from "@wanjia/domain/shared/result";
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { Locale, Principal } from "./access.ts";
import type { Clock } from "./clock.ts";
import type { Secrets } from "./crypto.ts";
import type { Database, Tx } from "./database.ts";
import { jsonDepth } from "./json-depth.ts";
import { loggedError, loggedPath } from "./log.ts";
import { localeOf } from "./messages.ts";
import type { Puzzles } from "./puzzles.ts";
import { problem, problemOf, reader, rethrowBadValue } from "./problem.ts";
import type { SessionRefusal, Sessions } from "./session.ts";

export interface Services {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly puzzles: Puzzles;
  readonly sessions: Sessions;
  /** Demo accounts and their hints exist only when this is set. */
  readonly demo: boolean;
}

/** What a handler works with. */
export interface Context {
  readonly services: Services;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly principal: Principal | SessionRefusal;
  readonly locale: Locale;
  now(): Instant;
}

/** For handlers behind `signedIn`. */
export interface SignedIn extends Context {
  readonly principal: Principal;
  /** One transaction under the caller's own row-level security. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Lets only sessions through, and hands on who it is. */
export const signedIn = os.$context<Context>().middleware(async ({ context, next }) => {
  const { services } = context;
  const principal = orSignIn(context.principal);
  return next({
    context: {
      principal,
      transact: <T>(work: (tx: Tx) => Promise<T>) => services.database.transact(principal, work),
    },
  });
});

function orSignIn(principal: Principal | SessionRefusal): Principal {
  if (typeof principal !== "string") return principal;
  throw new ORPCError(principal, { status: principal === "device-revoked" ? 403 : 401 });
}

type Refuse = (options: { data?: { params?: Record<string, string | number> } }) => Error;

/**
 * The value of a rule's answer, or its refusal as the endpoint's typed error. Compiles only when
 * the contract lists every code the rule may answer.
 */
export function orRefuse<T, C extends string>(
  result: Result<T, C>,
  errors: { readonly [K in C]: Refuse },
): T {
  if (result.ok) return result.value;
  throw refusalError(result.refusal, errors);
}

export function refusalError<C extends string>(
  refusal: Refusal<C>,
  errors: { readonly [K in C]: Refuse },
): Error {
  return errors[refusal.code](
    refusal.params === undefined ? {} : { data: { params: { ...refusal.params } } },
  );
}

/** Stops with 403 unless a policy says yes. */
export function allow(allowed: boolean): void {
  if (!allowed) throw new ORPCError("not-allowed", { status: 403 });
}

/** Stops with 404 when there is nothing (or nothing this session may see). */
export function orNotFound<T>(found: T | undefined): T {
  if (found === undefined) throw new ORPCError("not-found", { status: 404 });
  return found;
}

/** Goes with every answer, also where an address could not even be read. */
const ON_EVERYTHING = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
} as const;

const PROBLEM = "application/problem+json; charset=utf-8";
export const API = "/api/v1";
/** Pages that work without JavaScript. */
export const PLAIN = "/plain/";
const BODY_LIMIT_BYTES = 2 * 1024 * 1024;
/** No body of ours nests deeper than a form's answers in a visit in a batch. */
const DEPTH_LIMIT = 32;

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface HttpOptions {
  readonly services: Services;
  readonly router: AnyRouter;
  /** Level of the log, `silent` for none. */
  readonly log: LogLevel;
  /** Where its lines go; the standard output, unless told. */
  readonly logTo?: { write(line: string): void };
  /** Addresses whose word for who is asking is taken (X-Forwarded-For); nobody's, unless named. */
  readonly trustedProxies?: readonly string[];
}

/** The HTTP server: one door for every subject's routes, one shape for every error. */
export function createHttp({
  services,
  router,
  log,
  logTo,
  trustedProxies = [],
}: HttpOptions): FastifyInstance {
  const to = logTo === undefined ? {} : { stream: logTo };
  const app = Fastify({
    logger:
      log === "silent"
        ? false
        : { level: log, base: null, serializers: { err: loggedError }, ...to },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    forceCloseConnections: "idle",
    // A connection that is still open when the server stops holds it up no longer than this.
    keepAliveTimeout: 5000,
    routerOptions: { ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => {
      const locale = localeOf(request.headers["accept-language"]);
      const answer = reader.run({ locale, requestId: request.id }, () => problemOf(error));
      void (reply as FastifyReply)
        .status(answer.status)
        .headers(ON_EVERYTHING)
        .type(PROBLEM)
        .send(JSON.stringify(answer));
    },
    clientErrorHandler: answerGarbage,
  });

  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    const text = body as string;
    if (text === "") return done(null, undefined);
    if (jsonDepth(text, DEPTH_LIMIT) > DEPTH_LIMIT) return done(badRequest());
    try {
      done(null, JSON.parse(text));
    } catch {
      done(badRequest());
    }
  });

  app.addHook("onRequest", (request, _reply, done) => {
    const locale = localeOf(request.headers["accept-language"]);
    reader.run({ locale, requestId: request.id }, done);
  });
  app.addHook("onRequest", async (request, reply) => {
    if (!isCrossSite(request)) return undefined;
    return reply.status(403).send(problem(403, "cross-site"));
  });
  app.addHook("preSerialization", async (_request, reply, payload) => {
    if (isProblem(payload)) reply.type(PROBLEM);
    return payload;
  });
  app.addHook("onSend", async (_request, reply, payload) => {
    reply.headers(ON_EVERYTHING);
    if (
      reply.statusCode >= 400 &&
      typeof payload === "string" &&
      payload.startsWith('{"type":"urn:wanjia:')
    ) {
      reply.header("content-type", PROBLEM);
    }
    return payload;
  });
  app.addHook("onResponse", async (request, reply) => {
    request.log.info({
      method: request.method,
      path: loggedPath(request.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = problemOf(error);
    if (answer.status >= 500) request.log.error({ err: error }, "request failed");
    return reply.status(answer.status).send(answer);
  });
  const handler = new OpenAPIHandler(router, {
    customErrorResponseBodyEncoder: problemOf,
    customJsonSerializers: [{ condition: isJson, serialize: (reply) => new Reply(reply) }],
    interceptors: [
      (options) => options.next().catch(rethrowBadValue),
      onError((error, options) => {
        if (error instanceof ORPCError && error.status < 500) return;
        const { request } = options.context as Context;
        request.log.error({ err: error }, "request failed");
      }),
    ],
  });
  app.all(`${API}/*`, async (request, reply) => {
    const context = await contextOf(services, request, reply);
    const { matched } = await handler.handle(request, reply, { prefix: API, context });
    if (!matched) return reply.status(404).send(problem(404, "unknown-path"));
    return reply;
  });
  return app;
}

/**
 * What the contract let through is JSON already. The library would walk through it once more, in
 * search of dates and files; it leaves alone what is of a class of our own.
 */
class Reply {
  readonly #json: unknown;
  constructor(json: unknown) {
    this.#json = json;
  }
  toJSON(): unknown {
    return this.#json;
  }
}

function isJson(reply: unknown): boolean {
  return typeof reply === "object" && reply !== null && !(reply instanceof Reply);
}

async function contextOf(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Context> {
  return {
    services,
    request,
    reply,
    principal: await services.sessions.principalOf(request.headers),
    locale: localeOf(request.headers["accept-language"]),
    now: () => services.clock.now(),
  };
}

/** For the few routes that stream and so stand beside the contract's handler (exports, pulls). */
export async function signedInContext(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignedIn> {
  const context = await contextOf(services, request, reply);
  const principal = orSignIn(context.principal);
  return {
    ...context,
    principal,
    transact: (work) => services.database.transact(principal, work),
  };
}

const GARBAGE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What came isn't a request that can be read, so neither is whose language it speaks. */
function answerGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return;
  const status = GARBAGE[error.code ?? ""] ?? 400;
  const body = JSON.stringify(problem(status, "malformed-request"));
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Content-Type: ${PROBLEM}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}

function badRequest(): Error {
  return Object.assign(new Error("invalid JSON"), { statusCode: 400 });
}

function isProblem(payload: unknown): boolean {
  return (
    typeof payload === "object" &&
    payload !== null &&
    "type" in payload &&
    typeof payload.type === "string" &&
    payload.type.startsWith("urn:wanjia:problem:")
  );
}

/**
 * A request that changes something must come from our own pages: browsers say so in
 * `Sec-Fetch-Site` and `Origin`, and other sites can't set a header of ours without asking first.
 */
function isCrossSite(request: FastifyRequest): boolean {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") {
    return false;
  }
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin, host } = request.headers;
  // A page without an origin of its own says `null`, which is no address and not ours.
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) return true;
  // Forms without scripts can't set a header. No session is looked at behind them (server/matters/plain.ts).
  // The same of a page whose address is its own key.
  if (request.url.startsWith(PLAIN) || request.url.startsWith(KEYED_PAGES)) return false;
  return request.headers["x-wanjia-csrf"] === undefined;
}

/** Pages that a secret in their address opens, and nothing else. */
export const KEYED_PAGES = "/referral/";
