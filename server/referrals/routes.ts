import { implement } from "@orpc/server";
import { type ReferralRow, referralsContract } from "@wanjia/contract/referrals";
import { mayMakeLink } from "@wanjia/domain/matters/policy";
import type { Principal } from "../platform/access.ts";
import {
  allow,
  type Context,
  KEYED_PAGES,
  orNotFound,
  orRefuse,
  signedIn,
} from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import { endLink, makeLink } from "./commands.ts";
import { presentReferral, referralById, referralList } from "./read-model.ts";

const os = implement(referralsContract).$context<Context>().use(signedIn);

/** The body a session answers for; who answers for none has no referrals. */
function bodyOf({ role, partnerId }: Principal): string {
  allow(role === "partner" && partnerId !== undefined);
  return partnerId ?? "";
}

export const referralRoutes = {
  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    const list = referralList(principal.bureauId, bodyOf(principal), input.progress, context.now());
    return context.transact((tx) => keysetPage<ReferralRow>(tx, list, input));
  }),

  get: os.get.handler(({ context, input }) => {
    bodyOf(context.principal);
    return context.transact(async (tx) =>
      presentReferral(orNotFound(await referralById(tx, input.id))),
    );
  }),

  link: os.link.handler(({ context, input, errors }) => {
    allow(mayMakeLink(context.principal.role));
    return context.transact(async (tx) => {
      orNotFound(await referralById(tx, input.id));
      const { secret, until } = orRefuse(await makeLink(tx, input.id), errors);
      return { path: `${KEYED_PAGES}${secret}`, until };
    });
  }),

  revokeLink: os.revokeLink.handler(({ context, input }) => {
    allow(mayMakeLink(context.principal.role));
    return context.transact(async (tx) => {
      orNotFound(await referralById(tx, input.id));
      await endLink(tx, input.id);
      return { done: true as const };
    });
  }),
};
