import { implement } from "@orpc/server";
import { organisationContract } from "@wanjia/contract/organisation";
import { mayManageOrganisation, mayManagePostings } from "@wanjia/domain/organisation/policy";
import type { PartnerKind } from "@wanjia/domain/organisation/terms";
import { newId } from "../platform/crypto.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const os = implement(organisationContract).$context<Context>().use(signedIn);

export const organisationRoutes = os.router({
  units: os.units.handler(({ context }) =>
    context.transact(async (tx) => ({
      stations: await readModel.listStations(tx),
      beats: await readModel.listBeats(tx),
      communities: await readModel.listCommunities(tx),
      grids: await readModel.listGrids(tx),
    })),
  ),

  saveStation: os.saveStation.handler(async ({ context, input, errors }) => {
    allow(mayManageOrganisation(context.principal.role));
    return context.transact(async (tx) => {
      orRefuse(await commands.saveStation(tx, input), errors);
      return orNotFound((await readModel.listStations(tx)).find(({ id }) => id === input.id));
    });
  }),

  saveBeat: os.saveBeat.handler(async ({ context, input, errors }) => {
    allow(mayManageOrganisation(context.principal.role));
    return context.transact(async (tx) => {
      orRefuse(await commands.saveBeat(tx, input), errors);
      return orNotFound((await readModel.listBeats(tx)).find(({ id }) => id === input.id));
    });
  }),

  saveCommunity: os.saveCommunity.handler(async ({ context, input, errors }) => {
    allow(mayManageOrganisation(context.principal.role));
    return context.transact(async (tx) => {
      orRefuse(await commands.saveCommunity(tx, input), errors);
      return orNotFound(await readModel.findCommunity(tx, input.id));
    });
  }),

  members: os.members.handler(({ context, input }) =>
    context.transact(async (tx) => ({ items: await readModel.listMembers(tx, input) })),
  ),

  addMember: os.addMember.handler(async ({ context, input, errors }) => {
    const { principal, services } = context;
    allow(mayManageOrganisation(principal.role));
    if (await services.sessions.loginTaken(input.login)) throw errors["login-taken"]();
    const id = newId(context.now());
    await services.sessions.createAccount({ ...input, bureauId: principal.bureauId, memberId: id });
    try {
      return await context.transact(async (tx) => {
        orRefuse(await commands.addMember(tx, { ...input, id }), errors);
        return orNotFound(await readModel.findMember(tx, id));
      });
    } catch (error) {
      await services.sessions.removeAccount(input.login);
      throw error;
    }
  }),

  saveMember: os.saveMember.handler(async ({ context, input, errors }) => {
    allow(mayManageOrganisation(context.principal.role));
    const saved = await context.transact(async (tx) => {
      orRefuse(await commands.saveMember(tx, input), errors);
      return orNotFound(await readModel.findMember(tx, input.id));
    });
    if (!saved.active) await context.services.sessions.endSessions(saved.id);
    return saved;
  }),

  setPassword: os.setPassword.handler(async ({ context, input, errors }) => {
    allow(mayManageOrganisation(context.principal.role));
    const member = await context.transact(async (tx) =>
      orRefuse(await commands.notePasswordSet(tx, input.id), errors),
    );
    await context.services.sessions.setPassword(member.login, input.password);
    return { done: true as const };
  }),

  addPosting: os.addPosting.handler(async ({ context, input, errors }) => {
    allow(mayManagePostings(context.principal, input.stationId));
    return context.transact(async (tx) => orRefuse(await commands.addPosting(tx, input), errors));
  }),

  endPosting: os.endPosting.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    return context.transact(async (tx) => {
      const ended = orRefuse(await commands.endPosting(tx, input.id, input.on), errors);
      // Checked on what was found, before anything is kept: a refusal here rolls back.
      allow(mayManagePostings(principal, ended.stationId));
      return ended;
    });
  }),

  linkOfficer: os.linkOfficer.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    return context.transact(async (tx) => {
      const community = orNotFound(await readModel.findCommunity(tx, input.communityId));
      allow(mayManagePostings(principal, community.stationId));
      orRefuse(
        await commands.linkOfficer(tx, { ...input, stationId: community.stationId }),
        errors,
      );
      return orNotFound(await readModel.findCommunity(tx, input.communityId));
    });
  }),

  partners: os.partners.handler(({ context }) =>
    context.transact(async (tx) => ({
      items: (await readModel.listPartners(tx)).map((partner) => ({
        ...partner,
        kind: partner.kind as PartnerKind,
      })),
    })),
  ),

  savePartner: os.savePartner.handler(async ({ context, input }) => {
    allow(mayManageOrganisation(context.principal.role));
    await context.transact((tx) => commands.savePartner(tx, input));
    return input;
  }),
});
