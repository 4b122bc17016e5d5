/** How every transaction begins. */
import type { Duplex } from "node:stream";
import pg from "pg";
import { type Actor, isSystem } from "./access.ts";

/** What is sent in one turn goes out together: every packet wakes the database up. */
export function inOnePacket(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** A session that says one thing at a time: what is asked before the last answer waits for it. */
export function inTurn(client: pg.ClientBase): pg.ClientBase {
  let last: Promise<unknown> = Promise.resolve();
  const query = (words: string | pg.QueryConfig, values?: unknown[]): Promise<unknown> => {
    const answer = last.then(() => client.query(words, values));
    last = answer.catch(() => {});
    return answer;
  };
  return { query } as unknown as pg.ClientBase;
}

/**
 * How statements are planned: each for its values, or, where they find everything by its key, once
 * for all and never by reading a table through.
 */
export type Planning = "each" | "by-key";

const BY_KEY = "set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off;";

/** Begins, and steps down to the role that row-level security binds. */
export function beginning(planning: Planning): string {
  return `begin; set local role wanjia_app; ${planning === "by-key" ? BY_KEY : ""}`;
}

/** What row-level security goes by: who asks, and how far he sees. */
export type Asking = Readonly<Record<string, string>>;

export function askingOf(actor: Actor): Asking {
  return isSystem(actor)
    ? {
        bureau: actor.bureauId ?? "",
        role: "system",
        scope: actor.bureauId === null ? "none" : "bureau",
        member: "",
        stations: "",
        beats: "",
        partner_bureau: "",
        partner: "",
      }
    : {
        // Without a bureau every table is shut; a partner sees the one that names his body.
        bureau: actor.role === "partner" ? "" : actor.bureauId,
        role: actor.role,
        scope: actor.scope,
        member: actor.memberId,
        stations: actor.stationIds.join(","),
        beats: actor.beatIds.join(","),
        partner_bureau: actor.role === "partner" ? actor.bureauId : "",
        partner: actor.partnerId ?? "",
      };
}

/**
 * Says who asks, for the rest of the transaction or until it is said anew: all of it, or what
 * differs from who asked `before`. Empty when nothing does.
 */
export function asking(who: Asking, before: Asking = {}): string {
  return Object.entries(who)
    .filter(([name, value]) => value !== before[name])
    .map(([name, value]) => `set local app.${name} = ${pg.escapeLiteral(value)};`)
    .join(" ");
}
