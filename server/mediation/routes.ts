import { implement, ORPCError } from "@orpc/server";
import {
  documentFill,
  type MediationDetail,
  mediationContract,
  type MediationFilter,
} from "@wanjia/contract/mediation";
import { documentOf, MEDIATION_DOCUMENTS } from "@wanjia/contract/mediation-documents";
import { matters as matterWords } from "@wanjia/contract/messages/matters.zh-CN";
import { mediation as words } from "@wanjia/contract/messages/mediation.zh-CN";
import { openSteps } from "@wanjia/domain/mediation/next-steps";
import {
  mayList,
  mayManageRooms,
  mayOpen,
  maySee,
  maySeeRooms,
  nextToCall,
  wasCalled,
} from "@wanjia/domain/mediation/policy";
import { sideView } from "@wanjia/domain/mediation/side-view";
import type { Mediation } from "@wanjia/domain/mediation/terms";
import { type Id, isId } from "@wanjia/domain/shared/id";
import { DAY_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { FastifyInstance } from "fastify";
import { listPartners } from "../organisation/read-model.ts";
import { disputeOf } from "../matters/read-model.ts";
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
import { asHouse } from "../platform/on-behalf.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const os = implement(mediationContract).$context<Context>().use(signedIn);

/** What the caller may not see doesn't exist for him. */
function visible(principal: Principal, mediation: Mediation | undefined): Mediation {
  const found = orNotFound(mediation);
  return orNotFound(maySee(principal, found) === "nothing" ? undefined : found);
}

/** For those who sit with the sides; whoever only calls back is told that it isn't there. */
function ofPanel(principal: Principal, mediation: Mediation | undefined): Mediation {
  const found = orNotFound(mediation);
  return orNotFound(maySee(principal, found) === "all" ? found : undefined);
}

async function present(tx: Tx, principal: Principal, id: Id): Promise<MediationDetail> {
  const { body, ...row } = orNotFound(await readModel.findMediation(tx, id));
  return presentRow(tx, principal, visible(principal, body), row);
}

type Row = Omit<readModel.MediationPageRow, "body">;

async function presentRow(
  tx: Tx,
  principal: Principal,
  mediation: Mediation,
  row: Row,
): Promise<MediationDetail> {
  const { id } = mediation;
  const callsOnly = maySee(principal, mediation) !== "all";
  const { panel, agreement } = mediation;
  const contacts = await readModel.maskedContacts(tx, id);
  const names = new Map(
    (
      await readModel.namesOf(tx, [
        ...panel.officers,
        ...[panel.mediatorId, panel.committeeId, panel.lawyerId].flatMap((one) => one ?? []),
      ])
    ).map((one) => [one.id, one]),
  );
  const named = (one: Id | null) =>
    one === null ? null : (names.get(one) ?? { id: one, name: "—" });
  const context = await commands.contextFor(tx, mediation);
  const next = nextToCall(mediation)?.key ?? null;
  const sides = mediation.sides.map((side) => {
    const contact = contacts.find((one) => one.side === side.key);
    return {
      key: side.key,
      part: side.part,
      agrees: callsOnly ? null : side.agrees,
      closedDoors: callsOnly ? false : side.closedDoors,
      notified: side.notified,
      called: wasCalled(side),
      solved: side.call?.solved ?? null,
      contact:
        contact === undefined ? null : { phone: contact.phone, salutation: contact.salutation },
    };
  });
  return {
    ...row,
    version: mediation.version,
    earlierId: mediation.earlierId,
    sides,
    officers: callsOnly ? [] : panel.officers.flatMap((one) => named(one) ?? []),
    mediator: callsOnly ? null : named(panel.mediatorId),
    committee: callsOnly ? null : named(panel.committeeId),
    lawyer: callsOnly ? null : named(panel.lawyerId),
    handOverNo: callsOnly ? null : panel.handOverNo,
    sessions: callsOnly ? [] : mediation.sessions.map((session) => ({ ...session })),
    agreement:
      callsOnly || agreement === null ? null : { ...agreement, obliged: [...agreement.obliged] },
    performed: callsOnly ? [] : [...mediation.performed],
    performedOn: mediation.performedOn,
    followUps: callsOnly ? [] : [...mediation.followUps],
    failure: mediation.failure,
    stopSigns: [...mediation.stopSigns],
    confirmation: callsOnly ? null : mediation.confirmation,
    confirmationUntil: callsOnly ? null : mediation.confirmBy,
    nextToCall: next,
    endedAt: mediation.endedAt,
    callsOnly,
    steps: [...openSteps(mediation, principal, context)],
    timeline: callsOnly ? [] : await readModel.timelineOf(tx, id),
  };
}

export const mediationRoutes = os.router({
  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayList(principal.role));
    const filter: MediationFilter = input;
    return context.transact((tx) =>
      keysetPage<readModel.MediationListRow>(
        tx,
        readModel.mediationList(principal, filter, context.now()),
        input,
      ),
    );
  }),

  get: os.get.handler(({ context, input }) =>
    context.transact((tx) => present(tx, context.principal, input.id)),
  ),

  open: os.open.handler(({ context, input, errors }) => {
    const { principal } = context;
    return context.transact(async (tx) => {
      const opened = await commands.openMediation(tx, principal, input.matterId, input);
      return present(tx, principal, orRefuse(orNotFound(opened), errors).id);
    });
  }),

  step: os.step.handler(({ context, input, errors }) => {
    const { principal } = context;
    return context.transact(async (tx) => {
      const mediation = visible(principal, await commands.holdMediation(tx, input.id));
      const taken = orRefuse(
        await commands.takeStep(tx, principal, mediation, input.step, input.version),
        errors,
      );
      return presentAfter(tx, principal, taken);
    });
  }),

  side: os.side.handler(({ context, input }) =>
    context.transact(async (tx) => {
      const found = await readModel.findMediation(tx, input.id);
      const view = orNotFound(sideView(ofPanel(context.principal, found?.body), input.side));
      return { ...view, sessions: [...view.sessions] };
    }),
  ),

  reveal: os.reveal.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    const revealed = await context.transact(async (tx) => {
      const found = await readModel.findMediation(tx, input.id);
      const mediation = visible(principal, found?.body);
      return orNotFound(
        await commands.revealSide(tx, principal, mediation, input.side, input.purpose),
      );
    });
    // Outside of the transaction: that it was refused is kept too.
    return orRefuse(revealed, errors);
  }),

  people: os.people.handler(({ context, input }) =>
    context.transact(async (tx) => {
      const found = await readModel.findMediation(tx, input.id);
      const { stationId } = ofPanel(context.principal, found?.body);
      const roles = [...commands.OFFICER_ROLES, "mediator"];
      const people = await readModel.peopleAt(tx, stationId, roles);
      const partners = (await listPartners(tx)).filter(({ active }) => active);
      const only = (mediators: boolean) =>
        people
          .filter(({ role }) => (role === "mediator") === mediators)
          .map(({ id, name }) => ({ id, name }));
      const of = (kind: string) =>
        partners.filter((one) => one.kind === kind).map(({ id, name }) => ({ id, name }));
      return {
        officers: only(false),
        mediators: only(true),
        committees: of("mediation_committee"),
        lawyers: of("legal_aid"),
      };
    }),
  ),

  ofMatter: os.ofMatter.handler(({ context, input }) => {
    const { principal } = context;
    return context.transact(async (tx) => {
      const dispute = orNotFound(await disputeOf(tx, input.id));
      const { responsibleId, suitable, ended, kind } = dispute;
      const links = await readModel.linksOf(tx, input.id);
      const items = [];
      for (const { mediationId, running, holds, openedAt } of links) {
        const found = await readModel.findMediation(tx, mediationId);
        const mine = found !== undefined && maySee(principal, found.body) !== "nothing";
        items.push({ mediationId, running, holds, openedAt, mine });
      }
      const mine = mayOpen(principal.role) && responsibleId === principal.memberId;
      return {
        items,
        mayOpen:
          mine &&
          kind === "dispute" &&
          suitable === true &&
          !ended &&
          !links.some(({ running }) => running),
        earlier: mine ? await readModel.earlierAt(tx, input.id) : [],
      };
    });
  }),

  rooms: os.rooms.handler(({ context, input }) => {
    const { principal } = context;
    allow(maySeeRooms(principal.role));
    const from = startOfLocalDay(input.from);
    return context.transact(async (tx) => ({
      rooms: await readModel.listRooms(tx),
      taken: await readModel.takenBetween(tx, principal.memberId, from, from + input.days * DAY_MS),
    }));
  }),

  saveRoom: os.saveRoom.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayManageRooms(principal.role) && principal.stationIds.includes(input.stationId));
    return context.transact(async (tx) => {
      const saved = await commands.saveRoom(tx, input);
      return orNotFound(saved ? input : undefined);
    });
  }),
});

/**
 * What a step came to. Whoever goes out of sight by it (the last call, a panel without him) is told
 * that it was done, as if he only called.
 */
async function presentAfter(
  tx: Tx,
  principal: Principal,
  after: Mediation,
): Promise<MediationDetail> {
  if (maySee(principal, after) !== "nothing") return present(tx, principal, after.id);
  return asHouse(tx, async (house) => {
    const { body, ...row } = orNotFound(await readModel.findMediation(house, after.id));
    return presentRow(house, principal, body, row);
  });
}

// -- files ----------------------------------------------------------------------------------------

export function mediationFiles(app: FastifyInstance, services: Services): void {
  app.post<{ Params: { id: string; kind: string } }>(
    `${API}/mediations/:id/documents/:kind`,
    async (request, reply) => {
      const context = await signedInContext(services, request, reply);
      const { principal } = context;
      const { id } = request.params;
      const kind = MEDIATION_DOCUMENTS.find((one) => one === request.params.kind);
      const body = documentFill.safeParse(request.body ?? {});
      if (!body.success) throw new ORPCError("BAD_REQUEST", { status: 400, data: body.error });
      if (kind === undefined || !isId(id)) throw new ORPCError("not-found", { status: 404 });
      const detail = await context.transact(async (tx) => {
        const found = await readModel.findMediation(tx, id);
        const mediation = ofPanel(principal, found?.body);
        await commands.recordDocument(tx, mediation, kind);
        return present(tx, principal, id);
      });
      const subtypes: Readonly<Record<string, string>> = matterWords.subtype.dispute;
      const blocks = documentOf(kind, detail, body.data.fill, (one) => subtypes[one] ?? one);
      return sendDocx(reply, blocks, words.document[kind]);
    },
  );
}
