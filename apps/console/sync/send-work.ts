import type { Instant } from "@wanjia/domain/shared/instant";
import type { UnsentWork } from "@wanjia/sync/export";
import { PROTOCOL, type Command } from "@wanjia/sync/protocol";
import { client } from "../shell/api.ts";
import { addAnswers, batchesOf, nothingSent, type Sent } from "./view-model.ts";

export type { Sent };

/** Sends the commands as the phone would have, in its order; says after each batch how far it is. */
export async function sendWork(
  work: UnsentWork,
  now: Instant,
  progress: (sent: Sent) => void,
): Promise<void> {
  let sent = nothingSent;
  const commands: readonly Command[] = work.commands.map(({ command }) => command);
  for (const batch of batchesOf(commands)) {
    const reply = await client.sync.import({
      protocol: PROTOCOL,
      member: work.member,
      device: work.device,
      deviceNow: now,
      commands: [...batch],
    });
    sent = addAnswers(sent, batch, reply.answers);
    progress(sent);
  }
}
