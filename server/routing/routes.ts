import { implement } from "@orpc/server";
import {
  routingContract,
  type RoutingRuleRow,
  type RoutingSuggestion,
  type RoutingTableRow,
  type RoutingTargetRow,
} from "@wanjia/contract/routing";
import { mayReceive } from "@wanjia/domain/matters/referral";
import { mayEditRouting, mayReadRouting } from "@wanjia/domain/routing/policy";
import { ruleFor } from "@wanjia/domain/routing/rules";
import type { RoutingTarget } from "@wanjia/domain/routing/terms";
import { amongOwn } from "../matters/read-model.ts";
import { partnerById } from "../organisation/read-model.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const os = implement(routingContract).$context<Context>().use(signedIn);

/** A target as it came in: the station has no id, the others have one. */
function targetOf({ to, id }: { to: RoutingTarget["to"]; id: string | null }): RoutingTarget {
  return to === "station" ? { to, id: null } : { to, id: id ?? "" };
}

export const routingRoutes = os.router({
  tables: os.tables.handler(({ context }) => {
    allow(mayReadRouting(context.principal.role));
    return context.transact(async (tx) => ({
      on: await readModel.tableOn(tx),
      draft: await readModel.draftTable(tx),
      before: await readModel.tablesBefore(tx),
      units: await readModel.unitsOf(tx),
    }));
  }),

  saveRule: os.saveRule.handler(({ context, input, errors }) => {
    allow(mayEditRouting(context.principal.role));
    return context.transact(async (tx) =>
      orRefuse(await commands.saveRule(tx, { ...input, target: targetOf(input.target) }), errors),
    );
  }),

  removeRule: os.removeRule.handler(({ context, input, errors }) => {
    allow(mayEditRouting(context.principal.role));
    return context.transact(async (tx) =>
      orRefuse(await commands.removeRule(tx, input.number), errors),
    );
  }),

  discard: os.discard.handler(({ context, errors }) => {
    allow(mayEditRouting(context.principal.role));
    return context.transact(async (tx) => {
      orRefuse(await commands.discardDraft(tx), errors);
      return { done: true as const };
    });
  }),

  tryOut: os.tryOut.handler(({ context, errors }) => {
    allow(mayEditRouting(context.principal.role));
    return context.transact(async (tx) => {
      const { tried, tally } = orRefuse(await commands.tryDraft(tx), errors);
      const draft = orNotFound((await readModel.draftTable(tx)) ?? undefined);
      return { tally, rows: tried.map((one) => presentTried(one, draft)) };
    });
  }),

  switchOn: os.switchOn.handler(({ context, errors }) => {
    allow(mayEditRouting(context.principal.role));
    return context.transact(async (tx) => orRefuse(await commands.switchOn(tx), errors));
  }),

  suggest: os.suggest.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayReadRouting(principal.role));
    return context.transact((tx) =>
      amongOwn(tx, principal, async (seeing, ids) => {
        orNotFound(ids === undefined ? input.id : ids.find((own) => own === input.id));
        return suggestionFor(tx, orNotFound(await readModel.matterToRoute(seeing, input.id)));
      }),
    );
  }),
});

type Tried = commands.Tried["tried"][number];

function presentTried({ matter, rule, verdict }: Tried, draft: RoutingTableRow) {
  const { id, number, kind, subtype, grade, place, went, wentName } = matter;
  const would = rowOf(draft, rule?.number)?.target ?? null;
  const where: RoutingTargetRow | null =
    went === null ? null : { ...went, name: wentName, gone: false };
  const what = { id, number, kind, subtype, grade, place };
  return { ...what, verdict, rule: rule?.number ?? null, would, went: where };
}

function rowOf(table: RoutingTableRow, number: number | undefined): RoutingRuleRow | undefined {
  return table.rules.find((one) => one.number === number);
}

async function suggestionFor(tx: Tx, matter: readModel.MatterToRoute): Promise<RoutingSuggestion> {
  const on = await readModel.tableOn(tx);
  if (on === null) return { version: null, rule: null, obstacle: null };
  const found = ruleFor(on.rules.map(readModel.ruleOf), matter);
  const rule = rowOf(on, found?.number);
  if (rule === undefined) return { version: on.version, rule: null, obstacle: null };
  return { version: on.version, rule, obstacle: await obstacleTo(tx, rule.target, matter) };
}

async function obstacleTo(
  tx: Tx,
  { to, id, gone }: RoutingTargetRow,
  matter: readModel.MatterToRoute,
): Promise<RoutingSuggestion["obstacle"]> {
  if (gone) return "gone";
  const { responsibleId, assigneeId, partnerId } = matter;
  if (id !== null && [responsibleId, assigneeId, partnerId].includes(id)) return "already_there";
  if (to !== "partner" || id === null) return null;
  const body = await partnerById(tx, id);
  return body !== undefined && mayReceive(matter, body.kind) ? null : "may_not_receive";
}
