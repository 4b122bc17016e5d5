/** Who holds the phone, and what it shows before anything else: sign-in, PIN, or the work. */
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { MINUTE_MS, type Instant } from "@wanjia/domain/shared/instant";
import { exportCode, sealUnsent } from "@wanjia/sync/export";
import { PROTOCOL } from "@wanjia/sync/protocol";
import { hashOf, sealing } from "@wanjia/sync/webcrypto";
import { isStorageFull, type FieldDatabase } from "./database.ts";
import { TipBox, type TipPost } from "../tips/tip-box.ts";
import type { Passkeys } from "./passkeys.ts";
import { eraseAll, erasePulled, isExpired, look, type Owner, type Sight } from "./sight.ts";
import { Store, type Summarise } from "./store.ts";
import type { World } from "./driver-terms.ts";
import { SyncDriver } from "./sync-driver.ts";
import { RequestFailed, type MemberSession, type Transport } from "./transport.ts";
import {
  addPasskey,
  createVault,
  MOST_ATTEMPTS,
  nextAttempt,
  openByPasskey,
  openByPin,
  renewPin,
  type Rounds,
  type VaultRecord,
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
  readonly tips: TipBox;
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
  | { readonly kind: "never" }
  /** The disk is full: a try that can't be counted isn't made. */
  | { readonly kind: "full" }
  /** The passkey was not given, or it is of another vault. */
  | { readonly kind: "no_passkey" };

/** Why no passkey was set up. */
export type PasskeyProblem = "wrong_pin" | "wait" | "not_given" | "full";

export type SessionOptions = {
  readonly db: FieldDatabase;
  readonly transport: Transport;
  readonly tipPost: TipPost;
  readonly world: World;
  readonly summarise: Summarise;
  readonly deviceName: string;
  readonly passkeys: Passkeys;
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
    let notice: Notice | null = sight.revoked ? "revoked" : null;
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
      if (sight.unsent + sight.tips > 0) {
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
    const owner: Owner = { memberId, name, login: session.member.login };
    await db.change(["meta"], (to) => {
      to.note("device", device);
      to.note("owner", owner);
      to.delete("meta", "revoked");
    });
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
    await db.change(["meta"], (to) => {
      to.note("vault", made.record);
      to.note("attempts", { wrong: 0, last: 0 });
    });
    this.#entering = null;
    await this.#open(made.key, await look(db), null, entering.session);
    return true;
  }

  async unlock(pin: string): Promise<UnlockProblem | null> {
    const { db } = this.#o;
    const sight = await look(db);
    const tried = await this.#tryPin(sight, (vault) => openByPin(vault, pin));
    if (!tried.ok) return tried.problem;
    await this.#open(tried.value, sight, this.#notice(), null);
    return null;
  }

  /** One counted try at the PIN. */
  async #tryPin<T>(
    { vault, attempts }: Sight,
    work: (vault: VaultRecord) => Promise<T | null>,
  ): Promise<{ ok: true; value: T } | { ok: false; problem: UnlockProblem }> {
    const { db, world } = this.#o;
    const now = world.now();
    const next = vault ? nextAttempt(attempts, now) : "never";
    if (!vault || next === "never") return { ok: false, problem: { kind: "never" } };
    if (next !== null) return { ok: false, problem: { kind: "wait", until: next } };
    const counted = { wrong: attempts.wrong + 1, last: now };
    let value: T | null;
    try {
      // Nobody learns the answer before the try is counted: switching the phone off saves none.
      [value] = await Promise.all([work(vault), db.putNote("attempts", counted)]);
    } catch (error) {
      if (isStorageFull(error)) return { ok: false, problem: { kind: "full" } };
      throw error;
    }
    if (value !== null) {
      void db.putNote("attempts", { wrong: 0, last: 0 }).catch(() => undefined);
      return { ok: true, value };
    }
    const until = nextAttempt(counted, now);
    if (until === "never") return { ok: false, problem: { kind: "never" } };
    const left = MOST_ATTEMPTS - counted.wrong;
    return {
      ok: false,
      problem: until === null ? { kind: "wrong", left } : { kind: "wait", until },
    };
  }

  /** By the passkey of this phone: it asks for the finger or the face, and works without a network. */
  async unlockByPasskey(): Promise<UnlockProblem | null> {
    const { db, passkeys } = this.#o;
    const sight = await look(db);
    const { vault, attempts } = sight;
    if (!vault?.byPasskey || attempts.wrong >= MOST_ATTEMPTS) return { kind: "never" };
    const secret = await passkeys.ask(vault.byPasskey);
    const key = secret && (await openByPasskey(vault, secret));
    if (!key) return { kind: "no_passkey" };
    await this.#open(key, sight, this.#notice(), null);
    return null;
  }

  /** Lets a passkey open the store too; asks for the PIN, since it gives the key away once more. */
  async setUpPasskey(pin: string): Promise<PasskeyProblem | null> {
    const { db, passkeys } = this.#o;
    const sight = await look(db);
    if (!sight.owner) return "not_given";
    const right = await this.#tryPin(sight, (vault) => openByPin(vault, pin));
    if (!right.ok) return right.problem.kind === "wrong" ? "wrong_pin" : "wait";
    const made = await passkeys.create(sight.owner);
    const record = made && sight.vault && (await addPasskey(sight.vault, pin, made));
    if (!record) return "not_given";
    try {
      await db.putNote("vault", record);
    } catch (error) {
      if (isStorageFull(error)) return "full";
      throw error;
    }
    return null;
  }

  async removePasskey(): Promise<void> {
    const { db } = this.#o;
    const { vault } = await look(db);
    if (!vault?.byPasskey) return;
    const { byPasskey: _, ...rest } = vault;
    await db.putNote("vault", rest);
  }

  canUsePasskeys(): Promise<boolean> {
    return this.#o.passkeys.supported();
  }

  #notice(): Notice | null {
    return this.#state.at === "locked" ? this.#state.notice : null;
  }

  async #open(
    key: CryptoKey,
    sight: Sight,
    notice: Notice | null,
    session: MemberSession | null,
  ): Promise<void> {
    const { db, transport, tipPost, world, summarise, deviceName, random } = this.#o;
    const { owner, device } = sight;
    if (!owner || !device) throw new Error("a vault has an owner and a device");
    const store = await Store.open(db, key, summarise);
    if (session) await store.setSession(session);
    const driver = new SyncDriver({
      store,
      transport,
      device,
      deviceName,
      world,
      sight: { unsent: sight.unsent, lastSync: sight.lastSync },
      onRevoked: () => void this.#revoked(),
      onSession: (current) => void store.setSession(current).catch(() => undefined),
    });
    const tips = new TipBox(store.sealed, tipPost, () => store.session?.bureau.id ?? null, random);
    this.#become({ at: "open", work: { store, driver, tips, device, owner, notice } });
    followNetwork(driver, tips);
    void tips.send();
    await driver.start();
    await store.pruneMine(world.now()).catch(() => undefined);
  }

  #close(): void {
    if (this.#state.at === "open") {
      this.#state.work.driver.stop();
      this.#state.work.tips.stop();
    }
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
    await eraseAll(this.#o.db, { revoked: true });
    await this.start();
  }

  /** Signs out and erases; false when something is unsent that no file holds, as a tip always is. */
  async signOut(): Promise<boolean> {
    const { db, transport } = this.#o;
    if (this.#state.at === "open") await this.#state.work.driver.releaseHeld();
    const { unsent, exported, tips } = await look(db);
    if (tips > 0 || (unsent > 0 && !exported)) return false;
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
    const entries = await store.outbox.entries();
    const queued = new Set(entries.map(({ command }) => command.id));
    // A full disk keeps work from being queued; it goes into the file all the same.
    const held = driver.heldCommands().filter(({ id }) => !queued.has(id));
    const commands = await Promise.all(
      [...entries.map(({ command }) => command), ...held].map(async (command) => ({
        command,
        hash: await hashOf(command),
      })),
    );
    const passphrase = exportCode(random(16));
    const file = await sealUnsent(
      { member: owner.memberId, device, exportedAt, commands },
      passphrase,
      random(28),
      sealing,
    );
    // Not written down when the disk is full: the phone then keeps what the file also holds.
    await db.putNote("exportedAt", exportedAt).catch(() => undefined);
    return { file, passphrase, count: commands.length };
  }
}

/** Whenever something was pulled there is a network: tips that wait go too. */
function followNetwork(driver: SyncDriver, tips: TipBox): void {
  let { lastSync } = driver.status();
  driver.subscribe(() => {
    const { lastSync: latest } = driver.status();
    if (latest === lastSync) return;
    lastSync = latest;
    void tips.send();
  });
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
