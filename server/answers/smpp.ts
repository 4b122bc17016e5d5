/**
 * Texts over SMPP 3.4: one connection that sends and hears, kept alive, opened again when it breaks.
 * Source: SMPP v3.4, issue 1.2: §4.1.5 (bind), §4.4 (submit), §4.6 (deliver), §5.1.3 (status),
 * appendix B (receipts).
 */
import { piecesOf } from "@wanjia/domain/answers/sms";
import type { Attempt } from "@wanjia/domain/answers/terms";
import { type Pdu, type Session, smpp } from "./smpp-library.ts";
import type { Outgoing } from "./commands.ts";
import type { Gateway, News } from "./gateway.ts";

export interface SmppSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: string;
  /** The number or name that texts come from; empty where the centre puts its own. */
  readonly sender: string;
  /** Milliseconds; shorter in tests. */
  /** One half only, for trials with a centre that hears the two apart. */
  readonly bind?: "transceiver" | "transmitter" | "receiver";
  readonly patience?: Partial<Patience>;
  readonly log?: (what: string) => void;
}

interface Patience {
  /** For an answer. */
  readonly answer: number;
  readonly betweenLinks: number;
  readonly reconnectFirst: number;
  readonly reconnectMost: number;
  /** Before a piece is offered again to a centre that is busy. */
  readonly busy: number;
}

const PATIENCE: Patience = {
  answer: 30_000,
  betweenLinks: 30_000,
  reconnectFirst: 1000,
  reconnectMost: 60_000,
  busy: 1000,
};
/** A later piece of a message is offered this often; the first one waits its turn in the outbox. */
const BUSY_TRIES = 10;

const OK = 0;
const NOT_NOW = 0x64; // ESME_RX_T_APPN
/** Not taken, and perhaps taken later: system error, queue full, throttled, receiver's temporary error. */
const LATER: readonly number[] = [0x08, 0x14, 0x58, NOT_NOW];

const UCS2 = 8;
const UDH = 0x40;
const RECEIPT = 0x04;
const MESSAGE_TYPE = 0x3c;
const DELIVERED = 2;
/** Expired, deleted, undeliverable, rejected. */
const NOT_DELIVERED: readonly number[] = [3, 4, 5, 8];
const STATES: Readonly<Record<string, number>> = {
  DELIVRD: DELIVERED,
  EXPIRED: 3,
  DELETED: 4,
  UNDELIV: 5,
  REJECTD: 8,
};

export class SmppGateway implements Gateway {
  /** The centre has no name for what it was given and did not answer: nobody can ask it. */
  readonly lost: Attempt = { kind: "unknown" };
  readonly #settings: SmppSettings;
  readonly #patience: Patience;
  readonly #news: News;
  #session: Session | null = null;
  #bound = false;
  #closed = false;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #series = Math.floor(Math.random() * 256);
  /** Answers that somebody waits for: a connection that breaks gives them up. */
  readonly #waiting = new Set<() => void>();

  constructor(settings: SmppSettings, news: News) {
    this.#settings = settings;
    this.#patience = { ...PATIENCE, ...settings.patience };
    this.#news = news;
    this.#connect();
  }

  ready(): boolean {
    return this.#bound;
  }

  async send({ to, text }: Outgoing): Promise<Attempt> {
    const pieces = piecesOf(text);
    const series = (this.#series = (this.#series + 1) % 256);
    const references: string[] = [];
    for (const [index, piece] of pieces.entries()) {
      const header =
        pieces.length === 1 ? null : Buffer.from([5, 0, 3, series, pieces.length, index + 1]);
      const answer = await this.#submit(to, piece, header, index === 0 ? 1 : BUSY_TRIES);
      if (answer === "never sent") return { kind: index === 0 ? "later" : "unknown" };
      if (answer === null) return { kind: "unknown" };
      const { command_status: status, message_id: reference } = answer;
      if (status !== OK) {
        // Of a message of which something has gone out, nobody knows what the phone shows.
        if (index > 0) return { kind: "unknown" };
        return { kind: LATER.includes(status) ? "later" : "refused" };
      }
      // A centre that gives no name sends no receipts that could be told apart.
      if (reference !== undefined && reference !== "") references.push(reference);
    }
    return { kind: "accepted", references };
  }

  async #submit(to: string, piece: string, header: Buffer | null, tries: number) {
    const words = Buffer.from(piece, "utf16le").swap16();
    const { sender } = this.#settings;
    for (let left = tries; ; left -= 1) {
      const answer = await this.#ask("submit_sm", {
        source_addr: sender,
        // Letters make a name of it (TON 5), digits a number of this country's network.
        source_addr_ton: /^\d*$/.test(sender) ? 0 : 5,
        source_addr_npi: /^\d*$/.test(sender) ? 1 : 0,
        destination_addr: to,
        dest_addr_npi: 1,
        data_coding: UCS2,
        esm_class: header === null ? 0 : UDH,
        registered_delivery: 1,
        short_message: header === null ? words : Buffer.concat([header, words]),
      });
      const busy =
        answer !== null && answer !== "never sent" && LATER.includes(answer.command_status);
      if (!busy || left === 1) return answer;
      await new Promise((resolve) => setTimeout(resolve, this.#patience.busy));
    }
  }

  /** Null when no answer came in time, or the connection broke before it. */
  async #ask(
    command: "submit_sm" | "enquire_link" | `bind_${NonNullable<SmppSettings["bind"]>}` | "unbind",
    fields: Readonly<Record<string, unknown>>,
  ): Promise<Pdu | null | "never sent"> {
    const session = this.#session;
    if (session === null) return "never sent";
    return new Promise((resolve) => {
      const done = (answer: Pdu | null | "never sent") => {
        clearTimeout(timer);
        this.#waiting.delete(giveUp);
        resolve(answer);
      };
      const giveUp = () => done(null);
      const timer = setTimeout(giveUp, this.#patience.answer);
      this.#waiting.add(giveUp);
      if (!session[command](fields, done)) done("never sent");
    });
  }

  #connect(): void {
    const { host, port, tls } = this.#settings;
    const session = smpp.connect({ host, port, tls });
    this.#session = session;
    session.on(tls ? "secureConnect" : "connect", () => void this.#bind(session));
    session.on("deliver_sm", (pdu: Pdu) => void this.#hear(session, pdu));
    session.on("enquire_link", (pdu: Pdu) => session.send(pdu.response()));
    session.on("unbind", (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    // What broke shows in the close that follows; a PDU nobody can read ends the connection.
    session.on("error", () => session.destroy());
    session.on("close", () => this.#broken(session));
  }

  async #bind(session: Session): Promise<void> {
    const { systemId, password } = this.#settings;
    const { bind = "transceiver" } = this.#settings;
    const answer = await this.#ask(`bind_${bind}`, {
      system_id: systemId,
      password,
      interface_version: 0x34,
    });
    if (answer === null || answer === "never sent" || answer.command_status !== OK) {
      const status = typeof answer === "object" ? answer?.command_status : undefined;
      this.#log(`the text centre refused us${status === undefined ? "" : ` (${status})`}`);
      return session.destroy();
    }
    this.#bound = true;
    this.#failures = 0;
    this.#log("connected to the text centre");
    this.#keepAlive(session);
  }

  #keepAlive(session: Session): void {
    this.#timer = setTimeout(() => {
      void this.#ask("enquire_link", {}).then((answer) => {
        if (this.#session !== session || this.#closed) return;
        if (answer === null || answer === "never sent") session.destroy();
        else this.#keepAlive(session);
      });
    }, this.#patience.betweenLinks).unref();
  }

  #broken(session: Session): void {
    if (this.#session !== session) return;
    this.#session = null;
    if (this.#bound) this.#log("the connection to the text centre broke");
    this.#bound = false;
    clearTimeout(this.#timer);
    for (const giveUp of this.#waiting) giveUp();
    if (this.#closed) return;
    const { reconnectFirst, reconnectMost } = this.#patience;
    const wait = Math.min(reconnectMost, reconnectFirst * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(), wait).unref();
  }

  /** What isn't kept isn't confirmed: the centre brings it again. */
  async #hear(session: Session, pdu: Pdu): Promise<void> {
    let status = OK;
    try {
      await this.#take(pdu);
    } catch {
      status = NOT_NOW;
    }
    session.send(pdu.response({ command_status: status }));
  }

  async #take(pdu: Pdu): Promise<void> {
    const words = (pdu.short_message?.message ?? "").toString() || payloadOf(pdu);
    if (((pdu.esm_class ?? 0) & MESSAGE_TYPE) === RECEIPT) {
      const reference = pdu.receipted_message_id ?? /\bid:(\S+)/.exec(words)?.[1];
      const state = pdu.message_state ?? STATES[/\bstat:(\w+)/.exec(words)?.[1] ?? ""] ?? 0;
      const over = state === DELIVERED || NOT_DELIVERED.includes(state);
      if (reference !== undefined && over) await this.#news.receipt(reference, state === DELIVERED);
      return;
    }
    if (pdu.source_addr !== undefined) await this.#news.reply(pdu.source_addr, words);
  }

  #log(what: string): void {
    this.#settings.log?.(what);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const session = this.#session;
    if (session === null) return;
    if (this.#bound) await this.#ask("unbind", {});
    await new Promise<void>((resolve) => {
      if (this.#session === null) return resolve();
      session.on("close", () => resolve());
      session.destroy();
    });
  }
}

function payloadOf(pdu: Pdu): string {
  return (pdu.message_payload?.message ?? "").toString();
}

/** `smpp://name:password@host:2775`, `ssmpp://…` over TLS. */
export function smppSettings(url: string, sender: string): SmppSettings {
  const { protocol, hostname, port, username, password } = new URL(url);
  const tls = protocol === "ssmpp:";
  if (!tls && protocol !== "smpp:") {
    throw new Error("WANJIA_SMPP_URL has to begin with smpp:// or ssmpp://.");
  }
  return {
    host: hostname,
    port: port === "" ? (tls ? 3550 : 2775) : Number(port),
    tls,
    systemId: decodeURIComponent(username),
    password: decodeURIComponent(password),
    sender,
  };
}
