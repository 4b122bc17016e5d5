import { implement, ORPCError } from "@orpc/server";
import {
  type MeetingDetail,
  propertyContract,
  type PropertyDetail,
  type PropertyFilter,
  type PropertyRow,
} from "@wanjia/contract/property";
import { returnSheet, SHEET_TITLE } from "@wanjia/contract/property-documents";
import { monthsLeft, openCommands } from "@wanjia/domain/property/decide";
import { bandOf } from "@wanjia/domain/property/import";
import { placesIn } from "@wanjia/domain/property/meetings";
import { mayArrange, mayList } from "@wanjia/domain/property/policy";
import { type Id, isId } from "@wanjia/domain/shared/id";
import type { FastifyInstance } from "fastify";
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
  signedInContext,
} from "../platform/http.ts";
import { sendDocx } from "../platform/send-docx.ts";
import { keysetPage } from "../platform/list.ts";
import { problem } from "../platform/problem.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const os = implement(propertyContract).$context<Context>().use(signedIn);

/** The value itself is for the figures; a screen shows its band. */
function banded<T extends { valueYuan: number }>({ valueYuan, ...row }: T) {
  return { ...row, band: bandOf(valueYuan) };
}

async function present(tx: Tx, principal: Principal, id: Id): Promise<PropertyDetail> {
  const found = orNotFound(await readModel.findItem(tx, id));
  const { body, phoneMasked, salutation, ...row } = banded(found);
  const steps = [...openCommands(body, principal, tx.now)];
  return {
    ...row,
    version: body.version,
    approvedOn: body.approvedOn,
    toldOn: body.toldOn,
    tried: body.tried,
    extraMonths: body.extraMonths,
    monthsLeft: monthsLeft(body),
    term: body.term,
    meetingId: body.appointment?.meetingId ?? null,
    returnedOn: body.returnedOn,
    receiver: body.handOver?.receiver ?? null,
    paperNo: body.handOver?.listNo ?? body.receiptNo,
    withdrawal: body.withdrawal,
    contact: salutation === null ? null : { phone: phoneMasked, salutation },
    officers: steps.includes("hand_over") ? await commands.officersAt(tx, body.stationId) : [],
    steps,
    timeline: await readModel.timelineOf(tx, id),
  };
}

async function presentMeeting(tx: Tx, principal: Principal, id: Id): Promise<MeetingDetail> {
  const meeting = orNotFound(await readModel.findMeeting(tx, id));
  const items = await readModel.itemsOfMeeting(tx, id);
  const open = !meeting.cancelled && meeting.from > tx.now;
  return {
    ...meeting,
    mayCancel: open && mayArrange(principal.role),
    slots: placesIn(meeting).map((at) => ({
      at,
      items: items.filter((item) => item.at === at).map(({ at: _at, ...item }) => item),
    })),
  };
}

export const propertyRoutes = os.router({
  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayList(principal.role));
    const filter: PropertyFilter = input;
    return context.transact(async (tx) => {
      const page = await keysetPage<readModel.PropertyListRow>(
        tx,
        readModel.propertyList(principal, filter, context.now()),
        input,
      );
      return { ...page, items: page.items.map((row): PropertyRow => banded(row)) };
    });
  }),

  get: os.get.handler(({ context, input }) => {
    allow(mayList(context.principal.role));
    return context.transact((tx) => present(tx, context.principal, input.id));
  }),

  step: os.step.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayList(principal.role));
    return context.transact(async (tx) => {
      const item = orNotFound(await commands.holdItem(tx, input.id));
      orRefuse(await commands.takeStep(tx, principal, item, input.step, input.version), errors);
      return present(tx, principal, input.id);
    });
  }),

  reveal: os.reveal.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    allow(mayList(principal.role));
    const revealed = await context.transact(async (tx) => {
      const { body } = orNotFound(await readModel.findItem(tx, input.id));
      return orNotFound(await commands.revealOwner(tx, principal, body, input.purpose));
    });
    // Outside of the transaction: that it was refused is kept too.
    return orRefuse(revealed, errors);
  }),

  figures: os.figures.handler(({ context, input }) => {
    allow(mayList(context.principal.role));
    return context.transact(async (tx) => {
      const { byClass, meetings, medianDays, lapsed } = await readModel.figuresOf(
        tx,
        input.from,
        input.to,
      );
      const sum = (of: "items" | "valueYuan") => byClass.reduce((all, one) => all + one[of], 0);
      const items = sum("items");
      return {
        returned: { items, valueYuan: sum("valueYuan"), meetings },
        byClass,
        medianDays,
        unclaimed: { items: lapsed, of: items + lapsed },
      };
    });
  }),

  meetings: os.meetings.handler(({ context, input }) => {
    allow(mayList(context.principal.role));
    return context.transact((tx) =>
      keysetPage(tx, readModel.meetingList(context.principal), input),
    );
  }),

  meeting: os.meeting.handler(({ context, input }) => {
    allow(mayList(context.principal.role));
    return context.transact((tx) => presentMeeting(tx, context.principal, input.id));
  }),

  arrange: os.arrange.handler(({ context, input, errors }) => {
    const { principal } = context;
    return context.transact(async (tx) => {
      const id = orRefuse(await commands.arrangeMeeting(tx, principal, input), errors);
      return presentMeeting(tx, principal, id);
    });
  }),

  callOff: os.callOff.handler(({ context, input, errors }) => {
    const { principal } = context;
    return context.transact(async (tx) => {
      orRefuse(orNotFound(await commands.callOffMeeting(tx, principal, input.id)), errors);
      return presentMeeting(tx, principal, input.id);
    });
  }),
});

// -- the list -------------------------------------------------------------------------------------

export function propertyFiles(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { id: string } }>(
    `${API}/return-meetings/:id/sheet`,
    async (request, reply) => {
      const context = await signedInContext(services, request, reply);
      const { principal } = context;
      allow(mayList(principal.role));
      const { id } = request.params;
      if (!isId(id)) throw new ORPCError("not-found", { status: 404 });
      const sheet = await context.transact(async (tx) => {
        const meeting = await presentMeeting(tx, principal, id);
        await commands.recordSheet(tx, meeting);
        return meeting;
      });
      return sendDocx(reply, returnSheet(sheet), SHEET_TITLE);
    },
  );
  app.register(async (scope) => {
    // A list is read as it comes, whatever its sender calls it.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    scope.post<{ Querystring: { stationId?: string } }>(
      `${API}/property/imports`,
      async (request, reply) => {
        const context = await signedInContext(services, request, reply);
        allow(mayArrange(context.principal.role));
        const { stationId } = request.query;
        if (stationId === undefined || !isId(stationId)) {
          throw new ORPCError("not-found", { status: 404 });
        }
        const body = request.body as AsyncIterable<Uint8Array> | undefined;
        const done = await commands.importList(
          (work) => context.transact(work),
          context.principal,
          {
            stationId,
            now: context.now(),
            body: body ?? nothing(),
          },
        );
        if (done.ok) return done.value;
        const { code, params } = done.refusal;
        const status = code === "not-permitted" ? 403 : 422;
        return reply.status(status).send(problem(status, code, params));
      },
    );
  });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
