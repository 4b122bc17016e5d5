/** The library for SMPP, with types for as much of it as is used here. */
import type { EventEmitter } from "node:events";
import type { Server as NetServer } from "node:net";
// @ts-expect-error -- it brings no types of its own
import library from "smpp";

export interface Pdu {
  readonly command: string;
  readonly command_status: number;
  readonly sequence_number: number;
  readonly system_id?: string;
  readonly password?: string;
  readonly message_id?: string;
  readonly source_addr?: string;
  readonly destination_addr?: string;
  readonly esm_class?: number;
  readonly data_coding?: number;
  readonly registered_delivery?: number;
  readonly receipted_message_id?: string;
  readonly message_state?: number;
  readonly short_message?: {
    readonly udh?: readonly Buffer[];
    readonly message?: string | Buffer;
  };
  readonly message_payload?: { readonly message?: string | Buffer };
  response(fields?: Readonly<Record<string, unknown>>): Pdu;
}

type Command = (
  fields: Readonly<Record<string, unknown>>,
  answered?: (answer: Pdu) => void,
) => boolean;

export interface Session extends EventEmitter {
  readonly bind_transceiver: Command;
  readonly bind_transmitter: Command;
  readonly bind_receiver: Command;
  readonly submit_sm: Command;
  readonly deliver_sm: Command;
  readonly enquire_link: Command;
  readonly unbind: Command;
  send(pdu: Pdu): boolean;
  close(done?: () => void): void;
  destroy(done?: () => void): void;
}

interface Smpp {
  connect(options: {
    readonly host: string;
    readonly port: number;
    readonly tls: boolean;
  }): Session;
  createServer(onSession: (session: Session) => void): NetServer;
}

export const smpp = library as Smpp;
