/** A referral for a body without an account: whoever holds the link accepts, returns or answers. */
import { bodyStepSchema } from "@wanjia/contract/referrals";
import type { Id } from "@wanjia/domain/shared/id";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { bureauIds } from "../organisation/read-model.ts";
import { AskingLimit } from "../platform/asking-limit.ts";
import { sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { KEYED_PAGES, type Services } from "../platform/http.ts";
import { localeOf, sentence } from "../platform/messages.ts";
import { readForms, showPage } from "../platform/page.ts";
import { type ReferralOfBody, referralById, referralByLink } from "../referrals/read-model.ts";
import { stepOfBody } from "./bodies.ts";
import { gonePage, referralPage } from "./body-page.ts";

/** A minute's pages for one address; 192 bits are not guessed at any speed. */
const asking = new AskingLimit(30);

interface Params {
  readonly secret: string;
}

export function bodyPages(app: FastifyInstance, services: Services): void {
  const { database, clock } = services;
  const open = async <T>(secret: string, work: (tx: Tx, one: ReferralOfBody) => Promise<T>) => {
    const hash = sha256(secret);
    for (const bureauId of await database.asSystem(null, bureauIds)) {
      const answer = await database.asSystem(bureauId, async (tx) => {
        const found = await referralByLink(tx, hash);
        return found === undefined ? undefined : { value: await work(tx, found) };
      });
      if (answer !== undefined) return answer.value;
    }
    return undefined;
  };
  const admitted = (request: FastifyRequest, reply: FastifyReply): boolean => {
    const seconds = asking.ask(request.ip, clock.now());
    if (seconds > 0) reply.header("retry-after", seconds);
    return seconds === 0;
  };
  void app.register(async (pages) => {
    readForms(pages);
    pages.get<{ Params: Params }>(`${KEYED_PAGES}:secret`, async (request, reply) => {
      const locale = localeOf(request.headers["accept-language"]);
      if (!admitted(request, reply)) return showPage(reply, 429, gonePage(locale, true));
      const found = await open(request.params.secret, async (_tx, one) => one);
      if (found !== undefined) return showPage(reply, 200, referralPage(locale, found, {}));
      return showPage(reply, 404, gonePage(locale, false));
    });
    pages.post<{ Params: Params }>(`${KEYED_PAGES}:secret`, async (request, reply) => {
      const locale = localeOf(request.headers["accept-language"]);
      if (!admitted(request, reply)) return showPage(reply, 429, gonePage(locale, true));
      const given = Object.entries(request.body ?? {}).filter(([, value]) => value !== "");
      const order = bodyStepSchema.safeParse(Object.fromEntries(given));
      const after = await open(request.params.secret, async (tx, one) => {
        if (!order.success) return { one, last: { refusal: sentence(locale, "text-missing") } };
        const taken = await stepOfBody(tx, one, one.partnerId, order.data);
        const now = (await referralById(tx, one.id as Id)) ?? one;
        return taken.ok
          ? { one: now, last: { done: true } }
          : {
              one: now,
              last: { refusal: sentence(locale, taken.refusal.code, taken.refusal.params) },
            };
      });
      if (after === undefined) return showPage(reply, 404, gonePage(locale, false));
      const status = "refusal" in after.last ? 422 : 200;
      return showPage(reply, status, referralPage(locale, after.one, after.last));
    });
  });
}
