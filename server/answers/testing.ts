/** A text centre to try a gateway against: the library's own server, told by a test what to do. */
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { type Pdu, type Session, smpp } from "./smpp-library.ts";

/** What a centre does with a piece: its name for it, a status that refuses it, silence, or a cut line. */
export type Answer = { readonly name: string } | { readonly status: number } | "silence" | "cut";

export class Centre {
  readonly submitted: Pdu[] = [];
  binds = 0;
  /** Status for the next bindings; empty takes them. */
  readonly refusals: number[] = [];
  answer: (pdu: Pdu) => Answer = () => ({ name: `n${this.submitted.length}` });
  #session: Session | null = null;
  readonly #server = smpp.createServer((session) => {
    session.on("error", () => session.destroy());
    session.on("bind_transceiver", (pdu: Pdu) => {
      this.binds += 1;
      const status = this.refusals.shift() ?? 0;
      session.send(pdu.response({ command_status: status }));
      if (status === 0) this.#session = session;
    });
    session.on("enquire_link", (pdu: Pdu) => session.send(pdu.response()));
    session.on("unbind", (pdu: Pdu) => session.send(pdu.response()));
    session.on("submit_sm", (pdu: Pdu) => {
      this.submitted.push(pdu);
      const answer = this.answer(pdu);
      if (answer === "silence") return;
      if (answer === "cut") return session.destroy();
      const fields =
        "name" in answer ? { message_id: answer.name } : { command_status: answer.status };
      session.send(pdu.response(fields));
    });
  });

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Brings something to whoever is connected; resolves with the status of the answer. */
  deliver(fields: Readonly<Record<string, unknown>>): Promise<number> {
    return new Promise((resolve) => {
      this.#session?.deliver_sm(fields, (answer) => resolve(answer.command_status));
    });
  }

  cut(): void {
    this.#session?.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Waits for a state, however slow the machine is. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await holds()); await setTimeout(10)) {
    if (Date.now() > end) throw new Error("waited for nothing");
  }
}
