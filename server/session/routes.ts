import { implement } from "@orpc/server";
import { sessionContract } from "@wanjia/contract/session";
import { findBureau, findMember, listBeats, listStations } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";

const os = implement(sessionContract).$context<Context>();

/** What the apps show of a session: who, where, and in which role. */
async function present(context: Context, principal: Principal) {
  const { database, demo } = context.services;
  // A partner's own session sees no member and no unit, not even himself.
  const self = { system: true, bureauId: principal.bureauId } as const;
  return database.transact(principal.role === "partner" ? self : principal, async (tx) => {
    const member = orNotFound(await findMember(tx, principal.memberId));
    const bureau = orNotFound(await findBureau(tx));
    const beats = await listBeats(tx);
    const stations = await listStations(tx);
    return {
      member: {
        id: member.id,
        name: member.name,
        login: member.login,
        title: member.title,
        number: member.number,
      },
      bureau: {
        id: bureau.id,
        name: bureau.name,
        nameEn: bureau.nameEn,
        privacyContact: bureau.privacyContact,
      },
      role: principal.role,
      scope: principal.scope,
      stations: stations
        .filter(({ id }) => principal.stationIds.includes(id))
        .map(({ id, name, nameEn, address, dutyPhone }) => ({
          id,
          name,
          nameEn,
          address,
          dutyPhone,
        })),
      beats: beats
        .filter(({ id }) => principal.beatIds.includes(id))
        .map(({ id, name, nameEn, stationId }) => ({ id, name, nameEn, stationId })),
      deviceId: principal.deviceId ?? null,
      demo,
    };
  });
}

export const sessionRoutes = os.router({
  signIn: os.signIn.handler(async ({ context, input, errors }) => {
    const { sessions, database } = context.services;
    const { cookies, principal } = orRefuse(
      await sessions.signIn(input, context.request.headers),
      errors,
    );
    await database.transact(principal, (tx) =>
      record(tx, [
        {
          action: "session.opened",
          subjectKind: "member",
          subjectId: principal.memberId,
          detail: input.deviceId === undefined ? {} : { deviceId: input.deviceId },
        },
      ]),
    );
    context.reply.header("set-cookie", cookies);
    return present(context, principal);
  }),

  current: os.current.use(signedIn).handler(({ context }) => present(context, context.principal)),

  signOut: os.signOut.handler(async ({ context }) => {
    const { principal, services, request, reply } = context;
    reply.header("set-cookie", await services.sessions.signOut(request.headers));
    if (typeof principal !== "string") {
      await services.database.transact(principal, (tx) =>
        record(tx, [
          { action: "session.closed", subjectKind: "member", subjectId: principal.memberId },
        ]),
      );
    }
    return { signedOut: true as const };
  }),
});
