/** Wires the session to this browser: database, network, clock, and the lock between tabs. */
import { summarise } from "../visits/building-list.ts";
import { httpTipPost } from "../tips/tip-post.ts";
import { FieldDatabase } from "./database.ts";
import { passkeys } from "./passkeys.ts";
import { language } from "./preferences.ts";
import { LOCK_AFTER_MS, Session } from "./session.ts";
import { httpTransport } from "./transport.ts";
import type { World } from "./driver-terms.ts";

const world: World = {
  now: () => Date.now(),
  chance: () => Math.random(),
  later: (ms, work) => {
    // Longer waits than a timer can hold come round by themselves.
    const timer = setTimeout(work, Math.min(ms, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
  online: () => navigator.onLine,
};

export const session = new Session({
  db: new FieldDatabase(),
  transport: httpTransport(`${location.origin}/api/v1`, () => language.language),
  tipPost: httpTipPost(`${location.origin}/api/v1`),
  world,
  summarise,
  passkeys,
  deviceName: deviceName(navigator.userAgent),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
});

/** What the desk's list of phones shows: the model as far as the browser tells it. */
function deviceName(agent: string): string {
  const inside = /\(([^)]*)\)/.exec(agent)?.[1] ?? "";
  const parts = inside.split(";").map((part) => part.trim());
  return (parts.find((part) => /Android|iPhone|iPad/.test(part)) ?? parts[0] ?? "phone").slice(
    0,
    60,
  );
}

// Asked once somebody works with it: a browser grants it to apps that are used.
session.subscribe(() => {
  if (session.state().at === "open") void navigator.storage?.persist?.().catch(() => false);
});

const LOCK = "wanjia-field";
const channel = new BroadcastChannel(LOCK);
let release: (() => void) | null = null;

/** Only one tab works on the store: two would overtake each other. The newest asks for it. */
function holdLock(): Promise<boolean> {
  return new Promise((decided) => {
    void navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      decided(lock !== null);
      if (lock === null) return undefined;
      return new Promise<void>((done) => {
        release = done;
      });
    });
  });
}

channel.addEventListener("message", () => {
  if (!release) return;
  session.leave();
  release();
  release = null;
});

export async function startSession(): Promise<void> {
  if (await holdLock()) await session.start();
  else session.leave();
}

/** Takes the store over from the other tab. */
export async function takeOver(): Promise<void> {
  channel.postMessage("leave");
  for (let tries = 0; tries < 20; tries += 1) {
    if (await holdLock()) return session.start();
    await new Promise((done) => setTimeout(done, 100));
  }
}

let hiddenSince: number | null = null;
document.addEventListener("visibilitychange", () => {
  const state = session.state();
  if (document.visibilityState === "hidden") {
    hiddenSince = Date.now();
  } else if (hiddenSince !== null && state.at === "open") {
    if (Date.now() - hiddenSince > LOCK_AFTER_MS) void session.lock();
    else void state.work.driver.sync();
  }
});
globalThis.addEventListener("online", () => {
  const state = session.state();
  if (state.at === "open") void state.work.driver.resume();
});
