import type { Page } from "@playwright/test";
import { PASSWORD } from "../server/testing-city.ts";
import type { CityServer } from "./server.ts";

export type Member = keyof CityServer["city"]["members"];

const CSRF = { "x-wanjia-csrf": "1" };
const known = new WeakMap<CityServer, Map<Member, Promise<string>>>();

/** The cookies of a member, who signs in once in each city: `name=value; name=value`. */
function cookiesOf(city: CityServer, member: Member): Promise<string> {
  const sessions = known.get(city) ?? new Map<Member, Promise<string>>();
  known.set(city, sessions);
  const before = sessions.get(member) ?? signedIn(city, city.city.members[member].login, PASSWORD);
  sessions.set(member, before);
  return before;
}

async function signedIn(city: CityServer, login: string, password: string): Promise<string> {
  const reply = await fetch(`${city.address}/api/v1/session`, {
    method: "POST",
    headers: { ...CSRF, "content-type": "application/json" },
    body: JSON.stringify({ login, password }),
  });
  if (!reply.ok) throw new Error(`${login} can't sign in: ${await reply.text()}`);
  return reply.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0])
    .join("; ");
}

/** Seats a member at this browser, as if the log-in had been typed; whoever sat there is gone. */
export async function seat(page: Page, city: CityServer, member: Member): Promise<void> {
  await seatWith(page, city, await cookiesOf(city, member));
}

/** Seats somebody whom the fixture city does not know. */
export async function signInAs(
  page: Page,
  city: CityServer,
  login: string,
  password: string,
): Promise<void> {
  await seatWith(page, city, await signedIn(city, login, password));
}

async function seatWith(page: Page, city: CityServer, held: string): Promise<void> {
  const context = page.context();
  await context.clearCookies();
  const cookies = held.split("; ").map((one) => {
    const at = one.indexOf("=");
    return { name: one.slice(0, at), value: one.slice(at + 1) };
  });
  await context.addCookies(
    cookies.map((cookie) => ({
      ...cookie,
      url: city.address,
      httpOnly: true,
      sameSite: "Strict" as const,
    })),
  );
}

export interface MemberApi {
  readonly get: (path: string) => Promise<any>;
  /** Text goes as the bytes of a file. */
  readonly post: (path: string, data?: object | string) => Promise<any>;
  readonly put: (path: string, data: object) => Promise<any>;
  /** One step after the other, each at the version that the last one left. */
  readonly steps: (path: string, ...steps: readonly object[]) => Promise<void>;
}

/** What a member does without a screen, below `/api/v1`; a refusal ends the test. */
export function asMember(city: CityServer, member: Member): MemberApi {
  const ask = async (
    path: string,
    data?: object | string,
    method: "POST" | "PUT" = "POST",
  ): Promise<any> => {
    const type = typeof data === "string" ? "application/octet-stream" : "application/json";
    const reply = await fetch(`${city.address}/api/v1${path}`, {
      headers: { ...CSRF, "content-type": type, cookie: await cookiesOf(city, member) },
      ...(data === undefined
        ? {}
        : { method, body: typeof data === "string" ? data : JSON.stringify(data) }),
    });
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
    return reply.json();
  };
  return {
    get: (path) => ask(path),
    post: (path, data = {}) => ask(path, data),
    put: (path, data) => ask(path, data, "PUT"),
    async steps(path, ...steps) {
      for (const step of steps) {
        const { version } = await ask(path);
        await ask(`${path}/steps`, { version, step });
      }
    },
  };
}

/** The matter that was heard in these words, as it lies in the officer's list. */
export async function matterOf(city: CityServer, text: string): Promise<string> {
  const { items } = await asMember(city, "officer").get("/matters");
  return items.find((matter: { text: string }) => matter.text === text).id;
}
