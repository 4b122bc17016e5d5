/** What follows from somebody's change and lies beyond his own reach. */
import type { OpenTx, Tx } from "./database.ts";
import { asking } from "./opening.ts";
import { send, sendLater } from "./sql.ts";

/**
 * Works in the same transaction as the server itself, under its sight of the bureau: for what a change
 * makes necessary and the one who made it may not see. Whether he may make the change was decided
 * before, under his own row-level security.
 */
export async function asHouse<T>(tx: Tx, work: (house: Tx) => Promise<T>): Promise<T> {
  const open = tx as OpenTx;
  const house: OpenTx = { ...open, actor: { system: true, bureauId: tx.actor.bureauId } };
  await sendLater(open);
  await send(open, asking(house.actor));
  const value = await work(house);
  await sendLater(house);
  await send(open, asking(tx.actor));
  return value;
}
