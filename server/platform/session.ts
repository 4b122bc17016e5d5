import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { betterAuth } from "better-auth";
import { username } from "better-auth/plugins/username";
import { LOGIN } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { refuse, accept, type Result } from "@wanjia/domain/shared/result";
import type pg from "pg";
import type { Principal } from "./access.ts";
import type { Clock } from "./clock.ts";
import type { Database, PlainPool } from "./database.ts";
import { localeOf } from "./messages.ts";

/** A desk is left alone for this long before it must sign in again (domain.md §8.4, MLPS 8.1.4.1). */
const DESK_IDLE_SECONDS = 30 * 60;
const DAY_S = 24 * 60 * 60;
/** A phone's session lives as long as its local store may: 7 days without contact (domain.md §8.4). */
const PHONE_IDLE_SECONDS = 7 * DAY_S;
const FAILURES_BEFORE_LOCK = 5;
const LOCK_MINUTES = 15;
/** A changed posting or a revoked phone takes effect on every server within this time. */
const PRINCIPAL_CACHE_MS = 5_000;
/** Who still works by then is looked up anew beforehand, so that none of his requests waits for it. */
const PRINCIPAL_FRESH_MS = 4_000;
const PRINCIPAL_CACHE_SIZE = 10_000;

export type SignInRefusal = "sign-in-failed" | "sign-in-locked" | "member-inactive";

export interface SignIn {
  readonly login: string;
  readonly password: string;
  /** Set by the officer's phone: its session is long and bound to the device. */
  readonly deviceId?: Id | undefined;
}

/** Finds what a signed-in member may do; the organisation subject knows. */
export type PrincipalFinder = (
  bureauId: Id,
  memberId: Id,
  deviceId?: Id,
) => Promise<Omit<Principal, "deviceId" | "locale"> | "device-revoked" | null>;

interface Known {
  readonly found: Omit<Principal, "locale"> | SessionRefusal;
  readonly loadedAt: Instant;
}

/** Why a request has no principal. A phone that was switched off is told so: it erases itself. */
export type SessionRefusal = "not-signed-in" | "device-revoked";

/** Passwords, sessions and lock-out, over better-auth. */
export class Sessions {
  readonly #desk;
  readonly #phone;
  readonly #pool: PlainPool;
  readonly #clock: Clock;
  readonly #find: PrincipalFinder;
  readonly #cache = new Map<string, Known>();
  /** Look-ups under way: requests of one session that come together share one. */
  readonly #loading = new Map<string, Promise<Known>>();

  constructor(options: {
    database: Database;
    secret: string;
    clock: Clock;
    secureCookies: boolean;
    findPrincipal: PrincipalFinder;
  }) {
    this.#pool = options.database.plain;
    this.#clock = options.clock;
    this.#find = options.findPrincipal;
    const { secret, secureCookies } = options;
    this.#desk = authOf(this.#pool, secret, secureCookies, "wanjia-desk", DESK_IDLE_SECONDS);
    this.#phone = authOf(this.#pool, secret, secureCookies, "wanjia-phone", PHONE_IDLE_SECONDS);
  }

  /** Whether any member of any bureau signs in by this name. */
  async loginTaken(login: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query("select 1 from auth_user where username = $1", [
      login.toLowerCase(),
    ]);
    return (rowCount ?? 0) > 0;
  }

  async removeAccount(login: string): Promise<void> {
    await this.#pool.query("delete from auth_user where username = $1", [login.toLowerCase()]);
  }

  /** Makes the account of a member; throws when the login is taken. */
  async createAccount(account: {
    login: string;
    password: string;
    name: string;
    bureauId: Id;
    memberId: Id;
  }): Promise<void> {
    const context = await this.#desk.$context;
    const login = account.login.toLowerCase();
    const user = await context.internalAdapter.createUser(
      {
        name: account.name,
        email: `${login}@members.invalid`,
        emailVerified: false,
        username: login,
        displayUsername: account.login,
        bureauId: account.bureauId,
        memberId: account.memberId,
      },
      { method: "admin" },
    );
    await context.internalAdapter.linkAccount({
      userId: user.id,
      providerId: "credential",
      accountId: user.id,
      password: await hashPassword(account.password),
    });
  }

  /** Sets a new password and ends every session of the member. */
  async setPassword(login: string, password: string): Promise<void> {
    const hash = await hashPassword(password);
    await this.#pool.query(
      `update auth_account a set password = $2, "updatedAt" = now() from auth_user u where a."userId" = u.id and u.username = $1`,
      [login.toLowerCase(), hash],
    );
    await this.#pool.query(
      `delete from auth_session s using auth_user u where s."userId" = u.id and u.username = $1`,
      [login.toLowerCase()],
    );
    await this.#pool.query("delete from auth_lockout where login = $1", [login.toLowerCase()]);
    this.forgetKnown();
  }

  /** Ends the sessions of a member who left. */
  async endSessions(memberId: Id): Promise<void> {
    await this.#pool.query(
      `delete from auth_session s using auth_user u where s."userId" = u.id and u."memberId" = $1`,
      [memberId],
    );
    this.forgetKnown();
  }

  /** What was known of any session is asked again. */
  forgetKnown(): void {
    this.#cache.clear();
    // What is being looked up may be what was true a moment ago: nobody else shares it.
    this.#loading.clear();
  }

  /**
   * Signs in and says which cookies to set. After five failures in a row a login is locked for a
   * quarter of an hour, whether it exists or not, so that guessing learns nothing.
   */
  async signIn(
    input: SignIn,
    headers: IncomingHttpHeaders,
  ): Promise<Result<{ cookies: string[]; principal: Principal }, SignInRefusal>> {
    const login = input.login.trim().toLowerCase();
    const lockedFor = await this.#lockedMinutes(login);
    if (lockedFor > 0) return refuse("sign-in-locked", { minutes: lockedFor });
    const auth = input.deviceId === undefined ? this.#desk : this.#phone;
    const answer = await auth.api
      .signInUsername({
        body: { username: login, password: input.password, rememberMe: true },
        headers: new Headers({ "user-agent": headers["user-agent"] ?? "" }),
        returnHeaders: true,
      })
      .catch((error: unknown) => {
        if (isRejection(error)) return null;
        throw error;
      });
    if (answer?.response == null) {
      const minutes = await this.#countFailure(login);
      return minutes > 0 ? refuse("sign-in-locked", { minutes }) : refuse("sign-in-failed");
    }
    await this.#pool.query("delete from auth_lockout where login = $1", [login]);
    const { token, user } = answer.response as unknown as {
      token: string;
      user: { id: string };
    };
    if (input.deviceId !== undefined) {
      await this.#pool.query(`update auth_session set "deviceId" = $2 where token = $1`, [
        token,
        input.deviceId,
      ]);
    }
    const { rows } = await this.#pool.query<{ bureauId: string; memberId: string }>(
      `select "bureauId", "memberId" from auth_user where id = $1`,
      [user.id],
    );
    const [owner] = rows;
    const principal = owner === undefined ? null : await this.#find(owner.bureauId, owner.memberId);
    if (principal === null || principal === "device-revoked") {
      await this.#pool.query("delete from auth_session where token = $1", [token]);
      return refuse("member-inactive");
    }
    return accept({
      cookies: answer.headers.getSetCookie().map((cookie) => kept(cookie, input.deviceId)),
      principal: {
        ...principal,
        ...(input.deviceId === undefined ? {} : { deviceId: input.deviceId }),
        locale: localeOf(headers["accept-language"]),
      },
    });
  }

  /** Ends the session of these headers; says which cookies to clear. */
  async signOut(headers: IncomingHttpHeaders): Promise<string[]> {
    const cookies: string[] = [];
    for (const auth of [this.#desk, this.#phone]) {
      const answer = await auth.api.signOut({
        headers: new Headers({ cookie: headers.cookie ?? "" }),
        returnHeaders: true,
      });
      cookies.push(...answer.headers.getSetCookie());
    }
    this.forgetKnown();
    return cookies;
  }

  /** Who sent a request, or why nobody did. Answers from memory for a few seconds at a time. */
  async principalOf(headers: IncomingHttpHeaders): Promise<Principal | SessionRefusal> {
    const cookie = headers.cookie;
    if (cookie === undefined || !cookie.includes("wanjia-")) return "not-signed-in";
    const now = this.#clock.now();
    const cached = this.#cache.get(cookie);
    const age = cached === undefined ? Infinity : now - cached.loadedAt;
    let known = age < PRINCIPAL_CACHE_MS ? cached : undefined;
    // Should it fail, whoever has to wait for the next one hears of it.
    if (known !== undefined && age >= PRINCIPAL_FRESH_MS) this.#load(cookie).catch(() => {});
    known ??= await this.#load(cookie);
    const { found } = known;
    return typeof found === "string"
      ? found
      : { ...found, locale: localeOf(headers["accept-language"]) };
  }

  #load(cookie: string): Promise<Known> {
    const underWay = this.#loading.get(cookie);
    if (underWay !== undefined) return underWay;
    const loading = this.#whoIs(cookie).then((known) => {
      if (this.#loading.get(cookie) === loading) this.#keep(cookie, known);
      return known;
    });
    this.#loading.set(cookie, loading);
    const done = (): void => {
      if (this.#loading.get(cookie) === loading) this.#loading.delete(cookie);
    };
    loading.then(done, done);
    return loading;
  }

  #keep(cookie: string, known: Known): void {
    if (this.#cache.size >= PRINCIPAL_CACHE_SIZE) this.#cache.clear();
    this.#cache.set(cookie, known);
  }

  async #whoIs(cookie: string): Promise<Known> {
    const loadedAt = this.#clock.now();
    const headers = new Headers({ cookie });
    const session =
      (cookie.includes("wanjia-phone") ? await this.#phone.api.getSession({ headers }) : null) ??
      (cookie.includes("wanjia-desk") ? await this.#desk.api.getSession({ headers }) : null);
    if (session === null) return { found: "not-signed-in", loadedAt };
    const { user, session: own } = session as unknown as {
      user: { bureauId: string; memberId: string };
      session: { deviceId?: string | null };
    };
    const deviceId = own.deviceId ?? undefined;
    const member = await this.#find(user.bureauId, user.memberId, deviceId);
    if (member === null) return { found: "not-signed-in", loadedAt };
    if (member === "device-revoked") return { found: member, loadedAt };
    return { found: { ...member, ...(deviceId === undefined ? {} : { deviceId }) }, loadedAt };
  }

  async #lockedMinutes(login: string): Promise<number> {
    const { rows } = await this.#pool.query<{ locked_until: Date | null }>(
      "select locked_until from auth_lockout where login = $1",
      [login],
    );
    const until = rows[0]?.locked_until?.getTime() ?? 0;
    return Math.max(0, Math.ceil((until - this.#clock.now()) / MINUTE_MS));
  }

  async #countFailure(login: string): Promise<number> {
    const now = new Date(this.#clock.now());
    const { rows } = await this.#pool.query<{ failures: number }>(
      `insert into auth_lockout (login, failures, first_at) values ($1, 1, $2)
       on conflict (login) do update set
         failures = case when auth_lockout.first_at < $2::timestamptz - interval '15 minutes' then 1 else auth_lockout.failures + 1 end,
         first_at = case when auth_lockout.first_at < $2::timestamptz - interval '15 minutes' then $2 else auth_lockout.first_at end,
         locked_until = null
       returning failures`,
      [login, now],
    );
    if ((rows[0]?.failures ?? 0) < FAILURES_BEFORE_LOCK) return 0;
    await this.#pool.query(
      "update auth_lockout set locked_until = $2, failures = 0 where login = $1",
      [login, new Date(now.getTime() + LOCK_MINUTES * MINUTE_MS)],
    );
    return LOCK_MINUTES;
  }
}

function authOf(
  pool: PlainPool,
  secret: string,
  secureCookies: boolean,
  cookiePrefix: string,
  idleSeconds: number,
) {
  return betterAuth({
    secret,
    baseURL: "http://localhost",
    database: pool as unknown as pg.Pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    plugins: [
      username({
        minUsernameLength: 2,
        maxUsernameLength: 40,
        usernameValidator: (login) => LOGIN.test(login),
      }),
    ],
    user: {
      modelName: "auth_user",
      additionalFields: {
        bureauId: { type: "string", required: true, input: false },
        memberId: { type: "string", required: true, input: false },
      },
    },
    session: {
      modelName: "auth_session",
      expiresIn: idleSeconds,
      updateAge: Math.min(60, idleSeconds / 10),
      additionalFields: { deviceId: { type: "string", required: false, input: false } },
    },
    account: { modelName: "auth_account" },
    verification: { modelName: "auth_verification" },
    advanced: {
      cookiePrefix,
      useSecureCookies: secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: "strict", path: "/" },
    },
  });
}

/**
 * When a session ends is the server's to say: it knows when it was last used. A cookie that ends by
 * itself would sign out whoever is at work. A desk's is gone with the browser, a phone's stays as
 * long as browsers keep any.
 */
function kept(cookie: string, deviceId: Id | undefined): string {
  return cookie.replace(/; Max-Age=\d+/, deviceId === undefined ? "" : `; Max-Age=${400 * DAY_S}`);
}

/** better-auth answers a wrong login or password with an APIError of status 401 or 403. */
function isRejection(error: unknown): boolean {
  const status = (error as { statusCode?: number }).statusCode;
  return status !== undefined && status >= 400 && status < 500;
}

const argon2Async = promisify(argon2);
/** OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes, one lane. */
const ARGON2 = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await argon2Async("argon2id", {
    ...ARGON2,
    message: password.normalize("NFKC"),
    nonce,
  });
  return `argon2id$${ARGON2.memory}$${ARGON2.passes}$${nonce.toString("base64url")}$${tag.toString("base64url")}`;
}

async function verifyPassword({
  hash,
  password,
}: {
  hash: string;
  password: string;
}): Promise<boolean> {
  const [kind, memory, passes, nonce, tag] = hash.split("$");
  if (kind !== "argon2id" || nonce === undefined || tag === undefined) return false;
  const expected = Buffer.from(tag, "base64url");
  const actual = await argon2Async("argon2id", {
    ...ARGON2,
    memory: Number(memory),
    passes: Number(passes),
    message: password.normalize("NFKC"),
    nonce: Buffer.from(nonce, "base64url"),
  });
  return timingSafeEqual(expected, actual);
}
