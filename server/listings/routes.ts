import { implement, ORPCError } from "@orpc/server";
import { listingDocument, noticesOf, noticeTitle } from "@wanjia/contract/listing-documents";
import {
  type ListingDetail,
  LISTING_DOCUMENTS,
  type ListingRow,
  listingsContract,
  type PublishedListing,
} from "@wanjia/contract/listings";
import { againstOthers, isWorse, rateRatio, yearOnYear } from "@wanjia/domain/listings/comparison";
import { openCommands } from "@wanjia/domain/listings/decide";
import { mayImportCounts, mayList, mayPropose } from "@wanjia/domain/listings/policy";
import { type Comparison, LISTING_LIMITS } from "@wanjia/domain/listings/terms";
import { type Id, isId } from "@wanjia/domain/shared/id";
import { localDate, type LocalDate } from "@wanjia/domain/shared/instant";
import type { FastifyInstance } from "fastify";
import { bureauIds } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { AskingLimit } from "../platform/asking-limit.ts";
import type { Tx } from "../platform/database.ts";
import { sendDocx } from "../platform/send-docx.ts";
import {
  allow,
  API,
  type Context,
  orNotFound,
  orRefuse,
  type Services,
  signedIn,
  signedInContext,
} from "../platform/http.ts";
import { asHouse } from "../platform/on-behalf.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const open = implement(listingsContract).$context<Context>();
const os = open.use(signedIn);

/** What hangs in public may be read as often as somebody turns its pages. */
const READ_PER_MINUTE = 60;
const reading = new AskingLimit(READ_PER_MINUTE);

/** What is told of small numbers: that they are small. A change that would tell them isn't told. */
function shown(comparison: Comparison) {
  const { count, before, others: _others, ...rest } = comparison;
  const small = LISTING_LIMITS.count;
  return {
    ...rest,
    count: count < small ? null : count,
    before: before < small ? null : before,
    change: count < small || before < small ? null : yearOnYear(comparison),
    timesOthers: count < small ? null : againstOthers(comparison),
  };
}

/** As on the notice at the gate; nothing before there is an order. */
function presentPublished({ body, ...at }: readModel.PublishedFound): PublishedListing[] {
  const { id, order, deadline, comparison, causes, measures } = body;
  if (order === null || deadline === null) return [];
  return [
    {
      ...at,
      id,
      ...order,
      bodies: [...order.bodies],
      deadline,
      comparison: shown(comparison),
      causes: [...causes],
      work: measures.map(({ body: by, text, dueOn, doneOn }) => ({
        body: by,
        text,
        dueOn,
        doneOn,
      })),
    },
  ];
}

function presentRow({ body, ...found }: readModel.ListingFound): ListingRow {
  const { id, estateId, stationId, state, deadline, measures } = body;
  const done = measures.filter(({ doneOn }) => doneOn !== null).length;
  return {
    ...found,
    id,
    estateId,
    stationId,
    state,
    deadline,
    measures: { done, all: measures.length },
  };
}

async function present(tx: Tx, principal: Principal, id: Id): Promise<ListingDetail> {
  const found = orNotFound(await readModel.findListing(tx, id));
  const { body } = found;
  const { version, causes, text, order, extraMonths, test, delistedOn } = body;
  const counts =
    order === null ? undefined : await asHouse(tx, (house) => readModel.effectCounts(house, body));
  return {
    ...presentRow(found),
    version,
    comparison: shown(body.comparison),
    causes: [...causes],
    text,
    inspections: body.inspections.map((one) => ({
      ...one,
      bodies: [...one.bodies],
      causes: [...one.causes],
    })),
    order: order === null ? null : { ...order, bodies: [...order.bodies] },
    extraMonths,
    work: body.measures.map((one) => ({ ...one })),
    test,
    delistedOn,
    effect: counts === undefined ? null : rateRatio(counts),
    steps: [...openCommands(body, principal)],
    timeline: await readModel.timelineOf(tx, id),
  };
}

/** Delisted by the day, of those whose day has come (K65). */
function onTime(listings: readonly readModel.ListingFound[], today: LocalDate) {
  const due = listings.filter(
    ({ body }) => body.state === "delisted" || (body.deadline !== null && body.deadline < today),
  );
  const delisted = due.filter(
    ({ body }) => body.delistedOn !== null && body.delistedOn <= (body.deadline ?? ""),
  );
  return { delisted: delisted.length, due: due.length };
}

export const listingRoutes = open.router({
  published: open.published.handler(async ({ context, errors }) => {
    const seconds = reading.ask(context.request.ip, context.now());
    if (seconds > 0) throw errors["too-many-requests"]({ data: { params: { seconds } } });
    const { database } = context.services;
    const items: PublishedListing[] = [];
    for (const id of await database.asSystem(null, bureauIds)) {
      const found = await database.asSystem(id, readModel.publishedListings);
      items.push(...found.flatMap(presentPublished));
    }
    return { items };
  }),

  list: os.list.handler(({ context }) => {
    allow(mayList(context.principal.role));
    return context.transact(async (tx) => {
      const found = await readModel.listListings(tx);
      return { items: found.map(presentRow), onTime: onTime(found, localDate(tx.now)) };
    });
  }),

  get: os.get.handler(({ context, input }) => {
    allow(mayList(context.principal.role));
    return context.transact((tx) => present(tx, context.principal, input.id));
  }),

  estates: os.estates.handler(({ context, input }) => {
    const { role } = context.principal;
    allow(mayList(role));
    return context.transact(async (tx) => {
      const own = await readModel.newestCounts(tx, input.measure);
      const [first] = own;
      if (first === undefined) return { items: [] };
      const all = await asHouse(tx, (house) =>
        readModel.countsOf(house, input.measure, first.from, first.to),
      );
      return {
        items: own.map((one) => {
          const { estateId, estate, stationName, before, running, households } = one;
          const comparison = commands.comparisonOf(
            { ...one, before: before ?? 0 },
            all,
            input.measure,
          );
          const told = shown(orNotFound(comparison ?? undefined));
          return {
            ...told,
            ...(before === null ? { before: null, change: null } : {}),
            estateId,
            estate,
            stationName,
            proposable:
              mayPropose(role) &&
              !running &&
              before !== null &&
              comparison !== null &&
              households >= LISTING_LIMITS.households &&
              one.count >= LISTING_LIMITS.count &&
              isWorse(comparison),
          };
        }),
      };
    });
  }),

  count: os.count.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayImportCounts(principal.role));
    return context.transact(async (tx) => ({
      saved: orRefuse(await commands.keepCounts(tx, principal.memberId, input), errors),
    }));
  }),

  propose: os.propose.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayPropose(principal.role));
    return context.transact(async (tx) => {
      const proposed = await commands.proposeListing(tx, principal, input);
      return present(tx, principal, orRefuse(proposed, errors).id);
    });
  }),

  step: os.step.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayList(principal.role));
    return context.transact(async (tx) => {
      const listing = orNotFound(await commands.holdListing(tx, input.id));
      orRefuse(await commands.takeStep(tx, principal, listing, input.step, input.version), errors);
      return present(tx, principal, input.id);
    });
  }),
});

export function listingFiles(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { id: string; kind: string } }>(
    `${API}/listings/:id/papers/:kind`,
    async (request, reply) => {
      const context = await signedInContext(services, request, reply);
      const { principal } = context;
      allow(mayList(principal.role));
      const { id } = request.params;
      const kind = LISTING_DOCUMENTS.find((one) => one === request.params.kind);
      if (kind === undefined || !isId(id)) throw new ORPCError("not-found", { status: 404 });
      const detail = await context.transact(async (tx) => {
        const found = await present(tx, principal, id);
        if (!noticesOf(found).includes(kind)) throw new ORPCError("not-found", { status: 404 });
        const { body } = orNotFound(await readModel.findListing(tx, id));
        await commands.recordPaper(tx, body, kind);
        return found;
      });
      return sendDocx(reply, listingDocument(kind, detail), noticeTitle(kind));
    },
  );
}
