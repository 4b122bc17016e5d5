/** Who holds the phone, and what it shows before anything else: sign-in, PIN, or the work. */
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { MINUTE_MS, type Instant } from "@wanjia/domain/shared/instant";
import { sealUnsent } from "@wanjia/sync/export";
import { PROTOCOL } from "@wanjia/sync/protocol";
import type { FieldDatabase } from "./database.ts";
import { exportCode, sealing } from "./sealing.ts";
import {
  eraseAll,
  erasePulled,
  isExpired,
  look,
  Store,
  type Owner,
  type Sight,
  type Summarise,
} from "./store.ts";
import { hashOf, SyncDriver, type World } from "./sync-driver.ts";
import { RequestFailed, type MemberSession, type Transport } from "./transport.ts";
import {
  createVault,
  MOST_ATTEMPTS,
  nextAttempt,
  openByPin,
  renewPin,
  type Rounds,
} from "./vault.ts";

/** Left alone in a pocket for longer, the app asks for the PIN again. */
export const LOCK_AFTER_MS = 15 * MINUTE_MS;

export type Notice = "expired" | "revoked";

export type SessionState =
  | { readonly at: "starting" }
  /** Another tab or window has the store open. */
  | { readonly at: "elsewhere" }
  | { readonly at: "sign_in"; readonly sight: Sight; readonly notice: Notice | null }
  | { readonly at: "choose_pin"; readonly renews: boolean }
  | { readonly at: "locked"; readonly sight: Sight; readonly notice: Notice | null }
  | { readonly at: "open"; readonly work: Work };

/** All that the screens of an unlocked phone stand on. */
export type Work = {
  readonly store: Store;
  readonly driver: SyncDriver;
  readonly device: Id;
  readonly owner: Owner;
  readonly notice: Notice | null;
};

export type SignInProblem =
  | { readonly kind: "offline" | "not_for_phone" | "old_browser" }
  | { readonly kind: "other_member"; readonly name: string }
  /** The server's own sentence. */
  | { readonly kind: "refused"; readonly detail: string };

export type UnlockProblem =
  | { readonly kind: "wrong"; readonly left: number }
  | { readonly kind: "wait"; readonly until: Instant }
  | { readonly kind: "never" };

export type SessionOptions = {
  readonly db: FieldDatabase;
  readonly transport: Transport;
  readonly world: World;
  readonly summarise: Summarise;
  readonly deviceName: string;
  readonly random: (length: number) => Uint8Array<ArrayBuffer>;
  /** Fewer in tests, which have no thief. */
  readonly rounds?: Rounds;
};

export class Session {
  readonly #o: SessionOptions;
  #state: SessionState = { at: "starting" };
  /** Between the password and the PIN; never stored. */
  #entering: { password: string; session: MemberSession; device: Id } | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(options: SessionOptions) {
    this.#o = options;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  state = (): SessionState => this.#state;

  #become(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  newId(): Id {
    return uuidv7(this.#o.world.now(), this.#o.random(10));
  }

  /** Looks at what is stored; what is too old goes before anybody unlocks anything. */
  async start(): Promise<void> {
    const { db, world } = this.#o;
    let sight = await look(db);
    let notice: Notice | null = (await db.read<boolean>("revoked")) ? "revoked" : null;
    if (isExpired(sight.lastSync, world.now())) {
      await erasePulled(db);
      sight = await look(db);
      notice = "expired";
    }
    this.#become(
      sight.owner && sight.vault
        ? { at: "locked", sight, notice }
        : { at: "sign_in", sight, notice },
    );
  }

  /** Gives the store up to another tab. */
  leave(): void {
    this.#close();
    this.#become({ at: "elsewhere" });
  }

  async signIn(login: string, password: string): Promise<SignInProblem | null> {
    const { db, transport, deviceName } = this.#o;
    if (!(await canVerifyReceipts())) return { kind: "old_browser" };
    const sight = await look(db);
    let device = sight.device ?? this.newId();
    let session: MemberSession;
    try {
      session = await transport.signIn(login, password, device);
    } catch (error) {
      return signInProblem(error);
    }
    const { id: memberId, name } = session.member;
    if (session.beats.length === 0) {
      await transport.signOut().catch(() => undefined);
      return { kind: "not_for_phone" };
    }
    if (sight.owner && sight.owner.memberId !== memberId) {
      if (sight.unsent > 0) {
        await transport.signOut().catch(() => undefined);
        return { kind: "other_member", name: sight.owner.name };
      }
      await eraseAll(db);
      device = this.newId();
      session = await transport.signIn(login, password, device);
    }
    try {
      await transport.registerDevice(device, deviceName, PROTOCOL);
    } catch (error) {
      if (!(error instanceof RequestFailed) || error.code !== "device-revoked") {
        return signInProblem(error);
      }
      // A revoked phone was erased; whoever signs in on it again starts as a new one.
      await eraseAll(db);
      device = this.newId();
      session = await transport.signIn(login, password, device);
      await transport.registerDevice(device, deviceName, PROTOCOL);
    }
    await db.write("device", device);
    await db.write("owner", { memberId, name, login: session.member.login } satisfies Owner);
    await db.meta.delete("revoked");
    if (this.#state.at === "open") {
      await this.#state.work.driver.resume();
      return null;
    }
    this.#entering = { password, session, device };
    this.#become({ at: "choose_pin", renews: (await look(db)).vault !== null });
    return null;
  }

  /** False when the password doesn't open what was stored under another one. */
  async choosePin(pin: string): Promise<boolean> {
    const { db } = this.#o;
    const entering = this.#entering;
    if (!entering) return false;
    const sight = await look(db);
    const made = sight.vault
      ? await renewPin(sight.vault, entering.password, pin)
      : await createVault(pin, entering.password, this.#o.rounds);
    if (!made) return false;
    await db.write("vault", made.record);
    await db.write("attempts", { wrong: 0, last: 0 });
    this.#entering = null;
    await this.#open(made.key, null, entering.session);
    return true;
  }

  async unlock(pin: string): Promise<UnlockProblem | null> {
    const { db, world } = this.#o;
    const { vault, attempts } = await look(db);
    if (!vault) return { kind: "never" };
    const now = world.now();
    const next = nextAttempt(attempts, now);
    if (next === "never") return { kind: "never" };
    if (next !== null) return { kind: "wait", until: next };
    // Counted before it is tried, so that switching the phone off saves no attempt.
    const wrong = attempts.wrong + 1;
    await db.write("attempts", { wrong, last: now });
    const key = await openByPin(vault, pin);
    if (!key) {
      const until = nextAttempt({ wrong, last: now }, now);
      if (until === "never") return { kind: "never" };
      return until === null
        ? { kind: "wrong", left: MOST_ATTEMPTS - wrong }
        : { kind: "wait", until };
    }
    await db.write("attempts", { wrong: 0, last: 0 });
    await this.#open(key, this.#state.at === "locked" ? this.#state.notice : null, null);
    return null;
  }

  async #open(key: CryptoKey, notice: Notice | null, session: MemberSession | null): Promise<void> {
    const { db, transport, world, summarise, deviceName } = this.#o;
    const { owner, device } = await look(db);
    if (!owner || !device) throw new Error("a vault has an owner and a device");
    const store = await Store.open(db, key, summarise);
    if (session) await store.putDoc("session", session);
    const driver = new SyncDriver({
      store,
      transport,
      device,
      deviceName,
      world,
      onRevoked: () => void this.#revoked(),
      onSession: (current) => void store.putDoc("session", current).catch(() => undefined),
    });
    this.#become({ at: "open", work: { store, driver, device, owner, notice } });
    await driver.start();
    await store.pruneMine(world.now()).catch(() => undefined);
  }

  #close(): void {
    if (this.#state.at === "open") this.#state.work.driver.stop();
    this.#entering = null;
  }

  async lock(): Promise<void> {
    this.#close();
    await this.start();
  }

  /** Online, with the password: a forgotten PIN. */
  async renew(): Promise<void> {
    this.#become({ at: "sign_in", sight: await look(this.#o.db), notice: null });
  }

  async #revoked(): Promise<void> {
    this.#close();
    await eraseAll(this.#o.db);
    await this.#o.db.write("revoked", true);
    await this.start();
  }

  /** Signs out and erases; false when something is unsent that no file holds. */
  async signOut(): Promise<boolean> {
    const { db, transport } = this.#o;
    if (this.#state.at === "open") await this.#state.work.driver.releaseHeld();
    const { unsent, exported } = await look(db);
    if (unsent > 0 && !exported) return false;
    await this.erase();
    await transport.signOut().catch(() => undefined);
    return true;
  }

  /** Erases the phone without asking back; the screen has asked. */
  async erase(): Promise<void> {
    this.#close();
    await eraseAll(this.#o.db);
    await this.start();
  }

  /** All work that hasn't reached the server, sealed under a passphrase made for this one file. */
  async exportUnsent(): Promise<{ file: string; passphrase: string; count: number }> {
    if (this.#state.at !== "open") throw new Error("only an unlocked phone can export");
    const { store, driver, device, owner } = this.#state.work;
    const { db, random, world } = this.#o;
    await driver.releaseHeld();
    const exportedAt = world.now();
    const entries = await store.outboxEntries();
    const commands = await Promise.all(
      entries.map(async ({ command }) => ({ command, hash: await hashOf(command) })),
    );
    const passphrase = exportCode(random(16));
    const file = await sealUnsent(
      { member: owner.memberId, device, exportedAt, commands },
      passphrase,
      random(28),
      sealing,
    );
    await db.write("exportedAt", exportedAt);
    return { file, passphrase, count: commands.length };
  }
}

/** Ed25519 came to browsers in 2023-2025; without it no receipt could be believed. */
async function canVerifyReceipts(): Promise<boolean> {
  return globalThis.crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]).then(
    () => true,
    () => false,
  );
}

function signInProblem(error: unknown): SignInProblem {
  if (!(error instanceof RequestFailed)) throw error;
  return error.status === 0 ? { kind: "offline" } : { kind: "refused", detail: error.detail };
}
