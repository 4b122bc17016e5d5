import { implement, ORPCError } from "@orpc/server";
import { boardFile, bureauFile, insightContract } from "@wanjia/contract/insight";
import { idSchema } from "@wanjia/contract/shared";
import { INDICATORS } from "@wanjia/domain/insight/dictionary";
import { parsePeriod, periodBetween } from "@wanjia/domain/insight/periods";
import {
  isOfFew,
  mayOpenRecords,
  maySeeCard,
  maySeeFigures,
  maySeeLevel,
  maySeePeriod,
} from "@wanjia/domain/insight/policy";
import { type Period, UNITS } from "@wanjia/domain/insight/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import type { Result } from "@wanjia/domain/shared/result";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import {
  allow,
  API,
  type Context,
  orNotFound,
  orRefuse,
  type Services,
  signedIn,
  type SignedIn,
  signedInContext,
} from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { boardOf, type BoardQuery, partFor } from "./board.ts";
import { ageingOf, cardOf } from "./card.ts";
import { sendCells } from "./export.ts";
import { findCampaign } from "./read-model.ts";
import { recordList, type RecordRow, sumOfRecords } from "./records-read-model.ts";

const os = implement(insightContract).$context<Context>().use(signedIn);

export const insightRoutes = os.router({
  indicators: os.indicators.handler(({ context }) => {
    allow(maySeeFigures(context.principal.role));
    return {
      items: INDICATORS.map(({ measure: _m, beside: _b, protects: _p, ...indicator }) => ({
        ...indicator,
        unitLabel: UNITS[indicator.unit],
      })),
    };
  }),

  board: os.board.handler(({ context, input, errors }) => {
    allow(maySeeFigures(context.principal.role));
    if (!levelOffered(context, input)) throw errors["level-not-offered"]({});
    return board(context, input.id, input);
  }),

  card: os.card.handler(({ context, input, errors }) =>
    card(context, input.id, orRefuse(periodOf(input.period), errors)),
  ),

  bureauCard: os.bureauCard.handler(({ context, input, errors }) =>
    card(context, null, orRefuse(periodOf(input.period), errors)),
  ),

  ageing: os.ageing.handler(({ context, input, errors }) => {
    const { principal } = context;
    const { stationId = null, period: key } = input;
    const period = orRefuse(periodOf(key), errors);
    allowCard(principal, stationId, period);
    return figuresFor(context, (tx) => ageingOf(tx, principal, stationId, period));
  }),

  records: os.records.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    if (!mayOpenRecords(principal.role)) throw errors["records-not-open"]({});
    const part = partFor(principal, input);
    allow(part !== null);
    const period = input.campaignId === undefined ? periodOf(input.period ?? "") : null;
    const days = period === null ? null : orRefuse(period, errors);
    return context.transact(async (tx) => {
      const asked = {
        indicator: input.indicator,
        campaignId: input.campaignId ?? null,
        from: days?.from ?? null,
        to: days?.to ?? null,
        today: localDate(tx.now),
        stationIds: part?.stationIds ?? null,
        beatIds: part?.beatIds ?? null,
      };
      const list = recordList(tx, asked);
      if (list === undefined) throw errors["indicator-not-offered"]({});
      const page = await keysetPage<RecordRow>(tx, list, input);
      const own = await sumOfRecords(tx, asked);
      const sum = isOfFew(asked.indicator)
        ? await asHouse(tx, (house) => sumOfRecords(house, asked))
        : own;
      return { ...page, sum, hidden: sum - own };
    });
  }),
});

/** Files with the same figures as the screens; each row carries what makes it comparable. */
export function insightFiles(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { id: string } }>(
    `${API}/insight/campaigns/:id/export`,
    async (request, reply) => {
      const context = await signedInContext(services, request, reply);
      const { format, ...query } = asked(boardFile, {
        ...(request.query as object),
        ...request.params,
      });
      allow(levelOffered(context, query));
      const found = await board(context, query.id, query);
      return sendCells(context, format, `campaign-${found.campaign.name}`, {
        stamp: found.stamp,
        period: `${found.campaign.startsOn}/${found.campaign.endsOn}`,
        parts: [{ name: found.campaign.name, cells: found.totals }, ...found.rows],
      });
    },
  );
  const sendCard = async (
    request: FastifyRequest,
    reply: FastifyReply,
    stationId: string | null,
  ): Promise<FastifyReply> => {
    const context = await signedInContext(services, request, reply);
    const query = asked(bureauFile, request.query);
    const period = periodOf(query.period);
    allow(period.ok);
    if (!period.ok) return reply;
    const found = await card(context, stationId, period.value);
    const { name } = found.station ?? found.bureau;
    return sendCells(context, query.format, `card-${name}`, {
      stamp: found.stamp,
      period: found.period.key,
      parts: [{ name, cells: found.figures }],
    });
  };
  app.get<{ Params: { id: string } }>(`${API}/insight/stations/:id/export`, (request, reply) =>
    sendCard(request, reply, asked(idSchema, request.params.id)),
  );
  app.get(`${API}/insight/bureau/export`, (request, reply) => sendCard(request, reply, null));
}

/** What was asked for, read as the contract says; refused with what is wrong with it. */
function asked<T>(schema: z.ZodType<T>, given: unknown): T {
  const read = schema.safeParse(given);
  if (!read.success) throw new ORPCError("BAD_REQUEST", { status: 400, data: read.error });
  return read.data;
}

function levelOffered({ principal }: SignedIn, query: BoardQuery): boolean {
  if (!maySeeLevel(principal.role, query.by)) return false;
  if (query.by === "building") return query.beatId !== undefined;
  // A beat is less than its station: a row of the station would say too little.
  return query.by === "beat" || principal.scope !== "beat";
}

async function board(context: SignedIn, campaignId: string, query: BoardQuery) {
  const part = partFor(context.principal, query);
  allow(maySeeFigures(context.principal.role) && part !== null);
  return figuresFor(context, async (tx) =>
    boardOf(
      tx,
      context.principal,
      orNotFound(await findCampaign(tx, campaignId)),
      query,
      part ?? { stationIds: [], beatIds: [] },
    ),
  );
}

async function card(context: SignedIn, stationId: string | null, period: Period) {
  const { principal } = context;
  allowCard(principal, stationId, period);
  return figuresFor(context, async (tx) =>
    orNotFound(await cardOf(tx, principal, stationId, period)),
  );
}

/** A station's card, or with null the bureau's. */
function allowCard(principal: Principal, stationId: string | null, period: Period): void {
  allow(maySeeCard(principal.role) && maySeePeriod(principal.role, period.kind));
  allow(
    stationId === null
      ? principal.scope === "bureau" || principal.scope === "none"
      : partFor(principal, { stationId }) !== null,
  );
}

/**
 * An observer sees no record, and row-level security shows him none. The sums are read for him by
 * the server, within his bureau, and held back where they are small before they leave.
 */
function figuresFor<T>(context: SignedIn, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { principal, services } = context;
  return principal.scope === "none"
    ? services.database.asSystem(principal.bureauId, work)
    : context.transact(work);
}

/** A period by its key, or by its first day and the first day after it. */
function periodOf(text: string): Result<Period, "period-not-offered"> {
  const [from, to] = text.split("/");
  return from !== undefined && to !== undefined ? periodBetween(from, to) : parsePeriod(text);
}
