/**
 * Keeps the app itself on the phone, whole and of one version, so that it starts without a network.
 * Records never pass through here: requests to the server go straight to it.
 */

export type Entry = { url: string; revision: string | null };
type Waiting = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Waiting & { request: Request; respondWith(reply: Promise<Response>): void };
type Scope = {
  __WB_MANIFEST: readonly Entry[];
  registration: { scope: string };
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

declare global {
  interface Window extends Pick<
    Scope,
    "__WB_MANIFEST" | "registration" | "skipWaiting" | "clients"
  > {}
}

/** Each file once: the cache refuses a list that names one twice. */
const entries = Array.from(
  new Map(self.__WB_MANIFEST.map((entry) => [entry.url, entry] as const)).values(),
);
const base = new URL(self.registration.scope).pathname;
const prefix = "wanjia-field ";
/** The cache is named after its contents: another build is another cache. */
const version = prefix + fingerprint(entries.map(({ url, revision }) => `${url} ${revision}`));

function fingerprint(lines: readonly string[]): string {
  let hash = 0x811c9dc5; // FNV-1a: only has to differ between builds
  for (const char of lines.join("\n")) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

async function install(): Promise<void> {
  const cache = await caches.open(version);
  await cache.addAll(entries.map(({ url }) => new Request(base + url, { cache: "reload" })));
  await self.skipWaiting();
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== version) await caches.delete(name);
  }
  await self.clients.claim();
}

async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(version);
  const kept = await cache.match(request.mode === "navigate" ? `${base}index.html` : path);
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => (event as Waiting).waitUntil(install()));
self.addEventListener("activate", (event) => (event as Waiting).waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const fetching = event as Fetching;
  const { request } = fetching;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !pathname.startsWith(base)) return;
  fetching.respondWith(answer(request, pathname));
});
