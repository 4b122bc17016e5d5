/** Carries what is due to the gateway, and home what came of it. */
import { setTimeout } from "node:timers/promises";
import type { Id } from "@wanjia/domain/shared/id";
import { bureauIds } from "../organisation/read-model.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { settle, settleLost, takeDue, takeReceipt, takeReply } from "./commands.ts";
import { type Gateway, gatewayOf, type News } from "./gateway.ts";
import { WebhookGateway, type WebhookSettings } from "./webhook.ts";

export interface Messenger {
  /** Sends what is due now; resolves when the gateway has answered for all of it. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

const EVERY_MS = 2000;
/** A receipt waits this long for its message to be written down. */
const SETTLING_MS = 5000;

function everyBureau(database: Database): Promise<Id[]> {
  return database.asSystem(null, bureauIds);
}

/** Keeps receipts and replies, whichever bureau's they are. */
export function newsFor(database: Database, settled: () => Promise<unknown>): News {
  return {
    async receipt(reference, arrived) {
      const take = async (): Promise<boolean> => {
        for (const bureauId of await everyBureau(database)) {
          const ours = await database.asSystem(bureauId, (tx) =>
            takeReceipt(tx, reference, arrived),
          );
          if (ours) return true;
        }
        return false;
      };
      if (await take()) return;
      // A fast network confirms before we have written down that we sent it.
      await Promise.race([settled(), setTimeout(SETTLING_MS, null, { ref: false })]);
      await take();
    },
    async reply(from, text) {
      for (const bureauId of await everyBureau(database)) {
        await database.asSystem(bureauId, (tx) => takeReply(tx, from, text));
      }
    },
  };
}

/** A messenger over a gateway; it makes its rounds by itself where somebody hears of what fails. */
export function messengerOver(
  database: Database,
  open: (news: News) => Gateway,
  onFault: ((error: unknown) => void) | null,
): Messenger {
  let running: Promise<void> = Promise.resolve();
  const gateway = open(newsFor(database, () => running));
  async function work(): Promise<void> {
    for (const bureauId of await everyBureau(database)) {
      await database.asSystem(bureauId, (tx) => settleLost(tx, gateway.lost));
      while (gateway.ready()) {
        const due = await database.asSystem(bureauId, takeDue);
        if (due.length === 0) break;
        await Promise.all(
          due.map(async (message) => {
            const attempt = await gateway.send(message);
            await database.asSystem(bureauId, (tx) => settle(tx, message.id, attempt));
          }),
        );
      }
    }
  }
  const round = (): Promise<void> => {
    const next = running.then(work);
    running = next.catch(() => {});
    return next;
  };
  let busy = false;
  const timer =
    onFault === null
      ? undefined
      : setInterval(() => {
          if (busy) return;
          busy = true;
          round()
            .catch(onFault)
            .finally(() => (busy = false));
        }, EVERY_MS);
  return {
    round,
    async stop() {
      clearInterval(timer);
      await running;
      await gateway.close();
    },
  };
}

export function webhookSettings(environment: NodeJS.ProcessEnv): WebhookSettings | null {
  if (gatewayOf(environment) !== "webhook") return null;
  const secret = environment["WANJIA_SMS_WEBHOOK_SECRET"] ?? "";
  if (secret.length < 32) {
    throw new Error("WANJIA_SMS_WEBHOOK_SECRET must have at least 32 characters.");
  }
  return { url: environment["WANJIA_SMS_WEBHOOK"] ?? "", secret };
}

/** The messenger that the environment asks for; null where texts are sent by hand. */
export async function startMessenger(
  database: Database,
  clock: Clock,
  environment: NodeJS.ProcessEnv,
  log: { info(what: string): void; error(what: object, words: string): void },
): Promise<Messenger | null> {
  const way = gatewayOf(environment);
  if (way === "none") return null;
  const webhook = webhookSettings(environment);
  const onFault = (error: unknown): void => log.error({ err: error }, "messages failed");
  if (webhook !== null)
    return messengerOver(database, () => new WebhookGateway(webhook, () => clock.now()), onFault);
  // Loaded where it is used: most servers speak to no centre.
  const { SmppGateway, smppSettings } = await import("./smpp.ts");
  const sender = environment["WANJIA_SMPP_SENDER"] ?? "";
  const settings = {
    ...smppSettings(environment["WANJIA_SMPP_URL"] ?? "", sender),
    log: (what: string) => log.info(what),
  };
  return messengerOver(database, (news) => new SmppGateway(settings, news), onFault);
}
