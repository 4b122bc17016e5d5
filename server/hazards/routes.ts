import { implement } from "@orpc/server";
import { hazardsContract } from "@wanjia/contract/hazards";
import { mayList, seesOnlyOwn } from "@wanjia/domain/matters/policy";
import { allow, type Context, signedIn } from "../platform/http.ts";
import * as readModel from "./read-model.ts";

const os = implement(hazardsContract).$context<Context>().use(signedIn);

export const hazardRoutes = os.router({
  lots: os.lots.handler(({ context }) => {
    const { role } = context.principal;
    allow(mayList(role) && !seesOnlyOwn(role));
    return context.transact(async (tx) => ({ items: await readModel.lastLots(tx) }));
  }),
});
