/** What follows from somebody's change and lies beyond his own reach. */
import type { Actor, Principal } from "./access.ts";
import type { OpenTx, Tx } from "./database.ts";
import { asking, askingOf } from "./opening.ts";
import { send, sendLater } from "./sql.ts";

/**
 * Works in the same transaction as the server itself, under its sight of the bureau: for what a change
 * makes necessary and the one who made it may not see. Whether he may make the change was decided
 * before, under his own row-level security.
 */
export function asHouse<T>(tx: Tx, work: (house: Tx) => Promise<T>): Promise<T> {
  return asActor(tx, { system: true, bureauId: tx.actor.bureauId }, work);
}

/**
 * Works in the same transaction in the caller's own name with sight of the bureau: for what stands
 * beside a record that is his though it lies in nobody's beat of his. That it is his was seen before,
 * under his own row-level security.
 */
export function acrossBureau<T>(
  tx: Tx,
  principal: Principal,
  work: (wide: Tx) => Promise<T>,
): Promise<T> {
  return asActor(tx, { ...principal, scope: "bureau" }, work);
}

async function asActor<T>(tx: Tx, actor: Actor, work: (other: Tx) => Promise<T>): Promise<T> {
  const open = tx as OpenTx;
  await sendLater(open);
  const client = open.speaking?.(actor);
  if (client === undefined) await send(open, asking(askingOf(actor)));
  const other: OpenTx = { ...open, actor, ...(client === undefined ? {} : { client }) };
  const value = await work(other);
  await sendLater(other);
  if (client === undefined) await send(open, asking(askingOf(tx.actor)));
  return value;
}
